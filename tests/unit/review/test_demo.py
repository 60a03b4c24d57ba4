# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The demo of the access review keeps what it claims: adopted, disturbed, found exactly, decided about, and clean."""

from __future__ import annotations

import subprocess
import sys

from unit.docs.blocks import PROJECT


def test_the_story_from_adopting_to_a_clean_review() -> None:
    done = subprocess.run(
        [sys.executable, "tests/demo/demo.py", "--review"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "All claims hold" in done.stdout and "nothing is open" in done.stdout
