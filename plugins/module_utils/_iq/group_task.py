# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What ``iq_group_grants`` is: its options, and its work, which is the same path that accounts take."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._ansible.options import (
    RUN_OPTIONS,
    membership_option,
    merge,
)
from ansible_collections.people.lifecycle.plugins.module_utils._ansible.run import difference, message, told
from ansible_collections.people.lifecycle.plugins.module_utils._ansible.task import Task
from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Client
from ansible_collections.people.lifecycle.plugins.module_utils._core.environment import title_of
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Options, Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.outcome import Outcome
from ansible_collections.people.lifecycle.plugins.module_utils._core.reconcile import reconcile
from ansible_collections.people.lifecycle.plugins.module_utils._core.system import Spec
from ansible_collections.people.lifecycle.plugins.module_utils._iq.groups import RULES, GroupClient
from ansible_collections.people.lifecycle.plugins.module_utils._iq.system import GRANT, IQ

ACTIONS = ("updated", "unchanged", "failed")
NAME: Spec = {"group": {"type": "str", "aliases": ["name"]}}
SHARED: Spec = {"grants": membership_option(GRANT), "force": {"type": "bool", "default": False}}
EACH: Spec = {
    "group": {**NAME["group"], "required": True},
    "grants": SHARED["grants"],
    "force": {"type": "bool"},
}


class GroupTask:
    """A task about roles of one group, or of many."""

    shares_sign_in = True
    constraints: t.ClassVar[Values] = {
        "required_one_of": [["group", "groups"]],
        "mutually_exclusive": [["group", "groups"]],
    }

    def __init__(self) -> None:
        self.system = IQ._replace(traits=GroupClient.traits, client=GroupClient, own_rules=RULES)
        many: Spec = {"groups": {"type": "list", "elements": "dict", "options": EACH}}
        self.spec = merge(IQ.connection, NAME, SHARED, many, RUN_OPTIONS)

    def work(self, task: Task, client: Client) -> Values:
        """Bring the groups of the task to the wanted roles; returns the result, with ``msg`` where something failed."""
        params, single = task.params, task.params["groups"] is None
        keep_unchanged = params["return_unchanged"] or single
        outcomes = reconcile(
            entries(params),
            client,
            RULES,
            check_mode=task.check_mode,
            parallel=client.connection.parallel,
            on_error=params["on_error"],
            keep_unchanged=keep_unchanged,
        )
        client.notes += [note for outcome in outcomes for note in outcome.notes]
        shown = [outcome for outcome in outcomes if keep_unchanged or outcome.action != "unchanged"]
        described = [told(outcome.described(), client.redactor) for outcome in shown]
        title = title_of(client.traits.title, client.traits.name, params["instance"])
        groups = [group_of(each) for each in described]
        failed = [each for each in described if each["error"]]
        return {
            "changed": any(outcome.changed for outcome in outcomes),
            "groups": groups,
            **({"group": groups[0]} if single else {}),
            "summary": summary(outcomes),
            "diff": [
                difference(each, f"{title} {client.traits.called(each.entry)}") for each in outcomes if each.changed
            ],
            "sign_in_refused": any(outcome.error and outcome.error.sign_in_refused for outcome in outcomes),
            **message(failed, len(outcomes), single, title, "groups"),
        }

    def empty(self) -> Values:
        """The result of a task that failed as a whole."""
        return {"changed": False, "groups": [], "summary": summary(()), "diff": [], "sign_in_refused": False}


def entries(params: Values) -> list[Options]:
    """The groups of a task, each as an entry like that of an account;
    what is given beside ``groups`` holds for each.
    """
    given = [{"group": params["group"]}] if params["groups"] is None else params["groups"]
    shared = {"state": "present", **{name: params[name] for name in SHARED}}
    return [
        Options({"username": each["group"], **{n: each[n] for n in SHARED if each.get(n) is not None}}, shared)
        for each in given
    ]


def summary(outcomes: t.Iterable[Outcome]) -> dict[str, int]:
    """How many groups there are of each action."""
    actions = [outcome.action for outcome in outcomes]
    return {action: actions.count(action) for action in ACTIONS}


def group_of(described: Values) -> Values:
    """One of ``groups`` in the result."""
    kept = {name: described[name] for name in ("action", "changes", "done", "error", "notes")}
    return {"group": described["username"], "grants": described["account"].get("grants", []), **kept}
