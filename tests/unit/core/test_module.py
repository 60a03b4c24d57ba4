# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Results stay small and free of secrets, with one account and with thousands."""

from __future__ import annotations

import contextlib
import json
import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._ansible.module import Module
from ansible_collections.people.lifecycle.plugins.module_utils._ansible.run import warn
from ansible_collections.people.lifecycle.plugins.module_utils._ansible.shown import HIDDEN, masked
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import Redactor
from counted import calls
from harness import module_arguments

SPEC: dict[str, t.Any] = {
    "api_url": {"type": "str"},
    "password": {"type": "str", "no_log": True},
    "users": {
        "type": "list",
        "elements": "dict",
        "options": {"username": {"type": "str"}, "password": {"type": "str", "no_log": True}},
    },
}


def people(count: int) -> list[dict[str, str]]:
    return [{"username": f"person-{n:05d}", "password": f'Pass-"{n * 7919:08d}\\-word'} for n in range(count)]


@contextlib.contextmanager
def module_with(**options: t.Any) -> t.Iterator[Module]:
    """A module that may leave; what it then returns is printed."""
    with module_arguments({**options, "_ansible_remote_tmp": "/tmp"}), contextlib.suppress(SystemExit):
        yield Module(argument_spec=SPEC)


def printed(capsys: pytest.CaptureFixture[str]) -> dict[str, t.Any]:
    return dict(json.loads(capsys.readouterr().out))


def test_many_accounts_are_counted_and_not_repeated(capsys: pytest.CaptureFixture[str]) -> None:
    with module_with(api_url="https://host", users=people(3)) as module:
        module.exit_json(changed=False)
    repeated = printed(capsys)["invocation"]["module_args"]
    assert repeated == {"api_url": "https://host", "password": None, "users": "(3 entries)"}


def test_a_single_account_is_repeated_without_its_password(capsys: pytest.CaptureFixture[str]) -> None:
    with module_with(api_url="https://host", password="Canary-1") as module:
        module.exit_json(changed=True)
    hidden = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
    repeated = printed(capsys)["invocation"]["module_args"]
    assert repeated == {"api_url": "https://host", "password": hidden, "users": None}


@pytest.mark.parametrize("count", (5, 500))
def test_a_secret_that_comes_back_is_masked(capsys: pytest.CaptureFixture[str], count: int) -> None:
    users = people(count)
    with module_with(users=users) as module:
        module.exit_json(users=[{"note": f"said {users[2]['password']}!"}], other=users[4]["password"])
    result = printed(capsys)
    assert result["users"] == [{"note": "said ********!"}]
    assert result["other"] == HIDDEN == "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"


def test_a_secret_is_hidden_wherever_a_result_has_it() -> None:
    result = {
        "4711": ["4711", 4711, 47110, 4.5, "no. 4711!", "4,711"],
        "more": {"kept": None, "changed": True, "both": "4711 and 4711-long", "days": (1, 2)},
    }
    assert masked(result, {"4711", "4711-long"}) == {
        "4711": [HIDDEN, HIDDEN, HIDDEN, 4.5, "no. ********!", "4,711"],
        "more": {"kept": None, "changed": True, "both": "******** and ********", "days": [1, 2]},
    }
    assert masked(result, ()) is result


def test_notes_are_shown_once_and_without_secrets(capsys: pytest.CaptureFixture[str]) -> None:
    secrets = [user["password"] for user in people(200)]
    with module_with(users=people(200)) as module:
        warn(module, [f"seen {secrets[9]}", f"seen {secrets[9]}", *map(str, range(30))], Redactor(secrets))
        module.exit_json()
    shown = capsys.readouterr().out
    assert shown.count("seen ********") == 1
    assert "Pass-" not in shown
    assert "And 11 more notes like these." in shown


def test_a_failure_is_trimmed_and_masked_too(capsys: pytest.CaptureFixture[str]) -> None:
    users = people(200)
    with module_with(users=users) as module:
        module.fail_json(f"no {users[7]['password']}")
    result = printed(capsys)
    assert (result["msg"], result["failed"]) == ("no ********", True)
    assert result["invocation"]["module_args"]["users"] == "(200 entries)"


def test_the_system_log_gets_no_list_of_people(monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[str] = []
    monkeypatch.setattr(Module, "log", lambda self, msg, log_args=None: lines.append(msg))
    with module_with(api_url="https://host", users=people(3)) as module:
        pass
    (line,) = lines
    beginning, dummy, password = line.partition(" password=")
    assert beginning == "Invoked with api_url=https://host users=(3 entries)"
    assert password in ("NOT_LOGGING_PARAMETER", "$REDACTED$")  # the latter since ansible-core 2.22
    assert len(module.params["users"]) == 3


def test_thousands_of_passwords_do_not_slow_the_result_down(capsys: pytest.CaptureFixture[str]) -> None:
    def work(count: int) -> int:
        users = people(count)
        result = [{"username": user["username"], "city": "Utrecht"} for user in users]

        def leave() -> None:
            with contextlib.suppress(SystemExit):
                module.exit_json(users=result)

        with module_with(users=users) as module:
            counted = calls(leave)
        assert len(printed(capsys)["users"]) == count
        return counted

    assert work(5000) < 15 * work(500), "what AnsibleModule does alone grows with the square"
