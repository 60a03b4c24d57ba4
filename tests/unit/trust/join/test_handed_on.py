# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An address that is handed on is freed before it is given, nobody gets the other's account,
and a swap is told as one.
"""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import Decisions
from unit.trust.join.conftest import Company, jane

FIRST, SECOND = "jane.smith@example.com", "joe.doe@example.com"
MARRIED = jane(last_name="Brown", email="jane.brown@example.com")
REVIEWED = Decisions(former={"E1": [FIRST]})
BY_ID = {"iq": "{id}", "magistrala": "{id}", "iics": "{id}@example.com"}


def joe(**fields: t.Any) -> dict[str, t.Any]:
    return jane(**{"id": "E2", "first_name": "Joe", "last_name": "Doe", "email": FIRST, **fields})


def owners(company: Company, system: str) -> dict[str, str]:
    return {account["email"]: account["first_name"] for account in company.accounts(system).values()}


@pytest.mark.parametrize("naming", [None, BY_ID])
def test_in_magistrala_one_run_does_both_in_order_and_a_preview_tells_so(company: Company, naming: t.Any) -> None:
    company.join("magistrala", jane(), naming=naming)
    people = (joe(), MARRIED)
    preview = company.join("magistrala", *people, decisions=REVIEWED, check=True, naming=naming)
    done = company.join("magistrala", *people, decisions=REVIEWED, naming=naming)
    assert [(line.person, line.action, line.error) for line in done] == [
        ("E2", "created", None),
        ("E1", "updated", None),
    ]
    assert [(line.action, line.changes, line.done) for line in preview] == [
        (line.action, line.changes, line.done) for line in done
    ]
    found = owners(company, "magistrala")
    assert (found["jane.brown@example.com"], found[FIRST]) == ("Jane", "Joe") and len(found) == 3
    again = company.join("magistrala", *people, decisions=REVIEWED, naming=naming)
    assert [line.action for line in again] == ["unchanged", "unchanged"]


def test_in_iq_where_names_stay_one_run_does_both_under_other_names(company: Company) -> None:
    company.join("iq", jane(), naming=BY_ID)
    people = (joe(), MARRIED)
    preview = company.join("iq", *people, decisions=REVIEWED, check=True, naming=BY_ID)
    done = company.join("iq", *people, decisions=REVIEWED, naming=BY_ID)
    assert [line.action for line in done] == ["created", "updated"] == [line.action for line in preview]
    assert [line.changes for line in preview] == [line.changes for line in done]
    assert {line.action for line in company.join("iq", *people, decisions=REVIEWED, naming=BY_ID)} == {"unchanged"}


def test_in_iics_which_changes_no_address_the_receiver_waits_for_a_hand(company: Company) -> None:
    company.join("iics", jane())
    lines = company.join("iics", joe(), MARRIED, decisions=REVIEWED)
    assert [line.action for line in lines] == ["held", "unchanged"]
    assert (
        f"whose account {FIRST} in Informatica IICS still has it. Have that one changed first, by hand"
        in lines[0].notes[0]
    )
    assert company.accounts("iics").keys() == {"admin@example.com", FIRST}


@pytest.mark.parametrize("system", ["iq", "magistrala"])
def test_the_receiver_never_gets_the_account_of_a_giver_who_could_not_be_changed(company: Company, system: str) -> None:
    company.join(system, jane(), naming=BY_ID)
    protected = Decisions(former=REVIEWED.former, protected={"*": ["E1"]})
    for check in (True, False):
        held, kept = company.join(system, joe(), MARRIED, decisions=protected, naming=BY_ID, check=check)
        assert (held.action, kept.action) == ("held", "held")
        assert "still has it" in held.notes[0] and "lifecycle_protected" in kept.notes[-1]
    assert owners(company, system)[FIRST] == "Jane"


@pytest.mark.parametrize("system", ["iq", "magistrala"])
def test_the_giver_never_gets_the_account_of_a_receiver_who_was_there_before(company: Company, system: str) -> None:
    company.join(system, joe())
    both = company.join(system, joe(), MARRIED, decisions=REVIEWED)
    assert [line.action for line in both] == ["unchanged", "created"]
    assert owners(company, system)[FIRST] == "Joe"


def test_two_of_one_first_name_are_a_question_until_somebody_decides(company: Company) -> None:
    company.join("magistrala", jane())
    other = joe(first_name="Jane")
    lines = company.join("magistrala", other, MARRIED, decisions=REVIEWED)
    assert [line.action for line in lines] == ["held", "held"]
    assert all("nobody can say whose jane-smith in Magistrala is" in line.notes[0] for line in lines)


def test_a_swap_is_told_as_one(company: Company) -> None:
    company.join("magistrala", jane(), joe(email=SECOND))
    swapped = (jane(email=SECOND, former_emails=[FIRST]), joe(email=FIRST, former_emails=[SECOND]))
    reviewed = Decisions(former={"E1": [FIRST], "E2": [SECOND]})
    for decisions in (reviewed, REVIEWED, Decisions(former={"E2": [SECOND]})):
        for line in company.join("magistrala", *swapped, decisions=decisions):
            assert line.action == "held" and "would swap the addresses" in line.notes[0]


def test_an_address_that_two_claim_is_handed_to_nobody(company: Company) -> None:
    company.join("magistrala", jane())
    third = jane(id="E3", first_name="Ann", email="ann@example.com")
    both = Decisions(former={"E1": [FIRST], "E3": [FIRST]})
    lines = company.join("magistrala", joe(), MARRIED, third, decisions=both)
    assert {line.action for line in lines} == {"held"}
    assert all("Say in the rows and in lifecycle_former_emails whose it was" in line.notes[0] for line in lines)
