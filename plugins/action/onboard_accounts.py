# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Brings the accounts of many people in one system to what their profiles give, in batches."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.plugin_utils._action import LifecycleAction
from ansible_collections.people.lifecycle.plugins.plugin_utils._batches import Module
from ansible_collections.people.lifecycle.plugins.plugin_utils._given import choice, flag, mapping, number, plain, text
from ansible_collections.people.lifecycle.plugins.plugin_utils._handover import Handover, VaultFile
from ansible_collections.people.lifecycle.plugins.plugin_utils._join import Settings, join
from ansible_collections.people.lifecycle.plugins.plugin_utils._systems import SYSTEMS

BATCH = 500


class ActionModule(LifecycleAction):
    _VALID_ARGS = frozenset(
        (
            "system",
            "accounts",
            "plan",
            "connection",
            "parallel",
            "batch_size",
            "reenable",
            "remove_old_access",
            "reset_mail",
            "credentials",
            "credentials_file",
            "credentials_vault_password",
        )
    )

    def work(self, arguments: dict[str, t.Any]) -> dict[str, t.Any]:
        rules = SYSTEMS[choice(arguments.get("system"), "system", list(SYSTEMS), "")]
        accounts = self.accounts(arguments, rules.name)
        settings = Settings(
            batch_size=number(arguments.get("batch_size"), "onboard_batch_size", BATCH),
            reenable=flag(arguments.get("reenable"), "onboard_reenable"),
            remove_old_access=flag(arguments.get("remove_old_access"), "onboard_remove_old_access"),
            reset_mail=flag(arguments.get("reset_mail"), "onboard_reset_mail"),
        )
        module = Module(
            rules,
            self.run_module,
            mapping(arguments.get("connection"), f"onboard_connections.{rules.name}"),
            number(arguments.get("parallel"), "onboard_parallel", 4),
            self.check,
        )
        rows = join(accounts, module, settings, self.handover(arguments), self.progress)
        return self.result_of(rules, rows)

    def accounts(self, arguments: dict[str, t.Any], system: str) -> list[dict[str, t.Any]]:
        """The accounts of ``system``, from the task or from the plan."""
        if arguments.get("plan"):
            return t.cast("list[dict[str, t.Any]]", self.kept(arguments["plan"], "plan")[system])
        accounts = arguments.get("accounts")
        if not isinstance(accounts, list):
            raise InputError("accounts must be a list, as the filter people.lifecycle.wanted_accounts makes it.")
        return t.cast("list[dict[str, t.Any]]", plain(accounts))

    def handover(self, arguments: dict[str, t.Any]) -> Handover:
        """Where the new passwords go."""
        if choice(arguments.get("credentials"), "onboard_credentials", ["none", "vault_file"], "none") == "none":
            return Handover()
        return VaultFile(
            text(arguments.get("credentials_file"), "onboard_credentials_file"),
            text(arguments.get("credentials_vault_password"), "onboard_credentials_vault_password"),
        )
