# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the actions refuse in one sentence, and what they read from files; the rest is tried by playbooks."""

from __future__ import annotations

import importlib
import json
import pathlib
import types
import typing as t

import pytest
from ansible.errors import AnsibleActionFail
from ansible.parsing.dataloader import DataLoader
from ansible.playbook.task import Task

from ansible_collections.people.lifecycle.plugins.plugin_utils import _action
from people_company import PROFILES, person

ACTIONS = "ansible_collections.people.lifecycle.plugins.action."
CSV = "id,first_name,last_name,email,profile\nE1,Jane,Smith,jane@example.com,engineer\n"


@pytest.fixture
def folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """The folder of the playbook; what actions hand to each other lies beside it."""
    monkeypatch.setattr(_action.constants, "DEFAULT_LOCAL_TMP", str(tmp_path / "run"))
    (tmp_path / "play").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path / "play"


def act(playbooks: pathlib.Path, name: str, **arguments: t.Any) -> dict[str, t.Any]:
    """The result of one action in a playbook that lies in ``playbooks``."""
    loader = DataLoader()
    loader.set_basedir(str(playbooks))
    task = Task()
    task.args = arguments
    shell = types.SimpleNamespace(tmpdir=None)
    connection = types.SimpleNamespace(_shell=shell, _new_stdin=None)
    action = importlib.import_module(ACTIONS + name).ActionModule
    return t.cast("dict[str, t.Any]", action(task, connection, None, loader, None, None).run(task_vars={}))


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("plan_people", {}, "There is nobody to onboard: give onboard_people or onboard_people_file"),
        ("plan_people", {"people": " \n"}, "There is nobody to onboard"),
        ("plan_people", {"people": [{}], "date": "31.1.2027"}, "onboard_date"),
        ("plan_people", {"people_file": "none.csv"}, "There is no file none.csv, given in onboard_people_file"),
        ("plan_people", {"people": [{}], "profiles_file": "none.yml"}, "There is no file none.yml, given in onboard_prof"),
        ("plan_people", {"people": [{}], "shard": "5/4"}, "onboard_shard must be a part such as 2/4"),
        ("find_leavers", {}, "Nobody leaves: give offboard_people or offboard_people_file"),
        ("find_leavers", {"people_file": "none.csv"}, "There is no file none.csv, given in offboard_people_file"),
        ("find_leavers", {"people": [{"email": "e@example.com"}], "systems": ["iqs"]}, "names 'iqs'"),
        ("onboard_accounts", {"system": "iqs"}, "system must be one of iics, iq, magistrala"),
        ("onboard_accounts", {"system": "iq"}, "accounts must be a list, as the filter"),
        ("onboard_accounts", {"system": "iq", "accounts": [], "credentials": "vault_file"}, "vault_password is needed"),
        ("onboard_accounts", {"system": "iq", "plan": "none.json"}, "plan must be the details of an action in the same run"),
        ("offboard_accounts", {"system": "iq", "mode": "remove"}, "offboard_mode must be one of disable, delete"),
        ("offboard_accounts", {"system": "iq", "leavers": "none.json"}, "leavers must be the details of an action"),
        ("people_report", {"kind": "mover"}, "kind must be one of onboard, offboard"),
        ("people_report", {"kind": "onboard", "plan": "none.json"}, "plan must be the details of an action"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    folder: pathlib.Path, name: str, arguments: dict[str, t.Any], said: str
) -> None:
    with pytest.raises(AnsibleActionFail) as refused:
        act(folder, name, **arguments)
    assert said in str(refused.value)


@pytest.mark.parametrize("where", ["play/people.csv", "play/files/people.csv", "people.csv"])
def test_a_file_is_found_beside_the_playbook_or_where_ansible_was_started(folder: pathlib.Path, where: str) -> None:
    path = folder.parent / where
    path.parent.mkdir(exist_ok=True)
    path.write_text(CSV)
    (folder / "profiles.yml").write_text(json.dumps({"onboard_profiles": PROFILES}))
    planned = act(folder, "plan_people", people_file="people.csv", profiles_file="profiles.yml")
    assert planned["count"] == 1 and planned["changed"] is False
    assert planned["accounts"] == {"iics": 1, "iq": 1, "magistrala": 1}


def test_people_may_be_text_and_wait_for_their_day(folder: pathlib.Path) -> None:
    late = person(2, start="2027-02-01")
    text = json.dumps([person(1), late])
    planned = act(folder, "plan_people", people=text, profiles=PROFILES, systems=["iq"], date="2027-01-31")
    assert (planned["count"], planned["waiting"], planned["systems"]) == (2, 1, ["iq"])
    assert planned["accounts"]["iq"] == 1


def test_a_report_without_files(folder: pathlib.Path) -> None:
    planned = act(folder, "plan_people", people=[person(1)], profiles=PROFILES)
    report = act(folder, "people_report", kind="onboard", plan=planned["details"], run="job 7/1", write=False)
    assert report["report"]["files"] == {} and report["failure"] == ""
    assert report["key"] == "onboard_job_7_1"
    assert sorted(path.name for path in folder.parent.iterdir()) == ["play", "run"]


def test_a_report_that_cannot_be_written(folder: pathlib.Path) -> None:
    planned = act(folder, "plan_people", people=[person(1)], profiles=PROFILES)
    (folder / "taken").write_text("")
    with pytest.raises(AnsibleActionFail, match=r"The report cannot be written into .*taken"):
        act(folder, "people_report", kind="onboard", plan=planned["details"], folder=str(folder / "taken"))
