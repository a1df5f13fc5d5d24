#!/usr/bin/env bash
#
# Installs what `make bench` compares yinfa with: WeasyPrint, docxtpl and RenderCV into a virtual
# environment of their own in the cache folder, LibreOffice and the libraries they need, and
# libeatmydata (runs without syncing), from apt. Nothing else uses them, and what is missing is
# skipped by the bench, which says so.
#
#   scripts/bench-peers.sh
#
# Exit status: 0 all is there, 1 something could not be installed.

set -euo pipefail
cd "$(dirname "$0")/.."

venv=${XDG_CACHE_HOME:-$HOME/.cache}/yinfa/bench-venv
requirements=benches/build/peers/requirements.txt
packages=(libreoffice-writer-nogui libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libeatmydata1)
status=0

# say CHINESE ENGLISH: one message in both languages, on standard error.
say() {
    printf '%s\n%s\n' "$1" "$2" >&2
}

# lacking CHINESE ENGLISH: the same for something that could not be installed.
lacking() {
    say "$1" "$2"
    status=1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed ||
        missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    { as_root apt-get -qq update &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y \
            --no-install-recommends "${missing[@]}"; } >&2 ||
        lacking "以下软件包未能安装：${missing[*]}" "Not installed: ${missing[*]}"
fi

{ [ -x "$venv/bin/python" ] || python3 -m venv "$venv"; } &&
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r "$requirements" >&2 ||
    lacking "未能安装 $requirements 中的 Python 包" "The Python packages of $requirements were not installed"

exit "$status"
