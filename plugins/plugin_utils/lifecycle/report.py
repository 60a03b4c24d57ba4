# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report of a run as data: the same for the fact, the JSON file and the page. Pure."""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.closing import Closing
from ansible_collections.people.lifecycle.plugins.module_utils._core.environment import title_of
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.outcome import tally
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.departures import Departure

MOST_NAMED = 50
NAMED_IN_MESSAGE = 20
# Of the report's form, as docs/schemas/report.json has it; a key that goes or changes its meaning makes it grow.
VERSION = 2
OF_PEOPLE = ("failures", "held", "nowhere", "leavers", "waiting")
LISTS = (*OF_PEOPLE, "manual", "residual", "old_access", "kept", "exceptions", "decisions")
SUMMARY = (
    "version",
    "kind",
    "run",
    "check_mode",
    "time",
    "duration_seconds",
    "ran_by",
    "instances",
    "mode",
    "systems",
    "counts",
)


@dataclasses.dataclass(frozen=True)
class Run:
    """What a report is about: ``kind`` is onboard, offboard or review_apply, ``mode`` how accounts are closed,
    ``urgent`` why some leave whatever limit and doubt say, ``by`` who ran it, ``seconds`` how long it took, ``rules``
    how many people each rule about profiles meets, ``exceptions`` those of people in this run, ``roster`` who is on the
    whole roster, ``leavers`` who of this run's people is to be offboarded, ``decisions`` those about findings.
    """

    kind: str
    id: str
    check: bool
    now: datetime.datetime
    mode: str = ""
    credentials: str = ""
    credentials_file: str = ""
    urgent: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    by: Values = dataclasses.field(default_factory=dict)
    seconds: float = 0.0
    rules: t.Sequence[Values] = ()
    exceptions: t.Sequence[Values] = ()
    roster: t.Sequence[Values] = ()
    leavers: t.Sequence[Departure] = ()
    decisions: t.Sequence[Values] = ()


@dataclasses.dataclass
class Part:
    """What became of the accounts of one instance, what it said of itself, and ``remarks`` about it as a whole."""

    instance: str
    traits: Traits
    lines: list[Line]
    answered: Values = dataclasses.field(default_factory=dict)
    residual: t.Sequence[str] = ()
    remarks: t.Sequence[str] = ()

    @property
    def title(self) -> str:
        return title_of(self.traits.title, self.traits.name, self.instance)

    def described(self) -> Values:
        """The instance: its title, and what is known of the service, None where it never answered."""
        said = {name: self.answered.get(name) for name in ("address", "organization", "release")}
        remarks = dict.fromkeys([*self.answered.get("remarks", ()), *self.remarks])
        return {"system": self.traits.name, "title": self.title, **said, "remarks": [*remarks]}

    def entry(self, line: Line, people: t.Mapping[str, Values], what: str | None, **more: t.Any) -> Values:
        """One entry of a list: who, where, what."""
        return {
            "person": line.person,
            "name": people.get(line.person, {}).get("name", ""),
            "instance": self.instance,
            "system": self.traits.name,
            "username": line.username,
            "realm": line.realm,
            "what": what,
            **more,
        }


def build(run: Run, people: t.Sequence[Values], parts: t.Sequence[Part], waiting: t.Sequence[Values]) -> Values:
    """The report on ``parts``; people without anything to tell are only counted."""
    everybody = {person["id"]: person for person in people}
    accounts: dict[str, dict[str, list[Values]]] = {}
    for part in parts:
        for line in part.lines:
            # a leaver has every instance: an empty list says that nothing of theirs is there
            empty: dict[str, list[Values]] = {each.instance: [] for each in parts} if run.kind == "offboard" else {}
            accounts.setdefault(line.person, empty).setdefault(part.instance, []).append(line.described())
    told = [
        {**everybody.get(who, {"id": who, "name": "", "email": "", "profile": []}), "accounts": lines}
        for who, lines in accounts.items()
        if run.kind == "offboard" or any(worth_telling(line) for found in lines.values() for line in found)
    ]
    absent = {*accounts, *(one["person"] for one in waiting)}
    nowhere = [person for who, person in everybody.items() if run.kind == "offboard" and who not in absent]
    every = [(part, line) for part in parts for line in part.lines]
    return {
        "version": VERSION,
        "kind": run.kind,
        "run": run.id,
        "check_mode": run.check,
        "time": run.now.isoformat(timespec="seconds"),
        "duration_seconds": run.seconds,
        "ran_by": run.by,
        "instances": {part.instance: part.described() for part in parts},
        "mode": run.mode,
        "systems": [part.instance for part in parts],
        "titles": {part.instance: part.title for part in parts},
        "counts": {
            "people": len(everybody),
            "changed": len({line.person for _part, line in every if line.changed}),
            "waiting": len(waiting),
            "nowhere": len(nowhere),
            "leavers": len(run.leavers),
            "unknown_passwords": len([line for part, line in every if nobody_knows(run, part, line)]),
            "by_system": {part.instance: tally(line.action for line in part.lines) for part in parts},
        },
        "people": told,
        "nowhere": nowhere,
        "leavers": [leaver.described() for leaver in run.leavers],
        "waiting": [{**everybody.get(one["person"], {"id": one["person"]}), "why": one["why"]} for one in waiting],
        "held": [part.entry(line, everybody, " ".join(line.notes)) for part, line in every if line.action == "held"],
        "manual": [entry for part, line in every for entry in manual(run, part, line, everybody)],
        "failures": [part.entry(line, everybody, line.error) for part, line in every if line.action == "failed"],
        "old_access": [part.entry(line, everybody, item) for part, line in every for item in line.old],
        "residual": [entry for part, line in every for entry in residual(run, part, line, everybody)],
        "kept": [part.entry(line, everybody, line.kept) for part, line in every if line.kept],
        "urgent": dict(run.urgent),
        "rules": list(run.rules),
        "exceptions": [{"name": everybody.get(one["person"], {}).get("name", ""), **one} for one in run.exceptions],
        "roster": list(run.roster),
        "decisions": list(run.decisions),
        "credentials": {"kept": run.credentials, "file": run.credentials_file},
    }


def worth_telling(line: Values) -> bool:
    return bool(line["action"] != "unchanged" or line["notes"] or line["old"] or line["error"])


def manual(run: Run, part: Part, line: Line, people: t.Mapping[str, Values]) -> list[Values]:
    """What somebody has to do by hand for one account."""
    traits = part.traits
    todo = [part.entry(line, people, note, where=part.title) for note in line.notes if line.action != "held"]
    if run.kind == "onboard":
        if nobody_knows(run, part, line):
            todo.append(part.entry(line, people, traits.no_password_hint, where=part.title))
        return todo
    left = traits.manual_open if line.action == "failed" and line.closed is False else ()
    if line.closed:
        left = traits.manual.get("delete" if line.deleted else run.mode, ())
    return todo + [part.entry(line, people, one.what, where=one.where) for one in left if one.unless not in line.done]


def nobody_knows(run: Run, part: Part, line: Line) -> bool:
    """Whether an account was created with a password that nobody will ever know."""
    kept = run.credentials != "none" or line.mailed or not part.traits.no_password_hint
    return run.kind == "onboard" and "create" in line.done and not kept


def residual(run: Run, part: Part, line: Line, people: t.Mapping[str, Values]) -> list[Values]:
    """Access that goes on although the account is closed, and until when."""
    if not line.closed:
        return []
    entries = []
    closing = Closing("delete" if line.deleted else run.mode, run.now, line.before, line.done, line.changes)
    for rest in part.traits.residual_access(closing):
        until = run.now + datetime.timedelta(seconds=rest.seconds) if rest.seconds is not None else None
        shown = until.isoformat(timespec="minutes") if until else "no end known"
        entries.append(part.entry(line, people, rest.what, until=shown))
    return entries + [part.entry(line, people, what, until="no end known") for what in part.residual]


def failure(report: Values) -> str:
    """What failed, for the role's last word: each cause once, with those whom it hit; empty when nothing did."""
    failures = report["failures"]
    if not failures:
        return ""
    systems: dict[str, dict[str, None]] = {}
    people: dict[str, dict[str, None]] = {}
    for entry in failures:
        who = f"{entry['name'] or entry['person']}{f' ({user})' if (user := called(entry)) else ''}"
        systems.setdefault(entry["what"], {})[report["titles"][entry["instance"]]] = None
        people.setdefault(entry["what"], {})[who] = None
    sentences = [f"{', '.join(systems[what])}, {several([*names])}: {what}" for what, names in people.items()]
    more = len(sentences) - MOST_NAMED
    told = [*sentences[:MOST_NAMED], *([f"And {more} more causes."] if more > 0 else [])]
    return " ".join([f"{len(failures)} account{'s' if len(failures) > 1 else ''} failed.", *told])


def called(entry: Values) -> str:
    """The account of an entry, with its realm where it is not the usual one."""
    return f"{entry['username']} in {entry['realm']}" if entry["realm"] else str(entry["username"])


def several(names: t.Sequence[str], count: int = 0) -> str:
    """The first names, and how many more there are of ``count``, all of them if not given."""
    more = (count or len(names)) - NAMED_IN_MESSAGE
    return ", ".join(names[:NAMED_IN_MESSAGE]) + (f" and {more} more" if more > 0 else "")


def changes(report: Values) -> list[Values]:
    """Each account that was changed, or would be, in the order of the work: who, where, and what became of it."""
    entries = [
        {
            "person": person["id"],
            "name": person["name"],
            "instance": instance,
            "system": report["instances"][instance]["system"],
            **{field: line[field] for field in ("username", "realm")},
            "what": line["action"],
        }
        for person in report["people"]
        for instance, lines in person["accounts"].items()
        for line in lines
        if line["changed"]
    ]
    return sorted(entries, key=lambda entry: report["systems"].index(entry["instance"]))


def small(report: Values) -> Values:
    """The part for the fact and ``set_stats``: counts, changes, who needs attention; no field values."""
    lists = {"changes": changes(report), **{name: report[name] for name in LISTS}}
    return {
        **{name: report[name] for name in SUMMARY},
        **{name: entries[:MOST_NAMED] for name, entries in lists.items()},
        "left_out": {name: len(entries) - MOST_NAMED for name, entries in lists.items() if len(entries) > MOST_NAMED},
    }
