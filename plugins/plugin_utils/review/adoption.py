# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What roster, names, service accounts and profiles an existing company seems to have, from its accounts alone. Pure.

Profiles are made of whatever the same people share, so that everybody holds all of each of theirs: onboarding with them
changes nothing, and has no other profile's access to remove either.
"""

from __future__ import annotations

import collections
import dataclasses
import datetime
import json
import re
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.kinds import Kind
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import EMAIL
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.accounts import email_of
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.recognition import is_open
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.terms import Place

SERVICE = re.compile(r"(^|[^a-z])(svc|service|robot|bot|ci|api|build|jenkins|system|admin|noreply|no-reply)([^a-z]|$)")
NOTHING_SHARED = "nothing-shared"
REVIEW_DAYS = 90
NAMES = ("first_name", "last_name")
Key = tuple[str, str, str]  # instance, kind, item


@dataclasses.dataclass
class Adoption:
    """What was proposed; ``differences`` is what a review would tell although everything is as it was found."""

    roster: list[Values] = dataclasses.field(default_factory=list)
    account_names: dict[str, dict[str, t.Any]] = dataclasses.field(default_factory=dict)
    service_accounts: list[Values] = dataclasses.field(default_factory=list)
    profiles: dict[str, Values] = dataclasses.field(default_factory=dict)
    holders: dict[str, int] = dataclasses.field(default_factory=dict)
    differences: list[Values] = dataclasses.field(default_factory=list)
    memberships: int = 0
    explained: int = 0


def adopt(places: t.Sequence[Place], callers: t.Mapping[str, str], today: datetime.date, share: int) -> Adoption:
    """The proposal for ``places``; ``callers`` are the runs' own accounts, ``share`` how many make a profile."""
    found = Adoption()
    people: dict[str, dict[str, Values]] = {}
    for place in places:
        traits = place.instance.traits
        for account in sorted(place.accounts, key=lambda each: (traits.place(each) != place.usual, place.key(each))):
            if not is_open(account):
                continue
            why = service_reason(account, place, callers.get(place.instance.name, ""))
            own = people.setdefault(email_of(account), {}) if not why else {}
            if why:
                found.service_accounts.append(service_account(account, place, why, today))
            elif place.instance.name in own:
                differ(found, place, account, "second account", [account["username"]])
            else:
                own[place.instance.name] = account
    tell_barred(found, places, people)
    profiles = shared(found, places, people, share)
    for address, accounts in sorted(people.items()):
        found.roster.append(record(address, accounts, profiles.get(address) or [NOTHING_SHARED]))
        found.account_names[address] = {
            place.instance.name: named(accounts[place.instance.name], place)
            for place in sorted(places, key=lambda each: each.instance.name)
            if place.instance.name in accounts
        }
    if any(NOTHING_SHARED in each["profile"] for each in found.roster):
        found.profiles[NOTHING_SHARED] = {}
    return found


def named(account: Values, place: Place) -> t.Any:
    """An account as ``lifecycle_account_names`` has it: with where it is, unless that is where the connection looks."""
    where = place.instance.traits.place(account)
    return account["username"] if where == place.usual else {"username": account["username"], **where}


def tell_barred(found: Adoption, places: t.Sequence[Place], people: t.Container[str]) -> None:
    """Note which accounts of ``people`` cannot sign in."""
    for place in places:
        for account in place.accounts:
            why = place.instance.traits.barred(account) if account.get("state") != "absent" else ""
            if why and email_of(account) in people:
                differ(found, place, account, "cannot sign in", why)


def service_reason(account: Values, place: Place, caller: str) -> str:
    """Why an account looks like one of a service; empty where it looks like a person's."""
    key = place.instance.traits.key
    if caller and key(caller) == place.name_key(account):
        return "the account that this collection uses"
    if not EMAIL.fullmatch(account.get("email") or ""):
        return "it has no valid address"
    if not all(account.get(name) for name in NAMES):
        return "it has no name of a person"
    return (
        "its name is like that of a service" if SERVICE.search(account["username"].partition("@")[0].casefold()) else ""
    )


def service_account(account: Values, place: Place, why: str, today: datetime.date) -> Values:
    return {
        "instance": place.instance.name,
        "username": account["username"],
        "owner": "to be named",
        "reason": f"adopted: {why}",
        "review_by": (today + datetime.timedelta(days=REVIEW_DAYS)).isoformat(),
    }


def shared(
    found: Adoption, places: t.Sequence[Place], people: t.Mapping[str, t.Mapping[str, Values]], share: int
) -> dict[str, list[str]]:
    """Make the profiles, and return those of each person: one for all that the very same people hold."""
    holders: dict[Key, list[str]] = collections.defaultdict(list)
    items: dict[Key, t.Any] = {}
    mighty: dict[Key, bool] = {}
    for place in places:
        for address, accounts in sorted(people.items()):
            account = accounts.get(place.instance.name)
            for kind, item in held(place.instance.traits, account or {}):
                key = (place.instance.name, kind.name, kind.key(item))
                holders[key].append(address)
                items[key] = item
                mighty[key] = mighty.get(key, True) and administers(place, account or {})
    groups: dict[tuple[str, ...], list[Key]] = collections.defaultdict(list)
    by_name = {place.instance.name: place for place in places}
    for key, who in holders.items():
        traits = by_name[key[0]].instance.traits
        found.memberships += len(who)
        if (
            len(who) < share
            or mighty[key]
            or gives_administration(traits, key, items[key])
            or not can_give(traits, key, items[key])
        ):
            for address in who:
                differ(found, by_name[key[0]], people[address][key[0]], key[1], items[key])
        else:
            found.explained += len(who)
            groups[tuple(sorted(who))].append(key)
    own: dict[str, list[str]] = collections.defaultdict(list)
    for number, (together, keys) in enumerate(sorted(groups.items(), key=lambda group: (-len(group[0]), group)), 1):
        name = f"shared-{number:03d}"
        found.holders[name] = len(together)
        found.profiles[name] = body(by_name, keys, items)
        for address in together:
            own[address].append(name)
    return own


def held(traits: Traits, account: Values) -> t.Iterator[tuple[Kind, t.Any]]:
    """Each single piece of access of an account."""
    for kind in traits.kinds:
        for item in kind.beyond(None, account.get(kind.name)):
            if not traits.mark.is_item(kind.name, item):
                yield kind, item


def administers(place: Place, account: Values) -> bool:
    return bool(place.instance.traits.administers(account)) or place.name_key(account) in place.administrators


def gives_administration(traits: Traits, key: Key, item: t.Any) -> bool:
    """Whether a piece of access is the one that makes an administrator, of the system or of a place in it."""
    kind = traits.access[key[1]]
    role = item.get("role") if isinstance(item, dict) else None
    return role in traits.administrators_roles or (
        key[1] in traits.administration and kind.key(traits.administration[key[1]]) == key[2]
    )


def can_give(traits: Traits, key: Key, item: t.Any) -> bool:
    """Whether a profile can say it as it is held: a grant under another spelling of a name cannot be given."""
    return traits.access[key[1]].key(item) == key[2] and not (isinstance(item, dict) and "username" in item)


def body(places: t.Mapping[str, Place], keys: t.Sequence[Key], items: t.Mapping[Key, t.Any]) -> Values:
    """A profile, by instance and kind."""
    access: dict[str, dict[str, t.Any]] = {}
    for key in sorted(keys):
        instance, kind, _item = key
        item = items[key]
        told = access.setdefault(instance, {})
        if isinstance(item, list):
            told.setdefault(kind, {})[item[0]] = item[1]
        elif places[instance].instance.traits.access[kind].is_setting:
            told[kind] = item
        else:
            told.setdefault(kind, []).append(item)
    return access


def record(address: str, accounts: t.Mapping[str, Values], profiles: t.Sequence[str]) -> Values:
    """A person; what is spelled differently in some instance stays so there."""
    first = next(iter(accounts.values()))
    differing = {
        instance: {name: account[name] for name in NAMES if account[name] != first[name]}
        for instance, account in accounts.items()
    }
    own = {instance: values for instance, values in differing.items() if values}
    person = {
        "id": address,
        **{name: first[name] for name in NAMES},
        "email": first["email"],
        "profile": list(profiles),
    }
    return {**person, **({"accounts": own} if own else {})}


def differ(found: Adoption, place: Place, account: Values, what: str, item: t.Any) -> None:
    shown = {"instance": place.instance.name, "username": account["username"], "email": email_of(account)}
    found.differences.append({**shown, "what": what, "item": json.loads(json.dumps(item, default=str))})
