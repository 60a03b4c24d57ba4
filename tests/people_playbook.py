# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a role by a real ansible-playbook against a company's services."""

from __future__ import annotations

import dataclasses
import json
import pathlib
import re
import typing as t

import yaml

import programs
import report_schema

Values = dict[str, t.Any]


@dataclasses.dataclass
class Done:
    """What a run left: its output, the fact with the report, the whole report where it was written."""

    code: int
    output: str
    fact: Values
    report: Values

    def lines(self, instance: str) -> dict[str, Values]:
        """The lines of one instance by person, of those who have one each."""
        found = {}
        for person in self.report["people"]:
            for line in person["accounts"].get(instance, ()):
                assert line["person"] not in found, "two accounts of one person"
                found[line["person"]] = line
        return found

    @property
    def failure(self) -> str:
        """What the task that failed says; empty where none did."""
        found = re.search(r"FAILED! => (?=\{)", self.output)
        said = json.JSONDecoder().raw_decode(self.output, found.end())[0]["msg"] if found else ""
        return "\n".join(said) if isinstance(said, list) else str(said)

    @property
    def console(self) -> list[str]:
        """The block with which the role ends."""
        found = re.search(
            r"TASK \[people.lifecycle.\w+ : Say what was (?:done|found).*?=> (?=\{)", self.output, re.DOTALL
        )
        said = json.JSONDecoder().raw_decode(self.output, found.end())[0]["msg"] if found else []
        return [said] if isinstance(said, str) else list(said)


def play(
    folder: pathlib.Path,
    role: str,
    variables: Values,
    *arguments: str,
    module_defaults: Values | None = None,
    inventory: str = "localhost ansible_connection=local\n",
    tasks: str = "main",
) -> Done:
    """Run the role ``role``, or other ``tasks`` of it, with ``variables`` of the play;
    what is written lies in ``folder``.
    """
    fact, key = folder / "fact.json", f"{role}_report_data" if tasks == "main" else f"{role}_{tasks}_report_data"
    fact.unlink(missing_ok=True)
    keep = {"content": f"{{{{ {key} | default({{}}) | to_json }}}}", "dest": str(fact), "mode": "0600"}
    book = {
        "hosts": "localhost",
        "gather_facts": False,
        "vars": {f"{role}_report_dir": str(folder / "reports"), **variables},
        "module_defaults": module_defaults or {},
        "tasks": [
            {
                "block": [{"ansible.builtin.include_role": {"name": f"people.lifecycle.{role}", "tasks_from": tasks}}],
                "always": [{"ansible.builtin.copy": keep, "check_mode": False, "diff": False, "changed_when": False}],
            }
        ],
    }
    (folder / "play.yml").write_text(yaml.safe_dump([book], sort_keys=False, allow_unicode=True), encoding="utf-8")
    (folder / "hosts.ini").write_text(inventory, encoding="utf-8")
    done = programs.ansible(
        "playbook", folder, "-i", "hosts.ini", "play.yml", *arguments, ANSIBLE_SHOW_CUSTOM_STATS="1"
    )
    output = done.stdout + done.stderr
    assert fact.exists(), output
    small = json.loads(fact.read_text())
    if small:
        report_schema.check(small, "stats")
    path = small.get("files", {}).get("json")
    report = json.loads(pathlib.Path(path).read_text()) if path else {}
    if report:
        report_schema.check(report)
    return Done(done.returncode, output, small, report)
