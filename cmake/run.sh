#!/bin/sh
# Installs what is needed, builds a release and opens the console on a demo estate with live pictures.
#   sh cmake/run.sh                          opens the window
#   sh cmake/run.sh --screenshot FILE.png    needs no display: saves what the operator would see
#   sh cmake/run.sh -- ARGUMENTS             starts the console with these instead of --demo
set -eu
project=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$project/cmake/packages.sh"

screenshot=
arguments=--demo
case "${1:-}" in
    --screenshot)
        [ -n "${2:-}" ] || { echo "run.sh: --screenshot needs the name of a PNG file" >&2; exit 2; }
        case "$2" in /*) screenshot=$2 ;; *) screenshot=$PWD/$2 ;; esac ;;
    --) shift; arguments=$* ;;
    '') ;;
    *) echo "run.sh: '$1' is not an option; sh cmake/run.sh [--screenshot FILE.png] [-- ARGUMENTS]" >&2; exit 2 ;;
esac

install_packages run
cd "$project"
[ -f build/release/build.ninja ] || cmake --preset release
cmake --build --preset release

if [ -n "$screenshot" ]; then
    xvfb-run -a -s "-screen 0 1920x1080x24" build/release/bin/leedswatch --demo --screenshot "$screenshot"
    echo "saved $screenshot"
elif [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    # shellcheck disable=SC2086
    exec build/release/bin/leedswatch $arguments
else
    echo "The build is ready, but there is no display here to open the console on."
    echo "On a desktop run this command again; here, see what the operator would see with"
    echo "    sh cmake/run.sh --screenshot console.png"
    exit 1
fi
