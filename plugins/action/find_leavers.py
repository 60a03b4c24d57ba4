# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds the accounts of leavers in all systems and refuses, before anything is written, what must not happen."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.plugin_utils._action import LifecycleAction
from ansible_collections.people.lifecycle.plugins.plugin_utils._batches import Module
from ansible_collections.people.lifecycle.plugins.plugin_utils._given import mapping, number, text, words
from ansible_collections.people.lifecycle.plugins.plugin_utils._leavers import Leaver, read_leavers
from ansible_collections.people.lifecycle.plugins.plugin_utils._mapping import read_naming, read_systems
from ansible_collections.people.lifecycle.plugins.plugin_utils._roster import read_file
from ansible_collections.people.lifecycle.plugins.plugin_utils._search import Search
from ansible_collections.people.lifecycle.plugins.plugin_utils._shard import read_shard

LIMIT = 5


class ActionModule(LifecycleAction):
    _VALID_ARGS = frozenset(("people", "people_file", "shard", "systems", "naming", "connections", "limit", "protected"))

    def work(self, arguments: dict[str, t.Any]) -> dict[str, t.Any]:
        everybody = self.people(arguments)
        leavers = read_shard(arguments.get("shard"), "offboard_shard").take(everybody, lambda leaver: leaver.id)
        connections = mapping(arguments.get("connections"), "offboard_connections")
        modules = [
            Module(
                rules,
                self.run_module,
                mapping(connections.get(rules.name), f"offboard_connections.{rules.name}"),
                None,
                self.check,
            )
            for rules in read_systems(arguments.get("systems"), "offboard_systems")
        ]
        search = Search(leavers, modules, read_naming(arguments.get("naming"), "offboard_naming"))
        search.run()
        search.refuse(
            len(everybody),
            number(arguments.get("limit"), "offboard_limit", LIMIT, least=0),
            {name.casefold() for name in words(arguments.get("protected"), "offboard_protected")},
        )
        entries = {module.rules.name: search.entries(module.rules) for module in modules}
        return {
            "changed": False,
            "count": len(leavers),
            "systems": list(entries),
            "found": {name: len([e for e in found if e["current"]]) for name, found in entries.items()},
            "unreachable_systems": search.failures,
            "details": self.keep({"people": search.people(), "entries": entries, "failures": search.failures}),
        }

    def people(self, arguments: dict[str, t.Any]) -> list[Leaver]:
        """Who leaves, from the file where one is given; raises InputError when that is nobody."""
        name = text(arguments.get("people_file"), "offboard_people_file")
        given = arguments.get("people")
        if name:
            given = read_file(self.find_file(name, "offboard_people_file"))
        leavers = read_leavers(given, "offboard_people")
        if not leavers:
            raise InputError("Nobody leaves: give offboard_people or offboard_people_file.")
        return leavers
