# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who takes over file listeners, by instance, and what the report says where nobody does."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleActionFail

from unit.instances.conftest import Large

EMAIL, FOLLOWER = "clara@example.com", "beth@example.com"


@pytest.fixture
def owners(company: Large) -> Large:
    """Clara owns file listeners in both organizations, and Beth has an account in them."""
    people = [{"name": EMAIL, "roles": ["Designer"], "file_listeners": 1}, {"name": FOLLOWER, "roles": ["Designer"]}]
    for instance in ("iics", "iics_dev"):
        company.sandbox.apps[instance].act("POST", "seed", {"count": 0, "people": people})
    return company


def named(result: dict) -> list[str]:
    """The instances in which somebody has to give file listeners away by hand."""
    return [entry["instance"] for entry in result["report"]["manual"] if "ChangeCallbackOwnership" in entry["what"]]


@pytest.mark.parametrize("check", [True, False])
def test_they_follow_in_each_instance_or_in_one(owners: Large, check: bool) -> None:
    given = {"systems": ["iics", "iics_dev"], "check": check}
    one = owners.act("offboard", [EMAIL], successors={"iics_dev": {"file_listeners": FOLLOWER}}, **given)
    if check:
        assert named(one) == ["iics"] and owners.where(EMAIL) == {"iics", "iics_dev"}
        return
    assert [entry["instance"] for entry in one["report"]["failures"]] == ["iics"] and named(one) == ["iics"]
    assert owners.where(EMAIL) == {"iics"}
    all_of_them = owners.act("offboard", [EMAIL], successors={"iics": {"file_listeners": FOLLOWER}}, **given)
    assert not all_of_them["failure"] and named(all_of_them) == [] and owners.where(EMAIL) == set()
    kept = {
        name: owners.sandbox.apps[name].system.directory.user_named(FOLLOWER).file_listeners
        for name in ("iics", "iics_dev")
    }
    assert kept == {"iics": 1, "iics_dev": 1}


def test_what_needs_no_successor_is_refused(owners: Large) -> None:
    with pytest.raises(AnsibleActionFail, match=r"offboard_successors.iics_dev names 'jobs'; known are file_listeners"):
        owners.act("offboard", [EMAIL], successors={"iics_dev": {"jobs": FOLLOWER}})
