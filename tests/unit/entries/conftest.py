# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One simulated server of each system for the tests of this folder, with a fresh state whenever it is asked for."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Client
from ansible_collections.people.lifecycle.plugins.module_utils._core.outcome import Outcome
from ansible_collections.people.lifecycle.plugins.module_utils._core.rules import Objection, Rule
from ansible_collections.people.lifecycle.plugins.module_utils._core.system import System
from sandbox.atom import AnyMagistrala
from sandbox.server import Sandbox, running
from unit.sandbox.iq_openapi import WitnessedIq

pytest.register_assert_rewrite("unit.iics.server", "unit.iq.server", "unit.magistrala.server")
from unit.iics.server import Recording  # noqa: E402
from unit.iics.server import Server as IicsServer  # noqa: E402
from unit.iq.server import Server as IqServer  # noqa: E402
from unit.magistrala.server import Server as MagistralaServer  # noqa: E402

Fresh = t.Callable[[str], t.Any]
Objections = list[tuple[str, str]]


@pytest.fixture(scope="session")
def sandbox() -> t.Iterator[Sandbox]:
    with running(Recording(), WitnessedIq(), AnyMagistrala()) as sandbox:
        yield sandbox


@pytest.fixture
def fresh(sandbox: Sandbox) -> Fresh:
    """Makes the fresh server of a system, of the newest generation; of Magistrala, Atom and the one before it."""

    def server(name: str) -> t.Any:
        if name == "iics":
            return IicsServer(sandbox)
        if name == "magistrala":
            return MagistralaServer(sandbox, profile="v0.30")
        if name == "atom":
            return MagistralaServer(sandbox, profile="atom")
        system = sandbox.apps["iq"].system
        assert isinstance(system, WitnessedIq)
        system.url, system.app = sandbox.urls["iq"], sandbox.apps["iq"]
        return IqServer(system)

    return server


@pytest.fixture
def objections(monkeypatch: pytest.MonkeyPatch) -> Objections:
    """Which rule objected to the entry of which user name, in the order of the objections."""
    found: Objections = []
    rules = System.rules

    def watched(rule: Rule) -> Rule:
        def judge(outcomes: t.Sequence[Outcome], client: Client) -> t.Iterator[Objection]:
            for outcome, reason in rule.judge(outcomes, client):
                found.append((rule.name, outcome.username))
                yield outcome, reason

        return rule._replace(judge=judge)

    monkeypatch.setattr(System, "rules", property(lambda self: tuple(map(watched, rules.fget(self)))))
    return found
