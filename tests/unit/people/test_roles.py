# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The roles by real playbooks: whatever happens to one person or in one system, the others are done and all is told."""

from __future__ import annotations

import json
import pathlib
import typing as t

import pytest
from ansible import release
from ansible.parsing.vault import VaultLib, VaultSecret

from ansible_collections.people.lifecycle.plugins.module_utils._systems import TRAITS
from people_company import PROFILES, SIGN_IN, Company, person
from people_odd import JOINERS, LEAVERS, ODD_PROFILES, Odd, add
from people_playbook import Done, Values, play
from sandbox.faults import Fault

CANARY = "Canary-Connection-1"
NOT_ATTACHED = "{{ not_attached }}"
GOOD = [person(number) for number in range(1, 6)]


def joined(folder: pathlib.Path, company: Company, people: t.Any, *arguments: str, **variables: t.Any) -> Done:
    given = {"onboard_people": people, "onboard_profiles": PROFILES, "onboard_connections": company.connections()}
    return play(folder, "onboard", {**given, **variables}, *arguments)


def left(folder: pathlib.Path, company: Company, people: t.Any, *arguments: str, **variables: t.Any) -> Done:
    given = {"offboard_people": people, "offboard_connections": company.connections(), "offboard_limit": 50}
    return play(folder, "offboard", {**given, **variables}, *arguments)


def everywhere(company: Company, *people: Values) -> None:
    """Give ``people`` their accounts in all systems."""
    for system in TRAITS:
        assert {line.action for line in company.join(system, *people)} == {"created"}
    company.forget()


def open_accounts(company: Company, system: str) -> set[str]:
    """The addresses of those who can sign in."""
    return {user["email"] for user in company.accounts(system).values() if user.get("enabled") is not False}


def interleaved(good: list[Values], odd: list[Values]) -> list[Values]:
    """The odd ones at the beginning, at the end and between."""
    people = list(good)
    for number, each in enumerate(odd):
        people.insert(min(2 * number, len(people)), each)
    return people


TOLD = ("username", "action", "changes", "error", "notes", "old", "done")


def told(line: Values) -> list[t.Any]:
    return [line[name] for name in TOLD]


def sentence(line: Values) -> str:
    return line["error"] or " ".join(line["notes"])


def named(kinds: dict[str, Odd]) -> dict[str, Odd]:
    """The odd ones by names that are in no other's name."""
    return {f"name{number:02d}": odd for number, odd in enumerate(kinds.values())}


def check_the_odd(odd: dict[str, Odd], done: Done) -> None:
    lines = {system: done.lines(system) for system in TRAITS}
    for name, each in odd.items():
        line = lines[each.system][f"odd-{name}"]
        assert line["action"] == each.action, line
        assert each.sentence(name) in sentence(line)
        assert bool(line["changed"]) == (not each.words)


def test_many_odd_people_in_one_run_of_onboarding(company: Company, tmp_path: pathlib.Path) -> None:
    """In batches of four; each odd one is odd in one system and joins the others."""
    one_setting = {"a disabled account", "an account of somebody else in IICS"}
    odd = named({kind: each for kind, each in JOINERS.items() if kind not in one_setting})
    for name, each in odd.items():
        each.prepare(company, name)
    people = interleaved(GOOD, [each.person(name) for name, each in odd.items()])
    settings = {"onboard_profiles": ODD_PROFILES, "onboard_batch_size": 4, "onboard_reenable": True}
    company.forget()
    foreseen = joined(tmp_path, company, people, "--check", **settings)
    assert [company.writes(system) for system in TRAITS] == [0, 0, 0], "the dry run wrote"
    done = joined(tmp_path, company, people, **settings)
    check_the_odd(odd, done)
    for system in TRAITS:
        lines = done.lines(system)
        assert {who: told(line) for who, line in foreseen.lines(system).items()} == {
            w: told(li) for w, li in lines.items()
        }
        their_oddity = {f"odd-{name}" for name, each in odd.items() if each.system == system}
        assert {who for who, line in lines.items() if line["action"] != "created"} == their_oddity
        assert len(lines) == len(people)
    company.forget()
    again = joined(tmp_path, company, people, **settings)
    assert [company.writes(system) for system in TRAITS] == [0, 0, 0], "the second run wrote"
    check_the_odd(odd, again)
    assert again.fact["counts"]["changed"] == 0
    assert [run.code for run in (foreseen, done, again)] == [2, 2, 2], "somebody failed in each"
    failed = [each for each in odd.values() if each.action == "failed"]
    assert len(again.report["failures"]) == len(done.report["failures"]) == len(failed)


def test_many_odd_people_in_one_run_of_offboarding(company: Company, tmp_path: pathlib.Path) -> None:
    everywhere(company, *GOOD)
    odd = named(LEAVERS)
    for name, each in odd.items():
        each.prepare(company, name)
    people = interleaved(GOOD, [each.person(name) for name, each in odd.items()])
    company.forget()
    foreseen = left(tmp_path, company, people, "--check", offboard_batch_size=3)
    assert [company.writes(system) for system in TRAITS] == [0, 0, 0], "the dry run wrote"
    done = left(tmp_path, company, people, offboard_batch_size=3)
    check_the_odd(odd, done)
    unforeseen = {(each.system, f"odd-{name}") for name, each in odd.items() if not each.foreseen}
    for system in TRAITS:
        lines = done.lines(system)
        closed = "disabled" if system == "magistrala" else "deleted"
        assert [lines[each["id"]]["action"] for each in GOOD] == [closed] * len(GOOD)
        previews = foreseen.lines(system)
        assert lines.keys() == previews.keys()
        for who, line in lines.items():
            assert (system, who) in unforeseen or told(line) == told(previews[who])
        assert open_accounts(company, system).isdisjoint({each["email"] for each in GOOD})
    again = left(tmp_path, company, people, offboard_batch_size=3)
    for name, each in odd.items():
        if each.action in ("failed", "held"):
            assert again.lines(each.system)[f"odd-{name}"]["action"] == each.action
    changed = [line["person"] for system in TRAITS for line in again.lines(system).values() if line["changed"]]
    assert changed == []
    assert (foreseen.code, done.code, again.code) == (2, 2, 2), "one of them can never be closed, which a dry run knows"


SOURCES: dict[str, t.Callable[[Values, Values], dict[str, Values]]] = {
    "module_defaults": lambda others, broken: {
        "variables": {"offboard_connections": others},
        "module_defaults": {"group/people.lifecycle.iq": broken},
    },
    "offboard_connections": lambda others, broken: {"variables": {"offboard_connections": {**others, "iq": broken}}},
    "lifecycle_connections": lambda others, broken: {"variables": {"lifecycle_connections": {**others, "iq": broken}}},
}


def offboarded(folder: pathlib.Path, company: Company, iq: t.Any, source: str) -> Done:
    """Jane leaves, while ``iq`` is what one of the sources says of the connection to the IQ Server."""
    everywhere(company, person())
    others = {system: company.connection(system) for system in ("iics", "magistrala")}
    given = SOURCES[source](others, iq)
    variables = {"offboard_people": "jane1@example.com", **given.pop("variables")}
    return play(folder, "offboard", variables, **given)


def check_that_iq_alone_is_open(company: Company, done: Done) -> None:
    assert done.code == 2
    assert {system: done.fact["counts"]["by_system"][system] for system in ("iics", "magistrala")} == {
        "iics": {**dict.fromkeys(done.fact["counts"]["by_system"]["iics"], 0), "deleted": 1},
        "magistrala": {**dict.fromkeys(done.fact["counts"]["by_system"]["iics"], 0), "disabled": 1},
    }
    assert [(entry["instance"], entry["system"]) for entry in done.report["failures"]] == [("iq", "iq")]
    assert "1 account failed. IQ Server, " in done.failure
    assert "jane1@example.com" in open_accounts(company, "iq")
    assert "jane1@example.com" not in open_accounts(company, "iics") | open_accounts(company, "magistrala")


@pytest.mark.parametrize("source", SOURCES)
def test_an_undefined_variable_of_one_system_is_the_failure_of_that_one(
    company: Company, tmp_path: pathlib.Path, source: str
) -> None:
    if source == "module_defaults" and release.__version__ < "2.19":
        pytest.skip("this ansible-core fails every task of a play with an undefined variable in its module_defaults")
    broken = {**company.connection("iq"), "api_password": NOT_ATTACHED}
    done = offboarded(tmp_path, company, broken, source)
    check_that_iq_alone_is_open(company, done)
    assert "not_attached" in done.report["failures"][0]["what"]


@pytest.mark.parametrize(
    ("wrong", "source"),
    [
        (CANARY, "offboard_connections"),
        ([CANARY], "lifecycle_connections"),
        (f"{{{CANARY}", "offboard_connections"),
        (f"['{CANARY}']", "lifecycle_connections"),
    ],
    ids=["text", "list", "brace", "list as text"],
)
def test_a_connection_of_a_wrong_type_is_refused_and_never_quoted(
    company: Company, tmp_path: pathlib.Path, wrong: t.Any, source: str
) -> None:
    done = offboarded(tmp_path, company, wrong, source)
    check_that_iq_alone_is_open(company, done)
    assert f"{source}.iq " in done.report["failures"][0]["what"]
    assert CANARY not in done.output + json.dumps(done.fact) + json.dumps(done.report)


@pytest.mark.parametrize("wrong", [CANARY, [CANARY]], ids=["text", "list"])
def test_connections_that_are_no_dictionary_are_refused_and_never_quoted(
    company: Company, tmp_path: pathlib.Path, wrong: t.Any
) -> None:
    done = play(tmp_path, "offboard", {"offboard_people": "jane1@example.com", "offboard_connections": wrong})
    assert done.code == 2
    assert [entry["what"] for entry in done.report["failures"]] == ["offboard_connections must be a dictionary."] * 3
    assert CANARY not in done.output + json.dumps(done.report)


def test_the_task_of_onboarding_is_as_patient(company: Company, tmp_path: pathlib.Path) -> None:
    connections = {**company.connections(), "iq": {**company.connection("iq"), "api_password": NOT_ATTACHED}}
    done = joined(tmp_path, company, [person()], onboard_connections=connections)
    assert done.code == 2
    assert {system: line["action"] for system in TRAITS for line in done.lines(system).values()} == {
        "iics": "created",
        "iq": "failed",
        "magistrala": "created",
    }


def test_thousands_of_people_and_three_wrong_passwords_are_three_causes(
    company: Company, tmp_path: pathlib.Path
) -> None:
    count = 2_000
    connections = {system: {**company.connection(system), "api_password": "wrong"} for system in SIGN_IN}
    people = [person(number) for number in range(1, count + 1)]
    done = joined(tmp_path, company, people, onboard_connections=connections)
    assert done.code == 2
    assert f"{3 * count} accounts failed." in done.failure
    for traits in TRAITS.values():
        assert done.failure.count(f"{traits.title}, Jane Smith1 (") == 1
    assert done.failure.count(f"and {count - 20} more:") == 3
    assert len(done.fact["failures"]) + done.fact["left_out"]["failures"] == 3 * count
    assert len(done.report["failures"]) == 3 * count
    for app in company.sandbox.apps.values():
        assert len(app.journal) == 1, "a refused sign-in is not repeated"


def test_what_was_done_of_a_joiner_is_told_though_a_grant_failed(company: Company, tmp_path: pathlib.Path) -> None:
    company.break_down("iq", kind="status", method="PUT", path="/api/v2/roleMemberships/.*", status=403, times=0)
    done = joined(tmp_path, company, [person()], "--diff", onboard_systems="iq")
    assert done.code == 2 and "changed=1 " in done.output
    line = done.lines("iq")["E1"]
    assert (line["action"], line["changed"], line["done"]) == ("failed", True, ["create"])
    assert {change["field"]: change["after"] for change in line["changes"] if change["field"] != "realm"} == {
        "state": "present",
        "username": "jane1",
        "first_name": "Jane",
        "last_name": "Smith1",
        "email": "jane1@example.com",
        "password": "(set, not shown)",
    }
    assert "roleMemberships" in line["error"]
    assert done.fact["counts"]["changed"] == 1
    assert company.accounts("iq")["jane1"]["email"] == "jane1@example.com"


def passwords(path: pathlib.Path) -> list[Values]:
    text = VaultLib([("default", VaultSecret(b"sesame"))]).decrypt(path.read_bytes()).decode()
    return t.cast("list[Values]", json.loads(text.partition("\n")[2]))


@pytest.mark.parametrize("others", [0, 1], ids=["alone", "with another"])
def test_a_password_that_is_not_ours_is_not_handed_over(company: Company, tmp_path: pathlib.Path, others: int) -> None:
    """Somebody else makes the account between the look and the create."""
    theirs = {"username": "jane1", "password": "Somebody-5678", "firstName": "Jane", "lastName": "Other"}
    create = {
        "method": "POST",
        "path": "/api/v2/users",
        "json": {**theirs, "email": "jane1@example.com", "realm": "Internal"},
    }
    company.sandbox.apps["iq"].faults = [Fault("meanwhile", method="POST", path="/api/v2/users", requests=[create])]
    path = tmp_path / "new.yml"
    handover = {"onboard_credentials": "vault_file", "onboard_credentials_file": str(path)}
    handover["onboard_credentials_vault_password"] = "sesame"
    people = [person(), *(person(number) for number in range(2, 2 + others))]
    done = joined(tmp_path, company, people, onboard_systems="iq", onboard_parallel=1, **handover)
    line = done.lines("iq")["E1"]
    assert (line["action"], line["error"]) == ("updated", None), line
    assert "create" not in line["done"]
    assert any("made by somebody else" in note for note in line["notes"])
    assert company.accounts("iq")["jane1"]["last_name"] == "Smith1"
    assert [record["username"] for record in (passwords(path) if others else [])] == ["jane2"] * others
    assert path.exists() == bool(others)


def test_leavers_leave_though_the_report_cannot_be_written(company: Company, tmp_path: pathlib.Path) -> None:
    everywhere(company, person(1), person(2))
    company.break_down("iq", kind="status", method="DELETE", path="/api/v2/users/jane2", status=403, times=0)
    (tmp_path / "taken").write_text("a file where a folder should be")
    leavers = ["jane1@example.com", "jane2@example.com"]
    done = left(tmp_path, company, leavers, offboard_report_dir=str(tmp_path / "taken"), offboard_run="7")
    assert done.code == 2
    assert [entry["username"] for entry in done.fact["failures"]] == ["jane2"]
    assert done.fact["files"] == {} and done.fact["counts"]["changed"] == 2
    assert "The report cannot be written into" in done.failure and "does not let admin do DELETE" in done.failure
    stats = done.output.partition("CUSTOM STATS:")[2]
    assert '"offboard_7"' in stats and '"jane2"' in stats, "the stats have no report"
    assert open_accounts(company, "iq") == {"admin@localhost", "jane2@example.com"}
    assert open_accounts(company, "iics") == {"admin@example.com"}


PROTECTED = "jane1@example.com is in offboard_protected."


@pytest.mark.parametrize(
    ("where", "value", "said"),
    [
        ("command line", '["jane1@example.com"]', PROTECTED),
        ("command line", "[jane1@example.com]", PROTECTED),
        ("command line", "['jane1@example.com'", "offboard_protected begins like a list"),
        ("command line", "'jane1@example.com'", "offboard_protected holds \"'jane1@example.com'\""),
        ("inventory", "[jane1@example.com]", PROTECTED),
        ("inventory", '["jane1@example.com", "joe@example.com"]', PROTECTED),
    ],
)
def test_protected_holds_in_whatever_form_it_is_given(
    company: Company, tmp_path: pathlib.Path, where: str, value: str, said: str
) -> None:
    everywhere(company, person())
    arguments: list[str] = []
    inventory = "localhost ansible_connection=local\n"
    if where == "command line":
        arguments = [
            "-e",
            json.dumps({"offboard_protected": value}) if "'" in value else f"offboard_protected={value!r}",
        ]
    else:
        inventory += f"[all:vars]\noffboard_protected={value}\n"
    given = {"offboard_people": "jane1@example.com", "offboard_connections": company.connections()}
    done = play(tmp_path, "offboard", given, *arguments, inventory=inventory)
    assert done.code == 2 and said in done.failure, done.failure
    assert [company.writes(system) for system in TRAITS] == [0, 0, 0]


def test_people_as_a_list_on_the_command_line_are_these_people(company: Company, tmp_path: pathlib.Path) -> None:
    everywhere(company, person(1), person(2))
    connections = {"offboard_connections": company.connections()}
    done = play(tmp_path, "offboard", connections, "-e", "offboard_people=[jane1@example.com,jane2@example.com]")
    assert done.code == 0, done.output
    assert [counts.get("disabled", 0) + counts["deleted"] for counts in done.fact["counts"]["by_system"].values()] == [
        2,
        2,
        2,
    ]


def test_a_disabled_administrator_loses_the_role(company: Company, tmp_path: pathlib.Path) -> None:
    add(company, "magistrala", "jane", "jane@example.com", status="disabled", role="admin")
    given = {"offboard_systems": "magistrala"}
    foreseen = left(tmp_path, company, "jane@example.com", "--check", **given)
    assert company.writes("magistrala") == 0
    done = left(tmp_path, company, "jane@example.com", **given)
    (preview,), (line,) = foreseen.lines("magistrala").values(), done.lines("magistrala").values()
    assert told(preview) == told(line)
    assert line["changes"] == [{"field": "role", "before": "admin", "after": "user"}]
    now = company.accounts("magistrala")["jane"]
    assert (now["role"], now["enabled"]) == ("user", False)
    again = left(tmp_path, company, "jane@example.com", **given)
    assert again.fact["counts"]["changed"] == 0 and again.code == 0
