#!/bin/bash
# fetch_debian_binary.sh FOLDER SUITE PACKAGE=VERSION...
# Unpacks binary packages of a suite into FOLDER without installing them, and prints FOLDER. A folder already there is kept.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=cmake/isolated_apt.sh
. "$here/isolated_apt.sh"

folder=$1 suite=$2
shift 2
if [ -d "$folder" ]; then
  echo "$folder"
  exit 0
fi
mkdir -p "$(dirname "$folder")"
work=$(mktemp -d "$(dirname "$folder")/.fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT
isolated_apt_start "$work"
isolated_apt_update deb "$suite" || { echo "fetch_debian_binary: suite $suite: no index" >&2; exit 4; }
mkdir "$work/debs" "$work/out"
(cd "$work/debs" && apt-get -qq download "$@") >/dev/null 2>"$work/err" || {
  echo "fetch_debian_binary: suite $suite has not all of: $*" >&2
  exit 4
}
for deb in "$work"/debs/*.deb; do dpkg-deb -x "$deb" "$work/out"; done
mv -T "$work/out" "$folder" 2>/dev/null || [ -d "$folder" ]
echo "$folder"
