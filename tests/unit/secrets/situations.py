# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks of every module with a canary in every secret option, and services where things go well or wrong."""

from __future__ import annotations

import base64
import contextlib
import html
import json
import typing as t
from urllib.parse import quote

from sandbox.faults import Fault
from sandbox.iics import Iics
from sandbox.iq import Iq
from sandbox.iq.state import INTERNAL
from sandbox.magistrala import Magistrala
from sandbox.magistrala.rules import Secret
from sandbox.server import Sandbox, running
from sandbox.system import System
from unit.secrets.canaries import SECRETS, canary

SYSTEMS: dict[str, type[System]] = {"iics": Iics, "iq": Iq, "magistrala": Magistrala}
ADMINS = {"iics": "admin@example.com", "iq": "admin", "magistrala": "admin"}
PROFILE = {"first_name": "Ann", "last_name": "Lee", "email": "ann@example.com"}
WITH_ROLES = {**PROFILE, "roles": {"add": ["Designer"]}}

TASKS: dict[str, list[dict[str, t.Any]]] = {
    "iics_org_info": [{}],
    "iics_user": [
        {"username": "ann", **WITH_ROLES},
        {"users": [{"username": "bob", **WITH_ROLES}]},
        {"username": "ann@example.com", **WITH_ROLES, "title": "Lead", "phone": "1", "api": "v2"},
    ],
    "iics_user_info": [{}],
    "iics_user_password": [{"username": "person-00001@example.com"}],
    "iq_group_grants": [{"group": "team", "grants": {"add": [{"role": "Developer", "organization": "Data"}]}}],
    "iq_user": [{"username": "ann", **PROFILE}, {"users": [{"username": "bob", **PROFILE}]}],
    "iq_user_info": [{}],
    "magistrala_token": [{}, {"grant": "refresh"}],
    "magistrala_user": [
        {"username": "ann", **PROFILE},
        {"users": [{"username": "bob", **PROFILE, "email": "bob@example.com"}]},
        {"username": "person-00001", "verify_password": True},
    ],
    "magistrala_user_info": [{}],
    "magistrala_user_password": [{}],
}
TOKEN_OR_NOT: list[set[str]] = [{"api_token"}, set()]
# The secrets that a task of the module is tried without, because they do not go with the others.
WITHOUT: dict[str, list[set[str]]] = {
    "iics_user": [{"security_answer"}, set()],
    "iics_user_password": [{"old_password"}, {"security_answer"}],
    "magistrala_token": [{"api_token", "refresh_token"}, {"api_token"}, set()],
    "magistrala_user": TOKEN_OR_NOT,
    "magistrala_user_info": TOKEN_OR_NOT,
    "magistrala_user_password": [{"api_token", "reset_token"}, {"api_token", "old_password"}, {"reset_token"}],
}


def system_of(module: str) -> str:
    return module.partition("_")[0]


def tasks(module: str) -> list[dict[str, t.Any]]:
    """The options of the tasks of ``module``, secrets filled in."""
    filled = []
    for task in TASKS[module]:
        for left_out in WITHOUT.get(module, [set()]):
            options: dict[str, t.Any] = {"api_username": ADMINS[system_of(module)], **json.loads(json.dumps(task))}
            for name in SECRETS[module]:
                put(options, name.partition(".")[2].split("."), canary(name), left_out)
            filled.append(options)
    return filled


def put(options: dict[str, t.Any], path: list[str], secret: str, left_out: set[str]) -> None:
    if path[0] in left_out:
        return
    if len(path) > 1:
        for entry in options.get(path[0], []):
            put(entry, path[1:], secret, left_out)
    elif not ("users" in options and path[0] in ("password", "security_answer")):
        options[path[0]] = secret


def accept(app: t.Any, secret: str) -> None:
    """Make ``secret`` the administrator's password."""
    system = app.system
    if isinstance(system, Iics):
        system.directory.user_named(ADMINS["iics"]).passwords = [(system.clock.now(), secret)]
    elif isinstance(system, Iq):
        system.state.user(INTERNAL, ADMINS["iq"]).set_password(secret)
    else:
        system.table.usernames[ADMINS["magistrala"]].secret = Secret(secret)


def body_with(words: t.Iterable[str]) -> str:
    """An error body that repeats ``words`` wherever one of the services puts its own."""
    said = " ".join(words)
    return json.dumps({"message": said, "error": {"message": said, "code": "X"}, "description": said})


def in_base64(secret: str) -> str:
    return base64.b64encode(f"admin:{secret}".encode()).decode()


def in_a_url(secret: str) -> str:
    return quote(secret, safe="")


LOGIN_PASSES = {"iics": 1, "iq": 0, "magistrala": 1}
WRITES = "POST|PUT|PATCH|DELETE"

SITUATIONS = (
    "success",
    "wrong password",
    "echo",
    "echo of the login",
    "timeout",
    "html",
    "cut off",
    "repeats",
    "repeats in base64",
    "repeats in URLs",
    "repeats in HTML",
    "text",
)


def faults(situation: str, system: str, secrets: t.Sequence[str]) -> list[Fault]:
    after = {"times": 0, "skip": LOGIN_PASSES[system]}
    return {
        "echo": [Fault("echo", method=WRITES, status=422, **after)],
        "echo of the login": [Fault("echo", status=400, times=0)],
        "timeout": [Fault("delay", seconds=0.4, times=0)],
        "html": [Fault("html", **after)],
        "cut off": [Fault("truncate", **after)],
        "repeats": [Fault("status", status=409, body=body_with(secrets), **after)],
        "repeats in base64": [Fault("status", status=409, body=body_with(map(in_base64, secrets)), **after)],
        "repeats in URLs": [Fault("status", status=409, body=body_with(map(in_a_url, secrets)), **after)],
        "repeats in HTML": [Fault("status", status=409, body=body_with(map(html.escape, secrets)), **after)],
        "text": [Fault("status", status=500, body=" ".join(secrets), content_type="text/plain", **after)],
    }.get(situation, [])


@contextlib.contextmanager
def services(system: str) -> t.Iterator[Sandbox]:
    with running(SYSTEMS[system]()) as sandbox:
        yield sandbox


def secrets_of(options: t.Any) -> list[str]:
    """The canaries among the options of one task; no other can come back."""
    if isinstance(options, dict):
        return [secret for value in options.values() for secret in secrets_of(value)]
    if isinstance(options, list):
        return [secret for value in options for secret in secrets_of(value)]
    return [options] if isinstance(options, str) and options.startswith("Cnry-") else []


def prepare(sandbox: Sandbox, situation: str, module: str, options: dict[str, t.Any]) -> str:
    """A fresh state in which ``situation`` holds for a task of ``module``; returns the address."""
    system = system_of(module)
    app = sandbox.apps[system]
    app.act("POST", "reset", {})
    app.act("POST", "seed", {"count": 2})
    if situation != "wrong password":
        accept(app, canary(f"{module}.api_password"))
    app.faults = faults(situation, system, secrets_of(options))
    return sandbox.urls[system]
