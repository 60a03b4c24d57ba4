# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A finding of a review: what it is about, how grave it is, and a name by which it is known again. Pure."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values

HIGH, MEDIUM, LOW = "high", "medium", "low"
RISKS = (HIGH, MEDIUM, LOW)


@dataclasses.dataclass(frozen=True)
class Kind:
    """One kind of finding; ``verbs`` are what a reviewer may decide about it."""

    title: str
    risk: str
    verbs: tuple[str, ...] = ()


KINDS: dict[str, Kind] = {
    "incomplete": Kind("Could not be reviewed in full", HIGH),
    "leaver": Kind("Left, and can still sign in", HIGH, ("remove", "keep")),
    "reopened": Kind("Closed by offboarding, and open again", HIGH, ("remove", "keep")),
    "orphan": Kind("Account that no record explains", HIGH, ("remove", "keep", "assign")),
    "leftover": Kind("Access whose account is gone or closed", HIGH, ("remove", "keep")),
    "administrator": Kind("Administrator", HIGH, ("remove", "keep")),
    "conflict": Kind("Access that nobody may hold together", HIGH),
    "beyond": Kind("Access beyond the profile", MEDIUM, ("remove", "keep")),
    "second": Kind("Second account of a person", MEDIUM, ("remove", "keep")),
    "dormant": Kind("Not used for long", MEDIUM, ("remove", "keep")),
    "service": Kind("Service account whose review is due", MEDIUM),
    "exception": Kind("Exception that ends soon", MEDIUM),
    "unclear": Kind("Record that does not say what somebody shall have", MEDIUM),
    "barred": Kind("Expired, locked or disabled", LOW),
    "address": Kind("Address that differs from the record", LOW),
    "lacking": Kind("Access that the profile gives, and is missing", LOW),
    "missing": Kind("Account that is missing", LOW),
}


@dataclasses.dataclass(frozen=True)
class Finding:
    """``account`` is a user name, ``key`` what the instance tells accounts apart by; ``item`` is the access that it is
    about, as ``[kind, item]``; ``state`` is what the finding was seen with, so that a decision about something else is
    noticed. ``realm`` is where a system with several realms has the account, empty for the usual one.
    """

    kind: str
    instance: str
    account: str
    what: str
    key: str = ""
    person: str = ""
    name: str = ""
    since: str = ""
    item: t.Any = None
    state: t.Any = None
    realm: str = ""

    @property
    def id(self) -> str:
        """The same in each review for as long as the finding is about the same thing."""
        return digest([self.kind, self.instance, self.key or self.account, self.person, self.item], 12)

    @property
    def mark(self) -> str:
        """Id and state together, which a decision names."""
        return f"{self.id}-{digest(self.state, 6)}"

    @property
    def risk(self) -> str:
        return KINDS[self.kind].risk

    def described(self, title: str) -> Values:
        """The finding as reports have it; ``title`` is that of its instance."""
        told = ("kind", "instance", "account", "realm", "person", "name", "what", "since")
        own = {name: getattr(self, name) for name in told}
        return {"id": self.id, "mark": self.mark, "risk": self.risk, "system": title, **own}


def digest(value: t.Any, length: int) -> str:
    """A short name for ``value``, the same on every machine."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()[:length]


def order(finding: Finding) -> tuple[t.Any, ...]:
    """By risk, then by kind, then by place and account."""
    kinds = [*KINDS]
    item = json.dumps(finding.item, sort_keys=True, default=str)
    return (
        RISKS.index(finding.risk),
        kinds.index(finding.kind),
        finding.instance,
        finding.account.casefold(),
        item,
        finding.id,
    )
