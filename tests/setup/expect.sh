# Sourced: expectations of a shell test. The test ends with `exit $failed`.
failed=0

# expect SENTENCE COMMAND...: the command succeeds.
expect() {
  local sentence=$1
  shift
  if "$@"; then echo "ok: $sentence"; else
    echo "FAILED: $sentence ($*)"
    failed=1
  fi
}

# expect_not SENTENCE COMMAND...: the command fails.
expect_not() {
  local sentence=$1
  shift
  if "$@"; then
    echo "FAILED: $sentence ($*)"
    failed=1
  else echo "ok: $sentence"; fi
}
