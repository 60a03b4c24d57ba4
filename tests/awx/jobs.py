# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs playbooks as AWX runs them: ansible-runner with a private data directory of the shape that AWX makes."""

from __future__ import annotations

import dataclasses
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import typing as t

import yaml

from awx import content
from awx.rules import credential_types

Values = dict[str, t.Any]
COLLECTIONS = pathlib.Path(os.environ.get("ANSIBLE_COLLECTIONS_PATH") or content.PROJECT / ".venv/collections")
RUNNER = (sys.executable, "-m", "ansible_runner")
# What AWX sets for each job, as far as it can make a difference here.
AWX_ENVIRONMENT = {
    "ANSIBLE_FORCE_COLOR": "True",
    "ANSIBLE_HOST_KEY_CHECKING": "False",
    "ANSIBLE_INVENTORY_UNPARSED_FAILED": "True",
    "ANSIBLE_RETRY_FILES_ENABLED": "False",
    "MAX_EVENT_RES": "700000",
    "AWX_HOST": "https://awx.example.com",
}
NOBODY: Values = {"_meta": {"hostvars": {}}, "all": {"children": ["ungrouped"]}}
BIGGEST_EVENT = 700_000
BROKEN = re.compile(rb"(?:\x1b|\\u001b)\[[0-9;]*[mK]|\\[rn]|\s")  # ends of lines and colours, as text and in JSON
SHOWN_OF_AN_EVENT = 1_024  # EVENT_STDOUT_MAX_BYTES_DISPLAY


class Unsafe(str):
    """Text that AWX marks as not to be evaluated."""


class Dumper(yaml.SafeDumper):
    pass


Dumper.add_representer(Unsafe, lambda dumper, value: dumper.represent_scalar("!unsafe", str(value)))


def unsafe(value: t.Any) -> t.Any:
    """``value`` with all its texts marked, as AWX writes answers to surveys and other variables of a launch."""
    if isinstance(value, str):
        return Unsafe(value)
    if isinstance(value, dict):
        return {unsafe(key): unsafe(item) for key, item in value.items()}
    return [unsafe(item) for item in value] if isinstance(value, list) else value


def written(variables: Values) -> str:
    """The file with the variables of a launch."""
    return yaml.dump(unsafe(variables), Dumper=Dumper, allow_unicode=True)


@dataclasses.dataclass
class Job:
    """One job: ``variables`` are the answers to its survey, ``environment`` what its credentials inject."""

    folder: pathlib.Path
    playbook: str
    number: int = 1
    variables: Values = dataclasses.field(default_factory=dict)
    environment: dict[str, str] = dataclasses.field(default_factory=dict)
    inventory: Values = dataclasses.field(default_factory=lambda: NOBODY)
    check: bool = False
    diff: bool = False
    limit: str = ""
    verbosity: int = 0
    profiles: Values | None = None
    roster: pathlib.Path | None = None
    decisions: Values | None = None

    def prepare(self) -> Job:
        """Write the private data directory."""
        env = self.folder / "env"
        for part in (env, self.folder / "inventory", self.folder / "artifacts"):
            part.mkdir(parents=True)
        project = self.folder / "project"
        shutil.copytree(content.FOLDER / "project", project)
        for name, values in (("profiles.yml", self.profiles), ("decisions.yml", self.decisions)):
            if values is not None:
                (project / name).write_text(yaml.safe_dump(values))
        if self.roster is not None:
            shutil.copy(self.roster, project / "people.csv")
        hosts = self.folder / "inventory/hosts"
        hosts.write_text(f"#!{sys.executable}\nprint({json.dumps(self.inventory)!r})\n")
        hosts.chmod(0o700)
        named = {f"{prefix}_job_id": self.number for prefix in ("awx", "tower")}
        (env / "extravars").write_text(written({**named, **self.variables}))
        envvars = {
            **AWX_ENVIRONMENT,
            "JOB_ID": str(self.number),
            "ANSIBLE_COLLECTIONS_PATH": str(COLLECTIONS),
            "ANSIBLE_HOME": str(self.folder / "home"),
            **self.environment,
        }
        (env / "envvars").write_text(yaml.safe_dump(envvars))
        (env / "settings").write_text(yaml.safe_dump({"job_timeout": 1200, "suppress_ansible_output": True}))
        options = ["-u root"]
        options += ["--check"] if self.check else []
        options += ["--diff"] if self.diff else []
        options += [f"-l {self.limit}"] if self.limit else []
        options += ["-" + "v" * self.verbosity] if self.verbosity else []
        (env / "cmdline").write_text(" ".join(options))
        return self

    def run(self) -> Done:
        """Run it here."""
        self.prepare()
        command = [*RUNNER, "run", str(self.folder), "-p", self.playbook, "--ident", str(self.number), "--quiet"]
        subprocess.run(command, env=surroundings(), capture_output=True, timeout=1200, check=False)
        return Done(self.folder / "artifacts" / str(self.number))


def surroundings() -> dict[str, str]:
    """The environment of this process without what would reach into a job."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ANSIBLE_", "IICS_", "IQ_", "MAGISTRALA_")) and name != "PYTHONDONTWRITEBYTECODE"
    }


@dataclasses.dataclass
class Done:
    """What a job left in its artifacts."""

    folder: pathlib.Path

    @property
    def status(self) -> str:
        return (self.folder / "status").read_text()

    @property
    def output(self) -> str:
        return re.sub(r"\x1b\[[0-9;]*[mK]", "", (self.folder / "stdout").read_text())

    @property
    def events(self) -> list[Values]:
        paths = (self.folder / "job_events").glob("*-*.json")
        return sorted((json.loads(path.read_text()) for path in paths), key=lambda event: event["counter"])

    @property
    def pane(self) -> str:
        """What the output pane shows: the first bytes of each event, and nothing of the rest."""
        shown = [event["stdout"].encode()[:SHOWN_OF_AN_EVENT].decode(errors="ignore") for event in self.events]
        return re.sub(r"\x1b\[[0-9;]*[mK]", "", "\n".join(shown))

    @property
    def biggest_event(self) -> int:
        """The size of the largest ``res``, in characters; AWX drops those above its limit."""
        return max(len(json.dumps(event.get("event_data", {}).get("res", {}))) for event in self.events)

    @property
    def stats(self) -> Values:
        (stats,) = [event["event_data"] for event in self.events if event["event"] == "playbook_on_stats"]
        return t.cast(Values, stats)

    @property
    def changed(self) -> int:
        return sum(self.stats["changed"].values())

    @property
    def artifacts(self) -> Values:
        """What the job hands on to the next node of a workflow."""
        return t.cast(Values, self.stats.get("artifact_data", {}))

    def files_with(self, text: str) -> list[str]:
        """The files in which ``text`` is, the command line with its environment left out: AWX does not keep it.

        Before ansible-core 2.19, warnings are broken into coloured lines, ``text`` in the middle of one, too.
        """
        found = [path for path in self.folder.rglob("*") if path.is_file() and path.name != "command"]
        sought = BROKEN.sub(b"", text.encode())
        return sorted(str(path) for path in found if sought in BROKEN.sub(b"", path.read_bytes()))


def credential(system: str, values: Values, folder: pathlib.Path) -> dict[str, str]:
    """The environment that the credential of one system with ``values`` gives a job; its files go into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)

    def write(name: str, text: str) -> str:
        path = folder / f"{system}-{name}"
        path.write_text(text)
        path.chmod(0o600)
        return str(path)

    kind = content.credential_type(system)
    return credential_types.render(kind["inputs"], kind["injectors"], values, write)[0]
