# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs iq_group_grants inside Ansible's own process where it can."""

from __future__ import annotations

from ansible_collections.people.lifecycle.plugins.plugin_utils.direct.action import DirectAction


class ActionModule(DirectAction):
    module = "iq_group_grants"
