# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How long a review takes beside a plain script with the same requests:
tests/tools/venv.sh python tests/benchmarks/review.py

10,000 accounts in each of three systems, of people with ten profiles between them; one in a hundred is not as the
records say. Review and script run in turn. Exit status 1 where a bar is missed: seconds and ratio are medians, the
memory is that of the largest process.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import statistics
import sys
import tempfile
import typing as t

from bars import Bar, verdicts
from measured import HERE, Playbooks, Spent, run
from sandboxed import LOGINS, Sandbox, sandbox

COUNT, ROUNDS, PROFILES, ODD = 10_000, 3, 10, 100
SECONDS, MEBIBYTES, TIMES = 40.0, 400.0, 2.0
OPERATOR, OWNER = "Operator", {"role": "Owner", "organization": "Platform"}


def name(number: int) -> str:
    return f"person-{number:05d}"  # as the sandbox seeds them


def profiles() -> dict[str, t.Any]:
    """Each with something in every system, and tags of its own."""
    return {
        f"team-{number}": {
            "iics": {"roles": ["Designer"]},
            "iq": {"grants": [{"role": "Developer", "organization": "Data"}]},
            "magistrala": {
                "tags": [f"team-{number}", "staff"],
                "domains": [{"domain": f"domain-{number}", "role": "viewer"}],
            },
        }
        for number in range(PROFILES)
    }


def roster(count: int) -> list[dict[str, t.Any]]:
    return [
        {
            "id": f"E{number}",
            "first_name": "Person",
            "last_name": f"{number:05d}",
            "email": f"{name(number)}@example.com",
            "profile": [f"team-{number % PROFILES}"],
            "end": "2026-01-31" if number % (2 * ODD) == 0 else "",
        }
        for number in range(1, count + 1)
    ]


def settle(running: Sandbox, count: int) -> None:
    """Everybody has what the profiles say, but for one in a hundred who has more."""
    numbers = range(1, count + 1)
    for system in LOGINS:
        running.fresh(system)
    running.control("iics", "configure", {"object_limit": 1_000_000})
    roles = {number: ["Designer", *([OPERATOR] if number % ODD == 1 else [])] for number in numbers}
    people = [{"name": f"{name(n)}@example.com", "email": f"{name(n)}@example.com", "roles": roles[n]} for n in numbers]
    running.control("iics", "seed", {"count": 0, "people": people})
    grants = [{"username": name(n), "role": "Developer", "organization": "Data"} for n in numbers]
    grants += [{"username": name(n), **OWNER} for n in numbers if n % ODD == 1]
    running.control("iq", "seed", {"count": count, "grants": grants})
    tags = {
        number: [f"team-{number % PROFILES}", "staff", *(["chess"] if number % ODD == 1 else [])] for number in numbers
    }
    accounts = [{"username": name(n), "tags": tags[n]} for n in numbers]
    members = {at: [name(n) for n in numbers if n % PROFILES == at] for at in range(PROFILES)}
    domains = [{"name": f"domain-{at}", "roles": {"viewer": members[at]}} for at in members]
    running.control("magistrala", "seed", {"count": 0, "accounts": accounts, "domains": domains})


def replay(running: Sandbox, folder: pathlib.Path) -> list[str]:
    """The command of a plain script that sends what arrived since the journals were switched on."""
    sent = {system: running.requests(system) for system in LOGINS}
    for system in LOGINS:
        running.control(system, "journal", {"on": False, "clear": True})
    path = folder / "requests.json"
    path.write_text(json.dumps({"urls": running.urls, "logins": LOGINS, "sent": sent}))
    return [sys.executable, str(HERE / "plain.py"), str(path)]


def measure(count: int, rounds: int, folder: pathlib.Path) -> list[Bar]:
    playbooks = Playbooks(folder)
    people = folder / "people.json"
    people.write_text(json.dumps(roster(count)))
    with sandbox(folder) as running:
        settle(running, count)
        variables = {
            "review_people_file": str(people),
            "review_profiles": profiles(),
            "review_connections": {
                system: {"api_url": running.urls[system], **login} for system, login in LOGINS.items()
            },
            "review_report_dir": str(folder / "reports"),
            "review_date": "2026-11-27",
            "review_dormant_days": 100_000,
        }

        def review() -> Spent:
            return playbooks.time("review", roles=["people.lifecycle.review"], vars=variables)

        for system in LOGINS:
            running.control(system, "journal", {"on": True, "clear": True})
        review()
        script = replay(running, folder)
        reviews, plain = [], []
        for dummy in range(rounds):
            reviews.append(review())
            plain.append(run(script))
    newest = max((folder / "reports").glob("*.json"), key=lambda path: path.stat().st_mtime)
    counts = json.loads(newest.read_text())["counts"]
    print(f"{counts['accounts']:,} accounts, {counts['findings']:,} findings: {counts['by_kind']}")
    seconds, beside = (statistics.median(each.seconds for each in spent) for spent in (reviews, plain))
    print(f"review {seconds:.1f} s, plain script {beside:.1f} s")
    return [
        Bar(f"review of {count:,} accounts in each system, seconds", seconds, SECONDS),
        Bar("review / plain script with the same requests", seconds / beside, TIMES),
        Bar("MiB of the largest process", max(each.mebibytes for each in reviews), MEBIBYTES),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        judged = measure(options.count, options.rounds, pathlib.Path(folder))
    print(verdicts(judged))
    return int(not all(each.met for each in judged))


if __name__ == "__main__":
    sys.exit(main())
