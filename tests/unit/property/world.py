# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the property tests know of a system, independently of the collection: its state, and what a wish leads to."""

from __future__ import annotations

import typing as t

from hypothesis import strategies as st

from harness import run_module, writes
from sandbox.control import Controlled, Request
from sandbox.server import Sandbox

Person = dict[str, t.Any]  # one account as a test sees it; comparable, without ids and times
Wish = dict[str, t.Any]  # what is wished for one account
Result = dict[str, t.Any]


class Refused(Exception):
    """The wish cannot be met from there; the account must stay as it is, and the result must say so."""


class World:
    """One simulated system. ``names`` are the people of a case; some of them are wished for, the others look on."""

    module: t.ClassVar[str]
    login: t.ClassVar[dict[str, str]]
    names: t.ClassVar[tuple[str, ...]] = ("ann", "bob", "cat", "dan", "eve", "fay")
    people: st.SearchStrategy[Person | None]
    wishes: st.SearchStrategy[Wish]
    switches: st.SearchStrategy[dict[str, t.Any]] = st.just({})
    nobody: t.ClassVar[Person | None] = None  # somebody of whom the system has nothing
    everybody: t.ClassVar[dict[str, t.Any]] = {}  # options with which the info module leaves nobody out
    share: t.ClassVar[float] = 1.0  # of the usual number of cases, where another world of the same system has its own
    conflict: t.ClassVar[tuple[int, ...]] = ()  # what the system answers to the create of somebody who is there

    def __init__(self, sandbox: Sandbox) -> None:
        (self.name,) = sandbox.urls
        self.url = sandbox.urls[self.name]
        self.app: Controlled = sandbox.apps[self.name]

    def reset(self, switches: dict[str, t.Any], people: dict[str, Person | None]) -> None:
        self.app.act("POST", "reset", switches)
        for name, person in people.items():
            if person is not None:
                self.put(name, person)

    def put(self, name: str, person: Person) -> None:
        """Write one person straight into the state."""
        raise NotImplementedError

    def look(self, name: str) -> Person | None:
        """One person as the state has it."""
        raise NotImplementedError

    def population(self) -> list[str]:
        """The names of all accounts, one entry an account."""
        raise NotImplementedError

    def entry(self, name: str, wish: Wish) -> Wish:
        """``wish`` as an entry of the option ``users``."""
        return {"username": name, **wish}

    def outcome(self, name: str, person: Person | None, wish: Wish) -> Person | None:
        """What ``wish`` makes of ``person``; raises Refused."""
        raise NotImplementedError

    def joins(self) -> Wish:
        """A wish that creates an account, with memberships where the system has some."""
        raise NotImplementedError

    def raw(self, name: str, option: str) -> t.Any:
        """One field of an account as the state has it, by the name of the option."""
        raise NotImplementedError

    def put_raw(self, name: str, text: str) -> None:
        """Write somebody with an odd name, and ``text`` as the first name, straight into the state."""
        raise NotImplementedError

    def before_hostile(self) -> Person | None:
        """Somebody who looks on while others try odd names."""
        return self.outcome("bob", self.nobody, self.joins())

    def info(self) -> Result:
        """Everybody, by the info module."""
        return run_module(f"{self.module}_info", api_url=self.url, **self.login, **self.everybody)

    def leavers(self, count: int) -> list[Wish]:
        """People who are not there and shall not be; so many make the client read the whole listing."""
        return [{"username": f"nobody{number}", "state": "absent"} for number in range(count)]

    def snapshot(self) -> dict[str, Person | None]:
        return {name: self.look(name) for name in self.names}

    def run(self, users: list[Wish], check: bool = False, **options: t.Any) -> Result:
        """One run of the module; the journal holds its requests alone."""
        self.app.journal.clear()
        return run_module(
            self.module,
            check=check,
            api_url=self.url,
            **self.login,
            **options,
            users=users,
            return_unchanged=True,
            timeout=5.0,
        )

    def writes(self) -> list[Request]:
        """What was written since the last run began."""
        return writes(self.app)

    def creates_of_somebody_there(self) -> list[str]:
        return [line.path for line in self.writes() if line.method == "POST" and line.status in self.conflict]


def optional(**strategies: st.SearchStrategy[t.Any]) -> st.SearchStrategy[dict[str, t.Any]]:
    return st.fixed_dictionaries({}, optional=strategies)


Changes = dict[str, list[str]]


def changes(names: t.Sequence[str]) -> st.SearchStrategy[Changes]:
    """Memberships to set, or some to add and others to take away."""
    chosen = st.lists(st.sampled_from(names), unique=True)
    apart = chosen.flatmap(lambda all_: st.integers(0, len(all_)).map(lambda n: {"add": all_[:n], "remove": all_[n:]}))
    return st.one_of(st.builds(dict, set=chosen), apart)


def changed(held: set[str], change: Changes) -> set[str]:
    if "set" in change:
        return set(change["set"])
    return (held | set(change.get("add", []))) - set(change.get("remove", []))
