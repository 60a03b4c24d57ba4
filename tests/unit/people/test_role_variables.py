# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Defaults, argument specifications, tasks and documentation of the roles name the same variables."""

from __future__ import annotations

import importlib
import pathlib
import re
import typing as t

import pytest
import yaml

from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.options import documented_options

PROJECT = pathlib.Path(__file__).resolve().parents[3]
ROLES = ["onboard", "offboard"]


def loaded(path: str) -> t.Any:
    return yaml.safe_load((PROJECT / path).read_text())


def specified(role: str) -> dict[str, t.Any]:
    return loaded(f"roles/{role}/meta/argument_specs.yml")["argument_specs"]["main"]["options"]


def variables(role: str) -> set[str]:
    """The role's variables: those of its specification, and the connections, which are read by instance and lazily.

    A specification would have all of them templated before the first task, and one undefined variable stop all systems.
    """
    return {*specified(role), f"{role}_connections"}


def named_in(text: str, role: str) -> set[str]:
    """The role's public variables in ``text``: not the private ones, and not the fact that it leaves."""
    words = set(re.findall(rf"(?<![\w.])({role}_\w+)", text))
    return words - {f"{role}_report_data"}


@pytest.mark.parametrize("role", ROLES)
def test_defaults_are_the_specified_ones(role: str) -> None:
    defaults = loaded(f"roles/{role}/defaults/main.yml")
    assert defaults == {name: option["default"] for name, option in specified(role).items()}


@pytest.mark.parametrize("role", ROLES)
def test_tasks_use_what_is_specified_and_nothing_else(role: str) -> None:
    tasks = "".join(
        path.read_text() for part in ("tasks", "vars") for path in (PROJECT / "roles" / role / part).glob("*.yml")
    )
    assert named_in(tasks, role) == set(specified(role))


@pytest.mark.parametrize("role", ROLES)
def test_the_guide_tells_of_every_variable_and_of_no_other(role: str) -> None:
    guides = ("guide_people", "guide_who_gets_what")
    guide = "".join((PROJECT / f"docs/docsite/rst/{name}.rst").read_text() for name in guides)
    assert named_in(guide, role) == variables(role)


@pytest.mark.parametrize("role", ROLES)
def test_messages_name_variables_that_exist(role: str) -> None:
    sources = [*(PROJECT / "plugins/plugin_utils").rglob("*.py"), *(PROJECT / "plugins/action").glob("*.py")]
    named = {name for path in sources for name in named_in(path.read_text(), role)}
    assert len(named) > 3
    assert named <= variables(role)


@pytest.mark.parametrize("role", ROLES)
def test_whatever_a_survey_can_answer_is_taken_raw(role: str) -> None:
    assert {option["type"] for option in specified(role).values()} == {"raw"}


@pytest.mark.parametrize("role", ROLES)
def test_the_action_has_the_options_of_the_role_and_their_defaults(role: str) -> None:
    module = importlib.import_module(f"ansible_collections.people.lifecycle.plugins.modules.{role}")
    options = documented_options(module.DOCUMENTATION)
    assert {f"{role}_{name}" for name in options if name != "require_approved"} == variables(role)
    defaults = loaded(f"roles/{role}/defaults/main.yml")
    no_default = ("connections", "require_approved")
    assert {
        f"{role}_{name}": option["default"] for name, option in options.items() if name not in no_default
    } == defaults


@pytest.mark.parametrize("role", ROLES)
def test_no_variable_takes_the_need_of_an_approval_away(role: str) -> None:
    assert "require_approved" not in (PROJECT / f"roles/{role}/tasks/main.yml").read_text()


@pytest.mark.parametrize("role", ROLES)
def test_connections_are_no_default_and_no_argument_of_the_task(role: str) -> None:
    name = f"{role}_connections"
    assert name not in loaded(f"roles/{role}/defaults/main.yml")
    assert name not in (PROJECT / f"roles/{role}/tasks/main.yml").read_text()
    for source in ("README.md", "meta/argument_specs.yml"):
        assert name in (PROJECT / "roles" / role / source).read_text(), f"{source} does not tell of it"
