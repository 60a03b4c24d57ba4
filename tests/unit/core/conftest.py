# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A toy service to talk to, and no waiting."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import Redactor
from ansible_collections.people.lifecycle.plugins.module_utils._http import retry
from ansible_collections.people.lifecycle.plugins.module_utils._http.connection import Connection
from ansible_collections.people.lifecycle.plugins.module_utils._http.session import Session
from ansible_collections.people.lifecycle.plugins.module_utils._http.sign_in import SignIn
from toy import Served, toy_service


@pytest.fixture(scope="module")
def one_toy() -> t.Iterator[Served]:
    with toy_service() as served:
        yield served


@pytest.fixture
def toy(one_toy: Served) -> Served:
    one_toy.app.faults.clear()
    one_toy.app.journal.clear()
    one_toy.toy.reset()
    return one_toy


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the client would have waited, each time; it does not."""
    asked: list[float] = []
    wait_before = retry.wait_before

    def no_wait(repeat: int, seconds: float | None) -> float:
        asked.append(wait_before(repeat, seconds))
        return 0.0

    monkeypatch.setattr(retry, "wait_before", no_wait)
    return asked


Connect = t.Callable[..., Session]


@pytest.fixture
def connect() -> t.Iterator[Connect]:
    """Makes sessions that are closed in the end; what is named here is for them, the rest for the connection."""
    sessions: list[Session] = []

    def make(
        url: str,
        read_only: bool = False,
        words: t.Any = None,
        secrets: t.Any = (),
        sign_in: SignIn[t.Any] | None = None,
        headers: t.Any = dict,
        **options: t.Any,
    ) -> Session:
        connection = Connection(url=url, **{"timeout": 5.0, "retries": 2, **options})
        session = Session(
            "Toy",
            connection,
            redactor=Redactor(secrets),
            read_only=read_only,
            words=words,
            sign_in=sign_in,
            headers=headers,
        )
        sessions.append(session)
        return session

    yield make
    for session in sessions:
        session.close()
