#!/bin/sh
# Usage: setup-deps.sh report|test|soak
# Sees to it that the Debian packages for one purpose are installed; the only place that lists them.
set -eu

build="g++ cmake ninja-build pkg-config libdw-dev libelf-dev libzstd-dev liblz4-dev liblzma-dev
       zlib1g-dev nlohmann-json3-dev libcli11-dev libseccomp-dev"
unpack="zstd"
tests="catch2 ccache make gdb strace python3 python3-jsonschema cmark-gfm mandoc zsh fish"
soak="clang clang-tidy debootstrap git valgrind"
# Not in every release of Debian: taken where there is one, and its check is skipped elsewhere.
format="clang-format-14"
# For the pages of --html. A machine that has its own Node.js or Chromium keeps it, and one that can
# have neither skips these tests.
browser=""
command -v node >/dev/null && command -v npm >/dev/null || browser="nodejs npm"
command -v chromium >/dev/null || browser="$browser chromium"

case "${1:-}" in
report) wanted="$build $unpack" optional="" ;;
test) wanted="$build $unpack $tests" optional="$format $browser" ;;
soak) wanted="$build $unpack $tests $soak" optional="$format $browser" ;;
*) sed -n '2,3s/^# //p' "$0" >&2; exit 2 ;;
esac

if ! command -v dpkg-query >/dev/null; then
    echo "This is not Debian: what these packages hold is needed:" $wanted >&2
    exit 0
fi

installed() {
    dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -q '^installed$'
}

list_missing() {
    for package in "$@"; do
        installed "$package" || printf '%s ' "$package"
    done
}

missing=$(list_missing $wanted)
if [ -z "$missing$(list_missing $optional)" ]; then
    exit 0
fi

if [ "$(id -u)" -eq 0 ]; then
    as_root="env"
elif sudo -n true 2>/dev/null; then
    as_root="sudo -n"
elif [ -n "$missing" ]; then
    echo "Missing Debian packages. Install them with:" >&2
    echo "    sudo apt-get install --no-install-recommends $missing" >&2
    exit 1
else
    exit 0
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600 "$@" \
        >>"$log" 2>&1 </dev/null
}

if [ -n "$missing" ]; then
    echo "Installing $missing" >&2
    if ! { apt update && apt install -y --no-install-recommends $missing; }; then
        tail -n 20 "$log" >&2
        echo "This failed: apt-get install --no-install-recommends $missing" >&2
        exit 1
    fi
fi
wanted_too=$(list_missing $optional)
if [ -n "$wanted_too" ] && [ -z "$missing" ]; then
    apt update || true
fi
for package in $wanted_too; do
    apt install -y --no-install-recommends "$package" || true
done
