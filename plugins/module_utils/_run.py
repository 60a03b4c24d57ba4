# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a module: options in, result out. The only place that knows AnsibleModule, exit_json and fail_json."""

from __future__ import annotations

import collections
import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._bring import Result, bring, described
from ansible_collections.people.lifecycle.plugins.module_utils._client import Client
from ansible_collections.people.lifecycle.plugins.module_utils._errors import LifecycleError, unexpected
from ansible_collections.people.lifecycle.plugins.module_utils._module import Module
from ansible_collections.people.lifecycle.plugins.module_utils._options import (
    Spec,
    merge,
    one_or_many,
    user_options,
)
from ansible_collections.people.lifecycle.plugins.module_utils._redact import Redactor

ACTIONS = ("created", "updated", "enabled", "disabled", "deleted", "unchanged", "failed")
MOST_NAMED = 20


@dataclasses.dataclass(frozen=True)
class System:
    """A system as modules see it: its options and its client.

    ``person`` are options of one account, ``shared`` those that may also hold for many; ``query`` those of the info
    module.
    """

    title: str
    connection: Spec
    person: Spec
    shared: Spec
    query: Spec
    client: type[Client]


@dataclasses.dataclass(frozen=True)
class Action:
    """What a module that is not about the state of accounts would do, found out without changing anything.

    ``act`` carries it out, outside of check mode and only where ``changed`` says so; what it returns adds to ``result``.
    ``before`` and ``after`` are the diff; where nothing can be compared, ``changed`` is always true and the module's
    documentation says so.
    """

    changed: bool
    act: t.Callable[[], dict[str, t.Any]]
    result: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    before: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    after: dict[str, t.Any] = dataclasses.field(default_factory=dict)


def run_user_module(system: System) -> None:
    """The ``*_user`` module of ``system``."""
    spec = merge(system.connection, user_options(system.person, system.shared))
    module = Module(
        argument_spec=spec,
        supports_check_mode=True,
        required_one_of=[["username", "users"]],
        mutually_exclusive=[["username", "users"], *(["users", option] for option in system.person)],
    )
    redactor = Redactor(secrets_in(spec, module.params))
    entries = one_or_many(module.params, system.person, list(system.shared))
    try:
        with system.client(module.params, redactor, module.check_mode) as client:
            results = bring(
                entries,
                client,
                check_mode=module.check_mode,
                parallel=client.connection.parallel,
                on_error=module.params["on_error"],
                keep_unchanged=keeps_unchanged(module),
            )
            notes = client.notes
    except LifecycleError as error:
        fail(module, error, redactor, **nothing_done())
        return
    except Exception as error:  # a traceback could show what must not be shown
        fail(module, unexpected(error), redactor, **nothing_done())
        return
    finish(module, results, notes, system.title, redactor)


def run_info_module(system: System) -> None:
    """The ``*_user_info`` module of ``system``."""
    spec = merge(system.connection, system.query)
    module = Module(argument_spec=spec, supports_check_mode=True)
    redactor = Redactor(secrets_in(spec, module.params))
    try:
        with system.client(module.params, redactor, True) as client:
            users = [found.view() for found in client.accounts(module.params)]
            guards = guards_of(client) if module.params.get("guards") else {}
            notes = client.notes
    except LifecycleError as error:
        fail(module, error, redactor)
        return
    except Exception as error:  # a traceback could show what must not be shown
        fail(module, unexpected(error), redactor)
        return
    warn(module, notes, redactor)
    module.exit_json(changed=False, users=users, count=len(users), **guards)


def run_action_module(
    system: System, options: Spec, plan: t.Callable[[t.Any, dict[str, t.Any]], Action], **rules: t.Any
) -> None:
    """A module with ``options`` of its own, such as one for passwords or tokens.

    ``plan(client, params)`` says what is to be done; ``rules`` go to AnsibleModule (``mutually_exclusive`` and so on).
    """
    spec = merge(system.connection, options)
    module = Module(argument_spec=spec, supports_check_mode=True, **rules)
    redactor = Redactor(secrets_in(spec, module.params))
    try:
        with system.client(module.params, redactor, module.check_mode) as client:
            action = plan(client, module.params)
            more = action.act() if action.changed and not module.check_mode else {}
            notes = client.notes
    except LifecycleError as error:
        fail(module, error, redactor)
        return
    except Exception as error:  # a traceback could show what must not be shown
        fail(module, unexpected(error), redactor)
        return
    warn(module, notes, redactor)
    outcome = {**action.result, **more, "changed": action.changed}
    module.exit_json(**outcome, diff={"before": action.before, "after": action.after})


def guards_of(client: Client) -> dict[str, t.Any]:
    """Who must not be removed by whoever plans removals: results of the option ``guards`` of an info module."""
    return {"caller": client.whoami(), "administrators": client.administrators()}


def secrets_in(spec: Spec, *holders: dict[str, t.Any]) -> t.Iterator[str]:
    """Every value of an option that is marked as secret in ``holders`` (options by name), in nested options too."""
    for name, option in spec.items():
        if option.get("no_log"):
            yield from (holder[name] for holder in holders if isinstance(holder.get(name), str))
        if option.get("options"):
            values = [holder[name] for holder in holders if holder.get(name)]
            inner = [each for value in values for each in (value if isinstance(value, list) else [value])]
            yield from secrets_in(option["options"], *inner)


def fail(module: Module, error: LifecycleError, redactor: Redactor, **result: t.Any) -> None:
    module.fail_json(msg=redactor.clean(str(error), longest=2000), **error.details(), **result)


def nothing_done() -> dict[str, t.Any]:
    """The result of a task that failed as a whole, before anything was written: the keys are those of any other."""
    return {"changed": False, "users": [], "summary": dict.fromkeys(ACTIONS, 0), "diff": []}


def warn(module: Module, notes: t.Sequence[str], redactor: Redactor) -> None:
    """Show each note once, and of very many the first ones; AnsibleModule looks for no secrets in warnings."""
    different = list(dict.fromkeys(notes))
    for note in different[:MOST_NAMED]:
        module.warn(redactor.clean(note, longest=1000))
    if len(different) > MOST_NAMED:
        module.warn(f"And {len(different) - MOST_NAMED} more notes like these.")


def finish(
    module: Module, results: t.Sequence[Result], notes: t.Sequence[str], title: str, redactor: Redactor
) -> None:
    """Leave with the result: the same keys always, in check mode too."""
    many = module.params["users"] is not None
    keep = keeps_unchanged(module)
    noted, told = list(notes), []
    actions = collections.Counter(result.action for result in results)
    for result in results:
        if result.plan is not None:
            noted += result.plan.notes
        if keep or result.action != "unchanged":
            told.append(described(result))
            told[-1]["notes"] = [redactor.clean(note, longest=1000) for note in told[-1]["notes"]]
            if result.error:
                told[-1]["error"] = redactor.clean(str(result.error), longest=1000)
    warn(module, noted, redactor)
    outcome: dict[str, t.Any] = {
        "changed": any(result.changed for result in results),
        "users": told,
        "summary": {action: actions[action] for action in ACTIONS},
        "diff": [difference(result, title) for result in results if result.plan and not result.error],
    }
    if not many:
        outcome["user"] = told[0]
    failed = [one for one in told if one["action"] == "failed"]
    if not failed:
        module.exit_json(**outcome)
    elif not many:
        module.fail_json(msg=failed[0]["error"], **outcome)
    else:
        named = "; ".join(f"{one['username']}: {one['error']}" for one in failed[:MOST_NAMED])
        more = f"; and {len(failed) - MOST_NAMED} more" if len(failed) > MOST_NAMED else ""
        module.fail_json(msg=f"{len(failed)} of {len(results)} accounts failed: {named}{more}", **outcome)


def keeps_unchanged(module: Module) -> bool:
    """Whether the result shows accounts where nothing was to be done."""
    return module.params["return_unchanged"] or module.params["users"] is None


def difference(result: Result, title: str) -> dict[str, t.Any]:
    """One entry of the diff, keyed by account."""
    before, after = result.plan.difference() if result.plan else ({}, {})
    header = f"{title} {result.wanted.username}"
    return {"before_header": header, "after_header": header, "before": before, "after": after}
