# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A review where Magistrala keeps people in Atom: access tokens are found, and what is removed is gone."""

from __future__ import annotations

import datetime
import pathlib
import typing as t

import pytest

from people_company import SIGN_IN, Company, person
from people_playbook import Done, play
from sandbox.atom.access_tokens import add_token

STAFF = {"staff": {"magistrala": {"tags": ["staff"]}}}
PEOPLE = [person(number, profile=["staff"]) for number in (1, 2, 3)]
LEAVER = person(4, profile=["staff"])
LEFT = {**LEAVER, "end": "2020-01-31"}
NOW = datetime.date.today()  # as the server's clock has it, which dates tokens
TODAY, LATER = NOW.isoformat(), (NOW + datetime.timedelta(days=500)).isoformat()
YEAR = 365 * 24 * 3_600_000_000  # in microseconds
SERVICE = {
    "instance": "magistrala",
    "username": SIGN_IN["magistrala"][0],
    "owner": "Platform",
    "reason": "runs the roles",
    "review_by": "2999-12-31",
}


class Atom:
    """People who have what the roster says, and the tokens that a test gives them."""

    def __init__(self, company: Company, folder: pathlib.Path) -> None:
        self.company = company
        self.folder = folder
        self.app = company.sandbox.apps["magistrala"]
        self.app.act("POST", "reset", {"profile": "atom"})
        assert {line.action for line in company.join("magistrala", *PEOPLE, LEAVER, profiles=STAFF)} == {"created"}
        company.forget()

    @property
    def state(self) -> t.Any:
        return self.app.system.state

    def give(self, owner: str, **differs: t.Any) -> None:
        credential = add_token(self.state, self.state.directory.holder("name", "", owner), "ci")
        for field, value in differs.items():
            setattr(credential, field, value)

    def disable(self, name: str) -> None:
        self.state.directory.holder("name", "", name).status = "inactive"

    def tokens(self, name: str) -> list[str]:
        owner = self.state.directory.holder("name", "", name)
        return [c.status for c in self.state.credentials.values() if c.owner == owner.id and c.kind == "access_token"]

    def play(self, tasks: str = "main", date: str = TODAY, **options: t.Any) -> Done:
        given = {
            "people": [*PEOPLE, LEFT],
            "profiles": STAFF,
            "systems": ["magistrala"],
            "connections": self.company.connections(),
            "date": date,
            **options,
        }
        variables = {f"review_{name}": value for name, value in given.items()}
        done = play(self.folder, "review", {**variables, "lifecycle_service_accounts": [SERVICE]}, tasks=tasks)
        assert done.code == 0, done.output
        return done

    def found(self, date: str = TODAY) -> list[dict[str, t.Any]]:
        """What a review finds, but for the administrator, who is always told."""
        return [each for each in self.play(date=date).report["findings"] if each["kind"] != "administrator"]


@pytest.fixture
def atom(company: Company, tmp_path: pathlib.Path) -> Atom:
    return Atom(company, tmp_path)


def told(findings: list[dict[str, t.Any]]) -> set[tuple[str, str]]:
    return {(each["kind"], each["account"]) for each in findings}


def test_tokens_that_are_in_use_are_nobodys_concern(atom: Atom) -> None:
    atom.disable("jane4")
    atom.give("jane1", last_used_at=atom.state.stamp(), expires_at=atom.state.stamp() + YEAR)
    assert told(atom.found()) == set()


def test_a_token_that_has_ended_is_no_access_any_more(atom: Atom) -> None:
    atom.disable("jane4")
    atom.give("jane4", expires_at=atom.state.stamp() - YEAR)
    assert told(atom.found()) == set()


def test_each_way_in_which_a_token_is_wrong(atom: Atom) -> None:
    now = atom.state.stamp()
    atom.disable("jane4")
    atom.give("jane4")
    atom.give("jane1", expires_at=now - YEAR)
    atom.give("jane2", last_used_at=now)
    atom.give("jane3")
    atom.give("jane3")
    assert told(atom.found()) == {("leftover", "jane4"), ("barred", "jane1")}
    later = atom.found(LATER)
    dormant = [each for each in later if each["kind"] == "dormant"]
    assert [each["account"] for each in sorted(dormant, key=lambda each: each["account"])] == [
        "jane1",
        "jane2",
        "jane3",
        "jane3",
    ]
    assert len({each["id"] for each in later}) == len(later)
    assert any("last used" in each["what"] for each in dormant if each["account"] == "jane2")


def test_a_leaver_is_told_with_the_tokens(atom: Atom) -> None:
    atom.give("jane4")
    (finding,) = atom.found()
    assert finding["kind"] == "leaver" and "access token ci (" in finding["what"]


def test_tokens_that_cannot_be_read_hide_nobody_else(atom: Atom) -> None:
    atom.disable("jane4")
    atom.give("jane4")

    def vanish(system: t.Any) -> None:
        system.state.directory.holder("name", "", "jane2").deleted_at = system.state.stamp()

    fault = {"kind": "meanwhile", "path": r"/graphql#.*accessTokens.*", "act": vanish}
    atom.app.act("POST", "faults", [fault])
    findings = atom.found()
    assert told(findings) == {("leftover", "jane4"), ("incomplete", "")}
    (incomplete,) = (each for each in findings if each["kind"] == "incomplete")
    assert "jane2 may have access tokens: " in incomplete["what"]


def test_what_a_closed_account_kept_is_removed(atom: Atom) -> None:
    atom.disable("jane4")
    atom.give("jane4")
    (finding,) = atom.found()
    atom.play("apply", decisions=[{"id": finding["mark"], "decision": "remove"}], limit=50)
    assert atom.tokens("jane4") == ["revoked"]
    assert atom.found() == []
