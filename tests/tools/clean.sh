#!/usr/bin/env bash
# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Removes what the targets of the Makefile made: .venv, build, caches, and the link to a folder with a special name.

set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
if [[ -e .venv/root ]]; then
    root=$(< .venv/root)
    if [[ -L $root ]]; then
        rm -f "$root"
    fi
fi
rm -rf .venv build docs/site .ansible .hypothesis .mypy_cache .pytest_cache .ruff_cache tests/output
find . -name __pycache__ -type d -prune -exec rm -rf {} +
