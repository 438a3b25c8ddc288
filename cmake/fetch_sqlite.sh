#!/bin/bash
# fetch_sqlite.sh CACHE_FOLDER PACKAGE@VERSION SHA256_OF_TARBALL
# Puts sqlite3.c, sqlite3.h and sqlite3ext.h out of an npm package into CACHE_FOLDER/PACKAGE-VERSION and prints that folder.
# `npm pack` only downloads: nothing of the package is installed or run. The tarball is used only when its hash is the pinned one.
# A folder that is already there is taken as it is, so the second time needs neither npm nor a network.
set -euo pipefail

cache=$1 package=$2 wanted_sha=$3
target="$cache/${package%@*}-${package##*@}"
if [ -f "$target/sqlite3.c" ] && [ -f "$target/sqlite3.h" ]; then
  echo "$target"
  exit 0
fi

command -v npm >/dev/null || {
  echo "fetch_sqlite: npm is needed once to fetch $package; ./test installs it, or install the package npm" >&2
  exit 3
}
mkdir -p "$cache"
work=$(mktemp -d "$cache/.fetch.XXXXXX") # on the cache's own disk, so that the last step is one rename
trap 'rm -rf "$work"' EXIT

cd "$work"
if ! npm pack --silent --ignore-scripts --no-update-notifier --cache "$work/npm" "$package" >npm.log 2>&1; then
  echo "fetch_sqlite: npm could not fetch $package:" >&2
  tail -n 5 npm.log >&2
  exit 4
fi
tarball=$(find . -maxdepth 1 -name '*.tgz' | head -n 1)
got_sha=$(sha256sum "$tarball" | cut -d ' ' -f 1)
if [ "$got_sha" != "$wanted_sha" ]; then
  echo "fetch_sqlite: $package has SHA-256 $got_sha, expected $wanted_sha; refused" >&2
  exit 5
fi

mkdir out
tar -xzf "$tarball" -C out --strip-components=3 package/deps/sqlite3/sqlite3.c package/deps/sqlite3/sqlite3.h \
  package/deps/sqlite3/sqlite3ext.h
# Two configurations may fetch at once: the first rename wins, the other finds the folder there.
mv -T out "$target" 2>/dev/null || [ -f "$target/sqlite3.c" ]
echo "$target"
