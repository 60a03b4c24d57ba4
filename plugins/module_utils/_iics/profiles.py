# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes through v2 and makes sure, in v3, of what came of them."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    BadAnswer,
    LifecycleError,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Membership, Values, Wanted
from ansible_collections.people.lifecycle.plugins.module_utils._iics.people import People
from ansible_collections.people.lifecycle.plugins.module_utils._iics.service import SYSTEM
from ansible_collections.people.lifecycle.plugins.module_utils._iics.traits import FIELDS
from ansible_collections.people.lifecycle.plugins.module_utils._iics.v2 import V2, Object, apart, long_id, not_visible

PENDING = "A new e-mail address may have to be confirmed by its owner first, by a link that works for 24 hours."


class Profiles:
    """Changes of fields, and accounts created the v2 way; ``note`` takes sentences for the user."""

    def __init__(self, people: People, v2: V2, note: t.Callable[[str], None]) -> None:
        self.people = people
        self.v2 = v2
        self.note = note

    def read(self, account: Account) -> Object:
        """The account's v2 object; raises LifecycleError where v2 has none."""
        user = self.v2.named(account.username)
        if user is None:
            raise not_visible(account.username)
        if long_id(user) not in ("", account.id):
            raise BadAnswer(f"{SYSTEM}: v2 and v3 have different accounts under the name {account.username}.")
        return user

    def update(self, account: Account, values: Values) -> Account:
        """Change ``values`` and return the account as v3 then shows it; raises LifecycleError where it did not take."""
        user = self.read(account)  # directly before it is written as a whole: others may have changed it
        self.v2.update(user, values)
        after = self._again(account.username, account.id)
        self._give_back(account.handle["roles"], after)
        return taken(after, values)

    def create(self, wanted: Wanted, values: Values, memberships: t.Sequence[Membership]) -> Account:
        """A new account through v2, then what only v3 can give it."""
        roles, others = apart(memberships)
        user = self.v2.create(wanted.username, wanted.password or "", values, wanted.switches, roles)
        account = self._again(user["name"], long_id(user))
        if others:
            self.people.change_memberships(str(account.id), others, ())
        return taken(account, values)

    def _again(self, username: str, identifier: str | None) -> Account:
        account = self.people.with_id(identifier) if identifier else None
        account = account or self.people.find([username])[0].account
        if account is None:
            raise LifecycleError(f"{SYSTEM}: v3 does not show {username} after v2 wrote it.")
        return account

    def _give_back(self, before: tuple[Membership, ...], after: Account) -> None:
        """Undo what a full-object write may do to roles that v2 has no names for."""
        lost = [role for role in before if role not in after.handle["roles"]]
        if lost:
            names = ", ".join(role.shown for role in lost)
            try:
                self.people.change_memberships(str(after.id), lost, ())
            except LifecycleError as error:
                raise LifecycleError(
                    f"{after.username}: the update through v2 took away the roles {names}, and giving them back "
                    f"failed: {error}"
                ) from None
            self.note(f"{after.username}: the update through v2 took away the roles {names}; they were given back.")


def taken(account: Account, values: Values) -> Account:
    """``account``, which must hold ``values``; raises BadAnswer where the service kept something else."""
    other = [f.option for f in FIELDS if f.option in values and not f.same(account.values.get(f.option), values[f.option])]
    if other:
        raise BadAnswer(
            f"{SYSTEM} accepted the change of {', '.join(other)} for {account.username} through v2, and v3 still shows "
            f"something else.",
            hint=PENDING if "email" in other else None,
        )
    return account
