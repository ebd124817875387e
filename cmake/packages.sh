# Sourced by run.sh and test.sh: installs the packages of cmake/packages.txt that are not there yet.

# install_packages run|test: "run" leaves out the lines that only tests need.
install_packages() {
    wanted=$(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$project/cmake/packages.txt" |
        awk -v kind="$1" '$2 != "test" || kind == "test" { print $1 }')
    missing=
    for package in $wanted; do
        status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
        [ "$status" = "install ok installed" ] || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    as_root=
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null 2>&1 || {
            echo "These packages are missing and neither root nor sudo is at hand to install them:$missing" >&2
            exit 1
        }
        as_root=sudo
    fi
    log=$(mktemp)
    echo "Installing:$missing"
    if ! { $as_root apt-get update &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        echo "The packages could not be installed; the whole output is in $log" >&2
        exit 1
    fi
    rm -f "$log"
}
