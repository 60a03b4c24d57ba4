# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules that give profiles, without a server: what they mean, what is refused, and how much work they are."""

from __future__ import annotations

import datetime
import json
import typing as t

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.assignment import Policy, read_policy
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.person import read_people
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.plan import wanted_accounts
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.roster import read_text, renamed
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.rules import RuleBook, read_rules
from people_company import PROFILES, person

NAME = "lifecycle_profile_rules"
TODAY = datetime.date(2026, 11, 27)


def policy(*rules: t.Any, profile_from: str = "both") -> Policy:
    return read_policy({NAME: list(rules)}.get, profile_from)


def hr(number: int = 1, **fields: t.Any) -> dict[str, t.Any]:
    """A record without a profile."""
    record = person(number, **fields)
    if "profile" not in fields:
        del record["profile"]
    return record


def planned(people: t.Sequence[t.Any], law: Policy) -> dict[str, t.Any]:
    return wanted_accounts(list(people), PROFILES, {}, ["magistrala"], TODAY, policy=law)


def profiles(people: t.Sequence[t.Any], *rules: t.Any, profile_from: str = "both") -> dict[str, list[str]]:
    plan = planned(people, policy(*rules, profile_from=profile_from))
    return {each["id"]: each["profile"] for each in plan["people"]}


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        ("Data", ["Data"]),
        ("data", []),
        (["Data", "Sales"], ["Data", "Sales"]),
        ("~ Data.*", ["Data", "Data Lab"]),
        ("~Dat", []),
        (["~ .*Lab", "Sales"], ["Sales", "Data Lab"]),
        ({"not": "Data"}, ["Sales", "Data Lab"]),
        ({"not": ["~ .*a", ""]}, ["Sales", "Data Lab"]),
        ({"is": "~ Data.*", "not": "~ .*Lab"}, ["Data"]),
        ("", [""]),
        (["", "Sales"], ["Sales", ""]),
        ({"is": "", "not": ""}, []),
        (7, []),
    ],
)
def test_what_a_condition_means(condition: t.Any, met: list[str]) -> None:
    people = [hr(number, department=value) for number, value in enumerate(["Data", "Sales", "Data Lab", ""])]
    given_to = profiles(people, {"when": {"department": condition}, "give": "engineer"})
    assert [record["department"] for record in people if given_to[record["id"]]] == met


def test_a_person_may_have_several_values_and_accents_in_either_form() -> None:
    people = [hr(1, teams=["Ops", "Zürich"]), hr(2, teams=["Ops"]), hr(3, teams=[])]
    rules = (
        {"when": {"Teams": "Zu\u0308rich"}, "give": "engineer"},
        {"when": {"teams": {"not": "Zürich"}}, "give": "analyst"},
    )
    assert profiles(people, *rules) == {"E1": ["engineer"], "E2": ["analyst"], "E3": []}


def test_fields_of_a_person_and_everybody() -> None:
    people = [hr(1, title="Data Engineer"), hr(2)]
    rules = (
        {
            "when": {"title": "~ .*Engineer", "email": "~ .*@example\\.com"},
            "give": ["engineer", "lead"],
            "name": "leads",
        },
        {"when": "everybody", "give": "analyst"},
    )
    assert profiles(people, *rules) == {"E1": ["engineer", "lead", "analyst"], "E2": ["analyst"]}


@pytest.mark.parametrize(
    ("source", "expected"), [("row", ["lead"]), ("rules", ["engineer"]), ("both", ["lead", "engineer"])]
)
def test_where_profiles_come_from(source: str, expected: list[str]) -> None:
    rule = {"when": {"department": "Data"}, "give": "engineer"}
    assert profiles([hr(profile="lead", department="Data")], rule, profile_from=source) == {"E1": expected}


def test_whoever_no_rule_meets_is_held_and_the_others_are_planned() -> None:
    rules = (
        {"when": {"department": "Data"}, "give": "engineer", "name": "data"},
        {"when": {"department": "Gone"}, "give": "lead"},
    )
    people = [hr(1, department="Data"), hr(2, department="Sales"), hr(3, department="", start="2099-01-01")]
    plan = planned(people, policy(*rules))
    assert [entry["person"] for entry in plan["magistrala"]] == ["E1"]
    assert [one["person"] for one in plan["held"]] == ["E2"] and "department 'Sales'" in plan["held"][0]["why"]
    assert plan["rules"] == [{"name": "data", "people": 1}, {"name": "rule 2", "people": 0}]
    assert plan["people"][0]["because"] == [{"profile": "engineer", "source": "rule", "name": "data"}]


def test_without_rules_a_record_needs_a_profile_as_ever() -> None:
    for law in (policy(), policy({"when": "everybody", "give": "engineer"}, profile_from="row")):
        with pytest.raises(InputError, match=r"profile is missing\."):
            planned([hr()], law)


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ("all", "must be a list of rules"),
        ([{"give": "engineer"}], "rule 1: when says nothing"),
        ([{"when": {}, "give": "engineer"}], "when: everybody"),
        ([{"when": {"x": "1"}}], "give names no profile"),
        ([{"when": {"x": "1"}, "give": "enginer"}], "did you mean engineer?"),
        ([{"if": {"x": "1"}, "give": "engineer"}], "rule 1 has 'if'"),
        ([{"when": {"country": False}, "give": "engineer"}], "put it in quotes"),
        ([{"when": {"country": None}, "give": "engineer"}], "is empty"),
        ([{"when": {"country": []}, "give": "engineer"}], "empty list"),
        ([{"when": {"country": {"or": 1}}, "give": "engineer"}], "known are is and not"),
        ([{"when": {"country": {}}, "give": "engineer"}], "known are is and not"),
        ([{"when": {"country": "~ (a"}, "give": "engineer"}], "the pattern '(a' is not understood"),
        ([{"when": {"country": 1, "Country": 2}, "give": "engineer"}], "twice"),
        ([{"when": {"roles": "Admin"}, "give": "engineer"}], "which no rule goes by"),
        ([{"when": {"profile": "x"}, "give": "engineer"}], "which no rule goes by"),
        ([{"when": {" ": "x"}, "give": "engineer"}], "which no rule goes by"),
        ([{"when": {"x": "1"}, "give": "lead", "name": "a"}] * 2, "two rules with the name 'a'"),
        ([{"when": {"costcentre": "1"}, "give": "engineer"}], "Nobody's record has 'costcentre'"),
    ],
)
def test_rules_that_cannot_be_meant_are_refused(rules: t.Any, said: str) -> None:
    with pytest.raises(InputError) as error:
        columns = {"x", "country"} & {name for rule in rules if "when" in rule for name in rule["when"] or ()}
        planned([hr(**dict.fromkeys(columns, "1"))], read_policy({NAME: rules}.get, "both"))
    assert said in str(error.value), str(error.value)


def test_rules_alone_need_rules() -> None:
    with pytest.raises(InputError, match="onboard_profile_from is rules, and there are none"):
        read_policy({}.get, "rules")


HOSTILE = ["{{ 7 * 7 }}", "Data\u202eatad", "Data\nData", "x" * 300, True, {"is": "Data"}, [["Data"]]]


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_are_data_or_refused_and_never_a_condition(value: t.Any) -> None:
    try:
        given_to = profiles([hr(department=value)], {"when": {"department": "Data"}, "give": "engineer"})
    except InputError as error:
        assert "department" in str(error) and str(error).isprintable()
    else:
        assert given_to == {"E1": []}


@pytest.mark.parametrize("column", ["admin", "roles", "password", "accounts", "Profile", "department "])
def test_a_record_cannot_bring_columns_that_no_rule_names(column: str) -> None:
    with pytest.raises(InputError):
        profiles([hr(country="DE", **{column: "Admin"})], {"when": {"country": "DE"}, "give": "engineer"})


def test_columns_of_a_csv_export_and_of_records_are_called_as_hr_calls_them() -> None:
    law = policy({"when": {"cost centre": "4711"}, "give": "engineer"})
    columns = {"Personnel no": "id", "Mail": "email", "KST": "cost centre", "*": False}
    text = "Personnel no;first_name;last_name;Mail;KST;Salary\nE1;Jane;Smith;j@example.com;4711;1000\n"
    from_csv = read_text(text, None, "roster", columns, law.form.columns)
    record = {
        "Personnel no": "E1",
        "first_name": "Jane",
        "last_name": "Smith",
        "Mail": "j@example.com",
        "KST": 4711,
        "Salary": 1,
    }
    from_json = read_text(json.dumps([record]), "json", "roster", columns, law.form.columns)
    for records in (from_csv, from_json, renamed([record], columns, law.form.columns)):
        assert planned(records, law)["people"][0]["profile"] == ["engineer"]
    with pytest.raises(InputError, match="column 6: 'Salary' is not a field of a person"):
        read_text(text, None, "roster", {name: said for name, said in columns.items() if name != "*"}, law.form.columns)


VALUES = st.sampled_from(["Data", "Sales", "Data Lab", "DE", ""])
CONDITIONS = st.one_of(
    VALUES, st.lists(VALUES, min_size=1, max_size=2), VALUES.map(lambda v: {"not": v or "x"}), st.just("~ D.*")
)
RULES = st.lists(
    st.fixed_dictionaries(
        {
            "when": st.dictionaries(st.sampled_from(["department", "country"]), CONDITIONS, min_size=1),
            "give": st.lists(st.sampled_from(sorted(PROFILES)), min_size=1, max_size=2),
        }
    ),
    min_size=1,
    max_size=6,
)
ROWS = st.lists(st.fixed_dictionaries({"department": VALUES, "country": VALUES}), min_size=1, max_size=5)


def named(rules: t.Any, rows: t.Any) -> list[dict[str, t.Any]]:
    """Records with the columns that the rules name."""
    columns = {column for rule in rules for column in rule["when"]}
    return [hr(number, **{column: row[column] for column in columns}) for number, row in enumerate(rows)]


@settings(deadline=None)
@given(RULES, ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rules_and_rows_makes_no_difference(rules: t.Any, rows: t.Any, random: t.Any) -> None:
    people = named(rules, rows)
    before = {who: sorted(names) for who, names in profiles(people, *rules).items()}
    random.shuffle(rules)
    random.shuffle(people)
    assert {who: sorted(names) for who, names in profiles(people, *rules).items()} == before


def meets(value: str, condition: t.Any) -> bool:
    """Said as plainly as the guide does."""
    if isinstance(condition, dict):
        return value not in ("", condition["not"])
    if condition == "~ D.*":
        return value.startswith("D")
    return value in (condition if isinstance(condition, list) else [condition])


@settings(deadline=None)
@given(RULES, ROWS)
def test_many_rules_at_once_say_what_each_says_alone(rules: t.Any, rows: t.Any) -> None:
    people = named(rules, rows)
    expected = {
        f"E{number}": {
            name
            for rule in rules
            if all(meets(row[c], said) for c, said in rule["when"].items())
            for name in rule["give"]
        }
        for number, row in enumerate(rows)
    }
    assert {who: set(names) for who, names in profiles(people, *rules).items()} == expected


def test_each_value_is_judged_once_however_many_people_have_it() -> None:
    given_rules = [{"when": {"department": f"~ D{number}.*", "country": "DE"}, "give": "lead"} for number in range(200)]
    book = RuleBook(read_rules(given_rules, NAME))
    law = Policy(book)
    records = [
        hr(number, department=f"D{number % 40} x", country="DE" if number % 2 else "FR") for number in range(2000)
    ]
    met = [book.met_by(each) for each in read_people(records, "people", form=law.form)]
    assert sum(map(bool, met)) == 1000
    assert [column.judged for column in book.columns] == [40, 2]
    work = book.columns[0].wanted.automaton.computed
    assert work < 40 * 6, "the patterns of a column are tried all at once, and what is known is not found out again"
