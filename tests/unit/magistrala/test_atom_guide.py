# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each row of the guide's table of commands, done on Atom as the guide has it."""

from __future__ import annotations

import typing as t

import pytest

from sandbox.atom import SEED_PASSWORD
from sandbox.server import Sandbox
from unit.magistrala.server import AtomServer
from unit.magistrala.test_guide import Row, rows

OWNER = {"api_username": "janicedoe", "api_password": SEED_PASSWORD}
NEW_PASSWORD = "Canary-New-Password-1"
READS = {"users get", "users get all", "users profile", "users search", "users token", "users refreshtoken"}
ALWAYS = READS | {"users resetpasswordrequest", "users resetpassword", "users password"}


def given(atom: AtomServer, row: Row) -> tuple[str, dict[str, t.Any]]:
    """The module and the options of a row, with values in the place of its variables."""
    ((name, options),) = row.task.items()
    values = {
        "{{ vault_jane_password }}": SEED_PASSWORD,
        "{{ vault_password }}": "12345678",
        "{{ vault_old_password }}": SEED_PASSWORD,
        "{{ vault_new_password }}": NEW_PASSWORD,
    }
    if "refresh_token" in options:
        values[options["refresh_token"]] = atom.run("magistrala_token")["refresh_token"]
    if "reset_token" in options:
        atom.run("magistrala_user_password", reset_email="janice@example.com")
        values[options["reset_token"]] = next(iter(atom.system.resets))
    filled = {
        option: values.get(value, value) if isinstance(value, str) else value for option, value in options.items()
    }
    if filled.get("ids"):
        filled["ids"] = [atom.person("janicedoe")["id"]]
    return name.removeprefix("people.lifecycle."), filled


@pytest.mark.parametrize("profile", ["atom", "atom-newer"])
@pytest.mark.parametrize("row", rows(), ids=lambda row: row.title)
def test_a_row(magistrala: Sandbox, row: Row, profile: str) -> None:
    atom = AtomServer(magistrala, profile, smtp=True)
    if row.title != "users create":
        disabled = {"status": "inactive"} if row.title == "users enable" else {}
        joiner = {"name": "janicedoe", "sign_up": "janice@example.com", "verified": True, **disabled}
        atom.seed(0, people=[joiner])
    module, options = given(atom, row)
    predicted = atom.run(module, check=True, **options)
    assert not predicted["failed"] and atom.writes() == []
    result = atom.run(module, **options)
    assert not result["failed"], result
    changes = row.title not in READS
    assert (predicted.get("changed"), result.get("changed"), bool(atom.writes())) == (changes, changes, changes)
    if row.title not in ALWAYS:
        assert not atom.run(module, **options)["changed"] and atom.writes() == []
    if row.title in ("users get", "users get all", "users search"):
        assert "janicedoe" in [user["username"] for user in result["users"]]
    if row.title in ("users password", "users resetpassword"):
        assert atom.person("janicedoe")["passwords"] == [NEW_PASSWORD]


@pytest.mark.parametrize(
    "row", [row for row in rows() if "for administrators" in row.atom.lower()], ids=lambda row: row.title
)
def test_what_is_for_administrators_only_is_refused_to_others(atom: AtomServer, row: Row) -> None:
    atom.seed(0, people=[{"name": "janicedoe"}, {"name": "janice"}])
    module, options = given(atom, row)
    result = atom.run(
        module, **{**options, **({"ids": [atom.person("janice")["id"]]} if "ids" in options else {})}, **OWNER
    )
    assert result["failed"] and "administrator" in result["msg"]


def test_the_rows_that_say_so_are_there() -> None:
    assert {row.title for row in rows() if "for administrators" in row.atom.lower()} >= {
        "users get",
        "users get all",
        "users search",
    }
