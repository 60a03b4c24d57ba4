# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Defaults, argument specifications, tasks and documentation of the roles name the same variables."""

from __future__ import annotations

import pathlib
import re
import typing as t

import pytest
import yaml

from ansible_collections.people.lifecycle.plugins.module_utils._iics.traits import IicsTraits
from ansible_collections.people.lifecycle.plugins.module_utils._iq.traits import IqTraits
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.traits import MagistralaTraits

PROJECT = pathlib.Path(__file__).resolve().parents[3]
ROLES = ["onboard", "offboard"]


def loaded(path: str) -> t.Any:
    return yaml.safe_load((PROJECT / path).read_text())


def specified(role: str) -> dict[str, t.Any]:
    return loaded(f"roles/{role}/meta/argument_specs.yml")["argument_specs"]["main"]["options"]


def named_in(text: str, role: str) -> set[str]:
    """The role's public variables in ``text``: not the private ones, and not modules or results of the same beginning."""
    words = set(re.findall(rf"(?<![\w.])({role}_\w+)", text))
    return words - {f"{role}_accounts", f"{role}_report_data"}


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
    guide = (PROJECT / "docs/docsite/rst/guide_people.rst").read_text()
    assert named_in(guide, role) == set(specified(role))


@pytest.mark.parametrize("role", ROLES)
def test_messages_name_variables_that_exist(role: str) -> None:
    sources = [*(PROJECT / "plugins/plugin_utils").glob("*"), *(PROJECT / "plugins/action").glob("*.py")]
    named = {name for path in sources if path.is_file() for name in named_in(path.read_text(), role)}
    assert named <= set(specified(role))


@pytest.mark.parametrize("role", ROLES)
def test_whatever_a_survey_can_answer_is_taken_raw(role: str) -> None:
    assert {option["type"] for option in specified(role).values()} == {"raw"}


@pytest.mark.parametrize("facts", [IicsTraits(), IqTraits(), MagistralaTraits()], ids=lambda facts: str(facts.system))
def test_the_roles_know_the_systems_as_the_modules_do(facts: t.Any) -> None:
    rules = SYSTEMS[facts.system]
    assert (rules.title, rules.names_fold_case, rules.can_disable) == (
        facts.title,
        facts.names_fold_case,
        facts.can_disable,
    )
    assert set(rules.fields) <= {field.option for field in facts.fields}
    assert set(rules.kinds) == set(facts.memberships)
