# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Entries that are plainly right are what ansible-core's validation makes of them; all others are left to it."""

from __future__ import annotations

import copy
import typing as t

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansible_collections.people.lifecycle.plugins.module_utils._ansible.options import user_options
from ansible_collections.people.lifecycle.plugins.module_utils._ansible.ready import Ready
from ansible_collections.people.lifecycle.plugins.module_utils._systems import SYSTEMS
from ansible_collections.people.lifecycle.plugins.plugin_utils.direct.host import validated

Values = dict[str, t.Any]
CONSTRAINTS: Values = {"required_one_of": [["username", "users"]], "mutually_exclusive": [["username", "users"]]}
ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 2),
    st.floats(0, 1),
    st.sampled_from(["", "1", "yes", "set", "jane", "present"]),
    st.lists(st.sampled_from(["a", 1, None]), max_size=2),
    st.dictionaries(st.sampled_from(["add", "set", "role", "x"]), st.none(), max_size=2),
)


def spec_of(system: str) -> Values:
    """The options of the module about a system's accounts, without those of its connection, which no entry has."""
    return user_options(SYSTEMS[system].person, SYSTEMS[system].shared)


def right(option: Values) -> st.SearchStrategy[t.Any]:
    """Values that fit an option without options of its own as they are."""
    if "choices" in option:
        return st.sampled_from(option["choices"])
    by_type: dict[str, st.SearchStrategy[t.Any]] = {
        "str": st.text(max_size=3),
        "bool": st.booleans(),
        "int": st.integers(),
        "dict": st.dictionaries(st.text(max_size=1), st.integers(), max_size=1),
        "list": st.lists(st.text(max_size=2), max_size=2),
    }
    return by_type[option["type"]]


def mixed(option: Values) -> st.SearchStrategy[t.Any]:
    """Values that fit, and others."""
    if "options" in option:
        nested = entries(option["options"])
        return st.one_of(nested, st.lists(nested, max_size=2), ANYTHING)
    return st.one_of(right(option), right(option), ANYTHING)


def entries(spec: Values) -> st.SearchStrategy[Values]:
    """Entries with some options of ``spec``, mostly with those that are required, and at times with an alias."""
    names = [*spec, *(alias for option in spec.values() for alias in option.get("aliases", ()))]
    options = {name: option for key, option in spec.items() for name in (key, *option.get("aliases", ()))}

    def entry(chosen: t.Sequence[str]) -> st.SearchStrategy[Values]:
        return st.fixed_dictionaries({name: mixed(options[name]) if name in options else ANYTHING for name in chosen})

    needed = [name for name, option in spec.items() if option.get("required")]
    several = st.lists(st.sampled_from(names), max_size=4, unique=True)
    return st.one_of(
        several.map(lambda more: [*needed, *more]), several, several.map(lambda more: [*needed, *more, "unheard_of"])
    ).flatmap(lambda chosen: entry([*dict.fromkeys(chosen)]))


@pytest.mark.parametrize("system", SYSTEMS)
def test_it_is_what_ansible_core_makes_of_it(system: str) -> None:
    spec = spec_of(system)

    @settings(max_examples=150, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(entries(spec["users"]["options"]), max_size=4))
    def compare(users: list[Values]) -> None:
        try:
            theirs = ArgumentSpecValidator(spec, **CONSTRAINTS).validate({"users": copy.deepcopy(users)})
        except TypeError:  # of ansible-core itself
            with pytest.raises(TypeError):
                validated(spec, CONSTRAINTS, {"users": copy.deepcopy(users)})
            return
        ours = validated(spec, CONSTRAINTS, {"users": copy.deepcopy(users)})
        assert ours.error_messages == theirs.error_messages
        assert ours._warnings == theirs._warnings
        if not theirs.error_messages:
            blank = dict.fromkeys(spec["users"]["options"])
            users = [{**blank, **user} for user in ours.validated_parameters["users"]]
            assert users == theirs.validated_parameters["users"]
            assert shapes(users) == shapes(theirs.validated_parameters["users"])

    compare()


def shapes(value: t.Any) -> t.Any:
    """Types all the way down, since ``True == 1``."""
    if isinstance(value, dict):
        return {key: shapes(item) for key, item in value.items()}
    return [shapes(item) for item in value] if isinstance(value, list) else type(value)


PERSON = {
    "username": "jane",
    "first_name": "Jane",
    "last_name": "Doe",
    "email": "jane@example.com",
    "password": "Sesame-open-4711",
}
USUAL: dict[str, list[Values]] = {
    "iics": [
        {**PERSON, "roles": {"set": ["Designer"]}, "enabled": True, "authentication": "saml"},
        {"username": "joe", "state": "absent"},
    ],
    "iq": [
        {
            **PERSON,
            "grants": {"add": [{"role": "Developer", "organization": "Data"}, {"role": "Owner", "global": True}]},
        }
    ],
    "magistrala": [
        {**PERSON, "tags": ["a"], "metadata": {"a": 1}},
        {"username": "joe", "state": "disabled", "leave_domains": True},
    ],
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_what_people_write_is_plainly_right(system: str) -> None:
    """Otherwise nothing would be gained, and nobody would notice."""
    spec = spec_of(system)
    assert Ready(spec, {"users": USUAL[system]}).left == []


GRANT = {"role": "Owner", "global": True}
ODD: list[tuple[str, Values]] = [
    ("iics", {"first_name": "Jane"}),
    ("iics", {"name": "jane"}),
    ("iics", {**PERSON, "usrname": "jane"}),
    ("iics", {**PERSON, "enabled": "yes"}),
    ("iics", {**PERSON, "max_login_attempts": True}),
    ("iics", {**PERSON, "state": None}),
    ("iics", {**PERSON, "roles": ["Designer"]}),
    ("iics", {**PERSON, "roles": {"add": ["Designer"], "set": ["Designer"]}}),
    ("iics", {**PERSON, "roles": {"add": [7]}}),
    ("iq", {**PERSON, "grants": {"add": [{**GRANT, "organization": "Data"}]}}),
    ("iq", {**PERSON, "grants": {"add": [{"role": "Owner"}]}}),
    ("iq", {**PERSON, "grants": {"add": [GRANT, {"global": True}]}}),
    ("magistrala", {**PERSON, "tags": "a,b"}),
    ("magistrala", {**PERSON, "metadata": '{"a": 1}'}),
    ("magistrala", {**PERSON, "role": "root"}),
]


@pytest.mark.parametrize("system, odd", ODD)
def test_one_odd_entry_is_left_to_ansible_core_and_its_neighbours_are_not(system: str, odd: Values) -> None:
    good = USUAL[system]
    ready = Ready(spec_of(system), {"users": [*good, odd, *good]})
    assert ready.left == [odd]
    names = [user["username"] for user in good]
    assert [user["username"] for user in ready.among([{"username": "odd"}])] == [*names, "odd", *names]


@pytest.mark.parametrize(
    "option", [{"type": "str", "default": "x"}, {"type": "str", "removed_in_version": "9.0.0"}, {"type": "raw"}]
)
def test_what_it_does_not_know_is_left(option: Values) -> None:
    spec = {"users": {"type": "list", "elements": "dict", "options": {"odd": option}}}
    assert Ready(spec, {"users": [{"odd": "a"}]}).left == [{"odd": "a"}]
