# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The v2 user resource of the simulated IICS, in XML."""

from __future__ import annotations

import pytest
import requests
from lxml import etree

from unit.sandbox.iics_client import ADMIN, PASSWORD, Client, names

SENT = {"Content-Type": "application/xml"}
WANTED = {"Accept": "application/xml"}
USER = f"""<?xml version="1.0" encoding="UTF-8"?>
<user>
  <!-- as the documentation's sample -->
  <orgId>000SBX</orgId><name>jane@example.com</name><firstName>Jane &amp; Co</firstName><lastName>Smith</lastName>
  <title>developer</title><password>{PASSWORD}</password><phone>5555555555</phone><email>jane@example.com</email>
  <roles><role><name>Designer</name></role></roles>
  <timezone>America/Chicago</timezone>
</user>"""


def root(response: requests.Response) -> etree._Element:
    assert response.headers["Content-Type"].startswith("application/xml")
    return etree.fromstring(response.content)


def test_create_read_update_delete(iics: Client) -> None:
    created = root(iics.v2("POST", "/", headers=SENT | WANTED, data=USER))
    assert (created.tag, created.findtext("firstName")) == ("user", "Jane & Co")
    assert created.findtext("roles/role/name") == "Designer"
    assert created.findtext("forceChangePassword") == "false"
    assert names(iics.account("jane@example.com")["roles"], "roleName") == ["Designer"]

    user = root(iics.v2("GET", "/name/jane%40example.com", headers=WANTED))
    assert user.findtext("id") == created.findtext("id")
    assert user.find("usergroups") is not None
    title = user.find("title")
    assert title is not None
    title.text = "Lead"
    path = f"/{user.findtext('id')}"
    updated = root(iics.v2("POST", path, headers=SENT | WANTED, data=etree.tostring(user)))
    assert updated.findtext("title") == "Lead"
    assert iics.account("jane@example.com")["title"] == "Lead"
    assert root(iics.v2("DELETE", path, headers=WANTED)).tag == "success"


def test_list_is_wrapped(iics: Client) -> None:
    iics.seed(2)
    listing = root(iics.v2("GET", headers=WANTED))
    assert (listing.tag, [child.tag for child in listing]) == ("root", ["user"] * 3)


def test_formats_of_request_and_answer_are_independent(iics: Client) -> None:
    assert iics.v2("POST", headers=SENT, data=USER).json()["name"] == "jane@example.com"
    assert root(iics.v2("POST", headers=WANTED, json={})).tag == "error"


def test_error(iics: Client) -> None:
    answer = iics.v2("POST", "/5QEl2mPMc81dQbNmbnqHZz", headers=SENT | WANTED, data=USER)
    error = root(answer)
    assert (answer.status_code, error.tag) == (403, "error")
    assert {child.tag: child.text for child in error} == {
        "code": "REPO_10704",
        "description": "Internal error. An error occurred while loading the user. "
        "Contact Informatica Global Customer Support.",
        "statusCode": "403",
    }


def test_login(iics: Client) -> None:
    body = f"<login><username>{ADMIN[0]}</username><password>{ADMIN[1]}</password></login>"
    answer = requests.post(iics.url + "/ma/api/v2/user/login", data=body, headers=SENT | WANTED)
    iics.session_id = root(answer).findtext("icSessionId") or ""
    assert iics.v2("GET").status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<user>",
        "{}",
        '<!DOCTYPE user [<!ENTITY e SYSTEM "file:///etc/hostname">]><user><name>&e;</name></user>',
        '<!DOCTYPE user [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><user><name>&b;</name></user>',
        '<!DOCTYPE user SYSTEM "http://127.0.0.1:9/x.dtd"><user/>',
        f"<user><name>{'a' * 1_000_001}</name></user>",
    ],
)
def test_refused_documents(iics: Client, body: str) -> None:
    answer = iics.v2("POST", headers=SENT, data=body)
    assert (answer.status_code, answer.json()["code"]) == (400, "SIM_BAD_BODY")


def test_characters_that_xml_cannot_carry_are_left_out(iics: Client) -> None:
    iics.seed(people=[{"name": "jane", "title": "a\u0000b\u001fc\ud800d"}])
    assert root(iics.v2("GET", "/name/jane", headers=WANTED)).findtext("title") == "abcd"
