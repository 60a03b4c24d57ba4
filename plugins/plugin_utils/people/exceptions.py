# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Exceptions that somebody approved for one person, always with an end and a reason: a profile, access, a conflict that
they may have, or an account that a leaver keeps. Pure.
"""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import (
    is_blank,
    mapping,
    text,
    text_list,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import (
    OF_SYSTEMS,
    Instance,
    Instances,
    check_name,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.profile import Access, read_profiles
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.reviewed import read_list

FIELDS = ("person", "profile", "access", "allow", "keep", "until", "reason", "ticket", "approver")
NEEDED = ("person", "until", "reason")
DAYS_BEFORE = 30  # the end, from which reports list an exception


@dataclasses.dataclass(frozen=True)
class TemporaryGrant:
    """What one person has beside what rules and rows say:
    ``profiles``, ``access`` as in a profile, conflicts they may ``allow``.

    ``keep`` names instances or systems in which a leaver keeps an account; ``access`` is then what they keep of what
    they have.
    """

    person: str
    until: str
    reason: str
    profiles: tuple[str, ...] = ()
    access: t.Mapping[str, Access] = dataclasses.field(default_factory=dict)
    allow: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    ticket: str = ""
    approver: str = ""

    @property
    def label(self) -> str:
        return f"until {self.until}{f', {self.ticket}' if self.ticket else ''}: {self.reason}"

    def state(self, today: datetime.date) -> str:
        """Whether it is ``active``, ``ending`` within thirty days, or ``ended``; it holds on its last day."""
        left = (datetime.date.fromisoformat(self.until) - today).days
        return "ended" if left < 0 else "ending" if left <= DAYS_BEFORE else "active"

    def described(self, today: datetime.date, unused: str = "") -> dict[str, t.Any]:
        """The exception as reports list it; ``unused`` says why it does nothing."""
        fields = ("person", "until", "reason", "ticket", "approver")
        told = {field: getattr(self, field) for field in fields}
        return {
            **told,
            "state": self.state(today),
            "profiles": list(self.profiles),
            "access": {name: dict(access) for name, access in self.access.items()},
            "allow": list(self.allow),
            "keep": list(self.keep),
            "unused": unused,
        }


def read_exceptions(given: t.Any, name: str, instances: Instances = OF_SYSTEMS) -> tuple[TemporaryGrant, ...]:
    """The exceptions in ``given``, a list of dictionaries;
    raises InputError, for one without an end or a reason, too.
    """
    form = f"exceptions, each with {', '.join(NEEDED)}"
    return read_list(given, name, form, lambda item, number: read_exception(item, f"{name}, entry {number}", instances))


def read_exception(given: t.Any, where: str, instances: Instances) -> TemporaryGrant:
    fields = mapping(given, where)
    odd = next((field for field in fields if field not in FIELDS), None)
    if odd is not None:
        raise InputError(f"{where} has {odd!r:.40}; an exception has {', '.join(FIELDS)}.")
    missing = [field for field in NEEDED if is_blank(fields.get(field))]
    if missing:
        raise InputError(
            f"{where} has no {' and no '.join(missing)}: an exception is for one person, ends, and has a reason."
        )
    said = {field: text(fields.get(field), f"{where}: {field}") for field in (*NEEDED, "ticket", "approver")}
    try:
        said["until"] = datetime.date.fromisoformat(said["until"]).isoformat()
    except ValueError:
        raise InputError(f"{where}: until must be a date such as 2027-01-31, not {said['until']!r:.40}.") from None
    profiles, allow, keep = (
        tuple(text_list(fields.get(field), f"{where}: {field}")) for field in ("profile", "allow", "keep")
    )
    access = read_profiles({"access": mapping(fields.get("access"), where)}, where, instances)["access"]
    if not (profiles or access or allow or keep):
        raise InputError(f"{where} gives nothing: say profile, access, allow or keep.")
    if keep:
        check_keep(keep, [*profiles, *allow], access, where, instances)
    return TemporaryGrant(**said, profiles=profiles, access=access, allow=allow, keep=keep)


def check_keep(
    keep: t.Sequence[str], more: t.Sequence[str], access: t.Mapping[str, Access], where: str, instances: Instances
) -> None:
    """Raises InputError where somebody who leaves would keep more than an account without privileges."""
    kept = [check_name(name, f"{where}: keep", instances).name for name in keep]
    if more or any(name not in kept for name in access):
        raise InputError(f"{where}: beside keep, which is for leavers, there may be access alone, in what they keep.")
    for name, given in access.items():
        if instances[name].traits.gives_administration(given):
            raise InputError(f"{where}: access makes an administrator in {name}, and no leaver keeps that.")


def listed(
    grants: t.Sequence[TemporaryGrant],
    today: datetime.date,
    known: t.Container[str],
    left: t.Mapping[str, str],
    ours: t.Container[str],
) -> list[dict[str, t.Any]]:
    """The exceptions for people in ``ours``, and for those of whom nothing is ``known``,
    as a report of onboarding lists them.

    Ids are in lower case; ``left`` has the last day of those who are gone.
    """
    found = []
    for grant in grants:
        who = grant.person.casefold()
        if who in ours or who not in known:
            found.append(grant.described(today, idle(grant, today, known, left)))
    return found


def idle(grant: TemporaryGrant, today: datetime.date, known: t.Container[str], left: t.Mapping[str, str]) -> str:
    """Why an exception does nothing; empty where it does, as far as onboarding can tell."""
    who = grant.person.casefold()
    if grant.keep and grant.state(today) != "ended":
        return ""  # it is for offboarding
    if who not in known:
        return "No record of this run is about this person."
    return f"This person left on {left[who]}." if who in left else ""


def kept_by(
    grants: t.Sequence[TemporaryGrant], who: str, instance: Instance, today: datetime.date
) -> TemporaryGrant | None:
    """The exception by which somebody who leaves keeps an account in an instance, that with the latest end."""
    names = (instance.name, instance.traits.name)
    own = [grant for grant in grants if grant.person.casefold() == who.casefold() and grant.state(today) != "ended"]
    holding = [grant for grant in own if any(name in grant.keep for name in names)]
    return max(holding, key=lambda grant: grant.until, default=None)
