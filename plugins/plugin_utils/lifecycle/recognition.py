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


@dataclasses.dataclass(frozen=True)
class Recognition:
    """The account that is a person's, None for a new one; or ``hold``, why nobody can say.

    ``address_stays`` where the account was matched by name alone: it never gets another address. ``renamed`` where it
    is theirs under a former name. ``namesake`` is why nothing may be given or taken by the name alone, if that is so.
    """

    account: Values | None = None
    hold: str = ""
    namesake: str = ""
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


class Index(t.NamedTuple):
    """Accounts by user name as the system compares it, and by address."""

    by_name: t.Mapping[str, t.Sequence[Values]]
    by_email: t.Mapping[str, t.Sequence[Values]]


NOBODY = Index({}, {})


def index(
    accounts: t.Iterable[Values], traits: Traits, serves: t.Callable[[Values], bool] = lambda _account: False
) -> Index:
    """``accounts`` by name and address; those that serve no person have no address."""
    by_name: dict[str, list[Values]] = {}
    by_email: dict[str, list[Values]] = {}
    for account in accounts:
        by_name.setdefault(traits.key(account["username"]), []).append(account)
        if not serves(account):
            by_email.setdefault(address_of(account), []).append(account)
    return Index(by_name, by_email)


def recognise(
    entry: Values, here: Index, elsewhere: Index, instance: Instance, learned: t.Collection[str] = ()
) -> Recognition:
    """The account of one person among all that have their names or addresses, ``here`` where the person signs in, and
    at all other places of the instance. ``learned`` are addresses that accounts of theirs in other instances have.
    """
    found = recognised_here(entry, here, instance, learned)
    if found.hold:
        return found
    needs_none = entry["only_existing"] or instance.traits.signs_in_elsewhere(entry["give"])
    if found.account is None and not needs_none:
        own = sorted({entry["email"].casefold(), *entry["confirmed"]})
        theirs = [account for address in own for account in elsewhere.by_email.get(address, ())]
        if theirs:
            return Recognition(hold=second(theirs[0], entry, instance))
    name = found.account["username"] if found.account else entry["username"]
    namesakes = elsewhere.by_name.get(instance.traits.key(name), ())
    others = [account for account in namesakes if address_of(account) not in addresses(entry)]
    if not others:
        return found
    outliving = instance.traits.memberships_outlive
    if found.account is None and not needs_none and any(entry["give"].get(kind) for kind in outliving):
        return Recognition(hold=namesake(others[0], entry, instance))
    return dataclasses.replace(found, namesake=namesake(others[0], entry, instance))


def second(account: Values, entry: Values, instance: Instance) -> str:
    """Why somebody gets no account who has one at another place of the same instance."""
    realm = account["realm"]
    return (
        f"This person has the account {account['username']} in the realm {realm} of {instance.title}, and needs no "
        f"second one. Say realm: {realm} in a profile or in onboard_naming, or for this person alone in "
        f"lifecycle_account_names ({entry['person']}: {{{instance.name}: {{username: {account['username']}, realm: "
        f"{realm}}}}})."
    )


def namesake(account: Values, entry: Values, instance: Instance) -> str:
    """Why nothing is given to a name that somebody else has at another place of the same instance."""
    return (
        f"{account['username']} in the realm {account['realm']} of {instance.title} belongs to "
        f"{account.get('email') or 'nobody known'}, not to {entry['email']}, and what is given to that name counts for "
        f"both. Give this person another user name in lifecycle_account_names ({entry['person']}), or see that both "
        "accounts have the same address if both are theirs."
    )


def recognised_here(entry: Values, here: Index, instance: Instance, learned: t.Collection[str]) -> Recognition:
    """The account of one person among those where the person signs in."""
    traits, by_email = instance.traits, here.by_email
    named = here.by_name.get(traits.key(entry["username"]), ())
    decided = bool(entry["decision"]) and entry["decision"] != NEW
    own = {entry["email"].casefold(), *entry["confirmed"]}
    if named:
        return recognised_by_name(entry, named[-1], own, decided, instance)
    if entry["decision"] == NEW or (decided and entry["decided_here"]):
        return Recognition()
    theirs = [account for address in own for account in by_email.get(address, ()) if may_be_meant(account, traits)]
    if theirs:
        return recognised_by_address(entry, theirs, instance)
    former = [account for address in entry["former"] for account in by_email.get(address, ()) if is_open(account)]
    if former:
        proven = proven_among(former, entry, instance)
        return proven or Recognition(hold=question(former[0]["username"], address_of(former[0]), entry))
    taught = [account for address in sorted(learned) for account in by_email.get(address, ()) if is_open(account)]
    if taught:
        return proven_among(taught, entry, instance) or Recognition(
            hold=f"{taught[0]['username']} has the address {address_of(taught[0])}, as an account of {entry['name']} "
            f"in another system has. {which_way(taught[0], entry, instance)}"
        )
    return Recognition()


def recognise_newcomer(
    entry: Values, marked: t.Sequence[Values], namesakes: t.Sequence[Values], instance: Instance
) -> Recognition | None:
    """The account of somebody who has none by name and address: by the HR id that it carries, or a question about their
    name; None where nothing is to be said.
    """
    if marked:
        return proven_among(marked, entry, instance) or Recognition(
            hold=f"{' and '.join(sorted(each['username'] for each in marked))} in {instance.title} carries the HR id "
            f"{entry['mark']} of {entry['name']}, and another address. {which_way(marked[0], entry, instance)}"
        )
    if namesakes:
        account = namesakes[0]
        others = f" and {len(namesakes) - 1} more" if len(namesakes) > 1 else ""
        return Recognition(
            hold=f"{account['username']}{others} in {instance.title} has the name {entry['name']}, and its address "
            f"{address_of(account) or 'of nobody'} is on no row. {which_way(account, entry, instance)}"
        )
    return None


def proven_among(accounts: t.Sequence[Values], entry: Values, instance: Instance) -> Recognition | None:
    """The one account that carries the person's HR id where its owner cannot write it, if there is one."""
    mark = instance.traits.mark
    proven = [each for each in accounts if mark.proves and entry["mark"] and same_id(mark.id_in(each), entry)]
    return renamed(proven[0], instance) if len(proven) == 1 else None


def same_id(found: str, entry: Values) -> bool:
    return found.casefold() == str(entry["mark"]).casefold()


def renamed(account: Values, instance: Instance) -> Recognition:
    """What an account means that is surely a person's, under the name of before."""
    kept = f"{instance.title} cannot change a user name: it stays {account['username']}."
    return Recognition(account, renamed=True, notes=() if instance.traits.rename_option else (kept,))


def which_way(account: Values, entry: Values, instance: Instance) -> str:
    """How somebody says whether an account is a person's."""
    return (
        f"Is it theirs? Name it in lifecycle_account_names ({entry['person']}: {{{instance.name}: "
        f"{account['username']}}}), or write new in its place if this is somebody else."
    )


def recognised_by_name(entry: Values, account: Values, own: set[str], decided: bool, instance: Instance) -> Recognition:
    """What an account means that has the very name that this person's would have."""
    address = address_of(account)
    if address in own:
        return Recognition(account)
    if decided or account["username"].casefold() == entry["email"].casefold():
        note = (
            f"{account['username']} has the address {address or 'of nobody'}, not {entry['email']}. It was left; say "
            "in lifecycle_former_emails that it was this person's to have it changed."
        )
        return Recognition(account, address_stays=True, notes=(note,) if address else ())
    proven = proven_among([account], entry, instance)
    if proven is not None:
        return dataclasses.replace(proven, renamed=False, notes=())
    if address in entry["former"]:
        return Recognition(hold=question(account["username"], address, entry))
    return Recognition(
        hold=f"The account {account['username']} belongs to {account.get('email') or 'nobody known'}, not to "
        f"{entry['email']}. If it is this person's, say so in lifecycle_account_names; if not, give them another "
        f"user name in accounts.{instance.name}.username."
    )


def recognised_by_address(entry: Values, theirs: t.Sequence[Values], instance: Instance) -> Recognition:
    """What accounts mean that have this person's address, or a confirmed former one, under other names."""
    account, address = theirs[0], entry["email"].casefold()
    names = {name.casefold() for name in (entry["username"], *entry["former_names"])}
    moved = [each for each in theirs if address_of(each) == address and each["username"].casefold() in names]
    if len(moved) == 1:
        return Recognition(moved[0])
    if len(theirs) == 1 and address_of(account) != address:
        return renamed(account, instance)
    proven = proven_among(theirs, entry, instance)
    if proven is not None:
        return proven
    taken = ", ".join(sorted(each["username"] for each in theirs))
    return Recognition(
        hold=f"{taken} has the address {entry['email']} already. If that is this person's account, name it in "
        f"lifecycle_account_names ({entry['person']}: {{{instance.name}: {account['username']}}}); write new in "
        "its place if this is somebody else."
    )


def may_be_meant(account: Values, traits: Traits) -> bool:
    """Whether an account stands for its owner: accounts that were closed hold nobody, unless they keep the address."""
    return is_open(account) or "email" in traits.unique


def question(username: str, address: str, entry: Values) -> str:
    return (
        f"{username} has the former address {address} of {entry['name']}. Is it theirs? Confirm it in "
        f"lifecycle_former_emails ({entry['person']}: [{address}]), or write new for this person in "
        "lifecycle_account_names."
    )
