# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is refused in Magistrala."""

from __future__ import annotations

import json
import re
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Options, Wanted
from ansible_collections.people.lifecycle.plugins.module_utils._core.outcome import Outcome
from ansible_collections.people.lifecycle.plugins.module_utils._core.plan import Plan
from ansible_collections.people.lifecycle.plugins.module_utils._core.rules import (
    PLAN,
    Objection,
    by_options,
    by_plan,
    by_writes,
    new_name,
    together,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.sharing import others, sharing
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.bearer import is_personal
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.client import MagistralaClient
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.service import (
    PASSWORD_OPTIONS,
    PAT_AND_ROLES,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.traits import KEPT_BY_PROVIDER

ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+")
ATOM = r"""[^\x00-\x20"(),.:;<>@\[\\\]\x7f]+"""
EMAIL = re.compile(rf"{ATOM}(?:\.{ATOM})*@{ATOM}(?:\.{ATOM})*")  # an address by itself, as Go's net/mail takes it
BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
TEXTS = ("first_name", "last_name", "email", "username")
ONLY_THE_OWN = (
    "Magistrala lets nobody set another account's password: its owner changes it, or has a reset link mailed "
    "(magistrala_user_password)."
)

SET_IT = "Set update_password: always to give it that one."


@by_options("No option is empty")
def not_empty(entry: Options, client: MagistralaClient) -> t.Iterator[str]:
    for option in ("first_name", "last_name", "email", "new_username", "id"):
        if entry[option] == "":
            yield f"{option} cannot be empty; leave it out where it is not to be changed."


@by_options("A new user name goes with the account's old one")
def rename_fits(entry: Options, client: MagistralaClient) -> t.Iterator[str]:
    if entry["new_username"] and (entry["id"] or entry["state"] != "present"):
        yield "new_username goes with state: present and without id (beside id, username is the new name)."


@by_writes("What is written is acceptable to the service")
def values_fit(plan: Plan, client: MagistralaClient) -> t.Iterator[str]:
    values, generation = {**plan.values, "username": new_name(plan)}, client.reader.generation
    longest_text = generation.longest_text if generation else None
    longest_password = generation.longest_password if generation else None
    for option in TEXTS:
        if longest_text is not None and len(values.get(option) or "") > longest_text:
            yield f"{option} has more than {longest_text} characters."
    if values.get("email") and not EMAIL.fullmatch(values["email"]):
        yield f"{values['email']!r:.80} is not a valid e-mail address."
    sets_password = "create" in plan.verbs or "password" in plan.verbs
    size = len((plan.wanted.password or "").encode("utf-8", "replace"))
    if sets_password and longest_password is not None and size > longest_password:
        yield f"password has more than {longest_password} bytes."
    if values.get("profile_picture") and not is_reference(values["profile_picture"]):
        yield "profile_picture is not a valid URL."
    for option in ("metadata", "private_metadata"):
        if values.get(option) and "\\u0000" in json.dumps(values[option]):
            yield f"{option} holds a NUL character, which cannot be stored."


@by_writes("A new account has a name that this generation of the service accepts")
def name_accepted(plan: Plan, client: MagistralaClient) -> t.Iterator[str]:
    name = new_name(plan) if plan.found.account is None else None
    generation = client.reader.generation
    if name is None or generation is None:
        return
    if ADDRESS.fullmatch(name):
        yield "Magistrala does not accept an e-mail address as a user name."
    elif generation.username and not generation.username.fullmatch(name):
        yield (
            "This server accepts user names of 1 to 32 letters (a-z, A-Z), digits, - and _, beginning with a letter or "
            f"digit and without -- and __; {name!r:.80} is not such a name."
        )


@by_writes("Only what this generation of the service can store is written")
def can_be_stored(plan: Plan, client: MagistralaClient) -> t.Iterator[str]:
    generation, account = client.reader.generation, plan.found.account
    if generation is None:
        return
    for option, value in plan.values.items():
        if option != "username" and option not in generation.stored and value:
            reason = f": {generation.lacks[option]}" if option in generation.lacks else ""
            yield f"This server (of {generation.release}) has no {option}{reason}."
        if option in generation.cannot_clear and account and account.values.get(option) and not value:
            yield f"This server (of {generation.release}) cannot clear {option}; give another value or leave it out."


@by_writes("A personal access token changes roles only where the service lets it")
def token_changes_role(plan: Plan, client: MagistralaClient) -> t.Iterator[str]:
    generation = client.reader.generation
    writes_role = "role" in plan.values and "create" not in plan.verbs
    account = plan.found.account
    closes = plan.wanted.leaves and account is not None and account.enabled is not False
    if not writes_role or generation is None or generation.pats_change_roles or closes:
        return  # of somebody who leaves, everything else is still taken
    if is_personal(client.connection.token):
        yield f"{PAT_AND_ROLES[0].upper()}{PAT_AND_ROLES[1:]} Use {PASSWORD_OPTIONS}."


@together("Each entry means an account of its own, under a user name of its own", PLAN)
def accounts_differ(outcomes: t.Sequence[Outcome], client: MagistralaClient) -> t.Iterator[Objection]:
    planned = [(outcome, outcome.plan) for outcome in outcomes if outcome.plan is not None]
    accounts = sharing((plan.found.account.id if plan.found.account else None, outcome) for outcome, plan in planned)
    names = sharing((new_name(plan), outcome) for outcome, plan in planned)
    for several in accounts.values():
        for outcome in several:
            what = outcome.found.account.username if outcome.found.account else ""
            yield outcome, f"{others(several, outcome)} in the same task is about the account {what}, too."
    for name, several in names.items():
        for outcome in several:
            yield outcome, f"{others(several, outcome)} in the same task is about the user name {name}, too."


@by_writes("A deleted account is taken into use again only where that is wanted")
def revival_wanted(plan: Plan, client: MagistralaClient) -> t.Iterator[str]:
    account, wanted = plan.found.account, plan.wanted
    revived = client.reader.generation.revived if client.reader.generation else "as it was"
    if account and account.deleted and wanted.state == "present" and wanted.switches["on_deleted"] == "fail":
        yield (
            f"{account.username} was deleted, and Magistrala keeps the old account under that name for a while. Set "
            f"on_deleted: enable to take it into use again, {revived}."
        )


@by_writes("What an identity provider keeps is not changed here")
def provider_keeps(plan: Plan, client: MagistralaClient) -> t.Iterator[str]:
    account = plan.found.account
    provider = account.info.get("auth_provider") if account else None
    changed = [name for name in plan.values if name in KEPT_BY_PROVIDER]
    if account and provider and changed:
        yield (
            f"{account.username} signs in through {provider}, which keeps its names, e-mail address and picture; "
            f"{', '.join(changed)} cannot be changed in Magistrala."
        )


@by_writes("The calling account keeps the role admin")
def caller_keeps_admin(plan: Plan, client: MagistralaClient) -> t.Iterator[str]:
    account = plan.found.account
    loses_role = account and plan.values.get("role") == "user" and account.values["role"] == "admin"
    if account and loses_role and account.id == client.reader.my_id():
        yield f"{account.username} is the account that this task runs with; it keeps the role admin."


@by_plan("The wanted password is in force, or can be set")
def password_possible(plan: Plan, client: MagistralaClient) -> t.Iterator[str]:
    account = plan.found.account
    if account is not None and plan.wanted.state == "present" and plan.wanted.password is not None:
        reason = password_refusal(plan.wanted, account, client)
        if reason:
            yield reason


def password_refusal(wanted: Wanted, account: Account, client: MagistralaClient) -> str | None:
    """Why the account cannot have the wanted password: many servers let everybody change the own one alone."""
    proven, generation = account.handle.password_proven, client.reader.generation
    if wanted.update_password == "on_create":
        if proven is not False:
            return None
        others = SET_IT if generation and generation.sets_passwords else ONLY_THE_OWN
        return f"{account.username} has a different password from the given one. {others}"
    if proven:
        return None
    if generation and generation.sets_passwords:
        return None
    if account.id != client.reader.my_id():
        return f"{account.username} exists already, and its password cannot be set here. {ONLY_THE_OWN}"
    if not client.service.password:
        return (
            f"Changing the password of {account.username} needs the present one in api_password (MAGISTRALA_PASSWORD)."
        )
    return None


def is_reference(text: str) -> bool:
    """Whether the server would take ``text`` as a URL; in doubt yes, because it takes almost anything."""
    path, dummy, fragment = text.partition("#")
    path = path.partition("?")[0]
    host = path.partition("//")[2].partition("/")[0]
    return not (BAD_ESCAPE.search(path) or BAD_ESCAPE.search(fragment) or " " in host or not text.isprintable())


RULES = (
    not_empty,
    rename_fits,
    values_fit,
    accounts_differ,
    name_accepted,
    can_be_stored,
    token_changes_role,
    revival_wanted,
    provider_keeps,
    caller_keeps_admin,
    password_possible,
)
