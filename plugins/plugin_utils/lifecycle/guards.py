# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Guards of offboarding: why a run does not begin, and why an account stays. Pure;
each returns its sentence, or nothing.
"""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import enumeration
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.leaver import Leaver
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import Decisions
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import Instance

MOST_ACCOUNTS = 3  # of one person in one instance; more are a doubt


def too_many(count: int, limit: int) -> list[str]:
    if count <= limit:
        return []
    return [f"{count} people would leave, and offboard_limit allows {limit}. Raise it for this run if that is meant."]


def too_many_there(
    entries: t.Iterable[Values], urgent: t.Container[str], limits: t.Mapping[str, int], instance: Instance
) -> str:
    """Why nobody loses an account in an instance: more people than its limit have an open one among ``entries``."""
    limit = instance.said_in(limits, None)
    people = {entry["person"] for entry in entries if is_open(entry["current"]) and entry["person"] not in urgent}
    if limit is None or len(people) <= limit:
        return ""
    return (
        f"{len(people)} people would lose accounts, and offboard_instance_limits allows {limit} there: nothing was "
        "done. Raise it for this run if that is meant."
    )


def is_open(account: Values | None) -> bool:
    """Whether an account, as it was found, is there and can sign in."""
    return account is not None and account.get("state") != "absent" and account.get("enabled") is not False


def protected(
    called: t.Collection[str], instance: Instance | None, decisions: Decisions, names: t.Sequence[str]
) -> str:
    """Whether what is ``called`` so (ids, addresses, user names) is among ``names``, or protected by decision."""
    folded = {name.casefold() for name in names}
    hit = next((name for name in sorted(called) if name and name.casefold() in folded), "")
    if hit:
        return f"{hit} is in offboard_protected."
    hit = decisions.protects(sorted(called), instance)
    return f"{hit} is in lifecycle_protected." if hit else ""


def service(username: str, instance: Instance, decisions: Decisions) -> str:
    """Whether the account belongs to a service."""
    account = decisions.service_account(username, instance)
    if account is None:
        return ""
    return (
        f"A service account of {account.owner} ({account.reason}; to be reviewed by {account.review_by}), although it "
        "has this person's address. It was left."
    )


def caller(username: str, found: Values, instance: Instance) -> str:
    """Whether the account is the one that the run itself uses."""
    name = found.get("caller")
    key = instance.traits.key
    return (
        f"{name} is the account that this run uses in {instance.title}." if name and key(name) == key(username) else ""
    )


def last_administrators(leaving: t.Container[str], found: Values, instance: Instance) -> list[str]:
    """All administrators of an instance, as keys, where nobody would be left to administer it."""
    administrators = [instance.traits.key(name) for name in found.get("administrators") or ()]
    return administrators if all(name in leaving for name in administrators) else []


def claimed(username: str, claims: int, owner: str) -> str:
    """Whether an account is somebody else's too: of several rows, or of ``owner`` by decision."""
    if owner:
        return f"{username} is the account of {owner} in lifecycle_account_names."
    return (
        f"{username} would be the account of several of these people. Say whose it is in accounts."
        if claims > 1
        else ""
    )


def doubt(leaver: Leaver, own: t.Sequence[str], instance: Instance) -> str:
    """Why nobody can say which accounts of an instance are this person's; ``own`` are their user names."""
    if not leaver.given and len(leaver.learned) > 1:
        return (
            f"The user name {leaver.id} belongs to different people ({enumeration(sorted(leaver.learned))}). Give the "
            "e-mail address, or the user name for each system in accounts."
        )
    if len(own) > MOST_ACCOUNTS:
        return (
            f"{len(own)} accounts in {instance.title} have an e-mail address of {leaver.id} ({', '.join(own)}). Say "
            f"which of them leave in accounts.{instance.name}.username."
        )
    return ""


def question(leaver: Leaver, account: Values, what: str, instance: Instance) -> str:
    """What to ask about an account that may be a leaver's."""
    whose = f"belongs to {account['email']}" if account.get("email") else "has no address"
    return (
        f"The account has {what}, and {whose}. Is it theirs? Say so for {leaver.id} in "
        f"lifecycle_account_names.{instance.name}, or close it with its user name alone in offboard_people."
    )
