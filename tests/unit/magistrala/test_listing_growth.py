# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A listing while other jobs create accounts, or remove them."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import BadAnswer
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account
from ansible_collections.people.lifecycle.plugins.module_utils._http.bounds import Listing
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.generations import LAST_REST
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.parse import Page
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.read import PAGE, Reader


class Restless(Reader):
    """A directory in which ``change`` more accounts are there after each page (fewer, where it is negative)."""

    def __init__(self, count: int, change: int) -> None:
        self.parallel = 1
        self.names = [f"u{number}" for number in range(count)]
        self.change = change
        self.pages = 0

    def page(
        self, query: t.Mapping[str, t.Any], offset: int, path: str = "/users", listing: Listing | None = None
    ) -> Page:
        self.pages += 1
        shown = self.names[offset : offset + PAGE]
        page = Page([Account(name, name, {}) for name in shown], len(self.names), LAST_REST)
        if self.change < 0:
            del self.names[: -self.change]
        self.names += [f"new{self.pages}-{number}" for number in range(self.change)]
        return page


def test_accounts_that_come_in_the_meantime_do_no_harm() -> None:
    directory = Restless(250, change=3)
    found = [account.username for account in directory.every({})]
    assert [name for name in found if name.startswith("u")] == [f"u{number}" for number in range(250)]
    assert directory.pages == 3


def test_accounts_that_go_in_the_meantime_make_it_read_again_and_then_give_up() -> None:
    directory = Restless(350, change=-1)
    with pytest.raises(BadAnswer, match="were announced"):
        directory.every({})
    assert directory.pages > 4
