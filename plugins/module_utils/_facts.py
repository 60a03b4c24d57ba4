# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is true of a system: its fields, its abilities, its own rules. Pure; a system's package refines it."""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._account import Account, Field, Found, Membership, Values
from ansible_collections.people.lifecycle.plugins.module_utils._wanted import Change, Wanted

if t.TYPE_CHECKING:
    from ansible_collections.people.lifecycle.plugins.module_utils._plan import Plan


class Facts:
    """Constants of a system and the pure rules that planning asks; a subclass overrides what differs.

    ``memberships`` are the kinds that accounts can have; ``memberships_with_create`` says that the create call takes
    them, ``memberships_outlive`` names kinds that stay behind when the account goes. ``keeps_deleted`` systems keep a
    deleted account under its name. ``changes_need_enabled`` systems change enabled accounts only. ``unique`` names
    fields of which no two accounts may have the same value.
    """

    system: str = ""
    title: str = ""
    fields: tuple[Field, ...] = ()
    memberships: tuple[str, ...] = ()
    names_fold_case = False
    memberships_with_create = False
    memberships_outlive: tuple[str, ...] = ()
    keeps_deleted = False
    can_disable = True
    cannot_disable = ""
    password_needed = False
    can_set_password = True
    cannot_set_password = ""
    enabled_with_create = False
    changes_need_enabled = False
    unique: tuple[str, ...] = ()
    max_parallel = 16

    def key(self, username: str) -> str:
        """The form in which two spellings of one name are equal."""
        return username.casefold() if self.names_fold_case else username

    @functools.cached_property
    def field(self) -> dict[str, Field]:
        """The field table by option name."""
        return {field.option: field for field in self.fields}

    def needed_to_create(self, wanted: Wanted) -> list[str]:
        """Options that ``wanted`` lacks for an account that does not exist yet."""
        missing = [field.option for field in self.fields if field.needed and not wanted.values.get(field.option)]
        return [*missing, "password"] if self.password_needed and not wanted.password else missing

    def option_problems(self, entry: Values) -> list[str]:
        """What is wrong with the options of one account, whatever the service has; sentences."""
        return []

    def problems(self, wanted: Wanted, found: Found) -> list[str]:
        """Reasons, each a sentence, why the service would turn the wanted values down; found before any write."""
        return []

    def target(self, wanted: Wanted, found: Found) -> Values:
        """The wanted values as they shall be stored, given what is there (a merged dictionary, say)."""
        return wanted.values

    def membership_change(self, change: Change, held: tuple[Membership, ...]) -> Change:
        """The wanted change in view of what is held (where giving one membership replaces another, say)."""
        return change

    def sets_password(self, wanted: Wanted, found: Found) -> bool:
        """Whether the account that was found gets the wanted password."""
        return wanted.password is not None and wanted.update_password == "always"

    def refusal(self, plan: Plan) -> str | None:
        """Why the service would not let ``plan`` happen, or why it must not; None when it may."""
        return None

    def notes(self, wanted: Wanted, found: Found) -> list[str]:
        """Sentences that the user should read although nothing is wrong."""
        return []

    def predict_created(self, wanted: Wanted, account: Account) -> Account:
        """``account`` as the service will show it after the create (its defaults for what was not given)."""
        return account
