# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Inventory of people: one host per person of a roster."""

from __future__ import annotations

DOCUMENTATION = r"""
name: roster
short_description: People of a roster as hosts
version_added: 0.1.0
author: People Lifecycle contributors (@people-lifecycle)
description:
  - Makes one host of each person in a roster (CSV, YAML or JSON), so that AWX can divide a roster into slices for
    several execution nodes and O(people.lifecycle.onboard#role:main:onboard_only) picks people.
  - A host has the person's id as its name, and the record of the person in the variable C(person). Nothing in a record
    is evaluated as a template, and no record has a secret in it.
  - All hosts are in one group, and in one group for each profile. With O(attributes), a person needs no profile in the
    roster.
  - The playbook C(people.lifecycle.onboard_roster) works on such hosts, with one call per system for all of them.
extends_documentation_fragment:
  - people.lifecycle.roster
options:
  plugin:
    description: Says that this file is for this plugin.
    type: str
    required: true
    choices: [people.lifecycle.roster]
  path:
    description:
      - The roster, such as V(people.csv). A relative path begins at the folder of this file.
    type: str
    required: true
  group:
    description: The group that everybody is in. It may have letters, digits and underscores.
    type: str
    default: people
  group_by:
    description:
      - Fields that make groups of people. Each value makes a group, named after field and value, such as
        C(profile_data_engineer).
    type: list
    elements: str
    choices: [profile, title]
    default: [profile]
seealso:
  - plugin: people.lifecycle.roster
    plugin_type: lookup
"""

EXAMPLES = r"""
# roster.yml
plugin: people.lifecycle.roster
path: people.csv

# One person of it:
#   ansible-playbook people.lifecycle.onboard_roster -i roster.yml -e onboard_only=E10482
# Everybody with one profile:
#   ansible-playbook people.lifecycle.onboard_roster -i roster.yml -e onboard_only=data-engineer
"""

import os
import re
import typing as t

from ansible.errors import AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin
from ansible.utils.unsafe_proxy import wrap_var

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError, LifecycleError
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import Instances, read_instances
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.person import (
    Form,
    Person,
    check_column,
    read_people,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.places import PlacedRecord
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.roster import read_file

try:
    from ansible.template import trust_as_template
except ImportError:  # before ansible-core 2.19 all text is a template

    def trust_as_template(value: str) -> str:
        return value


HOST = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.@+-]*")
RESERVED = ("all", "ungrouped")
GROUP = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class InventoryModule(BaseInventoryPlugin):  # type: ignore[misc]
    NAME = "people.lifecycle.roster"

    def verify_file(self, path: str) -> bool:
        """Whether ``path`` may be for this plugin, judged by its name."""
        return bool(super().verify_file(path)) and path.endswith((".yml", ".yaml"))

    def parse(self, inventory: t.Any, loader: t.Any, path: str, cache: bool = True) -> None:
        """Fill ``inventory`` with the people of the roster that the file ``path`` names."""
        super().parse(inventory, loader, path, cache)
        self._read_config_data(path)
        roster = os.path.join(os.path.dirname(os.path.abspath(path)), os.path.expanduser(self.get_option("path")))
        try:
            known = read_instances(self.get_option("instances"), "instances")
            self.fill(
                read_file(roster, self.get_option("columns"), extra=self.form.columns, instances=known), roster, known
            )
        except LifecycleError as error:
            raise AnsibleParserError(str(error)) from None

    @property
    def form(self) -> Form:
        """What records look like."""
        attributes = [check_column(name, "attributes") for name in self.get_option("attributes")]
        return Form(attributes, needs_profile=not attributes)

    def fill(self, records: list[dict[str, t.Any]], where: str, instances: Instances) -> None:
        """Add a host for each of ``records``; raises InputError before the first when one of them is wrong."""
        people = read_people(records, where, instances, self.form)
        everybody = self.get_option("group")
        made = {group for person in people for group in groups(person, self.get_option("group_by"))}
        names = host_names(records, people, {*RESERVED, everybody, *made}, where)
        if not GROUP.fullmatch(everybody):
            raise InputError("group may have letters, digits and underscores only.")
        self.inventory.add_group(everybody)
        self.inventory.set_variable(everybody, "ansible_connection", trust_as_template("local"))
        python = trust_as_template("{{ ansible_playbook_python }}")
        self.inventory.set_variable(everybody, "ansible_python_interpreter", python)
        for record, person, name in zip(records, people, names, strict=True):
            self.inventory.add_host(name, everybody)
            self.inventory.set_variable(name, "person", wrap_var({**record, "id": person.id}))
            for group in groups(person, self.get_option("group_by")):
                self.inventory.add_child(self.inventory.add_group(group), name)


def host_names(
    records: t.Sequence[dict[str, t.Any]], people: t.Sequence[Person], taken: t.Container[str], where: str
) -> list[str]:
    """The ids, as host names; raises InputError for one that Ansible would take for a pattern, a range or a group."""
    for record, person in zip(records, people, strict=True):
        place = record.place if isinstance(record, PlacedRecord) else where
        if not HOST.fullmatch(person.id):
            raise InputError(
                f"{place}: {person.id!r:.60} cannot be the name of a host. In an inventory, an id has letters, digits "
                "and _ . @ + - only."
            )
        if person.id in taken:
            raise InputError(
                f"{place}: {person.id!r:.60} is the name of a group in this inventory, and cannot be an id."
            )
    return [person.id for person in people]


def groups(person: Person, fields: t.Sequence[str]) -> t.Iterator[str]:
    """The groups that the values of ``fields`` make for one person."""
    for field in fields:
        values = person.profile if field == "profile" else (person.values.get(field, ""),)
        for value in values:
            name = re.sub(r"[^a-z0-9]+", "_", value.casefold()).strip("_")
            if name:
                yield f"{field}_{name}"
