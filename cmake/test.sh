#!/bin/sh
# Installs what tests need, builds everything and runs every test; the last line is "N passed, N failed".
#   sh cmake/test.sh             the dev preset: unit, ui, integration, lint, fuzz corpus
#   sh cmake/test.sh ci          the same in a folder that is built once and whole: faster, and useless to work in
#   sh cmake/test.sh asan|tsan   the tests of src/ under a sanitizer
set -eu
project=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$project/cmake/packages.sh"
preset=${1:-dev}
case "$preset" in
    dev | ci | asan | tsan) ;;
    *) echo "test.sh: '$preset' is not dev, ci, asan or tsan" >&2; exit 2 ;;
esac

install_packages test
cd "$project"
[ -f "build/$preset/build.ninja" ] || cmake --preset "$preset"
cmake --build --preset "$preset"

junit=$project/build/$preset/tests.xml
rm -f "$junit"
# Most tests wait for something more than they compute.
ctest --preset "$preset" --parallel "$((2 * $(nproc)))" --output-junit "$junit" || true
[ -s "$junit" ] || { echo "the tests did not run"; echo "0 passed, 1 failed"; exit 1; }
count() { sed -n "s/.*<testsuite .*[[:space:]]$1=\"\([0-9]*\)\".*/\1/p;s/^[[:space:]]*$1=\"\([0-9]*\)\".*/\1/p" "$junit" | head -n 1; }
total=$(count tests)
failed=$(count failures)
skipped=$(count skipped)
disabled=$(count disabled)
passed=$((total - failed - ${skipped:-0} - ${disabled:-0}))
cases=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) tests\{0,1\}\.$/\1/p' "build/$preset/Testing/Temporary/LastTest.log" | awk '{sum += $1} END {print sum + 0}')
echo "$cases cases of GoogleTest passed"
[ "${skipped:-0}" = 0 ] || echo "$skipped skipped, each with its reason in build/$preset/Testing/Temporary/LastTest.log"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
