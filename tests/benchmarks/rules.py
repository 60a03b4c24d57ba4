# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How long rules take beside reading the file: tests/tools/venv.sh python tests/benchmarks/rules.py

50,000 rows, of which 200 rules name four columns, half of the rules with patterns; each tenth person has a title of
their own. Each part is done twice, in turn, and its best time counts.
"""

from __future__ import annotations

import csv
import datetime
import importlib
import pathlib
import sys
import tempfile
import time

PROJECT = pathlib.Path(__file__).resolve().parents[2]
PEOPLE = "ansible_collections.people.lifecycle.plugins.plugin_utils.people"
ROWS, RULES, TIMES = 50_000, 200, 2
MOST = 3.0  # times that of reading the file
HEADER = ("id", "first_name", "last_name", "email", "department", "country", "employment", "title")


def roster(path: pathlib.Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(ROWS):
            title = f"Engineer {number}" if number % 10 == 0 else f"Engineer {number % 300}"
            place = (
                f"Department {number % 120}",
                ("DE", "FR", "US", "NO")[number % 4],
                ("staff", "intern")[number % 7 == 0],
            )
            writer.writerow((f"E{number}", "Jane", f"Smith{number}", f"jane{number}@example.com", *place, title))


def rules() -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for number in range(RULES):
        when = {"department": f"Department {number % 120}", "country": ["DE", "FR"], "employment": {"not": "intern"}}
        pattern = {"title": f"~ .*(Engineer|Lead) {number}.*", "country": {"not": ["US", "NO"]}}
        found.append(
            {"when": pattern if number % 2 else when, "give": f"profile-{number % 20}", "name": f"rule {number}"}
        )
    return found


def main() -> int:
    """Exit status 1 where rules take too long."""
    sys.path.insert(0, str(PROJECT / ".venv/collections"))
    assignment, person, files = (
        importlib.import_module(f"{PEOPLE}.{name}") for name in ("assignment", "person", "roster")
    )
    profiles: dict[str, dict[str, dict[str, object]]] = {f"profile-{number}": {} for number in range(20)}
    reading, checking, judging = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "roster.csv"
        roster(path)
        for _time in range(TIMES):
            policy = assignment.read_policy({"lifecycle_profile_rules": rules()}.get, "both")
            start = time.perf_counter()
            records = files.read_file(str(path), extra=policy.form.columns)
            reading.append(time.perf_counter() - start)
            start = time.perf_counter()
            people = person.read_people(records, "roster", form=policy.form)
            checking.append(time.perf_counter() - start)
            start = time.perf_counter()
            assigned = assignment.assign(people, policy, profiles, datetime.date(2026, 11, 27))
            judging.append(time.perf_counter() - start)
    met = sum(1 for each in assigned if each.reasons)
    ratio = min(judging) / min(reading)
    print(f"{ROWS:,} rows, {RULES} rules, {met:,} people met")
    print(f"reading the file {min(reading):.2f} s, checking records {min(checking):.2f} s, rules {min(judging):.2f} s")
    print(f"rules take {ratio:.2f} times as long as reading the file; at most {MOST:g}")
    return int(ratio > MOST)


if __name__ == "__main__":
    sys.exit(main())
