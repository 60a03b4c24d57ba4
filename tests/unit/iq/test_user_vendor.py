# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The vendor's own client reads back what the modules wrote, and the modules read what the vendor's client wrote."""

from __future__ import annotations

import sonatype_iq_api_client as vendor

from unit.iq.server import JANE, Server, foreseen

DEVELOPER = "1da70fae1fd54d6cb7999871ebdb9a36"
OWNER = "1cddabf7fdaa47d6833454af10e0a3ef"


def test_the_vendors_client_reads_what_the_modules_write(server: Server) -> None:
    client = server.vendor()
    data = next(o.id for o in client.organizations.get_organizations().organizations or [] if o.name == "Data")
    portal = (client.applications.get_applications(public_id=["data-portal"]).applications or [])[0].id
    grants = [{"role": "Developer", "organization": "Data"}, {"role": "Owner", "application": "data-portal"}]

    foreseen(server, **JANE, grants={"add": [*grants, {"role": "Owner", "repository_container": True}]})
    jane = client.users.get1("jane")
    assert (jane.username, jane.first_name, jane.last_name, jane.email) == ("jane", "Jane", "Doe", "jane@example.com")
    assert client.names() == ["admin", "jane"]
    assert client.grants("jane") == [
        ("application", portal, OWNER), ("organization", data, DEVELOPER),
        ("repository_container", "repository_container", OWNER),
    ]  # fmt: skip

    foreseen(server, username="jane", email="jane.doe@example.com", grants={"set": grants[:1]})
    assert client.users.get1("jane").email == "jane.doe@example.com"
    assert client.grants("jane") == [("organization", data, DEVELOPER)]

    foreseen(server, username="jane", state="absent")
    assert client.names() == ["admin"] and client.grants("jane") == []


def test_the_modules_read_what_the_vendors_client_writes(server: Server) -> None:
    client = server.vendor()
    client.users.add(
        vendor.ApiUserDTO(username="ted", password="secret", firstName="Ted", lastName="B", email="t@example.com")
    )
    data = str(next(o.id for o in client.organizations.get_organizations().organizations or [] if o.name == "Data"))
    client.memberships.grant_role_membership_application_or_organization("organization", data, DEVELOPER, "user", "ted")
    login = vendor.Configuration(host=server.url, username="ted", password="secret")
    token = vendor.UserTokensApi(vendor.ApiClient(login)).create_user_token()

    (ted,) = server.info(username="ted", grants=True, tokens=True)
    assert (ted["last_name"], ted["grants"]) == ("B", [{"role": "Developer", "organization": "Data"}])
    assert ted["token"]["exists"] and token.pass_code and token.pass_code not in str(ted)

    foreseen(server, username="ted", state="absent")
    assert client.names() == ["admin"] and client.token_owners() == [] and client.grants("ted") == []


def test_a_token_signs_the_modules_in(server: Server) -> None:
    token = server.vendor().tokens.create_user_token()
    codes = {"api_username": token.user_code, "api_password": token.pass_code}
    assert server.user(**JANE, **codes)["changed"]
    result = server.user(username="admin", state="absent", force=True, **codes)
    assert result["failed"] and "is the account that this task runs with" in result["msg"]
    assert str(token.pass_code) not in str(result)
