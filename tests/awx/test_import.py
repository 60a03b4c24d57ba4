# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The import playbook with the real modules of awx.awx, against a stub of the controller."""

from __future__ import annotations

import copy
import json
import os
import pathlib
import re
import subprocess
import typing as t

import pytest
import requests
import yaml

from awx import content, controller, jobs
from awx.rules import launches

Values = dict[str, t.Any]
PLAYBOOK = content.PROJECT / "playbooks/awx_import.yml"


def run_import(url: str, awx_collection: pathlib.Path, *arguments: str) -> tuple[int, Values]:
    """Run the playbook; returns its code and what it told about its tasks."""
    environment = {
        **os.environ,
        "ANSIBLE_COLLECTIONS_PATH": f"{jobs.COLLECTIONS}:{awx_collection}",
        "CONTROLLER_HOST": url,
        "CONTROLLER_OAUTH_TOKEN": "canary-of-the-controller",
    }
    command = ["ansible-playbook", "people.lifecycle.awx_import", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert "canary-of-the-controller" not in done.stdout + done.stderr
    changed = [line for line in done.stdout.splitlines() if line.startswith("changed: ")]
    return done.returncode, {"changed": changed, "output": done.stdout + done.stderr}


@pytest.fixture(scope="module")
def imported(awx_collection: pathlib.Path) -> t.Iterator[tuple[controller.Store, list[Values]]]:
    """The store after two imports, and what they told."""
    store = controller.Store()
    told = []
    with controller.running(store) as url:
        for dummy in range(2):
            code, result = run_import(url, awx_collection)
            assert code == 0, result["output"]
            told.append(result)
    yield store, told


def test_everything_is_there(imported: tuple[controller.Store, list[Values]]) -> None:
    store = imported[0]
    expected = {
        "labels": "controller_labels",
        "credentials": "controller_credentials",
        "execution_environments": "controller_execution_environments",
        "notification_templates": "controller_notifications",
        "projects": "controller_projects",
        "inventories": "controller_inventories",
        "inventory_sources": "controller_inventory_sources",
        "job_templates": "controller_templates",
        "workflow_job_templates": "controller_workflows",
        "schedules": "controller_schedules",
        "teams": "aap_teams",
    }
    for kind, variable in expected.items():
        names = [one["name"] for one in store.objects[kind].values()]
        assert names == [*content.named(variable)], kind
    kinds = [one["name"] for one in store.objects["credential_types"].values()]
    assert kinds == [content.credential_type(system)["name"] for system in content.SYSTEMS]


def test_what_arrived_is_what_the_files_say(imported: tuple[controller.Store, list[Values]]) -> None:
    store = imported[0]
    for kind in store.objects["credential_types"].values():
        (system,) = [one for one in content.SYSTEMS if content.credential_type(one)["name"] == kind["name"]]
        assert kind["injectors"] == content.credential_type(system)["injectors"]
        assert kind["inputs"] == content.credential_type(system)["inputs"]
    for number, template in store.objects["job_templates"].items():
        wanted = content.named("controller_templates")[template["name"]]
        for key in ("description", "playbook", "job_type", "diff_mode", "allow_simultaneous", "timeout"):
            assert template[key] == wanted[key]
        assert template.get("job_slice_count") == wanted.get("job_slice_count")
        assert json.loads(template.get("extra_vars", "{}")) == wanted.get("extra_vars", {})
        assert store.surveys.get(number) == wanted.get("survey_spec")
        assert len(store.lists[("job_templates", number, "credentials")]) == len(content.SYSTEMS)
    (notification,) = store.objects["notification_templates"].values()
    assert notification["messages"] == content.load()["controller_notifications"][0]["messages"]


def test_the_workflow_hangs_together(imported: tuple[controller.Store, list[Values]]) -> None:
    store = imported[0]
    for workflow, last in zip(store.objects["workflow_job_templates"], ("offboard", "apply"), strict=True):
        every = store.objects["workflow_job_template_nodes"].items()
        nodes = {one["identifier"]: number for number, one in every if one["workflow_job_template"] == workflow}
        assert set(nodes) == {"preview", "approval", last}
        follow = {
            name: store.lists.get(("workflow_job_template_nodes", number, "success_nodes"), [])
            for name, number in nodes.items()
        }
        assert follow == {"preview": [nodes["approval"]], "approval": [nodes[last]], last: []}
    timeouts = {approval["timeout"] for approval in store.objects["workflow_approval_templates"].values()}
    assert timeouts == {content.load()["lifecycle_approval_timeout"]}


def test_the_second_import_changes_nothing_but_what_awx_awx_always_calls_changed(
    imported: tuple[controller.Store, list[Values]],
) -> None:
    dummy, (first, second) = imported
    assert len(first["changed"]) > 30
    assert second["changed"] == [
        f"changed: [localhost] => (item={name})" for name in content.named("controller_workflows")
    ]
    assert "encrypted data and may inaccurately report task is changed" in " ".join(second["output"].split())


def test_the_second_import_writes_what_is_there_and_no_more(imported: tuple[controller.Store, list[Values]]) -> None:
    store = imported[0]
    # The module for inventories always sends one, too, with what is there.
    patched = {path for method, path in store.writes if method == "PATCH"}
    inventories = {f"/api/v2/inventories/{number}/" for number in store.objects["inventories"]}
    approvals = {
        f"/api/v2/workflow_approval_templates/{number}/" for number in store.objects["workflow_approval_templates"]
    }
    assert patched == {*approvals, *inventories}


def credentials_of(store: controller.Store, begin: str) -> set[tuple[str, ...]]:
    """The names of the credentials of each job template whose name begins with ``begin``,
    without their own beginning.
    """
    members = {
        number: store.lists[("job_templates", number, "credentials")] for number in store.objects["job_templates"]
    }
    found = {store.objects["job_templates"][number]["name"]: list(ids) for number, ids in members.items()}
    names = {name: tuple(store.objects["credentials"][one]["name"] for one in ids) for name, ids in found.items()}
    return {tuple(one.removeprefix(begin) for one in own) for name, own in names.items() if name.startswith(begin)}


def test_an_import_takes_back_what_may_be_asked_for_and_leaves_what_somebody_took_off(
    imported: tuple[controller.Store, list[Values]], awx_collection: pathlib.Path
) -> None:
    """The first release asked for limits; a template that it imported must not go on doing so."""
    store = copy.deepcopy(imported[0])
    dummy, iq, *_others = store.objects["credentials"]
    with controller.running(store) as url:
        templates = [*store.objects["job_templates"].values(), *store.objects["workflow_job_templates"].values()]
        for template in templates:
            template.update(dict.fromkeys((key for key in template if key.startswith("ask_")), True))
        for number in store.objects["job_templates"]:
            store.lists[("job_templates", number, "credentials")].remove(iq)  # nobody here has an IQ Server
        # and no more a Magistrala
        instances = [
            {"name": "iics"},
            {"name": "iics_dev", "system": "iics"},
            {"name": "iq"},
        ]
        only = ("--tags", "credential_types,credentials,job_templates,workflows")
        code, result = run_import(url, awx_collection, *only, "-e", json.dumps({"lifecycle_instances": instances}))
        assert code == 0, result["output"]
        told = store.missing_inputs("job_templates", next(iter(store.objects["job_templates"])))
    assert "People lifecycle: Informatica IICS does not provide one or more required fields (login_url, " in told
    for kind, judge in (("job_templates", {"credentials": ["one"]}), ("workflow_job_templates", {})):
        for template in store.objects[kind].values():
            assert launches.problems({**template, **judge}) == [], template["name"]
    assert credentials_of(store, "") == {
        ("People lifecycle: Informatica IICS", "People lifecycle: Informatica IICS (iics_dev)")
    }


def test_a_system_administrator_imports_a_second_set_into_an_organization_that_is_made_for_it(
    imported: tuple[controller.Store, list[Values]], awx_collection: pathlib.Path
) -> None:
    store = copy.deepcopy(imported[0])
    before = copy.deepcopy(store.objects)
    settings = {
        "lifecycle_organization": "Trial",
        "lifecycle_create_organization": True,
        "lifecycle_prefix": "Trial ",
        "lifecycle_instances": [{"name": "iq_emea", "system": "iq"}],
    }
    with controller.running(store) as url:
        code, result = run_import(url, awx_collection, "-e", json.dumps(settings))
        assert code == 0, result["output"]
    for kind, objects in before.items():
        assert {number: store.objects[kind][number] for number in objects} == objects, kind
    (trial,) = [number for number, one in store.objects["organizations"].items() if one["name"] == "Trial"]
    made = [one for number, one in store.objects["job_templates"].items() if number not in before["job_templates"]]
    assert len(made) == len(before["job_templates"]) and {one["organization"] for one in made} == {trial}
    assert credentials_of(store, "Trial ") == {("People lifecycle: Sonatype IQ Server (iq_emea)",)}


@pytest.mark.parametrize("decision", ["denied", "timed_out"])
def test_nobody_is_told_that_a_decision_against_it_is_a_failure_or_that_access_is_left(
    imported: tuple[controller.Store, list[Values]], decision: str
) -> None:
    store = copy.deepcopy(imported[0])
    workflow = next(iter(store.objects["workflow_job_templates"]))
    for member in store.objects["credentials"].values():
        member["inputs"] = {"login_url": "x", "server_url": "x", "url": "x", "username": "x", "password": "x"}
    with controller.running(store) as url:
        launched = requests.post(
            f"{url}/api/v2/workflow_job_templates/{workflow}/launch/",
            json={"extra_vars": {"offboard_people": "jane"}},
            timeout=10,
        )
        assert launched.status_code == 201, launched.text
        store.decide(1, decision)
        ended = requests.get(f"{url}/api/v2/workflow_jobs/", params={"id__in": "1"}, timeout=10).json()["results"]
    assert [job["status"] for job in ended] == ["failed"]
    assert [event for event, _text in store.notified] == [decision, "error"]
    own, error = [text for _event, text in store.notified]
    assert "Nothing was changed" in own
    assert "did not end well: it failed, or nobody approved it" in error and "access" not in error


def test_without_a_system_administrator(awx_collection: pathlib.Path) -> None:
    store = controller.Store(system_administrator=False)
    with controller.running(store) as url:
        code, result = run_import(url, awx_collection, "--tags", "credential_types")
        assert code == 2 and "permission" in result["output"]
        code, result = run_import(url, awx_collection, "--tags", "labels")
        assert code == 0, result["output"]
    assert len(store.objects["labels"]) == 3


def test_every_key_of_the_data_is_handed_over() -> None:
    (play,) = yaml.safe_load(PLAYBOOK.read_text())
    for task in [task for task in play["tasks"] if "loop" in task]:
        (options,) = [value for key, value in task.items() if key.startswith("awx.awx.")]
        looped = re.fullmatch(r"\{\{ (\w+) \}\}", task["loop"])
        assert looped, task["loop"]
        items = content.listed(looped[1])
        assert items and all(set(item) <= set(options) for item in items), task["name"]
