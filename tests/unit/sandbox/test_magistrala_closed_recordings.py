# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Replays what the real services answered to closed accounts, and about domains, invitations and tokens."""

from __future__ import annotations

import re
import typing as t

import pytest

from sandbox.magistrala import Magistrala
from sandbox.server import Sandbox, running
from unit.sandbox import magistrala_unseen as unseen
from unit.sandbox.magistrala_replay import Conversation, Line, lines, server_exchange

EXCHANGES = {"early2025": 205, "v0.30": 259}
UNSEEN = {"early2025": unseen.older, "v0.30": unseen.newer}
CLOSED = re.compile(r"disable|delete|purge|taken role|takes the role")
ENOUGH = 0.98

# Every exchange that the sandbox answers differently, and why.
DIFFERENCES = {
    # a page of a listing without ORDER BY: which rows come second and third is up to the real database
    ("early2025", 167): "which domains are on a page",
}


@pytest.fixture(scope="module")
def sandbox() -> t.Iterator[Sandbox]:
    with running(Magistrala()) as sandbox:
        yield sandbox


def replay(sandbox: Sandbox, profile: str, recorded: list[Line]) -> dict[int, list[str]]:
    """What differs, by the position of the exchange."""
    conversation, steps = Conversation(sandbox, profile=profile), UNSEEN[profile](recorded)
    found = {}
    for position, line in enumerate(recorded):
        if position in steps:
            steps[position](conversation)
        differences = conversation.differences(server_exchange(line))
        if differences:
            found[position] = differences
    conversation.close()
    return found


def must_agree(line: Line) -> bool:
    """Whether an exchange is about a closed account, or a refusal."""
    return line["status"] is None or line["status"] >= 400 or bool(CLOSED.search(line["note"]))


@pytest.mark.parametrize("profile", EXCHANGES)
def test_closed_accounts_and_domains_are_answered_as_the_real_server_did(
    sandbox: Sandbox, profile: str, capsys: pytest.CaptureFixture[str]
) -> None:
    recorded = lines(f"closed-accounts-and-domains-{profile}")
    found = replay(sandbox, profile, recorded)
    needed = {position for position, line in enumerate(recorded) if must_agree(line)}
    rest = len(recorded) - len(needed)
    with capsys.disabled():
        print(
            f"\nmagistrala closed accounts and domains, {profile}: {len(recorded) - len(found)}/{len(recorded)}, "
            f"{len(needed - found.keys())}/{len(needed)} of those about closed accounts or refused"
        )
    listed = {position for name, position in DIFFERENCES if name == profile}
    assert {position: what for position, what in found.items() if position not in listed} == {}
    assert listed - found.keys() == set(), "these differences are gone, take them off the table"
    assert needed & found.keys() == set()
    assert rest - len(found) >= ENOUGH * rest
    assert len(recorded) == EXCHANGES[profile]
