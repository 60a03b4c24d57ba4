# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who takes over what would have nobody once a leaver is gone, such as a domain with its last administrator. Pure."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import mapping, text
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import Instance, Instances, check_name

Successors = t.Mapping[str, t.Mapping[str, str]]


def read_successors(given: t.Any, name: str, instances: Instances) -> Successors:
    """``{instance or system: {what: user name}}``. Raises InputError, also for a system that leaves nothing behind."""
    found: dict[str, dict[str, str]] = {}
    for service, accounts in mapping(given, name).items():
        place = f"{name}.{service}"
        instance = check_name(service, name, instances)
        if not instance.traits.successors_option:
            raise InputError(f"{place}: nothing of {instance.traits.title} needs a successor.")
        known = instance.traits.successors_known
        odd = next((what for what in mapping(accounts, place) if known and what not in known), None)
        if odd is not None:
            raise InputError(f"{place} names {odd!r:.60}; known are {', '.join(known)}.")
        found[instance.name] = {
            what: text(account, f"{place}.{what}") for what, account in mapping(accounts, place).items()
        }
    return found


def successor_options(successors: Successors, instance: Instance) -> Values:
    """The options that tell the module of an instance who takes over what; what its system says holds there, too."""
    traits = instance.traits
    named = {**successors.get(traits.name, {}), **successors.get(instance.name, {})}
    return {traits.successors_option: named} if named else {}
