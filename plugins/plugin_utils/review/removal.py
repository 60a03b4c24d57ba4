# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What removing means for each kind of finding: the account is closed, or access is taken from it. Pure."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.kinds import Kind
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.finding import Finding

Items = dict[str, list[t.Any]]  # single pieces of access, by kind
CLOSED = "the account is closed"
EFFECTS = {  # of removing, by kind of finding
    "leaver": CLOSED,
    "reopened": CLOSED,
    "orphan": CLOSED,
    "second": CLOSED,
    "dormant": CLOSED,
    "leftover": "what is left is taken",
    "administrator": "the right to administer is taken",
    "beyond": "this access is taken",
}


def closes(finding: Finding) -> bool:
    """Whether removing closes the account, or what outlived it."""
    return finding.kind in EFFECTS and finding.kind not in TAKERS


def taken(finding: Finding, account: Values, traits: Traits) -> Items:
    """The access of ``account`` that removing takes; empty where nothing of it can be taken from the account itself."""
    taker = TAKERS.get(finding.kind)
    return taker(finding, account, traits) if taker else {}


def administration(account: Values, traits: Traits) -> Items:
    """The access that makes an administrator, as far as the account itself has it."""
    wanted = ((traits.access[name], item) for name, item in traits.administration.items())
    return {kind.name: found for kind, item in wanted if (found := held(kind, kind.key(item), account))}


def single(finding: Finding, account: Values, traits: Traits) -> Items:
    """The one piece of access that the finding is about."""
    name, key = finding.item
    found = held(traits.access[name], key, account)
    return {name: found} if found else {}


TAKERS: dict[str, t.Callable[[Finding, Values, Traits], Items]] = {
    "administrator": lambda _finding, account, traits: administration(account, traits),
    "beyond": single,
}


def held(kind: Kind, key: str, account: Values) -> list[t.Any]:
    """What an account holds under one key, without the spelling of its own name that a service keeps beside a grant."""
    items = (item for item in kind.items(account.get(kind.name)) if kind.key(item) == key)
    return [
        {name: value for name, value in item.items() if name != "username"} if isinstance(item, dict) else item
        for item in items
    ]


def entry(account: Values, items: Items, traits: Traits) -> Values:
    """The entry of a user module that takes ``items`` from an account, which stays as open or closed as it is."""
    asked = {name: traits.access[name].asked(None, lost, account.get(name), True) for name, lost in items.items()}
    closed = {"enabled": False} if account.get("enabled") is False else {}
    return {"username": account["username"], **traits.place(account), **asked, **closed}


def merged(first: Items, second: Items) -> Items:
    """Both together, each piece once."""
    both = {name: [*first.get(name, ()), *second.get(name, ())] for name in {**first, **second}}
    return {
        name: [item for number, item in enumerate(items) if item not in items[:number]] for name, items in both.items()
    }
