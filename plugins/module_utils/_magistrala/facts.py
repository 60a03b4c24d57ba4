# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is true of Magistrala: its fields, and the rules by which it would turn a task down."""

from __future__ import annotations

import json
import re
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._account import Account, Field, Found, Values
from ansible_collections.people.lifecycle.plugins.module_utils._facts import Facts
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.accounts import EMPTY
from ansible_collections.people.lifecycle.plugins.module_utils._plan import Plan
from ansible_collections.people.lifecycle.plugins.module_utils._wanted import Wanted

LONGEST_TEXT = 254  # characters that the database's columns take
LONGEST_PASSWORD = 72  # bytes that the server's hash takes
USERNAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_-]{0,31}")
ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+")
ATOM = r"""[^\x00-\x20"(),.:;<>@\[\\\]\x7f]+"""
EMAIL = re.compile(rf"{ATOM}(?:\.{ATOM})*@{ATOM}(?:\.{ATOM})*")  # an address by itself, as Go's net/mail takes it
BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
KEPT_BY_PROVIDER = ("first_name", "last_name", "email", "profile_picture")
TEXTS = ("first_name", "last_name", "email", "new_username")


def canonical(value: t.Any) -> str:
    """JSON in one spelling: the order of keys means nothing, and the server keeps every number as a float."""
    return json.dumps(as_floats(value), sort_keys=True)


def as_floats(value: t.Any) -> t.Any:
    if isinstance(value, dict):
        return {key: as_floats(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_floats(inner) for inner in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def merged(old: t.Any, patch: Values) -> Values:
    """``patch`` laid over ``old`` as RFC 7396 says: dictionaries level by level, null takes a key away."""
    result = dict(old) if isinstance(old, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, dict):
            result[key] = merged(result.get(key), value)
        else:
            result[key] = value
    return result


FIELDS = (
    Field("username", "username"),
    Field("first_name", "first_name", needed=True),
    Field("last_name", "last_name", needed=True),
    Field("email", "email", needed=True),
    Field("role", "role", normal=lambda role: role or "user"),
    Field("tags", "tags", normal=lambda tags: list(tags or [])),
    Field("metadata", "metadata", normal=lambda metadata: canonical(metadata or {})),
    Field("private_metadata", "private_metadata", normal=lambda metadata: canonical(metadata or {})),
    Field("profile_picture", "profile_picture"),
)


class MagistralaFacts(Facts):
    """``generation`` is A (early 2025) or B (up to v0.30); None as long as nothing was read."""

    system = "magistrala"
    title = "Magistrala"
    fields = FIELDS
    keeps_deleted = True
    changes_need_enabled = True
    enabled_with_create = True
    unique = ("email", "new_username", "id")
    password_needed = True

    def __init__(self, generation: str | None = None) -> None:
        self.generation = generation

    def option_problems(self, entry: Values) -> list[str]:
        problems = [
            f"{option} cannot be empty; leave it out where it is not to be changed."
            for option in (*TEXTS, "id")
            if entry[option] == ""
        ]
        for option in TEXTS:
            text = entry[option] or ""
            if len(text) > LONGEST_TEXT or "\0" in text:
                problems.append(f"{option} has more than {LONGEST_TEXT} characters, or a NUL among them.")
        if entry["email"] and not EMAIL.fullmatch(entry["email"]):
            problems.append(f"{entry['email']!r:.80} is no e-mail address.")
        if entry["new_username"] and (entry["id"] or entry["state"] != "present"):
            problems.append(
                "new_username goes with state: present and without id (beside id, username is the new name)."
            )
        if len((entry["password"] or "").encode("utf-8", "replace")) > LONGEST_PASSWORD:
            problems.append(f"password has more than {LONGEST_PASSWORD} bytes.")
        if entry["profile_picture"] and not is_reference(entry["profile_picture"]):
            problems.append("profile_picture is no URL.")
        for option in ("metadata", "private_metadata"):
            if entry[option] and "\\u0000" in json.dumps(entry[option]):
                problems.append(f"{option} holds a NUL character, which the database does not take.")
        return problems

    def target(self, wanted: Wanted, found: Found) -> Values:
        account = found.account
        values = {option: value for option, value in wanted.values.items() if option != "username"}
        if wanted.switches["metadata_mode"] == "merge":
            for option in ("metadata", "private_metadata"):
                if option in values:
                    values[option] = merged(account and account.values.get(option), values[option])
        if account is not None and account.username != name_for(wanted):
            values["username"] = name_for(wanted)
        return values

    def problems(self, wanted: Wanted, found: Found) -> list[str]:
        problems = []
        name, values = name_for(wanted), self.target(wanted, found)
        held = found.account.values if found.account is not None else {}
        if found.account is None:
            if ADDRESS.fullmatch(name):
                problems.append("Magistrala takes no e-mail address as a user name.")
            elif self.generation == "B" and (not USERNAME.fullmatch(name) or "__" in name or "--" in name):
                problems.append(
                    f"This server takes user names of 1 to 32 letters (a-z), digits, - and _, beginning with a letter or "
                    f"digit and without -- and __; {name!r} is none."
                )
        if self.generation == "A":
            if values.get("private_metadata"):
                problems.append("This server (of early 2025) has no private_metadata.")
            for option, what in (("tags", "tags"), ("profile_picture", "the profile picture")):
                if held.get(option) and option in values and not values[option]:
                    problems.append(
                        f"This server (of early 2025) cannot clear {what}; give another value or leave it out."
                    )
        return problems

    def sets_password(self, wanted: Wanted, found: Found) -> bool:
        proven = found.account is not None and found.account.handle.password_proven
        return super().sets_password(wanted, found) and not proven

    def refusal(self, plan: Plan) -> str | None:
        account, wanted = plan.found.account, plan.wanted
        if account is None:
            return None
        if account.deleted and wanted.state == "present" and wanted.switches["on_deleted"] == "fail":
            return (
                f"{account.username} was deleted, and Magistrala keeps the old account under that name for a while. Set "
                f"on_deleted: enable to take it into use again, with its old password."
            )
        provider = account.facts.get("auth_provider")
        changed = [name for step in plan.steps for name in step.values if name in KEPT_BY_PROVIDER]
        if provider and changed:
            return (
                f"{account.username} signs in through {provider}, which keeps its names, e-mail address and picture; "
                f"{', '.join(changed)} cannot be changed in Magistrala."
            )
        return None

    def notes(self, wanted: Wanted, found: Found) -> list[str]:
        account = found.account
        if account is None:
            return []
        notes = []
        if account.deleted and wanted.password and wanted.enabled is not False:
            notes.append(f"{account.username}: the password of the old account still holds, not the given one.")
        if wanted.switches["verify_password"] and wanted.password and account.enabled is False:
            notes.append(
                f"{account.username}: the password could not be proven, because the account cannot sign in now."
            )
        email = wanted.values.get("email", account.values["email"])
        if account.facts.get("verified_at") and email != account.values["email"]:
            notes.append(
                f"{account.username}: the new e-mail address counts as not verified until its owner confirms it."
            )
        return notes

    def predict_created(self, wanted: Wanted, account: Account) -> Account:
        values = {option: account.values.get(option, empty) for option, empty in EMPTY.items()}
        if self.generation == "A":
            del values["private_metadata"]
        return Account(name_for(wanted), None, values, account.enabled)


def name_for(wanted: Wanted) -> str:
    """The user name that the account shall have in the end."""
    return wanted.switches["new_username"] or wanted.username


def is_reference(text: str) -> bool:
    """Whether the server would take ``text`` as a URL; in doubt yes, because it takes almost anything."""
    path, dummy, fragment = text.partition("#")
    path = path.partition("?")[0]
    host = path.partition("//")[2].partition("/")[0]
    return not (BAD_ESCAPE.search(path) or BAD_ESCAPE.search(fragment) or " " in host or not text.isprintable())
