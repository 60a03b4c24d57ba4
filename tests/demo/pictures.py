# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Takes the pictures of the guides from the reports of the demos: ``make demo``, ``make demo ARGS=--review``, then
``tests/tools/venv.sh python tests/demo/pictures.py``.

Needs Chromium (Debian: ``apt-get install chromium``).
"""

from __future__ import annotations

import sys

from surroundings import PROJECT

sys.path.insert(0, str(PROJECT / "tests"))
from browser import picture

REPORTS = PROJECT / "build/demo/reports"
IMAGES = PROJECT / "docs/docsite/rst/images"
PICTURES = {  # report, and how much of it is shown
    "report_joiners": ("onboard-1-joiners.html", 1250),
    "report_leavers": ("offboard-2-leavers.html", 1500),
    "report_mover": ("onboard-3-listed-again.html", 1350),
    "report_returner": ("onboard-4-decided.html", 1300),
    "review_findings": ("../../demo-review/reports/review-2-disturbed.html", 980),
    "review_decisions": ("../../demo-review/reports/review_apply-3-decided.html", 1150),
    "review_settled": ("../../demo-review/reports/review-4-settled.html", 620),
}


def main() -> int:
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, (report, height) in PICTURES.items():
        page = REPORTS / report
        if not page.exists():
            print(f"{page} is missing; run make demo first", file=sys.stderr)
            return 1
        picture(page, IMAGES / f"{name}.png", height)
        print(IMAGES / f"{name}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
