# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What was approved, by real playbooks on the command line: a check prints the digest, and the run is given it."""

from __future__ import annotations

import pathlib
import re

from ansible_collections.people.lifecycle.plugins.module_utils._systems import TRAITS
from people_company import PROFILES, Company, person
from people_playbook import play

PEOPLE = [person(1), person(2)]


def writes(company: Company) -> int:
    return sum(company.writes(system) for system in TRAITS)


def test_on_the_command_line_a_check_says_what_the_run_is_to_be_given(company: Company, tmp_path: pathlib.Path) -> None:
    given = {"onboard_people": PEOPLE, "onboard_profiles": PROFILES, "lifecycle_connections": company.connections()}
    checked = play(tmp_path, "onboard", given, "--check")
    assert (checked.code, writes(company)) == (0, 0), checked.output
    (approved,) = set(re.findall(r"-e (onboard_approved=[0-9A-Za-z-]+)", checked.output))
    wrong = play(tmp_path, "onboard", {**given, "onboard_people": PEOPLE[:1]}, "-e", approved)
    assert (wrong.code, writes(company)) == (2, 0) and "no longer to be done: create " in wrong.output
    done = play(tmp_path, "onboard", given, "-e", approved)
    assert done.code == 0 and writes(company) > 0, done.output
