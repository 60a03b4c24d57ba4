# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No secret of any module in any result, whatever goes wrong; run in this process."""

from __future__ import annotations

import contextlib
import io
import json
import pathlib
import syslog
import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._http import retry, session
from harness import run_module
from sandbox.server import Sandbox
from unit.secrets.canaries import EVERY_SECRET, SECRETS, SPECS, Search, canary, module_names
from unit.secrets.situations import SITUATIONS, SYSTEMS, TASKS, prepare, services, system_of, tasks


@pytest.fixture(scope="module")
def search(record_testsuite_property: t.Callable[[str, object], None]) -> t.Iterator[Search]:
    searching = Search(EVERY_SECRET)
    yield searching
    record_testsuite_property(
        "canary searches in modules",
        f"{searching.texts} texts for {len(EVERY_SECRET)} secrets in {len(searching.words)} spellings",
    )


@pytest.fixture(scope="module", params=SYSTEMS)
def sandbox(request: pytest.FixtureRequest) -> t.Iterator[Sandbox]:
    with services(request.param) as running:
        yield running


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> t.Iterator[list[str]]:
    """What went to the system's log and to standard error; no waiting meanwhile."""
    lines: list[str] = []
    monkeypatch.setattr(syslog, "syslog", lambda *words: lines.append(str(words)))
    monkeypatch.setattr(retry, "wait_before", lambda repeat, asked: 0.0)
    error = io.StringIO()
    with contextlib.redirect_stderr(error):
        yield lines
    lines.append(error.getvalue())


def test_a_canary_is_found_in_every_spelling():
    search = Search(["some.option"])
    assert len(search.words) >= 12
    for word in search.words:
        assert search.found_in(f"before{word}after") == ["some.option"]
    assert not search.found_in("nothing here")


def test_every_module_is_tried_with_every_secret():
    assert set(TASKS) == set(SPECS), "a module has no task here"
    action_plugins = set(module_names()) - set(SPECS)
    assert action_plugins == {
        "adopt",
        "offboard",
        "onboard",
        "review",
        "review_apply",
    }, "their secrets are tried in playbooks"
    for module, names in SECRETS.items():
        filled = "".join(map(str, tasks(module)))
        missing = [name for name in names if repr(canary(name))[1:-1] not in filled]
        only_beside_users = [name for name in missing if f"{name.partition('.')[0]}.users." not in name]
        assert not only_beside_users, f"{module}: no task with {missing}"


def test_what_looks_like_a_secret_is_marked_as_one():
    def unmarked(spec: dict[str, dict[str, t.Any]]) -> list[str]:
        found = []
        for name, option in spec.items():
            secret = any(word in name for word in ("password", "token", "secret", "answer", "passcode"))
            if secret and "no_log" not in option and option.get("type") == "str":
                found.append(name)
            found += unmarked(option.get("options") or {})
        return found

    assert {module: unmarked(spec) for module, spec in SPECS.items()} == {module: [] for module in SPECS}


@pytest.mark.parametrize("check", [False, True], ids=["run", "check"])
@pytest.mark.parametrize("situation", SITUATIONS)
def test_no_secret_is_told(
    sandbox: Sandbox, situation: str, check: bool, search: Search, said: list[str], tmp_path: pathlib.Path, monkeypatch
):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    (system,) = sandbox.urls
    outcomes = []
    for module in filter(lambda name: system_of(name) == system, SPECS):
        for options in tasks(module):
            url = prepare(sandbox, situation, module, options)
            timing = {"timeout": 0.2 if situation == "timeout" else 5.0, "retries": 0}
            result = run_module(module, check=check, api_url=url, **options, **timing)
            assert not search.found_in(json.dumps(result)), (module, options, result)
            assert not search.found_in(json.dumps([vars(line) for line in sandbox.apps[system].journal]))
            outcomes.append(result["failed"])
    assert not search.found_in("\n".join(said))
    assert not search.found_below(tmp_path)
    assert not all(outcomes) if situation == "success" else any(outcomes) or check


def test_no_secret_is_told_when_something_breaks_inside(sandbox: Sandbox, search: Search, said: list[str], monkeypatch):
    (system,) = sandbox.urls
    for module in filter(lambda name: system_of(name) == system, SPECS):
        secrets = " ".join(map(canary, SECRETS[module]))

        def broken(self: t.Any, *dummy: t.Any, **options: t.Any) -> t.NoReturn:
            raise KeyError(f"{secrets} {options}")  # noqa: B023

        for options in tasks(module):
            url = prepare(sandbox, "success", module, options)
            with monkeypatch.context() as patch:
                patch.setattr(session.Session, "data", broken)
                patch.setattr(session.Session, "_failure", broken)
                result = run_module(module, api_url=url, **options)
            assert not search.found_in(json.dumps(result)), result


def test_no_secret_is_told_when_it_comes_from_the_environment(sandbox: Sandbox, search: Search, monkeypatch):
    (system,) = sandbox.urls
    module = f"{system}_user_info"
    secret = canary(f"{module}.api_password")
    names = SPECS[module]["api_password"]["fallback"][1]
    monkeypatch.setenv(names[0], secret)
    for situation in ("success", "wrong password", "echo of the login"):
        url = prepare(sandbox, situation, module, {"api_password": secret})
        result = run_module(module, api_url=url, api_username="somebody" if situation == "wrong password" else None)
        assert not search.found_in(json.dumps(result)), result


@pytest.mark.parametrize("module", SPECS)
def test_options_that_are_refused_do_not_show_the_secrets_beside(module: str, search: Search):
    for options in tasks(module):
        for wrong in ({"no_such_option": "x"}, {"timeout": "soon"}, {"api_url": canary(f"{module}.api_password")}):
            result = run_module(module, **{**options, **wrong})
            assert result["failed"]
            assert not search.found_in(json.dumps(result)), result
