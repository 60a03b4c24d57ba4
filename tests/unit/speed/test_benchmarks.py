# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The benchmark works, with tiny numbers; how fast anything is, is not judged here."""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys

import pytest

BENCHMARKS = pathlib.Path(__file__).resolve().parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

import bars  # noqa: E402
import people  # noqa: E402
import sandboxed  # noqa: E402


def test_every_part_measures_something(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "bench.json"
    command = [sys.executable, BENCHMARKS / "bench.py", "--quick", "--folder", tmp_path / "bench", "--json", path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(path.read_text())["figures"]
    assert {name.split()[0] for name in figures} == set("abcdefg") | {"nothing", "onboard"}
    assert all(min(figure["seconds"]) > 0 for name, figure in figures.items() if name[0] != "f")
    assert 10 < figures["e 3"]["mebibytes"] < 200
    for name in (*(f"{situation} 3" for situation in people.SITUATIONS), "loop 1"):
        sent = figures[f"f {name}"]
        assert (sent["requests"], sent["repeated"]) == (sent["least"], 0)


def test_a_review_is_measured_beside_a_plain_script() -> None:
    command = [sys.executable, BENCHMARKS / "review.py", "--count", "20", "--rounds", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    assert "63 accounts" in done.stdout and "plain script" in done.stdout, done.stdout + done.stderr
    assert {line.split()[0] for line in done.stdout.splitlines()[-3:]} <= {"met", "MISSED"}


def test_bars_are_judged_where_there_are_figures() -> None:
    figures = {
        "a create 10000": {"seconds": [9.0, 1.0, 2.0]},
        "b create 10000": {"seconds": [2.9, 2.9, 30.0]},
        "g empty": {"seconds": [0.5], "cpu": [0.4]},
        "c unchanged 100": {"seconds": [3.5], "cpu": [2.4]},
        "d unchanged 100": {"seconds": [60.5], "cpu": [50.4]},
        "b unchanged 1000": {"seconds": [4.0]},
    }
    judged = {each.name: (round(each.value, 3), each.met) for each in bars.bars(figures)}
    assert judged == {
        "loop of 100 above Ansible's start / uri loop, processor": (0.04, True),
        "loop of 100 above Ansible's start / uri loop, clock": (0.05, True),
        "b/a, 10,000 creates": (1.45, False),
        "d/b, 1,000 unchanged (d extrapolated from 100)": (150.125, False),
    }


def test_the_table_shows_medians_and_requests() -> None:
    shown = bars.table(
        {"a create 1": {"seconds": [1, 2, 9], "cpu": [1, 1, 4]}, "f x": {"requests": 3, "least": 2, "repeated": 0}}
    )
    assert "2.00s     1.00s     9.00s      1.00s" in shown
    assert "3 requests, at least 2; 0 reads repeated" in shown


def test_a_read_after_a_write_is_no_repetition() -> None:
    read, write, other = ("GET", "/users/1"), ("PATCH", "/users/1"), ("GET", "/users/2")
    assert sandboxed.repeated([read, write, read, other]) == 0
    assert sandboxed.repeated([read, other, read, write, read, read]) == 2


@pytest.mark.parametrize(("situation", "expected"), [("unchanged", 0), ("create", 0), ("change", 3)])
def test_one_percent_has_something_to_change(situation: str, expected: int) -> None:
    wanted = people.people(300, situation)
    assert sum(person["last_name"] == "Changed" for person in wanted) == expected
    assert people.changed(300) == 3
    assert len({person["password"] for person in wanted}) == 300
