# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The XML of the v2 resource, byte for byte, in both directions; and XML that means harm."""

from __future__ import annotations

import pytest

from unit.iics.server import JANE, PASSWORD, Server

CREATED = """<?xml version='1.0' encoding='UTF-8'?>
<user>\
<orgId>000SBX</orgId>\
<name>jane@example.com</name>\
<firstName>Jane</firstName>\
<lastName>Smith</lastName>\
<title>developer &amp; &lt;lead&gt;</title>\
<password>Canary-Password-12345</password>\
<phone>5555555555</phone>\
<emails>jane@example.com</emails>\
<roles><role><name>Designer</name></role></roles>\
<timezone>America/Chicago</timezone>\
</user>"""

UPDATED = """<?xml version='1.0' encoding='UTF-8'?>
<user>\
<orgId>000SBX</orgId>\
<name>jane@example.com</name>\
<firstName>Jane</firstName>\
<lastName>Smith</lastName>\
<title>Zürich</title>\
<phone></phone>\
<emails>jane@example.com</emails>\
<roles><role><name>Designer</name>\
<description>Role for creating assets, tasks and processes.</description></role></roles>\
<timezone>America/Los_Angeles</timezone>\
<securityQuestion>PET_NAME</securityQuestion>\
<securityAnswer>Canary-Rex-12345</securityAnswer>\
<forceChangePassword>false</forceChangePassword>\
<optOutOfEmails>false</optOutOfEmails>\
<usergroups/>\
</user>"""

READ = """<?xml version="1.0" encoding="UTF-8"?>
<user>
  <id>000QML0300000000000V</id><orgId>000QML</orgId><name>Fred Smith</name>
  <createTime>2019-11-17T03:57:50.000Z</createTime><updateTime>2021-09-24T10:23:19.004Z</updateTime>
  <createdBy>admin</createdBy><updatedBy>admin</updatedBy>
  <firstName>Fred</firstName><lastName>Smith</lastName><password>********</password>
  <title>Engineer &amp; more</title><email>fred@example.com</email><timezone>America/Chicago</timezone>
  <serverUrl>https://na2.example/saas</serverUrl><forceChangePassword>true</forceChangePassword>
  <securityQuestion>PET_NAME</securityQuestion><securityAnswer>Canary-Rex-12345</securityAnswer>
  <uuId>1HXerKm4R64hnJPCnrqZws</uuId><optOutOfEmails>false</optOutOfEmails>
  <roles><role><name>Service Consumer</name><description>Role for running tasks.</description></role></roles>
</user>"""

SHOWN = {
    "username": "Fred Smith",
    "id": "1HXerKm4R64hnJPCnrqZws",
    "first_name": "Fred",
    "last_name": "Smith",
    "email": "fred@example.com",
    "title": "Engineer & more",
    "phone": "",
    "description": "",
    "time_zone": "America/Chicago",
    "force_password_change": True,
    "security_question": "PET_NAME",
    "created_at": "2019-11-17T03:57:50.000Z",
    "created_by": "admin",
    "updated_at": "2021-09-24T10:23:19.004Z",
    "updated_by": "admin",
    "v2_id": "000QML0300000000000V",
    "v2_org_id": "000QML",
    "state": "present",
    "roles": ["Service Consumer"],
}


def sent(server: Server) -> str:
    """The body of the one write to v2, which must say that it is XML and wants XML."""
    (request,) = [r for r in server.system.received if r.is_v2 and r.method == "POST"]
    assert (request.header(b"content-type"), request.header(b"accept")) == ("application/xml", "application/xml")
    return request.body.decode()


def test_an_account_is_created_as_the_documentation_shows_it(server: Server) -> None:
    zone = {"time_zone": "America/Chicago", "roles": {"add": ["Designer"]}}
    server.user(**JANE, title="developer & <lead>", phone="5555555555", password=PASSWORD, api="v2", **zone)
    assert sent(server) == CREATED


def test_an_update_sends_the_whole_account_as_it_was_read_but_for_the_masked_password(server: Server) -> None:
    answers = {"security_question": "PET_NAME", "security_answer": "Canary-Rex-12345"}
    server.add("jane@example.com", first_name="Jane", last_name="Smith", **answers)
    result = server.user(username="jane@example.com", title="Zürich", on_profile_drift="v2_update")
    assert sent(server) == UPDATED
    assert server.stored("jane@example.com").title == "Zürich" and "Canary" not in str(result)


def answer(server: Server, body: str, path: str = ".*/api/v2/user.*") -> None:
    server.faults({"kind": "status", "path": path, "status": 200, "body": body, "content_type": "application/xml"})


def test_an_account_is_read_as_the_documentation_shows_it(server: Server) -> None:
    answer(server, READ)
    assert server.info(api="v2", usernames=["fred smith"]) == [SHOWN]
    assert server.requests() == ["GET /v2/user/name/fred%20smith"]
    answer(server, f"<root>{READ.partition('?>')[2]}</root>")
    assert server.info(api="v2") == [SHOWN]
    answer(server, "<root/>")
    assert server.info(api="v2") == []


HOSTILE = {
    "entities": '<!DOCTYPE user [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><user><id>1</id><name>&b;</name></user>',
    "external entity": (
        '<!DOCTYPE user [<!ENTITY x SYSTEM "file:///etc/passwd">]><user><id>1</id><name>&x;</name></user>'
    ),
    "external document type": (
        '<!DOCTYPE user SYSTEM "http://127.0.0.1:9/user.dtd"><user><id>1</id><name>a</name></user>'
    ),
    "deep": "<user>" + "<a>" * 100 + "</a>" * 100 + "</user>",
    "many": "<user>" + "<a/>" * 600_000 + "</user>",
    "huge": "<user><id>1</id><name>" + "a" * 9_000_000 + "</name></user>",
    "twice": "<user><id>1</id><name>a</name><name>b</name></user>",
    "not closed": "<user><id>1</id><name>a</name>",
    "something else": "<connection><id>1</id><name>a</name></connection>",
    "a list": "<root><user><id>1</id><name>a</name></user></root>",
    "nobody": "<user/>",
    "html": "<html><body>Please sign in</body></html>",
    "json": '{"id": "1", "name": "a"}',
}


@pytest.mark.parametrize("what", list(HOSTILE))
def test_hostile_answers_are_refused(server: Server, what: str) -> None:
    answer(server, HOSTILE[what])
    result = server.run("iics_user_info", api="v2", usernames=["a"])
    assert result["failed"] and "GET /api/v2/user/name/a was answered with " in result["msg"], result["msg"]
    assert "root:" not in str(result) and len(result["msg"]) < 400


def test_hostile_errors_are_refused(server: Server) -> None:
    for body in (
        HOSTILE["entities"].replace("user", "error"),
        "<error><code><a/></code></error>",
        "<error/>",
        "text",
        "",
    ):
        fault = {"kind": "status", "path": ".*/api/v2/user.*", "status": 400, "content_type": "application/xml"}
        server.faults({**fault, "body": body})
        result = server.run("iics_user_info", api="v2", usernames=["a"])
        assert "GET /api/v2/user/name/a was answered 400." in result["msg"]


def test_text_that_xml_cannot_carry_is_refused(server: Server) -> None:
    server.add("jane@example.com")
    result = server.user(username="jane@example.com", title="a\u0001b", on_profile_drift="v2_update")
    assert "title has a character that the service's XML cannot carry." in result["msg"] and server.writes() == []
