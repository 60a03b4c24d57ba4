# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Job templates, surveys, schedules and notifications: well formed, and every reference resolves."""

from __future__ import annotations

import json
import pathlib
import re
import typing as t

import pytest
import yaml

from ansible_collections.people.lifecycle.plugins.module_utils import _systems
from ansible_collections.people.lifecycle.plugins.modules import offboard
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle import launch
from awx import content
from awx.rules import credential_types, schedules, surveys

Values = dict[str, t.Any]
TEMPLATES = content.named("controller_templates")
WORKFLOWS = content.named("controller_workflows")
PLAYBOOKS = content.PROJECT / "playbooks"
OPTION_TYPES = {
    "text": {"str", "raw", "path"},
    "textarea": {"str", "raw", "list"},
    "multiplechoice": {"str", "raw", "bool"},
    "multiselect": {"list", "raw"},
    "integer": {"int", "raw"},
    "float": {"float", "raw"},
    "password": {"str", "raw"},
}


def wrapped(playbook: str) -> str:
    """The playbook of the collection that a wrapper of the project runs."""
    (play,) = yaml.safe_load((content.FOLDER / "project" / playbook).read_text())
    collection, dummy, name = play["ansible.builtin.import_playbook"].rpartition(".")
    assert collection == "people.lifecycle"
    return str(name)


def options_of(playbook: str) -> dict[str, Values]:
    """The options of the roles in a playbook of the collection, and of the playbook itself."""
    options: dict[str, Values] = {}
    for play in yaml.safe_load((PLAYBOOKS / f"{playbook}.yml").read_text()):
        used = [(role["role"], "main") for role in play.get("roles", [])]
        imported = [task.get("ansible.builtin.import_role") for task in play.get("tasks", [])]
        used += [(role["name"], role["tasks_from"]) for role in imported if role]
        for role, entry in used:
            specs = content.PROJECT / "roles" / role.rpartition(".")[2] / "meta/argument_specs.yml"
            options |= yaml.safe_load(specs.read_text())["argument_specs"][entry]["options"]
    own = PLAYBOOKS / f"{playbook}.meta.yml"
    if own.exists():
        options |= yaml.safe_load(own.read_text())["argument_specs"]["main"]["options"]
    return options


@pytest.mark.parametrize("name", content.surveys())
def test_awx_accepts_the_survey(name: str) -> None:
    assert surveys.problems(content.surveys()[name]) == []


@pytest.mark.parametrize("name", [name for name in content.surveys() if name in TEMPLATES])
def test_the_survey_asks_for_what_the_playbook_takes(name: str) -> None:
    options = options_of(wrapped(TEMPLATES[name]["playbook"]))
    for question in content.surveys()[name]["spec"]:
        option = options[question["variable"]]
        assert option.get("type", "str") in OPTION_TYPES[question["type"]], question["variable"]
        if "choices" in option and question["type"] == "multiplechoice":
            assert set(surveys.choices_of(question)) <= {str(choice) for choice in option["choices"]}
        if option.get("required"):
            assert question["required"], question["variable"]


@pytest.mark.parametrize("name", content.surveys())
def test_a_question_whose_answer_may_get_lost_says_how_to_keep_it(name: str) -> None:
    """Of an address there is always text left, and a day is its own text."""
    marks = {
        **dict.fromkeys(launch.TEXTS, "apostrophe before"),
        **dict.fromkeys((*launch.LISTS, "onboard_only"), "comma behind"),
    }
    for question in content.surveys()[name]["spec"]:
        free = question["type"] in ("text", "textarea") and question["variable"] not in ("person_email", "person_start")
        assert not free or marks.get(question["variable"], "") in question["question_description"], question["variable"]


@pytest.mark.parametrize("name", [name for name in content.surveys() if "offboard" in name])
def test_a_list_of_leavers_of_whom_nobody_is_found_fails_unless_somebody_says_otherwise(name: str) -> None:
    choices = yaml.safe_load(offboard.DOCUMENTATION)["options"]["unknown"]["choices"]
    (question,) = [one for one in content.surveys()[name]["spec"] if one["variable"] == "offboard_unknown"]
    assert question["default"] == "fail_if_all" and sorted(surveys.choices_of(question)) == sorted(choices)
    assert surveys.answers(content.surveys()[name], {"offboard_people": "x"})["offboard_unknown"] == "fail_if_all"


def test_whoever_launches_a_sliced_template_may_say_how_many_slices() -> None:
    sliced = [template for template in TEMPLATES.values() if "job_slice_count" in template]
    assert sliced and all(template["ask_job_slice_count_on_launch"] for template in sliced)


@pytest.mark.parametrize("name", TEMPLATES)
def test_variables_of_a_template_are_options(name: str) -> None:
    options = options_of(wrapped(TEMPLATES[name]["playbook"]))
    assert set(TEMPLATES[name].get("extra_vars", {})) <= {*options, "lifecycle_instances"}


@pytest.mark.parametrize("name", TEMPLATES)
def test_references_of_a_template_resolve(name: str) -> None:
    template = TEMPLATES[name]
    assert template["project"] in content.named("controller_projects")
    assert template["inventory"] in content.named("controller_inventories")
    assert template["execution_environment"] in content.named("controller_execution_environments")
    assert set(template["credentials"]) <= set(content.named("controller_credentials"))
    assert set(template["labels"]) <= set(content.named("controller_labels"))
    for key in ("notification_templates_success", "notification_templates_error"):
        assert set(template.get(key, [])) <= set(content.named("controller_notifications"))
    assert (content.FOLDER / "project" / template["playbook"]).exists()
    assert (PLAYBOOKS / f"{wrapped(template['playbook'])}.yml").exists()


def test_jobs_work_on_every_system_with_its_credential() -> None:
    assert [(each["name"], each["system"]) for each in content.load()["lifecycle_instances"]] == [
        (name, name) for name in content.SYSTEMS
    ]
    offered = [
        q for survey in content.surveys().values() for q in survey["spec"] if q["variable"].endswith("board_systems")
    ]
    assert offered
    for question in offered:
        assert question["choices"] == question["default"].split("\n") == list(content.SYSTEMS)
    titles = [content.load()[f"lifecycle_credential_type_{system}"]["title"] for system in content.SYSTEMS]
    for template in TEMPLATES.values():
        assert template["credentials"] == [f"People lifecycle: {title}" for title in titles]
        assert template["extra_vars"]["lifecycle_instances"] == content.load()["lifecycle_instances"]


def test_instances_of_a_company_get_types_credentials_surveys_and_defaults_of_their_own() -> None:
    listed = [{"name": "iics"}, {"name": "iics_dev", "system": "iics"}, {"name": "iq_emea", "system": "iq"}]
    content_of = content.evaluated({"lifecycle_instances": listed, "lifecycle_prefix": "Trial "})
    titles = ["Informatica IICS", "Informatica IICS (iics_dev)", "Sonatype IQ Server (iq_emea)"]
    types = content_of["controller_credential_types"]
    assert [one["name"] for one in types] == [f"people.lifecycle: {title}" for title in titles]
    for instance, system, type_ in zip(listed, ("iics", "iics", "iq"), types, strict=True):
        assert credential_types.problems(type_) == []
        own = _systems.SYSTEMS[system].variables(instance["name"] if instance["name"] != system else None)
        assert set(type_["injectors"]["env"]) == set(own)
    for template in content_of["controller_templates"]:
        assert template["credentials"] == [f"Trial People lifecycle: {title}" for title in titles]
        assert template["extra_vars"]["lifecycle_instances"] == listed
        for question in template.get("survey_spec", {}).get("spec", []):
            if question["variable"].endswith("board_systems"):
                assert question["choices"] == [each["name"] for each in listed]


def test_a_prefix_is_before_every_name_that_is_looked_up_beyond_its_organization() -> None:
    """Those of types are the same for everybody, and labels are looked up in their organization."""
    content_of = content.evaluated({"lifecycle_prefix": "Trial "})
    plain = content.load()
    for variable in [
        name for name in plain if name.startswith(("controller_", "aap_")) and name != "controller_credential_types"
    ]:
        names = [item.get("name") or item["team"] for item in content_of[variable]]
        begin = "" if variable == "controller_labels" else "Trial "
        assert names == [f"{begin}{item.get('name') or item['team']}" for item in plain[variable]], variable
    told = json.dumps([content_of[name] for name in content_of if name.startswith(("controller_", "aap_"))])
    assert [
        found for found in re.findall(r'(.{6})"?People(?: lifecycle)?: ', told) if not found.endswith("Trial ")
    ] == []


def test_other_references_resolve() -> None:
    data = content.load()
    kinds = {content.credential_type(system)["name"] for system in content.SYSTEMS}
    assert {credential["credential_type"] for credential in content.listed("controller_credentials")} == kinds
    for source in data["controller_inventory_sources"]:
        assert source["inventory"] in content.named("controller_inventories")
        assert source["source_project"] in content.named("controller_projects")
        assert (content.FOLDER / "project" / source["source_path"]).exists()
    for schedule in data["controller_schedules"]:
        assert schedule["unified_job_template"] in {*TEMPLATES, *WORKFLOWS}
        questions = TEMPLATES[schedule["unified_job_template"]].get("survey_spec", {}).get("spec", [])
        assert not [question for question in questions if question["required"]]  # a schedule answers none
    for role in data["controller_roles"]:
        assert role["team"] in content.named("aap_teams")
        assert set(role.get("job_templates", [])) <= set(TEMPLATES)
        assert set(role.get("workflows", [])) <= set(WORKFLOWS)
        assert set(role.get("projects", [])) <= set(content.named("controller_projects"))
        assert set(role.get("inventories", [])) <= set(content.named("controller_inventories"))
        assert set(role.get("credentials", [])) <= set(content.named("controller_credentials"))


def test_a_preview_differs_from_its_run_in_nothing_but_that_it_changes_nothing() -> None:
    different = {"name", "description", "job_type", "diff_mode", "labels", "notification_templates_success"}
    previews = [name for name in TEMPLATES if name.endswith(" (preview)")]
    assert len(previews) == 5
    for name in previews:
        preview, run = TEMPLATES[name], TEMPLATES[name.removesuffix(" (preview)")]
        assert (preview["job_type"], preview["diff_mode"], run["job_type"]) == ("check", True, "run")
        assert "changes nothing" in preview["labels"]
        assert {k: v for k, v in preview.items() if k not in different} == {
            k: v for k, v in run.items() if k not in different
        }


def test_templates_that_remove_access_wait_for_each_other() -> None:
    removing = [template for template in TEMPLATES.values() if "removes access" in template["labels"]]
    assert len(removing) == 3
    assert not any(template["allow_simultaneous"] for template in removing)


def test_schedules_have_a_rule_that_awx_takes() -> None:
    assert [one["name"] for one in content.load()["controller_schedules"] if schedules.problems(one["rrule"])] == []


def test_notifications_use_what_awx_offers_and_name_nobody() -> None:
    offered = {"job", "url", "approval_node_name", "approval_status", "workflow_url"}
    fields = {"name", "elapsed", "status", "id"}
    for notification in content.load()["controller_notifications"]:
        used = re.findall(r"{{ ([a-z_.]+) }}", yaml.safe_dump(notification["messages"], width=10_000))
        assert used
        assert {name.partition(".")[0] for name in used} <= offered
        assert {name.partition(".")[2] for name in used if name.startswith("job.")} <= fields


def test_every_message_is_sent_by_something() -> None:
    begin = "notification_templates_"
    holders = [*TEMPLATES.values(), *WORKFLOWS.values()]
    events = {key.removeprefix(begin) for holder in holders for key in holder if key.startswith(begin)}
    for notification in content.load()["controller_notifications"]:
        assert {{"workflow_approval": "approvals"}.get(name, name) for name in notification["messages"]} == events


def test_no_secret_lies_in_the_content() -> None:
    for credential in content.listed("controller_credentials"):
        assert "inputs" not in credential and credential["update_secrets"] is False


def test_the_wrappers_are_all_used() -> None:
    wrappers = {path.name for path in pathlib.Path(content.FOLDER / "project").glob("*.yml")} - {
        "roster.yml",
        "profiles.yml",
        "decisions.yml",
    }
    assert wrappers == {template["playbook"] for template in TEMPLATES.values()}
