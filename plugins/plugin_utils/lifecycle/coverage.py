# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds sub-organizations that no instance of a run covers: people in them are nobody's to see."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Modules, message
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.report import Part, several


def remark_on_coverage(parts: t.Sequence[Part], instances: t.Sequence[Modules]) -> None:
    """Add to ``parts`` which sub-organizations of each instance no other one covers.

    An instance covers the organization that it signs in to, and the one that it expects, whether it can be reached or
    not.
    """
    asked = {
        modules.name: organizations(modules)
        for modules in instances
        if modules.traits.organizations_module and not modules.outage
    }
    covered = {str(modules.connection.get("expect") or "").casefold() for modules in instances}
    covered |= {
        own[key].casefold()
        for found in asked.values()
        if (own := found.get("organization"))
        for key in ("v2_id", "id", "name")
    }
    for part in parts:
        if part.instance in asked:
            part.remarks = [*part.remarks, *remarks(asked[part.instance], covered)]


def organizations(modules: Modules) -> Values:
    """What the module about organizations says; failed or not, it is no reason to leave an instance alone."""
    return modules.run(modules.traits.organizations_module, modules.connection, True)


def remarks(found: Values, covered: set[str]) -> list[str]:
    """What to say of one instance; nothing where everything below it is covered."""
    if found.get("failed"):
        return [f"Whether it has sub-organizations that no instance covers cannot be told: {message(found)}"]
    below = [
        each["name"]
        for each in found["sub_organizations"]
        if not covered & {each["name"].casefold(), each["v2_id"].casefold()}
    ]
    if not below:
        return []
    which = "the sub-organization" if len(below) == 1 else f"{len(below)} sub-organizations:"
    return [
        f"No instance of this run covers {which} {several(below)}. People there need a connection with an account of "
        "its own."
    ]
