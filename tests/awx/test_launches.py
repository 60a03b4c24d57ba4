# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whoever may start a job does not get to see the credentials in it."""

from __future__ import annotations

import pathlib
import re
import typing as t

import pytest

from awx import content, jobs, slices
from awx.backend import CANARY, SYSTEMS, Backend, backend
from awx.rules import launches

Values = dict[str, t.Any]
TEMPLATES = content.named("controller_templates")
WORKFLOWS = content.named("controller_workflows")
ROSTER = "People: onboard the roster (preview)"
ENVIRONMENT = "@/proc/self/environ"
EVERY_WAY = f"{ENVIRONMENT},{{{{ lookup('env', 'IQ_SERVER_PASSWORD') }}}}"
# Without previews that ask the same as their run.
DIFFERENT = sorted(
    {(one["playbook"], str(one.get("survey_spec"))): name for name, one in reversed(TEMPLATES.items())}.values()
)


@pytest.mark.parametrize("name", [*TEMPLATES, *WORKFLOWS])
def test_no_template_asks_for_what_is_as_good_as_the_credentials(name: str) -> None:
    assert launches.problems({**TEMPLATES, **WORKFLOWS}[name]) == []


def test_all_templates_are_judged() -> None:
    assert all(template["credentials"] for template in TEMPLATES.values())
    assert not any("credentials" in workflow for workflow in WORKFLOWS.values())


@pytest.mark.parametrize("template", [TEMPLATES[ROSTER], *WORKFLOWS.values()], ids=lambda template: template["name"])
def test_the_rule_notices_whatever_is_asked_for_or_left_open(template: Values) -> None:
    harmless = {f"ask_{what}_on_launch" for what in launches.HARMLESS}
    judged = [flag for flag in template if flag.startswith("ask_") and flag not in harmless]
    assert "ask_limit_on_launch" in judged and "ask_variables_on_launch" in judged
    for flag in judged:
        assert launches.problems({**template, flag: True}) == [f"{flag} must be false"]
        assert launches.problems({key: value for key, value in template.items() if key != flag}) == [
            f"{flag} must be false"
        ]


@pytest.mark.parametrize("flag", ["ask_limit", "ask_extra_vars", "ask_something_new_on_launch"])
def test_the_rule_notices_other_names_and_what_a_later_release_may_ask(flag: str) -> None:
    assert launches.problems({**TEMPLATES[ROSTER], flag: True}) == [f"{flag} must be false"]


@pytest.mark.parametrize(
    "variable",
    ["onboard_people_file", "onboard_connections", "onboard_report_dir", "api_url", "ansible_python_interpreter"],
)
def test_the_rule_notices_questions_for_files_and_addresses(variable: str) -> None:
    survey = {"spec": [{"variable": variable}]}
    assert launches.problems({**TEMPLATES[ROSTER], "survey_spec": survey}) == [f"the survey asks for {variable}"]


def test_a_template_without_credentials_may_ask() -> None:
    assert launches.problems({**TEMPLATES[ROSTER], "credentials": [], "ask_limit_on_launch": True}) == []


@pytest.mark.parametrize(
    ("module", "known"), [("job_template", launches.JOB), ("workflow_job_template", launches.WORKFLOW)]
)
def test_the_rule_knows_all_that_awx_can_ask(module: str, known: frozenset[str], awx_collection: pathlib.Path) -> None:
    source = (awx_collection / f"ansible_collections/awx/awx/plugins/modules/{module}.py").read_text()
    assert set(re.findall(r"\bask_([a-z_]+)_on_launch=dict", source)) == known


def hostile(template: Values, texts: str) -> Values:
    """A launch that tries to read the environment by every way,
    and ``texts`` by every question that takes free text.
    """
    questions = template.get("survey_spec", {}).get("spec", [])
    answers = {question["variable"]: texts for question in questions if question["type"] in ("text", "textarea")}
    answers |= {question["variable"]: ["analyst"] for question in questions if question["variable"] == "person_profile"}
    variables = {
        "onboard_people_file": "/proc/self/environ",
        "onboard_profiles_file": "/proc/self/environ",
        "onboard_connections": {"iq": {"api_url": "http://127.0.0.1:1"}},
        "ansible_connection": "ssh",
    }
    return {
        "limit": f"all,{ENVIRONMENT}",
        "job_tags": ENVIRONMENT,
        "skip_tags": ENVIRONMENT,
        "scm_branch": "other",
        "job_type": "run",
        "verbosity": 5,
        "inventory": 1,
        "credentials": [1],
        "execution_environment": 1,
        "instance_groups": [1],
        "extra_vars": {**variables, **answers},
    }


def launched(
    template: Values, systems: Backend, folder: pathlib.Path, texts: str = EVERY_WAY
) -> tuple[Values, jobs.Done]:
    """What AWX takes of a hostile launch, and the job that it becomes, on the roster where the template is for it."""
    taken = launches.accepted(template, hostile(template, texts))
    inventory = jobs.NOBODY
    if template["inventory"].endswith("roster"):
        inventory = slices.synchronized(content.FOLDER / "project/roster.yml")
    job = jobs.Job(
        folder / "1",
        template["playbook"],
        1,
        {**template.get("extra_vars", {}), **taken["extra_vars"]},
        systems.credentials(folder / "credentials"),
        inventory,
        check=True,
        limit=taken.get("limit", ""),
    )
    return taken, job.run()


def leaked(done: jobs.Done) -> list[str]:
    """The systems whose password can be read in what the job left."""
    return [system for system in SYSTEMS if done.files_with(CANARY.format(system))]


@pytest.fixture(scope="module")
def systems() -> t.Iterator[Backend]:
    with backend() as running:
        yield running


def test_a_prompt_for_the_limit_hands_out_all_passwords(systems: Backend, tmp_path: pathlib.Path) -> None:
    """What this is all about: the old template, with Ansible as it is."""
    old = {key: value for key, value in TEMPLATES[ROSTER].items() if not key.startswith("survey")}
    taken, done = launched({**old, "ask_limit_on_launch": True}, systems, tmp_path)
    assert set(taken) == {"limit", "extra_vars"}
    assert done.status == "successful"
    assert leaked(done) == list(SYSTEMS)


@pytest.mark.parametrize("name", DIFFERENT)
def test_no_launch_of_a_shipped_template_does(name: str, systems: Backend, tmp_path: pathlib.Path) -> None:
    taken, done = launched(TEMPLATES[name], systems, tmp_path)
    asked = {question["variable"] for question in TEMPLATES[name].get("survey_spec", {}).get("spec", [])}
    assert set(taken) == {"extra_vars"} and set(taken["extra_vars"]) <= asked
    assert done.events
    assert leaked(done) == []


def test_names_of_people_are_not_read_as_files(systems: Backend, tmp_path: pathlib.Path) -> None:
    dummy, done = launched(TEMPLATES[ROSTER], systems, tmp_path, f"{ENVIRONMENT},")
    assert done.status == "failed"
    assert f"onboard_only names '{ENVIRONMENT}', which is nobody's id or profile" in done.output
