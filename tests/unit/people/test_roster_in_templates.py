# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lookup and the filters as playbooks use them; text out of a roster is never evaluated."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
import typing as t

import pytest
import yaml

from ansible_collections.people.lifecycle.plugins import modules

COLLECTIONS = pathlib.Path(next(iter(modules.__path__))).parents[4]
HEADER = "id,first_name,last_name,email,profile\n"
HOSTILE = (
    "{{ lookup('env', 'HOME') }}",
    "{% raw %}x{% endraw %}",
    '=HYPERLINK("https://example.com")',
    "<script>alert(1)</script>",
    "@SUM(1+1)",
    "$(id) `id` ; id",
    "../../etc/passwd",
    "O'Brien & Söhne",
)


def play(folder: pathlib.Path, expression: str, **variables: t.Any) -> subprocess.CompletedProcess[str]:
    """Run a playbook in ``folder`` that writes the value of ``expression`` into value.json, as JSON."""
    tasks = [
        {
            "ansible.builtin.copy": {
                "content": f"{{{{ {expression} | to_json }}}}",
                "dest": str(folder / "value.json"),
                "mode": "0600",
            }
        }
    ]
    book = [{"hosts": "localhost", "gather_facts": False, "vars": variables, "tasks": tasks}]
    (folder / "play.yml").write_text(yaml.safe_dump(book, sort_keys=False, allow_unicode=True))
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("ANSIBLE_")},
        "ANSIBLE_COLLECTIONS_PATH": str(COLLECTIONS),
        "ANSIBLE_HOME": str(folder / "home"),
        "ANSIBLE_NOCOLOR": "1",
        "ANSIBLE_PYTHON_INTERPRETER": sys.executable,
        "COLUMNS": "1000",
        "LC_ALL": "C.UTF-8",
    }
    command = ["ansible-playbook", "-i", "localhost,", "-c", "local", "play.yml"]
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def value(folder: pathlib.Path, expression: str, **variables: t.Any) -> t.Any:
    done = play(folder, expression, **variables)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads((folder / "value.json").read_text())


def refusal(folder: pathlib.Path, expression: str, **variables: t.Any) -> str:
    """What a playbook says whose expression is refused; nothing was written, and no traceback is shown."""
    done = play(folder, expression, **variables)
    said = " ".join((done.stdout + done.stderr).split())
    assert done.returncode == 2 and not (folder / "value.json").exists(), said
    assert "Traceback" not in said
    return said


def csv(names: t.Iterable[str]) -> str:
    quoted = [name.replace('"', '""') for name in names]
    return HEADER + "".join(f'E{n},"{name}",Smith,e{n}@example.com,analyst\n' for n, name in enumerate(quoted))


def people(names: t.Iterable[str]) -> list[dict[str, t.Any]]:
    return [
        {"id": f"E{n}", "first_name": name, "last_name": "Smith", "email": f"e{n}@example.com", "profile": ["analyst"]}
        for n, name in enumerate(names)
    ]


def test_the_lookup_reads_files_and_evaluates_nothing(tmp_path: pathlib.Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "people.csv").write_text(csv(HOSTILE), encoding="utf-8")
    (tmp_path / "files" / "more.json").write_text(json.dumps(people(["Ann"])))
    read = value(tmp_path, "query('people.lifecycle.roster', 'people.csv', 'more.json')")
    assert read == [people(HOSTILE), people(["Ann"])]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("other.csv", "", "There is no roster people.csv."),
        ("people.csv", HEADER + "E1,Ann\n", "people.csv, line 2: 2 columns, but the header has 5."),
        ("people.csv", "id,frist_name\n", "people.csv, line 1, column 2"),
    ],
)
def test_a_roster_that_cannot_be_read_stops_the_play(tmp_path: pathlib.Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text)
    assert said in refusal(tmp_path, "lookup('people.lifecycle.roster', 'people.csv')")


@pytest.mark.parametrize(
    ("given", "read"),
    [("", []), (None, []), ([], []), (csv(["Ann"]), people(["Ann"])), (people(["Ann"]), people(["Ann"]))],
    ids=["empty", "nothing", "nobody", "text", "list"],
)
def test_the_filter_takes_what_a_survey_may_hand_over(tmp_path: pathlib.Path, given: t.Any, read: t.Any) -> None:
    assert value(tmp_path, "given | people.lifecycle.roster", given=given) == read


def test_the_filter_evaluates_nothing(tmp_path: pathlib.Path) -> None:
    (tmp_path / "answer.txt").write_text(csv(HOSTILE), encoding="utf-8")
    read = value(tmp_path, "lookup('ansible.builtin.file', 'answer.txt', rstrip=false) | people.lifecycle.roster")
    assert read == people(HOSTILE)


def test_the_filter_names_the_place_of_what_is_wrong(tmp_path: pathlib.Path) -> None:
    said = refusal(tmp_path, "given | people.lifecycle.roster", given="- id: [\n")
    assert "the roster, line 2, column 1: no valid YAML" in said


PROFILES = {"analyst": {"magistrala": {"tags": ["reporting"]}, "iq": {"grants": [{"role": "Owner", "global": True}]}}}


def test_people_become_accounts(tmp_path: pathlib.Path) -> None:
    expression = "given | people.lifecycle.wanted_accounts(profiles, systems=['magistrala'], today='2027-01-31')"
    ann, late = people(["Ann", "Late"])
    accounts = value(tmp_path, expression, given=[ann, {**late, "start": "2027-02-01"}], profiles=PROFILES)
    assert [account["email"] for account in accounts["magistrala"]] == [ann["email"]]
    assert accounts["magistrala"][0]["give"]["tags"] == ["reporting"]
    assert accounts["iq"] == []
    assert [entry["person"] for entry in accounts["waiting"]] == [late["id"]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("profiles, today='31.1.2027'", "31.1.2027"),
        ("profiles, systems=['iqs']", "names 'iqs'; known are"),
        ("profiles, {'iqs': '{email}'}", "names 'iqs'; known are"),
        ("{'other': {}}", "analyst"),
    ],
)
def test_accounts_that_cannot_be_told_stop_the_play(tmp_path: pathlib.Path, arguments: str, said: str) -> None:
    expression = f"given | people.lifecycle.wanted_accounts({arguments})"
    assert said in refusal(tmp_path, expression, given=people(["Ann"]), profiles=PROFILES)
