# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Another client writes between two requests, through the system's own handling and unnoticed by journal and faults."""

from __future__ import annotations

import dataclasses
import functools
import typing as t

import pytest
import requests

from sandbox.control import Controlled
from sandbox.faults import Fault
from sandbox.iics import Iics
from sandbox.iq import Iq
from sandbox.magistrala import Magistrala
from sandbox.meanwhile import Errand, ask
from sandbox.server import Sandbox, running
from sandbox.system import System
from unit.sandbox.iics_client import Client
from unit.sandbox.iq_server import ADMIN as IQ_ADMIN
from unit.sandbox.magistrala_api import person

TED = {"username": "ted", "password": "secret", "firstName": "Ted", "lastName": "Baker", "email": "ted@example.com"}


@dataclasses.dataclass
class Service:
    """One system as a client under test meets it: how it creates the account that others create meanwhile."""

    app: Controlled
    send: t.Callable[..., requests.Response]
    path: str
    body: dict[str, t.Any]
    names: t.Callable[[], list[str]]

    @property
    def creation(self) -> dict[str, t.Any]:
        return {"method": "POST", "path": self.path, "json": self.body}

    def create(self) -> int:
        return self.send("POST", self.path, json=self.body, timeout=5).status_code

    def fault(self, **options: t.Any) -> None:
        self.app.faults.append(Fault("meanwhile", method="POST", path=self.path, **options))


def iics_service(app: Controlled, url: str) -> Service:
    client = Client(url)
    client.sign_in()
    system = t.cast(Iics, app.system)
    body = {"name": "ted", "firstName": "Ted", "lastName": "Baker", "email": "ted@example.com"}
    role = next(role.id for role in system.directory.roles.values() if role.name == "Designer")

    def send(method: str, path: str, **options: t.Any) -> requests.Response:
        return requests.request(method, url + path, headers={"INFA-SESSION-ID": client.session_id}, **options)

    return Service(
        app,
        send,
        "/saas/public/core/v3/users",
        {**body, "roles": [role]},
        lambda: [user.name for user in system.directory.users.values()],
    )


def iq_service(app: Controlled, url: str) -> Service:
    def send(method: str, path: str, **options: t.Any) -> requests.Response:
        return requests.request(method, url + path, auth=IQ_ADMIN, **options)

    state = t.cast(Iq, app.system).state
    return Service(app, send, "/api/v2/users", TED, lambda: [user.username for user in state.users.values()])


def magistrala_service(app: Controlled, url: str) -> Service:
    system = t.cast(Magistrala, app.system)
    login = requests.post(url + "/users/tokens/issue", json={"username": "admin", "password": "12345678"}, timeout=5)
    headers = {"Authorization": f"Bearer {login.json()['access_token']}"}

    def send(method: str, path: str, **options: t.Any) -> requests.Response:
        return requests.request(method, url + path, headers=headers, **options)

    return Service(app, send, "/users", person("ted"), lambda: [user.username for user in system.table.users.values()])


SYSTEMS: dict[str, tuple[t.Callable[[], System], t.Callable[[Controlled, str], Service], int]] = {
    "iics": (Iics, iics_service, 400),
    "iq": (Iq, iq_service, 400),
    "magistrala": (Magistrala, magistrala_service, 400),
    "early2025": (functools.partial(Magistrala, profile="early2025"), magistrala_service, 422),
}


@pytest.fixture(scope="module")
def sandbox() -> t.Iterator[Sandbox]:
    with running(instances={name: system() for name, (system, dummy, dummy) in SYSTEMS.items()}) as sandbox:
        yield sandbox


@pytest.fixture(params=SYSTEMS)
def service(sandbox: Sandbox, request: pytest.FixtureRequest) -> Service:
    app = sandbox.apps[request.param]
    app.act("POST", "reset", {})
    service = SYSTEMS[request.param][1](app, sandbox.urls[request.param])
    app.journal.clear()
    return service


@pytest.fixture
def taken(request: pytest.FixtureRequest) -> int:
    """The status of a creation under a name that is taken."""
    return SYSTEMS[request.node.callspec.params["service"]][2]


def test_the_name_is_taken_just_before(service: Service, taken: int) -> None:
    service.fault(requests=[service.creation])
    assert service.create() == taken
    assert service.names().count("ted") == 1
    assert [line.status for line in service.app.journal] == [taken], "what others do is not in the journal"
    assert [(line.method, line.path) for line in service.app.meanwhile] == [("POST", service.path)]
    assert len(service.app.writes()) == 1


def test_just_after_and_before_the_answer(service: Service, taken: int) -> None:
    service.fault(requests=[{**service.creation, "status": str(taken)}], after=True)
    assert service.create() in (201, 204)
    assert [line.status for line in service.app.meanwhile] == [taken], "the account was there already"


def test_another_client_is_struck_by_no_fault(service: Service) -> None:
    service.app.faults = [Fault("status", method="POST", path=service.path, status=503, times=0)]
    service.fault(requests=[service.creation])
    assert service.create() == 503
    assert "ted" in service.names()


def test_nothing_comes_after_what_is_not_processed(service: Service) -> None:
    service.app.faults = [Fault("drop_before", method="POST", path=service.path)]
    service.fault(requests=[service.creation], after=True)
    with pytest.raises(requests.ConnectionError):
        service.create()
    assert "ted" not in service.names() and service.app.meanwhile == []


def test_the_answer_is_lost_and_another_client_acted_after_it(service: Service, taken: int) -> None:
    service.app.faults = [Fault("drop_after", method="POST", path=service.path)]
    service.fault(requests=[{**service.creation, "status": str(taken)}], after=True)
    with pytest.raises(requests.ConnectionError):
        service.create()
    assert [line.status for line in service.app.meanwhile] == [taken]


def test_what_cannot_be_done_is_told(service: Service) -> None:
    service.fault(requests=[{"method": "GET", "path": "/nothing/like/this"}])
    answer = service.send("POST", service.path, json=service.body, timeout=5)
    assert answer.status_code == 500
    assert "GET /nothing/like/this was answered 404, not 2.." in answer.json()["error"]
    assert "ted" not in service.names()


def test_refused_sign_ins_and_ended_sessions_leave_the_other_client_alone(service: Service) -> None:
    service.app.act("POST", "sign-ins", {"refused": True})
    service.app.act("POST", "expire", {})
    service.fault(requests=[service.creation])
    assert service.create() == 401
    assert "ted" in service.names()


def test_it_leaves_no_session(service: Service) -> None:
    system = service.app.system
    live = {
        "iics": lambda s: s.sessions.by_id,
        "iq": lambda s: s.state.tokens,
        "magistrala": lambda s: s.tokens.sessions,
    }
    before = set(live[system.name](system))
    service.fault(requests=[service.creation])
    service.create()
    assert set(live[system.name](system)) == before


def test_a_function_acts(service: Service) -> None:
    seen: list[System] = []
    service.fault(act=seen.append)
    assert service.create() in (201, 204)
    assert seen == [service.app.system]


def test_a_coroutine_asks_and_acts_on_the_answer(service: Service) -> None:
    answers: list[int] = []

    async def act(system: System) -> None:
        answers.append((await ask(system, Errand("POST", service.path, service.body))).status)
        answers.append((await ask(system, Errand("POST", service.path, service.body, status="4.."))).status)

    service.fault(act=act)
    service.create()
    assert answers[0] in (201, 204) and answers[1] >= 400


def test_where_nobody_is_administrator(service: Service) -> None:
    system = service.app.system
    if isinstance(system, Iics):
        system.directory.users.clear()
    elif isinstance(system, Iq):
        system.state.everything.members.clear()
    elif isinstance(system, Magistrala):
        system.admins.clear()
    service.fault(requests=[service.creation])
    answer = service.send("POST", service.path, json=service.body, timeout=5)
    assert answer.status_code == 500 and "LookupError" in answer.json()["error"]


def test_by_the_control_api(service: Service) -> None:
    rule = {"kind": "meanwhile", "method": "POST", "path": service.path, "requests": [service.creation]}
    service.app.act("POST", "faults", [rule])
    service.create()
    [line] = service.app.act("GET", "meanwhile", {})
    assert (line["method"], line["path"]) == ("POST", service.path)
    service.app.act("POST", "journal", {"clear": True})
    assert service.app.act("GET", "meanwhile", {}) == []


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "meanwhile"},
        {"kind": "status", "requests": [{"method": "GET", "path": "/"}]},
        {"kind": "meanwhile", "act": "print"},
        {"kind": "meanwhile", "requests": [{"method": "GET"}]},
    ],
)
def test_rules_that_make_no_sense(rule: dict[str, t.Any]) -> None:
    with pytest.raises((ValueError, TypeError)):
        Controlled(Iq()).act("POST", "faults", [rule])


def test_a_path_is_taken_as_it_is() -> None:
    with running(Iq()) as sandbox:
        app = sandbox.apps["iq"]
        app.act("POST", "seed", {"count": 0, "saml": ["a b"]})
        app.faults = [Fault("meanwhile", requests=[{"method": "DELETE", "path": "/api/v2/users/a%20b?realm=SAML"}])]
        requests.get(sandbox.urls["iq"] + "/api/v2/users", auth=IQ_ADMIN, timeout=5)
        assert [line.status for line in app.meanwhile] == [204]
