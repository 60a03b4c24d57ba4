# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a review costs: the pages of the listings, one request for each place, and at most ten more."""

from __future__ import annotations

import pathlib

from people_actions import act
from people_company import PROFILES, Company, person

COUNT, APPLICATIONS, DOMAINS = 450, 500, 50
PAGES = {"iics": 3, "iq": 3, "magistrala": 5}  # one for each of the three realms that the IQ Server lists people of
# Requests about other places of an IQ Server: the global one, all repositories, and which managers there are.
EVERYWHERE = 3


def test_a_review_costs_pages_places_and_at_most_ten_requests(company: Company, tmp_path: pathlib.Path) -> None:
    apps = company.sandbox.apps
    for app in apps.values():
        app.act("POST", "seed", {"count": COUNT})
    apps["iq"].act("POST", "seed", {"count": 0, "applications": APPLICATIONS})
    apps["magistrala"].act(
        "POST", "seed", {"count": 0, "domains": [{"name": f"d{number}"} for number in range(DOMAINS)]}
    )
    state = apps["iq"].system.state
    places = {"iq": len(state.organizations) + len(state.applications) + EVERYWHERE, "magistrala": DOMAINS}
    assert places["iq"] > APPLICATIONS
    company.forget()
    result = act(
        tmp_path,
        "review",
        company,
        connections=company.connections(),
        people=[person()],
        profiles=PROFILES,
        absence_limit=100,
        report_dir=str(tmp_path),
    )
    assert result["failure"] == "" and result["report"]["counts"]["by_kind"]["orphan"] >= 3 * COUNT
    for name, app in apps.items():
        assert len(app.journal) <= PAGES[name] + places.get(name, 0) + 10, name
        assert company.writes(name) == 0
