# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Stands in for the interpreter: runs it with the same arguments, then notes the peak of its memory in MiB.

Its text gets a first line of its own when it is put beside the playbooks.
"""

import pathlib
import resource
import subprocess
import sys

STATUS = subprocess.run([sys.executable, *sys.argv[1:]], check=False).returncode
with open(pathlib.Path(__file__).with_name("memory.log"), "a") as log:
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, file=log)
sys.exit(STATUS)
