# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""People whose name and address changed are no joiners: known by the id of HR, by their name, or by another system."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import Decisions, read_service_accounts
from unit.trust.join.conftest import SYSTEMS, Company, jane

OLD = "jane.smith@example.com"
MARRIED = {"last_name": "Brown", "email": "jane.brown@example.com"}


def description(company: Company) -> str:
    return company.accounts("iics")[OLD]["description"]


def test_new_accounts_carry_the_id_unless_it_is_switched_off(company: Company) -> None:
    for system in ("iics", "magistrala"):
        preview, done = company.join(system, jane(), check=True)[0], company.join(system, jane())[0]
        assert preview.changes == done.changes, "a preview tells of it, too"
        (off,) = company.join(system, jane(id="E2", first_name="Joe", email="joe.doe@example.com"), mark_id=False)
        assert off.action == "created"
    assert description(company) == "[HR id: E1]"
    assert company.accounts("iics")["joe.doe@example.com"]["description"] == ""
    assert company.accounts("magistrala")["jane-smith"]["metadata"] == {"hr_id": "E1"}
    assert not company.accounts("magistrala")["joe-doe"].get("metadata")


def test_an_id_that_is_the_address_is_not_written(company: Company) -> None:
    company.join("iics", jane(id=""))
    assert description(company) == ""


def test_a_description_of_the_roster_stays_and_is_no_drift(company: Company) -> None:
    row = jane(description="Data team")
    company.join("iics", row)
    assert description(company) == "Data team [HR id: E1]"
    (again,) = company.join("iics", row)
    assert again.action == "unchanged" and again.notes == []
    (off,) = company.join("iics", row, mark_id=False)
    assert off.action == "unchanged" and off.notes == [], "what is there stays when the switch is turned"
    (other,) = company.join("iics", jane(description="Sales"))
    assert "description differs from the task" in other.notes[0], "a real difference is still told"


def test_a_long_description_is_written_without_the_id(company: Company) -> None:
    company.join("iics", jane(description="x" * 250))
    assert description(company) == "x" * 250


@pytest.mark.parametrize("mode", ["merge", "replace"])
def test_metadata_get_the_id_along_with_another_change_and_never_for_itself(company: Company, mode: str) -> None:
    way = {"defaults": {"metadata_mode": mode}}
    row = jane(profile=["dev"])
    company.join("magistrala", row, mark_id=False, **way)
    company.module(
        "x.magistrala_user", {**company.connection("magistrala"), "username": "jane-smith", "metadata": {"desk": 7}}
    )
    company.sandbox.apps["magistrala"].journal.clear()
    (same,) = company.join("magistrala", row, **way)
    assert same.action == "unchanged" and company.writes("magistrala") == 0
    moved = jane(profile=["dev"], first_name="Janet")
    preview, done = company.join("magistrala", moved, check=True, **way)[0], company.join("magistrala", moved, **way)[0]
    assert done.action == "updated" and preview.changes == done.changes
    assert {change["field"] for change in done.changes} == {"first_name", "metadata"}
    assert company.accounts("magistrala")["jane-smith"]["metadata"] == {"desk": 7, "hr_id": "E1"}
    company.sandbox.apps["magistrala"].journal.clear()
    assert company.join("magistrala", moved, **way)[0].action == "unchanged" and company.writes("magistrala") == 0


def test_the_id_in_iics_proves_whose_an_account_is(company: Company) -> None:
    company.join("iics", jane())
    (moved,) = company.join("iics", jane(**MARRIED))
    assert moved.action == "unchanged" and moved.username == "jane.brown@example.com"
    assert "cannot change a user name: it stays jane.smith@example.com" in moved.notes[0]
    assert "email" in moved.notes[1] and "differ" in moved.notes[1], "what the system cannot change is told"
    assert company.accounts("iics").keys() == {"admin@example.com", OLD}


def test_a_proof_does_not_open_a_protected_account(company: Company) -> None:
    company.join("iics", jane())
    company.sandbox.apps["iics"].journal.clear()
    (held,) = company.join(
        "iics", jane(**MARRIED, profile=["dev", "boss"]), decisions=Decisions(protected={"*": [OLD]})
    )
    assert held.action == "held" and "lifecycle_protected" in held.notes[-1] and company.writes("iics") == 0


def test_the_id_in_magistrala_is_a_question(company: Company) -> None:
    company.join("magistrala", jane())
    (asked,) = company.join("magistrala", jane(**MARRIED))
    assert asked.action == "held" and "jane-smith in Magistrala carries the HR id E1 of Jane Brown" in asked.notes[0]
    decided = Decisions(account_names={"E1": {"magistrala": "jane-smith"}}, former={"E1": [OLD]})
    (moved,) = company.join("magistrala", jane(**MARRIED), decisions=decided)
    assert moved.action == "updated"
    assert company.accounts("magistrala")["jane-smith"]["email"] == "jane.brown@example.com"


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_same_name_on_an_open_account_whose_address_is_on_no_row_is_a_question(
    company: Company, system: str
) -> None:
    company.join(system, jane(), mark_id=False)
    newcomer = jane(id="E7", email="j.smith@example.com")
    preview, held = company.join(system, newcomer, check=True)[0], company.join(system, newcomer)[0]
    assert preview.notes == held.notes and held.action == "held"
    assert (
        "has the name Jane Smith, and its address jane.smith@example.com is on no row. Is it theirs?" in held.notes[0]
    )
    (settled,) = company.join(system, newcomer, decisions=Decisions(account_names={"E7": {system: "new"}}))
    assert settled.action == "created"
    (again,) = company.join(system, newcomer, decisions=Decisions(account_names={"E7": {system: "new"}}))
    assert again.action == "unchanged" and len(company.accounts(system)) == 3


@pytest.mark.parametrize("system", SYSTEMS)
def test_accounts_of_people_on_the_roster_hold_no_namesake(company: Company, system: str) -> None:
    company.join(system, jane(), mark_id=False)
    both = company.join(system, jane(), jane(id="E7", email="j.smith@example.com"))
    assert [line.action for line in both] == ["unchanged", "created"]
    alone = jane(id="E8", email="smith.j@example.com")
    (part,) = company.join(system, alone, roster={OLD, "j.smith@example.com"})
    assert part.action == "created", "a part of the roster knows the addresses of all"


def test_accounts_that_offboarding_closed_hold_nobody(company: Company) -> None:
    company.join("magistrala", jane(), mark_id=False)
    company.module(
        "x.magistrala_user", {**company.connection("magistrala"), "username": "jane-smith", "state": "disabled"}
    )
    (joined,) = company.join("magistrala", jane(id="E7", email="j.smith@example.com"))
    assert joined.action == "created"


@pytest.mark.parametrize("system", SYSTEMS)
def test_service_accounts_are_no_persons(company: Company, system: str) -> None:
    company.join(system, jane())
    company.by_hand(system, "svc-load", email="load@example.com" if system == "magistrala" else OLD)
    service: t.Any = {
        "instance": system,
        "username": "svc-load",
        "owner": "o",
        "reason": "r",
        "review_by": "2028-01-01",
    }
    known = Decisions(service_accounts=read_service_accounts([service], "lifecycle_service_accounts"))
    renamed = jane(email="jane.s@example.com", former_emails=[OLD])
    for decisions in (known, Decisions(service_accounts=known.service_accounts, former={"E1": [OLD]})):
        (line,) = company.join(system, renamed, decisions=decisions)
        assert "svc-load" not in str(line.notes) and line.action != "failed"
    company.sandbox.apps[system].journal.clear()
    named = jane(id="E9", first_name="Load", email="load@example.com", accounts={system: {"username": "svc-load"}})
    (held,) = company.join(system, named, decisions=known)
    assert held.action == "held" and company.writes(system) == 0


def test_an_address_learnt_in_one_system_is_looked_for_in_the_others(company: Company) -> None:
    learned: dict[str, set[str]] = {}
    company.join("iics", jane())
    for system in ("iq", "magistrala"):
        company.join(system, jane(first_name="J."), mark_id=False)
    company.join("iics", jane(**MARRIED), learned=learned)
    assert learned == {"E1": {OLD}}
    assert not company.join("iics", jane(id="E2", first_name="Joe", email="joe@example.com"), learned=learned)[0].notes
    for system in ("iq", "magistrala"):
        (held,) = company.join(system, jane(**MARRIED), learned=learned)
        assert held.action == "held", system
        assert f"has the address {OLD}, as an account of Jane Brown in another system has" in held.notes[0]
