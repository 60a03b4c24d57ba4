# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A row takes no account over, lets nobody in twice, and weakens nothing that was reviewed."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import Decisions
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.plan import wanted_accounts
from unit.trust.join.conftest import PROFILES, SYSTEMS, TODAY, Company, jane

ADMINS = {"iics": "admin@example.com", "iq": "admin", "magistrala": "admin"}
MALLORY = {"first_name": "Mallory", "last_name": "Evil", "email": "mallory@example.net", "id": "E99"}


def decided(**given: t.Any) -> Decisions:
    return Decisions(**given)


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_row_that_names_the_administrator_changes_nothing(company: Company, system: str) -> None:
    before = company.accounts(system)
    row = jane(**MALLORY, accounts={system: {"username": ADMINS[system]}})
    company.sandbox.apps[system].journal.clear()
    (line,) = company.join(system, row)
    assert line.action == "held" and "lifecycle_account_names" in line.notes[0]
    assert company.writes(system) == 0 and company.accounts(system) == before


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_row_with_the_administrators_address_changes_nothing(company: Company, system: str) -> None:
    admin = company.accounts(system)[ADMINS[system]]
    row = jane(first_name="Evil", email=admin["email"], accounts={system: {"username": ADMINS[system]}})
    company.sandbox.apps[system].journal.clear()
    (line,) = company.join(system, row)
    assert line.action in ("held", "unchanged") and company.writes(system) == 0
    assert company.accounts(system)[ADMINS[system]] == admin


@pytest.mark.parametrize("system", ["iq", "magistrala"])
def test_an_administrator_is_held_unless_the_profile_makes_them_one(company: Company, system: str) -> None:
    company.join(system, jane(profile=["boss"]))
    (held,) = company.join(system, jane(profile=["dev"]))
    assert held.action == "held" and "administrator" in held.notes[0]
    (kept,) = company.join(system, jane(profile=["boss"]))
    assert kept.action == "unchanged"


@pytest.mark.parametrize("system", SYSTEMS)
def test_protected_people_are_held_only_where_something_would_change(company: Company, system: str) -> None:
    company.join(system, jane())
    decisions = decided(protected={"*": ["jane.smith@example.com"]})
    assert company.join(system, jane(), decisions=decisions)[0].action == "unchanged"
    more = jane(profile=["dev", "boss"])
    (held,) = company.join(system, more, decisions=decisions)
    assert held.action == "held" and "lifecycle_protected" in held.notes[0]


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("address", ["jane.smith@example.com", "Jane.SMITH@Example.com"])
def test_an_account_with_the_address_under_another_name_is_held(company: Company, system: str, address: str) -> None:
    company.by_hand(system, f"jsmith-{system}", email=address)
    (held,) = company.join(system, jane())
    assert held.action == "held" and f"jsmith-{system} has the address" in held.notes[0]
    (named,) = company.join(system, jane(), decisions=decided(account_names={"E1": {system: f"jsmith-{system}"}}))
    assert named.action in ("updated", "unchanged") and named.error is None
    assert len(company.accounts(system)) == 2


@pytest.mark.parametrize("system", ["iics", "iq"])
def test_new_settles_a_namesake_for_ever(company: Company, system: str) -> None:
    company.by_hand(system, "jsmith")
    decisions = decided(account_names={"E1": {system: "new"}})
    assert company.join(system, jane(), decisions=decisions)[0].action == "created"
    assert company.join(system, jane(), decisions=decisions)[0].action == "unchanged"


@pytest.mark.parametrize("system", SYSTEMS)
def test_an_address_in_other_letter_case_is_the_same_address(company: Company, system: str) -> None:
    company.join(system, jane())
    again = jane(email="Jane.Smith@EXAMPLE.com")
    first, second = company.join(system, again)[0], company.join(system, again)[0]
    assert (first.action, second.action) in (("unchanged", "unchanged"), ("updated", "unchanged"))
    assert len(company.accounts(system)) == 2


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_former_address_of_the_row_is_a_question_and_a_reviewed_one_an_answer(company: Company, system: str) -> None:
    company.join(system, jane(), mark_id=False)
    married = jane(last_name="Brown", email="jane.brown@example.com", former_emails=["jane.smith@example.com"])
    (asked,) = company.join(system, married)
    assert asked.action == "held" and "lifecycle_former_emails" in asked.notes[0]
    decisions = decided(former={"E1": ["jane.smith@example.com"]})
    (moved,) = company.join(system, married, decisions=decisions)
    assert moved.action in ("updated", "unchanged")
    assert len(company.accounts(system)) == 2, "nobody got a second account"
    if system == "magistrala":
        assert company.accounts(system)["jane-brown"]["email"] == "jane.brown@example.com"
    if system == "iq":
        assert company.accounts(system)["jane.smith"]["email"] == "jane.brown@example.com"
    assert company.join(system, married, decisions=decisions)[0].action == "unchanged"


def test_somebody_with_an_account_in_another_realm_gets_no_second_one(company: Company) -> None:
    company.sandbox.apps["iq"].act("POST", "seed", {"count": 0, "saml": ["jane.smith"]})
    (line,) = company.join("iq", jane(email="jane.smith@example.com"))
    assert line.action == "held" and "realm SAML" in line.notes[0]


def test_an_account_matched_by_name_alone_never_gets_another_address(company: Company) -> None:
    company.by_hand("magistrala", "jsmith", email="other@example.com")
    decisions = decided(account_names={"E1": {"magistrala": "jsmith"}})
    (line,) = company.join("magistrala", jane(), decisions=decisions)
    assert line.action == "updated"
    assert company.accounts("magistrala")["jsmith"]["email"] == "other@example.com"
    assert any("lifecycle_former_emails" in note for note in line.notes)


@pytest.mark.parametrize(
    ("differs", "profile"),
    [
        ({"authentication": "native"}, ["saml"]),
        ({"authentication": "native", "email": "x@example.net"}, ["saml"]),
        ({"email": "jane@example.net"}, ["dev"]),
        ({"alias_name": "jane"}, ["dev"]),
        ({"authentication": "saml"}, ["dev"]),
    ],
)
def test_a_row_never_weakens_the_reviewed_profile(
    company: Company, differs: dict[str, str], profile: list[str]
) -> None:
    (line,) = company.join("iics", jane(profile=profile, accounts={"iics": differs}))
    assert line.action == "held" and company.accounts("iics").keys() == {"admin@example.com"}


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_row_that_names_somebodys_user_name_holds_nobody_but_itself(system: str) -> None:
    name = {"iics": "jane.smith@example.com", "iq": "jane.smith", "magistrala": "jane-smith"}[system]
    evil = jane(id="E9", first_name="Mal", email="mal@example.com", accounts={system: {"username": name}})
    plan = wanted_accounts([evil, jane()], PROFILES, {}, [system], TODAY)
    assert [entry["person"] for entry in plan[system]] == ["E1"]
    assert [problem["person"] for problem in plan["refused"]] == ["E9"]
    assert f"would both have the account {name}" in plan["refused"][0]["why"]


def test_former_addresses_of_somebody_who_is_not_due_hold_nobody() -> None:
    claim = {"id": "E9", "email": "mal@example.com", "former_emails": ["jane.smith@example.com"]}
    held = {}
    for end in ("2026-01-01", "2099-01-01"):
        plan = wanted_accounts([jane(**claim, end=end), jane()], PROFILES, {}, ["iq"], TODAY)
        held[end] = [entry["person"] for entry in plan["iq"] if entry["held"]]
    assert held == {"2026-01-01": [], "2099-01-01": ["E9", "E1"]}


def joe(**fields: t.Any) -> dict[str, t.Any]:
    return jane(id="E2", first_name="Joe", last_name="Doe", **fields)


@pytest.mark.parametrize("start", ["2026-02-01", "2099-02-01"])
def test_a_last_day_before_the_first_one_is_told(start: str) -> None:
    plan = wanted_accounts(
        [jane(start=start, end="2026-01-31"), joe(email="joe.doe@example.com")], PROFILES, {}, ["iq"], TODAY
    )
    why = f"ends on 2026-01-31, before the start on {start}; correct the row"
    assert plan["waiting"] == [{"person": "E1", "why": why}]
    assert [entry["person"] for entry in plan["iq"]] == ["E2"]
