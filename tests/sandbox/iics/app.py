# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulated organization as one application: sessions, permissions, request limit, dispatch."""

from __future__ import annotations

import contextlib
import typing as t

from ..faults import read_body
from ..system import System
from . import seeding
from .call import Call
from .directory import Directory, fresh_directory
from .http import EmptyNotFound, Refusal, Reply, Request, UnknownPath, problem_reply, refusal_reply
from .routes import Route, find
from .sessions import Sessions
from .switches import IicsSwitches


class Iics(System):
    """Informatica IICS with one organization, one administrator and three user groups."""

    name = "iics"
    Switches = IicsSwitches
    switches: IicsSwitches
    directory: Directory
    sessions: Sessions

    def start(self) -> None:
        self.began = self.clock.now()
        self.directory = fresh_directory(self.began)
        self.sessions = Sessions(self)
        self.seeded = 0
        self.window: tuple[float, int] = (0.0, 0)
        self.directory.show_anonymous(self.switches.anonymous_user, self.clock.now())

    def configure(self, **switches: t.Any) -> None:
        super().configure(**switches)
        self.directory.show_anonymous(self.switches.anonymous_user, self.clock.now())

    def seed(
        self, count: int, role: str = "Designer", people: t.Sequence[dict[str, t.Any]] = (), **options: t.Any
    ) -> None:
        """Add ``count`` people ``person-00001@example.com`` and so on, and those described in ``people``.

        ``options`` (see ``seeding.add_person``) hold for each of the counted ones. Raises ValueError beyond the
        organization's object limit.
        """
        if self.directory.objects + count + len(people) > self.switches.object_limit:
            raise ValueError("more than object_limit allows")
        now = self.clock.now()
        for number in range(self.seeded + 1, self.seeded + count + 1):
            person = {
                "name": f"person-{number:05}@example.com",
                "last_name": f"{number:05}",
                "roles": [role],
                **options,
            }
            seeding.add_person(self.directory, now, person)
        self.seeded += count
        for person in people:
            seeding.add_person(self.directory, now, person)

    def expire_sessions(self) -> None:
        self.sessions.by_id.clear()

    @contextlib.contextmanager
    def administrator(self) -> t.Iterator[dict[str, str]]:
        """A session of the first account that has the role Admin, for both API versions."""
        user = next((user for user in self.directory.users.values() if user.is_admin), None)
        if user is None:
            raise LookupError("nobody in the organization has the role Admin")
        identifier = self.sessions.open(user)
        try:
            yield {"INFA-SESSION-ID": identifier, "icSessionId": identifier}
        finally:
            self.sessions.close(identifier)

    def empty_page(self, body: bytes) -> bytes:
        if body.startswith(b"<"):
            return b'<?xml version="1.0" encoding="UTF-8"?>\n<root/>'
        return b"[]" if body.startswith(b"[") else body

    def full_page(self, content: t.Any, turn: int) -> t.Any:
        if not isinstance(content, list):
            return content
        somebody = {
            "userName": "",
            "firstName": "",
            "lastName": "",
            "email": "",
            "state": "Enabled",
            "roles": [],
            "groups": [],
        }
        return [{**somebody, "id": f"{turn}-{n}", "userName": f"{turn}-{n}@example.com"} for n in range(200)]

    async def handle(
        self, scope: dict[str, t.Any], receive: t.Callable[..., t.Any], send: t.Callable[..., t.Any]
    ) -> None:
        reply = self.reply(Request(scope, await read_body(receive)))
        headers = list(reply.headers)
        if reply.body:
            headers.append((b"content-type", reply.content_type))
        if reply.status != 204:
            headers.append((b"content-length", str(len(reply.body)).encode()))
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        await send({"type": "http.response.body", "body": reply.body})

    def reply(self, request: Request) -> Reply:
        try:
            self.count_request()
            route, arguments = find(request.method, request.path)
            call = Call(self, request, arguments)
            self.admit(call, route)
            return route.act(call)
        except Refusal as refusal:
            return refusal_reply(request, refusal)
        except UnknownPath:
            return problem_reply(request)
        except EmptyNotFound:
            return Reply(404)

    def count_request(self) -> None:
        """Refuse what exceeds the rate limit; the text is documented, status and Retry-After are not."""
        switches = self.switches
        if not switches.rate_limit:
            return
        began, count = self.window
        now = self.clock.now()
        if now - began >= switches.rate_window:
            began, count = now, 0
        self.window = (began, count + 1)
        if count >= switches.rate_limit:
            headers = [(b"retry-after", switches.retry_after.encode())] if switches.retry_after else []
            raise Refusal(switches.rate_limit_status, "SIM_RATE_LIMIT", "too many requests", headers=headers)

    def admit(self, call: Call, route: Route) -> None:
        """Find the caller's session, prolong it, and refuse who may not call; the code of the 401 is unknown."""
        if route.access == "open" or (route.access == "reset" and not self.switches.reset_needs_session):
            return
        v2 = call.request.is_v2
        identifier = call.request.header(call.request.session_header)
        session = self.sessions.find(identifier)
        if session is None:
            status = self.switches.invalid_session_status_v2 if v2 else self.switches.invalid_session_status
            raise Refusal(status, "SIM_INVALID_SESSION", "The session is not valid or has expired.")
        session.used = call.now
        call.session_id, call.caller = identifier, session.user
        if route.access == "admin" and not session.user.is_admin:
            if self.switches.without_admin_role == "empty 404":
                raise EmptyNotFound
            raise Refusal(403, "SIM_FORBIDDEN", "The user does not have the required privileges.")
