# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the actions refuse in one sentence, what they read from files, and what they return."""

from __future__ import annotations

import json
import os
import pathlib
import typing as t

import pytest
from ansible.errors import AnsibleActionFail

from people_actions import act
from people_company import PROFILES, Company, person

CSV = "id,first_name,last_name,email,profile\nE1,Jane,Smith,jane@example.com,engineer\n"


@pytest.fixture
def folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """The folder of the playbook, in the one that Ansible is started in."""
    (tmp_path / "play").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path / "play"


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("onboard", {}, "There is nobody to onboard: give onboard_people or onboard_people_file"),
        ("onboard", {"people": " \n"}, "There is nobody to onboard"),
        ("onboard", {"people": [{}], "date": "31.1.2027"}, "onboard_date"),
        ("onboard", {"people_file": "none.csv"}, "There is no file none.csv, given in onboard_people_file"),
        ("onboard", {"people": [{}], "profiles_file": "none.yml"}, "There is no file none.yml, given in onboard_prof"),
        ("onboard", {"people": [{}], "shard": "5/4"}, "onboard_shard must be a part such as 2/4"),
        ("onboard", {"people": [person()], "profiles": PROFILES, "systems": "iqs"}, "onboard_systems names 'iqs'"),
        ("onboard", {"people": [person()], "profiles": PROFILES, "batch_size": "0"}, "onboard_batch_size must be"),
        ("onboard", {"people": [person()], "profiles": PROFILES, "parallel": 0}, "onboard_parallel must be"),
        ("onboard", {"people": [person()], "profiles": PROFILES, "batch_size": "five"}, "onboard_batch_size"),
        ("onboard", {"people": [person()], "profiles": PROFILES, "reenable": "perhaps"}, "onboard_reenable"),
        ("onboard", {"people": [person()], "credentials": "mail"}, "onboard_credentials"),
        (
            "onboard",
            {"people": [person()], "profiles": PROFILES, "credentials": "vault_file"},
            "onboard_credentials_vault_password is needed",
        ),
        ("offboard", {}, "Nobody leaves: give offboard_people or offboard_people_file"),
        ("offboard", {"people": "[]"}, "Nobody leaves"),
        ("offboard", {"people_file": "none.csv"}, "There is no file none.csv, given in offboard_people_file"),
        ("offboard", {"people": [{"email": "e@example.com"}], "systems": ["iqs"]}, "names 'iqs'"),
        ("offboard", {"people": "e@example.com", "mode": "remove"}, "offboard_mode"),
        ("offboard", {"people": "e@example.com", "limit": "many"}, "offboard_limit"),
        ("offboard", {"people": "[e@example.com"}, "offboard_people begins like a list"),
        ("offboard", {"people": "e@example.com]"}, "offboard_people holds 'e@example.com]'"),
    ],
)
@pytest.mark.parametrize("check", [True, False])
def test_what_is_wrong_is_said_in_one_sentence_and_nothing_is_written(
    folder: pathlib.Path, company: Company, name: str, arguments: dict[str, t.Any], said: str, check: bool
) -> None:
    with pytest.raises(AnsibleActionFail) as refused:
        act(folder, name, company, check=check, connections=company.connections(), **arguments)
    assert said in str(refused.value)
    assert [company.writes(system) for system in company.sandbox.apps] == [0, 0, 0]
    assert [path for path in folder.parent.rglob("*") if path.is_file()] == [], "no report of a run that did not begin"


@pytest.mark.parametrize("where", ["play/people.csv", "play/files/people.csv", "people.csv"])
def test_a_file_is_found_beside_the_playbook_or_where_ansible_was_started(
    folder: pathlib.Path, company: Company, where: str
) -> None:
    path = folder.parent / where
    path.parent.mkdir(exist_ok=True)
    path.write_text(CSV)
    (folder / "profiles.yml").write_text(json.dumps({"onboard_profiles": PROFILES}))
    given = {"people_file": "people.csv", "profiles_file": "profiles.yml", "connections": company.connections()}
    result = act(folder, "onboard", company, check=True, **given)
    counts = result["report"]["counts"]
    assert (counts["people"], counts["changed"], result["changed"], result["failure"]) == (1, 1, True, "")
    assert {system: each["created"] for system, each in counts["by_system"].items()} == {
        "iics": 1,
        "iq": 1,
        "magistrala": 1,
    }


def test_people_may_be_text_and_wait_for_their_day(folder: pathlib.Path, company: Company) -> None:
    text = json.dumps([person(1), person(2, start="2027-02-01")])
    given = {"people": text, "profiles": PROFILES, "systems": ["iq"], "date": "2027-01-31"}
    result = act(folder, "onboard", company, check=True, connections=company.connections(), **given)
    counts = result["report"]["counts"]
    assert (counts["people"], counts["waiting"], result["report"]["systems"]) == (2, 1, ["iq"])
    assert counts["by_system"]["iq"]["created"] == 1


def test_a_run_without_files(folder: pathlib.Path, company: Company) -> None:
    given = {"people": [person(1)], "profiles": PROFILES, "systems": "iq", "run": "job 7/1", "report": False}
    result = act(folder, "onboard", company, connections=company.connections(), **given)
    assert result["report"]["files"] == {} and result["failure"] == ""
    assert result["key"] == "onboard_job_7_1"
    assert sorted(path.name for path in folder.parent.iterdir()) == ["play"]


def test_no_two_runs_write_one_report(folder: pathlib.Path, company: Company) -> None:
    given = {"people": [person(1)], "profiles": PROFILES, "systems": "iq", "run": "7", "report_dir": "out"}
    results = [act(folder, "onboard", company, connections=company.connections(), **given) for _run in range(3)]
    assert [result["key"] for result in results] == ["onboard_7", "onboard_7_2", "onboard_7_3"]
    reports = [json.loads(pathlib.Path(result["report"]["files"]["json"]).read_text()) for result in results]
    assert [report["run"] for report in reports] == ["7", "7-2", "7-3"]
    assert [report["counts"]["changed"] for report in reports] == [1, 0, 0]
    assert len(list((folder.parent / "out").iterdir())) == 6
    assert all(path.stat().st_mode & 0o077 == 0 for path in (folder.parent / "out").iterdir())


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write into any folder")
def test_a_folder_without_permission_cannot_be_written(folder: pathlib.Path, company: Company) -> None:
    shut = folder.parent / "shut"
    shut.mkdir(mode=0o500)
    with pytest.raises(AnsibleActionFail, match="Permission denied"):
        joined(folder, company, report_dir=str(shut))


def joined(folder: pathlib.Path, company: Company, **options: t.Any) -> dict[str, t.Any]:
    return act(
        folder,
        "onboard",
        company,
        people=[person(1), person(2)],
        profiles=PROFILES,
        connections=company.connections(),
        **options,
    )


def unwritable(folder: pathlib.Path) -> str:
    """A folder that nobody can make, whoever runs this."""
    (folder / "taken").write_text("a file where a folder should be")
    return str(folder / "taken")


def test_nobody_joins_where_the_report_cannot_be_written(folder: pathlib.Path, company: Company) -> None:
    with pytest.raises(AnsibleActionFail, match=r"The report cannot be written into .*taken"):
        joined(folder, company, report_dir=unwritable(folder))
    assert company.calls == []


@pytest.mark.parametrize("check", [True, False])
def test_everybody_leaves_though_the_report_cannot_be_written(
    folder: pathlib.Path, company: Company, check: bool
) -> None:
    joined(folder, company)
    company.break_down("iq", kind="status", method="DELETE", path="/api/v2/users/jane2", status=403, times=0)
    company.forget()
    leavers = ["jane1@example.com", "jane2@example.com"]
    given = {"people": leavers, "connections": company.connections(), "report_dir": unwritable(folder)}
    result = act(folder, "offboard", company, check=check, **given)
    told = result["report"]
    assert told["files"] == {}
    assert "The report cannot be written into" in result["failure"]
    failed = 0 if check else 1
    assert told["counts"]["by_system"]["magistrala"]["disabled"] == told["counts"]["by_system"]["iics"]["deleted"] == 2
    assert (
        told["counts"]["by_system"]["iq"] | {"deleted": 2 - failed, "failed": failed}
        == told["counts"]["by_system"]["iq"]
    )
    assert [entry["username"] for entry in told["failures"]] == ["jane2"] * failed
    assert ("jane2" in result["failure"]) == bool(failed)
    if not check:
        assert set(company.accounts("iq")) == {"admin", "jane2"}
        assert set(company.accounts("iics")) == {"admin@example.com"}


WRONG = {"iics": "login", "magistrala": "tokens/issue"}  # where they sign in


def with_wrong_passwords(company: Company) -> dict[str, dict[str, t.Any]]:
    connections = company.connections()
    return {
        system: {**each, **({"api_password": "wrong"} if system in WRONG else {})}
        for system, each in connections.items()
    }


def check_one_sign_in_each(company: Company) -> None:
    for system, path in WRONG.items():
        requests = [line.path for line in company.sandbox.apps[system].journal]
        assert len(requests) == 1 and requests[0].endswith(path), requests


def test_a_refused_sign_in_is_not_repeated_for_any_batch_of_joiners(folder: pathlib.Path, company: Company) -> None:
    given = {
        "people": [person(number) for number in range(12)],
        "profiles": PROFILES,
        "batch_size": 1,
        "reset_mail": True,
    }
    result = act(folder, "onboard", company, connections=with_wrong_passwords(company), **given)
    check_one_sign_in_each(company)
    counts = result["report"]["counts"]["by_system"]
    assert (counts["iics"]["failed"], counts["iq"]["created"], counts["magistrala"]["failed"]) == (12, 12, 12)
    assert result["failure"].startswith("24 accounts failed. ")
    assert [result["failure"].count(f"{title}, Jane Smith0 (") for title in ("Informatica IICS", "Magistrala")] == [
        1,
        1,
    ]


def test_a_refused_sign_in_is_not_repeated_for_any_batch_of_leavers(folder: pathlib.Path, company: Company) -> None:
    company.join("iq", *(person(number) for number in range(12)))
    company.forget()
    given = {"people": [f"jane{number}" for number in range(12)], "batch_size": 1, "limit": 12}
    result = act(folder, "offboard", company, connections=with_wrong_passwords(company), **given)
    check_one_sign_in_each(company)
    counts = result["report"]["counts"]["by_system"]
    assert (counts["iics"]["failed"], counts["iq"]["deleted"], counts["magistrala"]["failed"]) == (12, 12, 12)


@pytest.mark.parametrize("kind", ["onboard", "offboard"])
def test_whatever_breaks_in_one_instance_the_others_are_done_and_told(
    folder: pathlib.Path, company: Company, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = company.run

    def broken(name: str, arguments: dict[str, t.Any], check: bool) -> dict[str, t.Any]:
        if name.endswith(".iq_user"):
            raise RuntimeError("Canary-1")
        return run(name, arguments, check)

    if kind == "offboard":
        joined(folder, company)
    given = {"onboard": {"people": [person(1)], "profiles": PROFILES}, "offboard": {"people": "jane1@example.com"}}[
        kind
    ]
    monkeypatch.setattr(company, "run", broken)
    result = act(folder, kind, company, connections=company.connections(), **given)
    monkeypatch.undo()
    done = {"onboard": "created", "offboard": "disabled"}[kind]
    assert result["report"]["counts"]["by_system"]["magistrala"][done] == 1
    assert {entry["instance"] for entry in result["report"]["failures"]} == {"iq"}
    assert "Unexpected RuntimeError in test_actions.py" in result["failure"] and "Canary" not in str(result)
    assert pathlib.Path(result["report"]["files"]["html"]).is_file()


def test_a_run_that_is_refused_leaves_no_report(folder: pathlib.Path, company: Company) -> None:
    given = {"credentials": "vault_file", "credentials_file": str(folder), "credentials_vault_password": "sesame"}
    with pytest.raises(AnsibleActionFail, match="cannot be read"):
        joined(folder, company, report_dir="out", **given)
    assert list((folder.parent / "out").iterdir()) == []
    assert company.calls == []


def test_a_misspelled_variable_of_the_role_is_told(
    folder: pathlib.Path, company: Company, capfd: pytest.CaptureFixture[str]
) -> None:
    """Ansible hands a role what it knows by name, and says nothing of a guard that nobody spelled right."""
    given = {"people": ["nobody@example.com"], "connections": company.connections()}
    others = {"offboard_report_data": {}, "offboard_now": "", "offboard_connections": {}, "my_offboard_limit": 1}
    act(folder, "offboard", company, variables={"offboard_protcted": ["jane1@example.com"], **others}, **given)
    said = " ".join(capfd.readouterr().err.split())
    assert "Nothing reads the variable offboard_protcted. Did you mean offboard_protected?" in said
    assert said.count("Nothing reads the variable") == 1
