# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The sandbox in a process of its own, and its control API."""

from __future__ import annotations

import contextlib
import json
import pathlib
import subprocess
import sys
import time
import typing as t
import urllib.request

TESTS = pathlib.Path(__file__).resolve().parents[1]
LOGINS = {
    "iics": {"api_username": "admin@example.com", "api_password": "Sandbox-admin-1"},
    "iq": {"api_username": "admin", "api_password": "admin123"},
    "magistrala": {"api_username": "admin", "api_password": "12345678"},
}


class Sandbox:
    """Running systems; ``urls`` by name."""

    def __init__(self, urls: dict[str, str]) -> None:
        self.urls = urls

    def control(self, system: str, verb: str, data: t.Any = None) -> t.Any:
        request = urllib.request.Request(f"{self.urls[system]}/_sandbox/{verb}")
        if data is not None:
            request = urllib.request.Request(request.full_url, json.dumps(data).encode(), method="POST")
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def fresh(self, system: str, seeded: int = 0, journal: bool = False) -> None:
        """A fresh state with so many people; the journal costs time, so it is off unless asked for."""
        self.control(system, "reset", {})
        if seeded:
            self.control(system, "seed", {"count": seeded})
        self.control(system, "journal", {"on": journal, "clear": True})

    def requests(self, system: str) -> list[tuple[str, str]]:
        """Method and path with query of what came since the journal was switched on."""
        return [(line["method"], line["path"]) for line in self.control(system, "journal")]


def repeated(requests: t.Iterable[tuple[str, str]]) -> int:
    """How many reads asked for what had been asked for before, with no write to the same address in between."""
    asked: set[str] = set()
    again = 0
    for method, path in requests:
        if method == "GET":
            again += path in asked
            asked.add(path)
        else:
            asked.discard(path)
    return again


@contextlib.contextmanager
def sandbox(folder: pathlib.Path) -> t.Iterator[Sandbox]:
    ready = folder / "sandbox.json"
    ready.unlink(missing_ok=True)
    command = [sys.executable, "-m", "sandbox", "--with-parent", "--ready-file", str(ready)]
    process = subprocess.Popen(command, cwd=TESTS, stdout=subprocess.DEVNULL)
    try:
        while not ready.exists():
            if process.poll() is not None:
                raise RuntimeError("the sandbox did not start")
            time.sleep(0.05)
        yield Sandbox(json.loads(ready.read_text()))
    finally:
        process.terminate()
        process.wait(20)
