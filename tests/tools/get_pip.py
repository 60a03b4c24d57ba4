# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Stands in for the get-pip.py that ansible-test downloads, so that a package index is all it needs.

ansible-test runs it inside each empty virtual environment that it makes. It lies in ansible-test's cache as
``get_pip_24_2.py``, beside the wheel of that pip, and has the wheel install itself.
"""

from __future__ import annotations

import pathlib
import runpy
import sys

here = pathlib.Path(__file__)
version = here.stem[len("get_pip_") :].replace("_", ".")
wheel = str(next(here.parent.glob(f"pip-{version}-*.whl")))

sys.path.insert(0, wheel)
sys.argv = ["pip", "install", "--quiet", "--no-index", "--no-deps", "--disable-pip-version-check", wheel]
runpy.run_module("pip", run_name="__main__", alter_sys=True)
