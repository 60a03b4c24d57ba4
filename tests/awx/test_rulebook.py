# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rulebook for calls of an HR system, with the real ansible-rulebook, against a stub of the controller."""

from __future__ import annotations

import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import time
import typing as t

import jsonschema
import pytest
import requests
import yaml
from ansible.parsing.dataloader import DataLoader

from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.launch import refuse_lost, unmarked
from authority import Authority
from awx import content, controller, jobs, tools

Values = dict[str, t.Any]
FOLDER = content.PROJECT / "extensions/eda/rulebooks"
RULEBOOK = FOLDER / "hr_events.yml"
TOKEN = "canary-of-the-webhook"
CONTROLLER_TOKEN = "canary-of-the-controller"
HOSTILE = 'A {{ lookup("env","HOME") }} {% raw %}\'"\\ <é😀>'


def sample(name: str) -> Values:
    return t.cast(Values, json.loads((FOLDER / f"hr_event.{name}.json").read_text()))


def actions() -> dict[str, Values]:
    """The action of each rule."""
    (ruleset,) = yaml.safe_load(RULEBOOK.read_text())
    found = {}
    for rule in ruleset["rules"]:
        (action,) = rule["actions"]
        found[rule["name"]] = action
    return found


@pytest.mark.parametrize("name", ["joiner", "joiner_by_rules", "leaver"])
def test_a_sample_is_as_the_schema_says(name: str) -> None:
    jsonschema.Draft202012Validator(json.loads((FOLDER / "hr_event.schema.json").read_text())).validate(sample(name))


def test_only_awx_runs_anything_and_gets_no_whole_event() -> None:
    kinds = {kind for action in actions().values() for kind in action}
    assert kinds == {"run_job_template", "run_workflow_template"}
    assert not any(options["include_events"] for action in actions().values() for options in action.values())


def test_what_is_launched_exists_and_asks_for_what_it_gets() -> None:
    surveys = content.surveys()
    for action in actions().values():
        for options in action.values():
            name = options["name"].removeprefix("{{ lifecycle_prefix | default('') }}")
            asked = {question["variable"]: question for question in surveys[name]["spec"]}
            given = options["job_args"]["extra_vars"]
            assert set(given) <= set(asked)
            assert {name for name, question in asked.items() if question["required"]} <= set(given)


def test_the_rulebook_takes_what_the_schema_has_and_keeps_text_text() -> None:
    schema = json.loads((FOLDER / "hr_event.schema.json").read_text())
    known = set(schema["properties"]["person"]["properties"])
    text = RULEBOOK.read_text()
    assert set(re.findall(r"event\.payload\.person\.([a-z_]+)", text)) == known
    given = [
        value
        for action in actions().values()
        for o in action.values()
        for value in o["job_args"]["extra_vars"].values()
    ]
    assert [value for value in given if not value.endswith(" | tojson }}")] == []


class Webhook(t.NamedTuple):
    """A running rulebook: where calls go, who vouches for it, what AWX was asked to start, its log,
    and where AWX is.
    """

    url: str
    authority: str
    store: controller.Store
    log: pathlib.Path
    awx: str

    def send(self, body: Values, token: str | None = TOKEN) -> int:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return requests.post(self.url, json=body, headers=headers, timeout=10, verify=self.authority).status_code

    def launched(self, count: int) -> list[Values]:
        """The launches, once there are ``count``, or after a while."""
        end = time.monotonic() + 20
        while len(self.store.launches) < count and time.monotonic() < end:
            time.sleep(0.1)
        return self.store.launches


def understood(variables: Values, folder: pathlib.Path) -> Values:
    """What a job reads of ``variables`` of a launch in the file that AWX writes, without marks that keep text text."""
    file = folder / "extravars"
    file.write_text(jobs.written(variables))
    answers = DataLoader().load_from_file(str(file))
    refuse_lost(answers)
    return {name: unmarked(value) for name, value in answers.items()}


def java() -> str | None:
    """Why there is no Java for ansible-rulebook; None when there is."""
    program = shutil.which("java")
    if not program:
        return "ansible-rulebook needs Java 17, and there is no java"
    version = subprocess.run([program, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', version)
    if not found or int(found[1]) < 17:
        return f"ansible-rulebook needs Java 17, and java is {version.splitlines()[0] if version else 'broken'}"
    return None


def filled_store() -> controller.Store:
    """A controller with the templates that rules may start."""
    store = controller.Store()
    for kind, variable in (
        ("job_templates", "controller_templates"),
        ("workflow_job_templates", "controller_workflows"),
    ):
        for name, item in content.named(variable).items():
            made = store.add(kind, {"name": name, "organization": 1})
            if "survey_spec" in item:
                store.surveys[made["id"]] = item["survey_spec"]
    return store


@pytest.fixture(scope="module")
def webhook(tmp_path_factory: pytest.TempPathFactory) -> t.Iterator[Webhook]:
    missing = java()
    if missing:
        pytest.skip(missing)
    programs = tools.environment("rulebook", content.PROJECT / "requirements/rulebook.lock")
    folder = tmp_path_factory.mktemp("rulebook")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (folder / "inventory.yml").write_text("all: {hosts: {localhost: {ansible_connection: local}}}\n")
    authority = Authority(folder, "company")
    certificate, key = authority.issue("127.0.0.1")
    variables = {
        "hr_webhook_host": "127.0.0.1",
        "hr_webhook_port": port,
        "hr_webhook_token": TOKEN,
        "hr_webhook_certfile": certificate,
        "hr_webhook_keyfile": key,
        "organization": "Default",
        "lifecycle_event_profiles": ["data-engineer"],
    }
    (folder / "variables.yml").write_text(yaml.safe_dump(variables))
    log = folder / "log"
    store = filled_store()
    with controller.running(store) as url, log.open("w") as output:
        command = [programs / "ansible-rulebook", "--rulebook", RULEBOOK, "--inventory", folder / "inventory.yml"]
        command += [
            "--vars",
            folder / "variables.yml",
            "--controller-url",
            url,
            "--controller-token",
            CONTROLLER_TOKEN,
            "-v",
        ]
        surroundings = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"}
        surroundings.pop("ANSIBLE_COLLECTIONS_PATH", None)
        process = subprocess.Popen(
            [str(word) for word in command], env=surroundings, stdout=output, stderr=output, cwd=folder
        )
        try:
            wait_for(port, process, log)
            yield Webhook(f"https://127.0.0.1:{port}/endpoint", authority.path, store, log, url)
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_for(port: int, process: subprocess.Popen[bytes], log: pathlib.Path) -> None:
    end = time.monotonic() + 90
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"ansible-rulebook did not start:\n{log.read_text()[-4000:]}")


def test_calls_of_the_hr_system(webhook: Webhook, tmp_path: pathlib.Path) -> None:
    joiner, leaver = sample("joiner"), sample("leaver")

    # No token, or another one.
    assert webhook.send(joiner, token=None) == 401
    assert webhook.send(joiner, token="wrong") == 401

    # A joiner; the personnel number arrives as text, with every ansible-core.
    assert webhook.send(joiner) == 200
    (job,) = webhook.launched(1)
    assert job["name"] == "People: onboard one person"
    assert job["ignored"] == []
    assert understood(job["variables"], tmp_path)["person_id"] == "10482"
    assert job["variables"]["person_profile"] == ["data-engineer"]
    assert (job["variables"]["person_start"], job["variables"]["person_phone"]) == ("2027-02-01", "")
    assert job["variables"]["onboard_reenable"] == "false"
    assert set(job["body"]["extra_vars"]) == set(
        actions()["Somebody joins"]["run_job_template"]["job_args"]["extra_vars"]
    )

    # A leaver: the workflow with the approval, which waits from now on.
    assert webhook.send(leaver) == 200
    job = webhook.launched(2)[1]
    assert job["name"] == "People: offboard with approval"
    assert job["body"]["extra_vars"] == {"offboard_people": "john.doe@example.com"}

    # Nobody waits for it: neither another leaver, nor a joiner whose first call had a mistake in it.
    assert webhook.send({"type": "leaver", "person": {"id": "10312", "email": "joe.doe@example.com"}}) == 200
    assert webhook.launched(3)[2]["body"]["extra_vars"] == {"offboard_people": "joe.doe@example.com"}
    lossy = {"id": "00123", "first_name": "No", "last_name": "Null", "title": "'t Hooft", "phone": "+493012345"}
    assert webhook.send({**joiner, "person": {**joiner["person"], **lossy}}) == 200
    corrected = understood(webhook.launched(4)[3]["variables"], tmp_path)
    assert {name: corrected[f"person_{name}"] for name in lossy} == lossy

    # Whoever decides ends the one that they decide about.
    decided = requests.post(f"{webhook.awx}/api/v2/workflow_approvals/2/deny/", timeout=10)
    assert (decided.status_code, webhook.store.approvals) == (204, {2: "denied", 3: "pending"})

    # Numbers in place of text, incomplete calls, unknown kinds, and lists of leavers start nothing.
    assert webhook.send({**joiner, "person": {**joiner["person"], "id": 10482}}) == 200
    assert webhook.send({"type": "joiner", "person": {"id": "1", "email": "a@example.com"}}) == 200
    assert webhook.send({"type": "mover", "person": joiner["person"] | {"id": "2"}}) == 200
    for place, email in enumerate(
        ("a@example.com,boss@example.com", "a@example.com\nboss@example.com", "a@example.com\n", "boss")
    ):
        assert webhook.send({"type": "leaver", "person": {"id": f"bad{place}", "email": email}}) == 200

    # A hostile name arrives as what it is; after it, nothing else has been started.
    hostile = {**joiner["person"], "id": "3", "first_name": HOSTILE, "last_name": "True", "title": "[1, 2]"}
    assert webhook.send({"type": "joiner", "person": hostile}) == 200
    arrived = understood(webhook.launched(5)[4]["variables"], tmp_path)
    assert (arrived["person_first_name"], arrived["person_last_name"], arrived["person_title"]) == (
        HOSTILE,
        "True",
        "[1, 2]",
    )

    # Somebody without a profile, but with what rules go by, which arrives as JSON.
    by_rules = sample("joiner_by_rules")["person"]
    assert webhook.send({"type": "joiner", "person": by_rules}) == 200
    job = webhook.launched(6)[5]
    assert job["ignored"] == [] and job["variables"]["person_profile"] == []
    assert json.loads(job["variables"]["person_attributes"]) == by_rules["attributes"]

    # A profile that events may not name starts nothing, alone or among others: AWX does not take the answer.
    for number, profile in enumerate((["analyst"], ["data-engineer", "analyst"], "data-engineer")):
        person = {**joiner["person"], "id": f"power{number}", "profile": profile}
        assert webhook.send({"type": "joiner", "person": person}) == 200
    end = time.monotonic() + 20
    while webhook.log.read_text().count("not in lifecycle_event_profiles") < 3 and time.monotonic() < end:
        time.sleep(0.1)
    assert webhook.log.read_text().count("not in lifecycle_event_profiles") >= 3
    assert len(webhook.store.launches) == 6


def test_the_log_has_no_token_in_it(webhook: Webhook) -> None:
    log = webhook.log.read_text()
    assert "Waiting for" in log or "INFO" in log
    assert TOKEN not in log and CONTROLLER_TOKEN not in log
