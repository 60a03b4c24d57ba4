# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers to a survey that ansible-core may take for something else, in jobs of AWX."""

from __future__ import annotations

import pathlib

from awx import jobs
from awx.backend import backend

PERSON = {"person_first_name": "Jane", "person_last_name": "Smith", "person_email": "jane.smith@example.com"}
PERSON = {**PERSON, "person_profile": ["analyst"], "onboard_systems": ["iics"]}


def test_a_telephone_number_is_written_as_it_was_typed_or_not_at_all(tmp_path: pathlib.Path) -> None:
    with backend() as systems:
        environment = systems.credentials(tmp_path / "credentials")
        phones = {}
        for number, phone in enumerate(("+493012345", "'+493012345"), 1):
            job = jobs.Job(
                tmp_path / str(number), "onboard_person.yml", number, {**PERSON, "person_phone": phone}, environment
            )
            done = job.run()
            if done.status == "failed":
                assert "person_phone arrived as 493012345 and not as text" in done.output
                assert systems.writes() == []
            users = systems.system("iics").directory.users.values()
            phones[phone] = [user.phone for user in users if user.name == "jane.smith@example.com"]
        assert phones["'+493012345"] == ["+493012345"]
        assert phones["+493012345"] in ([], ["+493012345"])
