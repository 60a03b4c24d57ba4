# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An address that one system teaches is looked for in the others, whichever comes first."""

from __future__ import annotations

import pathlib
import typing as t

import pytest

from people_actions import act
from people_company import Company as Recorder
from unit.trust.join.conftest import PROFILES, Company, jane

OLD, NEW = "jane.smith@example.com", "jane.brown@example.com"
MARRIED = jane(last_name="Brown", email=NEW)
JOE = jane(id="E2", first_name="Joe", last_name="Doe", email="joe.doe@example.com")
TAUGHT = f"has the address {OLD}, as an account of Jane Brown in another system has"
Result = dict[str, t.Any]


class Run:
    """Runs the role; ``calls`` are the modules of the last run, with their arguments."""

    def __init__(self, company: Company, folder: pathlib.Path) -> None:
        self.company = company
        self.folder = folder

    def __call__(self, systems: t.Sequence[str], *people: Result, **options: t.Any) -> Result:
        recorder = Recorder(self.company.sandbox)
        given = {
            "profiles": PROFILES,
            "systems": [*systems],
            "connections": recorder.connections(),
            "report_dir": str(self.folder / "reports"),
            "naming": {"iq": "{email}"},
            **options,
        }
        result = act(self.folder, "onboard", recorder, people=[*people], **given)
        self.calls = recorder.calls
        return result

    def reads(self, system: str) -> tuple[int, int]:
        """How often accounts were looked for in the last run, and how often all of them were listed."""
        found = [arguments for name, arguments, _check in self.calls if name.endswith(f".{system}_user_info")]
        looked = [arguments for arguments in found if "usernames" in arguments]
        return len(looked), len(found) - len(looked)


@pytest.fixture
def run(company: Company, tmp_path: pathlib.Path) -> Run:
    """Jane's accounts have her address of before; that in IQ Server has her new one for a user name."""
    company.by_hand("iics", OLD, first_name="J.")
    company.by_hand("iq", NEW, first_name="J.")
    company.by_hand("magistrala", "jane-smith", first_name="J.")
    return Run(company, tmp_path)


def actions(result: Result, system: str) -> dict[str, int]:
    """The counts of an instance that are not zero."""
    return {action: count for action, count in result["report"]["counts"]["by_system"][system].items() if count}


def held(result: Result) -> list[tuple[str, str, bool]]:
    """Who is held where, and whether it is because of what another system taught."""
    return [(entry["person"], entry["instance"], TAUGHT in entry["what"]) for entry in result["report"]["held"]]


@pytest.mark.parametrize(("size", "check"), [(500, True), (500, False), (1, False)])
def test_a_user_name_that_is_the_address_teaches_the_systems_before(
    company: Company, run: Run, size: int, check: bool
) -> None:
    done = run(("iics", "iq"), JOE, MARRIED, batch_size=size, check=check)
    assert held(done) == [("E1", "iics", True)]
    assert actions(done, "iics") == {"created": 1, "held": 1} and actions(done, "iq")["created"] == 1
    assert company.accounts("iics").keys() == {"admin@example.com", OLD, *([] if check else [JOE["email"]])}


def test_the_hr_id_of_a_later_system_teaches_those_before(company: Company, run: Run) -> None:
    company.by_hand("iics", OLD, first_name="J.", description="[HR id: E1]", on_profile_drift="v2_update")
    assert held(run(("magistrala", "iq", "iics"), MARRIED)) == [("E1", "magistrala", True)]
    assert company.accounts("magistrala").keys() == {"admin", "jane-smith"}


def test_a_decision_about_a_later_system_teaches_those_before(company: Company, run: Run) -> None:
    decided = {"lifecycle_account_names": {"E1": {"magistrala": "jane-smith"}}}
    done = run(("iics", "magistrala"), MARRIED, variables=decided)
    assert held(done) == [("E1", "iics", True)] and actions(done, "magistrala").keys() & {"updated", "unchanged"}
    assert company.accounts("iics").keys() == {"admin@example.com", OLD}


@pytest.mark.parametrize("fault", [{"kind": "status"}, {"kind": "status", "status": 404}, {"kind": "html"}])
def test_a_later_system_that_is_down_teaches_nothing_stops_nobody_and_is_told_once(
    company: Company, run: Run, fault: dict[str, t.Any]
) -> None:
    company.sandbox.apps["iq"].act("POST", "faults", [{"path": "/api/v2/.*", "times": 0, **fault}])
    done = run(("iics", "iq"), JOE, MARRIED)
    assert actions(done, "iics") == {"created": 2} and actions(done, "iq") == {"failed": 2}
    assert done["failure"].count(JOE["email"]) == 1, "told once"
    assert "Informatica" not in done["failure"], "told where it happened"


def test_only_newcomers_are_looked_for_in_what_comes_later(run: Run) -> None:
    three = ("iics", "iq", "magistrala")
    run(three, JOE)
    assert [run.reads(system) for system in three] == [(1, 1), (2, 1), (2, 1)], "looked for once before"
    run(three, JOE, batch_size=1)
    assert [run.reads(system) for system in three] == [(1, 0)] * 3, "nobody is new"
    ann, bob = (jane(id=id, first_name=id, last_name="New", email=f"{id}@example.com") for id in ("ann", "bob"))
    run(three, JOE, ann, bob, batch_size=2)
    assert [run.reads(system) for system in three] == [(2, 1), (4, 1), (4, 1)], "each newcomer once"


def test_what_a_rehearsal_learnt_is_learnt_anew_when_the_plan_is_carried_out(company: Company, run: Run) -> None:
    plan = run(("iics", "iq"), JOE, MARRIED, check=True)["plan"]
    done = run(("iics", "iq"), JOE, MARRIED, approved=plan["onboard_approved"])
    assert held(done) == [("E1", "iics", True)] and run.reads("iq") == (4, 2)
    assert company.accounts("iics").keys() == {"admin@example.com", OLD, JOE["email"]}
