# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Two runs on one instance at the same time, where they keep their reports in one folder."""

from __future__ import annotations

import getpass
import pathlib
import subprocess
import sys
import typing as t

import pytest

import programs
from ansible_collections.people.lifecycle.plugins.module_utils._systems import TRAITS
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle import lock
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Modules
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.lock import InstanceLocks
from people_actions import act
from unit.trust.join.conftest import PROFILES, SYSTEMS, Company, company, jane, services

__all__ = ["company", "services"]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ansible_collections.people.lifecycle.plugins.action.onboard.PATIENCE", 0.0)


class Office:
    """A folder in which runs keep their reports; ``meanwhile`` happens before the first write of a run."""

    def __init__(self, company: Company, folder: pathlib.Path) -> None:
        self.company = company
        self.folder = folder
        self.meanwhile: t.Callable[[], t.Any] | None = None
        self.met: list[t.Any] = []

    def run(self, name: str, arguments: dict[str, t.Any], check: bool) -> dict[str, t.Any]:
        other, self.meanwhile = (None, self.meanwhile) if check else (self.meanwhile, None)
        if other is not None:
            self.met.append(other())
        return self.company.module(name, arguments, check)

    def act(self, kind: str, people: t.Any, check: bool = False, **options: t.Any) -> dict[str, t.Any]:
        given = {"connections": {name: self.company.connection(name) for name in SYSTEMS}, "systems": ["iq"], **options}
        given |= {"report_dir": str(self.folder), "people": people}
        given |= {"profiles": PROFILES} if kind == "onboard" else {}
        return act(self.folder, kind, self, check=check, **given)

    def locks(self) -> list[pathlib.Path]:
        return list(self.folder.glob(".*.lock"))


@pytest.fixture
def office(company: Company, tmp_path: pathlib.Path) -> Office:
    return Office(company, tmp_path)


def somebody(identity: str, first_name: str, last_name: str) -> dict[str, t.Any]:
    """A colleague of Jane's."""
    email = f"{first_name}.{last_name}@example.com".lower()
    return jane(id=identity, first_name=first_name, last_name=last_name, email=email)


def actions(result: dict[str, t.Any]) -> dict[str, int]:
    return {action: count for action, count in result["report"]["counts"]["by_system"]["iq"].items() if count}


def test_the_second_run_writes_nothing_and_says_who_works_there(office: Office) -> None:
    second = somebody("E2", "Joe", "Doe")
    office.meanwhile = lambda: office.act("onboard", [second])
    first = office.act("onboard", [jane()], run="first")
    assert actions(first) == {"created": 1}
    (other,) = office.met
    assert actions(other) == {"failed": 1}
    assert "Another run works on IQ Server: the run first of" in other["failure"]
    assert getpass.getuser() in other["failure"]
    assert office.locks() == [], "no lock outlives its run"
    assert actions(office.act("onboard", [second])) == {"created": 1}


def test_a_preview_and_a_run_elsewhere_are_not_in_the_way(office: Office, tmp_path_factory: t.Any) -> None:
    office.meanwhile = lambda: office.act("onboard", [somebody("E2", "Joe", "Doe")], check=True)
    assert actions(office.act("onboard", [jane()])) == {"created": 1}
    elsewhere = Office(office.company, tmp_path_factory.mktemp("elsewhere"))
    office.meanwhile = lambda: elsewhere.act("onboard", [somebody("E3", "Li", "Chen")])
    assert actions(office.act("onboard", [somebody("E4", "Al", "Ott")])) == {"created": 1}
    assert [actions(each) for each in office.met] == [{"created": 1}] * 2


def test_parts_of_one_list_let_each_other_in_and_nobody_else(office: Office) -> None:
    people = [jane(id=f"E{number}", email=f"jane{number}@example.com") for number in range(12)]
    halves: list[dict[str, t.Any]] = []

    def others() -> None:
        halves.append(office.act("onboard", people, shard="2/2"))
        office.met.append(office.act("onboard", people, shard="1/2"))
        office.met.append(office.act("onboard", people))

    office.meanwhile = others
    halves.append(office.act("onboard", people, shard="1/2"))
    assert sum(actions(half)["created"] for half in halves) == len(people)
    assert [set(actions(other)) for other in office.met if other] == [{"failed"}, {"failed"}]
    assert actions(office.act("onboard", people)) == {"unchanged": len(people)}


def test_nobody_stays_because_of_a_lock(office: Office) -> None:
    office.act("onboard", [jane()])
    office.meanwhile = lambda: office.act("offboard", ["jane.smith@example.com"])
    office.act("onboard", [somebody("E2", "Joe", "Doe")])
    assert actions(office.met[0]) == {"deleted": 1}


def test_a_run_waits_for_the_other_one(office: Office, tmp_path: pathlib.Path) -> None:
    iq = Modules("iq", TRAITS["iq"], office.run, office.company.connection("iq"), None, False)
    iq.read(usernames=["admin"])
    first = InstanceLocks(str(tmp_path), "", {"run": "first", "user": "jo", "host": "h", "time": "noon"}, 0.0, print)
    said: list[str] = []

    def warn(text: str) -> None:
        said.append(text)
        first.release()

    second = InstanceLocks(str(tmp_path), "", {}, 60.0, warn)
    assert [first.take(iq), second.take(iq)] == ["", ""]
    assert said == ["Waiting for the run first of jo on h, which began at noon, which works on IQ Server, too."]
    second.release()
    assert office.locks() == []


def test_locks_of_a_run_that_was_killed_hold_nobody(office: Office) -> None:
    code = "import sys; from {0} import Lock; Lock(sys.argv[1]).take(wait=True); import os; os._exit(9)"
    path = office.folder / ".iq.lock"
    killed = subprocess.run(
        [sys.executable, "-c", code.format(lock.__name__), str(path)],
        check=False,
        env={"PYTHONPATH": str(programs.COLLECTIONS)},
    )
    assert killed.returncode == 9
    assert path.exists()
    assert lock.Lock(str(path)).take(wait=False)


def test_a_play_of_several_hosts_is_refused(office: Office) -> None:
    hosts = {"ansible_play_hosts_all": ["db1", "db2", "db3"]}
    with pytest.raises(Exception, match=r"The play has 3 hosts \(db1, db2, db3\).*run_once: true"):
        office.act("onboard", [jane()], variables=hosts)
    assert office.company.writes("iq") == 0
