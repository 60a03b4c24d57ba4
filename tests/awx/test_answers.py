# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers to a survey that ansible-core may take for something else, in jobs of AWX."""

from __future__ import annotations

import pathlib
import typing as t

from awx import jobs
from awx.backend import Backend, backend

Values = dict[str, t.Any]
PERSON = {"person_first_name": "Jane", "person_last_name": "Smith", "person_email": "jane.smith@example.com"}
PERSON = {**PERSON, "person_profile": ["analyst"], "onboard_systems": ["iics"]}


def onboarded(systems: Backend, folder: pathlib.Path, number: int, **answers: t.Any) -> jobs.Done:
    environment = systems.credentials(folder / "credentials")
    return jobs.Job(folder / str(number), "onboard_person.yml", number, {**PERSON, **answers}, environment).run()


def users(systems: Backend) -> list[Values]:
    """What IICS has of Jane, if anything."""
    found = systems.system("iics").directory.users.values()
    return [{"phone": user.phone, "title": user.title} for user in found if user.name == "jane.smith@example.com"]


def test_a_telephone_number_is_written_as_it_was_typed_or_not_at_all(tmp_path: pathlib.Path) -> None:
    with backend() as systems:
        phones = {}
        for number, phone in enumerate(("+493012345", "'+493012345"), 1):
            done = onboarded(systems, tmp_path, number, person_phone=phone)
            if done.status == "failed":
                assert "person_phone arrived as 493012345 and not as text" in done.output
                assert systems.writes() == []
            phones[phone] = [user["phone"] for user in users(systems)]
        assert phones["'+493012345"] == ["+493012345"]
        assert phones["+493012345"] in ([], ["+493012345"])


def test_a_first_day_that_lies_ahead_is_waited_for_and_blank_answers_are_none(tmp_path: pathlib.Path) -> None:
    blank = {
        "person_phone": "",
        "person_title": None,
        "person_id": "null",
        "person_attributes": "",
        "onboard_reenable": "",
    }
    with backend() as systems:
        ahead = onboarded(systems, tmp_path, 1, person_start="2099-02-01", **blank)
        assert (ahead.status, systems.writes()) == ("successful", []), ahead.output
        (waiting,) = ahead.artifacts["onboard_1"]["waiting"]
        assert (waiting["id"], waiting["why"]) == ("jane.smith@example.com", "starts on 2099-02-01")
        assert "Not due (1): Jane Smith, who starts on 2099-02-01" in ahead.pane
        begun = onboarded(systems, tmp_path, 2, person_start="2026-02-01", **blank)
        assert begun.status == "successful" and users(systems) == [{"phone": None, "title": None}], begun.output
