# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The pure rules: merging, comparing, wildcards, tokens; and any task whatsoever, on a real server."""

from __future__ import annotations

import json
import typing as t

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.bearer import claims, owner_id
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.info import moment
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.read import literal
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.rules import is_reference
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.traits import canonical, merged
from sandbox.magistrala.store import Needle
from unit.magistrala.server import JANE, Server, foreseen

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**31), 2**31) | st.text("ab%_ ", max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)
OBJECTS = st.dictionaries(st.sampled_from("abc"), JSON, max_size=3)


@pytest.mark.parametrize(
    ("old", "patch", "result"),
    [  # the examples of RFC 7396, appendix A, as far as both sides are objects
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
        (None, {"a": 1}, {"a": 1}),
    ],
)
def test_merging(old: t.Any, patch: dict[str, t.Any], result: dict[str, t.Any]) -> None:
    assert merged(old, patch) == result


@given(OBJECTS, OBJECTS)
def test_merging_twice_is_merging_once(old: dict[str, t.Any], patch: dict[str, t.Any]) -> None:
    once = merged(old, patch)
    assert canonical(merged(once, patch)) == canonical(once)


@given(JSON, JSON)
def test_what_is_canonically_the_same_is_the_same_to_the_server(one: t.Any, other: t.Any) -> None:
    assert canonical(json.loads(json.dumps(one))) == canonical(one)
    if canonical(one) == canonical(other):
        assert one == other


def test_numbers_are_floats_and_booleans_are_not() -> None:
    assert canonical({"b": 1, "a": [2.0]}) == canonical({"a": [2], "b": 1.0})
    assert canonical(True) != canonical(1)
    assert canonical(12345678901234567890) == canonical(12345678901234567000)


@given(st.text("abA%_\\", max_size=8), st.text("abA%_\\", max_size=8))
def test_wildcards_are_taken_literally(value: str, text: str) -> None:
    assert bool(Needle(literal(value)).search(text.lower())) == (value.lower() in text.lower())


@pytest.mark.parametrize("token", ["", "pat_x", "a.b.c", "a.e30.c.d", "x." + "W10" + ".y", "eyJ.é.x"])
def test_tokens_that_tell_nothing(token: str) -> None:
    assert claims(token) == {} and owner_id(token) is None


@pytest.mark.parametrize(
    "text", ["2026-01-31", "2026-01-31T08:00:00Z", "2026-01-31T08:00:00.123456789+02:00", "2026-01-31 08:00"]
)
def test_points_in_time(text: str) -> None:
    point = moment(text, "created_from")
    assert point is not None and point.tzinfo is not None


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ("https://example.com/%20?x=%zz", True),
        ("any/thing", True),
        ("https://a b/", False),
        ("x#%", False),
        ("a\nb", False),
    ],
)
def test_pictures(text: str, fine: bool) -> None:
    assert is_reference(text) is fine


STATES: st.SearchStrategy[dict[str, t.Any]] = st.fixed_dictionaries(
    {},
    optional={
        "state": st.sampled_from(["present", "disabled", "absent"]),
        "enabled": st.booleans(),
        "first_name": st.sampled_from(["Jane", "Janice"]),
        "email": st.sampled_from(["jane@example.com", "Jane@example.com"]),
        "role": st.sampled_from(["user", "admin"]),
        "tags": st.lists(st.sampled_from("xyz"), min_size=1, max_size=2),
        "metadata": OBJECTS,
        "metadata_mode": st.sampled_from(["replace", "merge"]),
        "profile_picture": st.sampled_from(["https://example.com/1", "https://example.com/2"]),
    },
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STATES, min_size=1, max_size=4))
def test_whatever_is_wanted_check_mode_foresees_it(server: Server, wishes: list[dict[str, t.Any]]) -> None:
    server.app.act("POST", "reset", {"profile": server.switches["profile"]})
    foreseen(server, **JANE)
    for wish in wishes:
        if server.user(check=True, username="jane", **wish)["failed"]:
            real = server.user(username="jane", **wish)
            assert real["failed"] and server.writes() == [], "what fails is refused before anything is written"
        else:
            foreseen(server, username="jane", **wish)
