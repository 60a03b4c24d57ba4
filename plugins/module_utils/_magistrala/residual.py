# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What goes on after an account of the users service is closed, as it was seen on real servers. Pure."""

from __future__ import annotations

import datetime
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.closing import Closing
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.leftovers import ResidualAccess
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import enumeration
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.generations import Generation
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.seats import DOMAINS
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.times import moment

HOUR = 3600
DAY = 24 * HOUR

ACCESS_TOKENS = (
    "access tokens that were handed out: they read the person's own profile, and make domains and personal access "
    "tokens; no API can take them back"
)
REFRESH_FOR_A_DAY = (
    "refresh tokens: a deletion does not end them, and each gives access tokens for 24 hours after the sign-in"
)
REFRESH_WITHOUT_END = ResidualAccess(
    "refresh tokens: a deletion does not end them, and each use gives 24 hours more, until the server purges the "
    "account; a disabled account's are refused",
    None,
)
SELF_ENABLING = ResidualAccess(
    "enabling the account again: the person can do that with any of their tokens; run this again later, and have the "
    "role review tell the accounts of leavers that can sign in again",
    None,
)


def residual_access(closing: Closing, generation: Generation | None) -> tuple[ResidualAccess, ...]:
    """What the account still has or could have, on servers of a generation; the worst where that is not known."""
    lines = [*lasting(closing, ACCESS_TOKENS, HOUR)]
    if closing.mode == "delete":
        ends = generation is not None and generation.refresh_ends
        lines += lasting(closing, REFRESH_FOR_A_DAY, DAY + HOUR) if ends else [REFRESH_WITHOUT_END]
    return (*lines, personal_access_tokens(closing), SELF_ENABLING, channel_roles(closing))


def lasting(closing: Closing, what: str, seconds: int) -> t.Iterator[ResidualAccess]:
    """What ends so long after the account could last be used; nothing where that is over."""
    since = closed_since(closing)
    left = seconds if since is None else seconds - int((closing.at - since).total_seconds())
    if left > 0:
        yield ResidualAccess(what, min(left, seconds))


def closed_since(closing: Closing) -> datetime.datetime | None:
    """Since when, at the latest, nobody could sign in to the account; None where that was possible until now."""
    before = closing.before or {}
    closed = before.get("state") == "absent" or before.get("enabled") is False
    if not closed or "enable" in closing.done:
        return None
    try:
        return moment(before.get("updated_at"), "updated_at")
    except InputError:  # the server wrote something else there
        return None


def personal_access_tokens(closing: Closing) -> ResidualAccess:
    taken = [f"the role {change['before']}" for change in closing.changes if change["field"] == "role"]
    domains = left_domains(closing)
    taken += [f"the domain{'s' if len(domains) > 1 else ''} {enumeration(domains)}"] if domains else []
    cut = (
        f"what they reached by {enumeration(taken)} is cut" if taken else "they no longer reach domains that were left"
    )
    return ResidualAccess(
        "personal access tokens, if the person has made any: their maker chose when they end, and nobody else can list "
        f"or revoke them; {cut}",
        None,
    )


def channel_roles(closing: Closing) -> ResidualAccess:
    names = left_domains(closing)
    where = f" of {enumeration(names)}" if names else ""
    return ResidualAccess(
        f"roles that were given on single channels{where}, if there are any: they are said to outlive the membership "
        "of the domain, according to the server's source; take them in Magistrala > Channels > Members",
        None,
    )


def left_domains(closing: Closing) -> list[str]:
    """The names of the domains that the account was taken out of; invitations gave nothing yet."""
    return [
        seat["domain"]
        for change in closing.changes
        if change["field"] == DOMAINS
        for seat in change["before"] or ()
        if seat not in (change["after"] or ()) and "invitation" not in seat
    ]
