#!/bin/bash
# setup.sh: makes a Debian 12 machine able to build; run by ./run and ./test. With nothing missing it uses no network and no root.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache="${XDG_CACHE_HOME:-$HOME/.cache}/lianxin"

as_root() {
  if [ "$(id -u)" = 0 ]; then
    env DEBIAN_FRONTEND=noninteractive "$@"
  elif command -v sudo >/dev/null; then
    sudo env DEBIAN_FRONTEND=noninteractive "$@"
  else
    echo "setup: needs root or sudo to run: $*" >&2
    exit 3
  fi
}

wanted_packages() {
  sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$here/packages.txt"
  # npm is large (hundreds of packages) and needed once in a machine's life, to fetch SQLite; any npm will do.
  if ! find "$cache" -maxdepth 2 -name sqlite3.c 2>/dev/null | grep -q . && ! command -v npm >/dev/null; then echo npm; fi
}

missing_packages() {
  local installed
  installed=$(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' | sed -n 's/^ii *//p' | sort -u)
  wanted_packages | sort -u | comm -23 - <(echo "$installed")
}

# The index of the machine's own mirror must be there to find Dear ImGui's source package, wanted once as well.
needs_index() {
  ! find "$cache" -maxdepth 1 -name 'imgui-*' 2>/dev/null | grep -q . &&
    ! apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null | grep -q .
}

missing=$(missing_packages)
if [ -n "$missing" ]; then
  echo "setup: installing $(echo "$missing" | tr '\n' ' ')"
  as_root apt-get -qq -o DPkg::Lock::Timeout=900 update
  # shellcheck disable=SC2086 # one word per package is meant
  as_root apt-get -qq -o DPkg::Lock::Timeout=900 -o Dpkg::Use-Pty=0 install --yes --no-install-recommends $missing >/dev/null
elif needs_index; then
  as_root apt-get -qq -o DPkg::Lock::Timeout=900 update
fi
