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
from ansible_collections.people.lifecycle.plugins.module_utils._ansible.run import run
from ansible_collections.people.lifecycle.plugins.module_utils._ansible.shown import (
    masked,
    secrets_among,
    secrets_in,
    short,
)
from ansible_collections.people.lifecycle.plugins.module_utils._ansible.task import Work


class Module(AnsibleModule):  # type: ignore[misc]  # ansible-core has no types
    """Says how many ``users`` there are where AnsibleModule repeats them; masks the secrets that are in the result."""

    params: dict[str, t.Any]
    argument_spec: dict[str, dict[str, t.Any]]
    no_log_values: set[str]
    _shown: dict[str, t.Any] | None = None

    def __init__(self, **options: t.Any) -> None:
        super().__init__(**options)
        self._short_params()  # while there is something to count
        self._forget_copies()

    def _forget_copies(self) -> None:
        """Let go of what AnsibleModule has twice: the options as they came, and the secrets among them."""
        self.validation_result = None
        as_they_came = getattr(basic, "_PARSED_MODULE_ARGS", None)
        if as_they_came:
            as_they_came.pop("users", None)

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
        self.no_log_values.update(secrets_in(self.argument_spec, [self.params]))
        shown = [result, get_warning_messages(), get_deprecation_messages()]
        self.no_log_values = secrets_among(self.no_log_values, shown)
        return dict(masked(result, self.no_log_values))

    def _short_params(self) -> dict[str, t.Any]:
        if self._shown is None:
            self._shown = short(self.params)
        return self._shown


class ModuleTask(Module):
    """AnsibleModule as the host of a run; its process does one task, so that there is nothing to keep."""

    kept = None
    _unchecked: dict[str, t.Any] | None = None  # the options as they came, until they are found right

    def __init__(self, work: Work) -> None:
        self._environment = work.system.environment
        super().__init__(argument_spec=work.spec, supports_check_mode=True, **work.constraints)
        self._unchecked = None

    def _load_params(self) -> None:
        super()._load_params()
        self._unchecked = {key: value for key, value in self.params.items() if not key.startswith("_ansible_")}
        self.argument_spec = of_instance(self.argument_spec, self._environment, self.params.get("instance"))

    def fail_json(self, msg: str, **result: t.Any) -> None:
        better = better_message(self.argument_spec, self._unchecked) if self._unchecked is not None else None
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
