# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The security guide names every transport rule with its test, and each of them is there."""

from __future__ import annotations

import pathlib
import re

import pytest

from tools.rules import RULES, Rule

PROJECT = pathlib.Path(__file__).resolve().parents[2]
GUIDE = PROJECT / "docs/docsite/rst/guide_security.rst"


def row(rule: Rule) -> str:
    """The rule's line in the guide's table."""
    file, *dummy, test = rule.test.partition("[")[0].split("::")
    return f"   * - {rule.name}\n     - ``{pathlib.Path(file).name}``: ``{test}``\n"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_stands_in_the_guide_in_the_code_and_in_its_test(rule: Rule):
    file, *names = rule.test.partition("[")[0].split("::")
    assert row(rule) in GUIDE.read_text(), f"the guide lacks:\n{row(rule)}"
    assert (PROJECT / "plugins/module_utils" / rule.file).read_text().count(rule.old) == 1
    test = (PROJECT / file).read_text()
    assert all(re.search(rf"(def|class) {name}\b", test) for name in names)


def test_every_test_that_the_guide_names_is_there():
    named = re.findall(r"``(tests/[a-z_/]+\.py)``: (``.+``)", GUIDE.read_text())
    assert len(named) > 20
    for file, tests in named:
        source = (PROJECT / file).read_text()
        for test in re.findall(r"``(\w+)``", tests):
            assert f"def {test}(" in source, f"{file} has no {test}"


def test_the_guide_has_no_other_rules():
    table = GUIDE.read_text().partition("   * - Rule\n     - Test\n")[2].partition("\n\n")[0] + "\n"
    assert table.count("   * - ") == len(RULES)
