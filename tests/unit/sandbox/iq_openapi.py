# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Checks requests to IQ Server and its answers against the vendor's OpenAPI document.

A test runs ``serving()`` and ends with ``contract().check_all(iq.exchanges)``. The document is not part of this
project: without it ``contract()`` skips the test.

Corrections of the document, each for a fact that it gets wrong:

* Security: Basic *or* Bearer; it demands both at once.
* Errors: 400, 401, 402, 403, 404, 405, 409, 415, 429 exist; it lists only successes.
* ``memberType``: lower case is valid by its own pattern and in practice; its enumeration has upper case only.

On top of it a stricter overlay, because its schemas accept nearly everything: what a created user must have, what an
answered one has, and that neither passwords nor, outside of their creation, passCodes are ever answered.
"""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import functools
import os
import pathlib
import re
import typing as t
import urllib.parse

import pytest
import yaml

from sandbox.faults import Recorder, read_body
from sandbox.iq import Iq
from sandbox.server import running

SPECIFICATION = "specs/iq-1.204.2-users-tokens-roles.yaml"
ERRORS = (400, 401, 402, 403, 404, 405, 409, 415, 429)
# Endpoints of the sandbox that the document at hand leaves out; single calls about roles at repositories came with 205,
# after it.
BEYOND = re.compile(
    r"[A-Z]+ /(ping|api/v2/config/userTokens|api/v2/(organizations|applications)/[^/]+)"
    r"|POST /api/v2/(organizations|applications)"
    r"|GET /api/v2/firewall/.+"
    r"|(PUT|DELETE) /api/v2/roleMemberships/(repository|repository_manager)/[^/]+/role/[^/]+/(user|group)/[^/]+"
    r"|GET /api/v2/sourceControl/automaticRoleAssignment/userMappings/organization/[^/]+"
)

USER_FIELDS = ("username", "firstName", "lastName", "email")
TEXT = {"type": "string"}


@dataclasses.dataclass
class Exchange:
    """One request as it arrived, and its answer; ``path`` is still encoded and has no context path."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes
    status: int
    answer_headers: dict[str, str]
    answer: bytes


class WitnessedIq(Iq):
    """An IQ Server that keeps every exchange in ``exchanges``; those with the control API are not part of it."""

    url = ""

    def start(self) -> None:
        super().start()
        self.exchanges: list[Exchange] = []

    async def handle(
        self, scope: dict[str, t.Any], receive: t.Callable[..., t.Any], send: t.Callable[..., t.Any]
    ) -> None:
        body = await read_body(receive)

        async def replay() -> dict[str, t.Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        kept = Recorder()
        await super().handle(scope, replay, kept)
        self.exchanges.append(
            Exchange(
                method=scope["method"],
                path=scope["path"].removeprefix(self.switches.base_path),
                query=scope["query_string"].decode(),
                headers=decoded(scope["headers"]),
                body=body,
                status=kept.status,
                answer_headers=decoded(kept.headers),
                answer=kept.body,
            )
        )
        await send({"type": "http.response.start", "status": kept.status, "headers": kept.headers})
        await send({"type": "http.response.body", "body": kept.body})


@contextlib.contextmanager
def serving(**switches: t.Any) -> t.Iterator[WitnessedIq]:
    """A witnessed server on loopback; its address is its ``url``."""
    system = WitnessedIq(**switches)
    with running(system) as sandbox:
        system.url = sandbox.urls["iq"]
        yield system


def decoded(headers: t.Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}


class Contract:
    """The corrected and tightened document; its methods raise where an exchange breaks it."""

    def __init__(self, document: dict[str, t.Any]) -> None:
        from openapi_core import OpenAPI

        self.api = OpenAPI.from_dict(strict(corrected(document)))

    def check_all(self, exchanges: t.Iterable[Exchange], refused_requests: bool = True) -> int:
        """Check every exchange; returns how many the document describes.

        ``refused_requests=False`` leaves out requests that the server refused, for tests that send wrong ones.
        """
        return sum([self.check(exchange, refused_requests) for exchange in exchanges])

    def check(self, exchange: Exchange, refused_requests: bool = True) -> bool:
        """Check one exchange; returns False where it is about an endpoint that the document leaves out, or a HEAD."""
        if exchange.method == "HEAD" or BEYOND.fullmatch(f"{exchange.method} {exchange.path}"):
            return False
        if refused_requests or exchange.status < 400:
            self.check_request(exchange)
        self.check_answer(exchange)
        return True

    def check_request(self, exchange: Exchange) -> None:
        self.api.validate_request(as_request(exchange))

    def check_answer(self, exchange: Exchange) -> None:
        headers = exchange.answer_headers
        if exchange.status == 204:
            assert exchange.answer == b"" and "content-length" not in headers, f"204 with a body: {exchange}"
        if exchange.status == 200:
            assert headers.get("content-type") == "application/json", f"200 without JSON: {exchange}"
        assert exchange.status != 201, "IQ Server never answers 201 in this area"
        if exchange.status != 405:
            self.api.validate_response(as_request(exchange), as_response(exchange))


@functools.cache
def specification() -> pathlib.Path | None:
    """The vendor's document, where this machine has it."""
    root = pathlib.Path(__file__).resolve().parents[3]
    folder = pathlib.Path(os.environ.get("LIFECYCLE_SHARED") or root.parent / "shared")
    return folder / SPECIFICATION if (folder / SPECIFICATION).is_file() else None


@functools.cache
def loaded(path: pathlib.Path) -> Contract:
    return Contract(yaml.safe_load(path.read_text()))


def contract() -> Contract:
    """The contract; skips the calling test where the vendor's document is not at hand."""
    path = specification()
    if path is None:
        pytest.skip(f"the vendor's {SPECIFICATION} is not below $LIFECYCLE_SHARED or ../shared")
    return loaded(path)


def operations(document: dict[str, t.Any]) -> t.Iterator[dict[str, t.Any]]:
    for item in document["paths"].values():
        yield from (item[method] for method in ("get", "put", "post", "delete") if method in item)


def corrected(document: dict[str, t.Any]) -> dict[str, t.Any]:
    document = copy.deepcopy(document)
    document["security"] = [{"BasicAuth": []}, {"BearerAuth": []}]
    for operation in operations(document):
        operation.pop("security", None)
        for status in ERRORS:
            operation["responses"].setdefault(str(status), {"description": "refused"})
        for parameter in operation.get("parameters", ()):
            if parameter["name"] == "memberType":
                del parameter["schema"]["enum"]
                parameter["schema"]["pattern"] = "^(?i:user|group)$"
    return document


def strict(document: dict[str, t.Any]) -> dict[str, t.Any]:
    schemas, paths = document["components"]["schemas"], document["paths"]
    names = dict.fromkeys(USER_FIELDS, TEXT)
    given = {**names, "password": TEXT, "realm": TEXT}
    filled = {name: {**TEXT, "minLength": 1} for name in (*USER_FIELDS, "password")}
    schemas["UpdateUser"] = closed(given)
    schemas["CreateUser"] = closed({**given, **filled}, list(filled))
    schemas["ApiUserDTO"] = closed({**names, "realm": TEXT}, list(names))
    schemas["CreatedToken"] = schemas["ApiUserTokenDTO"]
    schemas["ApiUserTokenDTO"] = closed(
        {name: schema for name, schema in schemas["CreatedToken"]["properties"].items() if name != "passCode"},
        ["userCode", "username", "realm"],
    )
    body_of(paths["/api/v2/users"]["post"])["schema"] = reference("CreateUser")
    body_of(paths["/api/v2/users/{username}"]["put"])["schema"] = reference("UpdateUser")
    create_token = paths["/api/v2/userTokens/currentUser"]["post"]["responses"]["200"]
    create_token["content"]["application/json"]["schema"] = {
        "allOf": [reference("CreatedToken"), {"required": ["userCode", "passCode"]}]
    }
    for name in ("ApiMemberDTO", "ApiRoleMemberMappingDTO", "ApiRoleMemberMappingListDTO", "ApiUserListDTO"):
        schemas[name] = closed(schemas[name]["properties"])
    return document


def body_of(operation: dict[str, t.Any]) -> dict[str, t.Any]:
    operation["requestBody"]["required"] = True
    return t.cast("dict[str, t.Any]", operation["requestBody"]["content"]["application/json"])


def closed(properties: dict[str, t.Any], required: list[str] | None = None) -> dict[str, t.Any]:
    schema: dict[str, t.Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**schema, "required": required} if required else schema


def reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


@dataclasses.dataclass
class OpenApiRequest:
    """What openapi-core asks of a request."""

    host_url: str
    path: str
    method: str
    parameters: t.Any
    content_type: str
    body: bytes | None


@dataclasses.dataclass
class OpenApiResponse:
    """What openapi-core asks of an answer."""

    status_code: int
    content_type: str
    headers: dict[str, str]
    data: bytes


def as_request(exchange: Exchange) -> OpenApiRequest:
    from openapi_core.datatypes import RequestParameters
    from werkzeug.datastructures import Headers, ImmutableMultiDict

    return OpenApiRequest(
        host_url="http://iq.example.com",
        path=exchange.path,
        method=exchange.method.lower(),
        parameters=RequestParameters(
            query=ImmutableMultiDict(urllib.parse.parse_qsl(exchange.query, keep_blank_values=True)),
            header=Headers(exchange.headers),
            cookie=ImmutableMultiDict(),
        ),
        content_type=exchange.headers.get("content-type", ""),
        body=exchange.body or None,
    )


def as_response(exchange: Exchange) -> OpenApiResponse:
    headers = exchange.answer_headers
    return OpenApiResponse(exchange.status, headers.get("content-type", ""), headers, exchange.answer)
