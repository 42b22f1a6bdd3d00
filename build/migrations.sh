#!/usr/bin/env bash
# Until the first release there is one migration a provider; this makes both anew from the model. Afterwards: dotnet ef migrations add <Name>, once a provider.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet tool restore >/dev/null
rm -rf AdStudio.Infrastructure/Data/Sqlite/Migrations AdStudio.Infrastructure/Data/SqlServer/Migrations
dotnet build AdStudio.Infrastructure -v q -nologo
for provider in Sqlite SqlServer; do
  dotnet ef migrations add Initial --no-build --project AdStudio.Infrastructure --context "${provider}StudioDb" \
    --output-dir "Data/$provider/Migrations"
done
# A fixed name, so that two people who both made it anew change the same file.
for folder in AdStudio.Infrastructure/Data/*/Migrations; do
  for file in "$folder"/*_Initial*.cs; do
    mv "$file" "$folder/20260101000000_Initial${file##*_Initial}"
  done
  sed -i -E 's/"[0-9]{14}_Initial"/"20260101000000_Initial"/' "$folder"/*_Initial.Designer.cs
done
