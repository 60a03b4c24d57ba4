# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Closed means closed: after an offboarding, every kind of credential of a leaver is tried on every route of Magistrala."""

from __future__ import annotations

import pathlib
import typing as t

import pytest
import requests

from people_actions import act
from people_company import Company
from sandbox.magistrala import SEED_PASSWORD

LEA, JOE, PAT = "lea", "joe", "pat_of-lea-0123456789"
WORK = ("plant-7", "plant-8", "plant-9")  # an operator, the only administrator, a viewer
OFFER = "plant-10"
LEFT = {"profile", "own domains", "new domain"}  # what nobody can close
OWN = LEFT | {"new token", "enable oneself"}  # depends on the kind of token, and on whether they were administrators
Result = dict[str, t.Any]


class Leaver:
    """An administrator of the platform with every kind of credential, before and after they leave."""

    def __init__(self, company: Company, profile: str, folder: pathlib.Path) -> None:
        self.company, self.profile, self.folder = company, profile, folder
        self.app = company.sandbox.apps["magistrala"]
        self.app.act("POST", "reset", {"profile": profile})
        self.system: t.Any = self.app.system
        self.url = company.sandbox.urls["magistrala"]
        accounts = [{"username": name, "role": role, "verified": True} for name, role in ((LEA, "admin"), (JOE, "user"))]
        domains = [
            {"name": "plant-7", "roles": {"operator": [LEA]}},
            {"name": "plant-8", "roles": {"admin": [LEA]}},
            {"name": "plant-9", "roles": {"viewer": [LEA]}},
            {"name": OFFER, "roles": {"viewer": []}, "invitations": [{"user": LEA, "role": "viewer"}]},
        ]
        self.app.act("POST", "seed", {"count": 0, "accounts": accounts, "domains": domains})
        self.app.act("POST", "seed", {"count": 0, "pats": [{"token": PAT, "username": LEA}]})
        self.user = self.system.table.usernames[LEA]
        answer = self.send("POST", "/users/tokens/issue", "", {"username": LEA, "password": SEED_PASSWORD})
        self.access, self.refresh = answer.json()["access_token"], answer.json()["refresh_token"]

    @property
    def ids(self) -> dict[str, str]:
        return {domain.name: domain.id for domain in self.system.domains.all.values()}

    def send(self, method: str, path: str, token: str, body: t.Any = None) -> requests.Response:
        session = requests.Session()
        session.trust_env = False
        headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
        return session.request(method, self.url + path, json=body, headers=headers, timeout=10)

    def offboard(self, **options: t.Any) -> Result:
        given = {"people": [{"id": "E1", "email": f"{LEA}@example.com", "username": LEA}], "systems": ["magistrala"]}
        options = {"connections": self.company.connections(), **given, **options}
        return act(self.folder, "offboard", self.company, **options)

    def routes(self, kind: str) -> dict[str, tuple[str, str, t.Any]]:
        """Every route of interest: method, path and body; the one that opens the account again is the last."""
        person = {
            "first_name": "Eve",
            "last_name": kind,
            "email": f"eve-{kind}@example.com",
            "role": "admin",
            "credentials": {"username": f"eve-{kind}", "secret": SEED_PASSWORD},
        }
        own = f"/users/{self.user.id}"
        joe = f"/users/{self.system.table.usernames[JOE].id}"
        ids = self.ids
        return {
            "profile": ("GET", "/users/profile", None),
            "rename": ("PATCH", own, {"first_name": "Lea", "last_name": kind}),
            "own domains": ("GET", "/domains", None),
            "new domain": ("POST", "/domains", {"name": f"own-{kind}", "route": f"own-{kind}", "alias": f"own-{kind}"}),
            "new token": ("POST", "/pats", {"name": f"late-{kind}", "duration": "87600h"}),
            "all accounts": ("GET", "/users?limit=10&offset=0&status=all", None),
            "an administrator": ("POST", "/users", person),
            "disable another": ("POST", f"{joe}/disable", None),
            **{f"roles of {name}": ("GET", f"/domains/{ids[name]}/roles/members", None) for name in WORK},
            "accept": ("POST", "/invitations/accept", {"domain_id": ids[OFFER]}),
            "enable oneself": ("POST", f"{own}/enable", None),
        }

    def openings(self) -> dict[str, set[str]]:
        """Of each kind of credential, the routes that let it through; the account is as it was afterwards."""
        status = self.user.status
        tokens = {"access": self.access, "personal": PAT}
        signed = self.send("POST", "/users/tokens/issue", "", {"username": LEA, "password": SEED_PASSWORD})
        renewed = self.send("POST", "/users/tokens/refresh", self.refresh)
        if renewed.ok:
            tokens["refreshed"] = renewed.json()["access_token"]
        found = {"password": {"sign in"} if signed.ok else set()}
        for kind, token in tokens.items():
            found[kind] = {name for name, route in self.routes(kind).items() if self.send(*route[:2], token, route[2]).ok}
            self.user.status = status
        return found


@pytest.fixture(params=["early2025", "v0.30"])
def leaver(company: Company, tmp_path: pathlib.Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Leaver:
    monkeypatch.chdir(tmp_path)
    return Leaver(company, request.param, tmp_path)


@pytest.mark.parametrize(
    ("before", "mode"), [("enabled", "disable"), ("enabled", "delete"), ("disabled", "disable"), ("deleted", "disable")]
)
def test_nothing_is_open_but_what_nobody_can_close(leaver: Leaver, before: str, mode: str) -> None:
    leaver.user.status = before
    options = {"mode": mode, "successors": {"magistrala": {"plant-8": JOE}}}
    foreseen = leaver.offboard(check=True, **options)
    assert leaver.company.writes("magistrala") == 0
    done = leaver.offboard(**options)
    leaver.company.forget()
    again = leaver.offboard(**options)
    assert leaver.company.writes("magistrala") == 0 and not again["changed"]
    counts = [result["report"]["counts"]["by_system"] for result in (foreseen, done)]
    assert counts[0] == counts[1] and done["failure"] == again["failure"] == ""

    deleted = "deleted" in (before, f"{mode}d")
    assert leaver.user.status == ("deleted" if deleted else "disabled")
    kinds = {"access", "personal"} | ({"refreshed"} if deleted else set())
    unseen = {"roles of plant-8"} if leaver.profile == "early2025" else set()
    openings = leaver.openings()
    assert openings.pop("password") == set() and openings.keys() == kinds
    for kind, routes in openings.items():
        assert LEFT | unseen <= routes <= OWN | unseen, kind
    assert "enable oneself" in openings["personal"]

    ends = {one["what"].partition(":")[0].partition(",")[0]: one["until"] for one in done["report"]["residual"]}
    assert ends["personal access tokens"] == ends["enabling the account again"] == "no end known"
    assert ends["access tokens that were handed out"] != "no end known"
    assert ("refresh tokens" in ends) is deleted
    assert (ends.get("refresh tokens") == "no end known") is (deleted and leaver.profile == "early2025")
    notes = " ".join(one["what"] for one in done["report"]["manual"])
    assert ("who is in plant-8" in notes) is bool(unseen) and (f"Tell {JOE}" in notes) is not bool(unseen)


def test_whatever_is_open_before_is_closed_by_leaving(leaver: Leaver) -> None:
    """The table proves something: all of it is open to a person who was only disabled."""
    leaver.user.status = "disabled"
    work = {f"roles of {name}" for name in WORK}
    open_before = leaver.openings()
    assert open_before["access"] >= OWN | {"all accounts", "an administrator"} - {"new token"}
    assert open_before["access"] & work


def test_the_last_administrator_fails_every_run_until_somebody_follows(leaver: Leaver) -> None:
    if leaver.profile == "early2025":
        leaver.app.act("POST", "reset", {"profile": leaver.profile})
        people = [{"username": LEA, "verified": True}, {"username": JOE, "verified": True}]
        looks = ["view_role_users", "remove_role_users", "add_role_users", "read"]
        seat = {"admin": [LEA], "steward": {"members": ["admin"], "actions": looks}}
        leaver.app.act("POST", "seed", {"count": 0, "accounts": people, "domains": [{"name": "plant-8", "roles": seat}]})
        leaver.user = leaver.system.table.usernames[LEA]
    results = [leaver.offboard(check=True), leaver.offboard(), leaver.offboard()]
    for result in results:
        (failure,) = result["report"]["failures"]
        assert "stays the administrator of the domain plant-8" in failure["what"]
        assert "offboard_successors" in result["failure"]
        assert result["report"]["residual"], "the account is closed all the same"
    assert leaver.user.status == "disabled"
    done = leaver.offboard(successors={"magistrala": {"plant-8": JOE}})
    assert done["changed"] and done["failure"] == ""


def test_a_token_closes_as_far_as_it_can_and_fails_until_the_rest_is_done(leaver: Leaver) -> None:
    leaver.app.act("POST", "seed", {"count": 0, "pats": [{"token": "pat_admin", "username": "admin"}]})
    url = leaver.company.sandbox.urls["magistrala"]
    by_token = {"magistrala": {"api_url": url, "api_token": "pat_admin"}}
    results = [leaver.offboard(connections=by_token, **check) for check in ({"check": True}, {}, {})]
    assert leaver.user.status == "disabled"
    failures = [[one["what"] for one in result["report"]["failures"]] for result in results]
    if leaver.profile == "early2025":  # there a token may do what its owner may
        assert failures == [[], [], []] and leaver.user.role == "user"
        return
    assert all("personal access token" in str(told) for told in failures)
    assert failures[1] == failures[2] and "api_password" in results[1]["failure"]
    done = leaver.offboard(successors={"magistrala": {"plant-8": JOE}})
    assert done["failure"] == "" and leaver.user.role == "user" and leaver.openings()["access"] <= OWN


def test_successors_are_asked_for_where_there_can_be_some(leaver: Leaver) -> None:
    with pytest.raises(Exception, match="nothing of IQ Server needs a successor"):
        leaver.offboard(successors={"iq": {"plant-8": JOE}})
