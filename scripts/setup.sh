#!/usr/bin/env bash
#
# Makes a machine ready for yinfa: checks Rust, installs the free fonts, and on request the
# tools that the tests use. It can be run any number of times: what is there is left alone, and
# when nothing is missing nothing touches the network.
#
#   scripts/setup.sh            Rust is checked, fonts are installed
#   scripts/setup.sh --test     and the tools of the tests (with CI=true the typst command too)
#   scripts/setup.sh --typst    and the typst command, in the version that Cargo.toml pins
#
# On Debian and Ubuntu the packages come from apt, as root or through a sudo that asks no
# password. Anywhere else, and without root or network, it says what to install and goes on:
# yinfa runs with the fonts that are there and reports each substitute it takes.
#
# Exit status: 0 ready, or ready enough; 2 Rust is missing or too old, or, with CI=true,
# something could not be installed (a green run must not rest on tests that were skipped).

set -euo pipefail
cd "$(dirname "$0")/.."

font_dir=${XDG_DATA_HOME:-$HOME/.local/share}/fonts/yinfa
cache_dir=${XDG_CACHE_HOME:-$HOME/.cache}/yinfa
cargo_bin=${CARGO_INSTALL_ROOT:-${CARGO_HOME:-$HOME/.cargo}}/bin
PATH=$cargo_bin:$PATH

# The versions stand in Cargo.toml alone.
rust_needed=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
typst_needed=$(sed -n 's/^typst = "=\(.*\)"/\1/p' Cargo.toml)

font_packages=(fonts-noto-cjk fonts-lxgw-wenkai)
fandol_package=texlive-lang-chinese
fandol_fonts=(FandolFang-Regular.otf FandolKai-Regular.otf)
# Each tool of the tests as COMMAND=PACKAGE.
test_tools=(pdftotext=poppler-utils chromium=chromium chromedriver=chromium-driver qpdf=qpdf openssl=openssl python3=python3)
# Python packages of the tests, each in the one version they were written against: a mail server with
# faults, and the reference validator of packages.
python_requirements=tests/requirements.txt
python_env=$cache_dir/python
# The whole mail server that mail is sent through in a test.
mta_package=exim4-daemon-light
mta=/usr/sbin/exim4
# LibreOffice without its windows (97 MB to fetch): what it makes of documents and workbooks.
office_packages=(libreoffice-writer-nogui libreoffice-calc-nogui)
# Checks pages for WCAG (MPL-2.0; only tests use it).
axe_version=4.14.1
axe_sha512=1477dafa598d8d065f273d6af302aa203c02e83131707b7fa648cd41bd3d6b734f8c22a0dab86ee6a6f64b8afbe804b214d36db85a2826965edfb3a0b9d546b5

ci=false
[ "${CI:-}" = true ] && ci=true
with_test=false
with_typst=false
incomplete=false
apt_updated=false

# say CHINESE ENGLISH: one message in both languages, on standard error.
say() {
    printf '%s\n%s\n' "$1" "$2" >&2
}

# lacking CHINESE ENGLISH: the same for something that could not be installed.
lacking() {
    say "$1" "$2"
    incomplete=true
}

has() {
    command -v "$1" >/dev/null 2>&1
}

usage() {
    sed -n '3,/^$/ s/^# \{0,1\}//p' scripts/setup.sh
}

parse_options() {
    local option
    for option; do
        case $option in
        --test) with_test=true ;;
        --typst) with_typst=true ;;
        -h | --help)
            usage
            exit 0
            ;;
        *)
            say "不认识的选项：$option（见 scripts/setup.sh --help）" \
                "unknown option: $option (see scripts/setup.sh --help)"
            exit 2
            ;;
        esac
    done
    if $ci && $with_test; then
        with_typst=true
    fi
}

# --- Rust --------------------------------------------------------------------------------------

check_rust() {
    local found oldest
    if ! has cargo || ! found=$(rustc --version 2>/dev/null); then
        say "未找到 Rust。请按 https://rustup.rs 的说明安装 Rust ${rust_needed} 以上版本，然后重试。" \
            "Rust was not found. Install Rust ${rust_needed} or newer as https://rustup.rs says, then try again."
        exit 2
    fi
    found=${found#rustc }
    found=${found%%[ -]*}
    oldest=$(printf '%s\n' "$rust_needed" "$found" | sort -V | head -n 1)
    if [ "$oldest" != "$rust_needed" ]; then
        say "Rust 版本过低：现为 ${found}，需要 ${rust_needed} 以上。请运行：rustup update stable（没有 rustup 的，见 https://rustup.rs）" \
            "Rust is too old: this is ${found}, ${rust_needed} is needed. Run: rustup update stable (no rustup? see https://rustup.rs)"
        exit 2
    fi
    if $with_test && ! { cargo fmt --version && cargo clippy --version; } >/dev/null 2>&1; then
        say "测试需要 rustfmt 和 clippy。请运行：rustup component add rustfmt clippy" \
            "The tests need rustfmt and clippy. Run: rustup component add rustfmt clippy"
        exit 2
    fi
}

# --- apt ---------------------------------------------------------------------------------------

is_debian() {
    has apt-get && has dpkg-query && grep -Eqs '^ID(_LIKE)?=.*(debian|ubuntu)' /etc/os-release
}

# Prints those of the packages named that are not installed.
not_installed() {
    local package
    for package; do
        dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed ||
            printf '%s\n' "$package"
    done
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif has sudo && sudo -n true 2>/dev/null; then
        sudo -n "$@"
    else
        return 1
    fi
}

# What is known about packages is fetched at most once a run; when that fails, the lists from
# before may still do.
apt_update() {
    $apt_updated && return
    apt_updated=true
    as_root true || return 0
    run_apt update || { sleep 3 && run_apt update; } || true
}

run_apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=2 \
        -o Acquire::http::Timeout=30 -o DPkg::Lock::Timeout=120 "$@" >&2
}

# apt_install PACKAGE...: installs those that are missing, all that this system knows of even
# when it does not know one.
apt_install() {
    local package missing=() known=()
    mapfile -t missing < <(not_installed "$@")
    [ ${#missing[@]} -eq 0 ] && return
    if as_root true; then
        say "正在安装：${missing[*]}" "Installing: ${missing[*]}"
        apt_update
        for package in "${missing[@]}"; do
            if apt-cache show "$package" >/dev/null 2>&1; then
                known+=("$package")
            fi
        done
        if [ ${#known[@]} -gt 0 ]; then
            run_apt install -y --no-install-recommends "${known[@]}" || true
        fi
        mapfile -t missing < <(not_installed "$@")
        [ ${#missing[@]} -eq 0 ] && return
    fi
    lacking "以下软件包未能安装：${missing[*]}。请以管理员身份运行：apt-get update && apt-get install --no-install-recommends ${missing[*]}" \
        "Not installed: ${missing[*]}. Run as root: apt-get update && apt-get install --no-install-recommends ${missing[*]}"
}

# --- Fonts -------------------------------------------------------------------------------------

fandol_missing() {
    local font
    for font in "${fandol_fonts[@]}"; do
        [ -s "$font_dir/$font" ] || return 0
    done
    return 1
}

# copy_fandol ROOT: takes the fonts out of a TeX Live tree below ROOT, each whole or not at all.
copy_fandol() {
    local font source
    mkdir -p "$font_dir"
    for font in "${fandol_fonts[@]}"; do
        source=$1/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/$font
        [ -s "$source" ] || return 1
        cp "$source" "$font_dir/.$font.new"
        mv "$font_dir/.$font.new" "$font_dir/$font"
    done
}

# FandolFang is packaged only with all of Chinese TeX Live, which would bring some twenty other
# packages along: the one package is fetched and the fonts are taken out of it. Their licence
# does not let us bundle them.
install_fandol() {
    fandol_missing || return 0
    copy_fandol "" 2>/dev/null && return
    say "正在从软件包 $fandol_package（约 50 MB）中提取 FandolFang 字体" \
        "Taking FandolFang out of the package $fandol_package (about 50 MB)"
    apt_update
    fetch_fandol && return
    lacking "未能取得 FandolFang。请将 ${fandol_fonts[*]}（在 TeX Live 的 fandol 包中）放入 $font_dir" \
        "FandolFang could not be fetched. Put ${fandol_fonts[*]} (from TeX Live's package fandol) into $font_dir"
}

fetch_fandol() {
    local work status=0
    work=$(mktemp -d)
    {
        (cd "$work" && apt-get -qq -o APT::Sandbox::User="$(id -un)" -o Acquire::Retries=2 \
            -o Acquire::http::Timeout=30 download "$fandol_package" >&2) &&
            dpkg-deb --fsys-tarfile "$work"/*.deb |
            tar -x -C "$work" --wildcards '*/fandol/Fandol*.otf' &&
            copy_fandol "$work"
    } || status=1
    rm -rf "$work"
    return "$status"
}

# Elsewhere nothing is installed: what is lacking is named.
describe_fonts() {
    local family missing=()
    for family in "Noto Serif CJK SC" "Noto Sans CJK SC" "LXGW WenKai" "FandolFang"; do
        if ! has fc-list || [ -z "$(fc-list "$family" file)" ]; then
            missing+=("$family")
        fi
    done
    [ ${#missing[@]} -eq 0 ] && return
    lacking "本系统请自行安装以下字体：$(join "${missing[@]}")。前三种各发行版一般都有（Noto CJK、LXGW WenKai 霞鹜文楷），FandolFang（FandolFang-Regular.otf）在 TeX Live 的 fandol 包中；也可将字体文件放入 $font_dir。已装有方正小标宋、仿宋_GB2312、楷体_GB2312、黑体、宋体的不必安装，用 yinfa fonts 查看实际选用的字体。" \
        "On this system please install these fonts yourself: $(join "${missing[@]}"). Most distributions package the first three (Noto CJK, LXGW WenKai); FandolFang (FandolFang-Regular.otf) is in TeX Live's package fandol; font files may also be put into $font_dir. None is needed where the standard's own are installed (FZXiaoBiaoSong, FangSong, KaiTi, SimHei, SimSun): yinfa fonts shows what will be used."
}

# join WORD...: the words with ", " between them.
join() {
    local joined
    joined=$(printf ', %s' "$@")
    printf '%s' "${joined#, }"
}

# --- What the tests use ------------------------------------------------------------------------

# A tool counts as there when its command is, wherever it came from.
install_test_tools() {
    local tool packages=()
    for tool in "${test_tools[@]}"; do
        has "${tool%%=*}" || packages+=("${tool#*=}")
    done
    has soffice || packages+=("${office_packages[@]}")
    [ ${#packages[@]} -eq 0 ] && return
    if is_debian; then
        apt_install "${packages[@]}"
    else
        lacking "测试还需要：${packages[*]}" "The tests also need: ${packages[*]}"
    fi
}

# A Python of its own, in which nothing of the machine's is changed.
install_python_packages() {
    has_python_packages && return
    has python3 || return 0
    if is_debian && ! python3 -c 'import ensurepip, venv' >/dev/null 2>&1; then
        apt_install python3-venv
    fi
    say "正在安装测试用的 Python 包" "Installing the Python packages of the tests"
    rm -rf "$python_env"
    if python3 -m venv "$python_env" >&2 &&
        "$python_env/bin/python3" -m pip install --quiet --disable-pip-version-check \
            -r "$python_requirements" >&2 && cp "$python_requirements" "$python_env/installed"; then
        return
    fi
    lacking "Python 包未能安装。请运行：python3 -m venv $python_env && $python_env/bin/pip install -r $python_requirements" \
        "The Python packages could not be installed. Run: python3 -m venv $python_env && $python_env/bin/pip install -r $python_requirements"
}

has_python_packages() {
    cmp -s "$python_requirements" "$python_env/installed" &&
        "$python_env/bin/python3" -c 'import aiosmtpd, bagit' >/dev/null 2>&1
}

# Its service is of no use: the test starts exim with a configuration and a port of its own. Where
# another mail server is installed, apt would remove that one, so it is left to the user.
install_mta() {
    [ -x "$mta" ] && return
    if ! is_debian || has sendmail || [ -x /usr/sbin/sendmail ]; then
        lacking "测试还需要 exim（$mta）；本机已有别的邮件服务器或不是 Debian 系统，没有自动安装" \
            "The tests also need exim ($mta); it was not installed, since another mail server is, or this is no Debian"
        return
    fi
    apt_install "$mta_package"
}

# Through npm, so that a mirror that is set up for it is used; checked against the digest
# above.
install_axe() {
    local work folder=$cache_dir/axe-core-$axe_version
    [ -s "$folder/axe.min.js" ] && return
    if ! has npm && is_debian; then
        apt_install npm
    fi
    work=$(mktemp -d)
    if (cd "$work" && npm pack --silent "axe-core@$axe_version" >/dev/null 2>&1) &&
        printf '%s  %s\n' "$axe_sha512" "$work/axe-core-$axe_version.tgz" | sha512sum --check --status &&
        tar -xzf "$work"/axe-core-*.tgz -C "$work" package/axe.min.js package/LICENSE; then
        mkdir -p "$folder"
        mv "$work/package/LICENSE" "$work/package/axe.min.js" "$folder/"
    else
        lacking "未能取得 axe-core ${axe_version}。请将 npm 包 axe-core 里的 axe.min.js 放入 $folder" \
            "axe-core ${axe_version} could not be fetched. Put axe.min.js of the npm package axe-core into $folder"
    fi
    rm -rf "$work"
}

has_typst() {
    local found
    has typst && found=$(typst --version 2>/dev/null) || return 1
    found=${found#typst }
    [ "${found%% *}" = "$typst_needed" ]
}

# Its own target folder, since nothing in it is of use afterwards. It is kept when the build
# breaks off, so that the next try goes on from there.
install_typst() {
    has_typst && return
    say "正在编译 typst ${typst_needed} 命令（两核约 9 分钟，每台机器只需一次）" \
        "Building the typst command ${typst_needed} (nine minutes on two cores, once per machine)"
    if is_debian && ! has_openssl; then
        apt_install pkg-config libssl-dev
    fi
    if cargo install --locked --quiet --target-dir "$cache_dir/typst-target" \
        "typst-cli@=$typst_needed" >&2 && has_typst; then
        rm -rf "$cache_dir/typst-target"
    else
        lacking "typst 命令未能安装。请运行：cargo install --locked typst-cli@=$typst_needed" \
            "The typst command could not be installed. Run: cargo install --locked typst-cli@=$typst_needed"
    fi
}

# typst-cli links against it.
has_openssl() {
    has pkg-config && pkg-config --exists openssl
}

# -----------------------------------------------------------------------------------------------

parse_options "$@"
check_rust
if is_debian; then
    has cc || apt_install gcc libc6-dev
    apt_install "${font_packages[@]}"
    install_fandol
else
    describe_fonts
fi
if $with_test; then
    install_test_tools
    install_python_packages
    install_mta
    install_axe
fi
if $with_typst; then
    install_typst
fi
if $incomplete && $ci; then
    exit 2
fi
