# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is true of Magistrala, in all its generations or in the one that the server is of."""

from __future__ import annotations

import json
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.closing import Closing, Farewell
from ansible_collections.people.lifecycle.plugins.module_utils._core.kinds import Grants, Kind, Mapping, Setting
from ansible_collections.people.lifecycle.plugins.module_utils._core.leftovers import ResidualAccess
from ansible_collections.people.lifecycle.plugins.module_utils._core.marks import KeyMark
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import (
    Account,
    Change,
    Field,
    Membership,
    Snapshot,
    Values,
    Wanted,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Trace, Traits
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.generations import Generation
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.residual import residual_access
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.seats import ADMINISTRATOR, DOMAINS

KEPT_BY_PROVIDER = ("first_name", "last_name", "email", "profile_picture")


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


class MagistralaTraits(Traits):
    """``generation`` is None as long as nothing was read."""

    name = "magistrala"
    title = "Magistrala"
    fields = FIELDS
    kinds = (Kind("tags"), Mapping("metadata"), Setting("role", neutral="user"), Grants("domains", ("domain",)))
    keeps_deleted = True
    changes_need_enabled = True
    enabled_with_create = True
    unique = ("email", "new_username", "id")
    password_needed = True
    naming = "{email_slug}"
    read_options: t.ClassVar[Values] = {"status": "all"}
    access_options: t.ClassVar[Values] = {"domains": True}
    rename_option = "new_username"
    administrators_roles = (ADMINISTRATOR, "tenant-admin")
    administration: t.ClassVar[Values] = {"role": "admin"}
    mark = KeyMark("metadata", "hr_id")
    neutral: t.ClassVar[Values] = {"role": "user"}
    leave_options: t.ClassVar[Values] = {"leave_domains": True}
    successors_option = "domain_successors"
    memberships_outlive = ("domains",)
    review_options: t.ClassVar[Values] = {
        "domains": True,
        "unseen_domains": "note",
        "leftovers": True,
        "tokens": True,
    }
    join_options: t.ClassVar[Values] = {"unseen_domains": "note"}
    reset_mail_module = "people.lifecycle.magistrala_user_password"
    no_password_hint = "A reset mail lets the person choose a password ('forgot password' on the sign-in page)."

    def __init__(self, generation: Generation | None = None) -> None:
        self.generation = generation

    def residual_access(self, closing: Closing) -> tuple[ResidualAccess, ...]:
        return residual_access(closing, self.generation)

    def target(self, wanted: Wanted, found: Snapshot) -> Values:
        account = found.account
        values = {option: value for option, value in wanted.values.items() if option != "username"}
        if wanted.switches["metadata_mode"] == "merge":
            for option in ("metadata", "private_metadata"):
                if option in values:
                    values[option] = merged(account and account.values.get(option), values[option])
        if account is not None and account.username != final_name(wanted):
            values["username"] = final_name(wanted)
        return values

    def traces(self, account: Values) -> list[Trace]:
        """Use of access tokens, which is all that is told, and by Atom alone."""
        return [
            Trace(f"{called(token)} last used", token["last_used_at"])
            if token["last_used_at"]
            else Trace(f"{called(token)} never used; made", token["created_at"])
            for token in tokens_of(account)
        ]

    def expiries(self, account: Values) -> list[Trace]:
        return [Trace(called(token), token["expires_at"]) for token in tokens_of(account) if token["expires_at"]]

    def credentials(self, account: Values) -> list[str]:
        return [called(token) for token in tokens_of(account) if not token["expired"]]

    def remains(self, account: Values) -> list[str]:
        """Domains, access tokens, and the role on the platform, which tokens of a deleted account go on to use."""
        mighty = self.administers(account) if account.get("state") == "absent" else []
        return [*super().remains(account), *mighty, *self.credentials(account)]

    def membership_change(self, change: Change, held: tuple[Membership, ...]) -> Change:
        """A role that is given takes the place of the one that is held in the same domain: nobody has two."""
        if change.exactly is not None:
            return change
        given = {membership.reference.domain for membership in change.add}
        replaced = [m for m in held if m.reference.domain in given and m not in change.add]
        return change._replace(remove=(*change.remove, *replaced))

    def farewell(self, found: Snapshot) -> Farewell:
        """Every seat in a domain goes but those of which nobody follows the last administrator."""
        held = found.memberships.get(DOMAINS, ())
        following = [(m.reference.successor, m.reference.domain) for m in held if m.reference.successor]
        return Farewell(
            tuple(m for m in held if not m.reference.stays),
            tuple(m.reference.stays for m in held if m.reference.stays),
            tuple(
                f"Tell {who.username} that they become administrator of the domain {domain.name}."
                for who, domain in following
            ),
        )

    def sets_password(self, wanted: Wanted, found: Snapshot) -> bool:
        proven = found.account is not None and found.account.handle.password_proven
        return super().sets_password(wanted, found) and not proven

    def notes(self, wanted: Wanted, found: Snapshot) -> list[str]:
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
        if account.info.get("verified_at") and email != account.values["email"]:
            notes.append(
                f"{account.username}: the new e-mail address counts as not verified until its owner confirms it."
            )
        return notes

    def predict_created(self, wanted: Wanted, account: Account) -> Account:
        stored = self.generation.stored if self.generation else {}
        values = {option: account.values.get(option, empty) for option, empty in stored.items()}
        return Account(final_name(wanted), None, values, account.enabled)


def tokens_of(account: Values) -> list[Values]:
    """The access tokens of an account as the info module tells them."""
    return account.get("access_tokens") or []


def called(token: Values) -> str:
    """By name and the beginning of the id, since several may have one name."""
    return f"access token {token['name']} ({token['id'][:8]})"


def final_name(wanted: Wanted) -> str:
    """The user name that the account shall have in the end."""
    return wanted.switches["new_username"] or wanted.username
