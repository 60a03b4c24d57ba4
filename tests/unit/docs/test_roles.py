# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A role and its action say the same of each option, since whoever reads one of them does not read the other."""

from __future__ import annotations

import importlib
import re
import typing as t

import pytest
import yaml

from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.options import documented_options
from unit.docs.blocks import PROJECT

ROLES = {
    "onboard": ("onboard", "main"),
    "offboard": ("offboard", "main"),
    "review": ("review", "main"),
    "review_apply": ("review", "apply"),
}
MODULES = "ansible_collections.people.lifecycle.plugins.modules."


def documented(action: str) -> dict[str, t.Any]:
    """The options of the action by the names of the role's variables, without those that must not be one."""
    role = ROLES[action][0]
    options = documented_options(importlib.import_module(MODULES + action).DOCUMENTATION)
    own = re.compile(rf"O\(({'|'.join(options)})([=)])")
    return {
        f"{role}_{name}": {
            "default": option["default"],
            "description": [" ".join(own.sub(rf"O({role}_\1\2", line).split()) for line in option["description"]],
        }
        for name, option in options.items()
        if name not in ("connections", "require_approved")
    }


def specified(action: str) -> dict[str, t.Any]:
    """The options of the role, without their type: a survey may answer anything."""
    role, tasks = ROLES[action]
    text = (PROJECT / f"roles/{role}/meta/argument_specs.yml").read_text()
    options = yaml.safe_load(text)["argument_specs"][tasks]["options"]
    return {
        name: {
            "default": option["default"],
            "description": [" ".join(line.split()) for line in option["description"]],
        }
        for name, option in options.items()
    }


@pytest.mark.parametrize("action", ROLES)
def test_role_and_action_describe_the_same_options_in_the_same_words(action: str) -> None:
    assert specified(action) == documented(action)


@pytest.mark.parametrize("action", ROLES)
def test_connections_are_told_of_although_they_are_no_option(action: str) -> None:
    role, tasks = ROLES[action]
    told = yaml.safe_load((PROJECT / f"roles/{role}/meta/argument_specs.yml").read_text())["argument_specs"][tasks]
    assert f"{role}_connections" not in told["options"]
    for place in (" ".join(told["description"]), (PROJECT / f"roles/{role}/README.md").read_text()):
        assert f"{role}_connections" in place and "lifecycle_connections" in place
