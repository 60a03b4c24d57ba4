# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the demo runs on: a sandbox of its own, and playbooks by their full names."""

from __future__ import annotations

import dataclasses
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import time
import typing as t
import urllib.request

import yaml

PROJECT = pathlib.Path(__file__).resolve().parents[2]
OWN_SESSION = "/users/tokens/revoke"  # the end of a session that the run itself began
SIGN_IN = {
    "iics": ("admin@example.com", "Sandbox-admin-1"),
    "iics_dev": ("admin@example.com", "Sandbox-admin-1"),
    "iq": ("admin", "admin123"),
    "magistrala": ("admin", "12345678"),
}


class Sandboxes:
    """Two organizations of IICS and one of each other system, Magistrala of one generation,
    as a process that ends with this one.
    """

    def __init__(self, folder: pathlib.Path, magistrala_profile: str) -> None:
        self.profile = magistrala_profile
        self.ready = folder / "sandbox.json"
        self.log = folder / "sandbox.log"
        self.urls: dict[str, str] = {}

    def __enter__(self) -> Sandboxes:
        command = [sys.executable, "-m", "sandbox", f"--instance=magistrala=magistrala:{self.profile}"]
        command += ["--instance=iics=iics", "--instance=iics_dev=iics", "--instance=iq=iq"]
        command += ["--ready-file", str(self.ready), "--with-parent"]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, cwd=PROJECT / "tests", stdout=log, stderr=log)
        for _wait in range(300):
            if self.ready.exists():
                self.urls = json.loads(self.ready.read_text())
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise SystemExit(f"the sandbox did not start; see {self.log}")

    def __exit__(self, *dummy: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)

    def ask(self, url: str, body: dict[str, t.Any] | None = None) -> t.Any:
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(url, data=data)) as answer:
            return json.load(answer)

    def forget(self) -> None:
        """Empty the journals."""
        for url in self.urls.values():
            self.ask(f"{url}/_sandbox/journal", {"clear": True})

    def writes(self) -> int:
        """How many requests changed something since the journals were emptied."""
        lines = [line for url in self.urls.values() for line in self.ask(f"{url}/_sandbox/writes")]
        return len([line for line in lines if line["path"] != OWN_SESSION])


@dataclasses.dataclass
class Played:
    """What a playbook said: its number of changed tasks, and the report that it left."""

    changed: int
    report: dict[str, t.Any]


class Playbooks:
    """Runs the playbooks of the collection against the sandbox."""

    def __init__(self, folder: pathlib.Path, urls: dict[str, str]) -> None:
        self.folder = folder
        self.log = folder / "ansible.log"
        names = {"iics": "LOGIN_URL", "iics_dev": "LOGIN_URL"}
        self.environment = {**os.environ, "NO_COLOR": "1", "ANSIBLE_LOCALHOST_WARNING": "false"}
        for system, url in urls.items():
            prefix = "IQ_SERVER" if system == "iq" else system.upper()
            user, password = SIGN_IN[system]
            address = f"{prefix}_{names.get(system, 'URL')}"
            self.environment |= {address: url, f"{prefix}_USERNAME": user, f"{prefix}_PASSWORD": password}

    def yaml(self, path: pathlib.Path) -> t.Any:
        return yaml.safe_load(path.read_text())

    def run(self, role: str, name: str, variables: dict[str, t.Any], *options: str) -> Played:
        """Run ``people.lifecycle.ROLE``; ends the demo when Ansible fails."""
        given = {**variables, f"{role}_run": name, f"{role}_report_dir": str(self.folder / "reports")}
        said = self.play(name, given, f"people.lifecycle.{role}", *options)
        changed = re.search(r"changed=(\d+)", said)
        suffix = "-preview" if "--check" in options else ""
        report = json.loads((self.folder / "reports" / f"{role}-{name}{suffix}.json").read_text())
        return Played(int(changed.group(1)) if changed else -1, report)

    def play(self, name: str, variables: dict[str, t.Any], *arguments: str) -> str:
        """What Ansible says of playbooks and options; ends the demo when it fails."""
        given = self.folder / f"{name}.json"
        given.write_text(json.dumps(variables))
        command = ["ansible-playbook", *arguments, "--extra-vars", f"@{given}"]
        ran = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        with self.log.open("a") as log:
            log.write(f"$ {' '.join(command)}\n{ran.stdout}{ran.stderr}\n")
        if ran.returncode:
            raise SystemExit(f"{ran.stdout[-3000:]}{ran.stderr[-2000:]}\n{' '.join(command)} failed; see {self.log}")
        return ran.stdout

    def book(self, name: str, tasks: list[dict[str, t.Any]]) -> str:
        """The path of a playbook with ``tasks``, which signs in by the environment."""
        path = self.folder / f"{name}.yml"
        play = {"name": name, "hosts": "localhost", "connection": "local", "gather_facts": False, "tasks": tasks}
        path.write_text(yaml.safe_dump([play], sort_keys=False))
        return str(path)
