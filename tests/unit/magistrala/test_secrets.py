# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secrets stay in the requests that need them, whatever the server says back."""

from __future__ import annotations

import base64
import json
import typing as t

import pytest

from sandbox.magistrala import SEED_PASSWORD
from unit.magistrala.server import JANE, PASSWORD, Result, Server

CANARIES = {
    "api_password": "Canary-api-password-1",
    "api_token": "Canary-api-token-22222",
    "password": PASSWORD,
    "old_password": "Canary-old-password-3",
    "reset_token": "Canary-reset-token-44",
    "refresh_token": "Canary-refresh-token-5",
}


def leaks(result: Result) -> list[str]:
    """The names of canaries that are anywhere in a result, plain or encoded."""
    text = json.dumps(result)
    encoded = {name: base64.b64encode(secret.encode()).decode().rstrip("=") for name, secret in CANARIES.items()}
    return [name for name, secret in CANARIES.items() if secret in text or encoded[name] in text]


@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("magistrala_user", {**JANE, "update_password": "always", "verify_password": True}),
        ("magistrala_user", {"users": [JANE, {**JANE, "username": "joan", "email": "joan@example.com"}]}),
        ("magistrala_user_info", {}),
        ("magistrala_user_password", {"password": PASSWORD, "old_password": CANARIES["old_password"]}),
        ("magistrala_user_password", {"password": PASSWORD, "reset_token": CANARIES["reset_token"]}),
        ("magistrala_token", {"grant": "refresh", "refresh_token": CANARIES["refresh_token"]}),
        ("magistrala_token", {"grant": "none", "list_refresh_tokens": True}),
    ],
)
@pytest.mark.parametrize(
    "login", [{}, {"api_password": CANARIES["api_password"]}, {"api_token": CANARIES["api_token"]}]
)
@pytest.mark.parametrize("fault", ["none", "echo", "parrot", "html", "drop_after"])
def test_no_result_holds_a_secret(
    server: Server, module: str, options: dict[str, t.Any], login: dict[str, str], fault: str
) -> None:
    if fault == "parrot":
        heard = [secret for secret in CANARIES.values() if secret in json.dumps([options, login])]
        said = json.dumps({"error": "", "message": f"you said {' '.join(heard)}"})
        server.faults({"kind": "status", "status": 400, "body": said, "times": 0})
    elif fault != "none":
        server.faults({"kind": fault, "status": 422, "times": 0})
    for check in (True, False):
        result = server.run(module, check, **{**options, **login}, timeout=1, retries=0)
        assert leaks(result) == []


def test_a_token_is_learnt_when_it_is_issued(server: Server) -> None:
    """Whatever comes back after the sign-in, the token is not shown."""
    server.seed(1)
    issued: list[str] = []
    handle = server.system.tokens.register

    def noting(*arguments: t.Any) -> str:
        issued.append(handle(*arguments))
        said = json.dumps({"message": f"not with {' '.join(issued)}"})
        server.faults({"kind": "status", "method": "GET", "status": 400, "body": said, "times": 0})
        return issued[-1]

    server.system.tokens.register = noting  # type: ignore[method-assign]
    failed = server.info()
    assert failed["failed"] and "not with ********" in failed["msg"]
    assert not any(token in json.dumps(failed) for token in issued)


def test_the_new_own_password_is_not_in_the_diff(server: Server) -> None:
    server.seed(1)
    changed = server.run(
        "magistrala_user_password", api_username="person-00001", api_password=SEED_PASSWORD, password=PASSWORD
    )
    assert changed["changed"] and leaks(changed) == []
    assert SEED_PASSWORD not in json.dumps(changed)
