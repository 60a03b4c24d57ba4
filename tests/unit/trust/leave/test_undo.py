# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The offboarding of the wrong person is undone as far as that can be: from its report, and by onboarding."""

from __future__ import annotations

import json
import typing as t

from unit.trust.leave.conftest import JANE, JOE, Run, names

UNDO = "people.lifecycle.offboard_undo"


def undo(offboard: Run, people: t.Any, *options: str) -> tuple[int, str]:
    given = {
        "undo_report": str(offboard.folder / "reports/offboard-job.json"),
        "undo_people": people,
        "lifecycle_connections": {"magistrala": offboard.company.connection("magistrala")},
    }
    done = offboard.playbook(UNDO, given, *options)
    return done.returncode, " ".join((done.stdout + done.stderr).split())


def test_who_was_disabled_is_let_in_again_and_the_rest_is_told(offboard: Run) -> None:
    company = offboard.company
    company.module("x.magistrala_user", {**company.connection("magistrala"), "username": "jane-smith", "role": "admin"})
    before = company.accounts("magistrala")["jane-smith"]
    assert offboard([JANE, JOE])["code"] == 0

    company.sandbox.apps["magistrala"].journal.clear()
    code, preview = undo(offboard, [JANE], "--check")
    assert code == 0 and "changed=1" in preview and company.writes("magistrala") == 0
    code, printed = undo(offboard, [JANE])
    assert code == 0 and "changed=1" in printed
    after = company.accounts("magistrala")
    assert after["jane-smith"] | {"role": "admin"} == before
    assert after["jane-smith"]["role"] == "user", "a report gives nobody a privilege"
    assert after["joe-doe"]["enabled"] is False
    for told in (
        "iics: jane.smith@example.com had",
        "Designer",
        "iq: jane.smith had",
        "Developer",
        "magistrala: jane-smith had",
    ):
        assert told in printed
    assert "joe" not in printed
    assert "changed=0" in undo(offboard, [JANE])[1]


def test_what_was_deleted_is_let_in_again_while_magistrala_keeps_it(offboard: Run) -> None:
    assert offboard([JANE], offboard_mode="delete", offboard_systems=["magistrala"])["code"] == 0
    assert undo(offboard, [JANE])[0] == 0
    assert "jane-smith" in names(offboard.company, "magistrala")


def test_who_was_disabled_before_is_not_let_in(offboard: Run) -> None:
    magistrala = offboard.company.connection("magistrala")
    offboard.company.module("x.magistrala_user", {**magistrala, "username": "jane-smith", "role": "admin"})
    offboard.company.module("x.magistrala_user", {**magistrala, "username": "jane-smith", "state": "disabled"})
    assert offboard([JANE])["code"] == 0
    assert undo(offboard, [JANE])[0] == 0
    assert "jane-smith" not in names(offboard.company, "magistrala")


def test_refused_for_nobody_for_others_and_for_previews(offboard: Run) -> None:
    assert offboard([JANE])["code"] == 0
    path = offboard.folder / "reports/offboard-job.json"
    report = json.loads(path.read_text())
    for people, changed in (
        ([], {}),
        (JANE, {}),
        ([JANE, JOE], {}),
        ([JANE], {"check_mode": True}),
        ([JANE], {"kind": "onboard"}),
    ):
        path.write_text(json.dumps({**report, **changed}))
        code, printed = undo(offboard, people)
        assert code == 2 and "a list of ids of people in it: jane.smith@example.com" in printed
    assert "jane-smith" not in names(offboard.company, "magistrala")


def test_a_report_is_data(offboard: Run) -> None:
    offboard.company.by_hand("iq", "{{ 7 * 7 }}")
    assert offboard([JANE])["code"] == 0
    code, printed = undo(offboard, [JANE])
    assert code == 0 and "iq: {{ 7 * 7 }} had" in printed and "iq: 49" not in printed
