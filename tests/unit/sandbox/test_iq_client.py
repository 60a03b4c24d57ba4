# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The vendor's own client drives the simulated IQ Server, and the vendor's specification watches."""

from __future__ import annotations

import typing as t

import pytest
import sonatype_iq_api_client as vendor
from sonatype_iq_api_client.exceptions import BadRequestException, ConflictException, NotFoundException

from unit.sandbox.iq_openapi import WitnessedIq, contract, serving, specification

ADMIN = ("admin", "admin123")
DEVELOPER = "1da70fae1fd54d6cb7999871ebdb9a36"
NASTY = "a b/c@x+é%&?#"


class Client:
    """The parts of the vendor's client that are about people, for one login."""

    def __init__(self, url: str, login: tuple[str, str] = ADMIN) -> None:
        api = vendor.ApiClient(vendor.Configuration(host=url, username=login[0], password=login[1]))
        self.users = vendor.UsersApi(api)
        self.tokens = vendor.UserTokensApi(api)
        self.token_settings = vendor.UserTokenConfigurationApi(api)
        self.roles = vendor.RolesApi(api)
        self.memberships = vendor.RoleMembershipsApi(api)
        self.organizations = vendor.OrganizationsApi(api)
        self.applications = vendor.ApplicationsApi(api)


@pytest.fixture(scope="module")
def server() -> t.Iterator[WitnessedIq]:
    with serving() as system:
        yield system


@pytest.fixture
def iq(server: WitnessedIq) -> t.Iterator[WitnessedIq]:
    server.reset()
    yield server
    if specification() and server.switches.return_realm != "null":  # null is outside of the specification
        assert contract().check_all(server.exchanges, refused_requests=False) > 0


def test_the_vendors_specification_watches() -> None:
    assert contract().api is not None


def person(username: str, **more: t.Any) -> vendor.ApiUserDTO:
    fields = {"password": "secret", "first_name": "Ted", "last_name": "Baker", "email": "ted@example.com"}
    return vendor.ApiUserDTO(username=username, **{**fields, **more})


def test_vendors_document_is_found_or_the_checks_are_reported_as_skipped() -> None:
    assert contract().api is not None


@pytest.mark.parametrize("realm", ["yes", "no", "null"])
@pytest.mark.parametrize("username", ["ted", NASTY])
def test_a_user_from_creation_to_deletion(iq: WitnessedIq, realm: str, username: str) -> None:
    iq.configure(return_realm=realm)
    users, shown = Client(iq.url).users, "Internal" if realm == "yes" else None

    assert users.add_with_http_info(person(username, realm="Internal")).status_code == 204
    found = users.get1(username, realm="Internal")
    assert (found.username, found.first_name, found.last_name, found.email) == (
        username, "Ted", "Baker", "ted@example.com",
    )  # fmt: skip
    assert found.realm == shown and found.password is None
    assert [user.username for user in users.get_all2().users or []] == ["admin", username]

    changed = users.update_with_http_info(username, vendor.ApiUserDTO(firstName="Teddy Esq "))
    assert changed.status_code == 200
    assert changed.data.to_dict().get("realm") == shown
    assert users.get1(username).to_dict() == changed.data.to_dict()
    assert (changed.data.first_name, changed.data.email) == ("Teddy Esq ", "ted@example.com")

    with pytest.raises(BadRequestException):
        users.add(person(username))
    assert users.delete1_with_http_info(username, realm="Internal").status_code == 204
    for gone in (users.get1, users.delete1):
        with pytest.raises(NotFoundException):
            gone(username)


def test_a_duplicate_may_also_be_a_conflict(iq: WitnessedIq) -> None:
    iq.configure(dup_status=409)
    with pytest.raises(ConflictException):
        Client(iq.url).users.add(person("admin"))


def test_an_update_may_repeat_the_username_but_not_another(iq: WitnessedIq) -> None:
    users = Client(iq.url).users
    users.add(person("ted"))
    assert users.update("ted", vendor.ApiUserDTO(username="ted", email="new@example.com")).email == "new@example.com"
    with pytest.raises(BadRequestException):
        users.update("ted", vendor.ApiUserDTO(username="tim"))
    with pytest.raises(NotFoundException):
        users.update("nobody", vendor.ApiUserDTO(email="new@example.com"))


def test_people_of_other_realms_are_apart(iq: WitnessedIq) -> None:
    iq.seed(2, saml=["sally"], oauth2=["olaf"])
    users = Client(iq.url).users
    assert [user.username for user in users.get_all2().users or []] == ["admin", "person-00001", "person-00002"]
    assert [user.username for user in users.get_all2(realm="SAML").users or []] == ["sally"]
    assert users.get1("olaf", realm="OAUTH2").realm == "OAUTH2"
    with pytest.raises(NotFoundException):
        users.get1("sally")
    with pytest.raises(NotFoundException):
        users.update("sally", vendor.ApiUserDTO(email="new@example.com"))
    users.delete1("sally", realm="SAML")
    assert users.get_all2(realm="SAML").users == []


def test_own_token(iq: WitnessedIq) -> None:
    iq.seed(1)
    own = Client(iq.url, ("person-00001", "Person-password-1")).tokens
    assert own.get_user_token_exists_for_current_user().user_token_exists is False
    token = own.create_user_token()
    assert token.user_code and token.pass_code and (len(token.user_code), len(token.pass_code)) == (8, 44)
    with pytest.raises(BadRequestException):
        own.create_user_token()

    by_token = Client(iq.url, (token.user_code, token.pass_code)).tokens
    assert by_token.get_user_token_exists_for_current_user().user_token_exists is True
    assert by_token.get_current_user_token_create_time() == token.create_time
    assert own.delete_current_user_token_with_http_info().status_code == 204
    with pytest.raises(NotFoundException):
        own.delete_current_user_token()


def test_tokens_of_others(iq: WitnessedIq) -> None:
    iq.seed(1, saml=["sally"], tokens={"Internal": ["person-00001"], "SAML": ["sally"], "ldap-1": ["lars"]})
    tokens = Client(iq.url).tokens
    listed = tokens.get_user_tokens_by_created_between_and_realm_id()
    assert [(token.username, token.realm, token.pass_code) for token in listed] == [("person-00001", "Internal", None)]
    assert len(tokens.get_user_tokens_by_created_between_and_realm_id(created_after="2020-01-01")) == 1
    assert tokens.get_user_tokens_by_created_between_and_realm_id(created_before="2020-01-01") == []

    for username, realm in (("person-00001", "Internal"), ("sally", "SAML")):
        code = tokens.get_user_token_by_username_and_realm_id(username, realm=realm).user_code or ""
        assert tokens.delete_user_token_by_user_code_with_http_info(code).status_code == 204
        with pytest.raises(NotFoundException):
            tokens.get_user_token_by_username_and_realm_id(username, realm=realm)
        with pytest.raises(NotFoundException):
            tokens.delete_user_token_by_user_code(code)
    tokens.purge_user_tokens()
    assert iq.state.tokens == {}


def test_tokens_expire(iq: WitnessedIq) -> None:
    iq.seed(1)
    settings, own = Client(iq.url).token_settings, Client(iq.url, ("person-00001", "Person-password-1")).tokens
    assert settings.get_configuration8().user_token_default_expiration_days is None
    wanted = vendor.ApiUserTokenConfigurationDTO(userTokenDefaultExpirationDays=30)
    assert settings.update_configuration(wanted).user_token_default_expiration_days == 30
    token = own.create_user_token()
    assert token.expiration_date and token.user_code and token.pass_code
    by_token = Client(iq.url, (token.user_code, token.pass_code)).tokens
    iq.clock.advance(29 * 86400)
    assert by_token.get_user_token_exists_for_current_user().user_token_exists is True
    iq.clock.advance(2 * 86400)
    with pytest.raises(vendor.exceptions.UnauthorizedException):
        by_token.get_user_token_exists_for_current_user()
    reset = settings.reset_configuration(var_property=["userTokenDefaultExpirationDays"])
    assert reset.user_token_default_expiration_days is None


def test_roles(iq: WitnessedIq) -> None:
    iq.configure(release=207)  # the client's own: it rejects a permission that 204 has
    roles = Client(iq.url).roles
    names = [role.name for role in roles.get_roles().roles or []]
    assert names == [
        "System Administrator", "Policy Administrator", "Owner", "Developer",
        "Application Evaluator", "Component Evaluator", "Legal Reviewer",
    ]  # fmt: skip
    developer = roles.get_role_by_id(DEVELOPER)
    assert developer.built_in and developer.description == (
        "Views all information for their assigned organization or application."
    )
    assert allowed(developer) == {"READ", "EVALUATE_COMPONENT", "CREATE_PULL_REQUESTS"}
    categories = {c.display_name: {p.id for p in c.permissions or []} for c in developer.permission_categories or []}
    assert list(categories) == ["Administrator", "IQ", "Remediation"]
    assert categories["Remediation"] == {
        "CHANGE_LICENSES", "CHANGE_SECURITY_VULNERABILITIES", "CREATE_PULL_REQUESTS", "LEGAL_REVIEWER",
        "WAIVE_POLICY_VIOLATIONS",
    }  # fmt: skip


def allowed(role: vendor.ApiRoleDTO) -> set[str]:
    return {p.id for c in role.permission_categories or [] for p in c.permissions or [] if p.allowed and p.id}


def test_custom_roles(iq: WitnessedIq) -> None:
    iq.configure(release=207)
    roles = Client(iq.url).roles
    wanted = roles.get_template_for_new_role()
    wanted.name, wanted.description = "Auditor", "Reads"
    for permission in (wanted.permission_categories or [])[1].permissions or []:
        permission.allowed = permission.id == "READ"
    made = roles.add_role(wanted)
    assert made.id and not made.built_in and allowed(made) == {"READ"}
    with pytest.raises(BadRequestException):
        roles.add_role(wanted)
    assert roles.update_role(made.id, vendor.ApiRoleDTO(name="Inspector")).name == "Inspector"
    assert allowed(roles.get_role_by_id(made.id)) == {"READ"}
    assert roles.delete_role_with_http_info(made.id).status_code == 204
    with pytest.raises(NotFoundException):
        roles.get_role_by_id(made.id)
    with pytest.raises(BadRequestException):
        roles.delete_role(DEVELOPER)


def application_id(client: Client, public_id: str) -> str:
    found = client.applications.get_applications([public_id]).applications or []
    assert len(found) == 1 and found[0].id
    return found[0].id


def organization_id(client: Client, name: str) -> str:
    found = client.organizations.get_organizations([name]).organizations or []
    assert len(found) == 1 and found[0].id
    return found[0].id


@pytest.mark.parametrize("member_type", ["USER", "user"])
def test_memberships_in_the_tree(iq: WitnessedIq, member_type: str) -> None:
    client = Client(iq.url)
    platform, tools = (organization_id(client, name) for name in ("Platform", "Platform Tools"))
    cli = application_id(client, "platform-cli")
    api = client.memberships
    for dummy in range(2):
        granted = api.grant_role_membership_application_or_organization_with_http_info(
            "organization", platform, DEVELOPER, member_type, NASTY
        )
        assert granted.status_code == 204
    for kind, owner in (("organization", platform), ("organization", tools), ("application", cli)):
        mappings = api.get_role_memberships_application_or_organization(kind, owner).member_mappings or []
        assert [(m.role_id, m.members[0].to_dict()) for m in mappings if m.members] == [
            (
                DEVELOPER,
                {"ownerId": platform, "ownerType": "ORGANIZATION", "type": "USER", "userOrGroupName": NASTY},
            )
        ]
    for dummy in range(2):
        api.revoke_role_membership_application_or_organization("organization", platform, DEVELOPER, "user", NASTY)
    assert api.get_role_memberships_application_or_organization("application", cli).member_mappings == []
    with pytest.raises(NotFoundException):
        api.get_role_memberships_application_or_organization("organization", "unknown")
    with pytest.raises(NotFoundException):
        api.grant_role_membership_application_or_organization("organization", platform, "unknown", "user", "ted")


@pytest.mark.parametrize("kind", ["global", "repository_container"])
def test_memberships_at_the_owners_that_exist_once(iq: WitnessedIq, kind: str) -> None:
    api = Client(iq.url).memberships
    api.grant_role_membership_global_or_repository_container(kind, DEVELOPER, "group", "Team A/B")

    def members() -> list[str | None]:
        mappings = api.get_role_memberships_global_or_repository_container(kind).member_mappings or []
        return [m.user_or_group_name for row in mappings if row.role_id == DEVELOPER for m in row.members or []]

    assert members() == ["Team A/B"]
    api.revoke_role_membership_global_or_repository_container(kind, DEVELOPER, "group", "Team A/B")
    assert members() == []


def test_grants_to_the_unknown_succeed_unless_validation_is_asked_for(iq: WitnessedIq) -> None:
    api, root = Client(iq.url).memberships, "ROOT_ORGANIZATION_ID"
    grant = api.grant_role_membership_application_or_organization
    with pytest.raises(NotFoundException):
        grant("organization", root, DEVELOPER, "user", "nobody", validate_member=True)
    grant("organization", root, DEVELOPER, "user", "nobody")
    grant("organization", root, DEVELOPER, "user", "admin", validate_member=True)


def test_bulk_memberships(iq: WitnessedIq) -> None:
    iq.seed(1)
    client, api = Client(iq.url), Client(iq.url).memberships
    data = organization_id(client, "Data")
    wanted = [vendor.ApiMemberWithDetailsDTO(type="USER", internalName=n) for n in ("person-00001", "nobody")]
    api.set_bulk_role_members_non_global("organization", data, DEVELOPER, wanted)
    answer = api.get_bulk_role_memberships_non_global("application", "data-portal")
    rows = answer.members_by_role or []
    assert [(row.role_id, row.role_name) for row in rows] == [(DEVELOPER, "Developer")]
    owner = (rows[0].members_by_owner or [])[0]
    assert (owner.owner_id, owner.owner_name) == (data, "Data")
    assert [member.to_dict() for member in owner.members or []] == [
        {
            "type": "USER", "internalName": "person-00001", "displayName": "Person 00001",
            "email": "person-00001@example.com", "realm": "IQ Server",
        },
        {"type": "USER", "internalName": "nobody", "displayName": "nobody"},
    ]  # fmt: skip
    api.set_bulk_role_members_non_global("application", "data-portal", DEVELOPER, wanted[:1])
    api.set_bulk_role_members_non_global("organization", data, DEVELOPER, [])
    assert api.get_bulk_role_memberships_non_global("organization", data).members_by_role == []
    portal = application_id(client, "data-portal")
    with pytest.raises(NotFoundException):
        api.get_bulk_role_memberships_non_global("application", portal)


def test_bulk_memberships_at_the_owners_that_exist_once(iq: WitnessedIq) -> None:
    api = Client(iq.url).memberships
    wanted = [vendor.ApiMemberWithDetailsDTO(type="GROUP", internalName="Team A")]
    api.set_bulk_role_members_global_or_repository_container("repository_container", DEVELOPER, wanted)
    rows = api.get_bulk_role_memberships_global_or_repository_container("repository_container").members_by_role or []
    assert [row.role_name for row in rows] == ["Developer"]
    rows = api.get_bulk_role_memberships_global_or_repository_container("global").members_by_role or []
    assert [row.role_name for row in rows] == ["System Administrator", "Policy Administrator"]


def test_the_tree_can_grow(iq: WitnessedIq) -> None:
    client = Client(iq.url)
    made = client.organizations.add_organization(vendor.ApiOrganizationDTO(name="Research"))
    assert made.id and made.parent_organization_id == "ROOT_ORGANIZATION_ID"
    assert client.organizations.get_organization(made.id).name == "Research"
    wanted = vendor.ApiApplicationDTO(publicId="lab", name="Lab", organizationId=made.id)
    application = client.applications.add_application(wanted)
    assert application.id == application_id(client, "lab")
    assert client.applications.get_application(application.id).public_id == "lab"
    with pytest.raises(BadRequestException):
        client.applications.add_application(wanted)
    listed = client.organizations.get_organizations(["Research", "Data", "nothing"]).organizations or []
    assert [o.name for o in listed] == ["Data", "Research"]
    both = client.applications.get_applications(["lab", "data-portal", "nothing"]).applications or []
    assert {a.public_id for a in both} == {"lab", "data-portal"}
