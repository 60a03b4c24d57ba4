# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whose an account is, which of them are closed, and which stay: one that stays keeps no other."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._systems import TRAITS
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Modules
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.leaver import read_leavers, read_urgent
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.search import Search
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import (
    NO_DECISIONS,
    Decisions,
    ServiceAccount,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.plan import read_naming

JANE = "jane.smith@example.com"
JOE = "joe.doe@example.com"
OTHER = "other@example.com"
E1 = {"id": "E1", "email": JANE}
Found = dict[str, dict[str, str]]


class Result:
    """What a search over accounts that are just there comes to: ``{system: {user name: address}}``."""

    def __init__(
        self,
        people: t.Any,
        found: Found,
        *,
        urgent: t.Collection[str] = (),
        protected: t.Sequence[str] = (),
        guards: dict[str, t.Any] | None = None,
        down: str = "",
        rows: t.Any = (),
        decisions: Decisions = NO_DECISIONS,
    ) -> None:
        def run(name: str, arguments: dict[str, t.Any], check: bool) -> dict[str, t.Any]:
            system = name.split(".")[-1].partition("_")[0]
            assert check
            if system == down:
                return {"failed": True, "msg": "no connection"}
            names = {name.casefold() for name in arguments["usernames"]}
            there = [{"username": name, "email": email} for name, email in found.get(system, {}).items()]
            return {
                "users": [
                    a
                    for a in there
                    if a["username"].casefold() in names or a["email"].casefold() in arguments["emails"]
                ],
                **(guards or {}),
            }

        self.instances = [Modules(name, TRAITS[name], run, {}, None, True) for name in ("iq", "magistrala")]
        leavers = read_leavers(people, "offboard_people")
        others = read_leavers(rows, "offboard_people")
        for leaver in (*leavers, *others):
            leaver.decide(decisions)
        naming = read_naming({}, "offboard_naming")
        self.search = Search(leavers, self.instances, naming, decisions, urgent, [*leavers, *others])
        self.search.run()
        self.search.refuse(99, len(leavers), protected)

    def closed(self, system: str = "iq") -> set[str]:
        """User names of the accounts that would be closed in a system."""
        (modules,) = (each for each in self.instances if each.name == system)
        return {entry["username"] for entry in self.search.entries(modules) if entry["current"]}

    def kept(self, system: str = "iq") -> dict[str, tuple[str, str]]:
        """What stays, by user name: the line's action and its sentence."""
        (modules,) = (each for each in self.instances if each.name == system)
        return {line.username: (line.action, line.error or " ".join(line.notes)) for line in self.search.held(modules)}

    def reason(self, action: str, username: str, system: str = "iq") -> str:
        told, sentence = self.kept(system)[username]
        assert told == action
        return sentence


def test_what_has_the_address_is_closed_beside_what_the_record_names() -> None:
    record = {**E1, "accounts": {"iq": {"username": ["jane2", "jane3"]}}}
    found = Result([record], {"iq": {"jane2": "", "jane3": JANE.upper(), "jsmith": JANE}})
    assert found.closed() == {"jane2", "jane3", "jsmith"} and found.kept() == {}


def test_a_record_cannot_name_the_account_of_another_address() -> None:
    record = {**E1, "accounts": {"iq": {"username": "admin"}}}
    found = Result([record], {"iq": {"admin": OTHER, "jsmith": JANE}})
    assert found.closed() == {"jsmith"}
    question = found.reason("held", "admin")
    assert f"belongs to {OTHER}. Is it theirs?" in question and "lifecycle_account_names" in question


def test_what_was_reviewed_names_any_account() -> None:
    found = Result([E1], {"iq": {"admin": OTHER}}, decisions=Decisions({"E1": {"iq": "Admin", "magistrala": "new"}}))
    assert found.closed() == {"admin"}


def test_a_name_alone_is_a_question_also_beside_their_own_account() -> None:
    found = Result([E1], {"iq": {"jsmith": JANE, "jane.smith": OTHER}})
    assert found.closed() == {"jsmith"}
    assert f"The account has the name of E1, and belongs to {OTHER}. Is it theirs?" in found.reason(
        "held", "jane.smith"
    )


def test_the_name_of_a_former_address_is_a_question() -> None:
    found = Result([{**E1, "former_emails": ["jane.brown@example.com"]}], {"iq": {"jane.brown": OTHER}})
    assert found.closed() == set() and "Is it theirs?" in found.reason("held", "jane.brown")


def test_a_former_address_of_the_record_is_a_question_and_a_reviewed_one_closes() -> None:
    married = {"id": "E1", "email": OTHER, "former_emails": [JANE]}
    found = {"iq": {"jsmith": JANE, "jane.other": OTHER}}
    assert Result([married], found).closed() == {"jane.other"}
    assert "a former address that the record gives" in Result([married], found).reason("held", "jsmith")
    assert Result([married], found, decisions=Decisions(former={"E1": [JANE]})).closed() == {"jsmith", "jane.other"}


def test_no_question_about_an_account_whose_owner_is_known() -> None:
    names = {"iq": {"jane.smith": JOE}}
    assert Result([E1, {"id": "E2", "email": JOE}], names).kept() == {}
    assert Result([E1], names, decisions=Decisions({"E2": {"iq": "jane.smith"}})).kept() == {}
    service = ServiceAccount("iq", "jane.smith", "ops", "builds", "2027-01-01")
    assert Result([E1], names, decisions=Decisions(service_accounts=(service,))).kept() == {}


@pytest.mark.parametrize(
    "people",
    [
        [JANE, {**E1, "accounts": {"iq": {"username": "x1"}}}],
        [{**E1, "accounts": {"iq": {"username": "x1"}}}, JANE.upper()],
        [{"id": "E1", "accounts": {"iq": {"username": "x1"}}}, {"id": "e1", "email": JANE}],
        ["jsmith", {**E1, "username": "JSmith", "accounts": {"iq": {"username": "x1"}}}],
        [JANE, "jsmith", {"username": "jsmith", "email": JANE, "accounts": {"iq": {"username": "x1"}}, "id": "E1"}],
        '[{"id": "E1", "email": "jane.smith@example.com", "accounts": {"iq": {"username": "x1"}}}]',
    ],
)
def test_entries_about_one_person_are_one(people: t.Any) -> None:
    (leaver,) = read_leavers(people, "offboard_people")
    assert leaver.id.casefold() == "e1" and leaver.given == {JANE} and leaver.accounts == {"iq": ["x1"]}


def test_two_people_of_one_name_are_two() -> None:
    assert len(read_leavers([E1, {"id": "E2", "email": JANE}], "offboard_people")) == 2
    both = [{"username": "jsmith", "email": JANE}, {"username": "jsmith", "email": JOE}]
    assert len(read_leavers(both, "offboard_people")) == 2


def test_the_latest_last_day_counts() -> None:
    (leaver,) = read_leavers([{**E1, "end": "2027-01-31"}, {**E1, "end": "2026-01-31"}, JANE], "offboard_people")
    assert leaver.end == "2027-01-31"


@pytest.mark.parametrize(("one", "other"), [("iq", "magistrala"), ("magistrala", "iq")])
def test_an_address_that_a_named_account_has_is_looked_for_elsewhere(one: str, other: str) -> None:
    found = Result(["jsmith"], {one: {"jsmith": JANE}, other: {"smith-j": JANE}})
    assert (found.closed(one), found.closed(other)) == ({"jsmith"}, {"smith-j"})


def test_an_address_that_people_may_have_written_themselves_closes_nothing() -> None:
    found = Result([E1], {"iq": {JANE: OTHER}, "magistrala": {"boss": OTHER}})
    assert (found.closed("iq"), found.closed("magistrala")) == ({JANE}, set())
    assert "an address that another account of theirs has" in found.reason("held", "boss", "magistrala")


def test_what_another_row_claims_is_held_and_the_rest_is_closed() -> None:
    claim = {"id": "E2", "email": JOE, "former_emails": [JANE]}
    for found in (
        Result([E1, claim], {"iq": {"jsmith": JANE, "joe": JOE}}),
        Result([E1], {"iq": {"jsmith": JANE}}, rows=[claim]),
        Result([E1], {"iq": {"jsmith": JANE}}, decisions=Decisions({"E2": {"iq": "JSMITH"}})),
    ):
        assert "jsmith" not in found.closed() and found.kept()["jsmith"][0] == "held"
    assert Result([E1, claim], {"iq": {"jsmith": JANE, "joe": JOE}}).closed() == {"joe"}


MANY = {f"jane{number}": JANE for number in range(1, 5)}


def test_more_than_three_are_a_doubt_about_those_that_nobody_named() -> None:
    assert Result([E1], {"iq": MANY}).closed() == set()
    assert "4 accounts in IQ Server" in Result([E1], {"iq": MANY}).reason("held", "jane1, jane2, jane3, jane4")
    named = Result([{**E1, "accounts": {"iq": {"username": "jane2"}}}], {"iq": MANY})
    assert named.closed() == {"jane2"} and named.kept()["jane1, jane3, jane4"][0] == "held"


def test_service_accounts_stay_and_do_not_count() -> None:
    service = (ServiceAccount("iq", "JANE4", "platform", "nightly builds", "2027-01-01"),)
    found = Result([E1], {"iq": MANY}, decisions=Decisions(service_accounts=service), urgent=["E1"])
    assert found.closed() == {"jane1", "jane2", "jane3"}
    assert "of platform (nightly builds; to be reviewed by 2027-01-01)" in found.reason("held", "jane4")


def test_somebody_urgent_leaves_in_spite_of_doubt() -> None:
    claim = {"id": "E2", "email": JOE, "former_emails": [JANE]}
    assert Result([E1, claim], {"iq": MANY}, urgent=["E1"]).closed() == {*MANY}
    assert Result([E1], {"iq": {"jsmith": JANE}}, urgent=["E1"], protected=["jsmith"]).closed() == set()
    last = {"caller": "robot", "administrators": ["jsmith"]}
    assert Result([E1], {"iq": {"jsmith": JANE}}, urgent=["E1"], guards=last).closed() == set()


@pytest.mark.parametrize("who", ["E1", "e1", JANE.upper(), "jsmith"])
def test_somebody_urgent_may_be_called_by_any_name_that_an_entry_gives(who: str) -> None:
    leavers = read_leavers([{**E1, "username": "jsmith"}], "offboard_people")
    assert read_urgent({who: "ticket 1"}, leavers, "offboard_now") == {"E1": "ticket 1"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"jane.smiht@example.com": "x"},
            "who is not among the people of this run; did you mean jane.smith@example.com?",
        ),
        ({"E1": " "}, "offboard_now.E1: say why"),
        (["E1"], "offboard_now must be a dictionary"),
    ],
)
def test_somebody_urgent_is_among_the_leavers_and_for_a_reason(given: t.Any, said: str) -> None:
    with pytest.raises(InputError) as refused:
        read_urgent(given, read_leavers([E1], "offboard_people"), "offboard_now")
    assert said in str(refused.value)


TWO = {"iq": {"jsmith": JANE, "joe": JOE}, "magistrala": {"jane-smith": JANE}}


@pytest.mark.parametrize("name", ["e1", JANE.upper(), "jane.smith", "jane-smith", "JSMITH"])
@pytest.mark.parametrize("kind", ["option", "decision"])
def test_protected_by_any_name_that_is_theirs_or_that_a_rule_makes(name: str, kind: str) -> None:
    decided = kind == "decision"
    found = Result(
        [E1, JOE],
        TWO,
        protected=[] if decided else [name],
        decisions=Decisions(protected={"*": [name] if decided else []}),
    )
    assert found.closed("iq") == {"joe"} and found.closed("magistrala") == set()
    assert "_protected" in found.reason("failed", "jsmith") and "_protected" in found.reason(
        "failed", "jane-smith", "magistrala"
    )


@pytest.mark.parametrize("down", ["iq", "magistrala"])
def test_protected_whatever_is_down(down: str) -> None:
    found = Result([E1], TWO, protected=["jane-smith"], down=down)
    up = "magistrala" if down == "iq" else "iq"
    assert found.closed(up) == set() and len(found.kept(up)) == 1


def test_a_protected_account_among_several_keeps_no_other() -> None:
    found = Result(
        [E1], {"iq": {"jsmith": JANE, "admin": JANE}, "magistrala": {"jane-smith": JANE}}, protected=["admin"]
    )
    assert found.closed("iq") == {"jsmith"} and found.closed("magistrala") == {"jane-smith"}
    assert found.reason("failed", "admin") == "admin is in offboard_protected."


def test_protected_in_one_system_only() -> None:
    found = Result([E1, JOE], TWO, decisions=Decisions(protected={"iq": [JANE]}))
    assert found.closed("iq") == {"joe"} and found.closed("magistrala") == {"jane-smith"}
    assert found.reason("failed", "jsmith") == f"{JANE} is in lifecycle_protected."


def test_the_calling_account_stays_and_the_others_are_closed() -> None:
    found = Result([E1, JOE], TWO, guards={"caller": "JSmith", "administrators": ["root"]})
    assert found.closed("iq") == {"joe"} and found.closed("magistrala") == {"jane-smith"}
    assert found.reason("failed", "jsmith") == "JSmith is the account that this run uses in IQ Server."


def test_the_last_administrators_stay_and_the_others_are_closed() -> None:
    iq = {"iq": {"jsmith": JANE, "joe": JOE, "jim": "jim@example.com"}}
    people = [E1, JOE, "jim@example.com"]
    found = Result(people, iq, guards={"caller": "robot", "administrators": ["jsmith", "JOE"]})
    assert found.closed() == {"jim"}
    assert found.reason("failed", "joe") == "Nobody would be left to administer IQ Server: jsmith, joe would leave."
    assert Result(people, iq, guards={"caller": "robot", "administrators": ["jsmith", "root"]}).closed() == {
        "jsmith",
        "joe",
        "jim",
    }
