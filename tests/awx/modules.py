# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of the collection's modules, as they hand them to Ansible."""

from __future__ import annotations

import functools
import importlib
import pathlib
import typing as t

from ansible.module_utils import basic

Spec = dict[str, dict[str, t.Any]]
FOLDER = pathlib.Path(__file__).resolve().parents[2] / "plugins/modules"


class Caught(Exception):
    """Carries an argument_spec out of a module."""


def names(system: str) -> list[str]:
    """The modules of one system."""
    return sorted(path.stem for path in FOLDER.glob(f"{system}_*.py"))


@functools.cache
def spec(name: str) -> Spec:
    """The argument_spec of a module."""
    main = importlib.import_module(f"ansible_collections.people.lifecycle.plugins.modules.{name}").main
    original = basic.AnsibleModule.__init__

    def caught(self: t.Any, argument_spec: Spec, *rest: t.Any, **more: t.Any) -> None:
        raise Caught(argument_spec)

    basic.AnsibleModule.__init__ = caught
    try:
        main()
    except Caught as caught_spec:
        return t.cast(Spec, caught_spec.args[0])
    finally:
        basic.AnsibleModule.__init__ = original
    raise AssertionError(f"{name} made no AnsibleModule")


def options_by_variable(system: str) -> dict[str, set[str]]:
    """For each environment variable that the modules of a system read, the options that it fills."""
    found: dict[str, set[str]] = {}
    for name in names(system):
        for option, rules in spec(name).items():
            for variable in rules["fallback"][1] if "fallback" in rules else ():
                found.setdefault(variable, set()).add(option)
    return found
