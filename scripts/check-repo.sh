#!/usr/bin/env bash
#
# What compilers and lints do not see and the tree must not hold, in files that are tracked or
# about to be. Prints every place and exits 1 when there is one.

set -euo pipefail
cd "$(dirname "$0")/.."

failed=false

# Homes of nobody, for examples and tests that need one.
invented='/home/(user|li|wang|zhang)\b'

# forbid WHY PATTERN PATHSPEC...: no line may match the extended regular expression.
forbid() {
    local why=$1 pattern=$2 found status=0
    shift 2
    found=$(git grep --untracked --line-number -I -E -e "$pattern" -- "$@" ':!scripts/check-repo.sh') ||
        status=$?
    # 1 is "nothing found"; anything above is git's own trouble.
    [ "$status" -le 1 ] || exit 2
    found=$(printf '%s' "$found" | grep -vE "$invented" || true)
    if [ -n "$found" ]; then
        printf '%s\ncheck-repo: %s\n' "$found" "$why" >&2
        failed=true
    fi
}

# A path begins a word: /home/ inside a URL or below another folder is none.
start='(^|[^[:alnum:]_.~/})-])'
name='[[:alnum:]_][[:alnum:]_.-]*'
forbid "paths of a machine (write them relative, or with a placeholder)" \
    "${start}(/home/$name|/root/|/Users/$name|[A-Za-z]:[\\\\/]+Users[\\\\/]+$name|file:///(home|root|Users)/)" .

# The place of this very checkout, where it is long enough to be nobody else's word.
here=$PWD
if [ "${#here}" -gt 8 ] && [[ $here == /*/* ]]; then
    forbid "the path of this checkout" "${start}$(printf '%s' "$here" | sed 's/[][\.*^$+?(){}|]/\\&/g')" .
fi

forbid "leftovers of work in progress" '\b(todo|unimplemented|dbg)!|\bFIXME\b' src crates tests

# Codes are referred to from outside, so they follow one form: kebab-case. A call may be broken
# over two lines, hence one file at a time as one line.
while IFS= read -r file; do
    [ -f "$file" ] || continue
    bad=$(tr '\n' ' ' <"$file" |
        grep -oE 'Diagnostic::(error|warning|hint)\( *"[^"]*"' |
        grep -vE '"[a-z][a-z0-9]*(-[a-z0-9]+)*"$' || true)
    if [ -n "$bad" ]; then
        printf '%s: %s\n' "$file" "$bad" "check-repo" "a diagnostic's code is not kebab-case" >&2
        failed=true
    fi
done < <(git ls-files --cached --others --exclude-standard -- 'src/*.rs' 'crates/*.rs')

if $failed; then
    exit 1
fi
