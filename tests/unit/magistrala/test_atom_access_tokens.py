# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Access tokens of others, which Atom tells an administrator."""

from __future__ import annotations

import datetime
import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import BadAnswer
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.access_tokens import view
from sandbox.atom.access_tokens import add_token
from unit.magistrala.server import SEEDED, AtomServer, Server
from unreadable import answers

HOUR = 3_600_000_000  # in microseconds
PERSON = "person-00001"
ASKED = r"/graphql#.*accessTokens.*"


def give(atom: AtomServer, owner: str, name: str, **differs: t.Any) -> str:
    """Somebody gets a token; returns its id."""
    state = atom.system.state
    credential = add_token(state, state.directory.holder("name", "", owner), name)
    for field, value in differs.items():
        setattr(credential, field, value)
    return str(credential.id)


def tokens(atom: AtomServer, **options: t.Any) -> dict[str, list[dict[str, t.Any]]]:
    result = atom.info(status="all", tokens=True, **options)
    assert not result["failed"], result
    return {user["username"]: user["access_tokens"] for user in result["users"]}


def test_who_has_which(atom: AtomServer) -> None:
    atom.seed(3, disabled=1, deleted=1)
    now = atom.system.state.stamp()
    kept = give(atom, PERSON, "ci", last_used_at=now - HOUR, expires_at=now + HOUR)
    give(atom, PERSON, "revoked", status="revoked")
    give(atom, "person-00002", "ended", expires_at=now - HOUR)
    found = tokens(atom)
    (token,) = found[PERSON]
    assert (token["id"], token["name"], token["expired"]) == (kept, "ci", False)
    assert token["created_at"] and token["created_at"] > token["last_used_at"] > "2026"
    assert token["expires_at"] > token["created_at"]
    (ended,) = found["person-00002"]
    assert (ended["name"], ended["expired"], ended["last_used_at"]) == ("ended", True, "")
    assert found["admin"] == found["person-00003"] == []
    assert "atom_" not in str(found)


def test_nobody_is_asked_about_where_they_are_not_wanted(atom: AtomServer) -> None:
    atom.seed(1)
    give(atom, PERSON, "ci")
    assert all("access_tokens" not in user for user in atom.info(status="all")["users"])
    assert not any("accessTokens" in line for line in atom.asked())


def test_fifty_accounts_in_one_request_and_all_pages_of_one(atom: AtomServer) -> None:
    atom.seed(119)
    for number in range(101):
        give(atom, PERSON, f"ci-{number}")
    found = tokens(atom)
    assert len(found[PERSON]) == len({token["id"] for token in found[PERSON]}) == 101
    assert sum("accessTokens" in line for line in atom.asked()) == 3 + 1


def test_somebody_without_rights_gets_the_own_ones(atom: AtomServer) -> None:
    atom.seed(1)
    give(atom, PERSON, "ci")
    own = atom.info(profile=True, tokens=True, **SEEDED)
    assert [token["name"] for token in own["users"][0]["access_tokens"]] == ["ci"]
    assert atom.info(usernames=["admin"], tokens=True, **SEEDED)["failed"]


def test_one_that_cannot_be_read_spoils_no_other(atom: AtomServer) -> None:
    atom.seed(60)
    for name in ("person-00002", "person-00060"):
        give(atom, name, "ci")

    def vanish(system: t.Any) -> None:
        system.state.directory.holder("name", "", PERSON).deleted_at = system.state.stamp()

    atom.faults({"kind": "meanwhile", "path": ASKED, "act": vanish})
    result = atom.info(status="all", tokens=True, guards=True)
    assert not result["failed"], result
    found = {user["username"]: user.get("access_tokens") for user in result["users"]}
    assert [name for name, held in found.items() if held is None] == [PERSON]
    assert {name for name, held in found.items() if held} == {"person-00002", "person-00060"}
    (sentence,) = result["unseen"]
    assert sentence.startswith(f"{PERSON} may have access tokens: ") and sentence in str(result["warnings"])


@pytest.mark.parametrize("fault", answers(400, 403))
def test_what_nobody_could_read_is_told_of_nobody(atom: AtomServer, fault: dict[str, t.Any]) -> None:
    atom.seed(7)
    atom.faults({**fault, "path": ASKED, "times": 0})
    result = atom.info(status="all", tokens=True, guards=True, retries=0)
    if not result["failed"]:  # a service of which no answer can be read seems to be gone
        assert all("access_tokens" not in user for user in result["users"])
        (sentence,) = result["unseen"]
        assert " and 3 more may have access tokens: " in sentence
    assert result["failed"] == (fault["kind"] != "status")
    assert not atom.info(status="all")["failed"]


def test_servers_before_atom_tell_nothing(server: Server) -> None:
    assert all("access_tokens" not in user for user in server.info(status="all", tokens=True)["users"])


def test_an_end_that_is_no_point_in_time_is_no_answer() -> None:
    now = datetime.datetime.now(datetime.timezone.utc)
    with pytest.raises(BadAnswer, match="no point in time"):
        view({"id": "1", "name": "ci", "expiresAt": "soon"}, now)
