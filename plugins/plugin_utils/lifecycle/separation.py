# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who would get the second side of a conflict whose first one an account of theirs holds already.
Nothing is written here.
"""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import enumeration
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Modules, batches, message
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.entry import Settings, taken_from
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.recognition import index, is_open
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.assignment import Policy, allowance
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.conflicts import (
    Clash,
    Conflict,
    Holdings,
    Side,
    clashes,
    is_held,
    is_meant,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import NEW
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.profile import Access, Profiles

Plan = dict[str, list[t.Any]]


@dataclasses.dataclass
class Candidate:
    """A person who would get one side of ``conflicts``:
    what is planned for them by instance, and the accounts that were found.
    """

    person: Values
    entries: t.Mapping[str, Values]
    conflicts: t.Sequence[Conflict]
    accounts: dict[str, list[Values]] = dataclasses.field(default_factory=dict)

    @property
    def planned(self) -> Holdings:
        return {name: [entry["give"]] for name, entry in self.entries.items() if not entry["only_existing"]}


class Separation:
    """Conflicts of what a run would give and what accounts hold, in the ``instances`` of the run."""

    def __init__(
        self,
        policy: Policy,
        profiles: Profiles,
        instances: t.Sequence[Modules],
        settings: Settings,
        today: datetime.date,
    ) -> None:
        self.policy, self.settings, self.today = policy, settings, today
        self.modules = {modules.name: modules for modules in instances}
        self.profiles = {name: self.known_part(body) for name, body in profiles.items()}

    def known_part(self, body: t.Mapping[str, Access]) -> dict[str, Access]:
        """What a profile gives in the instances of this run: that is all of it that anybody can see."""
        known = [modules.instance for modules in self.modules.values()]
        return {
            where: access
            for where, access in body.items()
            if any(is_meant(where, instance, body) for instance in known)
        }

    def apply(self, plan: Plan) -> None:
        """Hold in ``plan`` who would get a second side; say of an exception that lets somebody have it that it does."""
        candidates = self.candidates(plan) if self.policy.conflicts else []
        unread: dict[str, str] = {}
        for modules in self.modules.values():
            asked = [each for each in candidates if self.is_asked(each, modules)]
            try:
                for part in batches(asked, self.settings.batch_size):
                    self.look(part, modules)
            except LifecycleError as error:
                unread |= {each.person["id"]: f"{modules.instance.title}: {error}" for each in asked}
        for each in candidates:
            grants = self.policy.allowances(each.person["id"], self.today)
            found = self.gained(each)
            allowed = [
                allowance(clash, grants[clash.conflict.name]) for clash in found if clash.conflict.name in grants
            ]
            each.person["because"] += [{"profile": "", "source": "exception", "name": name} for name in allowed]
            reasons = [self.reason(clash, each) for clash in found if clash.conflict.name not in grants]
            if not reasons and each.person["id"] in unread:
                reasons = [
                    "Nobody can say whether this person holds what they must not have beside this. "
                    f"{unread[each.person['id']]}"
                ]
            if reasons:
                hold(plan, each.person["id"], " ".join(reasons))

    def candidates(self, plan: Plan) -> list[Candidate]:
        """Everybody who would get one side of a conflict, unless they are held anyway."""
        entries: dict[str, dict[str, Values]] = {}
        for name in self.modules:
            for entry in plan[name]:
                entries.setdefault(entry["person"], {})[name] = entry
        found = []
        for person in plan["people"]:
            own = Candidate(person, entries.get(person["id"], {}), ())
            own.conflicts = [conflict for conflict in self.policy.conflicts if any(self.sides(conflict, own))]
            if own.planned and own.conflicts and not any(entry["held"] for entry in own.entries.values()):
                found.append(own)
        return found

    def sides(self, conflict: Conflict, own: Candidate) -> list[Side]:
        """The sides of a conflict that somebody would get."""
        instances = self.policy.instances
        return [
            side
            for side in conflict.sides
            if is_held(side, own.person["profile"], own.planned, self.profiles, instances)
        ]

    def is_asked(self, own: Candidate, modules: Modules) -> bool:
        """Whether another side of one of the conflicts is about an instance."""
        bodies = [
            self.profiles.get(side.profile, {}) if side.profile else side.access
            for conflict in own.conflicts
            for side in conflict.sides
            if side not in self.sides(conflict, own)
        ]
        return any(is_meant(where, modules.instance, body) for body in bodies for where in body)

    def look(self, asked: t.Sequence[Candidate], modules: Modules) -> None:
        """Read the accounts of those asked for; raises LifecycleError where the instance does not answer."""
        if modules.outage:
            raise LifecycleError(modules.outage)
        names = {each.person["id"]: self.username(each, modules) for each in asked}
        query = {
            "usernames": sorted({*names.values()} - {""}),
            "emails": sorted({a for each in asked for a in self.addresses(each)}),
        }
        result = modules.read(**query, **modules.traits.access_options, **modules.traits.everywhere)
        if result.get("failed"):
            raise LifecycleError(message(result))
        by_name, by_email = index((account for account in result["users"] if is_open(account)), modules.traits)
        for each in asked:
            named = by_name.get(modules.traits.key(names[each.person["id"]]), ())
            addressed = (account for address in sorted(self.addresses(each)) for account in by_email.get(address, ()))
            own = [*named, *addressed]
            each.accounts[modules.name] = [*{modules.traits.entry_key(account): account for account in own}.values()]

    def username(self, own: Candidate, modules: Modules) -> str:
        """The user name that somebody reviewed for a person, if there is one: any other proves nothing."""
        name = self.settings.decisions.username(own.person["id"], modules.instance)
        return "" if name == NEW else name

    def addresses(self, own: Candidate) -> set[str]:
        return {own.person["email"].casefold(), *self.settings.decisions.former_emails(own.person["id"])}

    def gained(self, own: Candidate) -> list[Clash]:
        """The conflicts that somebody would have after the run and has not now."""
        before, after = self.clashes(own, own.accounts), self.clashes(own, self.after(own), own.person["profile"])
        known = {clash.conflict.name: clash.sides for clash in before}
        return [
            clash
            for clash in after
            if not set(map(str, clash.sides)) <= set(map(str, known.get(clash.conflict.name, ())))
        ]

    def clashes(self, own: Candidate, holdings: Holdings, names: t.Sequence[str] = ()) -> list[Clash]:
        return clashes(own.conflicts, names, holdings, self.profiles, self.policy.instances)

    def after(self, own: Candidate) -> Holdings:
        """What a person holds after the run: what stays of what they have, and what they get."""
        names = dict.fromkeys((*own.accounts, *own.planned))
        return {
            name: [*map(self.staying(own, name), own.accounts.get(name, ())), *own.planned.get(name, ())]
            for name in names
        }

    def staying(self, own: Candidate, name: str) -> t.Callable[[Values], Access]:
        """What an account in an instance still has when old access was taken from it, where that is taken."""
        entry, kinds = own.entries.get(name), self.modules[name].traits.kinds
        taken = taken_from(entry, self.settings) if entry else {}

        def access(account: Values) -> Access:
            return {kind.name: kind.without(account.get(kind.name), taken.get(kind.name, ())) for kind in kinds}

        return access

    def reason(self, clash: Clash, own: Candidate) -> str:
        """Why a person is held, with the accounts that hold a side already."""
        given = self.sides(clash.conflict, own)
        held = [str(side) for side in clash.sides if side not in given]
        there = [
            f"{account['username']} in {self.modules[name].instance.title}"
            for name, accounts in own.accounts.items()
            for account in accounts
        ]
        return f"{enumeration(there)} has {enumeration(held)} already. {clash}"


def hold(plan: Plan, who: str, why: str) -> None:
    """Hold a person in all of ``plan``; what exceptions gave that have ended goes all the same."""
    for name, entries in plan.items():
        if entries and isinstance(entries[0], dict) and "ended" in entries[0]:
            plan[name] = [
                left for entry in entries if (left := entry if entry["person"] != who else rest(entry)) is not None
            ]
    plan["held"].append({"person": who, "why": why})


def rest(entry: Values) -> Values | None:
    """What is left of an account's entry for somebody who is held."""
    if not any(entry["ended"].values()):
        return None
    return {**entry, "give": {}, "others": entry["ended"], "only_existing": True}
