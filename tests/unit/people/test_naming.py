# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""User names by rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._systems import TRAITS
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.naming import ascii_name, check_rule, user_name

JANE = {"id": "E1", "first_name": "Jané Ann", "last_name": "O'Brien", "email": "Jane.OBrien@example.com"}


@pytest.mark.parametrize(
    ("rule", "name"),
    [
        ("{email}", "Jane.OBrien@example.com"),
        ("{email_name}", "Jane.OBrien"),
        ("{email_slug}", "jane-obrien"),
        ("{first_name}.{last_name}", "jane-ann.o-brien"),
        ("{first_initial}{last_name}", "jo-brien"),
        ("x-{id}", "x-E1"),
        ("{last_initial}{first_initial}", "oj"),
    ],
)
def test_rules(rule: str, name: str) -> None:
    check_rule(rule, "onboard_naming.iq")
    assert user_name(rule, JANE) == name


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("{firstname}", "the placeholder {firstname}; known are email"),
        ("jane", "no placeholder"),
        ("{email", "a brace without its partner"),
        ("{{ email }}", "brace"),
        ("{email.__class__}", "the placeholder {email.__class__}"),
    ],
)
def test_wrong_rules(rule: str, said: str) -> None:
    with pytest.raises(InputError, match=r"onboard_naming\.iq") as caught:
        check_rule(rule, "onboard_naming.iq")
    assert said in str(caught.value)


def test_a_name_without_plain_letters_needs_help() -> None:
    with pytest.raises(InputError, match=r"E1: no user name from the rule \{first_name\}.*Give it in accounts"):
        user_name("{first_name}", JANE | {"first_name": "伟"})


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Zoë", "zoe"), ("Ångström", "angstrom"), ("Straße", "strasse"), ("Łódź", "lodz"), ("İpek", "ipek")],
)
def test_accents_go(text: str, plain: str) -> None:
    assert ascii_name(text) == plain


@given(some.text())
def test_plain_names_are_plain(text: str) -> None:
    name = ascii_name(text)
    assert name.isascii()
    assert name == name.strip("-").lower()
    assert "--" not in name


def test_the_rules_of_the_systems_are_right() -> None:
    for system, traits in TRAITS.items():
        check_rule(traits.naming, system)
    assert user_name(TRAITS["magistrala"].naming, JANE) == "jane-obrien"
