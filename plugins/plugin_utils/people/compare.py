# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a change of rules, profiles, exceptions or conflicts would do to everybody on a roster. Pure:
no server is asked.
"""

from __future__ import annotations

import html
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import printable
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.explain import Law, items_of
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.plan import Entry

FOUND = ("gains", "loses", "held", "released")
HEADINGS = ("person", "instance", "gains", "loses")


def compare(people: t.Any, before: Law, after: Law) -> Entry:
    """Who gains and who loses what in each instance, and who is held then or is held no longer.

    ``changes`` has a line for each person and instance, ``found`` those of ``FOUND`` that there are. Raises InputError.
    """
    plans = [law.plan(law.records(people)) for law in (before, after)]
    names = {person["id"]: person["name"] for plan in plans for person in plan["people"]}
    old, new = (accounts(plan, law) for plan, law in zip(plans, (before, after), strict=True))
    changes = []
    for who in names:
        for instance in dict.fromkeys((*before.instances, *after.instances)):
            was, will = old.get((who, instance), {}), new.get((who, instance), {})
            gains, loses = only_in(will, was), only_in(was, will)
            if gains or loses:
                changes.append(
                    {"person": who, "name": names[who], "instance": instance, "gains": gains, "loses": loses}
                )
    stopped = [reasons(plan) for plan in plans]
    held = [
        {"person": who, "name": names.get(who, ""), "why": why}
        for who, why in stopped[1].items()
        if who not in stopped[0]
    ]
    released = [{"person": who, "name": names.get(who, "")} for who in stopped[0] if who not in stopped[1]]
    result = {"changes": changes, "held": held, "released": released, "people": len(names)}
    there = {
        "gains": any(c["gains"] for c in changes),
        "loses": any(c["loses"] for c in changes),
        "held": held,
        "released": released,
    }
    return {**result, "found": [name for name in FOUND if there[name]]}


def accounts(plan: t.Mapping[str, list[Entry]], law: Law) -> dict[tuple[str, str], dict[str, list[str]]]:
    """What people get, by person and instance; an account is a piece of it."""
    return {
        (entry["person"], name): {"account": [entry["username"]], **items_of(entry["give"])}
        for name in law.instances
        for entry in plan[name]
        if not entry["only_existing"] and not entry["held"]
    }


def only_in(these: t.Mapping[str, list[str]], those: t.Mapping[str, list[str]]) -> list[str]:
    return [f"{kind}: {item}" for kind, items in these.items() for item in items if item not in those.get(kind, ())]


def reasons(plan: t.Mapping[str, list[Entry]]) -> dict[str, str]:
    """Who gets nothing from a plan, and why."""
    return {one["person"]: one["why"] for one in (*plan["refused"], *plan["held"])}


def rows(result: Entry) -> list[tuple[str, ...]]:
    """The comparison as rows of text, whatever it holds as one line each."""
    found = [
        (f"{each['name']} ({each['person']})", each["instance"], "; ".join(each["gains"]), "; ".join(each["loses"]))
        for each in result["changes"]
    ]
    found += [
        (f"{each['name']} ({each['person']})", "all", "", f"everything, held: {each['why']}") for each in result["held"]
    ]
    found += [(f"{each['name']} ({each['person']})", "all", "held no longer", "") for each in result["released"]]
    return [tuple(printable(cell, 600) for cell in row) for row in found]


def table(result: Entry) -> str:
    """The comparison for a terminal and for a comment in a merge request, as a table of Markdown."""
    lines = [
        HEADINGS,
        ("---",) * len(HEADINGS),
        *(tuple(cell.replace("|", "\\|") for cell in row) for row in rows(result)),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def page(result: Entry) -> str:
    """The comparison as a page, every text escaped."""

    def cells(row: t.Sequence[str], tag: str) -> str:
        return "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in row)

    body = "".join(f"<tr>{cells(row, 'td')}</tr>\n" for row in rows(result))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>What the change would do</title>\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        "<style>body { font: 15px/1.5 system-ui, sans-serif; margin: 32px; } td, th { padding: 6px 10px; text-align:"
        " left; "
        "border-bottom: 1px solid #d5dbe3; vertical-align: top; overflow-wrap: anywhere; }</style></head>\n"
        f"<body><h1>What the change would do</h1><p>{result['people']} people on the roster.</p>\n"
        f"<table><thead><tr>{cells(HEADINGS, 'th')}</tr></thead>\n<tbody>\n{body}</tbody></table></body></html>\n"
    )
