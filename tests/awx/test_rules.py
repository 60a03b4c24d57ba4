# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rules on surveys, schedules and workflows refuse what AWX refuses."""

from __future__ import annotations

import typing as t

import pytest

from awx.rules import schedules, surveys, workflows

Values = dict[str, t.Any]


def question(**more: t.Any) -> Values:
    return {"question_name": "Q", "variable": "q", "type": "text", "required": False, "default": "", **more}


def survey(*questions: Values) -> Values:
    return {"name": "S", "description": "", "spec": list(questions)}


@pytest.mark.parametrize(
    "bad",
    [
        survey(),
        {"name": "S", "spec": [question()]},
        survey(question(), question()),
        survey(question(type="boolean")),
        survey(question(required="yes")),
        survey(question(variable="bad var-name{{x}}")),
        survey(question(variable="v" * 65)),
        survey(question(default=5)),
        survey(question(type="integer", default="5")),
        survey(question(type="integer", default=True)),
        survey(question(min=1)),
        survey(question(required=True, min="1")),
        survey(question(type="multiplechoice")),
        survey(question(type="multiplechoice", choices=["a", "b"])),
        survey(question(type="multiplechoice", choices=["a", "b"], default="c")),
        survey(question(type="multiplechoice", choices=["a", "b"], default="a\nb")),
        survey(question(type="multiplechoice", choices=[True, False], default="")),
        survey(question(type="multiselect", choices=["a"], default=["a"])),
        survey(question(type="multiplechoice", choices="a\nb\n", default="a")),
        survey(question(default="$encrypted$")),
        survey(question(type="password", default="secret")),
        survey(question(help="x")),
    ],
    ids=str,
)
def test_a_survey_that_is_refused(bad: Values) -> None:
    assert surveys.problems(bad)


def test_answers_as_awx_hands_them_on() -> None:
    asked = survey(
        question(variable="needed", required=True, default="x"),
        question(variable="text"),
        question(variable="choice", type="multiplechoice", choices=["true", "false"], default="false"),
        question(variable="several", type="multiselect", choices=["a", "b"], default="a\nb"),
        question(variable="number", type="integer", default=5),
    )
    assert surveys.problems(asked) == []
    with pytest.raises(ValueError, match="needed"):
        surveys.answers(asked, {})
    assert surveys.answers(asked, {"needed": "y", "other": 1}) == {
        "needed": "y",
        "text": "",
        "choice": "false",
        "number": 5,
    }
    for wrong in ({"choice": True}, {"choice": ""}, {"number": "5"}, {"several": "a"}, {"text": None}):
        with pytest.raises(ValueError):
            surveys.answers(asked, {"needed": "y", **wrong})


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "DTSTART:20270101T020000 RRULE:FREQ=DAILY;INTERVAL=1",
        "DTSTART:20270101T020000Z RRULE:FREQ=DAILY",
        "DTSTART:20270101T020000Z",
        "DTSTART:20270101T020000Z DTSTART:20270101T020000Z RRULE:FREQ=DAILY;INTERVAL=1",
        "DTSTART:20270101T020000Z RRULE:FREQ=SECONDLY;INTERVAL=1",
        "DTSTART:20270101T020000Z RRULE:FREQ=MONTHLY;INTERVAL=1;BYDAY=1MO",
        "DTSTART:20270101T020000Z RRULE:FREQ=DAILY;INTERVAL=1;COUNT=5;UNTIL=20280101T000000Z",
        "DTSTART:20270101T020000Z RRULE:FREQ=DAILY;INTERVAL=1;COUNT=1000",
        "DTSTART:20270101T020000Z RRULE:FREQ=DAILY;INTERVAL=1 EXDATE:20270102T020000Z",
    ],
)
def test_a_schedule_that_is_refused(bad: str) -> None:
    assert schedules.problems(bad)


def node(name: str, *followers: str) -> Values:
    return {"identifier": name, "related": {"success_nodes": [{"identifier": follower} for follower in followers]}}


@pytest.mark.parametrize(
    "bad",
    [
        [node("a"), node("a")],
        [node("a", "b")],
        [node("a"), node("b")],
        [node("a", "b", "b"), node("b")],
        [node("a", "b"), node("b", "c"), node("c", "b")],
        [node("a", "b"), node("b", "a")],
    ],
    ids=str,
)
def test_a_workflow_that_is_refused(bad: list[Values]) -> None:
    assert workflows.problems(bad)


def test_ways_through_a_workflow() -> None:
    nodes = [node("a", "b", "c"), node("b", "d"), node("c", "d"), node("d")]
    assert workflows.problems(nodes) == []
    assert [way[::2] for way in workflows.ways(nodes, "d")] == [["a", "b", "d"], ["a", "c", "d"]]
