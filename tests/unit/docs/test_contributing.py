# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""CONTRIBUTING names files and functions that exist, hop by hop, and its command counts lines of code."""

from __future__ import annotations

import re
import subprocess

import pytest

from unit.docs.blocks import PROJECT

TEXT = (PROJECT / "CONTRIBUTING.md").read_text()
WAY = TEXT.partition("## The way of one record")[2].partition("\n## ")[0]
HOPS = [line.split("|")[2] for line in WAY.splitlines() if re.match(r"\| (\d+|back) \|", line)]
FOLDERS = ("plugins", "plugins/module_utils", "plugins/plugin_utils", "")


def test_there_are_hops_of_a_task_and_of_a_role() -> None:
    assert len(HOPS) > 20


@pytest.mark.parametrize("hop", HOPS)
def test_a_hop_is_in_the_file_that_is_named(hop: str) -> None:
    named = re.findall(r"`([^`]+)`", hop)
    files = [name for name in named if "/" in name]
    found = {name: [path for folder in FOLDERS if (path := PROJECT / folder / name).is_file()] for name in files}
    assert found and all(found.values()), found
    sources = "\n".join(path.read_text() for paths in found.values() for path in paths)
    everywhere = "\n".join(path.read_text() for path in (PROJECT / "plugins/module_utils/_core").glob("*.py"))
    for name in named:
        for part in name.split(".") if name not in files else ():
            assert re.search(rf"^ *(def|class) {part}\b", sources + everywhere, re.MULTILINE), part


@pytest.mark.skipif(not (PROJECT / ".git").exists(), reason="the command counts the files that git knows")
def test_the_command_that_counts_lines_of_code_counts_them() -> None:
    (command,) = re.findall(r"^grep -vhE .*$", TEXT, re.MULTILINE)
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True, cwd=PROJECT)
    assert int(done.stdout) > 5000
