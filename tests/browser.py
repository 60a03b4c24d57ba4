# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A browser without a window: pictures and print-outs of pages. Chromium (Debian: ``apt-get install chromium``)."""

from __future__ import annotations

import pathlib
import shutil
import subprocess
import tempfile

WIDTH = 1000


def program() -> str | None:
    """The program to take pictures with."""
    return next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )


def headless(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the browser without a window, with a profile of its own."""
    found = program()
    if found is None:
        raise SystemExit("Chromium is not installed (Debian: apt-get install chromium).")
    with tempfile.TemporaryDirectory() as profile:
        common = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={profile}")
        return subprocess.run([found, *common, *arguments], capture_output=True, text=True, timeout=120, check=True)


def picture(page: pathlib.Path, image: pathlib.Path, height: int) -> None:
    """The upper ``height`` pixels of ``page`` as a picture."""
    headless(f"--window-size={WIDTH},{height}", f"--screenshot={image}", page.as_uri())
