# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Closes the accounts of leavers in one system, in batches, and verifies by reading back."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.plugin_utils._action import LifecycleAction
from ansible_collections.people.lifecycle.plugins.plugin_utils._batches import Module, Row
from ansible_collections.people.lifecycle.plugins.plugin_utils._given import choice, mapping, number
from ansible_collections.people.lifecycle.plugins.plugin_utils._leave import leave
from ansible_collections.people.lifecycle.plugins.plugin_utils._systems import SYSTEMS

BATCH = 500
MODES = ("disable", "delete")


class ActionModule(LifecycleAction):
    _VALID_ARGS = frozenset(("system", "leavers", "mode", "connection", "parallel", "batch_size"))

    def work(self, arguments: dict[str, t.Any]) -> dict[str, t.Any]:
        rules = SYSTEMS[choice(arguments.get("system"), "system", list(SYSTEMS), "")]
        mode = choice(arguments.get("mode"), "offboard_mode", MODES, "disable")
        found = self.kept(arguments.get("leavers"), "leavers")
        module = Module(
            rules,
            self.run_module,
            mapping(arguments.get("connection"), f"offboard_connections.{rules.name}"),
            number(arguments.get("parallel"), "offboard_parallel", 4),
            self.check,
        )
        if rules.name in found["failures"]:
            reason = found["failures"][rules.name]
            rows = [Row(one["id"], "", "failed", error=reason) for one in found["people"]]
        else:
            size = number(arguments.get("batch_size"), "offboard_batch_size", BATCH)
            rows = leave(found["entries"].get(rules.name, []), module, mode, size, self.progress)
        return self.result_of(rules, rows)
