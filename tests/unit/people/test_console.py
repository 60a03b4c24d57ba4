# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an operator sees of a role: progress on stderr, one block at the end, and a word where tags leave the role out.

``FOR_PROGRAMS`` is a callback that writes one JSON document for another program, as ``ansible.posix.json`` does.
"""

from __future__ import annotations

import json
import pathlib
import re
import typing as t

import pytest
import yaml

import programs
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle import console as account_lines_of
from people_actions import act
from people_company import PROFILES, Company, person
from people_playbook import play

PROJECT = pathlib.Path(__file__).resolve().parents[3]
ROLES = ["onboard", "offboard"]

FOR_PROGRAMS = """
import json
from ansible.plugins.callback import CallbackBase


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "whole"

    def v2_playbook_on_stats(self, stats):
        self._display.display(json.dumps({host: stats.summarize(host) for host in stats.processed}))
"""


def joined(folder: pathlib.Path, company: Company, people: t.Any, *arguments: str, **variables: t.Any) -> t.Any:
    given = {"onboard_people": people, "onboard_profiles": PROFILES, "onboard_connections": company.connections()}
    return play(folder, "onboard", {**given, **variables}, *arguments)


def console(folder: pathlib.Path, company: Company, name: str, check: bool = False, **options: t.Any) -> list[str]:
    """The block of one action, without a playbook around it."""
    return t.cast(
        "list[str]", act(folder, name, company, check=check, report_dir=str(folder / "reports"), **options)["console"]
    )


def test_a_preview_says_would_be_and_the_run_says_what_is(company: Company, tmp_path: pathlib.Path) -> None:
    company.join("iq", person(1))
    late = person(3, start="2026-12-31")
    people = [person(1), person(2), late]
    preview = joined(tmp_path, company, people, "--check", onboard_date="2026-11-23", onboard_run="7")
    assert preview.console[:4] == [
        "Onboarding 7, a preview in which nothing was written: 3 people, accounts of 2 would change",
        "Informatica IICS: 2 would be created",
        "IQ Server: 1 would be created, 1 unchanged",
        "Magistrala: 2 would be created",
    ]
    assert "Not due (1): Jane Smith3, who starts on 2026-12-31" in preview.console
    assert any(
        line.startswith("Nobody would know the password of 3 new accounts: onboard_credentials")
        for line in preview.console
    )
    done = joined(tmp_path, company, people, onboard_date="2026-11-23", onboard_run="7")
    assert done.console[0] == "Onboarding 7: 3 people, accounts of 2 changed"
    assert "IQ Server: 1 created, 1 unchanged" in done.console
    assert any(line.startswith("Nobody knows the password of 3 new accounts") for line in done.console)
    assert done.console[-1] == f"Report: {done.fact['files']['html']}"
    tasks = done.output.split("TASK [people.lifecycle.onboard : ")
    assert len([task for task in tasks[1:] if "Validating arguments" not in task]) == 4, "a role shows four tasks"
    assert "CUSTOM STATS" in tasks[-1] or "Say what was done" in tasks[-1]


def test_a_failure_ends_the_same_block(company: Company, tmp_path: pathlib.Path) -> None:
    company.break_down("iq", kind="status", method="POST", path="/api/v2/users", status=403, times=0)
    done = joined(tmp_path, company, [person(1)])
    assert done.code == 2
    lines = done.failure.split("\n")
    assert lines[0].startswith("Onboarding ") and "IQ Server: 1 failed" in lines
    assert lines[-1].startswith("1 account failed. IQ Server, Jane Smith1 (jane1)")


def test_with_links_mailed_nobody_is_without_a_password(company: Company, tmp_path: pathlib.Path) -> None:
    options = {"people": [person(1)], "profiles": PROFILES, "systems": "magistrala", "reset_mail": True}
    for check in (True, False):
        result = act(tmp_path, "onboard", company, check=check, report=False, variables=connected(company), **options)
        assert result["report"]["counts"]["unknown_passwords"] == 0
        assert result["report"]["manual"] == [], "there is nothing to do by hand"
        assert not any("password" in line for line in result["console"])


def connected(company: Company) -> dict[str, t.Any]:
    return {"lifecycle_connections": company.connections()}


def test_the_twenty_first_who_is_held_is_one_more(company: Company, tmp_path: pathlib.Path) -> None:
    for number in range(1, 24):
        company.join("iq", person(number))
    strangers = [person(number, email=f"else{number}@example.com", accounts={}) for number in range(1, 24)]
    naming = {"iq": "jane{id}"}
    people = [{**one, "id": str(number)} for number, one in enumerate(strangers, 1)]
    options = {"people": people, "profiles": PROFILES, "systems": "iq", "naming": naming}
    lines = console(tmp_path, company, "onboard", variables=connected(company), **options)
    (held,) = [line for line in lines if line.startswith("Held for a decision (23): ")]
    assert held.endswith(" and 3 more") and held.count(" in IQ Server)") == 20
    assert "IQ Server: 23 held" in lines


def test_systems_without_an_account_of_a_leaver_have_a_line(company: Company, tmp_path: pathlib.Path) -> None:
    company.join("iq", person(1))
    leavers = ["jane1@example.com", "nobody@example.com"]
    lines = console(tmp_path, company, "offboard", check=True, people=leavers, variables=connected(company))
    assert lines[0].startswith("Offboarding ") and "a preview in which nothing was written" in lines[0]
    who = "Jane Smith1"
    assert f"Informatica IICS: no account of {who}" in lines
    assert f"Magistrala: no account of {who}" in lines
    assert "IQ Server: 1 would be deleted" in lines
    assert "Found nowhere (1): nobody@example.com" in lines


def test_each_changed_account_has_a_line_where_that_is_wanted_as_in_awx(
    company: Company, tmp_path: pathlib.Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account_lines_of, "MOST_ACCOUNTS", 2)
    for number in (1, 2, 3):
        company.join("iq", person(number))
    told = ["Jane Smith1 (jane1 in IQ Server)", "Jane Smith2 (jane2 in IQ Server)"]
    people = [f"jane{number}@example.com" for number in (1, 2, 3)]
    for given, shown in (({}, False), ({"lifecycle_account_lines": "yes"}, True), ({"awx_job_id": "7"}, True)):
        options = {"check": True, "people": people, "report": False, "variables": {**connected(company), **given}}
        act(tmp_path, "offboard", company, **options)
        lines = capfd.readouterr().err.splitlines()
        expected = [*(f"  {each}: would be deleted" for each in told), "  and 1 more, which are in the report"]
        assert [line for line in lines if "batch" not in line] == (expected if shown else [])
    found = act(
        tmp_path, "offboard", company, people=people, report=False, variables={**connected(company), "awx_job_id": "7"}
    )
    assert f"  {told[0]}: deleted" in capfd.readouterr().err.splitlines()
    assert [(entry["person"], entry["instance"], entry["what"]) for entry in found["report"]["changes"]] == [
        (each, "iq", "deleted") for each in people
    ]


@pytest.mark.parametrize(("given", "shown"), [({}, True), ({"lifecycle_progress": False}, False)])
def test_progress_stays_out_of_what_programs_read(
    company: Company, tmp_path: pathlib.Path, given: dict[str, t.Any], shown: bool
) -> None:
    book = [{"hosts": "localhost", "gather_facts": False, "roles": ["people.lifecycle.offboard"]}]
    (tmp_path / "play.yml").write_text(yaml.safe_dump(book))
    more = {"offboard_people": "jane1@example.com", **connected(company), **given}
    (tmp_path / "whole.py").write_text(FOR_PROGRAMS)
    settings = {"ANSIBLE_STDOUT_CALLBACK": "whole", "ANSIBLE_CALLBACK_PLUGINS": str(tmp_path)}
    company.join("iq", person(1))
    done = programs.ansible("playbook", tmp_path, *programs.LOCAL, "play.yml", "-e", json.dumps(more), **settings)
    result = json.loads(done.stdout)
    assert result["localhost"]["failures"] == 0
    assert ("IQ Server: batch 1 of 1" in done.stderr) == shown


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--tags", "elsewhere"), 0),
        (("--start-at-task", "Keep the report as a fact"), 2),
    ],
)
def test_a_run_that_leaves_the_role_out_says_so(
    tmp_path: pathlib.Path, role: str, arguments: tuple[str, ...], code: int
) -> None:
    book = [
        {"hosts": "localhost", "gather_facts": False, "roles": [{"role": f"people.lifecycle.{role}", "tags": "people"}]}
    ]
    (tmp_path / "play.yml").write_text(yaml.safe_dump(book))
    done = programs.ansible("playbook", tmp_path, *programs.LOCAL, "play.yml", "-e", f"{role}_people=x", *arguments)
    assert done.returncode == code, done.stdout + done.stderr
    assert f"Nothing was done for anybody: the first task of the role {role} was left out" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_review_that_its_tags_leave_out_says_so(tmp_path: pathlib.Path) -> None:
    roles = [{"role": "people.lifecycle.review", "tags": "people"}]
    (tmp_path / "play.yml").write_text(yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "roles": roles}]))
    done = programs.ansible("playbook", tmp_path, *programs.LOCAL, "play.yml", "--tags", "elsewhere")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Nothing was looked at: the first task of the role review was left out" in done.stdout


@pytest.mark.parametrize(("limit", "code"), [("other", 0), ("nobody", 1)])
def test_a_limit_without_a_host_of_the_play_is_told_as_the_guide_has_it(
    tmp_path: pathlib.Path, limit: str, code: int
) -> None:
    (tmp_path / "play.yml").write_text(yaml.safe_dump([{"hosts": "localhost", "roles": ["people.lifecycle.onboard"]}]))
    done = programs.ansible("playbook", tmp_path, "-i", "localhost,other,", "play.yml", "--limit", limit)
    guide = (PROJECT / "docs/docsite/rst/guide_terminal.rst").read_text()
    told = re.search(rf"prints ``([^`]+)`` and ends with status {code}|``(Specified[^`]+)`` and status {code}", guide)
    assert told is not None and done.returncode == code
    assert (told[1] or told[2]) in " ".join((done.stdout + done.stderr).split())


@pytest.mark.parametrize("role", ROLES)
def test_no_task_that_writes_runs_whatever_the_tags_are(role: str) -> None:
    tasks = yaml.safe_load((PROJECT / f"roles/{role}/tasks/main.yml").read_text())
    always = [next(key for key in task if key.startswith(("ansible.", "people."))) for task in tasks if "tags" in task]
    assert always == ["ansible.builtin.assert"]
    assert len(tasks) == 4


def test_a_switch_that_is_neither_yes_nor_no_is_refused(company: Company, tmp_path: pathlib.Path) -> None:
    with pytest.raises(Exception, match="lifecycle_progress must be true or false, not 'sometimes'"):
        act(tmp_path, "offboard", company, people=["jane@example.com"], variables={"lifecycle_progress": "sometimes"})
