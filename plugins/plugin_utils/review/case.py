# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Verdicts beside the findings of today: which of them hold, and why others do not. Pure."""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import enumeration
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.leaver import Leaver
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.finding import KINDS, Finding
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.verdict import (
    ASSIGN,
    KEEP,
    OPEN,
    Verdict,
    hint,
)

KEPT, PROPOSED, REMOVED, GONE, HELD, FAILED = OUTCOMES = ("kept", "proposed", "removed", "gone", "held", "failed")
MOST_TYPOS = 2  # characters of an id


@dataclasses.dataclass
class Case:
    """One verdict and the ``finding`` that it is about, None where there is none today; ``outcome`` is one of OUTCOMES,
    and empty while it is to be carried out.
    """

    verdict: Verdict
    finding: Finding | None = None
    outcome: str = ""
    why: str = ""

    @property
    def pending(self) -> bool:
        """Whether it is to be carried out."""
        return not self.outcome

    def settle(self, outcome: str, why: str = "") -> None:
        self.outcome, self.why = outcome, why

    def follow(self, line: Line) -> None:
        """Take the outcome from what became of the account."""
        if line.action in (HELD, FAILED):
            self.settle(line.action, line.error or " ".join(line.notes))
        else:
            self.settle(REMOVED if line.changed else GONE)

    def described(self, author: Author) -> Values:
        """The case as reports have it."""
        finding = self.finding
        told = {
            name: getattr(finding, name) if finding else ""
            for name in ("kind", "instance", "account", "person", "name", "what")
        }
        verdict = self.verdict
        asked = {"decision": verdict.verb, "reason": verdict.reason, "until": verdict.until, "assigned": verdict.person}
        return {
            "id": verdict.id,
            "mark": verdict.mark,
            **told,
            **asked,
            "by": author.shown,
            "outcome": self.outcome,
            "why": self.why,
        }


@dataclasses.dataclass(frozen=True)
class Author:
    """Who decided, as AWX says it: the user of the job. Nobody is known anywhere else."""

    name: str = ""
    email: str = ""

    @property
    def shown(self) -> str:
        return self.name or "unauthenticated"

    def is_about(self, finding: Finding, addresses: t.Iterable[str]) -> bool:
        """Whether a finding is about the author's own access; ``addresses`` are those of its account and person."""
        own = {name.casefold() for name in (self.name, self.email) if name}
        return not own.isdisjoint(name.casefold() for name in (finding.person, finding.account, *addresses))


@dataclasses.dataclass(frozen=True)
class Bench:
    """What verdicts are held against: the findings of ``today``, by id the addresses ``whose`` their accounts have,
    everybody on the roster, and why there may be more findings than there are (``incomplete``).
    """

    findings: t.Mapping[str, Finding]
    people: t.Mapping[str, Leaver]
    today: datetime.date
    author: Author = Author()
    addresses: t.Callable[[Finding], t.Iterable[str]] = lambda _finding: ()
    incomplete: str = ""

    def case(self, verdict: Verdict) -> Case:
        """What there is to say of one verdict; what is to be carried out has no outcome yet."""
        finding = self.findings.get(verdict.id)
        case = Case(verdict, finding)
        if finding is None:
            self.settle_unknown(case)
        elif finding.mark != verdict.mark:
            case.settle(
                HELD, f"It is another now than what was decided about. {finding.what} Decide anew, by the next review."
            )
        elif verdict.verb not in KINDS[finding.kind].verbs:
            verbs = KINDS[finding.kind].verbs
            possible = enumeration(verbs, "or") if verbs else "nothing"
            case.settle(
                FAILED, f"{verdict.verb} cannot be decided about this ({KINDS[finding.kind].title}), but {possible}."
            )
        elif self.author.is_about(finding, self.addresses(finding)):
            case.settle(FAILED, f"{self.author.name} cannot decide about their own access; somebody else has to.")
        elif verdict.verb == KEEP:
            ended = verdict.until < self.today.isoformat()
            case.settle(
                *((HELD, f"The end of this decision, {verdict.until}, has passed. Decide anew.") if ended else (KEPT,))
            )
        elif verdict.verb == ASSIGN:
            known = verdict.person in self.people
            wrong = f"{verdict.person!r:.60} is nobody on the roster{hint(verdict.person, self.people)}"
            case.settle(*((PROPOSED,) if known else (FAILED, wrong)))
        return case

    def settle_unknown(self, case: Case) -> None:
        """Say of a verdict without finding whether the id is misspelled, the finding is gone, or nobody can tell."""
        near = next((f.mark for f in self.findings.values() if is_near(f.mark, case.verdict.mark)), None)
        if near:
            case.settle(FAILED, f"No finding has this id; did you mean {near}?")
        elif self.incomplete:
            case.settle(HELD, f"Not found, and nobody can tell why. {self.incomplete}")
        else:
            case.settle(GONE, "There is no such finding any more.")


def judge(verdicts: t.Iterable[Verdict], bench: Bench) -> list[Case]:
    """The cases of all verdicts that are not open."""
    return [bench.case(verdict) for verdict in verdicts if verdict.verb != OPEN]


def is_near(mark: str, other: str) -> bool:
    """Whether two ids of one length differ in a character or two."""
    return 0 < sum(a != b for a, b in zip(mark, other, strict=False)) <= MOST_TYPOS


def proposal(cases: t.Iterable[Case]) -> dict[str, dict[str, str]]:
    """What ``lifecycle_account_names`` would say of the accounts that were assigned."""
    proposed: dict[str, dict[str, str]] = {}
    for case in cases:
        if case.outcome == PROPOSED and case.finding is not None:
            proposed.setdefault(case.verdict.person, {})[case.finding.instance] = case.finding.account
    return proposed
