# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a task: options in, result out. One way for check mode and the real run, whoever the host is."""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._ansible.options import (
    merge,
    one_or_many,
    user_options,
)
from ansible_collections.people.lifecycle.plugins.module_utils._ansible.shown import secrets_in
from ansible_collections.people.lifecycle.plugins.module_utils._ansible.task import Task, Work
from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Client
from ansible_collections.people.lifecycle.plugins.module_utils._core.environment import check_instance, title_of
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError, unexpected
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.outcome import Outcome, tally
from ansible_collections.people.lifecycle.plugins.module_utils._core.reconcile import reconcile
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import Redactor, harmless, printable
from ansible_collections.people.lifecycle.plugins.module_utils._core.system import Operation, Spec, System

MOST_NAMED = 20
LONGEST_MESSAGE, LONGEST_SENTENCE = 2000, 1000


class UserTask:
    """What a ``*_user`` module of ``system`` is: its options, and its work for a host."""

    shares_sign_in = True

    def __init__(self, system: System) -> None:
        self.system = system
        self.spec = merge(system.connection, user_options(system.person, system.shared))
        self.constraints: Values = {
            "required_one_of": [["username", "users"]],
            "mutually_exclusive": [["username", "users"], *(["users", option] for option in system.person)],
        }

    def work(self, task: Task, client: Client) -> Values:
        """Bring the accounts to their wanted state; returns the result, with ``msg`` where something failed."""
        params = task.params
        keep_unchanged = params["return_unchanged"] or params["users"] is None
        outcomes = reconcile(
            one_or_many(params, self.system.person, list(self.system.shared)),
            client,
            self.system.rules,
            check_mode=task.check_mode,
            parallel=client.connection.parallel,
            on_error=params["on_error"],
            keep_unchanged=keep_unchanged,
        )
        shown = [outcome for outcome in outcomes if keep_unchanged or outcome.action != "unchanged"]
        client.notes += [note for outcome in outcomes for note in outcome.notes]
        users = [told(outcome.described(), client.redactor) for outcome in shown]
        traits = self.system.traits
        title = title_of(traits.title, traits.name, params["instance"])
        result: Values = {
            "changed": any(outcome.changed for outcome in outcomes),
            "users": users,
            "summary": summary(outcome.action for outcome in outcomes),
            "diff": [difference(each, f"{title} {traits.called(each.entry)}") for each in outcomes if each.changed],
            "sign_in_refused": any(outcome.error and outcome.error.sign_in_refused for outcome in outcomes),
        }
        if params["users"] is None:
            result["user"] = users[0]
        failed = [user for user in users if user["error"]]
        return {**result, **message(failed, len(outcomes), params["users"] is None, title)}

    def empty(self) -> Values:
        """The result of a task that failed as a whole, before anything was written: the keys are those of any other."""
        return {"changed": False, "users": [], "summary": summary(()), "diff": [], "sign_in_refused": False}


class InfoTask:
    """What a ``*_user_info`` module of ``system`` is."""

    constraints: t.ClassVar[Values] = {}
    shares_sign_in = True

    def __init__(self, system: System) -> None:
        self.system = system
        self.spec = merge(system.connection, system.query)

    def work(self, task: Task, client: Client) -> Values:
        """Read the accounts that the task asks for."""
        users = [found.view() for found in client.accounts(task.params)]
        guards = {}
        if task.params.get("guards"):
            guards = {
                "caller": client.whoami(),
                "administrators": client.administrators(),
                "residual": client.residual(),
                "unseen": client.unseen(),
            }
        return {"changed": False, "users": users, "count": len(users), "sign_in_refused": False, **guards}

    def empty(self) -> Values:
        return {"sign_in_refused": False}


class ReadTask:
    """A task that reads something else than accounts, with ``options`` of its own.

    ``read(client, params)`` returns what the result has beside the usual keys.
    """

    constraints: t.ClassVar[Values] = {}
    shares_sign_in = True

    def __init__(self, system: System, options: Spec, read: t.Callable[[t.Any, Values], Values]) -> None:
        self.system = system
        self.spec = merge(system.connection, options)
        self.read = read

    def work(self, task: Task, client: Client) -> Values:
        return {"changed": False, **self.read(client, task.params), "sign_in_refused": False}

    def empty(self) -> Values:
        return {"sign_in_refused": False}


class OperationTask:
    """A task with ``options`` of its own, such as one about passwords or tokens.

    ``plan(client, params)`` says what is to be done; ``constraints`` are those of an argument spec. Such a task may be
    about the credentials themselves, so that it signs in by itself, whatever other tasks did.
    """

    shares_sign_in = False

    def __init__(
        self, system: System, options: Spec, plan: t.Callable[[t.Any, Values], Operation], **constraints: t.Any
    ) -> None:
        self.system = system
        self.spec = merge(system.connection, options)
        self.constraints = constraints
        self.plan = plan

    def work(self, task: Task, client: Client) -> Values:
        """Carry the operation out, unless in check mode."""
        operation = self.plan(client, task.params)
        more = operation.act() if operation.changed and not task.check_mode else {}
        diff = {"before": operation.before, "after": operation.after}
        return {**operation.result, **more, "changed": operation.changed, "diff": diff, "sign_in_refused": False}

    def empty(self) -> Values:
        return {"sign_in_refused": False}


def run(work: Work, task: Task) -> None:
    """Do the work for a host and hand the result over; whatever happens, it is one sentence and the usual keys."""
    system, name = work.system, task.params["instance"] or work.system.traits.name
    names = {variable: system.environment.renamed(variable, name) for variable in system.variables()}
    kept = task.kept if work.shares_sign_in else None
    redactor = kept.redactor(name, names) if kept else Redactor((), names)
    redactor.learn_all(secrets_in(work.spec, [task.params]))
    unknown: Values = {"address": None, "organization": None, "release": None, "remarks": []}
    instance: Values = {"name": name, "system": system.traits.name, **unknown}
    try:
        if name != system.traits.name:
            check_instance(name, system.variables(name), {system.traits.name: system.variables()})
        connection = work.system.connect(task.params)
        for secret in connection.secrets:
            redactor.learn(secret)
        instance["address"] = connection.url
        warn(task, [*connection.weaknesses], redactor)
        read_only = task.check_mode or isinstance(work, (InfoTask, ReadTask))
        with work.system.client(connection, task.params, redactor, read_only=read_only, kept=kept) as client:
            result = work.work(task, client)
            instance |= {"organization": client.organization(), "release": client.release()}
            instance["remarks"] = [redactor.clean(remark, longest=LONGEST_SENTENCE) for remark in client.remarks]
            warn(task, [*client.remarks, *client.notes], redactor)
    except LifecycleError as error:
        fail(work, task, error, redactor, instance)
        return
    except Exception as error:  # a traceback could show what must not be shown
        fail(work, task, unexpected(error), redactor, instance)
        return
    sentence = result.pop("msg", None)
    result["instance"] = instance
    if sentence is None:
        task.succeed(result)
    else:
        task.fail(sentence, harmless(result))


def fail(work: Work, task: Task, error: LifecycleError, redactor: Redactor, instance: Values) -> None:
    """Hand over that the task failed as a whole."""
    trace = {"exception": error.trace} if error.trace and task.verbosity >= 3 else {}
    refused = {"sign_in_refused": error.sign_in_refused}
    result = {**work.empty(), **refused, **error.details(), **trace, "instance": instance}
    whose = "" if instance["name"] == instance["system"] else f"{instance['name']}: "
    task.fail(redactor.clean(f"{whose}{error}", longest=LONGEST_MESSAGE), result)


def warn(task: Task, notes: t.Sequence[str], redactor: Redactor) -> None:
    """Show each note once, and of very many the first ones; nobody else looks for secrets in warnings."""
    different = list(dict.fromkeys(notes))
    for note in different[:MOST_NAMED]:
        task.warn(redactor.clean(note, longest=LONGEST_SENTENCE))
    if len(different) > MOST_NAMED:
        task.warn(f"And {len(different) - MOST_NAMED} more notes like these.")


def told(user: Values, redactor: Redactor) -> Values:
    """One of ``users`` with its sentences cleaned."""
    clean = functools.partial(redactor.clean, longest=LONGEST_SENTENCE)
    error = user["error"]
    return {**user, "error": clean(error) if error else None, "notes": [clean(note) for note in user["notes"]]}


def summary(actions: t.Iterable[str]) -> dict[str, int]:
    """How many accounts there are of each action that a module knows."""
    return {action: count for action, count in tally(actions).items() if action != "held"}


def message(failed: t.Sequence[Values], count: int, single: bool, title: str, what: str = "accounts") -> Values:
    """``msg`` of a task in which accounts, or ``what`` it is about, failed; nothing where none did."""
    if not failed:
        return {}
    if single:
        error = failed[0]["error"]
        return {"msg": error if title in error else f"{title}: {error}"}
    named = "; ".join(
        error if error.startswith(name) else f"{name}: {error}"
        for name, error in ((printable(user["username"]), user["error"]) for user in failed[:MOST_NAMED])
    )
    more = f"; and {len(failed) - MOST_NAMED} more" if len(failed) > MOST_NAMED else ""
    return {"msg": f"{len(failed)} of {count} {what} in {title} failed: {named}{more}"}


def difference(outcome: Outcome, title: str) -> Values:
    """One entry of the diff, keyed by account; ``title`` names instance and account."""
    before, after = outcome.difference()
    header = printable(title)
    return {
        "username": outcome.username,
        "before_header": header,
        "after_header": header,
        "before": before,
        "after": after,
    }
