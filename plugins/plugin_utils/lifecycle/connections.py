# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Connections of instances, from the task and from variables, each evaluated by itself."""

from __future__ import annotations

import functools
import typing as t

from ansible.errors import AnsibleError

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import mapping, structure, text
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import printable
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import (
    Instance,
    Instances,
    read_instances,
)


class Connections:
    """Connection options by instance in several ``sources``, each with its name for messages.

    ``listed`` are the instances that lifecycle_instances names, with their systems. ``template`` evaluates sources, and
    ``warn`` says of one where that fails that instances may be missed.
    """

    def __init__(
        self,
        sources: t.Sequence[tuple[str, t.Any]],
        listed: t.Mapping[str, str],
        template: t.Callable[[t.Any], t.Any],
        warn: t.Callable[[str], None],
    ) -> None:
        self.sources = sources
        self.listed = listed
        self.template = template
        self.warn = warn

    def instances(self) -> Instances:
        """All instances by name; raises InputError for a name or a system that cannot be."""
        read_instances(self.listed, "lifecycle_instances")
        systems = dict(self.listed)
        for name, given in self.known:
            for instance, options in given.items():
                said = self._system(options, f"{name}.{instance}")
                if said and said != self.listed.get(instance, said):
                    raise InputError(
                        f"{name}.{instance} is of the system {said:.40}, and {self.listed[instance]} in "
                        "lifecycle_instances."
                    )
                systems[instance] = systems.get(instance) or said
        return read_instances(systems, self.sources[0][0])

    def of_system(self, system: str, known: Instances, has_address: t.Callable[[Instance], bool]) -> list[str]:
        """The instances of a system to work on where nobody names any:
        those of lifecycle_instances, where there are some.

        Else those that connections name, and the one that is named like its system, where connections name no others of
        it, or the environment or ``module_defaults`` know its address.
        """
        if self.listed:
            return [name for name in self.listed if known[name].traits.name == system]
        named = {instance for _name, given in self.known for instance in given}
        ours = sorted(name for name in named if known[name].traits.name == system)
        return ours if ours and (system in ours or not has_address(known[system])) else [system, *ours]

    def of(self, instance: Instance) -> Values:
        """The connection options of one instance, of which only this part is read.

        Raises InputError, and AnsibleError where a variable in it is undefined.
        """
        own = {} if instance.name == instance.traits.name else {"instance": instance.name}
        for name, raw in self.sources:
            whole = self._evaluated(raw, name)
            if not whole:
                continue
            if not isinstance(whole, t.Mapping):
                raise InputError(f"{name} must be a dictionary.")
            if instance.name in whole:
                options = mapping(self.template(whole[instance.name]), f"{name}.{instance.name}")
                return {**{option: value for option, value in options.items() if option != "system"}, **own}
        return own

    @functools.cached_property
    def known(self) -> list[tuple[str, t.Mapping[str, t.Any]]]:
        """The sources that can be evaluated, by name;
        what is wrong in one of their instances is said when that is used.
        """
        known = []
        for name, raw in self.sources:
            try:
                whole = self._evaluated(raw, name)
            except (AnsibleError, InputError) as error:
                self.warn(
                    printable(f"{name} cannot be evaluated; instances that it alone names are left out. {error}", 2000)
                )
                continue
            if isinstance(whole, t.Mapping):
                known.append((name, whole))
        return known

    def _system(self, raw: t.Any, name: str) -> str:
        """The system that a connection names; empty where it names none, or cannot be told."""
        try:
            options = self._evaluated(raw, name)
            return (
                text(self.template(options.get("system")), f"{name}.system") if isinstance(options, t.Mapping) else ""
            )
        except (AnsibleError, InputError):
            return ""

    def _evaluated(self, raw: t.Any, name: str) -> t.Any:
        return structure(self.template(raw), name) if isinstance(raw, str) else raw
