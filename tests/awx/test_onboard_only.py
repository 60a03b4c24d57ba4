# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A launch about some of the people on the roster:
every slice does its own of them, and nobody else is meant by mistake.
"""

from __future__ import annotations

import dataclasses
import pathlib
import typing as t

import pytest

from awx import content, jobs, slices
from awx.backend import backend
from awx.rules import surveys

Values = dict[str, t.Any]


def meant(only: str) -> Values:
    """The variables of a launch of the roster's template that answers with ``only``."""
    answers = surveys.answers(content.surveys()["People: onboard the roster"], {"onboard_only": only})
    return {**answers, "onboard_systems": ["magistrala"]}


@pytest.fixture(scope="module")
def three_slices(tmp_path_factory: pytest.TempPathFactory) -> tuple[pathlib.Path, list[Values]]:
    """A roster of six people in three slices, and its folder."""
    folder = tmp_path_factory.mktemp("roster")
    parts = slices.sliced(slices.synchronized(slices.write_roster(folder, 6)), 3)
    assert [slices.hosts(part) for part in parts] == [["E00001", "E00004"], ["E00002", "E00005"], ["E00003", "E00006"]]
    return folder, parts


@pytest.mark.parametrize(
    ("only", "people", "per_slice"),
    [("e00002\nE00006", [2, 6], [0, 1, 1]), ("data-engineer,E00002", [1, 2, 3, 5], [1, 2, 1])],
)
def test_each_slice_does_those_of_its_people_who_are_meant(
    only: str,
    people: list[int],
    per_slice: list[int],
    three_slices: tuple[pathlib.Path, list[Values]],
    tmp_path: pathlib.Path,
) -> None:
    folder, parts = three_slices
    with backend() as systems:
        work = slices.jobs_of(parts, systems, folder, 1, **meant(only))
        found = slices.summaries(slices.distributed([in_folder(job, tmp_path) for job in work]))
        assert [found[f"onboard_{number}"]["counts"]["people"] for number in (1, 2, 3)] == per_slice
        assert systems.names("magistrala") == [f"person{number:05}" for number in people]


def test_a_name_that_nobody_on_the_whole_roster_has_stops_every_slice(
    three_slices: tuple[pathlib.Path, list[Values]], tmp_path: pathlib.Path
) -> None:
    folder, parts = three_slices
    with backend() as systems:
        work = slices.jobs_of(parts, systems, folder, 1, **meant("E00002\nE00007"))
        for done in slices.distributed([in_folder(job, tmp_path) for job in work]):
            assert done.status == "failed"
            assert "onboard_only names 'E00007', which is nobody's id or profile; did you mean E00006 or" in done.output
            assert "E00002'" not in done.output
        assert systems.writes() == []


def in_folder(job: jobs.Job, folder: pathlib.Path) -> jobs.Job:
    return dataclasses.replace(job, folder=folder / job.folder.name)


@pytest.fixture
def digits(tmp_path: pathlib.Path) -> pathlib.Path:
    """A folder with a roster whose personnel numbers are digits; the first, read as octal, is the last."""
    rows = [f"{number},First,Last,person{number}@example.com,analyst" for number in ("00123", "10482", "83")]
    (tmp_path / "people.csv").write_text("\n".join(["id,first_name,last_name,email,profile", *rows]))
    (tmp_path / "roster.yml").write_text("plugin: people.lifecycle.roster\npath: people.csv\n")
    return tmp_path


@pytest.mark.parametrize(("answer", "people"), [("10482,", ["person10482"]), ("\n00123\n", ["person00123"])])
def test_personnel_numbers_with_something_beside_the_digits_are_text(
    answer: str, people: list[str], digits: pathlib.Path
) -> None:
    with backend() as systems:
        (job,) = slices.jobs_of([slices.synchronized(digits / "roster.yml")], systems, digits, 1, **meant(answer))
        done = job.run()
        assert done.status == "successful", done.output
        assert systems.names("magistrala") == people


def test_digits_alone_are_never_taken_for_somebody_else(digits: pathlib.Path) -> None:
    """ansible-core 2.19 makes 83 of such an answer; older releases leave it as it is."""
    with backend() as systems:
        (job,) = slices.jobs_of([slices.synchronized(digits / "roster.yml")], systems, digits, 1, **meant("00123"))
        done = job.run()
        refused = done.status == "failed" and "onboard_only arrived as 83 and not as text" in done.output
        assert systems.names("magistrala") == ([] if refused else ["person00123"])
        assert refused or done.status == "successful", done.output
