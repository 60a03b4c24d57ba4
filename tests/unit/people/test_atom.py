# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Joiners and leavers where Magistrala keeps people in Atom:
the same tasks, and a report that tells what holds there.
"""

from __future__ import annotations

import json
import pathlib
import typing as t

import pytest

from people_actions import act
from people_company import PROFILES, Company, person

PEOPLE = [person(1), person(2, profile=["lead"])]
LEAVERS = [{"id": each["id"], "email": each["email"]} for each in PEOPLE]


@pytest.fixture
def atom(company: Company, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Company:
    company.sandbox.apps["magistrala"].act("POST", "reset", {"profile": "atom"})
    monkeypatch.chdir(tmp_path)
    return company


def onboard(company: Company, folder: pathlib.Path, **options: t.Any) -> dict[str, t.Any]:
    given = {"people": PEOPLE, "profiles": PROFILES, "systems": ["magistrala"], "connections": company.connections()}
    return act(folder, "onboard", company, **{**given, "credentials": "none", **options})


def offboard(company: Company, folder: pathlib.Path, **options: t.Any) -> dict[str, t.Any]:
    given = {"people": LEAVERS, "systems": ["magistrala"], "connections": company.connections()}
    return act(folder, "offboard", company, **{**given, **options})


def actions(result: dict[str, t.Any]) -> dict[str, int]:
    counts = result["report"]["counts"]["by_system"]["magistrala"]
    return {action: count for action, count in counts.items() if count}


def test_joiners(atom: Company, tmp_path: pathlib.Path) -> None:
    foreseen = onboard(atom, tmp_path, check=True)
    assert atom.writes("magistrala") == 0
    assert actions(foreseen) == actions(onboard(atom, tmp_path)) == {"created": 2}
    accounts = atom.accounts("magistrala")
    assert (accounts["jane1"]["tags"], accounts["jane1"]["metadata"]["team"]) == (["data"], "data")
    assert (accounts["jane1"]["role"], accounts["jane2"]["role"]) == ("user", "admin")
    atom.forget()
    assert not onboard(atom, tmp_path)["changed"] and atom.writes("magistrala") == 0


@pytest.mark.parametrize(("mode", "residual", "manual"), [("disable", 2, 0), ("delete", 0, 0)])
def test_leavers(atom: Company, tmp_path: pathlib.Path, mode: str, residual: int, manual: int) -> None:
    onboard(atom, tmp_path)
    atom.forget()
    foreseen = offboard(atom, tmp_path, mode=mode, check=True)
    assert atom.writes("magistrala") == 0
    result = offboard(atom, tmp_path, mode=mode, report_dir=str(tmp_path / "reports"))
    done = {"disable": "disabled", "delete": "deleted"}[mode]
    assert actions(foreseen) == actions(result) == {done: 2}
    (file,) = (tmp_path / "reports").glob("*.json")
    report = json.loads(file.read_text())
    assert (len(report["residual"]), len(report["manual"])) == (residual, manual)
    assert not any("no API can take them back" in entry["what"] for entry in report["residual"])
    accounts = atom.accounts("magistrala")
    assert not accounts["jane2"]["enabled"] and accounts["jane2"]["role"] == "user"
    atom.forget()
    assert not offboard(atom, tmp_path, mode=mode)["changed"] and atom.writes("magistrala") == 0


@pytest.mark.parametrize("mode", ["disable", "delete"])
def test_leavers_leave_their_tenants(atom: Company, tmp_path: pathlib.Path, mode: str) -> None:
    app = atom.sandbox.apps["magistrala"]
    app.act("POST", "seed", {"count": 0, "people": [{"name": "vera", "tenants": {"plant-7": "viewer"}}]})
    lead = {"magistrala": {"domains": [{"domain": "plant-7", "role": "viewer"}]}}
    onboard(atom, tmp_path, profiles={**PROFILES, "lead": {**PROFILES["lead"], **lead}})
    assert person_of(atom, "jane2")["tenants"] == ["plant-7"]
    atom.forget()
    foreseen = offboard(atom, tmp_path, mode=mode, check=True)
    assert atom.writes("magistrala") == 0
    assert actions(foreseen) == actions(offboard(atom, tmp_path, mode=mode))
    gone = person_of(atom, "jane2")
    assert (gone["tenants"], gone["roles"], gone["access_tokens"]) == ([], [], [])
    atom.forget()
    assert not offboard(atom, tmp_path, mode=mode)["changed"] and atom.writes("magistrala") == 0


def person_of(company: Company, name: str) -> dict[str, t.Any]:
    people = company.sandbox.apps["magistrala"].system.inspect("people")
    return next(each for each in people if each["name"] == name)


def test_one_who_comes_back(atom: Company, tmp_path: pathlib.Path) -> None:
    onboard(atom, tmp_path)
    offboard(atom, tmp_path, mode="delete")
    assert actions(onboard(atom, tmp_path)) == {"held": 2}
    foreseen = onboard(atom, tmp_path, check=True, reenable=True)
    result = onboard(atom, tmp_path, reenable=True)
    assert actions(foreseen) == actions(result) == {"enabled": 2}
    assert {name: account["state"] for name, account in atom.accounts("magistrala").items()} == dict.fromkeys(
        ("admin", "jane1", "jane2"), "present"
    )
    atom.forget()
    assert not onboard(atom, tmp_path)["changed"] and atom.writes("magistrala") == 0
