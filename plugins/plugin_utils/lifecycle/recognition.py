# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which account is a person's: decided by address and by what somebody reviewed, never by a row alone. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import NEW
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import Instance

ByName = t.Mapping[str, Values]
ByEmail = t.Mapping[str, t.Sequence[Values]]


@dataclasses.dataclass(frozen=True)
class Recognition:
    """The account that is a person's, None for a new one; or ``hold``, why nobody can say.

    ``address_stays`` where the account was matched by name alone: it never gets another address. ``renamed`` where it is
    theirs under a former name.
    """

    account: Values | None = None
    hold: str = ""
    address_stays: bool = False
    renamed: bool = False
    notes: tuple[str, ...] = ()


def addresses(entry: Values) -> set[str]:
    """Every address under which an account of this person may be, in lower case."""
    return {entry["email"].casefold(), *entry["former"], *entry["confirmed"]}


def address_of(account: Values) -> str:
    return str(account.get("email") or "").casefold()


def is_open(account: Values) -> bool:
    return account.get("state") != "absent" and account.get("enabled") is not False


def index(accounts: t.Iterable[Values], traits: Traits) -> tuple[dict[str, Values], dict[str, list[Values]]]:
    """``accounts`` by user name as the system compares it, and by address."""
    by_name: dict[str, Values] = {}
    by_email: dict[str, list[Values]] = {}
    for account in accounts:
        by_name[traits.key(account["username"])] = account
        by_email.setdefault(address_of(account), []).append(account)
    return by_name, by_email


def recognise(entry: Values, by_name: ByName, by_email: ByEmail, elsewhere: ByEmail, instance: Instance) -> Recognition:
    """The account of one person among all that have their names or addresses; ``elsewhere`` are those at other places."""
    traits = instance.traits
    named = by_name.get(traits.key(entry["username"]))
    decided = bool(entry["decision"]) and entry["decision"] != NEW
    own = {entry["email"].casefold(), *entry["confirmed"]}
    if named is not None:
        return recognised_by_name(entry, named, own, decided, instance)
    if decided or entry["decision"] == NEW:
        return Recognition()
    theirs = [account for address in own for account in by_email.get(address, ()) if may_be_meant(account, traits)]
    if theirs:
        return recognised_by_address(entry, theirs, instance)
    former = [account for address in entry["former"] for account in by_email.get(address, ()) if is_open(account)]
    if former:
        return Recognition(hold=question(former[0]["username"], address_of(former[0]), entry))
    for stranger in elsewhere.get(entry["email"].casefold(), ()):
        return Recognition(
            hold=f"This person has the account {stranger['username']} in the realm {stranger['realm']} of {instance.title}, and "
            f"needs no second one."
        )
    return Recognition()


def recognised_by_name(entry: Values, account: Values, own: set[str], decided: bool, instance: Instance) -> Recognition:
    """What an account means that has the very name that this person's would have."""
    address = address_of(account)
    if address in own:
        return Recognition(account)
    if decided or account["username"].casefold() == entry["email"].casefold():
        note = (
            f"{account['username']} has the address {address or 'of nobody'}, not {entry['email']}. It was left; say in "
            f"lifecycle_former_emails that it was this person's to have it changed."
        )
        return Recognition(account, address_stays=True, notes=(note,) if address else ())
    if address in entry["former"]:
        return Recognition(hold=question(account["username"], address, entry))
    return Recognition(
        hold=f"The account {account['username']} belongs to {account.get('email') or 'nobody known'}, not to {entry['email']}. "
        f"If it is this person's, say so in lifecycle_account_names; if not, give them another user name in "
        f"accounts.{instance.name}.username."
    )


def recognised_by_address(entry: Values, theirs: t.Sequence[Values], instance: Instance) -> Recognition:
    """What accounts mean that have this person's address, or a confirmed former one, under other names."""
    account, address = theirs[0], entry["email"].casefold()
    names = {name.casefold() for name in (entry["username"], *entry["former_names"])}
    moved = [each for each in theirs if address_of(each) == address and each["username"].casefold() in names]
    if len(moved) == 1:
        return Recognition(moved[0])
    if len(theirs) == 1 and address_of(account) != address:
        kept = f"{instance.title} cannot change a user name: it stays {account['username']}."
        return Recognition(account, renamed=True, notes=() if instance.traits.rename_option else (kept,))
    taken = ", ".join(sorted(each["username"] for each in theirs))
    return Recognition(
        hold=f"{taken} has the address {entry['email']} already. If that is this person's account, name it in "
        f"lifecycle_account_names ({entry['person']}: {{{instance.name}: {account['username']}}}); write new in its place if "
        f"this is somebody else."
    )


def may_be_meant(account: Values, traits: Traits) -> bool:
    """Whether an account stands for its owner: accounts that were closed hold nobody, unless they keep the address."""
    return is_open(account) or "email" in traits.unique


def question(username: str, address: str, entry: Values) -> str:
    return (
        f"{username} has the former address {address} of {entry['name']}. Is it theirs? Confirm it in lifecycle_former_emails "
        f"({entry['person']}: [{address}]), or write new for this person in lifecycle_account_names."
    )
