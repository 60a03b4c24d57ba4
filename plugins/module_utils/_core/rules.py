# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Why an entry cannot be done: every refusal is a rule, with one protocol, and this is the only place that judges.

A rule is given the entries that nothing speaks against so far, and says which of them cannot be done, and why. Rules
about the options are judged before anything is read; rules about plans when all of them are known, and before any
write. Names and values are judged where they would be written: whatever a system really has can be closed, however it
is named.
"""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Client
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError, Refused
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Options
from ansible_collections.people.lifecycle.plugins.module_utils._core.outcome import Outcome
from ansible_collections.people.lifecycle.plugins.module_utils._core.plan import Plan
from ansible_collections.people.lifecycle.plugins.module_utils._core.sharing import others, sharing
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import enumeration, first_of, unstorable

LONGEST_NAME = 255
OPTIONS, PLAN = "options", "plan"

Objection = tuple[Outcome, "str | LifecycleError"]
JudgeAll = t.Callable[[t.Sequence[Outcome], t.Any], t.Iterable[Objection]]
JudgeOptions = t.Callable[[Options, t.Any], t.Iterable[str]]
JudgePlan = t.Callable[[Plan, t.Any], t.Iterable[str]]  # a system's own rules know its own client


class Rule(t.NamedTuple):
    """``name`` says what must hold, ``stage`` when it is judged: by the ``OPTIONS``, or by the ``PLAN``.

    Rules ``of_writes`` are about entries of which something would be written alone.
    """

    name: str
    stage: str
    judge: JudgeAll
    of_writes: bool = False


def together(name: str, stage: str) -> t.Callable[[JudgeAll], Rule]:
    """Makes a rule of a function that looks at all entries together."""
    return lambda judge: Rule(name, stage, judge)


def by_options(name: str) -> t.Callable[[JudgeOptions], Rule]:
    """Makes a rule of a function that gives sentences about the options of one entry."""

    def rule(judge: JudgeOptions) -> Rule:
        def judge_all(outcomes: t.Sequence[Outcome], client: Client) -> t.Iterator[Objection]:
            for outcome in outcomes:
                for sentence in judge(outcome.entry, client):
                    yield outcome, sentence

        return Rule(name, OPTIONS, judge_all)

    return rule


def by_plan(name: str) -> t.Callable[[JudgePlan], Rule]:
    """Makes a rule of a function that gives sentences about the plan of one entry."""

    def rule(judge: JudgePlan) -> Rule:
        def judge_all(outcomes: t.Sequence[Outcome], client: Client) -> t.Iterator[Objection]:
            for outcome in outcomes:
                if outcome.plan is not None:
                    try:
                        sentences = [*judge(outcome.plan, client)]
                    except LifecycleError as error:  # what has to be asked for one account concerns that one alone
                        yield outcome, error
                        continue
                    if sentences:
                        yield outcome, first_of(sentences)

        return Rule(name, PLAN, judge_all)

    return rule


def by_writes(name: str) -> t.Callable[[JudgePlan], Rule]:
    """Makes a rule as ``by_plan`` does, about entries of which something would be written alone."""

    return lambda judge: by_plan(name)(judge)._replace(of_writes=True)


def judge(outcomes: t.Sequence[Outcome], client: Client, rules: t.Iterable[Rule], stage: str) -> None:
    """Mark every entry that a rule speaks against as failed,
    with the sentences of the first rule (of options: of all).
    """
    writing = [outcome for outcome in outcomes if outcome.plan]
    for rule in rules:
        if rule.stage != stage:
            continue
        concerned = writing if rule.of_writes else outcomes
        standing = [outcome for outcome in concerned if outcome.error is None or stage == OPTIONS]
        for outcome, reason in rule.judge(standing, client):
            if isinstance(reason, LifecycleError):
                outcome.error = reason
            elif outcome.error is None:
                named = reason.startswith((outcome.username or "username", repr(outcome.username)))
                outcome.error = Refused(reason if named else f"{outcome.username}: {reason}")
            else:
                outcome.error = Refused(f"{outcome.error} {reason}")


@by_options("A user name is not empty")
def name_given(entry: Options, client: Client) -> t.Iterator[str]:
    if not entry["username"]:
        yield "username is empty."


@together("Text can be sent and stored", OPTIONS)
def text_storable(outcomes: t.Sequence[Outcome], client: Client) -> t.Iterator[Objection]:
    shared = {id(outcome.entry.shared): outcome.entry.shared for outcome in outcomes}
    in_shared = {known: unstorable(options) for known, options in shared.items()}  # once for all that share it
    for outcome in outcomes:
        entry = outcome.entry
        for option in (*unstorable(entry), *(other for other in in_shared[id(entry.shared)] if other not in entry)):
            yield outcome, f"{option} holds a NUL or half a character (a lone surrogate), which cannot be stored."


@by_options("Only what can be disabled is disabled")
def can_disable(entry: Options, client: Client) -> t.Iterator[str]:
    traits = client.traits
    if not traits.can_disable and (entry["state"] == "disabled" or entry["enabled"] is not None):
        yield f"{traits.title} cannot enable or disable accounts. {traits.cannot_disable}"


@by_options("Only passwords that can be changed are changed")
def can_set_password(entry: Options, client: Client) -> t.Iterator[str]:
    if not client.traits.can_set_password and entry["update_password"] == "always" and entry["password"]:
        yield client.traits.cannot_set_password


@by_options("The options of an entry do not contradict each other")
def agrees(entry: Options, client: Client) -> t.Iterator[str]:
    if entry["state"] != "present" and entry["enabled"] is True:
        yield f"enabled: true contradicts state: {entry['state']}."


@together("What must be unique is given to one account only", OPTIONS)
def unique_values(outcomes: t.Sequence[Outcome], client: Client) -> t.Iterator[Objection]:
    for option in client.traits.unique:
        given = ((outcome.entry[option], outcome) for outcome in outcomes if outcome.entry["state"] == "present")
        for value, several in sharing(given).items():
            for outcome in several:
                yield outcome, f"{others(several, outcome)} in the same task has the same {option}, {value}."


@by_plan("It is clear which account is meant")
def clear(plan: Plan, client: Client) -> t.Iterable[str]:
    return plan.found.unclear


@by_plan("What an account shall be a member of exists")
def memberships_exist(plan: Plan, client: Client) -> t.Iterable[str]:
    return plan.wanted.unknown


@by_plan("Nothing is added and removed at once")
def memberships_agree(plan: Plan, client: Client) -> t.Iterator[str]:
    for kind, change in plan.wanted.memberships.items():
        both = [str(membership.shown) for membership in change.add if membership in change.remove]
        if both:
            yield f"{kind}.add and {kind}.remove both name {both[0]}."


@by_writes("A new user name has 1 to 255 printable characters without blanks around")
def name_fits(plan: Plan, client: Client) -> t.Iterator[str]:
    name = new_name(plan)
    if name is not None and (len(name) > LONGEST_NAME or name != name.strip() or not name.isprintable()):
        yield f"{name!r:.80} cannot be a user name: 1 to {LONGEST_NAME} printable characters without blanks around."
    elif name in (".", ".."):
        yield f"{name!r} cannot be a user name: it has another meaning in a web address."


@by_writes("Nothing else has the name or the address that an account takes")
def no_rivals(plan: Plan, client: Client) -> t.Iterable[str]:
    return plan.found.rivals


@by_writes("A new account has what it needs")
def complete(plan: Plan, client: Client) -> t.Iterator[str]:
    missing = client.traits.needed_to_create(plan.wanted) if "create" in plan.verbs else []
    if missing:
        yield (
            f"{plan.wanted.username} does not exist yet, and creating an account in {client.traits.title} needs "
            f"{enumeration(missing)}."
        )


@by_writes("A disabled account is enabled for a change only when the task says so")
def says_whether_enabled(plan: Plan, client: Client) -> t.Iterator[str]:
    if plan.reopens and plan.wanted.enabled is None:
        yield (
            f"{plan.wanted.username} is disabled, and {client.traits.title} changes only enabled accounts. Set "
            "enabled: true to enable the account, or enabled: false to have it enabled for the moment of the change."
        )


@together("The calling account is never disabled or removed", PLAN)
def caller_stays(outcomes: t.Sequence[Outcome], client: Client) -> t.Iterator[Objection]:
    leaving = [(outcome, outcome.plan) for outcome in outcomes if outcome.plan and outcome.plan.wanted.leaves]
    if not leaving:
        return
    caller = client.traits.key(client.whoami())
    for outcome, plan in leaving:
        account = plan.found.account
        names = {plan.wanted.username, account.username if account else plan.wanted.username}
        loses = {"delete", "disable", "revoke_tokens"} & set(plan.verbs)
        if loses and caller in map(client.traits.key, names) and not plan.wanted.switches.get("force"):
            yield (
                outcome,
                f"{plan.wanted.username} is the account that this task runs with; it is never disabled or removed.",
            )


def new_name(plan: Plan) -> str | None:
    """The user name that the plan would write; None where it writes none."""
    if "create" in plan.verbs and plan.after.account is not None:
        return plan.after.account.username
    if plan and plan.wanted.state == "present" and plan.found.account is None:
        return plan.wanted.username
    return plan.values.get("username")


COMMON = (
    name_given,
    text_storable,
    can_disable,
    can_set_password,
    agrees,
    unique_values,
    clear,
    memberships_exist,
    memberships_agree,
    name_fits,
    no_rivals,
    complete,
    says_whether_enabled,
    caller_stays,
)
