# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Records of people that cannot be taken as they are: each is refused with where it stands and what to do."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.leaver import read_leavers
from ansible_collections.people.lifecycle.plugins.plugin_utils.people import roster
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import (
    read_former_emails,
    read_protected,
    read_service_accounts,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.places import NOWHERE, Source

SERVICE = {"instance": "iq", "username": "ci", "owner": "Platform", "reason": "builds", "review_by": "2027-01-31"}


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        ({"email": "jane@example.com", "emial": "x"}, "'emial' is not a field of a leaver; did you mean email?"),
        ({"email": "jane@example.com", "xyzzy": "x"}, "'xyzzy' is not a field of a leaver."),
        ({"first_name": "Jane"}, "a leaver needs email, username or accounts with a username."),
    ],
)
def test_a_leaver_that_is_not_understood(record: dict[str, t.Any], sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        read_leavers([record], "offboard_people")
    assert sentence in str(refused.value)


def test_a_leaver_without_an_account_in_one_system() -> None:
    (leaver,) = read_leavers([{"username": "jane", "accounts": {"iq": False, "iics": ""}}], "offboard_people")
    assert leaver.accounts == {}


def test_decisions_that_are_not_understood() -> None:
    with pytest.raises(InputError, match=r"former\.E1: 'jane' is not a valid e-mail address\."):
        read_former_emails({"E1": ["jane@example.com", "jane"]}, "former")
    with pytest.raises(InputError, match=r"services must be a list\."):
        read_service_accounts({"iq": "ci"}, "services")
    for wrong, field in (({**SERVICE, "ownr": "x"}, "ownr"), ({"instance": "iq", "username": "ci"}, "owner")):
        with pytest.raises(InputError, match=rf"services, entry 1: .*see '{field}'"):
            read_service_accounts([wrong], "services")
    assert [account.username for account in read_service_accounts([SERVICE], "services")] == ["ci"]
    assert read_protected({"iq": ["root"]}, "protected") == {"iq": ["root"]}


def test_a_file_that_is_too_large_or_has_nobody_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="has nobody in it"):
        roster.read_file("people.yml", content_of=lambda path: b"---\n")
    monkeypatch.setattr(roster, "LARGEST", 10)
    with pytest.raises(InputError, match="is larger than"):
        roster.read_file("people.csv", content_of=lambda path: b"id,email\nE1,jane@example.com\n")


def test_renaming_leaves_what_is_no_record() -> None:
    assert roster.renamed(["jane", {"mail": "jane@example.com"}], {"mail": "email"}) == [
        "jane",
        {"email": "jane@example.com"},
    ]


def test_places_are_told_as_far_as_they_are_known() -> None:
    broken, text = Source("{", "people.json"), Source("[jane, {email: x}]", "people.yml")
    assert (broken.records, broken.place(1)) == ([], "people.json, person 2")
    assert text.fields(0) == NOWHERE and text.fields(7) == NOWHERE
    assert text.fields(1) == {"email": "line 1, column 9"}
