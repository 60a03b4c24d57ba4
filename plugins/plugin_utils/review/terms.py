# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a review compares: the roster as onboarding understands it, and each instance as it was read. Pure."""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.accounts import Key
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.leaver import Leaver
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.assignment import Policy
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import NO_DECISIONS, Decisions
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import Instance
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.naming import Rule
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.profile import Profiles


@dataclasses.dataclass
class Place:
    """One instance as it was read; ``unread`` is why it was not, ``unseen`` where the calling account could not look
    for what accounts hold. ``administrators`` are keys of user names, ``caller`` is the account that the run uses;
    ``usual`` says where in the instance people have their accounts when nothing else is said.
    """

    instance: Instance
    accounts: list[Values] = dataclasses.field(default_factory=list)
    administrators: frozenset[str] = frozenset()
    unread: str = ""
    unseen: tuple[str, ...] = ()
    caller: str = ""
    usual: Values = dataclasses.field(default_factory=dict)

    def key(self, account: Values) -> Key:
        """What tells an account from all others of the instance."""
        return self.instance.traits.entry_key(account)

    def identity(self, account: Values) -> str:
        """The same, as text that stays when the account gets another name, where the instance has that."""
        return str(account.get("id") or "/".join(self.key(account)))

    def name_key(self, account: Values) -> str:
        """What accounts of one name in several realms have in common."""
        return self.instance.traits.key(account["username"])


@dataclasses.dataclass
class Roster:
    """Who is there, and who left: ``gone`` has the last day of the latter by id. ``entries`` say by instance and person
    what onboarding would want, ``refused`` why it cannot tell; ``naming`` makes user names. ``policy`` and ``profiles``
    are what somebody reviewed about who gets what.
    """

    people: list[Leaver]
    gone: dict[str, str] = dataclasses.field(default_factory=dict)
    entries: t.Mapping[str, t.Mapping[str, Values]] = dataclasses.field(default_factory=dict)
    refused: t.Sequence[Values] = ()
    naming: t.Mapping[str, Rule] = dataclasses.field(default_factory=dict)
    policy: Policy = dataclasses.field(default_factory=Policy)
    profiles: Profiles = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Terms:
    """By what is judged. ``dormant_days`` without use are long; ``absence_limit`` is the percentage of accounts without
    a person, or of people without their account, above which rather roster or listing are incomplete.
    """

    today: datetime.date
    decisions: Decisions = NO_DECISIONS
    dormant_days: int = 90
    absence_limit: int = 50
