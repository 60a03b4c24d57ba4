# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Magistrala of any generation: what serves its port is chosen by the profile, anew at every reset."""

from __future__ import annotations

import contextlib
import typing as t

from .. import magistrala
from ..system import Clock, System
from .system import Atom

ATOM = {"atom": False, "atom-newer": True}
PROFILES = (*magistrala.PROFILES, *ATOM)


def chosen(profile: str = "v0.30", **switches: t.Any) -> System:
    """A fresh system of a profile. Raises ValueError for an unknown one."""
    if profile in ATOM:
        return Atom(newer=ATOM[profile], **switches)
    return magistrala.Magistrala(profile=profile, **switches)


class AnyMagistrala(System):
    """Hands everything on to the users service or to Atom."""

    name = "magistrala"

    def __init__(self, **switches: t.Any) -> None:
        self.base_switches = switches
        self.reset()

    def __getattr__(self, name: str) -> t.Any:
        return getattr(self.__dict__["system"], name)

    def reset(self, **switches: t.Any) -> None:
        self.system = chosen(**{**self.base_switches, **switches})

    @property
    def clock(self) -> Clock:  # type: ignore[override]
        return self.system.clock

    @property
    def switches(self) -> t.Any:
        return self.system.switches

    @property
    def refuses_sign_ins(self) -> bool:
        return self.system.refuses_sign_ins

    @refuses_sign_ins.setter
    def refuses_sign_ins(self, refused: bool) -> None:
        self.system.refuses_sign_ins = refused

    def configure(self, **switches: t.Any) -> None:
        self.system.configure(**switches)

    def seed(self, count: int = 0, **options: t.Any) -> None:
        self.system.seed(count, **options)

    def expire_sessions(self) -> None:
        self.system.expire_sessions()

    @contextlib.contextmanager
    def administrator(self) -> t.Iterator[dict[str, str]]:
        with self.system.administrator() as headers:
            yield headers

    def empty_page(self, body: bytes) -> bytes:
        return self.system.empty_page(body)

    def inspect(self, verb: str) -> t.Any:
        return self.system.inspect(verb)

    async def look(self, scope: dict[str, t.Any], receive: t.Callable[..., t.Any]) -> t.Callable[..., t.Any]:
        return await self.system.look(scope, receive)

    async def handle(
        self, scope: dict[str, t.Any], receive: t.Callable[..., t.Any], send: t.Callable[..., t.Any]
    ) -> None:
        await self.system.handle(scope, receive, send)
