#!/usr/bin/env bash
# Everything that CI does: installs what the tests need, builds with warnings as errors, runs every test, the browser's included.
set -euo pipefail
cd "$(dirname "$0")"
export CI="${CI:-true}"

missing=()
command -v chromium >/dev/null || [ -n "${CHROMIUM:-}" ] || missing+=(chromium)
command -v ffmpeg >/dev/null || missing+=(ffmpeg)
if [ ${#missing[@]} -gt 0 ]; then
  echo "Installing ${missing[*]} …"
  (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}") >/dev/null
fi

dotnet build AdStudio.sln -v q -nologo -nodeReuse:false
dotnet tool restore >/dev/null

status=0
for project in tests/AdStudio.Tests tests/AdStudio.Browser.Tests; do
  dotnet test "$project" --no-build -v q -nologo --logger "console;verbosity=normal" || status=1
done
exit $status
