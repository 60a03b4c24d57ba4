# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lookup and the filters for rosters; text out of a roster is never evaluated."""

from __future__ import annotations

import json
import pathlib
import typing as t

import pytest
import yaml
from ansible import constants
from ansible.errors import AnsibleFilterError, AnsibleLookupError
from ansible.parsing.dataloader import DataLoader

import programs
from ansible_collections.people.lifecycle.plugins.doc_fragments.roster import ModuleDocFragment
from ansible_collections.people.lifecycle.plugins.filter import roster, wanted_accounts
from ansible_collections.people.lifecycle.plugins.lookup.roster import DOCUMENTATION, LookupModule

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
PROFILES = {"analyst": {"magistrala": {"tags": ["reporting"]}, "iq": {"grants": [{"role": "Owner", "global": True}]}}}

read_roster = roster.FilterModule().filters()["roster"]
to_accounts = wanted_accounts.FilterModule().filters()["wanted_accounts"]


def csv(names: t.Iterable[str]) -> str:
    quoted = [name.replace('"', '""') for name in names]
    return HEADER + "".join(f'E{n},"{name}",Smith,e{n}@example.com,analyst\n' for n, name in enumerate(quoted))


def people(names: t.Iterable[str]) -> list[dict[str, t.Any]]:
    return [
        {"id": f"E{n}", "first_name": name, "last_name": "Smith", "email": f"e{n}@example.com", "profile": ["analyst"]}
        for n, name in enumerate(names)
    ]


def value(folder: pathlib.Path, expression: str, **variables: t.Any) -> t.Any:
    """What ``expression`` is in a playbook that lies in ``folder``."""
    content = f"{{{{ {expression} | to_json }}}}"
    written = folder / "value.json"
    tasks = [
        {"ansible.builtin.copy": {"content": content, "dest": str(written), "mode": "0600"}},
        {
            "ansible.builtin.debug": {
                "msg": "The worker of the last task is stopped before it can tell what it covered."
            }
        },
    ]
    book = [{"hosts": "localhost", "gather_facts": False, "vars": variables, "tasks": tasks}]
    (folder / "play.yml").write_text(yaml.safe_dump(book, sort_keys=False, allow_unicode=True))
    done = programs.ansible("playbook", folder, *programs.LOCAL, "play.yml")
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(written.read_text())


def looked_up(folder: pathlib.Path, *names: str, **given: t.Any) -> list[t.Any]:
    """What the lookup returns in a play in ``folder``."""
    loader = DataLoader()
    loader.set_basedir(str(folder))
    name = "people.lifecycle.roster"
    documented = (DOCUMENTATION, ModuleDocFragment.DOCUMENTATION)
    options = {name: each for text in documented for name, each in yaml.safe_load(text)["options"].items()}
    # as Ansible's own loader does
    constants.config.initialize_plugin_configuration_definitions("lookup", name, options)
    lookup = LookupModule(loader=loader)
    lookup._load_name = name
    return t.cast("list[t.Any]", lookup.run(list(names), {"ansible_search_path": [str(folder)]}, **given))


def test_the_lookup_in_a_playbook_evaluates_nothing(tmp_path: pathlib.Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "people.csv").write_text(csv(HOSTILE), encoding="utf-8")
    (tmp_path / "files" / "more.json").write_text(json.dumps(people(["Ann"])))
    read = value(tmp_path, "query('people.lifecycle.roster', 'people.csv', 'more.json')")
    assert read == [people(HOSTILE), people(["Ann"])]


def test_the_filters_in_a_playbook_evaluate_nothing(tmp_path: pathlib.Path) -> None:
    (tmp_path / "answer.txt").write_text(csv(HOSTILE), encoding="utf-8")
    read = "lookup('ansible.builtin.file', 'answer.txt', rstrip=false) | people.lifecycle.roster"
    accounts = f"{read} | people.lifecycle.wanted_accounts(profiles)"
    found = value(tmp_path, f"[{read}, {accounts}]", profiles=PROFILES)
    assert found[0] == people(HOSTILE)
    assert [account["options"]["first_name"] for account in found[1]["magistrala"]] == list(HOSTILE)


def test_the_lookup_finds_files_beside_the_playbook_and_in_its_folder_files(tmp_path: pathlib.Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "people.yml").write_text(yaml.safe_dump(people(["Ann"])))
    (tmp_path / "files" / "more.json").write_text(json.dumps(people(["Ben"])))
    assert looked_up(tmp_path, "more.json", "people.yml") == [people(["Ben"]), people(["Ann"])]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("other.csv", "", "There is no roster people.csv"),
        ("people.csv", HEADER + "E1,Ann\n", "people.csv, line 2: 2 columns, but the header has 5"),
        ("people.csv", "id,frist_name\n", "people.csv, line 1, column 2"),
    ],
)
def test_a_roster_that_cannot_be_read(tmp_path: pathlib.Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(AnsibleLookupError, match=said):
        looked_up(tmp_path, "people.csv")


@pytest.mark.parametrize(
    ("given", "read"),
    [("", []), (None, []), ([], []), (csv(["Ann"]), people(["Ann"])), (people(["Ann"]), people(["Ann"]))],
    ids=["empty", "nothing", "nobody", "text", "list"],
)
def test_the_filter_takes_what_a_survey_may_hand_over(given: t.Any, read: t.Any) -> None:
    assert read_roster(given) == read


def test_the_filter_names_the_place_of_what_is_wrong() -> None:
    with pytest.raises(AnsibleFilterError, match="the roster, line 2, column 1: not valid YAML"):
        read_roster("- id: [\n")


def test_people_become_accounts() -> None:
    ann, late = people(["Ann", "Late"])
    accounts = to_accounts([ann, {**late, "start": "2027-02-01"}], PROFILES, systems=["magistrala"], today="2027-01-31")
    assert [account["email"] for account in accounts["magistrala"]] == [ann["email"]]
    assert accounts["magistrala"][0]["give"]["tags"] == ["reporting"]
    assert accounts["iq"] == []
    assert [entry["person"] for entry in accounts["waiting"]] == [late["id"]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"today": "31.1.2027"}, "31.1.2027"),
        ({"systems": ["iqs"]}, "names 'iqs'; did you mean iq"),
        ({"naming": {"iqs": "{email}"}}, "names 'iqs'; did you mean iq"),
        ({"profiles": {"other": {}}}, "analyst"),
    ],
)
def test_accounts_that_cannot_be_told(arguments: dict[str, t.Any], said: str) -> None:
    with pytest.raises(AnsibleFilterError, match=said):
        to_accounts(people(["Ann"]), **{"profiles": PROFILES, **arguments})


def test_the_lookup_is_told_which_instances_there_are(tmp_path: pathlib.Path) -> None:
    (tmp_path / "people.csv").write_text("id,email,iics_dev_username\nE1,jane@example.com,jane.dev\n")
    (found,) = looked_up(tmp_path, "people.csv", instances={"iics_dev": "iics"})
    assert found[0]["accounts"] == {"iics_dev": {"username": "jane.dev"}}
    with pytest.raises(AnsibleLookupError, match="'iics_dev_username' is not a field of a person"):
        looked_up(tmp_path, "people.csv")
