# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""People who sign in by SAML, OAuth 2 or a directory get roles from onboarding, and lose them with ``offboard``."""

from __future__ import annotations

import re
import typing as t

import pytest

from unit.realms.conftest import Realms, Result

SAM = {"id": "P1", "first_name": "Sam", "last_name": "Lee", "email": "sam@example.com", "profile": "data"}
ANN = {**SAM, "id": "P2", "first_name": "Ann", "email": "ann@example.com"}
DEVELOPER = {"role": "Developer", "organization": "Data"}
OWNER = {"role": "Owner", "organization": "Platform"}
PROFILES = {"data": {"iq": {"grants": [DEVELOPER]}}, "platform": {"iq": {"grants": [OWNER]}}}
LOCAL = {
    "username": "sam",
    "first_name": "Sam",
    "last_name": "Lee",
    "email": "sam@example.com",
    "password": "Sample-password-1",
}
REALMS = ["SAML", "OAUTH2", "Crowd", "ldap-1"]
WITH_ACCOUNTS = REALMS[:2]


def by_profile(realm: str) -> dict[str, t.Any]:
    return {"profiles": {name: {"iq": {**said["iq"], "realm": realm}} for name, said in PROFILES.items()}}


def by_rule(realm: str) -> dict[str, t.Any]:
    return {"naming": {"iq": {"realm": realm}}}


def by_decision(realm: str) -> dict[str, t.Any]:
    return {"variables": {"lifecycle_account_names": {"P1": {"iq": {"username": "sam", "realm": realm}}}}}


OPTION = re.compile(r"\b(force|revoke|state|update_password|parallel|on_error):|grants\.(add|remove|set)")
SOURCES = [by_profile, by_rule, by_decision]


def onboard(company: Realms, *people: t.Any, **options: t.Any) -> Result:
    given = {"profiles": PROFILES, "credentials": "none", **options}
    return company.act("onboard", list(people) or [SAM], **given)


def counts(result: Result) -> dict[str, int]:
    return {action: count for action, count in result["report"]["counts"]["by_system"]["iq"].items() if count}


def grants(company: Realms, name: str) -> list[dict[str, str]]:
    asked = {"usernames": [name], "realm": "all", "grants": True, "leftovers": True}
    found = company.module("iq", True).read(**asked)["users"]
    return [grant for user in found if user["username"] == name for grant in user.get("grants", [])]


def findings(company: Realms, *people: t.Any, **options: t.Any) -> set[tuple[str, str]]:
    """Kind and name of what a review finds, beside what it says of the built-in administrator."""
    told = {"profiles": PROFILES, "absence_limit": 100, **options}
    found = company.act("review", list(people), **told)["report"]["findings"]
    return {(each["kind"], each["account"]) for each in found} - {("orphan", "admin"), ("administrator", "admin")}


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("realm", REALMS)
def test_roles_wait_for_somebody_who_has_not_signed_in(company: Realms, source: t.Any, realm: str) -> None:
    preview = onboard(company, check=True, **source(realm))
    done = onboard(company, diff=True, **source(realm))
    assert counts(preview) == counts(done) == {"updated": 1} and not done["failure"], done
    assert company.module("iq", True).read(usernames=["sam"], realm="all")["users"] == []
    assert done["diff"][0]["before_header"] == f"IQ Server sam ({realm})"
    again = onboard(company, **source(realm))
    assert counts(again) == {"unchanged": 1} and not again["changed"]
    assert grants(company, "sam") == [DEVELOPER]


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("realm", WITH_ACCOUNTS)
def test_an_account_of_the_realm_gets_roles_and_no_password(company: Realms, source: t.Any, realm: str) -> None:
    company.seed(**{realm.lower(): ["sam"]})
    done = onboard(company, **source(realm))
    assert counts(done) == {"updated": 1} and company.left("sam") == [("sam", realm, "present")]
    assert counts(onboard(company, **source(realm))) == {"unchanged": 1}


@pytest.mark.parametrize("decided", ["", "sam", "new"])
@pytest.mark.parametrize("realm", WITH_ACCOUNTS)
def test_nobody_gets_a_second_local_account(company: Realms, realm: str, decided: str) -> None:
    company.seed(**{realm.lower(): ["sam"]})
    variables = {"lifecycle_account_names": {"P1": {"iq": decided}}} if decided else {}
    done = onboard(company, variables=variables)
    assert counts(done) == {"held": 1} and company.left("sam") == [("sam", realm, "present")]
    (held,) = done["report"]["held"]
    assert realm in held["what"]


@pytest.mark.parametrize("local", [True, False])
@pytest.mark.parametrize("there", [True, False])
def test_a_namesake_with_another_address_holds_this_one_alone(company: Realms, local: bool, there: bool) -> None:
    """A namesake in the realm Internal, or in another; with the person's own account there, or before."""
    if local:
        company.run("x.iq_user", company.connection("iq") | {**LOCAL, "email": "samuel@example.com"}, False)
    else:
        company.seed(oauth2=[{"username": "sam", "email": "samuel@example.com"}])
    company.seed(saml=["sam", "ann"] if there else [])
    done = onboard(company, SAM, ANN, **by_profile("SAML"))
    assert counts(done) == {"held": 1, "updated": 1}, done["report"]
    (held,) = done["report"]["held"]
    assert held["username"] == "sam" and "samuel@example.com" in held["what"]
    assert grants(company, "sam") == [] and grants(company, "ann") == [DEVELOPER]


def test_a_namesake_elsewhere_holds_a_local_joiner_too(company: Realms) -> None:
    company.seed(saml=[{"username": "sam", "email": "samuel@example.com"}])
    done = onboard(company, SAM, ANN)
    assert counts(done) == {"held": 1, "created": 1}
    assert company.left("sam") == [("sam", "SAML", "present")] and grants(company, "sam") == []


def test_who_has_what_they_need_already_is_not_held_for_a_namesake(company: Realms) -> None:
    onboard(company)
    company.seed(saml=[{"username": "sam", "email": "samuel@example.com"}])
    assert counts(onboard(company)) == {"unchanged": 1}


def test_one_person_in_two_realms_gets_their_roles(company: Realms) -> None:
    company.run("x.iq_user", company.connection("iq") | LOCAL, False)
    assert counts(onboard(company, **by_profile("SAML"))) == {"updated": 1}
    assert grants(company, "sam") == [DEVELOPER] and company.left("sam") == [("sam", "Internal", "present")]


@pytest.mark.parametrize("there", [True, False])
def test_a_mover_loses_what_only_the_old_profile_gives(company: Realms, there: bool) -> None:
    company.seed(saml=["sam"] if there else [])
    onboard(company, **by_rule("SAML"))
    moved = {**SAM, "profile": "platform"}
    kept = onboard(company, moved, **by_rule("SAML"))
    assert [entry["what"] for entry in kept["report"]["old_access"]] != [] and len(grants(company, "sam")) == 2
    onboard(company, moved, remove_old_access=True, **by_rule("SAML"))
    assert grants(company, "sam") == [OWNER]
    nothing = {"profiles": {**PROFILES, "none": {}}, "remove_old_access": True, **by_rule("SAML")}
    done = onboard(company, {**SAM, "profile": "none"}, **nothing)
    assert counts(done) == {"updated": 1} and grants(company, "sam") == []
    assert counts(onboard(company, {**SAM, "profile": "none"}, **nothing)).get("updated") is None


def test_a_returner_gets_what_the_profile_gives(company: Realms) -> None:
    company.seed(saml=["sam"], grants=[{"username": "sam", **OWNER}])
    company.act("offboard", ["sam@example.com"])
    assert company.left("sam") == [] and grants(company, "sam") == []
    assert counts(onboard(company, **by_rule("SAML"))) == {"updated": 1}
    assert grants(company, "sam") == [DEVELOPER]


@pytest.mark.parametrize("source", [by_rule, by_decision])
@pytest.mark.parametrize("realm", REALMS)
def test_roles_that_nobody_has_come_for_go_with_the_leaver(company: Realms, source: t.Any, realm: str) -> None:
    company.seed(tokens={"ldap-1": ["zoe"]})  # by which the server knows its LDAP servers
    onboard(company, **source(realm))
    leaver = {"id": "P1", "email": "sam@example.com"}
    done = company.act("offboard", [leaver], **source(realm))
    assert not done["failure"] and done["changed"] and grants(company, "sam") == []
    again = company.act("offboard", [leaver], **source(realm))
    assert not again["changed"]


def test_somebody_of_whom_nothing_is_kept_was_found_nowhere_all_the_same(company: Realms) -> None:
    done = company.act("offboard", ["nobody@example.com"], **by_rule("SAML"))
    assert [person["id"] for person in done["report"]["nowhere"]] == ["nobody@example.com"]


def test_a_decision_about_one_realm_closes_no_namesake(company: Realms) -> None:
    company.run("x.iq_user", company.connection("iq") | {**LOCAL, "email": "samuel@example.com"}, False)
    company.seed(saml=[{"username": "sam", "email": ""}])
    company.act("offboard", [{"id": "P1", "email": "sam@example.com"}], **by_decision("SAML"))
    assert company.left("sam") == [("sam", "Internal", "present")]


@pytest.mark.parametrize("realm", REALMS)
def test_a_review_knows_for_whom_roles_wait(company: Realms, realm: str) -> None:
    onboard(company, SAM, ANN, **by_rule(realm))
    assert findings(company, SAM, ANN, **by_rule(realm)) == set()
    moved = {"username": "sam", "realm": realm, "email": SAM["email"], "grants": {"set": [OWNER]}}
    company.run("x.iq_user", company.connection("iq") | moved, False)
    assert findings(company, SAM, ANN, **by_rule(realm)) == {("beyond", "sam"), ("lacking", "sam")}
    assert findings(company, ANN, **by_rule(realm)) == {("leftover", "sam")}


@pytest.mark.parametrize("place", ["naming", "variables"])
def test_what_no_rule_or_decision_has_is_refused(company: Realms, place: str) -> None:
    said = {"iq": {"username": "{id}", "relam": "SAML"}}
    options = {"naming": said} if place == "naming" else {"variables": {"lifecycle_account_names": {"P1": said}}}
    with pytest.raises(Exception, match="'relam'; known are username, realm"):
        onboard(company, **options)


@pytest.mark.parametrize("release", [204, 207])
def test_no_sentence_names_options_that_the_roles_do_not_have(company: Realms, release: int) -> None:
    """What modules say reaches reports; there, their options are no advice unless the module is named with them."""
    company.sandbox.apps["iq"].act("POST", "configure", {"release": release})
    company.seed(
        saml=[{"username": "sam", "email": "samuel@example.com"}, "ann"],
        repositories={"nexus": ["npm"]},
        tokens={"Internal": ["joe"]},
        grants=[{"username": name, "role": "Owner", "repository_manager": "nexus"} for name in ("ann", "joe", "sam")]
        + [{"username": "joe", "role": "System Administrator"}],
    )
    joe = {**SAM, "id": "P3", "first_name": "Joe", "email": "joe@example.com"}
    results = [
        onboard(company, SAM, ANN, joe, remove_old_access=True),
        onboard(company, SAM, ANN, joe, **by_profile("SAML")),
        company.act(
            "offboard", ["admin@localhost", "ann@example.com", "joe@example.com", "sam", "sam@example.com"], limit=9
        ),
    ]
    said = [sentence for result in results for sentence in texts(result["report"])]
    assert any("nexus" in sentence for sentence in said) is (release < 205), "roles that stay are told"
    assert [sentence for sentence in said if "iq_user" not in sentence and OPTION.search(sentence)] == []


def texts(value: t.Any) -> list[str]:
    """Every text in a report."""
    if isinstance(value, (list, dict)):
        return [text for item in (value.values() if isinstance(value, dict) else value) for text in texts(item)]
    return [value] if isinstance(value, str) else []


def test_a_row_never_says_the_realm(company: Realms) -> None:
    with pytest.raises(Exception, match="realm"):
        onboard(company, {**SAM, "accounts": {"iq": {"realm": "SAML"}}})
