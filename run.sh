#!/usr/bin/env bash
# Starts the studio on SQLite with the demo organization and the sandbox: restores, builds, migrates, prints where to sign in.
set -euo pipefail
cd "$(dirname "$0")"

need() { # command, Debian package, what it is for
  command -v "$1" >/dev/null && return
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "Installing $2 ($3) …"
    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$2") >/dev/null && return
  fi
  echo "Note: $1 is missing ($3). Install the package $2 to get it." >&2
}

command -v dotnet >/dev/null || { echo "AdStudio needs the .NET 10 SDK (dotnet.microsoft.com)." >&2; exit 1; }
command -v npm >/dev/null || { echo "AdStudio needs Node.js with npm, to fetch the charts' script and the font." >&2; exit 1; }
need ffmpeg ffmpeg "cuts images to the shapes that platforms want"

dotnet build AdStudio.Web -c Release -v q -nologo
exec dotnet run --project AdStudio.Web -c Release --no-build --no-launch-profile -- "$@"
