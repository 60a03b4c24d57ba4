# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who takes over the file listeners of people who leave."""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Snapshot, Wanted
from ansible_collections.people.lifecycle.plugins.module_utils._iics.read import Reader

LISTENERS = "file_listeners"


class Succession:
    """The followers that the entries ``wanted`` of one task name; each is looked up once."""

    def __init__(self, reader: Reader, wanted: t.Sequence[Wanted]) -> None:
        self.reader = reader
        self.leaving = {each.username.casefold() for each in wanted if each.state == "absent"}
        self.account = functools.lru_cache(None)(self._account)

    def of(self, pairs: t.Iterable[tuple[Wanted, Snapshot]]) -> list[Snapshot]:
        """What was found for each of ``wanted``, with who follows."""
        return [self.completed(wanted, found) for wanted, found in pairs]

    def completed(self, wanted: Wanted, found: Snapshot) -> Snapshot:
        """``found`` with the account that follows, or with why it cannot."""
        name = (wanted.switches["successors"] or {}).get(LISTENERS)
        if found.account is None or wanted.state != "absent" or not name:
            return found
        follower = self.account(name)
        problem = self.problem(name, follower)
        if problem or follower is None:
            sentence = f"{found.account.username}: {problem} Its file listeners, if it has any, are nobody else's."
            return dataclasses.replace(found, undone=(*found.undone, sentence))
        return dataclasses.replace(found, followers=((LISTENERS, follower),))

    def problem(self, name: str, follower: Account | None) -> str:
        """Why somebody cannot follow; empty where they can."""
        if follower is None:
            return f"There is no account {name}, which successors.{LISTENERS} names."
        if name.casefold() in self.leaving:
            return f"{name}, which successors.{LISTENERS} names, leaves, too."
        return f"{name}, which successors.{LISTENERS} names, cannot sign in." if follower.enabled is False else ""

    def _account(self, name: str) -> Account | None:
        return self.reader.find([name])[0].account
