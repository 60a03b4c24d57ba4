# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Access that no profile explains stays, and is told."""

from __future__ import annotations

from people_company import PROFILES, Company, person


def test_what_a_deleted_profile_gave_is_kept_and_told_as_known_to_no_profile(company: Company) -> None:
    both = {**PROFILES, "lead": {**PROFILES["lead"], "magistrala": {"tags": ["lead"]}}}
    for system in ("iics", "iq"):
        company.join(system, person(profile=["engineer", "lead"]), profiles=both)
    left = {name: profile for name, profile in both.items() if name != "lead"}
    for system, item in (("iics", "roles: Operator"), ("iq", "grants: role Owner")):
        for check in (True, False):
            (line,) = company.join(system, person(), profiles=left, remove_old_access=True, check=check)
            assert line.action == "unchanged"
            assert (
                len(line.old) == 1 and line.old[0].startswith(item) and line.old[0].endswith(", which no profile knows")
            )
        (silent,) = company.join(system, person(), profiles=left)
        assert silent.old == [], "who keeps old access is not told of what others gave"
