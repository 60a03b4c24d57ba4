#!/usr/bin/env bash
# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Brings .venv up to date with requirements/dev.lock and links the collection into .venv/collections.
#
# Programs and Ansible itself write the path of the interpreter into shebangs and shell commands without quoting it.
# A project folder whose path has a space or another special character is therefore entered through a link with a
# plain name; .venv/root holds the path to use.

set -euo pipefail

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
cd "$project"

is_plain() { [[ $1 =~ ^[A-Za-z0-9_./@+-]+$ ]]; }

plain_root() {
    if is_plain "$project"; then
        printf '%s\n' "$project"
        return
    fi
    local base name
    name=$(printf %s "$project" | cksum | tr ' ' '-')
    for base in "${XDG_CACHE_HOME:-${HOME:-/nowhere}/.cache}/people-lifecycle" "${TMPDIR:-/tmp}/people-lifecycle-$UID"; do
        if is_plain "$base" && mkdir -p "$base" 2> /dev/null && chmod 700 "$base" 2> /dev/null; then
            ln -sfn "$project" "$base/$name"
            printf '%s\n' "$base/$name"
            return
        fi
    done
    echo "setup: no folder for a link with a plain name; set XDG_CACHE_HOME to a writable folder" >&2
    return 1
}

# Prints a Python 3.11 or newer that can make virtual environments; PYTHON=... names one.
find_python() {
    local candidate
    for candidate in ${PYTHON:-python3 python3.11 python3.12 python3.13 /usr/bin/python3}; do
        if "$candidate" -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    echo "setup: needs Python 3.11 or newer with venv (Debian: apt-get install python3-venv)" >&2
    return 1
}

# pip for uv only; plain pip for all where uv does not work.
install_requirements() {
    local python=$1 quiet=(--quiet --disable-pip-version-check)
    "$python" -m uv --version > /dev/null 2>&1 || "$python" -m pip install "${quiet[@]}" --require-hashes -r requirements/uv.lock 2> /dev/null || true
    if ! "$python" -m uv pip install --quiet --compile-bytecode --python "$python" --require-hashes -r requirements/dev.lock; then
        echo "setup: uv could not install, trying pip" >&2
        "$python" -m pip install "${quiet[@]}" --require-hashes -r requirements/dev.lock
    fi
}

make_environment() {
    local root=$1 python
    if [[ -e .venv/root && $(< .venv/root) != "$root" ]] || ! .venv/bin/python -c '' 2> /dev/null; then
        python=$(find_python)
        "$python" -m venv --clear "$root/.venv"
    fi
    install_requirements "$root/.venv/bin/python"
    printf '%s\n' "$root" > .venv/root
    cp requirements/dev.lock .venv/requirements.txt
}

# Touches only what is not right yet: another program may be running from these links.
link_collection() {
    local tree=.venv/collections/ansible_collections/people/lifecycle entry
    mkdir -p "$tree"
    find "$tree" -mindepth 1 -maxdepth 1 -xtype l -delete
    for entry in changelogs docs extensions meta playbooks plugins roles tests CHANGELOG.md README.md galaxy.yml; do
        if [[ -e $entry && ! -e $tree/$entry ]]; then
            ln -s "../../../../../$entry" "$tree/$entry"
        fi
    done
}

root=$(plain_root)
if ! cmp -s requirements/dev.lock .venv/requirements.txt || [[ $(cat .venv/root 2> /dev/null) != "$root" ]]; then
    echo "setup: installing requirements/dev.lock into .venv"
    make_environment "$root"
fi
link_collection
