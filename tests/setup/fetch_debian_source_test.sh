#!/bin/bash
# fetch_debian_source_test.sh SCRIPT: the wanted version when it can be had, an honest fallback when not, the cache ever after.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
fetch=$1
. "$here/expect.sh"
. "$here/fake_debian.sh"

temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
mirror=$temporary/mirror
later="Fri, 01 Jan 2100 00:00:00 UTC" long_ago="Tue, 02 Jan 2024 00:00:00 UTC"
sha_new=$(add_package "$mirror" testing 2.0-1 "two")
sha_old=$(add_package "$mirror" stable 1.0-1 "one")
publish "$mirror" testing "$long_ago"
publish "$mirror" stable "$later"
export LX_TEST_APT_SOURCE="[trusted=yes] file:$mirror/"
wrong=0000000000000000000000000000000000000000000000000000000000000000

# try CACHE SPEC...: sets `folder`, `words` (standard error) and `code`.
try() {
  local cache=$1
  shift
  code=0
  folder=$("$fetch" "$temporary/$cache" pebble "$@" 2>"$temporary/words") || code=$?
  words=$(cat "$temporary/words")
}
holds() { [ "$(cat "$1/pebble.txt" 2>/dev/null)" = "$2" ]; }
says() { grep -q -- "$1" <<<"$words"; }
# apt checks the date of signed indexes only, and these are not: so the test looks at what apt-get is asked for.
watch_apt() {
  mkdir -p "$temporary/bin"
  printf '#!/bin/sh\necho "$@" >>"%s/calls"\nexec %s "$@"\n' "$temporary" "$(command -v apt-get)" >"$temporary/bin/apt-get"
  chmod +x "$temporary/bin/apt-get"
  PATH=$temporary/bin:$PATH
}
# Whoever asks for a package now is caught: apt-get is a script that leaves a mark and fails.
cut_network() {
  mkdir -p "$temporary/bin"
  printf '#!/bin/sh\ntouch "%s/apt-was-called"\nexit 100\n' "$temporary" >"$temporary/bin/apt-get"
  chmod +x "$temporary/bin/apt-get"
  rm -f "$temporary/apt-was-called"
  PATH=$temporary/bin:$PATH
}

echo "-- the wanted version is there, though its index is past its date"
try a "testing=2.0-1:$sha_new" testing "stable=1.0-1:$sha_old"
expect "it succeeds" test "$code" = 0
expect "the folder is named by package and version" test "$folder" = "$temporary/a/pebble-2.0-1"
expect "the folder holds that version" holds "$folder" two

echo "-- the wanted version has another hash"
try b "testing=2.0-1:$wrong" testing "stable=1.0-1:$sha_old"
expect "it goes on to the next suite" test "$folder" = "$temporary/b/pebble-1.0-1"
expect "the folder holds the fallback" holds "$folder" one
expect "it says that the hash differs" says "another hash"
expect_not "nothing is cached under the wanted version's name" test -e "$temporary/b/pebble-2.0-1"

echo "-- the same: the refused version does not come in unpinned either"
try c "testing=2.0-1:$wrong" testing "stable=1.0-1:$sha_old"
expect "it goes on to the next suite" test "$folder" = "$temporary/c/pebble-1.0-1"
expect_not "nothing is cached under the wanted version's name" test -e "$temporary/c/pebble-2.0-1"

echo "-- the wanted version is gone, a newer one is there"
try d "testing=1.9-1:$wrong" testing "stable=1.0-1:$sha_old"
expect "the newer one is taken under its own name" test "$folder" = "$temporary/d/pebble-2.0-1"
expect "it says that only the signature vouches for it" says "not by a pinned hash"

echo "-- the date of an index counts unless a hash is pinned"
watch_apt
try e "testing=1.9-1:$wrong" gone "stable=1.0-1:$sha_old"
expect "the pinned specs switch the check off" test "$(grep -c 'Check-Valid-Until=false update' "$temporary/calls")" = 2
expect "the unpinned one switches it on" test "$(grep -c 'Check-Valid-Until=true update' "$temporary/calls")" = 1
rm "$temporary/bin/apt-get"
hash -r

echo "-- nothing can be had"
try f "nowhere=2.0-1:$sha_new" nowhere
expect "it fails" test "$code" = 4
expect "it names the package and the suites" says "no suite of nowhere nowhere has pebble"
expect "it prints no folder" test -z "$folder"
expect_not "nothing is left in the cache" grep -q . <<<"$(ls -A "$temporary/f")"

echo "-- the second time, without a network"
cut_network
try a "testing=2.0-1:$sha_new" testing "stable=1.0-1:$sha_old"
expect "the wanted version comes from the cache" test "$folder" = "$temporary/a/pebble-2.0-1"
try b "testing=2.0-1:$wrong" testing "stable=1.0-1:$sha_old"
expect "a fallback of today comes from the cache" test "$folder" = "$temporary/b/pebble-1.0-1"
expect "and says that it is not the wanted one" says "2.0-1 could not be had; using pebble-1.0-1"
expect_not "apt was not called" test -e "$temporary/apt-was-called"
touch -d "3 days ago" "$temporary/b/pebble-1.0-1"
try b "testing=2.0-1:$wrong" testing "stable=1.0-1:$sha_old"
expect "an older fallback makes it try again" test -e "$temporary/apt-was-called"
expect "and is used when that fails" test "$folder" = "$temporary/b/pebble-1.0-1"

exit $failed
