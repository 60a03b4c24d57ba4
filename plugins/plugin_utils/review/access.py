# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Findings about access: more than profiles give, or less. Pure."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.kinds import Kind, wording
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.accounts import email_of
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.recognition import is_open
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.finding import Finding
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.owned import Owned
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.terms import Terms
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.whose import about

Judged = t.Iterator[tuple[Values, Values, Kind]]


def judged(owned: Owned) -> Judged:
    """Each kind of access of each account that profiles are about, with what onboarding wants."""
    for who, entry in owned.roster.entries.get(owned.place.instance.name, {}).items():
        account = owned.main.get(who) or owned.awaited.get(who)
        if account is not None and (who in owned.awaited or is_open(account)):
            for kind in owned.traits.kinds:
                yield entry, account, kind


def beyond(owned: Owned, terms: Terms) -> list[Finding]:
    """Access that the profiles of a person do not give; another profile may."""
    found = []
    for entry, account, kind in judged(owned):
        for item in kind.beyond(entry["give"].get(kind.name), account.get(kind.name)):
            if owned.traits.mark.is_item(kind.name, item):
                continue
            source = "another profile gives it" if is_among(item, entry["others"], kind) else "no profile gives it"
            source = "an exception gave it, and has ended" if is_among(item, entry["ended"], kind) else source
            own = {"item": [kind.name, kind.key(item)], "state": email_of(account)}
            found.append(about(owned, "beyond", account, f"{shown(kind, item)}; {source}", **own))
    return found


def is_among(item: t.Any, access: Values, kind: Kind) -> bool:
    return kind.key(item) in {kind.key(each) for each in access.get(kind.name, ())}


def lacking(owned: Owned, terms: Terms) -> list[Finding]:
    """Access that the profiles of a person give, and that the account does not have.

    Of what is held at places, nothing is told to be missing where some of them could not be seen.
    """
    hidden = owned.traits.memberships_outlive if owned.place.unseen else ()
    return [
        about(owned, "lacking", account, shown(kind, item), item=[kind.name, kind.key(item)])
        for entry, account, kind in judged(owned)
        if not entry["only_existing"] and kind.name not in hidden
        for item in kind.lacking(entry["give"].get(kind.name), account.get(kind.name))
    ]


def shown(kind: Kind, item: t.Any) -> str:
    words = f"{item[0]}: {wording(item[1])}" if isinstance(item, list) else wording(item)
    return f"{kind.name}: {words}"
