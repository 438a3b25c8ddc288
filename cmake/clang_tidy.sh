#!/bin/bash
# clang_tidy.sh BUILD: clang-tidy over every source of a finished build that has not passed yet in its present form.
# What passed is remembered in build/tidy by the digest of the source, of each project file it includes and of the settings.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD build=$1 passed=build/tidy
mkdir -p "$passed"

# One line for each of our sources: the source, then all project files it includes, as the last build saw them.
dependencies() {
  ninja -C "$build" -t deps | awk -v root="$root/" -v build="$root/build/" '
    # A compiler cache may have made the paths relative to build/<preset>.
    { sub(/^ *\.\.\/\.\.\//, (/^ / ? "    " : "") root) }
    function ours(path) { return index(path, root) == 1 && index(path, build) != 1 }
    /^[^ ]/ { if (line != "") print line; line = ""; first = 1; next }
    NF == 1 { if (first) keep = ours($1); first = 0; if (keep && ours($1)) line = line " " substr($1, length(root) + 1) }
    END { if (line != "") print line }' | sort -u
}

waiting=()
while read -r source others; do
  case $source in *.cpp) ;; *) continue ;; esac
  [ -f "$source" ] || continue
  # shellcheck disable=SC2086 # a list of paths without blanks
  key=$(cat .clang-tidy "$source" $others 2>/dev/null | sha256sum | cut -d ' ' -f 1) || continue
  [ -e "$passed/$key" ] || waiting+=("$source" "$key")
done < <(dependencies)

echo "clang-tidy: $((${#waiting[@]} / 2)) files to look at"
[ ${#waiting[@]} -gt 0 ] || exit 0
check_one() {
  local report
  if report=$(clang-tidy --quiet -p "$1" --extra-arg=-Wno-unknown-warning-option "$3" 2>/dev/null); then
    touch "$2/$4"
  else
    echo "$report"
    return 1
  fi
}
export -f check_one
printf '%s\0' "${waiting[@]}" | xargs -0 -n 2 -P "$(nproc)" bash -c 'check_one "$0" "$1" "$2" "$3"' "$build" "$passed"
