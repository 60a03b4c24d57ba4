# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The last word of a role on the console: one block of lines about the whole run. Pure."""

from __future__ import annotations

import collections
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.outcome import CHANGES
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import printable
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.report import changes, several

LONGEST = 2000
LONGEST_ACCOUNT = 200
MOST_ACCOUNTS = 200
TITLES = {"onboard": "Onboarding", "offboard": "Offboarding", "review_apply": "Decisions of the access review"}
ORDER = ("created", "updated", "enabled", "disabled", "deleted", "unchanged", "held", "failed")


def block(report: Values, files: t.Mapping[str, str]) -> list[str]:
    """What became of everybody in ``report``, one line for each instance and for each thing that somebody has to look
    at.

    ``files`` are the paths of the report; what did not happen has no line.
    """
    lines = [
        headline(report),
        *(instance_line(report, instance) for instance in report["systems"]),
        *(f"{each['title']}: {remark}" for each in report["instances"].values() for remark in each["remarks"]),
        decisions(report),
        counted("Held for a decision", [account_of(entry, report["titles"]) for entry in report["held"]]),
        counted("Found nowhere", [name_of(person) for person in report["nowhere"]]),
        leavers(report, files),
        counted("Kept until a date", [account_of(entry, report["titles"]) for entry in report["kept"]]),
        counted(
            "Exceptions that do nothing",
            [name_of({**one, "id": one["person"]}) for one in report["exceptions"] if one["unused"]],
        ),
        counted("Not due", [f"{one.get('name') or one['id']}, who {one['why']}" for one in report["waiting"]]),
        f"To do by hand: {len(report['manual'])}" if report["manual"] else "",
        f"Access that ends later: {len(report['residual'])}" if report["residual"] else "",
        passwords(report),
        f"Report: {files['html']}" if files else "",
    ]
    return [printable(line, LONGEST) for line in lines if line]


def account_lines(report: Values) -> list[str]:
    """One short line for each account that was changed, or would be, up to MOST_ACCOUNTS, and how many more there are.

    AWX shows the first 1,024 bytes of each event, and each line is one.
    """
    would = "would be " if report["check_mode"] else ""
    found = changes(report)
    lines = [
        f"{account_of(entry, report['titles'])}: {would if entry['what'] in CHANGES else ''}{entry['what']}"
        for entry in found[:MOST_ACCOUNTS]
    ]
    more = len(found) - MOST_ACCOUNTS
    told = [*lines, *([f"and {more} more, which are in the report"] if more > 0 else [])]
    return [printable(line, LONGEST_ACCOUNT) for line in told]


def headline(report: Values) -> str:
    """Which run it is, for how many people, and for how many of them something changed."""
    counts = report["counts"]
    title = f"{TITLES.get(report['kind'], report['kind'].capitalize())} {report['run']}"
    people = f"{counts['people']} {'person' if counts['people'] == 1 else 'people'}"
    if report["check_mode"]:
        return (
            f"{title}, a preview in which nothing was written: {people}, accounts of {counts['changed']} would change"
        )
    return f"{title}: {people}, accounts of {counts['changed']} changed"


def instance_line(report: Values, instance: str) -> str:
    """How many accounts of one instance there are of each action, and which leavers have none there."""
    counts = report["counts"]["by_system"][instance]
    would = "would be " if report["check_mode"] else ""
    told = [f"{counts[action]} {would if action in CHANGES else ''}{action}" for action in ORDER if counts[action]]
    without = [name_of(person) for person in report["people"] if person["accounts"].get(instance) == []]
    nobody = f"no account of {several(without)}" if without else ""
    return f"{report['titles'][instance]}: {'; '.join(filter(None, (', '.join(told), nobody))) or 'no accounts'}"


def decisions(report: Values) -> str:
    """How many decisions there are of each outcome, and who decided; empty where there is none."""
    counts = collections.Counter(each["outcome"] for each in report["decisions"])
    told = ", ".join(f"{count} {outcome}" for outcome, count in counts.items())
    return f"Decisions, by {report['decisions'][0]['by']}: {told}" if told else ""


def counted(title: str, names: t.Sequence[str]) -> str:
    """Everybody in a list by name, up to twenty; empty where there is nobody."""
    return f"{title} ({len(names)}): {several(names)}" if names else ""


def name_of(person: Values) -> str:
    return str(person["name"] or person["id"])


def account_of(entry: Values, titles: t.Mapping[str, str]) -> str:
    """Who is meant by an entry of a list, and where."""
    title = titles[entry["instance"]]
    place = f"{entry['username']} in {title}" if entry["username"] else title
    return f"{entry['name'] or entry['person']} ({place})"


def leavers(report: Values, files: t.Mapping[str, str]) -> str:
    """Who is to be offboarded, and the file for that; empty where there is nobody."""
    told = counted("To be offboarded", [name_of(person) for person in report["leavers"]])
    doubts = len([person for person in report["leavers"] if not person["in_file"]])
    question = f"{doubts} of them to be decided first" if doubts else ""
    return "; ".join(
        filter(None, (told, question, f"offboard_people_file: {files['leavers']}" if "leavers" in files else ""))
    )


def passwords(report: Values) -> str:
    """How many new accounts have a password that nobody knows, and what to do; empty where there is none."""
    count = report["counts"]["unknown_passwords"]
    if not count:
        return ""
    whose = "one new account" if count == 1 else f"{count} new accounts"
    ways = (
        "onboard_credentials: vault_file keeps new passwords, onboard_reset_mail: true mails a link where the "
        "service can"
    )
    if report["check_mode"]:
        return f"Nobody would know the password of {whose}: {ways}"
    return f"Nobody knows the password of {whose}; the report says how they get one. Next time, {ways}"
