#!/bin/bash
# clang_tidy.sh BUILD [--all]: clang-tidy over every source of a finished build that has not passed yet in its present form.
# What passed is remembered in build/tidy by the digest of the source, of each project file it includes and of the settings.
# A fresh clone remembers nothing and takes what was committed before its last commit as passed; --all takes nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD build=$1 passed=build/tidy
fresh=no
if [ "${2:-}" = --all ]; then rm -rf "$passed"; elif [ ! -d "$passed" ]; then fresh=yes; fi
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

# Files that the last commit or nobody has committed yet; all of them where there is no earlier commit.
touched() {
  git diff --name-only HEAD~1 2>/dev/null || git ls-files
  git ls-files --others --exclude-standard
}

touched_files=$(if [ $fresh = yes ]; then touched; fi)
is_touched() { grep -qxF -e "$1" <<<"$touched_files"; }

waiting=()
while read -r source others; do
  case $source in *.cpp) ;; *) continue ;; esac
  [ -f "$source" ] || continue
  # shellcheck disable=SC2086 # a list of paths without blanks
  key=$(cat .clang-tidy tests/.clang-tidy "$source" $others 2>/dev/null | sha256sum | cut -d ' ' -f 1) || continue
  if [ $fresh = yes ] && ! is_touched "$source"; then touch "$passed/$key"; fi
  [ -e "$passed/$key" ] || waiting+=("$source" "$key")
done < <(dependencies)

# Each file as it is, without the standard headers that g++ read once for all, and what g++ alone understands of memory
# (LianxinTargets.cmake).
mkdir -p build/tidy.db
sed -E 's/ -Winvalid-pch -include [^ ]+//; s/ --param=ggc-[^ ]+//' "$build/compile_commands.json" >build/tidy.db/compile_commands.json

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
printf '%s\0' "${waiting[@]}" | xargs -0 -n 2 -P "$(nproc)" bash -c 'check_one "$0" "$1" "$2" "$3"' build/tidy.db "$passed"
