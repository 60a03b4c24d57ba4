# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Schedules: the recurrence rules that AWX takes."""

from __future__ import annotations

import re


def problems(rule: str) -> list[str]:
    """What is wrong with a recurrence rule."""
    starts = re.findall(r"DTSTART\S*", rule)
    found = [] if len(starts) == 1 else ["exactly one DTSTART is needed"]
    if starts and not re.fullmatch(
        r"DTSTART(;TZID=[A-Za-z_]+/[A-Za-z_/]+:[0-9]{8}T[0-9]{6}|:[0-9]{8}T[0-9]{6}Z)", starts[0]
    ):
        found.append("DTSTART needs a zone, as DTSTART;TZID=Europe/Berlin:20270101T020000 or with a Z at its end")
    rules = re.findall(r"RRULE:(\S+)", rule)
    if not rules:
        found.append("RRULE is needed")
    for one in rules:
        parts = dict(part.partition("=")[::2] for part in one.split(";"))
        if "INTERVAL" not in parts:
            found.append("INTERVAL is needed")
        if parts.get("FREQ") not in ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY"):
            found.append(f"FREQ={parts.get('FREQ')} is not allowed")
        if "COUNT" in parts and "UNTIL" in parts:
            found.append("COUNT and UNTIL do not go together")
        if parts.get("COUNT", "1").isdigit() and int(parts.get("COUNT", "1")) > 999:
            found.append("COUNT is above 999")
        if re.search(r"[0-9]", parts.get("BYDAY", "")):
            found.append("BYDAY cannot have a number")
    if re.search(r"EXDATE|RDATE", rule):
        found.append("EXDATE and RDATE are not allowed")
    return found
