# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is refused: before anything is written, in one clear sentence, without a traceback or a secret."""

from __future__ import annotations

import http.server
import threading
import typing as t

import pytest

from unit.iq.server import GLOBAL_ADMINISTRATOR, JANE, PASSWORD, SEEDED, Result, Server

DATA = {"role": "Developer", "organization": "Data"}


def refused(server: Server, *words: str, **options: t.Any) -> Result:
    """The result of a task that must fail, in both modes alike and without a write, with ``words`` in its message."""
    predicted = server.user(check=True, **options)
    result = server.user(**options)
    assert result["failed"] and not result.get("changed"), result
    assert result["msg"] == predicted["msg"]
    assert server.writes() == []
    for word in words:
        assert word in result["msg"], result["msg"]
    assert "Traceback" not in str(result) and PASSWORD not in str(result) and "admin123" not in str(result)
    return result


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"api_username": ""}, ["needs api_username (IQ_SERVER_USERNAME) and api_password (IQ_SERVER_PASSWORD)"]),
        ({"api_username": "a:b"}, ["colon"]),
        ({"api_url": ""}, ["api_url is not given"]),
        ({"api_url": "http://127.0.0.1:1", "retries": 0}, ["127.0.0.1:1 refuses the connection", "Check api_url"]),
        ({"api_password": "wrong-password"}, ["does not accept the user name and password", "Check api_username"]),
        ({"first_name": ""}, ["jane does not exist yet", "needs first_name"]),
        ({"email": None, "password": None}, ["jane does not exist yet", "needs email and password"]),
        ({"state": "disabled"}, ["cannot enable or disable", "Use state: absent"]),
        ({"enabled": True}, ["cannot enable or disable", "Use state: absent"]),
        ({"update_password": "always"}, ["no way to change the password", "update_password: on_create"]),
        ({"realm": "SAML"}, ["password is for the realm Internal"]),
        ({"realm": "saml", "state": "absent"}, ["spelled SAML, not saml"]),
        ({"username": ".."}, ["another meaning"]),
    ],
)
def test_what_is_wrong_with_the_options(server: Server, changes: dict[str, t.Any], words: list[str]) -> None:
    refused(server, *words, **{**JANE, **changes})


UNKNOWN_GRANTS: list[tuple[dict[str, t.Any], list[str]]] = [
    ({"role": "Develper", "organization": "Data"}, ["no role Develper", "Did you mean Developer?"]),
    ({"role": "developer", "organization": "Data"}, ["no role developer", "Did you mean Developer?"]),
    ({"role": "0" * 32, "organization": "Data"}, ["no role 0000"]),
    ({"role": "Owner", "organization": "Dat"}, ["no organization Dat.", "Did you mean Data?"]),
    ({"role": "Owner", "application": "Data Portal"}, ["no application Data Portal", "data-portal"]),
    ({"role": "Owner", "organization": "Xyzzy"}, ["no organization Xyzzy."]),
]
UNCLEAR_GRANTS: list[tuple[dict[str, t.Any], list[str]]] = [
    ({"role": "Owner", "global": False}, ["global: false says nothing"]),
    ({"role": "Owner"}, ["one of the following is required"]),
    ({"role": "Owner", "global": True, "organization": "Data"}, ["mutually exclusive"]),
]


@pytest.mark.parametrize(("grant", "words"), [*UNKNOWN_GRANTS, *UNCLEAR_GRANTS])
@pytest.mark.parametrize("change", ["add", "set"])
def test_what_is_wrong_with_a_grant(server: Server, grant: dict[str, t.Any], words: list[str], change: str) -> None:
    refused(server, *words, **JANE, grants={change: [grant]})


@pytest.mark.parametrize(("grant", "words"), UNCLEAR_GRANTS)
def test_what_is_wrong_with_a_grant_that_is_taken(server: Server, grant: dict[str, t.Any], words: list[str]) -> None:
    refused(server, *words, **JANE, grants={"remove": [grant]})


@pytest.mark.parametrize(("grant", "words"), UNKNOWN_GRANTS)
def test_nobody_has_what_does_not_exist_and_a_warning_says_so(
    server: Server, grant: dict[str, t.Any], words: list[str]
) -> None:
    server.seed(1)
    server.grant("person-00001", {"role": "Developer", "organization": "Data"})
    removal = {"grants": {"remove": [grant, {"role": "Developer", "organization": "Data"}]}}
    result = server.user(username="person-00001", **removal)
    assert not result["failed"] and result["user"]["account"].get("grants", []) == []
    (warning,) = map(str, result["warnings"])
    assert all(word in warning for word in [*words, "There is nothing to be taken away."])


def test_all_that_is_wrong_is_told_at_once(server: Server) -> None:
    wrong = {"add": [{"role": "Nobody", "organization": "Data"}, {"role": "Owner", "application": "nothing"}]}
    users = [{**JANE, "grants": wrong}, {"username": "bob", "grants": {"set": [{"role": "Nobody", "global": True}]}}]
    refused(server, "jane: IQ Server has no role Nobody", "no application nothing", "bob: ", users=users)


def test_two_organizations_of_one_name_are_told_apart_by_their_ids(server: Server) -> None:
    server.seed(1)
    twin = server.system.state.add_organization("Data")
    result = refused(
        server, "2 organizations called Data; give the id", username="person-00001", grants={"add": [DATA]}
    )
    assert twin.id in result["msg"]
    given = server.user(username="person-00001", grants={"add": [{**DATA, "organization": twin.id}]})
    assert given["changed"] and given["user"]["account"]["grants"] == [DATA]


@pytest.mark.parametrize("options", [{"email": "x@example.com"}, {"state": "absent"}])
@pytest.mark.parametrize("asked", ["PERSON-00001", "Person-00001"])
@pytest.mark.parametrize("folding", [True, False])
@pytest.mark.parametrize("beside", [[], [{"username": "person-00002"}]])
def test_a_name_that_differs_only_in_case(
    server: Server, options: dict[str, t.Any], asked: str, folding: bool, beside: list[t.Any]
) -> None:
    server.seed(2)
    server.switch(case_insensitive_users=folding)
    result = server.user(users=[{"username": asked, **options}, *beside])
    assert (
        result["failed"] and asked in result["msg"] and "person-00001 does, which differs only in case" in result["msg"]
    )
    assert server.writes() == []


def test_of_two_names_that_differ_only_in_case_the_exact_one_is_taken(server: Server) -> None:
    server.switch(case_insensitive_users=False)
    for name in ("jane", "JANE"):
        server.vendor().users.add({**_fields(), "username": name})
    assert server.user(username="JANE", email="other@example.com")["changed"]
    assert (server.stored("JANE").email, server.stored("jane").email) == ("other@example.com", "jane@example.com")
    both = server.user(username="Jane", state="absent")
    assert both["failed"] and "JANE and jane" in both["msg"]
    assert "listed twice" in server.user(users=[{"username": "jane"}, {"username": "JANE"}])["msg"]


def _fields() -> dict[str, str]:
    return {"firstName": "Jane", "lastName": "Doe", "email": "jane@example.com", "password": "secret"}


class Page(http.server.BaseHTTPRequestHandler):
    """A web server that is no IQ Server."""

    status = 200

    def do_GET(self) -> None:
        page = b"<html><title>Welcome</title></html>"
        self.send_response(self.status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *arguments: t.Any) -> None:
        pass


@pytest.mark.parametrize("status", [200, 404])
@pytest.mark.parametrize(
    "options",
    [
        JANE,
        {**JANE, "grants": {"add": [DATA]}},
        {"username": "jane", "state": "absent"},
        {"username": "jane", "state": "absent", "revoke": False},
        {"users": [{"username": "jane"}, {"username": "bob"}], "state": "absent"},
    ],
)
def test_a_web_server_that_is_no_iq_server(server: Server, status: int, options: dict[str, t.Any]) -> None:
    handler = type("Handler", (Page,), {"status": status})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as web:
        threading.Thread(target=web.serve_forever, daemon=True).start()
        try:
            url = f"http://127.0.0.1:{web.server_port}"
            words = ["HTML page"] if status == 200 else ["does not answer at", "context path"]
            refused(server, *words, **options, api_url=url)
        finally:
            web.shutdown()


def test_the_right_host_with_a_wrong_path(server: Server) -> None:
    server.judged = False
    refused(server, f"does not answer at {server.url}/iq", **JANE, api_url=f"{server.url}/iq")
    server.switch(context_path="/iq")
    refused(server, f"does not answer at {server.url}", username="jane", state="absent")
    assert server.user(**JANE, api_url=f"{server.url}/iq/")["changed"]


@pytest.mark.parametrize("body", ["text", "json", "html", "empty"])
def test_failures_in_every_form(server: Server, body: str) -> None:
    server.switch(error_body=body, licensed="402")
    result = refused(server, "no valid product licence", **JANE)
    assert ("No valid product license installed" in result["msg"]) is (body in ("text", "json"))
    refused(server, "does not accept", **{**JANE, "api_password": "wrong-password"})


def test_what_the_calling_account_may_not(server: Server) -> None:
    server.seed(1)
    needs = "needs the permission Edit System Configuration and Users"
    refused(server, "does not let person-00001 do GET", needs, **JANE, **SEEDED)
    refused(server, needs, users=[JANE], state="absent", **SEEDED)
    server.grant("person-00001", GLOBAL_ADMINISTRATOR)
    assert server.user(**JANE, **SEEDED)["changed"], "accounts need no more than that"
    assert server.user(username="jane", grants={"add": [GLOBAL_ADMINISTRATOR]}, **SEEDED)["changed"]
    view = "needs the permission View IQ Elements, which the role Policy Administrator has"
    refused(server, "no organization", view, username="jane", state="absent", **SEEDED)
    refused(server, "no organization", view, username="jane", grants={"set": []}, **SEEDED)
    refused(server, "no organization Data", "none at all", view, username="jane", grants={"add": [DATA]}, **SEEDED)
    container = {"role": "Owner", "repository_container": True}
    refused(server, view, username="jane", grants={"add": [container]}, **SEEDED)
    assert server.user(username="jane", state="absent", revoke=False, **SEEDED)["changed"]


def test_who_may_see_but_not_give(server: Server) -> None:
    server.seed(1)
    server.grant("person-00001", GLOBAL_ADMINISTRATOR, {"role": "Developer", "organization": "Root Organization"})
    result = server.user(**JANE, grants={"add": [DATA]}, **SEEDED)
    assert result["failed"] and result["changed"], "the account was created"
    assert "Edit Access Control" in result["msg"] and server.has("jane")


def test_who_sees_a_part_of_the_tree_is_told_so(server: Server) -> None:
    server.seed(2)
    server.grant("person-00001", GLOBAL_ADMINISTRATOR, {"role": "Owner", "organization": "Data"})
    server.grant("person-00002", DATA, {"role": "Owner", "organization": "Platform"}, {"role": "Owner", "global": True})
    result = server.user(username="person-00002", grants={"set": []}, **SEEDED)
    assert result["changed"] and "does not see the whole tree" in str(result["warnings"])
    assert server.grants("person-00002") == [{"role": "Owner", "organization": "Platform"}]
    assert "warnings" not in server.user(username="person-00002", grants={"set": []})


def test_values_that_the_server_declines_are_told_in_its_words(server: Server) -> None:
    server.faults(
        {"kind": "status", "method": "POST", "path": ".*/users", "status": 400, "body": "Bad e-mail.", "times": 0}
    )
    result = server.user(**JANE)
    assert result["failed"] and "Bad e-mail." in result["msg"] and PASSWORD not in str(result)
    assert server.writes() == ["POST users"], "not sent twice"


def test_an_account_that_somebody_else_creates_meanwhile(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    respond = server.system.respond

    def with_somebody_else(method: str, *request: t.Any) -> t.Any:
        if method == "POST":
            server.seed(1)
        return respond(method, *request)

    monkeypatch.setattr(server.system, "respond", with_somebody_else)
    result = server.user(**{**JANE, "username": "person-00001"})
    assert not result["failed"] and result["changed"], result
    assert server.writes() == ["POST users", "PUT users/person-00001"]
    assert server.stored("person-00001").email == "jane@example.com"


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "status_after", "truncate"])
def test_a_create_whose_answer_is_lost_is_not_repeated_blindly(server: Server, kind: str) -> None:
    server.faults({"kind": kind, "method": "POST", "path": ".*/users", "status": 502})
    result = server.user(**JANE, grants={"add": [DATA]})
    assert not result["failed"] and server.has("jane") and server.grants("jane") == [DATA], result
    assert server.writes().count("POST users") == (2 if kind == "drop_before" else 1)


def test_a_listing_without_anybody_is_not_believed(server: Server) -> None:
    server.seed(2)
    server.faults({"kind": "empty_page", "path": ".*/users", "times": 0})
    users = [{**JANE, "username": f"person-0000{number}"} for number in (1, 2)]
    refused(server, "without anybody, although admin is there", users=users)


@pytest.mark.parametrize("path", ["users", "users/person-00001", "organizations", "applications"])
@pytest.mark.parametrize("kind", ["html", "truncate"])
def test_broken_answers_are_not_believed(server: Server, path: str, kind: str) -> None:
    server.seed(2)
    server.grant("person-00001", DATA)
    server.faults({"kind": kind, "path": f".*/api/v2/{path}", "times": 0})
    many = [{"username": "person-00002"}] if path == "users" else []
    result = server.user(users=[{"username": "person-00001"}, *many], state="absent", retries=0)
    assert result["failed"] and server.writes() == [] and "Unexpected" not in result["msg"], result


def test_too_many_requests(server: Server) -> None:
    server.seed(1)
    server.switch(rate_limit=3)
    result = server.user(username="person-00001", state="absent", retries=0)
    assert result["failed"] and "too many requests" in result["msg"] and "1500 requests" in result["msg"]
