# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Disturbs a company of the sandbox in every way, by the real modules and by what its services know,
at people chosen by random.

Nothing here is shared with what finds it: a way says what is to be found, as kind, instance and account.
"""

from __future__ import annotations

import pathlib
import random
import typing as t

from people_actions import act
from people_company import OWNER, PROFILES, Company, person

Values = dict[str, t.Any]
Found = tuple[str, str, str]
VIEWER = {"domain": "Factory", "role": "viewer"}
WITH_DOMAINS = {
    **PROFILES,
    "engineer": {**PROFILES["engineer"], "magistrala": {**PROFILES["engineer"]["magistrala"], "domains": [VIEWER]}},
}
COUNT = 20
PEOPLE = [person(number) for number in range(1, COUNT + 1)]
NEW = {"first_name": "No", "last_name": "Body", "password": "Sandbox-secret-1"}
TODAY, LONG_AGO = "2026-11-23", 1_000_000_000.0
NAMES = {"iics": "jane{0}@example.com", "iq": "jane{0}", "magistrala": "jane{0}"}
GIVEN: dict[str, Values] = {  # a piece of access that the profile of everybody gives, and one that it does not
    "iics": {"less": {"groups": {"remove": ["Data Engineering"]}}, "more": {"roles": {"add": ["Operator"]}}},
    "iq": {"less": {"grants": {"remove": PROFILES["engineer"]["iq"]["grants"]}}, "more": {"grants": {"add": [OWNER]}}},
    "magistrala": {
        "less": {"domains": {"remove": [VIEWER]}},
        "more": {"domains": {"add": [{"domain": "Depot", "role": "viewer"}]}},
    },
}
CONFLICT = {
    "name": "four-eyes",
    "reason": "nobody approves their own",
    "between": [{"iq": {"grants": [OWNER]}}, {"iics": {"roles": ["Operator"]}}],
}


class Ways:
    """``variables`` are those of the role that belong to what was done, ``expected`` what it has to find."""

    def __init__(self, company: Company, folder: pathlib.Path, seed: int) -> None:
        self.company = company
        self.folder = folder
        self.random = random.Random(seed)
        self.free = self.random.sample(range(1, COUNT + 1), COUNT)
        self.people = {number: PEOPLE[number - 1] for number in range(1, COUNT + 1)}
        self.expected: set[Found] = set()
        self.variables: Values = {
            "review_profiles": WITH_DOMAINS,
            "lifecycle_account_names": {},
            "lifecycle_conflicts": [CONFLICT],
            "lifecycle_exceptions": [],
        }

    @classmethod
    def settle(cls, company: Company) -> None:
        """Everybody has what the profiles say."""
        domains = [{"name": name, "roles": {"viewer": []}} for name in ("Factory", "Depot")]
        company.sandbox.apps["magistrala"].act("POST", "seed", {"count": 0, "domains": domains})
        for system in NAMES:
            assert {line.action for line in company.join(system, *PEOPLE, profiles=WITH_DOMAINS)} == {"created"}
        company.forget()

    def everything(self) -> None:
        """Every way once, in an order by random."""
        ways = [
            self.access,
            self.administrator,
            self.closed,
            self.second,
            self.orphan,
            self.address,
            self.leaver,
            self.leftover,
        ]
        ways += [self.reopened, self.conflict, self.exception, self.dormant, self.unclear, self.missing]
        self.random.shuffle(ways)
        for way in ways:
            way()
        self.variables["review_people"] = [*self.people.values()]
        self.company.forget()

    def user(self, system: str, **options: t.Any) -> None:
        result = self.company.run(f"x.{system}_user", {**self.company.connection(system), **options}, False)
        assert result["changed"] and not result["failed"], result

    def seed(self, system: str, **what: t.Any) -> None:
        self.company.sandbox.apps[system].act("POST", "seed", {"count": 0, **what})

    def take(self) -> int:
        return self.free.pop()

    def access(self) -> None:
        """Something more, and something less, in each system; in one both on one account."""
        both = self.random.choice([*NAMES])
        for system, given in GIVEN.items():
            who = self.take()
            less = who if system == both else self.take()
            name, lesser = (NAMES[system].format(number) for number in (who, less))
            self.user(system, username=name, **given["more"])
            self.user(system, username=lesser, **given["less"])
            self.expected |= {("beyond", system, name), ("lacking", system, lesser)}

    def administrator(self) -> None:
        system = self.random.choice([*NAMES])
        name = NAMES[system].format(self.take())
        right: Values = {
            "iics": {"roles": {"add": ["Admin"]}},
            "iq": {"grants": {"add": [{"role": "System Administrator", "global": True}]}},
            "magistrala": {"role": "admin"},
        }[system]
        self.user(system, username=name, **right)
        self.expected |= {("administrator", system, name), ("beyond", system, name)}

    def closed(self) -> None:
        name = NAMES["magistrala"].format(self.take())
        self.user("magistrala", username=name, enabled=False)
        self.expected.add(("barred", "magistrala", name))

    def missing(self) -> None:
        system = self.random.choice(["iics", "iq"])
        name = NAMES[system].format(self.take())
        self.user(system, username=name, state="absent")
        self.expected.add(("missing", system, name))

    def second(self) -> None:
        """Another account, in the same realm or in another one."""
        local, saml = self.take(), self.take()
        self.user("iq", username="twin", **NEW, email=self.people[local]["email"].upper())
        self.seed("iq", saml=[{"username": "twin-saml", "email": self.people[saml]["email"]}])
        self.expected |= {("second", "iq", "twin"), ("second", "iq", "twin-saml")}

    def orphan(self) -> None:
        system = self.random.choice(["iq", "magistrala"])
        self.user(system, username="nobody", **NEW, email="nobody@example.com")
        self.seed("iq", oauth2=["lost-oauth"])
        self.expected |= {("orphan", system, "nobody"), ("orphan", "iq", "lost-oauth")}

    def address(self) -> None:
        system, number = self.random.choice(["iq", "magistrala"]), self.take()
        name = NAMES[system].format(number)
        self.user(system, username=name, email="other@example.com")
        self.variables["lifecycle_account_names"][f"E{number}"] = {system: name}
        self.expected.add(("address", system, name))

    def leaver(self) -> None:
        number = self.take()
        self.people[number] = {**self.people[number], "end": "2026-10-31"}
        self.expected |= {("leaver", system, name.format(number)) for system, name in NAMES.items()}

    def leftover(self) -> None:
        """What nobody's account holds any more: a token of either realm, a grant, a seat in a domain."""
        self.seed(
            "iq",
            tokens={"Internal": ["ghost"], "SAML": ["ghost-saml"]},
            grants=[{"username": "ghost-owner", "role": "Owner"}],
        )
        self.seed("magistrala", domains=[{"name": "Attic", "roles": {"admin": ["gone-for-good"]}}])
        ghosts = {"ghost", "ghost-saml", "ghost-owner"}
        self.expected |= {("leftover", "iq", name) for name in ghosts} | {("leftover", "magistrala", "gone-for-good")}

    def reopened(self) -> None:
        """Offboarded by the real action, off the roster, and let in again by somebody."""
        number = self.take()
        name = NAMES["magistrala"].format(number)
        reports = str(self.folder / "offboarded")
        connections = self.company.connections()
        people = [self.people.pop(number)]
        act(self.folder, "offboard", self.company, connections=connections, people=people, report_dir=reports)
        self.user("magistrala", username=name, enabled=True)
        self.variables["review_offboarded"] = reports
        self.expected.add(("reopened", "magistrala", name))

    def conflict(self) -> None:
        number = self.take()
        for system in ("iq", "iics"):
            self.user(system, username=NAMES[system].format(number), **GIVEN[system]["more"])
            self.expected.add(("beyond", system, NAMES[system].format(number)))
        self.expected.add(("conflict", "iics", NAMES["iics"].format(number)))

    def exception(self) -> None:
        """Access that an exception gives for some days more."""
        number = self.take()
        self.user("magistrala", username=NAMES["magistrala"].format(number), tags=["data", "night"])
        about = {"person": f"E{number}", "until": "2026-12-10", "reason": "night shift", "ticket": "T-1"}
        self.variables["lifecycle_exceptions"].append({**about, "access": {"magistrala": {"tags": ["night"]}}})
        self.expected.add(("exception", "", ""))

    def dormant(self) -> None:
        name = NAMES["iq"].format(self.take())
        self.seed("iq", tokens={"Internal": [name]})
        token = self.company.sandbox.apps["iq"].system.state.token("Internal", name)
        token.created = token.last_access = token.expires = LONG_AGO
        self.expected |= {("dormant", "iq", name), ("barred", "iq", name)}

    def unclear(self) -> None:
        number = self.take()
        self.people[number] = {**self.people[number], "profile": ["enginer"]}
        self.expected |= {("unclear", system, "") for system in NAMES}
