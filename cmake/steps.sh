# Sourced by ./run and ./test: named steps with their minutes, and the build of a preset.

# step NAME COMMAND...: runs one step, prints how long it took, ends the script with its name when it fails.
step() {
  local name=$1 began=$SECONDS
  shift
  echo "== $name"
  if ! "$@"; then
    echo "== $name: FAILED after $(minutes $((SECONDS - began)))"
    exit 1
  fi
  echo "== $name: $(minutes $((SECONDS - began)))"
}

minutes() { awk -v s="$1" 'BEGIN { printf "%.1f min", s / 60 }'; }

# build PRESET [TARGET...]: configures when needed and builds.
build() {
  local preset=$1
  shift
  cmake --preset "$preset" >"build/$preset.log" 2>&1 || { cat "build/$preset.log"; return 1; }
  cmake --build --preset "$preset" ${1:+--target "$@"} || return 1
}
