# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""People's accounts as every system has them, and what a task wants of one."""

from __future__ import annotations

import dataclasses
import typing as t

Values = dict[str, t.Any]

MEMBERSHIP_CHANGES = ("add", "remove", "set")


def same_text(value: t.Any) -> t.Any:
    """Text that is not there and empty text are the same to a person."""
    return "" if value is None else value


POOL: dict[str, str] = {}  # Ansible has a slow function in the place of sys.intern


class Options(dict[str, t.Any]):
    """The options of one account, its own and those that all of a task ``shared``, of which none has a copy.
    One that is not given reads as None.
    """

    __slots__ = ("shared",)

    def __init__(self, own: Values, shared: Values) -> None:
        super().__init__(own)
        self.shared = shared

    def __missing__(self, option: str) -> t.Any:
        return self.shared.get(option)

    def get(self, option: str, default: t.Any = None) -> t.Any:
        """What is given, by the account itself or for all; ``default`` where nothing is."""
        value = self[option]
        return default if value is None else value


def as_is(value: t.Any) -> t.Any:
    return value


def pooled(value: t.Any) -> t.Any:
    """``value``; a text shares its memory with equal ones, of which thousands of accounts have many."""
    return POOL.setdefault(value, value) if value.__class__ is str else value


@dataclasses.dataclass(frozen=True)
class Field:
    """One row of a system's field table.

    ``option`` is the name in options and results, ``api`` the one in the system's API. Two values are the same when
    ``normal`` makes them equal. ``needed`` fields must be given to create an account.
    """

    option: str
    api: str
    normal: t.Callable[[t.Any], t.Any] = same_text
    needed: bool = False

    def same(self, one: t.Any, other: t.Any) -> bool:
        return one is other or bool(self.normal(one) == self.normal(other))


@dataclasses.dataclass(frozen=True, slots=True)
class Membership:
    """A role, group or grant that an account has or shall have.

    ``kind`` is the option it belongs to, ``key`` says what makes two the same, ``shown`` is what the user reads, and
    ``reference`` what the system's API wants.
    """

    kind: str
    key: tuple[str, ...]
    shown: t.Any = dataclasses.field(compare=False)
    reference: t.Any = dataclasses.field(compare=False, default=None)


Memberships = dict[str, tuple[Membership, ...]]
# one for all thousands of accounts without; nothing changes these dictionaries
NO_MEMBERSHIPS: Memberships = {}
NO_VALUES: Values = {}


class Account(t.NamedTuple):
    """One account as it is in a system, or as it would be.

    ``values`` holds what tasks can set, by option name. ``enabled`` is None where a system does not say whether the
    account can sign in. ``deleted`` marks one that the system still keeps under its name. ``info`` are further things
    worth knowing, read only. ``handle`` belongs to the client alone.
    """

    username: str
    id: str | None
    values: Values
    enabled: bool | None = None
    deleted: bool = False
    info: Values = NO_VALUES
    handle: t.Any = None


class Snapshot(t.NamedTuple):
    """What a system has under one name: the account, its memberships as far as they were asked for, its tokens.

    Memberships and tokens may outlive the account. ``rivals`` are sentences about other accounts that stand in the way,
    ``unclear`` sentences about why nobody can tell which account is meant. ``unseen`` are sentences about where nobody
    could look, ``undone`` about what is wanted and cannot be done because of that, ``remarks`` about what else the user
    should know. ``fixed`` are kinds of memberships that are decided elsewhere, and never changed here, ``followers``
    say what goes to whom before the account is deleted.
    """

    account: Account | None = None
    memberships: Memberships = NO_MEMBERSHIPS
    tokens: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    followers: tuple[tuple[str, Account], ...] = ()

    @property
    def present(self) -> bool:
        return self.account is not None and not self.account.deleted

    def view(self) -> Values:
        """What may be shown of it; never a secret, because none is ever read."""
        shown: Values = {}
        if self.account is not None:
            account = self.account
            shown = {"username": account.username, "id": account.id, **account.values, **account.info}
            shown["state"] = "absent" if account.deleted else "present"
            if account.enabled is not None:
                shown["enabled"] = account.enabled
        for kind, held in self.memberships.items():
            shown[kind] = sorted((m.shown for m in held), key=str)
        if self.tokens:
            shown["tokens"] = len(self.tokens)
        return {name: value for name, value in shown.items() if value is not None}


NOTHING = Snapshot()


class Change(t.NamedTuple):
    """Wanted memberships of one kind: some more, some less, or exactly these."""

    add: tuple[Membership, ...] = ()
    remove: tuple[Membership, ...] = ()
    exactly: tuple[Membership, ...] | None = None


NO_CHANGES: dict[str, Change] = {}  # one for all; nothing changes it


class Wanted(t.NamedTuple):
    """The wanted state of one account; what the task does not name is None or left out, and stays as it is.

    ``values`` holds the given fields by option name, ``switches`` the options that only the system itself understands,
    ``unknown`` sentences about memberships that the system does not have.
    """

    username: str
    state: str = "present"
    values: Values = NO_VALUES
    enabled: bool | None = None
    password: str | None = None
    update_password: str = "on_create"
    memberships: dict[str, Change] = NO_CHANGES
    switches: Values = NO_VALUES
    unknown: tuple[str, ...] = ()

    @property
    def leaves(self) -> bool:
        """Whether this takes something away that the calling account must not lose."""
        return self.state in ("absent", "disabled") or self.enabled is False

    def __repr__(self) -> str:
        """Without values, since some are secret."""
        return f"Wanted({self.username!r}, {self.state!r})"
