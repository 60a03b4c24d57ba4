# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report of a run as data: the same for the fact, the JSON file and the page. Pure."""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

from ansible_collections.people.lifecycle.plugins.plugin_utils._batches import ACTIONS, CHANGED
from ansible_collections.people.lifecycle.plugins.plugin_utils._systems import SYSTEMS, Rules

Values = dict[str, t.Any]
MOST_NAMED = 50


@dataclasses.dataclass(frozen=True)
class Run:
    """What a report is about: ``kind`` is onboard or offboard, ``mode`` how accounts are closed."""

    kind: str
    id: str
    check: bool
    now: datetime.datetime
    mode: str = ""
    credentials: str = ""
    credentials_file: str = ""


def build(run: Run, people: t.Sequence[Values], results: t.Sequence[Values], waiting: t.Sequence[Values]) -> Values:
    """The report on ``results``, ``{system, rows}`` each; people without anything to tell are only counted."""
    everybody = {person["id"]: person for person in people}
    by_person: dict[str, dict[str, list[Values]]] = {}
    for result in results:
        for row in result["rows"]:
            by_person.setdefault(row["person"], {}).setdefault(result["system"], []).append(row)
    told = [
        {**everybody.get(who, {"id": who, "name": "", "email": "", "profile": []}), "accounts": rows}
        for who, rows in by_person.items()
        if run.kind == "offboard" or any(worth_telling(row) for found in rows.values() for row in found)
    ]
    unknown = [person for who, person in everybody.items() if run.kind == "offboard" and who not in by_person]
    rows = [(result["system"], row) for result in results for row in result["rows"]]
    return {
        "kind": run.kind,
        "run": run.id,
        "check_mode": run.check,
        "time": run.now.isoformat(timespec="seconds"),
        "mode": run.mode,
        "systems": [result["system"] for result in results],
        "counts": {
            "people": len(everybody),
            "changed": len({row["person"] for _system, row in rows if row["changed"]}),
            "waiting": len(waiting),
            "by_system": {result["system"]: tally(result["rows"]) for result in results},
        },
        "people": told,
        "nowhere": unknown,
        "waiting": [{**everybody.get(one["person"], {"id": one["person"]}), "why": one["why"]} for one in waiting],
        "held": [line(system, row, everybody, " ".join(row["notes"])) for system, row in rows if row["action"] == "held"],
        "manual": [entry for system, row in rows for entry in manual(run, SYSTEMS[system], row, everybody)],
        "failures": [line(s, row, everybody, row["error"]) for s, row in rows if row["action"] == "failed"],
        "old_access": [line(system, row, everybody, item) for system, row in rows for item in row["old"]],
        "residual": [entry for system, row in rows for entry in residual(run, SYSTEMS[system], row, everybody)],
        "credentials": {"kept": run.credentials, "file": run.credentials_file},
    }


def worth_telling(row: Values) -> bool:
    return bool(row["action"] != "unchanged" or row["notes"] or row["old"] or row["error"])


def tally(rows: t.Sequence[Values]) -> dict[str, int]:
    return {action: sum(row["action"] == action for row in rows) for action in ACTIONS}


def line(system: str, row: Values, people: t.Mapping[str, Values], what: str) -> Values:
    """One entry of a list: who, where, what."""
    return {
        "person": row["person"],
        "name": people.get(row["person"], {}).get("name", ""),
        "system": SYSTEMS[system].title,
        "username": row["username"],
        "what": what,
    }


def manual(run: Run, rules: Rules, row: Values, people: t.Mapping[str, Values]) -> list[Values]:
    """What somebody has to do by hand for one account."""
    if run.kind == "onboard":
        todo = [{**line(rules.name, row, people, note), "where": rules.title} for note in row["notes"] if row["action"] != "held"]
        if row["action"] == "created" and run.credentials == "none" and rules.no_password_hint and not row["mailed"]:
            todo.append({**line(rules.name, row, people, rules.no_password_hint), "where": rules.title})
        return todo
    todo = [{**line(rules.name, row, people, note), "where": rules.title} for note in row["notes"]]
    left = rules.manual_open if row["action"] == "failed" and row["username"] else ()
    if row["action"] != "failed" and (row["changed"] or row["action"] in CHANGED):
        left = rules.manual.get(run.mode, ())
    todo += [{**line(rules.name, row, people, task.what), "where": task.where} for task in left]
    return todo


def residual(run: Run, rules: Rules, row: Values, people: t.Mapping[str, Values]) -> list[Values]:
    """Access that goes on although the account is closed, and until when."""
    if run.kind != "offboard" or row["action"] not in ("disabled", "deleted"):
        return []
    entries = []
    for rest in rules.residual.get(run.mode, ()):
        until = run.now + datetime.timedelta(seconds=rest.seconds) if rest.seconds is not None else None
        shown = until.isoformat(timespec="minutes") if until else "no end known"
        entries.append({**line(rules.name, row, people, rest.what), "until": shown})
    return entries


def failure(report: Values) -> str:
    """What failed, for the role's last word: systems, people and reasons; empty when nothing did."""
    failures = report["failures"]
    if not failures:
        return ""
    named = [
        f"{one['system']}, {one['name'] or one['person']}{f' ({user})' if (user := one['username']) else ''}: {one['what']}"
        for one in failures[:MOST_NAMED]
    ]
    more = [f"And {len(failures) - MOST_NAMED} more."] if len(failures) > MOST_NAMED else []
    return " ".join([f"{len(failures)} account{'s' if len(failures) > 1 else ''} failed.", *named, *more])


def small(report: Values) -> Values:
    """The part of a report for the fact and ``set_stats``: counts, names of who needs attention, no field values."""
    lists = {name: report[name] for name in ("failures", "held", "manual", "residual", "old_access")}
    return {
        **{name: report[name] for name in ("kind", "run", "check_mode", "time", "mode", "systems", "counts")},
        **{name: entries[:MOST_NAMED] for name, entries in lists.items()},
        "left_out": {name: len(entries) - MOST_NAMED for name, entries in lists.items() if len(entries) > MOST_NAMED},
    }
