# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Inside Ansible's own process and in a process of its own a task gives the same, to the letter."""

from __future__ import annotations

import json
import pathlib
import re
import typing as t

import pytest
import yaml

import programs
from people_company import SIGN_IN
from sandbox.atom.generations import AnyMagistrala
from sandbox.iics import Iics
from sandbox.iq import Iq
from sandbox.magistrala import Magistrala
from sandbox.server import Sandbox, running

Task = dict[str, t.Any]
OF_THE_WAY = ("ansible_facts", "ansible_parsed", "exception", "failed_when_suppressed_exception")
VALUE = "Sesame-open-4711"
SECRET = "{{ vaulted }}"
SHOWN = {"ANSIBLE_INJECT_INVOCATION": "1", "PYTHONHASHSEED": "0"}  # the options, and sets in one order
VARYING = (
    (r"127\.0\.0\.1:[0-9]+", "HOST"),
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "ID"),
    (r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", "TIME"),
    (r'"id": "[0-9A-Za-z]{22}"', '"id": "ID"'),
)
BAD = (
    {"retries": "x"},
    {"retries": -1},
    {"timeout": 0},
    {"timeout": "soon"},
    {"validate_certs": "perhaps"},
    {"state": "gone"},
    {"usrname": "jane"},
    {"users": [{"username": "a"}], "username": "b"},
    {"users": [{"usrname": "a"}]},
    {"users": [{"username": "a"}, {"username": "b", "state": "gone"}, {"username": "c", "password": SECRET}]},
    {"users": ["a"]},
    {"users": "a"},
    {"users": {}},
    {"users": []},
    {"users": [{"username": "a", "password": [SECRET]}]},
    {"username": None},
    {"username": ""},
    {"username": "jane", "on_error": "pray"},
    {"username": "jane", "api_url": "http://127.0.0.1:9", "retries": 0},
    {"username": "jane", "api_url": "nowhere"},
    {"username": "jane", "api_url": ""},
    {"username": "jane", "ca_path": "missing.pem"},
    {"username": "jane", "password": "{{ 'calculated' ~ 4711 }}"},
    {"username": "jane", "email": SECRET, "password": SECRET},
    {"username": SECRET, "password": SECRET, "frist_name": SECRET},
    {"username": "jane", "first_name": {"a": 1}},
    {"username": "jane", "api_password": f"wrong-{SECRET}"},
)
PERSON = {"first_name": "Jane", "last_name": "Smith", "email": "jane@example.com"}
GOOD = (
    {"username": "jane.smith", **PERSON, "password": SECRET},
    {"username": "jane.smith", **PERSON},
    {"username": "jane.smith", "first_name": "{{ '{' }}{ 7 * 6 }}"},
    {"username": "jane.smith", "last_name": "Zoë \u202e\U0001f600"},
    {"users": [{"username": "jane.smith"}, {"username": "nobody", "state": "absent"}, {"username": "half"}]},
    {"users": [{"username": "nobody", "state": "absent"}, {"name": "half"}, {"username": 17, "state": "absent"}]},
    {"users": [{"username": f"person{number}", "password": SECRET, **PERSON} for number in range(3)]},
    {"username": "jane.smith", "state": "absent"},
)
KEYWORDS = (
    {"check_mode": True, "diff": True},
    {"no_log": True},
    {"failed_when": False},
    {"run_once": True},
    {"delegate_to": "localhost"},
    {"until": "it is succeeded", "retries": 1, "delay": 0},
    {"module_defaults": {"group/people.lifecycle.all": {"parallel": 0}}},
)


def tasks() -> t.Iterator[Task]:
    """The tasks of three systems: bad options, good ones, and keywords of a task around a good one."""
    for system in SIGN_IN:
        module, connection = f"people.lifecycle.{system}_user", f"{{{{ {system}_connection }}}}"
        defaults = {module: connection, f"{module}_info": connection}
        for options in (*(BAD if system == "iq" else BAD[::6]), *GOOD):
            yield {module: options, "module_defaults": defaults}
        for keywords in KEYWORDS:
            more = {**defaults, **t.cast("dict[str, t.Any]", keywords.get("module_defaults", {}))}
            yield {module: {"username": "person1", **PERSON}, **keywords, "module_defaults": more}
        yield {
            module: {"username": "{{ item }}", "password": "{{ vaulted }}", **PERSON},
            "loop": ["a", "b"],
            "module_defaults": defaults,
        }
        for query in ({}, {"usernames": ["person1", "nobody"]}, {"guards": True}, {"guards": "never"}):
            yield {f"{module}_info": query, "module_defaults": defaults}


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, t.Any]]:
    """What the same playbook gives in both ways, each against services of its own:
    results, and all that was printed.
    """
    found = {}
    for way, direct in (("direct", True), ("module", False)):
        folder = tmp_path_factory.mktemp(way)
        with running(Iics(), Iq(), Magistrala()) as sandbox:
            found[way] = played(folder, sandbox, direct)
    return found


def played(folder: pathlib.Path, sandbox: Sandbox, direct: bool) -> dict[str, t.Any]:
    vault = folder / "vault-password"
    vault.write_text("sesame\n")
    sealed = programs.ansible(
        "vault", folder, "encrypt_string", "--vault-password-file", str(vault), "--name", "vaulted", VALUE
    )
    (folder / "vaulted.yml").write_text(sealed.stdout)
    connections = {
        f"{system}_connection": {"api_url": sandbox.urls[system], "api_username": user, "api_password": password}
        for system, (user, password) in SIGN_IN.items()
    }
    steps: list[Task] = [
        {"name": f"task {number}", "ignore_errors": True, **task, "register": f"result{number}"}
        for number, task in enumerate(renamed(task, f"result{number}") for number, task in enumerate(tasks()))
    ]
    every = ", ".join(f"result{number}" for number in range(len(steps)))
    keep = {"content": f"{{{{ [{every}] | to_json }}}}", "dest": str(folder / "results.json"), "mode": "0600"}
    play = {
        "hosts": "localhost",
        "gather_facts": False,
        "vars_files": ["vaulted.yml"],
        "vars": {**connections, "people_lifecycle_direct": direct},
        "tasks": [*steps, {"ansible.builtin.copy": keep}],
    }
    (folder / "play.yml").write_text(yaml.safe_dump([play], sort_keys=False))
    done = programs.ansible(
        "playbook", folder, *programs.LOCAL, "--vault-password-file", str(vault), "-vvvv", "play.yml", **SHOWN
    )
    assert (folder / "results.json").exists(), (done.stdout + done.stderr)[-3000:]
    results = (folder / "results.json").read_text()
    for pattern, word in VARYING:
        results = re.sub(pattern, word, results)
    return {"results": json.loads(results), "printed": done.stdout + done.stderr}


def renamed(task: Task, name: str) -> Task:
    """``task`` with ``until`` asking its own result."""
    return {**task, "until": f"{name} is succeeded"} if "until" in task else task


def test_the_results_are_the_same_key_by_key(ways: dict[str, dict[str, t.Any]]) -> None:
    every = list(tasks())
    assert len(every) == len(ways["direct"]["results"]) >= 75
    for task, direct, module in zip(every, ways["direct"]["results"], ways["module"]["results"], strict=True):
        assert comparable(direct) == comparable(module), task


def comparable(result: t.Any) -> t.Any:
    """``result`` without what only a process has: where Python is, and where a failure arose, which -vvv tells."""
    if isinstance(result, dict):
        return {key: comparable(value) for key, value in result.items() if key not in OF_THE_WAY}
    return [comparable(item) for item in result] if isinstance(result, list) else result


def test_each_ran_the_way_that_was_asked_for(ways: dict[str, dict[str, t.Any]]) -> None:
    inside, own = (
        "runs inside Ansible's own process",
        "runs in a process of its own, because people_lifecycle_direct is false",
    )
    assert ways["direct"]["printed"].count(inside) >= len(list(tasks())) and own not in ways["direct"]["printed"]
    assert ways["module"]["printed"].count(own) >= len(list(tasks())) and inside not in ways["module"]["printed"]


@pytest.mark.parametrize("way", ["direct", "module"])
def test_no_secret_is_in_the_output(ways: dict[str, dict[str, t.Any]], way: str) -> None:
    printed = ways[way]["printed"]
    assert "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER" in printed
    for secret in (VALUE, *(password for _user, password in SIGN_IN.values())):
        assert secret not in printed


def test_the_items_of_a_loop_share_one_sign_in_which_ends_with_it_and_is_not_repeated(tmp_path: pathlib.Path) -> None:
    services: dict[str, tuple[str, tuple[str, str]]] = {
        **{system: (f"people.lifecycle.{system}_user_info", login) for system, login in SIGN_IN.items()},
        "atom": ("people.lifecycle.magistrala_user_info", SIGN_IN["magistrala"]),
    }
    with running(Iics(), Iq(), Magistrala(), instances={"atom": AnyMagistrala(profile="atom")}) as sandbox:
        loops = []
        for service, (module, (user, password)) in services.items():
            for given in (password, "wrong"):
                connection = {"api_url": sandbox.urls[service], "api_username": user, "api_password": given}
                task = {module: {"usernames": ["{{ item }}"], **connection}}
                loops.append({**task, "loop": ["jane", "joe", "ann"], "ignore_errors": True})
        (tmp_path / "play.yml").write_text(
            yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "tasks": loops}])
        )
        done = programs.ansible("playbook", tmp_path, *programs.LOCAL, "play.yml")
        sent = {name: [(r.method, r.path.partition("?")[0]) for r in app.journal] for name, app in sandbox.apps.items()}
    assert "ignored=4" in done.stdout, done.stdout
    assert sent["iics"].count(("POST", "/saas/public/core/v3/login")) == 2
    assert sent["iics"].count(("POST", "/saas/public/core/v3/logout")) == 1
    assert sent["magistrala"].count(("POST", "/users/tokens/issue")) == 2
    assert sent["magistrala"].count(("POST", "/users/tokens/revoke")) == 1
    assert sent["atom"].count(("POST", "/users/tokens/issue")) == sent["atom"].count(("POST", "/auth/login")) == 2
    assert sent["atom"].count(("POST", "/auth/logout")) == 1
    assert sent["iq"][-1] == ("GET", "/api/v2/users/jane"), sent["iq"]


@pytest.mark.parametrize(
    ("keywords", "reason"),
    [
        ({"become": True}, "become is on"),
        ({"vars": {"ansible_become": True}}, "become is on"),
        ({"environment": {"A": "b"}}, "the task has an environment"),
        ({"timeout": 100}, "the task has a timeout"),
        ({"async": 60, "poll": 1}, "the task is asynchronous"),
        ({"vars": {"ansible_python_interpreter": "/usr/bin/env python3"}}, "its Python is /usr/bin/env python3"),
        ({"vars": {"people_lifecycle_direct": "no"}}, "people_lifecycle_direct is false"),
    ],
)
def test_what_needs_a_process_gets_one(tmp_path: pathlib.Path, keywords: Task, reason: str) -> None:
    task = {"people.lifecycle.iq_user": {"username": "jane", "api_url": "http://127.0.0.1:9", "retries": 0}, **keywords}
    play = {"hosts": "localhost", "gather_facts": False, "tasks": [task]}
    (tmp_path / "play.yml").write_text(yaml.safe_dump([play]))
    done = programs.ansible("playbook", tmp_path, *programs.LOCAL, "-vvv", "play.yml")
    assert f"runs in a process of its own, because {reason}" in done.stdout
