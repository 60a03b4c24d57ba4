# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who takes over the file listeners of people who leave."""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Snapshot, Wanted
from ansible_collections.people.lifecycle.plugins.module_utils._iics.read import Reader

LISTENERS = "file_listeners"


class Succession:
    """The followers that the entries ``wanted`` of one task name; each is looked up once."""

    def __init__(self, reader: Reader, wanted: t.Sequence[Wanted]) -> None:
        self.reader = reader
        self.leaving = {each.username.casefold() for each in wanted if each.state == "absent"}
        self.follower = functools.lru_cache(None)(self._follower)

    def of(self, pairs: t.Iterable[tuple[Wanted, Snapshot | LifecycleError]]) -> list[Snapshot | LifecycleError]:
        """What was found for each of ``wanted``, with who follows."""
        return [self.completed(wanted, found) for wanted, found in pairs]

    def completed(self, wanted: Wanted, found: Snapshot | LifecycleError) -> Snapshot | LifecycleError:
        """``found`` with the account that follows, or with why it cannot."""
        name = (wanted.switches["successors"] or {}).get(LISTENERS)
        if isinstance(found, LifecycleError) or found.account is None or wanted.state != "absent" or not name:
            return found
        follower = self.follower(name)
        if isinstance(follower, str):
            sentence = f"{found.account.username}: {follower} Its file listeners, if it has any, are nobody else's."
            return found._replace(undone=(*found.undone, sentence))
        return found._replace(followers=((LISTENERS, follower),))

    def _follower(self, name: str) -> Account | str:
        """The account that follows, or why it cannot."""
        called = f"{name}, which successors.{LISTENERS} names,"
        try:
            account = self.reader.named(name)
        except LifecycleError as error:
            return f"{called} cannot be looked up: {error}"
        if account is None:
            return f"There is no account {name}, which successors.{LISTENERS} names."
        if name.casefold() in self.leaving:
            return f"{called} leaves, too."
        return f"{called} cannot sign in." if account.enabled is False else account
