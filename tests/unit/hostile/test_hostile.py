# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names and values that try to be something else: carried exactly, or refused in a sentence before any write."""

from __future__ import annotations

import typing as t

import pytest

from sandbox.server import running
from unit.property.test_property import WORLDS
from unit.property.world import Result, Wish, World

HOSTILE = {
    "slash": "a/b",
    "encoded slash": "a%2Fb",
    "two dots": "..",
    "path upwards": "a/../../admin",
    "encoded path upwards": "%2e%2e%2fadmin",
    "path parameter": "a;b=c",
    "filter": 'ann" or userName=="admin',
    "equals": "userName==admin",
    "wildcards": "a%_*b",
    "question mark": "a?b=c&d",
    "fragment": "a#b",
    "plus": "a+b",
    "quotes": "'\"`",
    "backslash": "a\\b",
    "template": "{{ lookup('pipe','id') }}",
    "markup": "<script>alert(1)</script>",
    "entity": "&lt;&#65;&amp;",
    "formula": '=HYPERLINK("http://example.com")',
    "NUL": "a\x00b",
    "escape": "a\x1b[31mb",
    "lines": "a\r\nX-Header: b",
    "right to left": "a\u202eb",
    "zero width": "a\u200bb",
    "long": "x" * 300,
    "astral": "\U0001f469\u200d\U0001f680",
    "composed and not": "e\u0301\u00e9",
    "half a pair": "a\ud800b",
    "blanks around": " a ",
    "one blank": " ",
}


@pytest.fixture(scope="module", params=WORLDS)
def world(request: pytest.FixtureRequest) -> t.Iterator[World]:
    system, kind = WORLDS[request.param]
    with running(system()) as sandbox:
        yield kind(sandbox)


def is_a_sentence(message: str) -> bool:
    """Whether a refusal can be read by a person: what is wrong, on one line, and no mistake of the collection."""
    return message.isprintable() and message.rstrip().endswith((".", ".)")) and "Unexpected" not in message


def refused(world: World, result: Result) -> bool:
    """Whether the task was refused; then it says why, and has written nothing."""
    if not result["failed"]:
        return False
    assert is_a_sentence(result["msg"]), result["msg"]
    assert not world.writes(), result["msg"]
    return True


def joins(world: World, name: str, **changes: t.Any) -> list[Wish]:
    return [{**world.entry(name, world.joins()), "email": "ann@example.com", **changes}]


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_user_name_of_the_task(world: World, kind: str):
    name = HOSTILE[kind]
    world.reset({}, {"bob": world.before_hostile()})
    users = joins(world, name)
    foreseen = world.run(users, check=True)
    assert not world.writes()
    result = world.run(users)
    assert foreseen["failed"] == result["failed"]
    others = sorted(world.population())
    if refused(world, result):
        assert others == sorted(["bob", world.login["api_username"]])
        return
    assert name.casefold() in [each.casefold() for each in world.population()]
    assert world.look(name) not in (None, world.nobody)
    assert world.run(users)["changed"] is False
    gone = world.run([{"username": name, "state": "absent"}])
    assert not gone["failed"], gone["msg"]
    assert world.look("bob") == world.before_hostile()


@pytest.mark.parametrize("option", ["first_name", "last_name"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_value_of_the_task(world: World, kind: str, option: str):
    value = HOSTILE[kind]
    world.reset({}, {})
    users = joins(world, "ann", **{option: value})
    result = world.run(users)
    if not refused(world, result):
        assert world.raw("ann", option) == value
        assert result["users"][0]["account"][option] == value
        assert world.run(users)["changed"] is False


@pytest.mark.parametrize("kind", HOSTILE)
def test_an_address_of_the_task(world: World, kind: str):
    value = f"{HOSTILE[kind]}@example.com"
    world.reset({}, {})
    result = world.run(joins(world, "ann", email=value))
    if not refused(world, result):
        assert world.raw("ann", "email") == value


@pytest.mark.parametrize("kind", [kind for kind in HOSTILE if kind != "half a pair"])
def test_a_name_and_values_of_the_service(world: World, kind: str):
    """Somebody else gave an account odd values; work on it and beside it goes on."""
    text = HOSTILE[kind]
    world.reset({}, {})
    world.put_raw(f"{text}x", text)
    seen = world.info()
    assert not seen["failed"], seen["msg"]
    assert any(user["username"] == f"{text}x" and user["first_name"] == text for user in seen["users"])
    result = world.run(joins(world, "ann"))
    assert not result["failed"], result["msg"]
    again = world.run([*joins(world, "ann"), *world.leavers(40)])
    assert not again["failed"] and not again["changed"], again


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_bad_name_among_good_ones_is_refused_alone(world: World, kind: str, place: int):
    """The name cannot be, or it could be and the first name is empty; whichever, the others are done."""
    world.reset({}, {})
    users = [*joins(world, "ann"), *joins(world, "cat", email="cat@example.com")]
    users.insert(place, {"username": HOSTILE[kind], "state": "present", "first_name": ""})
    foreseen = world.run(users, check=True)
    assert not world.writes()
    result = world.run(users)
    assert [told(user) for user in foreseen["users"]] == [told(user) for user in result["users"]]
    bad = result["users"].pop(place)
    assert bad["action"] == "failed" and bad["done"] == [] and is_a_sentence(bad["error"]), bad
    assert [(user["username"], user["action"]) for user in result["users"]] == [("ann", "created"), ("cat", "created")]
    assert sorted(world.population()) == sorted(["ann", "cat", world.login["api_username"]])
    again = world.run(users)
    assert again["users"].pop(place)["error"] == bad["error"]
    assert not world.writes() and not again["changed"]


def told(user: t.Any) -> tuple[t.Any, ...]:
    return user["username"], user["action"], user["changes"], user["done"], user["error"]
