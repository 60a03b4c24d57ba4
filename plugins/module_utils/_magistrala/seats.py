# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Domains and who has which role there, as the collection knows them, out of what the domains service answers. Pure."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError, NoSuchName
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Membership, Wanted
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import enumeration, near_names
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.parse import Unexpected

DOMAINS = "domains"
ADMINISTRATOR = "admin"  # the role that every domain has, and without whose members nobody can manage it


class Named(t.NamedTuple):
    """A domain, or a role of one."""

    id: str
    name: str


class Successor(t.NamedTuple):
    """Who becomes administrator of a domain in somebody's place;
    ``role_id`` is what they have there so far, if anything.
    """

    id: str
    username: str
    role_id: str | None


class Seat(t.NamedTuple):
    """Where a membership is; ``administrators`` are the ids of all who share it, where it is that of an administrator.

    ``invitation`` marks one that was offered and may still be accepted. For somebody who leaves, ``successor`` gets the
    seat first, and ``stays`` says why it cannot be taken; empty where it can.
    """

    domain: Named
    role: Named
    administrators: frozenset[str] = frozenset()
    invitation: bool = False
    successor: Successor | None = None
    stays: str = ""


def rows(page: t.Any, name: str) -> tuple[list[t.Any], int]:
    """The entries of one page of a listing, and how many there are in all; an empty one may lack its list.

    Raises Unexpected.
    """
    found, total = page.get(name) or [], page.get("total")
    if not isinstance(found, list) or not isinstance(total, int) or isinstance(total, bool):
        raise Unexpected("JSON of an unexpected shape")
    return found, total


def named(row: t.Any) -> Named:
    """A domain or a role in a listing; raises Unexpected."""
    if not isinstance(row, dict) or not all(isinstance(row.get(key), str) and row[key] for key in ("id", "name")):
        raise Unexpected("JSON of an unexpected shape")
    return Named(row["id"], row["name"])


def roles_of(row: t.Any) -> tuple[str, list[Named]]:
    """A member in a listing: the id, and the roles; raises Unexpected."""
    try:
        roles = [Named(role["role_id"], role["role_name"]) for role in row["roles"]]
        member = row["member_id"]
    except (KeyError, TypeError):
        raise Unexpected("JSON of an unexpected shape") from None
    if not isinstance(member, str) or not all(isinstance(text, str) for role in roles for text in role):
        raise Unexpected("JSON of an unexpected shape")
    return member, roles


def the_one(asked: str, known: t.Sequence[Named], what: str) -> Named:
    """What is meant by an id or a name; raises NoSuchName, and InputError where several have the name."""
    found = [each for each in known if each.id == asked] or [each for each in known if each.name == asked]
    if len(found) > 1:
        ids = enumeration([each.id for each in found], "or")
        raise InputError(f"Magistrala has several {what}s with the name {asked}; give an id in place of it: {ids}.")
    if not found:
        near = near_names(asked, [each.name for each in known])
        hint = f" Did you mean {enumeration(near, 'or')}?" if near else ""
        raise NoSuchName(f"Magistrala has no {what} {asked!r:.80}, or does not show it to the calling account.{hint}")
    return found[0]


def leaves_domains(entry: Wanted) -> bool:
    """Whether the account is to be taken out of all domains before it is closed."""
    return entry.state != "present" and bool(entry.switches["leave_domains"])


def concerns_domains(entry: Wanted) -> bool:
    """Whether domains decide something for the account."""
    return DOMAINS in entry.memberships or leaves_domains(entry)


def membership(domain: Named, role: Named, shown: str, administrators: frozenset[str] = frozenset()) -> Membership:
    """The role in the domain, which results show as ``shown``."""
    seat = Seat(domain, role, administrators)
    return Membership(DOMAINS, (domain.id, role.id), {"domain": shown, "role": role.name}, seat)


def invited(row: t.Any) -> tuple[str, str, Named]:
    """Who is invited to which domain with which role, in a listing of either generation; raises Unexpected."""
    try:
        user, domain = row.get("invitee_user_id") or row["user_id"], row["domain_id"]
        role = Named(row.get("role_id") or "", row.get("role_name") or row.get("relation") or "")
    except (KeyError, TypeError, AttributeError):
        raise Unexpected("JSON of an unexpected shape") from None
    if not all(isinstance(text, str) for text in (user, domain, *role)):
        raise Unexpected("JSON of an unexpected shape")
    return user, domain, role


def invitation(domain: Named, role: Named, shown: str) -> Membership:
    """The pending invitation of somebody into the domain."""
    about = {"domain": shown, "role": role.name, "invitation": "pending"}
    return Membership(DOMAINS, (domain.id, "invitation"), about, Seat(domain, role, invitation=True))
