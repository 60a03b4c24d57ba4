# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes requirements/matrix/CORE.lock for each ansible-core of the matrix:
tests/tools/venv.sh python tests/tools/lock_matrix.py
"""

from __future__ import annotations

import pathlib
import subprocess
import sys
import tempfile

from cores import OLD_URLLIB3, OLDEST, ROWS, Row, lock, requirements

COMPILE = (sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-annotate")


def write(row: Row) -> None:
    """The lock of one row, for every Python that it runs on."""
    with tempfile.TemporaryDirectory() as folder:
        wanted, overrides = pathlib.Path(folder, "wanted.txt"), pathlib.Path(folder, "overrides.txt")
        wanted.write_text("\n".join(requirements(row)))
        overrides.write_text(OLD_URLLIB3 if row.name == OLDEST else "")
        versions = ("--python-version", min(row.pythons, key=lambda version: int(version.partition(".")[2])))
        command = (*COMPILE, "--no-header", *versions, "--override", str(overrides), str(wanted), "-o", str(lock(row)))
        subprocess.run(command, check=True)


if __name__ == "__main__":
    for each in ROWS:
        lock(each).parent.mkdir(exist_ok=True)
        write(each)
