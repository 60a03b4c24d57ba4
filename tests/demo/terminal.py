# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Takes the picture of the guide "In the terminal": what a real run prints into a real terminal, in its colours.

``tests/tools/venv.sh python tests/demo/terminal.py`` writes it anew.

Only the folder of the run, which lies somewhere else each time, is shown as another one.
"""

from __future__ import annotations

import io
import json
import os
import pathlib
import pty
import re
import subprocess
import sys
import tempfile

from rich.console import Console
from rich.text import Text

from surroundings import PROJECT, Playbooks, Sandboxes

SAMPLES = PROJECT / "playbooks/files"
IMAGE = PROJECT / "docs/docsite/rst/images/terminal.svg"
WIDTH = 118
SHOWN = "/srv/people"
PLAYBOOK = "people.lifecycle.onboard"
COMMAND = ["ansible-playbook", PLAYBOOK, "-e", "@people.json", "--check"]


def printed(command: list[str], folder: pathlib.Path, environment: dict[str, str]) -> str:
    """What ``command`` writes into a terminal."""
    ours, its = pty.openpty()
    process = subprocess.Popen(command, cwd=folder, env=environment, stdin=its, stdout=its, stderr=its)
    os.close(its)
    pieces = []
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other end was closed
            break
        if not piece:
            break
        pieces.append(piece)
    os.close(ours)
    if process.wait():
        raise SystemExit(b"".join(pieces).decode())
    return b"".join(pieces).decode().replace("\r\n", "\n")


def drawn(output: str) -> str:
    """A picture of a terminal with ``output`` in it, which needs nothing from elsewhere."""
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    console.print(Text.from_ansi(output.strip()))
    svg = console.export_svg(title=f"ansible-playbook {PLAYBOOK} --check")
    return re.sub(r"@font-face \{.*?\}\s*|<!--.*?-->\s*", "", svg, flags=re.DOTALL)


def main() -> int:
    with tempfile.TemporaryDirectory() as name, Sandboxes(folder := pathlib.Path(name), "v0.30") as sandboxes:
        playbooks = Playbooks(folder, sandboxes.urls)
        profiles = playbooks.yaml(SAMPLES / "sample_profiles.yml")
        people = {"onboard_people_file": str(SAMPLES / "sample_roster.csv"), "onboard_report_dir": "reports"}
        variables = {**profiles, **people, "onboard_date": "2026-11-23", "onboard_run": "4711"}
        (folder / "people.json").write_text(json.dumps(variables))
        environment = {name: value for name, value in playbooks.environment.items() if name != "NO_COLOR"}
        environment |= {"TERM": "xterm-256color", "COLUMNS": str(WIDTH)}
        output = printed(COMMAND, folder, environment).replace(str(folder), SHOWN)
    IMAGE.write_text(drawn(f"$ {' '.join(COMMAND)}\n{output}"))
    print(IMAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
