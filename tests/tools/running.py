# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs the commands of a step: all output into a log, a few lines of progress onto the screen."""

from __future__ import annotations

import dataclasses
import os
import pathlib
import re
import shlex
import subprocess
import typing as t

PROJECT = pathlib.Path(__file__).resolve().parents[2]
ROOT = pathlib.Path((PROJECT / ".venv/root").read_text().strip())
BUILD = ROOT / "build"
LOGS = BUILD / "logs"


class StepFailed(Exception):
    """A step did not pass; the message says why in one line."""


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What a step did: ``cases`` that passed, in words, and remarks that the reader should not miss."""

    cases: int
    words: str
    remarks: tuple[str, ...] = ()


NOTHING_YET = Outcome(0, "nothing yet")


class Commands:
    """Runs commands on behalf of one step and keeps their output in ``build/logs/STEP.log``."""

    def __init__(self, step: str) -> None:
        LOGS.mkdir(parents=True, exist_ok=True)
        self.log = LOGS / f"{step}.log"
        self.log.write_text("")

    def run(
        self,
        *command: str | pathlib.Path,
        cwd: pathlib.Path = ROOT,
        progress: str | None = None,
        **environment: str | pathlib.Path,
    ) -> str:
        """Run ``command`` and return what it printed; show the lines that match the pattern ``progress``.

        Raises StepFailed when it does not return 0.
        """
        words = [str(word) for word in command]
        shown = re.compile(progress) if progress else None
        lines = []
        with self.log.open("a") as log:
            print(f"$ {shlex.join(words)}", file=log, flush=True)
            with subprocess.Popen(
                words,
                cwd=cwd,
                env={**os.environ, **{name: str(value) for name, value in environment.items()}},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
            ) as process:
                for line in t.cast(t.IO[str], process.stdout):
                    log.write(line)
                    log.flush()
                    lines.append(line)
                    if shown and shown.search(line):
                        print(f"    {line.rstrip()}", flush=True)
        if process.returncode:
            raise StepFailed(f"{pathlib.Path(words[0]).name} ended with {process.returncode}")
        return "".join(lines)


def found(pattern: str, text: str) -> int:
    """The number that ``pattern`` captures in ``text``; raises StepFailed where it is not there."""
    match = re.search(pattern, text)
    if match is None:
        raise StepFailed(f"no {pattern!r} in the output")
    return int(match.group(1))
