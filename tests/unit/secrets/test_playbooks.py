# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No secret in what ansible-playbook leaves behind at -vvvv --diff: output, log, reports, temporary folders."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import pathlib
import shutil
import typing as t

import pytest
import yaml
from ansible.parsing.vault import VaultLib, VaultSecret

import programs
from unit.secrets.canaries import EVERY_SECRET, SPECS, Search, canary
from unit.secrets.situations import ADMINS, SYSTEMS, accept, prepare, secrets_of, services, system_of, tasks

WAYS = {True: "runs inside Ansible's own process", False: "runs in a process of its own"}
TRIED = ("success", "wrong password", "echo", "timeout", "repeats in base64")
CRASH = pathlib.Path(__file__).with_name("crash.py")
ROLES = ("onboard", "offboard", "review")
ROLE_SECRETS = {
    **{
        f"{role}_connections.{system}.{option}": (system, option)
        for role in ROLES
        for system in SYSTEMS
        for option in ("api_password", *(("api_token",) if system == "magistrala" else ()))
    },
    "onboard_credentials_vault_password": ("", ""),
}
PERSON = {"id": "E1", "first_name": "Ann", "last_name": "Lee", "email": "ann@example.com", "profile": ["engineer"]}
PROFILES = {"engineer": {"iics": {"roles": ["Designer"]}, "iq": {}, "magistrala": {"tags": ["data"]}}}


@dataclasses.dataclass
class Left:
    """What a run left behind: its output and the folder with everything that it wrote."""

    code: int
    output: str
    folder: pathlib.Path


def play(
    folder: pathlib.Path,
    plays: list[dict[str, t.Any]],
    secrets: dict[str, str],
    direct: bool = True,
    **environment: str,
) -> Left:
    """Run ``plays`` with the variable ``secrets``; whatever is written comes to lie below ``folder``/out.

    Modules run inside Ansible's own process, or, without ``direct``, in processes of their own.
    """
    given, out = folder / "given", folder / "out"
    for path in (given, out / "tmp", out / "home", out / "reports"):
        path.mkdir(parents=True)
    (given / "secrets.yml").write_text(yaml.safe_dump({"secrets": secrets}))
    for each in plays:
        each.update(hosts="localhost", gather_facts=False, vars_files=[str(given / "secrets.yml")])
        each["vars"] = {"people_lifecycle_direct": direct}
    (given / "play.yml").write_text(yaml.safe_dump(plays, sort_keys=False))
    done = programs.ansible(
        "playbook",
        out,
        "-vvvv",
        "--diff",
        *programs.LOCAL,
        str(given / "play.yml"),
        TMPDIR=str(out / "tmp"),
        ANSIBLE_LOCAL_TEMP=str(out / "tmp"),
        ANSIBLE_REMOTE_TEMP=str(out / "tmp"),
        ANSIBLE_LOG_PATH=str(out / "log.txt"),
        **environment,
    )
    ways = {way: done.stdout.count(way) for way in WAYS.values()}
    assert not ways.pop(WAYS[not direct]), "modules ran in the other way"
    return Left(done.returncode, done.stdout + done.stderr, out)


@pytest.fixture(scope="module")
def search(record_testsuite_property: t.Callable[[str, object], None]) -> t.Iterator[Search]:
    searching = Search([*EVERY_SECRET, *ROLE_SECRETS])
    yield searching
    secrets = len(EVERY_SECRET) + len(ROLE_SECRETS)
    record_testsuite_property(
        "canary searches in playbooks", f"{searching.texts} texts and files for {secrets} secrets"
    )


def by_variable(options: t.Any) -> t.Any:
    """``options`` with variables in the place of canaries."""
    if isinstance(options, dict):
        return {name: by_variable(value) for name, value in options.items()}
    if isinstance(options, list):
        return [by_variable(value) for value in options]
    name = {canary(name): name for name in EVERY_SECRET}.get(options) if isinstance(options, str) else None
    return f"{{{{ secrets['{name}'] }}}}" if name else options


def tasks_of(module: str, situation: str, number: int, stack: contextlib.ExitStack) -> list[dict[str, t.Any]]:
    """A task of ``module`` against a service where ``situation`` holds,
    and one that fails while it shows the result.
    """
    options = tasks(module)[0]
    sandbox = stack.enter_context(services(system_of(module)))
    url = prepare(sandbox, situation, module, options)
    timing = {"timeout": 0.2 if situation == "timeout" else 10, "retries": 0}
    return [
        {
            "name": f"{module}, {situation}",
            f"people.lifecycle.{module}": by_variable({**options, "api_url": url, **timing}),
            "register": f"outcome{number}",
            "ignore_errors": True,
        },
        {
            "name": "An assertion that fails and shows what it looked at",
            "ansible.builtin.assert": {
                "that": [f"outcome{number} is string"],
                "fail_msg": f"{{{{ outcome{number} | to_json }}}}",
            },
            "ignore_errors": True,
        },
    ]


@pytest.mark.parametrize("direct", WAYS)
def test_modules_in_a_playbook_leave_no_secret(direct: bool, search: Search, tmp_path: pathlib.Path):
    with contextlib.ExitStack() as stack:
        listed = []
        for module in SPECS:
            for situation in TRIED if module.endswith("_user") else TRIED[1:3]:
                listed += tasks_of(module, situation, len(listed), stack)
        left = play(tmp_path, [{"tasks": listed}], {name: canary(name) for name in EVERY_SECRET}, direct)
    assert left.output.count("TASK [") == len(listed), left.output[-3000:]
    assert left.output.count(WAYS[direct]) == len(listed) // 2
    assert left.output.count("changed: [localhost]") >= 3, "hardly a task succeeded"
    assert left.output.count('"assertion": "outcome') == len(listed) // 2, "the results were not shown"
    assert not search.found_in(left.output)
    assert not search.found_below(left.folder)


@pytest.mark.parametrize("request_number", [1, 2])
@pytest.mark.parametrize("direct", WAYS)
def test_a_crash_in_the_middle_leaves_no_secret(
    direct: bool, request_number: int, search: Search, tmp_path: pathlib.Path
):
    site = tmp_path / "site"
    site.mkdir()
    shutil.copy(CRASH, site / "sitecustomize.py")
    path = os.pathsep.join([str(site), *os.environ.get("PYTHONPATH", "").split(os.pathsep)])
    with contextlib.ExitStack() as stack:
        listed: list[dict[str, t.Any]] = []
        for module in SPECS:
            listed += tasks_of(module, "success", len(listed), stack)
        left = play(
            tmp_path,
            [{"tasks": listed}],
            {name: canary(name) for name in EVERY_SECRET},
            direct,
            PYTHONPATH=path,
            CRASH_AT=str(request_number),
        )
    assert left.output.count(WAYS[direct]) == len(SPECS)
    assert left.output.count("RuntimeError") >= len(SPECS) - (request_number - 1), "hardly a task crashed"
    assert not search.found_in(left.output)
    assert not search.found_below(left.folder)


def role_tasks(role: str, connections: dict[str, t.Any], vault: str) -> list[dict[str, t.Any]]:
    shared = {f"{role}_connections": connections, f"{role}_report_dir": "reports"}
    given: dict[str, t.Any] = {"onboard_people": [PERSON], "onboard_profiles": PROFILES}
    if role == "review":
        given = {"review_people": [PERSON], "review_profiles": PROFILES}
    elif role == "offboard":
        given = {"offboard_people": [{"id": "E1", "email": "ann@example.com", "username": "ann.lee"}]}
    elif vault:
        given |= {
            "onboard_credentials": "vault_file",
            "onboard_credentials_file": vault,
            "onboard_credentials_vault_password": "{{ secrets['onboard_credentials_vault_password'] }}",
        }
    facts = f"{role}_report_data"
    adopt = {"dir": "adopted", "connections": connections}
    apply = {
        "decisions": [{"id": "0a1b2c3d4e5f-6a7b8c"}],
        "people": [PERSON],
        "profiles": PROFILES,
        "connections": connections,
    }
    actions = {"people.lifecycle.adopt": adopt, "people.lifecycle.review_apply": apply} if role == "review" else {}
    return [
        *({name: options, "ignore_errors": True} for name, options in actions.items()),
        {
            "name": f"Run the role {role}",
            "block": [
                {"ansible.builtin.include_role": {"name": f"people.lifecycle.{role}"}, "vars": {**shared, **given}},
            ],
            "rescue": [{"name": "Show why", "ansible.builtin.debug": {"var": "ansible_failed_result"}}],
        },
        {
            "name": "An assertion that fails and shows the report",
            "ansible.builtin.assert": {"that": ["false"], "fail_msg": f"{{{{ {facts} | default('none') | to_json }}}}"},
            "ignore_errors": True,
        },
    ]


@pytest.mark.parametrize("situation", ["success", "wrong password", "echo"])
def test_roles_leave_no_secret(situation: str, search: Search, tmp_path: pathlib.Path):
    with contextlib.ExitStack() as stack:
        listed: list[dict[str, t.Any]] = []
        for role in ROLES:
            connections = {}
            for system in SYSTEMS:
                name = f"{role}_connections.{system}.api_password"
                sandbox = stack.enter_context(services(system))
                url = prepare(sandbox, situation, f"{system}_user", {"api_password": canary(name)})
                if situation != "wrong password":
                    accept(sandbox.apps[system], canary(name))
                connections[system] = {
                    "api_url": url,
                    "api_username": ADMINS[system],
                    "api_password": f"{{{{ secrets['{name}'] }}}}",
                    "retries": 0,
                }
            if role == "offboard" and situation == "wrong password":
                name = "offboard_connections.magistrala.api_token"
                connections["magistrala"]["api_token"] = f"{{{{ secrets['{name}'] }}}}"
            listed += role_tasks(role, connections, "credentials.yml" if situation == "success" else "")
        left = play(tmp_path, [{"tasks": listed}], {name: canary(name) for name in ROLE_SECRETS})
    assert left.output.count("An assertion that fails and shows the report") >= 2, left.output[-3000:]
    assert not search.found_in(left.output)
    assert not search.found_below(left.folder)
    if situation == "success":
        new = new_passwords(left.folder / "credentials.yml")
        assert new
        written = [path.read_text(errors="replace") for path in left.folder.rglob("*") if path.is_file()]
        assert not [secret for secret in new for text in [left.output, *written] if secret in text]


def new_passwords(vault_file: pathlib.Path) -> list[str]:
    """The passwords of new accounts in the file that hands them over."""
    secret = VaultSecret(canary("onboard_credentials_vault_password").encode())
    content = VaultLib([("default", secret)]).decrypt(vault_file.read_bytes()).decode()

    def texts(value: t.Any) -> t.Iterator[str]:
        if isinstance(value, dict):
            for name, inner in value.items():
                yield from [inner] if name == "password" else texts(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from texts(inner)

    return list(texts(yaml.safe_load(content)))


def test_the_search_would_find_a_secret(search: Search, tmp_path: pathlib.Path):
    shows = {"name": "Show it", "ansible.builtin.debug": {"msg": "{{ secrets['iq_user.password'] }}"}}
    left = play(tmp_path, [{"tasks": [shows]}], {"iq_user.password": canary("iq_user.password")})
    assert search.found_in(left.output) == ["iq_user.password"]
    assert list(search.found_below(left.folder)) == ["log.txt"]
    assert secrets_of(json.loads(json.dumps([canary("x")]))) == [canary("x")]
