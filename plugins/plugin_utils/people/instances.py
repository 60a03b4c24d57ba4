# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Instances, organizations and servers of the systems, by name, as people write them in variables and rosters. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.environment import check_instance, title_of
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import is_blank, mapping, structure, text
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import near_names
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from ansible_collections.people.lifecycle.plugins.module_utils._systems import SYSTEMS, TRAITS

T = t.TypeVar("T")


@dataclasses.dataclass(frozen=True)
class Instance:
    """One organization or server of a system."""

    name: str
    traits: Traits

    @property
    def title(self) -> str:
        """What messages call it."""
        return title_of(self.traits.title, self.traits.name, self.name)

    def said_in(self, said: t.Mapping[str, T], default: T) -> T:
        """What ``said`` has about this instance:
        by its own name, else by that of its system, which means each instance.
        """
        return said.get(self.name, said.get(self.traits.name, default))


Instances = t.Mapping[str, Instance]
OF_SYSTEMS: Instances = {name: Instance(name, traits) for name, traits in TRAITS.items()}


def read_instances(systems: t.Mapping[str, str], name: str) -> Instances:
    """All instances by name: those named like their systems, and those that ``systems`` gives a system.

    Raises InputError for a name that would take another's variables of the environment, and for an unknown system.
    """
    instances = dict(OF_SYSTEMS)
    variables = {system: SYSTEMS[system].variables() for system in SYSTEMS}
    for instance, system in systems.items():
        if instance in TRAITS and system not in ("", instance):
            raise InputError(
                f"{name}.{instance} is the instance of that name, and cannot be of the system {system:.40}."
            )
        if instance in TRAITS:
            continue
        if system not in TRAITS:
            raise InputError(f"{name}.{instance} needs system, which is one of {', '.join(TRAITS)}.")
        own = SYSTEMS[system].variables(instance)
        check_instance(instance, own, variables)
        variables[instance] = own
        instances[instance] = Instance(instance, TRAITS[system])
    return instances


def read_limits(given: t.Any, name: str, instances: Instances = OF_SYSTEMS) -> dict[str, int]:
    """``{instance or system: whole number}``; raises InputError."""
    limits = {}
    for each, number in mapping(given, name).items():
        written = str(number).strip()
        if not (written.isascii() and written.isdigit()):
            raise InputError(f"{name}.{each} must be a whole number, at least 0.")
        limits[check_name(each, name, instances).name] = int(written)
    return limits


def read_listed(given: t.Any, name: str) -> dict[str, str]:
    """The system of each instance in a list of ``name`` and ``system``, in order; raises InputError.

    An instance that is named like its system needs no ``system``.
    """
    whole = [] if is_blank(given) else structure(given, name)
    if not isinstance(whole, (list, tuple)):
        raise InputError(f"{name} must be a list of instances, each with name and system.")
    listed: dict[str, str] = {}
    for place, item in enumerate(whole):
        where = f"{name}[{place}]"
        entry = mapping(item, where)
        instance = text(entry.get("name"), f"{where}.name")
        if unknown := sorted(entry.keys() - {"name", "system"}):
            raise InputError(
                f"{where} has {', '.join(unknown)}; an instance has name and system, and what else it needs in "
                "lifecycle_connections."
            )
        if not instance or instance in listed:
            raise InputError(f"{where} needs a name that no other instance in it has.")
        listed[instance] = text(entry.get("system"), f"{where}.system", instance)
    return listed


def check_name(name: t.Any, where: str, instances: Instances = OF_SYSTEMS) -> Instance:
    """The instance called ``name`` in ``where``; raises InputError with near names."""
    if name not in instances:
        near = near_names(str(name), instances, 1)
        hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(instances)}."
        raise InputError(f"{where} names {name!r:.40}; {hint}")
    return instances[name]
