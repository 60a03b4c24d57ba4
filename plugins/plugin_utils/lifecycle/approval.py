# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The plan of a run and its digest, so that what was approved is what is done. Pure."""

from __future__ import annotations

import collections
import dataclasses
import datetime
import functools
import hashlib
import json
import re
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import is_blank, plain, structure, text
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import printable
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.shard import Shard

MOST_HANDED_ON = 100
MOST_TOLD = 20
TIME = "%Y%m%dT%H%M%SZ"
DIGEST = re.compile(r"(onboard|offboard|review_apply)-([0-9]+)of([0-9]+)-([0-9]{8}T[0-9]{6}Z)-([0-9a-f]{64})")
PLAN_FILE = re.compile(r"-plan-[0-9]+of[0-9]+-[0-9a-f]{16}\.json\Z")  # beside reports, and no report
# What a run shows and where it writes, and what is in the plan by its effect.
NO_BASIS = (
    *(
        "approval_hours",
        "approved",
        "batch_size",
        "columns",
        "connections",
        "credentials_file",
        "credentials_vault_password",
    ),
    *("parallel", "people", "people_file", "plan_only", "profiles", "profiles_file", "report", "report_dir"),
    *("require_approved", "roster_file", "run", "shard", "since", "systems", "unknown", "warn_sub_organizations"),
)
CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"))
ALWAYS_TOLD = frozenset(("state", "enabled", "username", "password"))


@dataclasses.dataclass(frozen=True)
class Plan:
    """Everything that a run would change: ``basis`` has a short hash of each thing that it rests on,
    ``changes`` are in order.
    """

    kind: str
    shard: Shard
    basis: t.Mapping[str, str]
    changes: t.Sequence[Values]

    @functools.cached_property
    def hash(self) -> str:
        return digest_of([self.kind, list(self.shard), dict(self.basis), list(self.changes)])

    @property
    def counts(self) -> dict[str, int]:
        """How often each verb is in the plan."""
        return dict(sorted(collections.Counter(verb for change in self.changes for verb in change["verbs"]).items()))

    def digest(self, expires: datetime.datetime) -> str:
        """What a run is given to carry out this plan until ``expires``.
        No reader of YAML takes it for a number or a date.
        """
        part = f"{self.shard.number}of{self.shard.of}"
        return f"{self.kind}-{part}-{expires.astimezone(datetime.timezone.utc).strftime(TIME)}-{self.hash}"

    def described(self, expires: datetime.datetime) -> Values:
        """The whole plan, as its file has it."""
        return {
            "digest": self.digest(expires),
            "counts": self.counts,
            "basis": dict(self.basis),
            "changes": [{**change, "key": key(change), "mark": short(change)} for change in self.changes],
        }

    def handed_on(self, expires: datetime.datetime) -> Values:
        """The plan without values and with a bounded list, for stats and for the next node of a workflow."""
        whole = self.described(expires)
        shown = [{name: c[name] for name in (*WHO, "verbs", "key", "mark")} for c in whole["changes"][:MOST_HANDED_ON]]
        return {**whole, "changes": shown, "left_out": len(self.changes) - len(shown)}


WHO = ("person", "instance", "username")


def make_plan(
    kind: str, shard: Shard, basis: t.Mapping[str, t.Any], parts: t.Iterable[tuple[str, Traits, t.Sequence[Line]]]
) -> Plan:
    """The plan of a run whose lines, by instance, say what would become of each account."""
    changes = [change_of(name, traits, line) for name, traits, lines in parts for line in lines if line.done]
    changes.sort(key=lambda change: [*(change[name] for name in WHO), canonical(change)])
    return Plan(kind, shard, {name: short(value) for name, value in basis.items()}, changes)


def change_of(instance: str, traits: Traits, line: Line) -> Values:
    """One account's change. Times and what else a system counts are left out: they differ whatever anybody does."""
    told = {*(field.option for field in traits.fields), *(kind.name for kind in traits.kinds), *ALWAYS_TOLD}
    fields = [ordered(change) for change in line.changes if change["field"] in told]
    return {
        "person": line.person,
        "instance": instance,
        "username": line.username,
        "verbs": list(line.done),
        "fields": sorted(fields, key=canonical),
    }


def basis_of(options: t.Mapping[str, t.Any], instances: t.Mapping[str, Values], profiles: t.Any) -> Values:
    """What a plan rests on: options that decide something, profiles,
    and which organization or server an instance is.
    """
    return {
        **{
            f"the option {name}": plain(structure(value, name))
            for name, value in options.items()
            if name not in NO_BASIS
        },
        **{
            f"the instance {name}": [answered.get("address"), answered.get("organization")]
            for name, answered in instances.items()
        },
        "the profiles": plain(structure(profiles, "profiles")),
    }


def check_approval(
    approved: t.Any, plan: Plan, now: datetime.datetime, name: str, kept: t.Callable[[str], Values]
) -> None:
    """Raise InputError unless ``approved``, given in the option ``name``, is a valid approval of exactly this ``plan``.

    It is a digest, or what a preview handed on. ``kept`` finds the plan of a digest, to say what has changed since; it
    returns an empty one where there is none.
    """
    whole = structure(approved, name)
    handed = whole if isinstance(whole, t.Mapping) else {}
    digest = text(handed.get("digest") if handed else whole, name)
    found = DIGEST.fullmatch(digest)
    if not found:
        raise InputError(
            f"{name} must be the digest that a preview leaves, such as onboard-1of1-20270131T120000Z-..., not "
            f"{digest!r:.60}."
        )
    if (found[1], int(found[2]), int(found[3])) != (plan.kind, *plan.shard):
        raise InputError(
            f"{name} approves {found[1]}, part {found[2]}/{found[3]}; this run is {plan.kind}, part "
            f"{plan.shard.number}/{plan.shard.of}. Nothing was done."
        )
    if datetime.datetime.strptime(found[4], TIME).replace(tzinfo=datetime.timezone.utc) < now:
        raise InputError(
            f"The approval in {name} ended at {found[4]}, so nothing was done. Preview again, and approve that."
        )
    if found[5] != plan.hash:
        told = differences(kept(digest) or handed, plan)
        since = f" Since then: {'; '.join(told)}." if told else ""
        raise InputError(
            f"What would be done now is not what was approved in {name}, so nothing was done.{since} Preview again, "
            "and approve that."
        )


def differences(approved: t.Mapping[str, t.Any], plan: Plan) -> list[str]:
    """What is another in ``plan`` than in the description of an approved one, as far as that goes;
    MOST_TOLD at most.
    """
    if is_blank(approved.get("basis")):
        return []
    before, basis = approved["basis"], plan.basis
    told = [f"{name} is another" for name in {**before, **basis} if before.get(name) != basis.get(name)]
    old = {change.get("key"): change for change in approved["changes"]}
    new = {key(change): change for change in plan.changes}
    told += [f"no longer to be done: {in_words(change)}" for who, change in old.items() if who not in new]
    if not approved.get("left_out"):
        told += [f"to be done now: {in_words(change)}" for who, change in new.items() if who not in old]
    both = [(old[who], change) for who, change in new.items() if who in old]
    told += [f"to be done in another way: {in_words(change)}" for was, change in both if was["mark"] != short(change)]
    more = len(told) - MOST_TOLD
    return [*told[:MOST_TOLD], *([f"and {more} more"] if more > 0 else [])]


def in_words(change: t.Mapping[str, t.Any]) -> str:
    """One change; a name that is no text any more, as AWX hands it to ansible-core 2.19 and newer, is left out."""
    verbs = " and ".join(dict.fromkeys(change["verbs"]))
    person, username = (change[name] if isinstance(change[name], str) else "" for name in ("person", "username"))
    whose = f" ({person})" if person else ""
    return printable(f"{verbs} {username or 'an account'} in {change['instance']}{whose}")


def key(change: Values) -> str:
    """What says which account a change is about."""
    return short([change[name] for name in WHO])


def short(value: t.Any) -> str:
    """A short hash, which no reader of YAML takes for a number."""
    return f"x{digest_of(value)[:12]}"


def digest_of(value: t.Any) -> str:
    return hashlib.sha256(canonical(value).encode("utf-8", "surrogatepass")).hexdigest()


def canonical(value: t.Any) -> str:
    """``value`` in the one form that equal values have."""
    return CANONICAL.encode(value)


def ordered(value: t.Any) -> t.Any:
    """``value`` with its lists in one order: memberships have none."""
    if isinstance(value, t.Mapping):
        return {key: ordered(item) for key, item in value.items()}
    return sorted(map(ordered, value), key=canonical) if isinstance(value, (list, tuple)) else value
