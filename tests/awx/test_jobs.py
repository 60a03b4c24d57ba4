# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The playbooks as jobs of AWX: surveys, credentials, preview, run, run again, and what of it can be read later."""

from __future__ import annotations

import pathlib
import typing as t

import pytest

from awx import content, jobs
from awx.backend import CANARY, SYSTEMS, Backend, backend
from awx.rules import surveys

Values = dict[str, t.Any]
HOSTILE = "A {{ lookup('env','HOME') }} {% set x = 1 %} <b>\"é"
JANE: Values = {
    "person_first_name": "Jane",
    "person_last_name": "Smith",
    "person_email": "jane.smith@example.com",
    "person_profile": ["data-engineer"],
}
MOST_EVENTS = 100


@pytest.fixture(scope="module")
def systems() -> t.Iterator[Backend]:
    with backend() as running:
        yield running


def answers(template: str, given: Values) -> Values:
    """The variables of a job that a program launches with ``given``."""
    return surveys.answers(content.surveys()[template], given)


def assert_nothing_leaks(done: jobs.Done) -> None:
    """No secret in the artifacts; few events, each small."""
    for system in SYSTEMS:
        assert done.files_with(CANARY.format(system)) == []
    assert len(done.events) <= MOST_EVENTS
    assert done.biggest_event < 200_000


class Flow:
    """Preview, run and run again with the same variables."""

    def __init__(
        self, systems: Backend, folder: pathlib.Path, playbook: str, variables: Values, **fields: t.Any
    ) -> None:
        environment = systems.credentials(folder / "credentials", **fields)
        self.written: list[int] = []
        self.done: list[jobs.Done] = []
        for number, check in enumerate((True, False, False), 1):
            before = len(systems.writes())
            job = jobs.Job(folder / str(number), playbook, number, variables, environment, check=check, diff=check)
            self.done.append(job.run())
            self.written.append(len(systems.writes()) - before)
            assert self.done[-1].status == "successful", self.done[-1].output
            assert_nothing_leaks(self.done[-1])

    def assert_truthful(self, changed: int) -> None:
        """The preview writes nothing and foretells the run; the second run changes and writes nothing."""
        assert [done.changed for done in self.done] == [changed, changed, 0]
        assert [bool(count) for count in self.written] == [False, True, False]


@pytest.fixture(scope="module")
def joined(systems: Backend, tmp_path_factory: pytest.TempPathFactory) -> Flow:
    """Jane joins; the credential has every field filled that has no file."""
    variables = answers("People: onboard one person", JANE)
    folder = tmp_path_factory.mktemp("joiner")
    return Flow(systems, folder, "onboard_person.yml", variables, timeout="20", retries="2", skip_tls_verify=False)


def test_one_person_joins(joined: Flow, systems: Backend) -> None:
    joined.assert_truthful(1)
    assert "jane.smith@example.com" in systems.names("iics")
    assert "jane.smith" in systems.names("iq")
    assert "jane-smith" in systems.names("magistrala")


def test_the_summary_for_the_next_node_is_small_and_keyed_by_job(joined: Flow) -> None:
    for number, done in enumerate(joined.done, 1):
        assert list(done.artifacts) == [f"onboard_{number}", *(["onboard_approved"] if number == 1 else [])]
    preview, run, again = [done.artifacts[f"onboard_{n}"] for n, done in enumerate(joined.done, 1)]
    assert (preview["check_mode"], run["check_mode"]) == (True, False)
    assert preview["counts"] == run["counts"]
    assert run["counts"]["changed"] == 1 and again["counts"]["changed"] == 0


def test_the_preview_shows_what_would_be(joined: Flow) -> None:
    output = joined.done[0].output
    assert "--- before: IQ Server jane.smith" in output
    assert '"email": "jane.smith@example.com"' in output


@pytest.fixture(scope="module")
def left(joined: Flow, systems: Backend, tmp_path_factory: pytest.TempPathFactory) -> Flow:
    """Jane leaves, by the workflow: minimal credential, text of several lines, and answers that are blank or null."""
    given = {"offboard_people": "\njane.smith@example.com\n\n"}
    variables = {**answers("People: offboard with approval", given), "offboard_mode": "", "offboard_systems": None}
    variables["offboard_limit"] = "20"
    return Flow(systems, tmp_path_factory.mktemp("leaver"), "offboard.yml", variables)


def test_jane_leaves(left: Flow, systems: Backend) -> None:
    assert left.done[0].changed == left.done[1].changed == 1
    assert left.written[0] == 0 and left.written[1] > 0
    assert left.done[2].changed == 0 and left.written[2] == 0
    assert "jane.smith@example.com" not in systems.names("iics")
    assert "jane.smith" not in systems.names("iq")
    (account,) = [one for one in systems.system("magistrala").table.users.values() if one.username == "jane-smith"]
    assert account.status == "disabled"


def test_text_with_braces_stays_text(systems: Backend, tmp_path: pathlib.Path) -> None:
    given = {**JANE, "person_email": "hostile@example.com", "person_first_name": HOSTILE, "person_profile": ["analyst"]}
    variables = {**answers("People: onboard one person", given), "onboard_systems": ["magistrala"]}
    job = jobs.Job(tmp_path / "1", "onboard_person.yml", 1, variables, systems.credentials(tmp_path))
    done = job.run()
    assert done.status == "successful", done.output
    (account,) = [one for one in systems.system("magistrala").table.users.values() if one.username == "hostile"]
    assert account.first_name == HOSTILE


def test_a_wrong_password_fails_and_is_not_told(systems: Backend, tmp_path: pathlib.Path) -> None:
    wrong = "Wrong-canary-0c94be7712d5f3a6"
    environment = systems.credentials(tmp_path / "credentials", password=wrong)
    variables = answers("People: onboard one person", {**JANE, "person_email": "nobody@example.com"})
    before = len(systems.writes())
    done = jobs.Job(tmp_path / "1", "onboard_person.yml", 1, variables, environment, diff=True, verbosity=4).run()
    assert done.status == "failed"
    assert done.files_with(wrong) == []
    assert len(systems.writes()) == before


def test_a_credential_that_nobody_filled_in_is_told_as_that(tmp_path: pathlib.Path) -> None:
    environment: dict[str, str] = {}
    for system in SYSTEMS:
        environment |= jobs.credential(system, {}, tmp_path / "credentials")
    done = jobs.Job(
        tmp_path / "1", "onboard_person.yml", 1, answers("People: onboard one person", JANE), environment
    ).run()
    assert done.status == "failed"
    assert "api_url is not given" in done.output
