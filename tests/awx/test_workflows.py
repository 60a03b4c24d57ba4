# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Workflows with an approval, and who may start, approve and read what."""

from __future__ import annotations

import pytest

from awx import content
from awx.rules import workflows

TEMPLATES = content.named("controller_templates")
WORKFLOWS = content.named("controller_workflows")


@pytest.mark.parametrize("name", WORKFLOWS)
def test_nothing_is_removed_without_approval(name: str) -> None:
    nodes = WORKFLOWS[name]["workflow_nodes"]
    assert workflows.problems(nodes) == []
    kinds = {node["identifier"]: node["unified_job_template"] for node in nodes}
    for identifier, target in kinds.items():
        if target["type"] == "job_template":
            assert target["name"] in TEMPLATES
            if "removes access" in TEMPLATES[target["name"]]["labels"]:
                for way in workflows.ways(nodes, identifier):
                    steps = list(zip(way[::2], way[1::2], strict=False))
                    approved = [kind for step, kind in steps if kinds[step]["type"] == "workflow_approval"]
                    assert approved == ["success_nodes"]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_answers_of_the_workflow_reach_its_nodes(name: str) -> None:
    asked = {question["variable"] for question in content.surveys().get(name, {"spec": []})["spec"]}
    for node in WORKFLOWS[name]["workflow_nodes"]:
        template = TEMPLATES.get(node["unified_job_template"]["name"])
        if template:
            taken = {question["variable"]: question for question in template.get("survey_spec", {"spec": []})["spec"]}
            assert asked <= set(taken)
            assert {variable for variable, question in taken.items() if question["required"]} <= asked


def test_who_starts_a_removal_does_not_approve_it() -> None:
    rights: dict[str, set[tuple[str, str]]] = {}
    for role in content.load()["controller_roles"]:
        for target in (*role.get("job_templates", []), *role.get("workflows", [])):
            rights.setdefault(role["team"], set()).add((role["role"], target))
    for team, given in rights.items():
        if "approval" in {right for right, _target in given}:
            assert not [right for right in given if right[0] in ("execute", "admin")], team
    removing = {name for name, template in TEMPLATES.items() if "removes access" in template["labels"]}
    assert not [name for right, name in rights["People operators"] if name in removing and right != "read"]


def test_who_asks_for_a_workflow_or_approves_it_may_read_all_its_jobs() -> None:
    roles = content.load()["controller_roles"]
    readable: dict[str, set[str]] = {}
    for role in roles:
        if role["role"] in ("read", "execute", "admin"):
            readable.setdefault(role["team"], set()).update(role.get("job_templates", []))
    for name, workflow in WORKFLOWS.items():
        nodes = {node["unified_job_template"]["name"] for node in workflow["workflow_nodes"]} & set(TEMPLATES)
        teams = {role["team"] for role in roles if name in role.get("workflows", [])}
        assert nodes and len(teams) >= 3
        assert [team for team in sorted(teams) if not nodes <= readable[team]] == []
