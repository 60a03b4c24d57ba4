# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""AnsibleModule for tasks about thousands of people.

AnsibleModule repeats all options in the result and in the system's log, and looks for each secret in each text of them.
With 10,000 people who have a password each, that is 100 million searches or more and a result of megabytes.
"""

from __future__ import annotations

import typing as t

from ansible.module_utils import basic
from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common.warnings import get_deprecation_messages, get_warning_messages

from ansible_collections.people.lifecycle.plugins.module_utils._ansible.mistakes import better_message
from ansible_collections.people.lifecycle.plugins.module_utils._ansible.options import of_instance
from ansible_collections.people.lifecycle.plugins.module_utils._ansible.ready import Ready
from ansible_collections.people.lifecycle.plugins.module_utils._ansible.run import run
from ansible_collections.people.lifecycle.plugins.module_utils._ansible.shown import (
    masked,
    secrets_among,
    secrets_in,
    short,
)
from ansible_collections.people.lifecycle.plugins.module_utils._ansible.task import Work
from ansible_collections.people.lifecycle.plugins.module_utils._core.system import Spec


class Module(AnsibleModule):  # type: ignore[misc]  # ansible-core has no types
    """Says how many ``users`` there are where AnsibleModule repeats them; masks the secrets that are in the result.

    Of ``users`` AnsibleModule sees only those that it would convert or refuse.
    """

    params: dict[str, t.Any]
    argument_spec: dict[str, dict[str, t.Any]]
    no_log_values: set[str]
    _given: dict[str, t.Any]  # the options as they came
    _users: Ready
    _shown: dict[str, t.Any] | None = None

    def __init__(self, **options: t.Any) -> None:
        super().__init__(**options)
        self.validation_result = None  # it has all options once more
        self._given = {}
        if self._users.left is not None:
            self.params["users"] = self._users.among(self.params["users"])
            if not self._users.left:
                self._given["users"] = self.params["users"]  # the same in memory once, whatever is made of it
            del self._users

    def _load_params(self) -> None:
        super()._load_params()
        self._given = {key: value for key, value in self.params.items() if not key.startswith("_ansible_")}
        self.argument_spec = self._own_spec()
        self._users = Ready(self.argument_spec, self._given)
        if self._users.left is not None:
            self.params["users"] = self._users.left
        copied = getattr(basic, "_PARSED_MODULE_ARGS", None)
        if copied:
            copied.pop("users", None)

    def _own_spec(self) -> Spec:
        """The options of this task, which may depend on those that are given."""
        return self.argument_spec

    def exit_json(self, **result: t.Any) -> None:
        super().exit_json(**self._ready(result))

    def fail_json(self, msg: str, **result: t.Any) -> None:
        super().fail_json(**self._ready({"msg": msg, **result}))

    def _log_invocation(self) -> None:
        params, secrets = self.params, self.no_log_values
        self.params = self._short_params()
        self.no_log_values = secrets_among(self.no_log_values, self.params)
        try:
            super()._log_invocation()
        finally:
            self.params, self.no_log_values = params, secrets

    def _ready(self, result: dict[str, t.Any]) -> dict[str, t.Any]:
        """``result`` with the options and without secrets;
        leaves in ``no_log_values`` only what else they may be in.
        """
        result = {"invocation": {"module_args": self._short_params()}, **result}
        self.no_log_values.update(secrets_in(self.argument_spec, [self.params, self._given]))
        shown = [result, get_warning_messages(), get_deprecation_messages()]
        self.no_log_values = secrets_among(self.no_log_values, shown)
        return dict(masked(result, self.no_log_values))

    def _short_params(self) -> dict[str, t.Any]:
        if self._shown is None:
            users = self._given.get("users")
            self._shown = short({**self.params, "users": users} if isinstance(users, list) else self.params)
        return self._shown


class ModuleTask(Module):
    """AnsibleModule as the host of a run; its process does one task, so that there is nothing to keep."""

    kept = None

    def __init__(self, work: Work) -> None:
        self._environment = work.system.environment
        try:
            super().__init__(argument_spec=work.spec, supports_check_mode=True, **work.constraints)
        except TypeError as error:  # ansible-core's own, about a value where a dictionary should be
            self.fail_json(f"The options cannot be read: {error}.")

    def _own_spec(self) -> Spec:
        return of_instance(self.argument_spec, self._environment, self._given.get("instance"))

    def fail_json(self, msg: str, **result: t.Any) -> None:
        better = better_message(self.argument_spec, self._given) if self._given else None
        super().fail_json(better or msg, **result)

    @property
    def verbosity(self) -> int:
        return int(getattr(self, "_verbosity", 0))

    def succeed(self, result: dict[str, t.Any]) -> None:
        self.exit_json(**result)

    def fail(self, message: str, result: dict[str, t.Any]) -> None:
        self.fail_json(msg=message, **result)


def run_module(work: Work) -> None:
    """The whole of a module: ``work`` with AnsibleModule as its host."""
    run(work, ModuleTask(work))
