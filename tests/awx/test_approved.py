# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What stands behind an approval, as jobs of AWX: the preview hands its plan on, and nothing else is carried out."""

from __future__ import annotations

import datetime
import pathlib
import re
import typing as t

import pytest
import yaml
from ansible.parsing.dataloader import DataLoader

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._systems import TRAITS
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.approval import Plan, check_approval, make_plan
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.shard import EVERYBODY
from awx import content, jobs
from awx.backend import CANARY, SYSTEMS, Backend, backend
from awx.rules import surveys

Values = dict[str, t.Any]
WHO = "jane.smith@example.com"
MANY = [f"jane.smith{number}@example.com" for number in range(1, 21)]


class Workflow:
    """The nodes of the workflow about one leaver, who has one account."""

    def __init__(self, systems: Backend, folder: pathlib.Path) -> None:
        self.systems = systems
        self.folder = folder
        self.environment = systems.credentials(folder / "credentials")
        self.nodes = {
            node["identifier"]: node["unified_job_template"]["name"]
            for node in content.named("controller_workflows")["People: offboard with approval"]["workflow_nodes"]
        }
        roster = folder / "roster.csv"
        rows = [f"{email},Jane,Smith,{email},data-engineer" for email in (WHO, *MANY)]
        roster.write_text("\n".join(["id,first_name,last_name,email,profile", *rows]) + "\n")
        self.job(1, "onboard.yml", {"onboard_people_file": "people.csv", "onboard_systems": ["iq"]}, roster=roster)

    def job(self, number: int, playbook: str, variables: Values, check: bool = False, **more: t.Any) -> jobs.Done:
        job = jobs.Job(
            self.folder / str(number), playbook, number, variables, self.environment, check=check, diff=check, **more
        )
        done = job.run()
        assert not any(done.files_with(CANARY.format(system)) for system in SYSTEMS)
        return done

    def node(self, number: int, identifier: str, artifacts: Values) -> tuple[jobs.Done, int]:
        """The job of one node, which gets what those before it handed on, and how much it wrote."""
        template = content.named("controller_templates")[self.nodes[identifier]]
        before = len(self.systems.writes())
        variables = {
            "offboard_people": WHO,
            "offboard_systems": ["iq"],
            "offboard_mode": "disable",
            "offboard_limit": 20,
            **artifacts,
        }
        done = self.job(number, template["playbook"], variables, template["job_type"] == "check")
        return done, len(self.systems.writes()) - before


@pytest.fixture(scope="module")
def workflow(tmp_path_factory: pytest.TempPathFactory) -> t.Iterator[Workflow]:
    with backend() as systems:
        yield Workflow(systems, tmp_path_factory.mktemp("workflow"))


def test_nothing_behind_an_approval_runs_without_one_whatever_a_launch_says(workflow: Workflow) -> None:
    done, written = workflow.node(2, "offboard", {"require_approved": False, "offboard_require_approved": "false"})
    assert (done.status, written) == ("failed", 0)
    assert "carries out approved plans only" in done.output
    (play,) = yaml.safe_load((content.PROJECT / "playbooks/offboard_approved.yml").read_text())
    assert play["module_defaults"] == {"people.lifecycle.offboard": {"require_approved": True}}


def test_what_others_review_is_refused_as_a_variable_of_a_launch(workflow: Workflow) -> None:
    done, written = workflow.node(3, "preview", {"lifecycle_protected": [], "lifecycle_account_names_file": "mine.yml"})
    assert (done.status, written) == ("failed", 0)
    assert "lifecycle_account_names_file, lifecycle_protected must not come from a launch" in done.output


def test_a_preview_in_which_nobody_is_found_fails_and_says_who(workflow: Workflow) -> None:
    asked = surveys.answers(content.surveys()["People: offboard with approval"], {"offboard_people": "stranger"})
    done, written = workflow.node(8, "preview", {**asked, "offboard_systems": ["iq"]})
    assert (done.status, written) == ("failed", 0)
    assert [one["id"] for one in done.artifacts["offboard_8"]["nowhere"]] == ["stranger"]


def test_the_output_pane_shows_every_account_of_a_preview_of_twenty_leavers(workflow: Workflow) -> None:
    done, written = workflow.node(7, "preview", {"offboard_people": "\n".join(MANY)})
    assert (done.status, written) == ("successful", 0), done.output
    told = [
        email for email in MANY if f"Jane Smith ({email.partition('@')[0]} in IQ Server): would be deleted" in done.pane
    ]
    assert told == MANY
    assert "20 would be deleted" in done.pane and "Plan: 20 accounts would change" in done.pane
    assert any(len(event["stdout"]) > jobs.SHOWN_OF_AN_EVENT for event in done.events), (
        "the differences alone do not fit"
    )
    assert [(entry["person"], entry["what"]) for entry in done.artifacts["offboard_7"]["changes"]] == [
        (who, "deleted") for who in MANY
    ]


def test_the_workflow_closes_what_its_preview_handed_on_and_nothing_later(workflow: Workflow) -> None:
    preview, written = workflow.node(4, "preview", {})
    assert (preview.status, written) == ("successful", 0), preview.output
    plan = preview.artifacts["offboard_approved"]
    assert [(c["person"], c["instance"], c["verbs"][-1]) for c in plan["changes"]] == [(WHO, "iq", "delete")]
    done, written = workflow.node(5, "offboard", preview.artifacts)
    assert done.status == "successful" and written > 0, done.output
    assert "offboard_approved" not in done.artifacts
    assert "jane.smith" not in workflow.systems.names("iq")
    again, written = workflow.node(6, "offboard", preview.artifacts)
    assert (again.status, written) == ("failed", 0)
    assert "no longer to be done: " in again.output and "jane.smith in iq" in again.output


@pytest.mark.parametrize("person", ["00123", "+4930", "No", "Null", "12:30", "10482"])
def test_what_has_changed_is_told_truly_whatever_an_artifact_is_read_as(person: str, tmp_path: pathlib.Path) -> None:
    """AWX writes an artifact into the variables of the next job as it writes answers."""

    def plan(*people: str) -> Plan:
        lines = [Line(who, f"user{place}", done=["delete"]) for place, who in enumerate(people)]
        basis = {
            f"the option {number}": number for number in range(2000)
        }  # among their hashes are some of digits alone
        return make_plan("offboard", EVERYBODY, basis, [("iq", TRAITS["iq"], lines)])

    now = datetime.datetime.now(datetime.timezone.utc)
    file = tmp_path / "extravars"
    handed = plan(person, "E2").handed_on(now + datetime.timedelta(hours=1))
    file.write_text(jobs.written({"offboard_approved": handed}))
    read = DataLoader().load_from_file(str(file))["offboard_approved"]
    check_approval(read, plan(person, "E2"), now, "offboard_approved", lambda _digest: {})
    with pytest.raises(InputError) as refusal:
        check_approval(read, plan(person), now, "offboard_approved", lambda _digest: {})
    assert "Since then: no longer to be done: delete user1 in iq (E2). Preview again" in str(refusal.value)
    with pytest.raises(InputError) as refusal:
        check_approval(read, plan(), now, "offboard_approved", lambda _digest: {})
    whose = f" ({person})" if person in [change["person"] for change in read["changes"]] else ""
    assert re.search(rf"no longer to be done: delete user0 in iq{re.escape(whose)}[;.]", str(refusal.value))
