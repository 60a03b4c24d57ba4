# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Decisions that somebody reviewed: which account is whose, which addresses were whose, who is never touched.

They come from variables whose names begin with ``lifecycle_``, or from files that ``lifecycle_..._file`` name; never
from rows.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import mapping, structure, text, text_list
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import EMAIL
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import (
    OF_SYSTEMS,
    Instance,
    Instances,
    check_name,
)

NEW = "new"
EVERYWHERE = "*"
SERVICE_ACCOUNT = ("instance", "username", "owner", "reason", "review_by")


@dataclasses.dataclass(frozen=True)
class ServiceAccount:
    """An account that belongs to a service although it may carry a person's address."""

    instance: str
    username: str
    owner: str
    reason: str
    review_by: str


@dataclasses.dataclass(frozen=True)
class Decisions:
    """``account_names`` by person and instance, with ``account_options`` of the module where the decision has some,
    ``former`` addresses by person, ``protected`` by instance or everywhere.
    """

    account_names: t.Mapping[str, t.Mapping[str, str]] = dataclasses.field(default_factory=dict)
    account_options: t.Mapping[str, t.Mapping[str, t.Mapping[str, str]]] = dataclasses.field(default_factory=dict)
    former: t.Mapping[str, t.Sequence[str]] = dataclasses.field(default_factory=dict)
    protected: t.Mapping[str, t.Sequence[str]] = dataclasses.field(default_factory=dict)
    service_accounts: tuple[ServiceAccount, ...] = ()

    def username(self, person: str, instance: Instance) -> str:
        """The user name that was decided for a person, ``new`` where they have no account yet;
        empty without decision.
        """
        return instance.said_in(self.account_names.get(person, {}), "")

    def names_instance(self, person: str, instance: Instance) -> bool:
        """Whether what was decided about a person's account was decided for this instance,
        and not for its whole system.
        """
        return instance.name in self.account_names.get(person, {})

    def options(self, person: str, instance: Instance) -> dict[str, str]:
        """What was decided about a person's account beside its name, by option of the module."""
        return dict(instance.said_in(self.account_options.get(person, {}), {}))

    def former_emails(self, person: str) -> set[str]:
        """Addresses that were this person's, in lower case."""
        return {email.casefold() for email in self.former.get(person, ())}

    def protects(self, names: t.Iterable[str], instance: Instance | None) -> str:
        """The first of ``names`` (ids, addresses, user names) that is protected in an instance, or in all;
        empty where none is.
        """
        places = (EVERYWHERE, *((instance.traits.name, instance.name) if instance else ()))
        protected = {name.casefold() for where in places for name in self.protected.get(where, ())}
        return next((name for name in names if name and name.casefold() in protected), "")

    def service_account(self, username: str, instance: Instance) -> ServiceAccount | None:
        """The service account of that name, if it is one."""
        key, names = instance.traits.key, (instance.name, instance.traits.name)
        same = (a for a in self.service_accounts if a.instance in names and key(a.username) == key(username))
        return next(same, None)


NO_DECISIONS = Decisions()


def read_decisions(given: t.Callable[[str], t.Any], instances: Instances = OF_SYSTEMS) -> Decisions:
    """All decisions; ``given`` returns what there is under the name of a variable. Raises InputError."""
    return Decisions(
        **read_account_names(given("lifecycle_account_names"), "lifecycle_account_names", instances),
        former=read_former_emails(given("lifecycle_former_emails"), "lifecycle_former_emails"),
        protected=read_protected(given("lifecycle_protected"), "lifecycle_protected", instances),
        service_accounts=read_service_accounts(
            given("lifecycle_service_accounts"), "lifecycle_service_accounts", instances
        ),
    )


def read_account_names(given: t.Any, name: str, instances: Instances = OF_SYSTEMS) -> dict[str, t.Any]:
    """Decisions ``{person id: {instance or system: user name, or new}}``,
    where a dictionary says more than the user name.

    Returns ``account_names`` and ``account_options``.
    """
    names: dict[str, dict[str, str]] = {}
    options: dict[str, dict[str, dict[str, str]]] = {}
    for person, systems in mapping(given, name).items():
        names[person], options[person] = {}, {}
        for system, account in mapping(systems, f"{name}.{person}").items():
            where = f"{name}.{person}.{system}"
            instance = check_name(system, f"{name}.{person}", instances)
            fields = mapping(account, where) if isinstance(account, t.Mapping) else {"username": account}
            known = ("username", *instance.traits.rule_options)
            odd = next((field for field in fields if field not in known), None)
            if odd is not None:
                raise InputError(f"{where} names {odd!r:.60}; known are {', '.join(known)}.")
            said = {
                field: text(value, f"{where}.{field}" if fields is account else where)
                for field, value in fields.items()
            }
            names[person][instance.name] = said.pop("username", "")
            options[person][instance.name] = {option: value for option, value in said.items() if value}
    return {"account_names": names, "account_options": options}


def read_former_emails(given: t.Any, name: str) -> dict[str, list[str]]:
    """``{person id: [addresses]}``."""
    former = {person: text_list(emails, f"{name}.{person}") for person, emails in mapping(given, name).items()}
    for person, emails in former.items():
        wrong = [email for email in emails if not EMAIL.fullmatch(email)]
        if wrong:
            raise InputError(f"{name}.{person}: {wrong[0]!r:.60} is not a valid e-mail address.")
    return former


def read_protected(given: t.Any, name: str, instances: Instances = OF_SYSTEMS) -> dict[str, list[str]]:
    """A list of ids, addresses and user names, or one for each instance or system."""
    whole = structure(given, name)
    if not isinstance(whole, t.Mapping):
        return {EVERYWHERE: text_list(whole, name)}
    return {
        check_name(system, name, instances).name: text_list(names, f"{name}.{system}")
        for system, names in whole.items()
    }


def read_service_accounts(given: t.Any, name: str, instances: Instances = OF_SYSTEMS) -> tuple[ServiceAccount, ...]:
    """A list of dictionaries with ``instance``, ``username``, ``owner``, ``reason`` and ``review_by``."""
    whole = structure(given, name)
    if whole is not None and not isinstance(whole, (list, tuple)):
        raise InputError(f"{name} must be a list.")
    accounts = []
    for number, item in enumerate(whole or (), 1):
        where = f"{name}, entry {number}"
        fields = mapping(item, where)
        odd = [field for field in fields if field not in SERVICE_ACCOUNT] or [
            f for f in SERVICE_ACCOUNT if f not in fields
        ]
        if odd:
            raise InputError(
                f"{where}: it has {', '.join(SERVICE_ACCOUNT)}, all of them and nothing else; see {odd[0]!r:.40}."
            )
        check_name(fields["instance"], where, instances)
        accounts.append(
            ServiceAccount(**{field: text(fields[field], f"{where}: {field}") for field in SERVICE_ACCOUNT})
        )
    return tuple(accounts)
