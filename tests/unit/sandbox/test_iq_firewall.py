# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Repository managers and repositories of the simulated IQ Server, by release and as the vendor's client reads them."""

from __future__ import annotations

import pytest

from sandbox.iq.permissions import DEVELOPER, OWNER
from sandbox.iq.seeds import PASSWORD
from unit.sandbox.iq_server import Server

vendor = pytest.importorskip("sonatype_iq_api_client")


@pytest.fixture
def iq(shared_iq: Server) -> Server:
    shared_iq.system.reset()
    shared_iq.switch(release=207)
    shared_iq.system.seed(1, repositories={"nexus": ["central", "npm"], "empty": []})
    return shared_iq


def places(iq: Server) -> dict[str, str]:
    """The ids of manager and repositories by name, as the API lists them."""
    managers = {
        row["name"]: row["id"] for row in iq.call("GET", "firewall/repositoryManagers").json()["repositoryManagers"]
    }
    listed = iq.call("GET", f"firewall/repositories/configuration/{managers['nexus']}").json()["repositories"]
    return {**managers, **{row["publicId"]: row["repositoryId"] for row in listed}}


def members(iq: Server, kind: str, owner: str) -> list[tuple[str, str]]:
    """Place and name of everybody whom the answer about one place lists, what is inherited included."""
    rows = iq.call("GET", f"roleMemberships/{kind}/{owner}/roles").json()["membersByRole"]
    found = [
        (by["ownerType"], m["internalName"]) for row in rows for by in row["membersByOwner"] for m in by["members"]
    ]
    return sorted(found)


def test_what_is_given_above_holds_below(iq: Server) -> None:
    ids = places(iq)
    assert set(ids) == {"nexus", "empty", "central", "npm"}
    assert iq.status("PUT", f"roleMemberships/repository_manager/{ids['nexus']}/role/{OWNER}/user/ann") == 204
    assert iq.status("PUT", f"roleMemberships/repository/{ids['npm']}/role/{DEVELOPER}/group/team") == 204
    assert members(iq, "repository_manager", ids["nexus"]) == [("repository_manager", "ann")]
    assert members(iq, "repository", ids["npm"]) == [("repository", "team"), ("repository_manager", "ann")]
    assert members(iq, "repository", ids["central"]) == [("repository_manager", "ann")]
    assert iq.status("DELETE", f"roleMemberships/repository_manager/{ids['nexus']}/role/{OWNER}/user/ann") == 204
    assert members(iq, "repository", ids["central"]) == []


@pytest.mark.parametrize(
    ("release", "told", "changed"), [(197, 404, 404), (198, 200, 404), (204, 200, 404), (205, 200, 204)]
)
def test_releases(iq: Server, release: int, told: int, changed: int) -> None:
    ids = places(iq)
    iq.switch(release=release)
    assert iq.status("GET", f"roleMemberships/repository/{ids['npm']}/roles") == told
    assert iq.status("PUT", f"roleMemberships/repository/{ids['npm']}/role/{DEVELOPER}/user/ann") == changed
    assert iq.status("GET", f"roleMemberships/repository/{ids['npm']}") == 404, (
        "the classic answer knows no repositories"
    )


@pytest.mark.parametrize("answer", ["402", "403", "404"])
def test_a_server_without_firewall(iq: Server, answer: str) -> None:
    iq.switch(firewall=answer)
    assert iq.status("GET", "firewall/repositoryManagers") == int(answer)


def test_who_may_look(iq: Server) -> None:
    nobody = ("person-00001", PASSWORD)
    assert iq.status("GET", "firewall/repositoryManagers", login=nobody) == 403
    assert iq.status("GET", "firewall/repositories/configuration/nothing") == 404


def test_the_vendors_client_reads_and_writes_them(iq: Server) -> None:
    api = vendor.ApiClient(vendor.Configuration(host=iq.url, username="admin", password="admin123"))
    firewall, roles = vendor.FirewallApi(api), vendor.RoleMembershipsApi(api)
    managers = {each.name: each.id for each in firewall.get_repository_managers().repository_managers}
    assert set(managers) == {"nexus", "empty"}
    assert firewall.get_configured_repositories(managers["empty"]).repositories == []
    (npm,) = [r for r in firewall.get_configured_repositories(managers["nexus"]).repositories if r.public_id == "npm"]
    roles.grant_role_membership_application_or_organization("repository", npm.repository_id, DEVELOPER, "user", "ann")
    (role,) = roles.get_bulk_role_memberships_non_global("repository", npm.repository_id).members_by_role
    (owner,) = role.members_by_owner
    assert (role.role_id, owner.owner_id, [member.internal_name for member in owner.members]) == (
        DEVELOPER,
        npm.repository_id,
        ["ann"],
    )
