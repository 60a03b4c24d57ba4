#!/usr/bin/env bash
# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs a command from the project's folder with the programs of .venv and the collection in sight:
#     tests/tools/venv.sh ansible-doc -t module people.lifecycle.iq_user

set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
root=$(< .venv/root)
unset PYTHONDONTWRITEBYTECODE PYTHONPATH ANSIBLE_CONFIG
export PATH="$root/.venv/bin:$PATH"
export ANSIBLE_COLLECTIONS_PATH="$root/.venv/collections"
export ANSIBLE_HOME="$root/build/ansible"
export LC_ALL=C.UTF-8
exec "$@"
