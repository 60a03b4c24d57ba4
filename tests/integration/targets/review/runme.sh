#!/usr/bin/env bash
# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A script, because Ansible would take the role of this name for a target that is a role. It gets no variables from
# ansible-test.

set -euo pipefail

config=../../integration_config.yml
[[ ! -e $config ]] || set -- "$@" -e "@$config"
ANSIBLE_ROLES_PATH=.. ansible-playbook play.yml -i ../../inventory "$@"
