# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Among the passwords of very many, the one that a result would show is found, however JSON spells it."""

from __future__ import annotations

import importlib
import json
import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core.kept import Kept
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import FEW_WORDS
from ansible_collections.people.lifecycle.plugins.plugin_utils.direct.host import DirectTask
from harness import run_module
from sandbox.magistrala import Magistrala
from sandbox.server import running

MODULE = "magistrala_user"
SPELLED = (
    'Say-"open"-now',
    "back\\slash-word",
    "ends-with-\\",
    '"quoted-word"',
    '\\"-both-\\"',
    "Zoë-\U0001f600-word",
    "plain-word-1",
)
Result = dict[str, t.Any]


def as_module(arguments: Result) -> Result:
    return run_module(MODULE, check=True, **arguments)


def direct(arguments: Result) -> Result:
    work = importlib.import_module(f"ansible_collections.people.lifecycle.plugins.modules.{MODULE}").WORK
    return DirectTask(work, MODULE, {**arguments, "_ansible_check_mode": True}, Kept()).run()


def texts(value: t.Any) -> t.Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("way", [as_module, direct])
@pytest.mark.parametrize("password", SPELLED)
def test_a_password_that_is_a_name_too_is_masked(way: t.Callable[[Result], Result], password: str) -> None:
    users = [
        {"username": f"jane{n}", "first_name": "Jane", "last_name": "Smith", "email": f"jane{n}@example.com"}
        for n in range(FEW_WORDS + 2)
    ]
    for number, user in enumerate(users):
        user["password"] = f"another-Password-{number}"
    users[7] |= {"first_name": f"before {password} after", "last_name": password, "password": password}
    with running(Magistrala()) as sandbox:
        login = {"api_username": "admin", "api_password": "12345678", "api_url": sandbox.urls["magistrala"]}
        result = way({**login, "users": users})
    assert len(result["users"]) == len(users) and json.dumps(result)
    assert not [text for text in texts(result) if password in text]
    shown = result["users"][7]["account"]
    assert (shown["first_name"], shown["last_name"]) == ("before ******** after", "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER")
    assert result["users"][8]["account"]["first_name"] == "Jane"
