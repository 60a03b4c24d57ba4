# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Seeding, faults, rate limit and switches of the simulated IICS."""

from __future__ import annotations

import dataclasses

import pytest
import requests

from sandbox.iics import Iics, IicsSwitches
from unit.sandbox.iics_client import Client, code, names


def test_seeded_people(iics: Client) -> None:
    iics.seed(2)
    iics.seed(1, role="Data Preview", groups=["Platform"])
    person = iics.account("person-00001@example.com")
    assert (person["firstName"], person["lastName"], person["state"]) == ("Person", "00001", "Active")
    assert names(person["roles"], "roleName") == ["Designer"]
    third = iics.account("person-00003@example.com")
    assert (names(third["roles"], "roleName"), names(third["groups"], "userGroupName")) == (
        ["Data Preview"],
        ["Platform"],
    )


@pytest.mark.parametrize("data", [{"count": 1001}, {"count": 1, "role": "Nothing"}, {"count": 1, "colour": "red"}])
def test_refused_seed(iics: Client, data: dict[str, object]) -> None:
    assert requests.post(iics.url + "/_sandbox/seed", json=data).status_code == 400


def test_many_are_seeded() -> None:
    iics = Iics(object_limit=20_000)
    iics.seed(10_000)
    assert len(iics.directory.users) == 10_001


def test_reset_forgets_people_and_sessions(iics: Client) -> None:
    iics.seed(3)
    iics.control("reset", {})
    assert iics.v3("GET", "users").status_code == 401
    iics.sign_in()
    assert len(iics.v3("GET", "users").json()) == 1


def test_expired_sessions(iics: Client) -> None:
    iics.control("faults", [{"kind": "expire_sessions", "path": ".*/users"}])
    assert iics.v3("GET", "users").status_code == 401
    iics.sign_in()
    assert iics.v3("GET", "users").status_code == 200


def test_empty_page(iics: Client) -> None:
    iics.control("faults", [{"kind": "empty_page", "times": 2}])
    assert iics.v3("GET", "users").json() == []
    assert iics.v2("GET", headers={"Accept": "application/xml"}).text.endswith("<root/>")
    assert len(iics.v3("GET", "users").json()) == 1


def test_journal_holds_no_secret(iics: Client) -> None:
    iics.v3("GET", "users?q=userName==a%20b")
    journal = requests.get(iics.url + "/_sandbox/journal").json()
    assert journal[-1] == {
        "method": "GET",
        "path": "/saas/public/core/v3/users?q=userName==a%20b",
        "status": 200,
    }
    assert iics.session_id not in str(journal)


@pytest.mark.parametrize("retry_after", ["", "3"])
def test_rate_limit(iics: Client, retry_after: str) -> None:
    iics.switch(rate_limit=2, rate_window=60, retry_after=retry_after)
    assert [iics.v3("GET", "roles").status_code for _request in range(3)] == [200, 200, 429]
    refused = iics.v2("GET")
    assert (refused.status_code, refused.json()["description"]) == (429, "too many requests")
    assert refused.headers.get("Retry-After", "") == retry_after
    iics.advance(minutes=1)
    iics.switch(rate_limit_status=503)
    assert [iics.v3("GET", "roles").status_code for _request in range(3)] == [200, 200, 503]


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_unknown_path_of_v3(iics: Client, method: str) -> None:
    """As real organizations answer: the problem details of RFC 7807."""
    answer = iics.v3(method, "runtime%20Environments?limit=1")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert answer.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "No static resource core/v3/runtime Environments.",
        "instance": "/saas/public/core/v3/runtime%20Environments",
        "properties": None,
    }


def test_unknown_path_elsewhere(iics: Client) -> None:
    assert code(iics.v2("GET", "/name/jane/doe")) == "SIM_NOT_FOUND"
    assert requests.get(iics.url + "/").status_code == 404


def test_switches_are_checked() -> None:
    with pytest.raises(ValueError, match="create_status must be one of 200, 201"):
        IicsSwitches(create_status=202)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Iics(no_such_switch=True)


def test_switches_are_shown(iics: Client) -> None:
    shown = requests.get(iics.url + "/_sandbox/switches").json()
    assert shown == dataclasses.asdict(IicsSwitches())
