# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The table of rules in the security guide, made from the rules:
``python tests/tools/rules_table.py`` writes it anew.
"""

from __future__ import annotations

import pathlib

from rules import RULES, Rule

GUIDE = pathlib.Path(__file__).resolve().parents[2] / "docs/docsite/rst/guide_security.rst"
BEGIN, END = "   * - Rule\n     - Test\n", "\n\n"


def row(rule: Rule) -> str:
    file, *_classes, test = rule.test.partition("[")[0].split("::")
    return f"   * - {rule.name}\n     - ``{pathlib.Path(file).name}``: ``{test}``\n"


def renewed(guide: str) -> str:
    """``guide`` with the table as it is now."""
    before, _begin, rest = guide.partition(BEGIN)
    _table, _end, after = rest.partition(END)
    return f"{before}{BEGIN}{''.join(map(row, RULES))}\n{after}"


if __name__ == "__main__":
    GUIDE.write_text(renewed(GUIDE.read_text()))
