# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Magistrala without its proxy: the users service and the domains service, each with an address of its own."""

from __future__ import annotations

import typing as t

from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from ..system import System
from .system import Magistrala

DOMAINS = ("/domains", "/invitations")
NOTHING = PlainTextResponse("404 page not found\n", 404)


class UsersService(Magistrala):
    """All but domains; those are known here, and asked for at ``DomainsService``."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = NOTHING if scope["path"].startswith(DOMAINS) else super().handle
        await answer(scope, receive, send)


class DomainsService(System):
    """The domains that a users service knows; ``invitations`` are a service of their own in early servers."""

    name = "magistrala"
    Switches = Magistrala.Switches

    def __init__(self, users: UsersService) -> None:
        self.users = users
        self.paths: tuple[str, ...] = DOMAINS
        super().__init__()

    def start(self) -> None:
        """The state is the users service's."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        here = scope["path"].startswith(self.paths)
        answer: t.Callable = super(UsersService, self.users).handle if here else NOTHING
        await answer(scope, receive, send)
