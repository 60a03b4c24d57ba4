# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What explains one person's access, and what compares two sets of rules, against what onboarding really does."""

from __future__ import annotations

import itertools
import json
import pathlib
import typing as t

import pytest
import yaml
from hypothesis import given, settings

import programs
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.compare import compare, page, table
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.explain import explain, items_of, read_law
from people_actions import act
from people_company import PROFILES, Company
from unit.rules.test_rules import ROWS, RULES, hr, named

TODAY = "2026-11-27"
OLD = [{"name": "Data", "when": {"department": "Data"}, "give": ["engineer", "lead"]}]
NEW = [
    {"name": "Data", "when": {"department": "Data"}, "give": "engineer"},
    {"name": "Sales", "when": {"department": "Sales"}, "give": "analyst"},
]
PEOPLE = [hr(1, department="Data"), hr(2, department="Sales"), hr(3, department="Kitchen")]
GRANT = {"person": "E2", "access": {"iics": {"roles": ["Operator"]}}, "until": "2027-01-31", "reason": "audit"}


def law(rules: t.Any, **more: t.Any) -> t.Any:
    return read_law({"rules": rules, "profiles": PROFILES, "today": TODAY, **more})


@settings(deadline=None)
@given(RULES, ROWS)
def test_what_is_given_is_the_union_of_the_lines_that_explain_it(rules: t.Any, rows: t.Any) -> None:
    people = named(rules, rows)
    grants = [
        {**GRANT, "person": people[0]["id"]},
        {"person": people[-1]["id"], "profile": "lead", "until": TODAY, "reason": "r"},
    ]
    reviewed = law(rules, exceptions=grants)
    plan = reviewed.plan(people)
    for record in people:
        told = explain(people, record["id"], reviewed)
        for name in reviewed.instances:
            entries = [each for each in plan[name] if each["person"] == record["id"] and not each["only_existing"]]
            assert (name in told["accounts"]) is bool(entries) is (name not in told["no_account"])
            for entry in entries:
                lines = {(line["kind"], line["item"]) for line in told["accounts"][name]["access"]}
                assert lines == {(kind, item) for kind, items in items_of(entry["give"]).items() for item in items}
        met = {profile for rule in told["rules"] if rule["met"] for profile in rule["gives"]}
        assert met == {each["profile"] for each in told["profiles"] if each["source"] == "rule"}
        assert all(rule["because_of"] for rule in told["rules"] if not rule["met"])


def test_it_says_why_not() -> None:
    keep = {"person": "e3", "keep": "iq", "until": "2027-01-31", "reason": "hands over"}
    told = explain(PEOPLE, "JANE3@example.com", law(NEW, exceptions=[GRANT, keep]))
    assert [each["keep"] for each in told["exceptions"]] == [["iq"]]
    assert "department 'Kitchen'" in told["held"] and told["accounts"] == {}
    assert [rule["because_of"] for rule in told["rules"]] == [{"department": ["Kitchen"]}] * 2
    with pytest.raises(InputError, match="nobody with the id or address 'E9'"):
        explain(PEOPLE, "E9", law(NEW))


def test_a_comparison_is_the_difference_of_two_previews(company: Company, tmp_path: pathlib.Path) -> None:
    """The first law is made real; a preview of the second one must say what the comparison says,
    whoever moves from what to what.
    """
    profiles = (["engineer"], ["lead"], ["engineer", "lead"])
    moves = dict(enumerate(itertools.product(profiles, profiles), 1))
    people = [hr(number, department=f"D{number}") for number in moves]

    def onboard(rules: t.Any, check: bool) -> dict[str, t.Any]:
        done = act(
            tmp_path,
            "onboard",
            company,
            check=check,
            variables={"lifecycle_profile_rules": rules},
            people=people,
            profiles=PROFILES,
            connections=company.connections(),
            systems=["iics", "iq"],
            report_dir=str(tmp_path),
            remove_old_access=True,
        )
        return t.cast("dict[str, t.Any]", json.loads(pathlib.Path(done["report"]["files"]["json"]).read_text()))

    both, new = (
        [{"when": {"department": f"D{n}"}, "give": move[side]} for n, move in moves.items()] for side in (0, 1)
    )
    onboard(both, check=False)
    preview = onboard(new, check=True)
    seen = set()
    for person in preview["people"]:
        for name, lines in person["accounts"].items():
            for change in (change for line in lines for change in line["changes"]):
                words = [
                    items_of({change["field"]: change[side] or []}).get(change["field"], [])
                    for side in ("before", "after")
                ]
                seen |= {(person["id"], name, "loses", item) for item in words[0] if item not in words[1]}
                seen |= {(person["id"], name, "gains", item) for item in words[1] if item not in words[0]}
    result = compare(people, law(both), law(new))
    told = {
        (change["person"], change["instance"], side, piece.partition(": ")[2])
        for change in result["changes"]
        for side in ("gains", "loses")
        for piece in change[side]
        if change["instance"] != "magistrala"
    }
    assert told == seen and {side for _who, _where, side, _what in told} == {"gains", "loses"}
    assert {who for who, *_rest in told} == {f"E{number}" for number, (old, new) in moves.items() if old != new}


def test_who_is_held_and_released_is_found_and_nothing_where_nothing_changes() -> None:
    result = compare(PEOPLE, law(OLD), law(NEW))
    assert result["found"] == ["gains", "loses", "released"]
    assert [one["person"] for one in result["released"]] == ["E2"]
    back = compare(PEOPLE, law(NEW), law(OLD))
    assert back["found"] == ["gains", "loses", "held"] and "No rule" in back["held"][0]["why"]
    same = compare(PEOPLE, law(NEW), law(NEW))
    assert (same["changes"], same["found"]) == ([], [])
    odd = compare([hr(1, first_name="<b>|x", department="Data")], law(NEW), law(OLD))
    assert "<b>" not in page(odd) and "&lt;b&gt;|x" in page(odd) and "<b>\\|x" in table(odd)


@pytest.mark.parametrize(
    ("given_law", "said"),
    [
        ({"rule": []}, "'rule' is not known"),
        ({"today": "x"}, "today must be"),
        ({"profile_from": "x"}, "profile_from must be"),
    ],
)
def test_a_law_that_is_not_understood_is_refused(given_law: t.Any, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_law(given_law)


def test_the_playbooks_read_files_and_their_exit_status_says_what_was_found(tmp_path: pathlib.Path) -> None:
    (tmp_path / "hr.csv").write_text(
        "\ufeffid,first_name,last_name,email,Unit\nE1,Jane,Smith,j@example.com,Data\n", encoding="utf-8"
    )
    for name, content in {
        "old": {"lifecycle_profile_rules": OLD},
        "new": NEW,
        "profiles": {"onboard_profiles": PROFILES},
    }.items():
        (tmp_path / f"{name}.yml").write_text(yaml.safe_dump(content), encoding="utf-8")
    shared = {"onboard_people_file": str(tmp_path / "hr.csv"), "onboard_columns": {"Unit": "department"}}
    files = [
        {"rules": str(tmp_path / name), "profiles": str(tmp_path / "profiles.yml")} for name in ("old.yml", "new.yml")
    ]
    given_vars = {
        **shared,
        "compare_before": files[0],
        "compare_after": files[1],
        "compare_report": str(tmp_path / "what"),
        "explain_files": files[0],
    }
    (tmp_path / "vars.json").write_text(json.dumps(given_vars), encoding="utf-8")
    common = (*programs.LOCAL, "-e", "@vars.json")
    done = programs.ansible("playbook", tmp_path, *common, "people.lifecycle.compare")
    assert done.returncode == 2 and "Found: loses." in done.stdout, done.stdout + done.stderr
    assert "Jane Smith (E1) | iq" in done.stdout
    assert json.loads((tmp_path / "what.json").read_text())["found"] == ["loses"]
    assert "role Owner" in (tmp_path / "what.html").read_text()
    fine = programs.ansible(
        "playbook", tmp_path, *common, "people.lifecycle.compare", "-e", '{"compare_fail_on": ["held"]}'
    )
    assert fine.returncode == 0, fine.stdout + fine.stderr
    told = programs.ansible("playbook", tmp_path, *common, "people.lifecycle.explain", "-e", "explain_person=E1")
    assert told.returncode == 0 and '"from": "lead"' in told.stdout, told.stdout + told.stderr
