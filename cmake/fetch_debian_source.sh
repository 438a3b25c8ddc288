#!/bin/bash
# fetch_debian_source.sh CACHE PACKAGE SUITE[=VERSION:SHA256_OF_ORIG]...
# Unpacks a Debian source package into CACHE/PACKAGE-VERSION and prints that folder. Nothing of the system is changed.
# The first SUITE=VERSION:SHA256 is the wanted one; the others are tried in order when it cannot be had, because testing's
# versions vanish from mirrors. The folder carries the version it holds, so a fallback never passes for the wanted version.
# No network is used when the wanted version is in the cache, or a fallback fetched within the last day is.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=cmake/isolated_apt.sh
. "$here/isolated_apt.sh"

cache=$1 package=$2
shift 2
say() { echo "fetch_debian_source: $*" >&2; }

# A spec's parts. Versions hold no ':' here (no epochs), so the last one divides version and hash.
spec_suite() { echo "${1%%=*}"; }
spec_version() { case $1 in *=*) local rest=${1#*=}; echo "${rest%%:*}" ;; esac }
spec_sha() { case $1 in *:*) echo "${1##*:}" ;; esac }

wanted=$(spec_version "$1")
pinned=$(for spec in "$@"; do spec_version "$spec"; done)

# cached_fallback [find test]: the newest other version in the cache.
cached_fallback() {
  find "$cache" -maxdepth 1 -type d -name "$package-*" "$@" | sort -V | tail -n 1
}

use_fallback() {
  say "$package $wanted could not be had; using $(basename "$1") from the cache (remove that folder to try again now)"
  echo "$1"
  exit 0
}

mkdir -p "$cache"
if [ -d "$cache/$package-$wanted" ]; then
  echo "$cache/$package-$wanted"
  exit 0
fi
fallback=$(cached_fallback -mtime -1)
[ -z "$fallback" ] || use_fallback "$fallback"

command -v dpkg-source >/dev/null || {
  say "needs dpkg-source (package dpkg-dev); ./test installs it"
  exit 3
}
work=$(mktemp -d "$cache/.fetch.XXXXXX") # on the cache's own disk, so that the last step is one rename
trap 'rm -rf "$work"' EXIT
isolated_apt_start "$work"

# try SPEC: prints the folder when the suite has the package (and the pinned hash fits), else says why not and fails.
try() {
  local suite version sha options dsc orig got target
  suite=$(spec_suite "$1") version=$(spec_version "$1") sha=$(spec_sha "$1")
  # A pinned hash needs no fresh index: testing's Release file may be past its Valid-Until on a mirror that lags.
  # Without one the date is checked, whatever the machine's own settings say.
  options=(-o "Acquire::Check-Valid-Until=$([ -n "$sha" ] && echo false || echo true)")
  isolated_apt_update deb-src "$suite" "${options[@]}" || { say "suite $suite: no index"; return 1; }
  rm -rf "$work/src" && mkdir "$work/src"
  (cd "$work/src" && apt-get -qq "${options[@]}" source --download-only "$package${version:+=$version}") \
    >/dev/null 2>"$work/err" || { say "suite $suite: $package${version:+ $version} cannot be had"; return 1; }

  dsc=$(find "$work/src" -name '*.dsc' | head -n 1)
  orig=$(find "$work/src" -name '*.orig.tar.*' ! -name '*.asc' | head -n 1)
  got=$(basename "$dsc" .dsc) && got=${got#*_}
  if [ -n "$sha" ]; then
    echo "$sha  $orig" | sha256sum -c --quiet >/dev/null 2>&1 || { say "suite $suite: $package $got has another hash; refused"; return 1; }
  elif grep -qxF "$got" <<<"$pinned"; then
    say "suite $suite: $package $got was refused above"
    return 1
  else
    say "note: $package $got from $suite is trusted by Debian's signature only, not by a pinned hash"
  fi

  # apt has checked the files against the signed index; dpkg-source would ask for the uploader's key.
  (cd "$work/src" && dpkg-source --no-check -x "$dsc" out) >/dev/null 2>"$work/err" || { say "suite $suite: cannot be unpacked"; return 1; }
  target="$cache/$package-$got"
  touch "$work/src/out"
  # Two configurations may fetch at once: the first rename wins, the other finds the folder there.
  mv -T "$work/src/out" "$target" 2>/dev/null || [ -d "$target" ]
  echo "$target"
}

for spec in "$@"; do
  if try "$spec"; then exit 0; fi
done
fallback=$(cached_fallback)
[ -z "$fallback" ] || use_fallback "$fallback"
say "no suite of $(for spec in "$@"; do printf '%s ' "$(spec_suite "$spec")"; done)has $package; is the network there?"
exit 4
