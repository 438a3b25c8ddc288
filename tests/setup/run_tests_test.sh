#!/bin/bash
# run_tests_test.sh SCRIPT: long tests that passed are left out until what they depend on changes; ctest is a stand-in.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/expect.sh"

temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
tree=$temporary/tree
mkdir -p "$temporary/bin" "$tree/cmake" "$tree/build/dev"
cp "$1" "$tree/cmake/run_tests.py"
git -C "$tree" init -q
printf '/build/\n' >"$tree/.gitignore"
echo one >"$tree/table.tsv"
echo one >"$tree/source.cpp"
for name in long brief story served; do echo "$name" >"$tree/build/dev/$name"; done

# Lists four tests; told to run them, notes what it was told and says what fake_outcome names: NAME SECONDS run|fail.
cat >"$temporary/bin/ctest" <<'END'
#!/bin/bash
case "$*" in
  *--show-only*)
    echo '{"tests": ['
    for name in long brief story; do
      required=''
      [ $name = story ] && required=', {"name": "REQUIRED_FILES", "value": ["'$FAKE_TREE'/build/dev/served"]}'
      echo '{"name": "'$name'", "command": ["'$FAKE_TREE'/build/dev/'$name'"], "properties": [{"name": "TIMEOUT", "value": 5}'"$required"']},'
    done
    echo '{"name": "day", "command": ["'$FAKE_TREE'/build/dev/long", "--from-day"], "properties": []}]}'
    exit
    ;;
esac
echo "$*" >"$FAKE_TREE/build/told"
{
  echo '<testsuite>'
  while read -r name seconds status; do echo "<testcase name=\"$name\" time=\"$seconds\" status=\"$status\"/>"; done <"$FAKE_TREE/build/outcome"
  echo '</testsuite>'
} >"$FAKE_TREE/build/dev/tests.xml"
! grep -q fail "$FAKE_TREE/build/outcome"
END
chmod +x "$temporary/bin/ctest"
export PATH=$temporary/bin:$PATH FAKE_TREE=$tree

# try OUTCOME [OPTION]: runs the tests, OUTCOME being what the stand-in says.
try() {
  echo "$1" >"$tree/build/outcome"
  code=0
  "$tree/cmake/run_tests.py" dev "${@:2}" >"$temporary/words" || code=$?
}
leaves_out() { grep -qF -- "--exclude-regex ^($1)\$" "$tree/build/told"; }
runs_all() { ! grep -q -- --exclude-regex "$tree/build/told"; }

try $'long 20 run\nbrief 1 run\nstory 30 fail\nday 9 run'
expect_not "a failed test fails the run" test $code = 0
expect "the first time all tests are run" runs_all

try $'brief 1 run\nstory 30 run'
expect "what passed and is long is left out, what failed or is brief is not" leaves_out 'day|long'
expect "which the words say" grep -q '^2 of 4 tests' "$temporary/words"

try 'brief 1 run'
expect "what passed the second time is left out then" leaves_out 'day|long|story'

try 'brief 1 run' --all
expect "--all leaves nothing out" runs_all

echo two >"$tree/build/dev/served"
try 'brief 1 run'
expect "a test runs again when a program that it starts is another" leaves_out 'day|long'
echo served >"$tree/build/dev/served"

echo two >"$tree/build/dev/long"
try 'brief 1 run'
expect "a test runs again when its own program is another" leaves_out 'story'
echo long >"$tree/build/dev/long"

echo two >"$tree/source.cpp"
try 'brief 1 run'
expect "a source that changes no program changes nothing" leaves_out 'day|long|story'

echo two >"$tree/table.tsv"
try 'brief 1 run'
expect "all run again when a file of the tree that is no source changes" runs_all
echo one >"$tree/table.tsv"

find "$tree/build/dev/passed" -type f -exec touch -d '8 days ago' {} +
try 'brief 1 run'
expect "and after a week" runs_all
exit $failed
