# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is true of a system: its fields, its abilities, its kinds of access. Pure; a system's package refines it."""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.closing import Closing, Farewell
from ansible_collections.people.lifecycle.plugins.module_utils._core.kinds import Kind, wording
from ansible_collections.people.lifecycle.plugins.module_utils._core.leftovers import ManualTask, ResidualAccess
from ansible_collections.people.lifecycle.plugins.module_utils._core.marks import NO_MARK, Mark
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import (
    Account,
    Change,
    Field,
    Membership,
    Snapshot,
    Values,
    Wanted,
)

COLLECTION = "people.lifecycle"


class Trace(t.NamedTuple):
    """A moment in the life of an account, such as its last use: ``what``, and ``when``, as the service writes it."""

    what: str
    when: str


class Traits:
    """The one table about a system; a subclass fills it in and overrides the pure functions in which it differs.

    Accounts: ``fields`` is the field table; ``kinds`` are the kinds of access that profiles give and accounts hold.
    ``memberships_with_create`` says that the create call takes memberships, ``memberships_outlive`` names kinds that
    stay behind when the account goes. ``keeps_deleted`` systems keep a deleted account under its name.
    ``changes_need_enabled`` systems change enabled accounts only. ``unique`` names options of which no two accounts may
    have the same value.

    People: ``naming`` is the default rule for user names, ``person_fields`` what a system stores of a person,
    ``row_options`` what else may differ for one account. ``mails_link`` systems mail a new person a link, so that
    nobody generates a password; elsewhere ``no_password_hint`` says how somebody whose password nobody kept gets one,
    and ``reset_mail_module`` has a link mailed. ``join_options`` and ``read_options`` are handed to the modules;
    ``everywhere`` has the info module look at every place. ``reviewed_options`` decide how somebody signs in, so no row
    may; ``rule_options`` may stand beside a rule for user names. ``rename_option`` gives another name,
    ``administration`` is an administrator's access, ``administrators_roles`` are roles at places that administer these,
    ``mark`` where an account carries the id of HR.

    Leavers: ``neutral`` values are given before an account is closed, and ``leave_options`` are handed to the module
    that closes it; ``successors_option`` takes over what nobody else has, by the name of it (one of
    ``successors_known``, or any). ``keeps_one`` is the kind of which the service keeps one where an account cannot be
    closed, ``mighty`` what should not be that one. ``manual`` and ``residual`` are what is left, by mode,
    ``manual_open`` what is to be done where it stayed open.

    Reviews: ``organizations_module`` tells which organizations are below one, ``review_options`` have the info module
    tell all that a review compares, and ``access_options`` all access that somebody holds.
    """

    name: str = ""
    title: str = ""
    fields: tuple[Field, ...] = ()
    kinds: tuple[Kind, ...] = ()
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

    naming = "{email}"
    person_fields: tuple[str, ...] = ("first_name", "last_name", "email")
    row_options: tuple[str, ...] = ()
    mails_link = False
    no_password_hint = ""
    reset_mail_module = ""
    join_options: t.ClassVar[Values] = {}
    read_options: t.ClassVar[Values] = {}
    everywhere: t.ClassVar[Values] = {}
    reviewed_options: tuple[str, ...] = ()
    rule_options: tuple[str, ...] = ()
    rename_option = ""
    administration: t.ClassVar[Values] = {}
    administrators_roles: tuple[str, ...] = ()
    mark: Mark = NO_MARK

    neutral: t.ClassVar[Values] = {}
    leave_options: t.ClassVar[Values] = {}
    successors_option = ""
    successors_known: tuple[str, ...] = ()
    keeps_one = ""
    mighty: tuple[str, ...] = ()
    manual: t.ClassVar[dict[str, tuple[ManualTask, ...]]] = {}
    manual_open: tuple[ManualTask, ...] = ()
    residual: t.ClassVar[dict[str, tuple[ResidualAccess, ...]]] = {}

    organizations_module = ""
    access_options: t.ClassVar[Values] = {}
    review_options: t.ClassVar[Values] = {}

    @property
    def user_module(self) -> str:
        return f"{COLLECTION}.{self.name}_user"

    @property
    def info_module(self) -> str:
        return f"{COLLECTION}.{self.name}_user_info"

    @functools.cached_property
    def field(self) -> dict[str, Field]:
        """The field table by option name."""
        return {field.option: field for field in self.fields}

    @functools.cached_property
    def memberships(self) -> tuple[str, ...]:
        """The options that add and remove memberships."""
        return tuple(kind.name for kind in self.kinds if kind.is_membership)

    @functools.cached_property
    def access(self) -> dict[str, Kind]:
        """Everything that a profile can say about this system, by name."""
        return {kind.name: kind for kind in self.kinds}

    def for_release(self, release: str | None) -> Traits:
        """The traits of this system where a server of that release answers, as results name it in ``instance``."""
        return self

    def residual_access(self, closing: Closing) -> tuple[ResidualAccess, ...]:
        """What goes on after an account was closed like that."""
        return self.residual.get(closing.mode, ())

    def key(self, username: str) -> str:
        """The form in which two spellings of one name are equal."""
        return username.casefold() if self.names_fold_case else username

    def entry_key(self, entry: Values) -> tuple[str, ...]:
        """What makes two entries of a task mean the same account."""
        return (self.key(entry["username"]),)

    def place(self, account: Values) -> Values:
        """The options that, beside ``username``, say which account is meant; ``account`` is one of an info module's."""
        return {}

    def realm(self, account: Values) -> str:
        """Where a system with several realms has an account; empty for the usual one."""
        return ""

    def called(self, account: Values) -> str:
        """What headers call an account."""
        realm = self.realm(account)
        return f"{account['username']} ({realm})" if realm else str(account["username"])

    def by_rule(self, options: Values, access: Values) -> Values:
        """Those ``options`` of a naming rule that go with what profiles give."""
        return options

    def signs_in_elsewhere(self, account: Values) -> bool:
        """Whether accounts at that place are made elsewhere, so that people get memberships before they sign in."""
        return False

    def search_options(self, connection: Values) -> Values:
        """Options of the info module with which a leaver's accounts are found wherever they are."""
        return {}

    def closing_state(self, mode: str) -> str:
        """The mildest state that closes an account in ``mode`` (disable or delete)."""
        return "disabled" if mode == "disable" and self.can_disable else "absent"

    def gives_administration(self, access: Values) -> bool:
        """Whether what profiles give makes somebody an administrator."""
        return any(self.access[name].gives(access.get(name), item) for name, item in self.administration.items())

    def administers(self, account: Values) -> list[str]:
        """How an account, one of an info module's, is an administrator; empty where it is none."""
        return [
            f"{name}: {wording(item)}"
            for name, item in self.administration.items()
            if self.access[name].gives(account.get(name), item)
        ]

    def traces(self, account: Values) -> list[Trace]:
        """When an account was last used, as far as this system tells."""
        return []

    def credentials(self, account: Values) -> list[str]:
        """What an account can be used with beside its password, as far as this system tells, in words."""
        return []

    def barred(self, account: Values) -> str:
        """Why an account that is there cannot sign in; empty where it can."""
        return "The account is disabled." if account.get("enabled") is False else ""

    def expiries(self, account: Values) -> list[Trace]:
        """What of an account ends by itself, and when, as far as this system tells."""
        return []

    def keeps(self, account: Values) -> bool:
        """Whether memberships are kept under the name of an account that is not there."""
        return any(account.get(kind) for kind in self.memberships_outlive)

    def remains(self, account: Values) -> list[str]:
        """What is left under the name of an account that is gone, in words."""
        return [f"{kind}: {wording(item)}" for kind in self.memberships_outlive for item in account.get(kind) or ()]

    def needed_to_create(self, wanted: Wanted) -> list[str]:
        """Options that ``wanted`` lacks for an account that does not exist yet."""
        missing = [field.option for field in self.fields if field.needed and not wanted.values.get(field.option)]
        return [*missing, "password"] if self.password_needed and not wanted.password else missing

    def target(self, wanted: Wanted, found: Snapshot) -> Values:
        """The wanted values as they shall be stored, given what is there (a merged dictionary, say)."""
        return wanted.values

    def membership_change(self, change: Change, held: tuple[Membership, ...]) -> Change:
        """The wanted change in view of what is held (where giving one membership replaces another, say)."""
        return change

    def farewell(self, found: Snapshot) -> Farewell:
        """What of the memberships that were found goes when the account is closed."""
        held = (membership for kind in self.memberships_outlive for membership in found.memberships.get(kind, ()))
        return Farewell(tuple(held))

    def sets_password(self, wanted: Wanted, found: Snapshot) -> bool:
        """Whether the account that was found gets the wanted password."""
        return wanted.password is not None and wanted.update_password == "always"

    def notes(self, wanted: Wanted, found: Snapshot) -> list[str]:
        """Sentences that the user should read although nothing is wrong."""
        return []

    def predict_created(self, wanted: Wanted, account: Account) -> Account:
        """``account`` as the service will show it after the create (its defaults for what was not given)."""
        return account
