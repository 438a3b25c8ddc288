#!/bin/bash
# fetch_sqlite_test.sh SCRIPT: only the pinned tarball is used, once; npm is a stand-in that packs what the test prepared.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
fetch=$1
. "$here/expect.sh"

temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
mkdir -p "$temporary/bin" "$temporary/tree/package/deps/sqlite3"
for name in sqlite3.c sqlite3.h sqlite3ext.h; do echo "$name" >"$temporary/tree/package/deps/sqlite3/$name"; done
tar -C "$temporary/tree" -czf "$temporary/made-up-1.0.0.tgz" package
sha=$(sha256sum "$temporary/made-up-1.0.0.tgz" | cut -d ' ' -f 1)
wrong=0000000000000000000000000000000000000000000000000000000000000000
printf '#!/bin/sh\ntouch "%s/npm-was-called"\ncp "%s/made-up-1.0.0.tgz" .\n' "$temporary" "$temporary" >"$temporary/bin/npm"
chmod +x "$temporary/bin/npm"
PATH=$temporary/bin:$PATH

try() {
  code=0
  rm -f "$temporary/npm-was-called"
  folder=$("$fetch" "$temporary/$1" made-up@1.0.0 "$2" 2>"$temporary/words") || code=$?
}

try a "$wrong"
expect "a tarball with another hash is refused" test "$code" = 5
expect "and the message tells both hashes" grep -q "has SHA-256 $sha, expected $wrong" "$temporary/words"
expect_not "nothing is left in the cache" grep -q . <<<"$(ls -A "$temporary/a")"

try a "$sha"
expect "the pinned one is unpacked under its version" test "$folder" = "$temporary/a/made-up-1.0.0"
expect "with the header" test "$(cat "$folder/sqlite3.h")" = sqlite3.h
expect "npm was asked" test -e "$temporary/npm-was-called"

try a "$sha"
expect "the second time gives the same folder" test "$folder" = "$temporary/a/made-up-1.0.0"
expect_not "without npm" test -e "$temporary/npm-was-called"

printf '#!/bin/sh\necho "network unreachable"\nexit 1\n' >"$temporary/bin/npm"
try b "$sha"
expect "no network fails" test "$code" = 4
expect "and shows what npm said" grep -q "network unreachable" "$temporary/words"

exit $failed
