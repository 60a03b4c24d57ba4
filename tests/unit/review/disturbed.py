# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Companies as the info modules would show them, disturbed by random, with a list of what was disturbed.

Nothing here is shared with what finds it: accounts are written down as the modules' documentation has them.
"""

from __future__ import annotations

import collections
import copy
import random
import typing as t

Account = dict[str, t.Any]
NAMES = {"iics": "p{0}@example.com", "iq": "p{0}", "magistrala": "p{0}"}
PROFILES: dict[str, t.Any] = {
    "engineer": {
        "iics": {"roles": ["Designer"], "groups": ["Data"]},
        "iq": {"grants": [{"role": "Developer", "organization": "Data"}]},
        "magistrala": {
            "tags": ["data"],
            "metadata": {"team": "data"},
            "domains": [{"domain": "Factory", "role": "viewer"}],
        },
    },
    "operator": {
        "iics": {"roles": ["Operator", "Monitor"]},
        "iq": {"grants": [{"role": "Owner", "application": "portal"}]},
        "magistrala": {"tags": ["ops", "night"]},
    },
}
NO_GRANT = {"role": "Component Evaluator", "global": True}
MORE = {"iics": ("roles", "Deployer"), "iq": ("grants", NO_GRANT), "magistrala": ("tags", "chess")}
LESS = {"iics": "roles", "iq": "grants", "magistrala": "tags"}
ADMIN = {"iics": ("roles", "Admin"), "iq": ("grants", {"role": "System Administrator", "global": True})}
LONG_AGO, LATELY = "2025-01-15T08:00:00.000Z", "2026-11-20T08:00:00.000Z"
SAFE_TWICE = ("beyond", "former", "lacking", "administrator", "dormant", "address", "domain")
HIDDEN = "Nobody tells who is in Factory."
APPROVES, ORDERS = {"role": "Approver", "global": True}, "orders"
CONFLICTS = [
    {
        "name": "four-eyes",
        "reason": "audit",
        "between": [{"iq": {"grants": [APPROVES]}}, {"magistrala": {"tags": [ORDERS]}}],
    },
]


class Disturbed:
    """One company; ``expected`` counts what is to be found, as kind, instance and account."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.people: list[dict[str, t.Any]] = []
        self.person: dict[int, dict[str, t.Any]] = {}
        self.accounts: dict[str, list[Account]] = {system: [] for system in NAMES}
        self.services: list[dict[str, str]] = []
        self.names: dict[str, dict[str, str]] = {}
        self.expected: collections.Counter[tuple[str, str, str]] = collections.Counter()
        self.done: collections.Counter[str] = collections.Counter()
        self.free: list[tuple[str, int]] = []
        self.exceptions: list[dict[str, t.Any]] = []
        self.closed: list[tuple[str, Account, dict[str, t.Any]]] = []
        self.unseen: list[str] = []
        for number in range(self.random.randint(8, 14)):
            self.join(number)

    def join(self, number: int) -> None:
        profile = self.random.choice(sorted(PROFILES))
        person = {"first_name": "P", "last_name": str(number), "email": f"p{number}@example.com"}
        self.person[number] = {"id": f"E{number}", **person, "profile": [profile]}
        self.people.append(self.person[number])
        for system, name in NAMES.items():
            access = copy.deepcopy(PROFILES[profile][system])
            self.accounts[system].append(self.account(system, name.format(number), person["email"], **access))
            self.free.append((system, number))

    def account(self, system: str, name: str, email: str, **access: t.Any) -> Account:
        common = {"username": name, "email": email, "first_name": "P", "last_name": "x", "state": "present"}
        if system == "iics":
            own = {
                "id": f"id-{name}",
                "roles": [],
                "groups": [],
                "status": "active",
                "enabled": True,
                "last_login_at": LATELY,
            }
        elif system == "iq":
            own = {"realm": "Internal", "grants": [], "token": {"exists": False}}
        else:
            own = {"id": f"id-{name}", "tags": [], "metadata": {}, "role": "user", "enabled": True, "domains": []}
        return {**common, **own, **access}

    def expect(self, kind: str, system: str, name: str) -> None:
        self.expected[kind, system, name] += 1

    def take(self) -> tuple[str, Account, dict[str, t.Any]]:
        """An account that nothing was done to yet, with its person."""
        system, number = self.free.pop(self.random.randrange(len(self.free)))
        name = NAMES[system].format(number)
        return system, next(a for a in self.accounts[system] if a["username"] == name), self.person[number]

    def disturb(self) -> None:
        """Several times by random; sometimes two ways on one account."""
        for _time in range(self.random.randint(4, 9)):
            if len(self.free) < 8:
                return
            name = self.random.choice(sorted(set(WAYS)))
            if name in SAFE_TWICE and self.random.random() < 0.5:
                where = self.take()
                for each in sorted({name, self.random.choice(SAFE_TWICE)}):
                    self.done[each] += bool(WAYS[each](self, *where))
            else:
                self.done[name] += bool(WAYS[name](self, *self.take()))

    def beyond(self, system: str, account: Account, person: dict[str, t.Any]) -> bool:
        kind, item = MORE[system]
        account[kind].append(item)
        self.expect("beyond", system, account["username"])
        return True

    def former(self, system: str, account: Account, person: dict[str, t.Any]) -> bool:
        other = next(name for name in PROFILES if name not in person["profile"])
        kind = LESS[system]
        account[kind].append(PROFILES[other][system][kind][0])
        self.expect("beyond", system, account["username"])
        return True

    def lacking(self, system: str, account: Account, person: dict[str, t.Any]) -> bool:
        kind = LESS[system]
        account[kind].remove(PROFILES[person["profile"][0]][system][kind][0])
        self.expect("lacking", system, account["username"])
        return True

    def administrator(self, system: str, account: Account, person: dict[str, t.Any]) -> bool:
        if system == "magistrala":
            account["role"] = "admin"
        else:
            kind, item = ADMIN[system]
            account[kind].append(item)
        self.expect("administrator", system, account["username"])
        self.expect("beyond", system, account["username"])
        return True

    def dormant(self, system: str, account: Account, person: dict[str, t.Any]) -> bool:
        if system == "magistrala":
            return False
        if system == "iics":
            account.update(last_login_at=LONG_AGO)
        else:
            expires = (account.get("token") or {}).get("expires")
            account["token"] = {"exists": True, "created": LONG_AGO, "last_used": LONG_AGO, "expires": expires}
        self.expect("dormant", system, account["username"])
        return True

    def address(self, system: str, account: Account, person: dict[str, t.Any]) -> bool:
        account["email"] = f"other-{account['username'].partition('@')[0]}@example.com"
        self.names.setdefault(person["id"], {})[system] = account["username"]
        self.expect("address", system, account["username"])
        return True

    def barred(self, system: str, account: Account, person: dict[str, t.Any]) -> bool:
        if system == "iq":
            account["token"] = {"exists": True, "created": LATELY, "last_used": LATELY, "expires": LONG_AGO}
        else:
            account["enabled"] = False
        if system == "iics":
            account.update(
                status="disabled", status_meaning="The account was disabled, or locked after failed sign-ins."
            )
        self.expect("barred", system, account["username"])
        return True

    def missing(self, system: str, account: Account, person: dict[str, t.Any]) -> bool:
        self.accounts[system].remove(account)
        self.expect("missing", system, account["username"])
        return True

    def second(self, system: str, account: Account, person: dict[str, t.Any]) -> bool:
        name = f"twin-{account['username']}"
        self.accounts[system].append(self.account(system, name, person["email"].upper()))
        self.expect("second", system, name)
        return True

    def orphan(self, system: str, account: Account, person: dict[str, t.Any]) -> bool:
        name = f"lost-{account['username']}"
        lost = self.account(system, name, "lost-" + person["email"])
        self.accounts[system].append(lost)
        self.expect("orphan", system, name)
        if system == "magistrala" and self.random.random() < 0.5:
            lost["role"] = "admin"
            self.expect("administrator", system, name)
        return True

    def leaver(self, system: str, account: Account, person: dict[str, t.Any]) -> bool:
        """The person left; every account of theirs that nothing was done to can still be used, or was closed."""
        accounts = self.whole(person)
        if accounts is None:
            return False
        person["end"] = "2026-10-31"
        for other, theirs in accounts.items():
            if other == "iq" and self.random.random() < 0.3:
                self.accounts[other].remove(theirs)
            elif other == "magistrala" and self.random.random() < 0.3:
                theirs["enabled"] = False
                if theirs["domains"]:
                    self.expect("leftover", other, theirs["username"])
            else:
                self.expect("leaver", other, theirs["username"])
        return True

    def domain(self, system: str, account: Account, person: dict[str, t.Any]) -> bool:
        """Another domain, or one less, which nobody can tell to be missing where the domains are hidden."""
        if system != "magistrala":
            return False
        if account["domains"] and self.random.random() < 0.5:
            account["domains"].clear()
            if not self.unseen:
                self.expect("lacking", system, account["username"])
        else:
            account["domains"].append({"domain": "Depot", "role": "viewer"})
            self.expect("beyond", system, account["username"])
        return True

    def hidden(self, system: str, account: Account, person: dict[str, t.Any]) -> bool:
        """The calling account may not look into the domains; whatever is missing there is not told any more."""
        if self.unseen or any(where == "magistrala" and kind == "lacking" for kind, where, _name in self.expected):
            return False
        self.unseen.append(HIDDEN)
        self.expect("incomplete", "magistrala", "")
        return True

    def realm(self, system: str, account: Account, person: dict[str, t.Any]) -> bool:
        """An account of another realm: of somebody who has one, of nobody, or a token that is left of one."""
        name = f"saml-{account['username']}-{system}"
        kind = self.random.choice(["second", "orphan", "leftover"])
        email = person["email"] if kind == "second" else f"{name}@example.net"
        other = {**self.account("iq", name, email), "realm": "SAML"}
        if kind == "second" and ("iq", int(person["id"][1:])) not in self.free and system != "iq":
            return False
        if kind == "leftover":
            token = {"exists": True, "created": LATELY, "last_used": LATELY, "expires": None}
            other = {"username": name, "realm": "SAML", "state": "absent", "grants": [], "token": token}
        self.accounts["iq"].append(other)
        self.expect(kind, "iq", name)
        return True

    def whole(self, person: dict[str, t.Any]) -> dict[str, Account] | None:
        """All accounts of a person, if nothing was done to the others, from now on done with."""
        number = int(person["id"][1:])
        if sum(free == number for _system, free in self.free) != len(NAMES) - 1:
            return None
        self.free = [each for each in self.free if each[1] != number]
        return {
            system: next(each for each in self.accounts[system] if each["username"] == name.format(number))
            for system, name in NAMES.items()
        }

    def reopened(self, system: str, account: Account, person: dict[str, t.Any]) -> bool:
        """Offboarded, off the roster, and one account is open again; in Magistrala it may have got another address."""
        theirs = self.whole(person)
        if theirs is None:
            return False
        self.people.remove(person)
        for other, each in theirs.items():
            self.closed.append((other, dict(each), person))
            if other != system:
                self.accounts[other].remove(each)
        if system == "magistrala" and self.random.random() < 0.5:
            account["email"] = "changed@example.net"
        self.expect("reopened", system, account["username"])
        return True

    def conflict(self, system: str, account: Account, person: dict[str, t.Any]) -> bool:
        """Holds two things that nobody may hold together; an exception may allow it."""
        theirs = self.whole(person)
        if theirs is None:
            return False
        theirs["iq"]["grants"].append(APPROVES)
        theirs["magistrala"]["tags"].append(ORDERS)
        self.expect("beyond", "iq", theirs["iq"]["username"])
        self.expect("beyond", "magistrala", theirs["magistrala"]["username"])
        if self.random.random() < 0.3:
            self.exceptions.append(
                {"person": person["id"], "until": "2027-06-30", "reason": "audit knows", "allow": "four-eyes"}
            )
        else:
            self.expect("conflict", "iics", theirs["iics"]["username"])
        return True

    def exception(self, system: str, account: Account, person: dict[str, t.Any]) -> bool:
        """An exception for what somebody has: it ends soon, or has ended, or goes on."""
        kind, item = MORE[system]
        account[kind].append(item)
        until, found = self.random.choice([("2026-12-20", "exception"), ("2026-11-01", "beyond"), ("2027-11-01", "")])
        about = {"person": person["id"], "until": until, "reason": f"{system} project"}
        self.exceptions.append({**about, "access": {system: {kind: [item]}}})
        if found == "exception":
            self.expect("exception", "", "")
        elif found:
            self.expect(found, system, account["username"])
        return True

    def leftover(self, system: str, account: Account, person: dict[str, t.Any]) -> bool:
        name = f"ghost-{account['username']}-{system}"
        if system == "magistrala":
            seat = {"domain": "Attic", "role": "admin"}
            self.accounts[system].append({"username": name, "id": name, "state": "absent", "domains": [seat]})
            self.expect("leftover", system, name)
            return True
        grants = [NO_GRANT] if self.random.random() < 0.5 else []
        token = {"exists": not grants, "created": LATELY, "last_used": LATELY, "expires": None}
        gone = {"username": name, "realm": "Internal", "state": "absent", "grants": grants, "token": token}
        self.accounts["iq"].append(gone)
        self.expect("leftover", "iq", name)
        return True

    def service(self, system: str, account: Account, person: dict[str, t.Any]) -> bool:
        """A service account whose review is due, or one that is in order."""
        name = f"svc-{account['username']}"
        self.accounts[system].append(self.account(system, name, person["email"]))
        due = self.random.random() < 0.7
        day = "2026-01-31" if due else "2027-01-31"
        self.services.append({"instance": system, "username": name, "owner": "Ops", "reason": "jobs", "review_by": day})
        if due:
            self.expect("service", system, name)
        return True


WAYS: dict[str, t.Callable[..., bool]] = {
    "beyond": Disturbed.beyond,
    "former": Disturbed.former,
    "lacking": Disturbed.lacking,
    "administrator": Disturbed.administrator,
    "dormant": Disturbed.dormant,
    "address": Disturbed.address,
    "barred": Disturbed.barred,
    "missing": Disturbed.missing,
    "second": Disturbed.second,
    "orphan": Disturbed.orphan,
    "leaver": Disturbed.leaver,
    "leftover": Disturbed.leftover,
    "service": Disturbed.service,
    "domain": Disturbed.domain,
    "hidden": Disturbed.hidden,
    "realm": Disturbed.realm,
    "reopened": Disturbed.reopened,
    "conflict": Disturbed.conflict,
    "exception": Disturbed.exception,
}
