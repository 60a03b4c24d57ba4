# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where an account carries the id that HR knows its owner by. Pure."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values

LONGEST_ID = 64
WRITTEN = re.compile(r"\s*\[HR id: ([^\[\]]+)\]")


class Mark:
    """No place for an id; a subclass has one, under the name of an ``option`` of the system's module.

    ``proves`` where the owner of an account cannot write it; ``can_follow`` where an account that is there can get it.
    """

    option = ""
    proves = False
    can_follow = False

    def id_in(self, account: Values) -> str:
        """The id that an account, one of an info module's, carries; empty where there is none."""
        return ""

    def with_id(self, value: t.Any, who: str) -> t.Any:
        """The option's ``value`` with the id ``who`` in it, where there is room."""
        return value

    def is_item(self, option: str, item: t.Any) -> bool:
        """Whether one item of what an account holds under ``option`` is the id,
        which says who somebody is and gives nothing.
        """
        return False

    def kept(self, value: t.Any, account: Values) -> t.Any:
        """``value`` with the id that the account carries, so that nobody takes it away who says nothing of it."""
        who = self.id_in(account)
        return self.with_id(value, who) if who else value


NO_MARK = Mark()


class TextMark(Mark):
    """The id at the end of a text that administrators write, such as ``Data team [HR id: E1]``."""

    proves = True

    def __init__(self, option: str, longest: int) -> None:
        self.option = option
        self.longest = longest

    def id_in(self, account: Values) -> str:
        found = WRITTEN.search(account.get(self.option) or "")
        return found[1] if found else ""

    def with_id(self, value: t.Any, who: str) -> t.Any:
        text = WRITTEN.sub("", value or "").strip()
        marked = f"{text} [HR id: {who}]".strip()
        return marked if len(marked) <= self.longest else text


class KeyMark(Mark):
    """The id under a key of a dictionary that the account's owner can write, too: a hint."""

    can_follow = True

    def __init__(self, option: str, key: str) -> None:
        self.option = option
        self.key = key

    def id_in(self, account: Values) -> str:
        found = (account.get(self.option) or {}).get(self.key)
        return found if isinstance(found, str) else ""

    def with_id(self, value: t.Any, who: str) -> t.Any:
        return {self.key: who, **(value or {})}

    def is_item(self, option: str, item: t.Any) -> bool:
        return option == self.option and bool(item[0] == self.key)


def hr_id(person: str, email: str) -> str:
    """The id of a person as marks have it; empty for one without, whom rosters call by the address,
    or that no text can hold.
    """
    usable = person.casefold() != email.casefold() and len(person) <= LONGEST_ID and not set(person) & set("[]")
    return person if usable else ""
