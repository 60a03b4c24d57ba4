# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes the report of a run as JSON and as a page, and returns its small form."""

from __future__ import annotations

import datetime
import json
import os
import re
import tempfile
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.plugin_utils._action import LifecycleAction
from ansible_collections.people.lifecycle.plugins.plugin_utils._given import choice, flag, text
from ansible_collections.people.lifecycle.plugins.plugin_utils._page import page
from ansible_collections.people.lifecycle.plugins.plugin_utils._report import Run, build, failure, small
from ansible_collections.people.lifecycle.plugins.plugin_utils._shard import read_shard

FOLDER = "lifecycle-reports"


class ActionModule(LifecycleAction):
    _VALID_ARGS = frozenset(
        ("kind", "run", "shard", "results", "plan", "mode", "credentials", "credentials_file", "write", "folder")
    )

    def work(self, arguments: dict[str, t.Any]) -> dict[str, t.Any]:
        kind = choice(arguments.get("kind"), "kind", ["onboard", "offboard"], "")
        results = [
            self.kept(one["details"], "results")
            for one in arguments.get("results") or []
            if isinstance(one, dict) and one.get("details")
        ]
        plan = self.kept(arguments.get("plan"), "plan")
        run = Run(
            kind=kind,
            id=self.named(arguments, kind),
            check=self.check,
            now=datetime.datetime.now(datetime.timezone.utc),
            mode=choice(arguments.get("mode"), "offboard_mode", ["disable", "delete"], "disable") if kind == "offboard" else "",
            credentials=text(arguments.get("credentials"), "onboard_credentials", "none"),
            credentials_file=text(arguments.get("credentials_file"), "onboard_credentials_file"),
        )
        report = build(run, plan["people"], results, plan.get("waiting", []))
        files = {}
        if flag(arguments.get("write"), f"{kind}_report", True):
            files = self.write(report, text(arguments.get("folder"), f"{kind}_report_dir", FOLDER))
        key = re.sub(r"\W", "_", f"{kind}_{run.id}")
        return {"changed": False, "key": key, "failure": failure(report), "report": {**small(report), "files": files}}

    def named(self, arguments: dict[str, t.Any], kind: str) -> str:
        """The name of the run and its shard, fit to be part of a file's name."""
        shard = read_shard(arguments.get("shard"), f"{kind}_shard")
        part = f"-s{shard.number}-{shard.of}" if shard.of > 1 else ""
        return re.sub(r"[^A-Za-z0-9._-]", "-", text(arguments.get("run"), f"{kind}_run", "run") + part)

    def write(self, report: dict[str, t.Any], folder: str) -> dict[str, str]:
        """Write both files, readable by their owner only; returns their paths."""
        folder = os.path.abspath(os.path.expanduser(folder))
        name = f"{report['kind']}-{report['run']}{'-preview' if report['check_mode'] else ''}"
        files = {}
        try:
            os.makedirs(folder, mode=0o700, exist_ok=True)
            for kind, content in (("json", json.dumps(report, indent=1, ensure_ascii=False)), ("html", page(report))):
                handle, temporary = tempfile.mkstemp(dir=folder)
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(content + "\n")
                files[kind] = os.path.join(folder, f"{name}.{kind}")
                os.replace(temporary, files[kind])
        except OSError as error:
            raise InputError(f"The report cannot be written into {folder}: {error.strerror}.") from None
        return files
