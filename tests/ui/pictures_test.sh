#!/usr/bin/env bash
# What lianxin-pictures does with what it is told: PROGRAM EXPECT.SH
set -u
program=$1
. "$2"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

says() { "$program" "${@:2}" 2>&1 | grep -q -- "$1"; }
nothing_made() { [ -z "$(ls -A)" ]; }

expect "--help ends well" "$program" --help
expect "--help says how it is used" says "folder" --help
expect "--help makes nothing" nothing_made
expect_not "an unknown option is an error" "$program" --sise 10x10 pictures
expect "and is named" says "--sise" --sise 10x10 pictures
expect "and makes nothing" nothing_made
expect_not "without a folder nothing is painted" "$program"
expect_not "a size that is none is an error" "$program" pictures unlock --size big
expect_not "a picture nobody knows is an error" "$program" pictures no-such-picture
expect "and makes nothing" nothing_made
expect "a picture is painted" "$program" pictures --size 1024x700 unlock --text 150 --language en
expect "into the folder" test -s pictures/unlock.png
exit $failed
