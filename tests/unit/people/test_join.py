# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Joiners, movers and returners against the sandbox."""

from __future__ import annotations

import json
import pathlib
import typing as t

import pytest
from ansible.parsing.vault import VaultLib, VaultSecret

from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.handover import VaultFile
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import NO_DECISIONS, Decisions
from people_company import DEVELOPER, OWNER, Company, person

SYSTEMS = ["iics", "iq", "magistrala"]


def actions(lines: t.Sequence[t.Any]) -> list[str]:
    return [line.action for line in lines]


@pytest.mark.parametrize("system", SYSTEMS)
def test_joiners_the_dry_run_first(company: Company, system: str) -> None:
    people = [person(1), person(2)]
    preview = company.join(system, *people, check=True)
    assert company.writes(system) == 0
    done = company.join(system, *people)
    assert actions(done) == ["created", "created"]
    assert [line.changes for line in preview] == [line.changes for line in done]
    company.forget()
    assert actions(company.join(system, *people)) == ["unchanged", "unchanged"]
    assert company.writes(system) == 0


def test_a_mover_loses_old_access_only_when_asked(company: Company) -> None:
    company.join("iq", person())
    moved = person(profile=["lead"])
    (kept,) = company.join("iq", moved)
    assert kept.action == "updated"
    assert kept.old == ["grants: role Developer, organization Data"]
    assert company.accounts("iq")["jane1"]["grants"] == [DEVELOPER, OWNER]
    (preview,) = company.join("iq", moved, check=True, remove_old_access=True)
    (lost,) = company.join("iq", moved, remove_old_access=True)
    assert preview.changes == lost.changes
    assert company.accounts("iq")["jane1"]["grants"] == [OWNER]
    assert company.join("iq", moved, remove_old_access=True)[0].action == "unchanged"


def test_access_that_no_profile_knows_is_never_touched(company: Company) -> None:
    company.join("iq", person())
    company.run(
        "x.iq_user",
        company.module("iq", False).connection
        | {
            "username": "jane1",
            "grants": {"add": [{"role": "Owner", "organization": "Platform"}]},
        },
        False,
    )
    (line,) = company.join("iq", person(profile=["engineer"]), remove_old_access=True)
    assert line.old == ["grants: role Owner, organization Platform, which no profile knows"]
    assert {"role": "Owner", "organization": "Platform"} in company.accounts("iq")["jane1"]["grants"]


def test_tags_metadata_and_role_of_a_mover(company: Company) -> None:
    company.join("magistrala", person(profile=["engineer", "lead"]))
    connection = company.module("magistrala", False).connection
    company.run(
        "x.magistrala_user",
        connection | {"username": "jane1", "tags": ["data", "lead", "own"], "metadata": {"team": "data", "desk": 7}},
        False,
    )
    moved = person(profile=["analyst"])
    (held,) = company.join("magistrala", moved, remove_old_access=True)
    assert held.action == "held" and "is an administrator of Magistrala" in held.notes[0]
    reviewed = Decisions(account_names={"E1": {"magistrala": "jane1"}})
    (kept,) = company.join("magistrala", moved, decisions=reviewed)
    assert sorted(kept.old) == ["metadata team: data", "role: admin", "tags: data", "tags: lead"]
    assert company.accounts("magistrala")["jane1"]["tags"] == ["data", "lead", "own", "reporting"]
    (lost,) = company.join("magistrala", moved, remove_old_access=True, decisions=reviewed)
    now = company.accounts("magistrala")["jane1"]
    assert lost.action == "updated"
    assert now["tags"] == ["own", "reporting"]
    assert now["metadata"] == {"desk": 7, "hr_id": "E1"}
    assert now["role"] == "user"


def test_a_system_that_the_new_profile_does_not_give(company: Company) -> None:
    company.join("iq", person())
    moved = person(profile=["analyst"])
    (kept,) = company.join("iq", moved)
    assert (kept.action, kept.old) == ("unchanged", ["grants: role Developer, organization Data"])
    (lost,) = company.join("iq", moved, remove_old_access=True)
    assert lost.action == "updated"
    assert company.accounts("iq")["jane1"]["grants"] == []
    assert company.join("iq", person(2, profile=["analyst"])) == []


@pytest.mark.parametrize("mode", ["disable", "delete"])
def test_a_returner_comes_back_only_when_allowed_and_without_the_past(company: Company, mode: str) -> None:
    company.join("magistrala", person(profile=["engineer", "lead"]))
    company.leave("magistrala", "jane1@example.com", mode)
    back = person(profile=["analyst"])
    company.forget()
    (held,) = company.join("magistrala", back)
    assert held.action == "held"
    assert "Set onboard_reenable: true" in held.notes[0]
    assert company.writes("magistrala") == 0
    (preview,) = company.join("magistrala", back, reenable=True, check=True)
    (done,) = company.join("magistrala", back, reenable=True)
    assert done.action == "enabled"
    assert preview.changes == done.changes
    now = company.accounts("magistrala")
    assert len(now) == 2
    assert (now["jane1"]["enabled"], now["jane1"]["tags"], now["jane1"]["role"]) == (True, ["reporting"], "user")
    assert now["jane1"]["metadata"] == {"hr_id": "E1"}
    company.forget()
    assert company.join("magistrala", back, reenable=True)[0].action == "unchanged"
    assert company.writes("magistrala") == 0


def test_a_returner_has_nothing_old_in_iq(company: Company) -> None:
    company.join("iq", person(profile=["engineer", "lead"]))
    company.leave("iq", "jane1@example.com")
    (back,) = company.join("iq", person())
    assert back.action == "created"
    assert company.accounts("iq")["jane1"]["grants"] == [DEVELOPER]


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_account_of_somebody_else_is_left_alone(company: Company, system: str) -> None:
    company.join(system, person(accounts={system: {"username": "js"}}))
    other = person(2, email="js@example.com")
    company.iics_names = "{email_name}"
    company.forget()
    (line,) = company.join(system, other)
    assert line.action == "held"
    assert (
        "belongs to jane1@example.com, not to js@example.com. If it is this person's, say so in "
        f"lifecycle_account_names; if not, give them another user name in accounts.{system}.username." in line.notes[0]
    )
    assert company.writes(system) == 0


def test_the_others_are_done_when_one_account_is_held(company: Company) -> None:
    company.join("magistrala", person())
    company.leave("magistrala", "jane1@example.com")
    assert actions(company.join("magistrala", person(), person(2))) == ["held", "created"]


def test_a_system_that_is_down_is_told_once_and_not_tried_for_every_batch(company: Company) -> None:
    company.break_down("iq", kind="drop_before", times=0)
    lines = company.join("iq", *(person(number) for number in range(6)), batch_size=2)
    assert actions(lines) == ["failed"] * 6
    assert {line.error for line in lines} == {lines[0].error}
    assert "broke off the connection" in lines[0].error
    assert len(company.calls) == 1
    assert [line.partition(",")[0] for line in company.said] == [f"IQ Server: batch {n} of 3" for n in (1, 2, 3)]


@pytest.mark.parametrize("realm", ["SAML", "OAUTH2"])
def test_a_realm_that_does_not_answer_is_not_taken_for_one_without_this_person(company: Company, realm: str) -> None:
    company.break_down("iq", kind="status", status=500, path=f"/api/v2/users.*realm={realm}.*", times=0)
    lines = company.join("iq", person(1), person(2))
    assert actions(lines) == ["failed", "failed"] and {line.error for line in lines} == {lines[0].error}
    assert "500" in str(lines[0].error) and company.writes("iq") == 0


@pytest.mark.parametrize("size", [1, 2, 500])
@pytest.mark.parametrize("reviewed", [True, False], ids=["reviewed", "in rows"])
@pytest.mark.parametrize("system", SYSTEMS)
def test_an_address_that_two_people_claim_holds_both_and_nobody_else(
    company: Company, system: str, reviewed: bool, size: int
) -> None:
    company.join(system, person(2), mark_id=False)
    company.join(system, person(9), mark_id=False)
    former = {"E1": ["Jane2@example.com"], "E3": ["jane9@example.com"], "E4": ["jane9@example.com"]}
    people = [person(number) for number in range(1, 6)]
    if not reviewed:
        people = [{**each, "former_emails": former.get(each["id"], [])} for each in people]
    decisions = Decisions(former=former) if reviewed else NO_DECISIONS
    company.forget()
    lines = company.join(system, *people, decisions=decisions, batch_size=size)
    assert actions(lines) == ["held", "held", "held", "held", "created"]
    told = (
        "jane2@example.com is handed on from Jane Smith1 (E1) to Jane Smith2 (E2), and nobody can say whose "
        if reviewed
        else "jane2@example.com is given as an address of Jane Smith1 (E1) and Jane Smith2 (E2)."
    )
    for line in lines[:2]:
        assert told in line.notes[0]
    for line in lines[2:4]:
        assert "jane9@example.com is given as an address of Jane Smith3 (E3) and Jane Smith4 (E4)." in line.notes[0]


def records(path: pathlib.Path, password: str) -> list[dict[str, str]]:
    text = VaultLib([("default", VaultSecret(password.encode()))]).decrypt(path.read_bytes()).decode()
    return json.loads(text.partition("\n")[2])


def test_new_passwords_are_handed_over_and_work(company: Company, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "new" / "passwords.yml"
    company.join("magistrala", person(1))
    company.join("magistrala", person(1), person(2), handover=VaultFile(str(path), "open sesame"))
    company.join("iq", person(2), handover=VaultFile(str(path), "open sesame"))
    kept = records(path, "open sesame")
    assert [(record["instance"], record["username"]) for record in kept] == [("magistrala", "jane2"), ("iq", "jane2")]
    assert path.stat().st_mode & 0o777 == 0o600
    for record in kept:
        assert record["password"].encode() not in path.read_bytes()
        assert record["address"] == company.sandbox.urls[record["instance"]]
        sign_in = {"api_username": record["username"], "api_password": record["password"]}
        found = company.run(
            f"x.{record['instance']}_user_info", company.module(record["instance"], True).connection | sign_in, True
        )
        assert "accept" not in found.get("msg", ""), "the password must be the right one, whatever the person may read"


def test_the_dry_run_hands_nothing_over(company: Company, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "passwords.yml"
    company.join("iq", person(), check=True, handover=VaultFile(str(path), "x"))
    assert not path.exists()


def test_a_password_is_kept_when_nobody_knows_whether_the_account_was_made(
    company: Company, tmp_path: pathlib.Path
) -> None:
    path = tmp_path / "passwords.yml"
    company.break_down("iq", kind="status", method="PUT", status=500, times=0)
    (line,) = company.join("iq", person(), handover=VaultFile(str(path), "x"))
    assert line.action == "failed"
    assert [record["username"] for record in records(path, "x")] == ["jane1"]


def test_a_password_of_an_account_that_was_not_made_is_not_kept(company: Company, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "passwords.yml"
    company.break_down("iq", kind="status", method="POST", status=400, times=0)
    (line,) = company.join("iq", person(), handover=VaultFile(str(path), "x"))
    assert line.action == "failed"
    assert not path.exists()


def test_no_password_is_in_a_row(company: Company, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "passwords.yml"
    lines = company.join("iq", person(), handover=VaultFile(str(path), "x"))
    assert records(path, "x")[0]["password"] not in repr(lines)


@pytest.mark.parametrize("check", [True, False])
def test_a_link_is_mailed_only_to_new_people_and_not_in_a_dry_run(company: Company, check: bool) -> None:
    company.join("magistrala", person(1))
    lines = company.join("magistrala", person(1), person(2), check=check, reset_mail=True)
    outbox = company.sandbox.apps["magistrala"].act("GET", "outbox", {})
    assert [mail["email"] for mail in outbox] == ([] if check else ["jane2@example.com"])
    assert [line.mailed for line in lines] == [False, True]


def test_a_mail_that_could_not_be_sent_is_told(company: Company) -> None:
    company.break_down("magistrala", kind="status", path="/password/reset-request", status=500, times=0)
    (line,) = company.join("magistrala", person(), reset_mail=True)
    assert (line.action, line.mailed) == ("created", False)
    assert line.notes[0].startswith("The link for a first password was not mailed:")
