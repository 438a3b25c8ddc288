#!/bin/bash
# clang_tidy.sh [--all]: clang-tidy over every source of ours that has not passed yet in its present form.
# What passed is remembered in build/tidy by the digest of the source, of each project file it includes and of the settings.
# A fresh clone remembers nothing and takes what was committed before its last commit as passed; --all takes nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
passed=build/tidy commands=build/tidy.db
fresh=no
if [ "${1:-}" = --all ]; then rm -rf "$passed"; elif [ ! -d "$passed" ]; then fresh=yes; fi
mkdir -p "$passed"

# How each file is compiled by itself: the builds take several at once, and g++ the standard headers from a file of its own.
cmake --preset dev -B "$commands" -DLX_UNITY=OFF -DLX_SHARED_HEADERS=OFF >"$commands.log" 2>&1 || { cat "$commands.log"; exit 1; }

# One line for each of our sources: the source, then all project files it includes, directly or through others.
dependencies() {
  git ls-files -z --cached --others --exclude-standard '*.cpp' '*.hpp' | xargs -0 grep -Hos '^#include "[^"]*"' | awk -F: '
    { split($2, part, "\""); includes[$1] = includes[$1] " " part[2] }
    function add(file, names, i, n) {
      n = split(includes[file], names, " ")
      for (i = 1; i <= n; ++i) if (!((names[i]) in seen)) { seen[names[i]] = 1; line = line " " names[i]; add(names[i]) }
    }
    END { for (file in includes) if (file ~ /\.cpp$/) { split("", seen); line = file; add(file); print line } }' | sort
}

# Files that the last commit or nobody has committed yet; all of them where there is no earlier commit.
touched() {
  git diff --name-only HEAD~1 2>/dev/null || git ls-files
  git ls-files --others --exclude-standard
}

touched_files=$(if [ $fresh = yes ]; then touched; fi)
is_touched() { grep -qxF -e "$1" <<<"$touched_files"; }

waiting=()
while read -r source others; do
  grep -qF "/$source\"" "$commands/compile_commands.json" || continue
  ours=()
  for name in $others; do
    if [ -e "$name" ]; then ours+=("$name"); fi # else it is of a library
  done
  key=$(cat .clang-tidy tests/.clang-tidy "$source" "${ours[@]}" | sha256sum | cut -d ' ' -f 1)
  if [ $fresh = yes ] && ! is_touched "$source"; then touch "$passed/$key"; fi
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
printf '%s\0' "${waiting[@]}" | xargs -0 -n 2 -P "$(nproc)" bash -c 'check_one "$0" "$1" "$2" "$3"' "$commands" "$passed"
