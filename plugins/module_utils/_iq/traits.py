# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is true of IQ Server."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.kinds import Grants, Setting
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

INTERNAL = "Internal"
ACCOUNT_REALMS = (INTERNAL, "SAML", "OAUTH2")  # people of Crowd and LDAP live in their directory, not in the users API
TOKEN_REALMS = (*ACCOUNT_REALMS, "Crowd")
ALL_REALMS = "all"  # in queries
REALMS_SINCE = 136
ADMIN = "admin"

REPOSITORY_PLACES = ("repository_manager", "repository")  # on servers with Repository Firewall
PLACES = ("global", "repository_container", "organization", "application", *REPOSITORY_PLACES)

SYSTEM_ADMINISTRATOR = "1b92fae3e55a411793a091fb821c422d"
BUILT_IN_ROLES = {  # the same on every server; the id of Legal Reviewer is not published
    "System Administrator": SYSTEM_ADMINISTRATOR,
    "Policy Administrator": "b9646757e98e486da7d730025f5245f8",
    "Owner": "1cddabf7fdaa47d6833454af10e0a3ef",
    "Developer": "1da70fae1fd54d6cb7999871ebdb9a36",
    "Application Evaluator": "2cb71b3468d649789163ea2e212b541e",
    "Component Evaluator": "90c7c98683b4471cb77a916744540bcc",
}
ADMINISTRATION = ("global", "global", SYSTEM_ADMINISTRATOR)  # the key of the grant that makes a System Administrator

FIELDS = (
    Field("first_name", "firstName", needed=True),
    Field("last_name", "lastName", needed=True),
    Field("email", "email", needed=True),
)


class IqTraits(Traits):
    """The users API merges updates, has no ids, and knows nobody who is disabled.

    Whether user names fold case is not published: here two names that differ only in case are never both taken.
    """

    name = "iq"
    title = "IQ Server"
    fields = FIELDS
    kinds = (Grants("grants", PLACES), Setting("realm"))
    memberships_outlive = ("grants",)
    names_fold_case = True
    password_needed = True
    can_set_password = False
    cannot_set_password = (
        "IQ Server has no way to change the password of an account, other than its own page. Set update_password: "
        "on_create, or remove the account and create it anew in two tasks."
    )
    can_disable = False
    cannot_disable = "Use state: absent, which also revokes the token and the grants."
    naming = "{email_name}"
    everywhere: t.ClassVar[Values] = {"realm": ALL_REALMS}
    rule_options = ("realm",)
    access_options: t.ClassVar[Values] = {"grants": True}
    review_options: t.ClassVar[Values] = {"grants": True, "tokens": True, "leftovers": True}
    administrators_roles = ("System Administrator", "Policy Administrator")
    administration: t.ClassVar[Values] = {"grants": {"role": "System Administrator", "global": True}}
    no_password_hint = (
        "Reset the password and hand it over (IQ Server > System Preferences > Users): no API can do that."
    )

    def entry_key(self, entry: Values) -> tuple[str, ...]:
        return (entry.get("realm") or INTERNAL, self.key(entry["username"]))

    def place(self, account: Values) -> Values:
        return {"realm": account.get("realm") or INTERNAL}

    def realm(self, account: Values) -> str:
        realm = str(self.place(account)["realm"])
        return "" if realm == INTERNAL else realm

    def signs_in_elsewhere(self, account: Values) -> bool:
        return bool(self.realm(account))

    def target(self, wanted: Wanted, found: Snapshot) -> Values:
        return {} if self.signs_in_elsewhere(wanted.switches) else wanted.values

    def search_options(self, connection: Values) -> Values:
        realm = connection.get("realm") or INTERNAL
        directory = {} if realm in TOKEN_REALMS else {"directories": [realm]}
        return {"realm": ALL_REALMS, "tokens": True, **directory}

    def traces(self, account: Values) -> list[Trace]:
        """Use of the user token, which is all that is told; releases before 197 tell nothing of it."""
        token = account.get("token") or {}
        if token.get("last_used"):
            return [Trace("user token last used", token["last_used"])]
        return [Trace("user token never used; made", token["created"])] if token.get("created") else []

    def expiries(self, account: Values) -> list[Trace]:
        """The end of the user token; releases before 199 tell none."""
        expires = (account.get("token") or {}).get("expires")
        return [Trace("user token", expires)] if expires else []

    def credentials(self, account: Values) -> list[str]:
        return ["a user token"] if (account.get("token") or {}).get("exists") else []

    def remains(self, account: Values) -> list[str]:
        return [*super().remains(account), *self.credentials(account)]

    def membership_change(self, change: Change, held: tuple[Membership, ...]) -> Change:
        """Grants under another spelling of the name go when the same is given or taken under the right one."""
        if change.exactly is not None:
            return change
        named = {membership.key for membership in (*change.add, *change.remove)}
        misspelled = [m for m in held if m.key not in named and m.key[: len(ADMINISTRATION)] in named]
        return change._replace(remove=(*change.remove, *misspelled))

    def notes(self, wanted: Wanted, found: Snapshot) -> list[str]:
        name = wanted.username
        if self.signs_in_elsewhere(wanted.switches):
            return [] if found.present or wanted.state != "present" else [awaited(name, wanted.switches["realm"])]
        if found.present:
            if wanted.state == "present" and wanted.password:
                return [f"{name} exists; IQ Server accepts a password for new accounts only, so it was not changed."]
            return []
        notes = []
        change = wanted.memberships.get("grants")
        held = found.memberships.get("grants", ())
        if wanted.state == "present" and change and change.exactly is None:
            old = [m for m in held if m not in change.add and m not in change.remove]
            if old:
                notes.append(
                    f"Grants of a former {name} still exist and now count for the new account. What it should not "
                    "have can be taken with grants of iq_user."
                )
        if wanted.state == "present" and found.tokens:
            notes.append(
                f"A user token of a former {name} still exists and now signs in as the new account: have iq_user "
                f"remove {name} (state: absent) before the account is made."
            )
        return notes

    def predict_created(self, wanted: Wanted, account: Account) -> Account:
        return Account(account.username, None, account.values, info={"realm": INTERNAL}, handle=INTERNAL)


def awaited(name: str, realm: str) -> str:
    """The sentence about roles of somebody who has no account, so that nobody can see whether the name is right."""
    if realm in ACCOUNT_REALMS:
        return (
            f"{name} has not signed in by {realm} yet: have them do so. The roles are kept under that name until then."
        )
    return (
        f"IQ Server has no accounts of {realm}: see that {name} is the right name there. The roles are kept under it."
    )
