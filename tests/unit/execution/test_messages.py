# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is usual to get wrong is answered by one clear sentence, inside Ansible's process and in one of its own."""

from __future__ import annotations

import importlib
import json
import pathlib
import re
import sys
import typing as t

import pytest
import yaml

import programs
from ansible_collections.people.lifecycle.plugins.module_utils._systems import SYSTEMS
from harness import run_module
from people_company import SIGN_IN

PROJECT = pathlib.Path(__file__).resolve().parents[3]
SECRET = "Canary-Message-1"
MEMBERSHIP = "Give add, remove or set: "
MISTAKES: dict[str, tuple[str, dict[str, t.Any], str]] = {
    "a plain list of roles": (
        "iics_user",
        {"username": "jane", "roles": ["Designer"]},
        f"roles is a list. {MEMBERSHIP}roles: {{add: [...]}}",
    ),
    "one role as text": ("iics_user", {"username": "jane", "roles": "Designer"}, f"roles is text. {MEMBERSHIP}"),
    "no role as false": (
        "iics_user",
        {"username": "jane", "roles": False},
        f"roles is a value of the type bool. {MEMBERSHIP}",
    ),
    "a number for one of many": (
        "iq_user",
        {"users": [{"username": "jane", "grants": 5}]},
        f"In users: grants is a value of the type int. {MEMBERSHIP}",
    ),
    "a plain list of grants": (
        "iq_user",
        {"username": "jane", "grants": [{"role": "Developer", "organization": "Data"}]},
        f"grants is a list. {MEMBERSHIP}",
    ),
    "a plain list for one of many": (
        "iics_user",
        {"users": [{"username": "joe"}, {"username": "jane", "groups": ["Data"]}]},
        f"In users: groups is a list. {MEMBERSHIP}",
    ),
    "users as text": (
        "iq_user",
        {"users": "jane"},
        "users is a list of accounts, each a dictionary, such as users: [{username: jane}], and not text.",
    ),
    "users as names": ("magistrala_user", {"users": ["jane", "joe"]}, "users is a list of accounts, each a dictionary"),
    "users as one dictionary": ("magistrala_user", {"users": {"username": "jane"}}, "and not a dictionary."),
    "a mistyped user name": (
        "iq_user",
        {"usrname": "jane", "password": SECRET},
        "There is no option usrname. Did you mean username? The options are ",
    ),
    "a mistyped option of one of many": (
        "iics_user",
        {"users": [{"username": "jane", "frist_name": SECRET}]},
        "There is no option frist_name in users. Did you mean first_name? The options in users are ",
    ),
    "an option that nothing is like": (
        "iq_user",
        {"username": "jane", "xyzzy": 1},
        "There is no option xyzzy. The options are ",
    ),
    "an unknown change of a membership": (
        "iics_user",
        {"username": "jane", "groups": {"append": ["Data"]}},
        "There is no option append in groups. The options in groups are add, remove, set.",
    ),
}


@pytest.fixture(scope="module", params=[True, False], ids=["direct", "module"])
def messages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a real playbook says to each mistake."""
    folder = tmp_path_factory.mktemp("mistakes")
    tasks: list[dict[str, t.Any]] = []
    for number, (module, options, _sentence) in enumerate(MISTAKES.values()):
        tasks.append({f"people.lifecycle.{module}": options, "register": f"done{number}", "ignore_errors": True})
    found = {name: f"{{{{ done{number}.msg }}}}" for number, name in enumerate(MISTAKES)}
    tasks.append(
        {
            "ansible.builtin.copy": {
                "content": "{{ found | to_json }}",
                "dest": str(folder / "found.json"),
                "mode": "0600",
            },
            "vars": {"found": found},
        }
    )
    book = [{"hosts": "localhost", "gather_facts": False, "tasks": tasks}]
    (folder / "play.yml").write_text(yaml.safe_dump(book))
    done = programs.ansible(
        "playbook", folder, *programs.LOCAL, "play.yml", "-e", json.dumps({"people_lifecycle_direct": request.param})
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert SECRET not in done.stdout + done.stderr
    return t.cast("dict[str, str]", json.loads((folder / "found.json").read_text()))


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_usual_mistake_is_answered_by_one_clear_sentence(messages: dict[str, str], mistake: str) -> None:
    said = messages[mistake]
    assert MISTAKES[mistake][2] in said
    assert "unable to convert" not in said and "one of the following is required" not in said
    assert SECRET not in said


NEEDED = {"api_url": "URL", "api_username": "USERNAME", "api_password": "PASSWORD"}


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("missing", NEEDED)
def test_a_missing_connection_option_is_named_with_its_variable(
    monkeypatch: pytest.MonkeyPatch, system: str, missing: str
) -> None:
    environment = SYSTEMS[system].environment
    for variable in SYSTEMS[system].variables():
        monkeypatch.delenv(variable, raising=False)
    user, password = SIGN_IN[system]
    given = {"api_url": "https://127.0.0.1:9", "api_username": user, "api_password": password, "retries": 0}
    result = run_module(f"{system}_user_info", **{name: value for name, value in given.items() if name != missing})
    variable = environment.variable(environment.address if missing == "api_url" else NEEDED[missing])
    assert result["failed"] and missing in result["msg"] and variable in result["msg"], result["msg"]


@pytest.mark.parametrize("version", [(3, 9, 18), (3, 8, 0)])
def test_an_older_python_is_told_what_is_needed(tmp_path: pathlib.Path, version: tuple[int, int, int]) -> None:
    """This Python says that it is an older one, as soon as Ansible has unpacked the module in it."""
    lie = (
        "import collections, sys\nV = collections.namedtuple('V', 'major minor micro releaselevel "
        f"serial')\nsys.version_info = V{(*version, 'final', 0)}\n"
    )
    (tmp_path / "sitecustomize.py").write_text(lie)
    older = tmp_path / "python-older"
    older.write_text(f'#!/bin/sh\nPYTHONPATH={tmp_path} exec {sys.executable} "$@"\n')
    older.chmod(0o700)
    (tmp_path / "play.yml").write_text(
        yaml.safe_dump(
            [
                {
                    "hosts": "localhost",
                    "gather_facts": False,
                    "tasks": [{"people.lifecycle.iq_user": {"username": "jane"}}],
                }
            ]
        )
    )
    done = programs.ansible(
        "playbook", tmp_path, *programs.LOCAL, "play.yml", "-e", f"ansible_python_interpreter={older}"
    )
    assert done.returncode == 2 and "Traceback" not in done.stdout
    refused = re.search(r"Ansible requires Python 3\.(\d+) or newer on the target", done.stdout)
    if refused:  # newer ansible-core does not even start a module there
        assert version < (3, int(refused[1])), done.stdout
    else:
        assert "people.lifecycle needs Python 3.10 or newer where the module runs" in done.stdout, done.stdout
        assert f"is Python {version[0]}.{version[1]}." in done.stdout


DOCUMENTED = sorted(path.stem for path in (PROJECT / "plugins/modules").glob("*.py"))


@pytest.mark.parametrize("module", DOCUMENTED)
def test_every_module_names_python_and_libraries_with_versions(module: str) -> None:
    namespace = "ansible_collections.people.lifecycle.plugins"
    documentation = yaml.safe_load(importlib.import_module(f"{namespace}.modules.{module}").DOCUMENTATION)
    texts = list(documentation.get("requirements", []))
    for fragment in documentation.get("extends_documentation_fragment", []):
        name, dummy, part = fragment.removeprefix("people.lifecycle.").partition(".")
        fragments = importlib.import_module(f"{namespace}.doc_fragments.{name}").ModuleDocFragment
        texts += yaml.safe_load(getattr(fragments, (part or "documentation").upper())).get("requirements", [])
    installed = (PROJECT / "meta/ee-requirements.txt").read_text().replace(">=", " >= ").splitlines()
    libraries = [line for line in installed if re.match(r"\w", line)]
    assert any(text.startswith("python >= 3.10") for text in texts)
    assert any(text.startswith(line) for text in texts for line in libraries if line.startswith("requests"))
    if module.startswith("iics_user") and module != "iics_user_password":
        assert any(text.startswith(line) for text in texts for line in libraries if line.startswith("lxml"))
