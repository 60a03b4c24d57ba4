# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads the report that pytest leaves with ``--junit-xml``."""

from __future__ import annotations

import collections
import pathlib
import xml.etree.ElementTree

from running import StepFailed


def passed(report: pathlib.Path) -> tuple[int, tuple[str, ...]]:
    """How many tests passed, and a remark for each reason of skipped ones."""
    suite = xml.etree.ElementTree.parse(report).getroot().find("testsuite")
    if suite is None:
        raise StepFailed("pytest left no report")
    reasons = collections.Counter(node.attrib["message"] for node in suite.iter("skipped"))
    remarks = tuple(f"{count} skipped: {reason}" for reason, count in sorted(reasons.items()))
    return int(suite.attrib["tests"]) - int(suite.attrib["skipped"]), remarks


def failed(report: pathlib.Path) -> list[str]:
    """A line for each test that failed: where it is and what it says first; none where pytest left no report."""
    if not report.is_file():
        return []
    return [
        f"{case.attrib['classname']}.{case.attrib['name']}: {' '.join(fault.attrib.get('message', '').split())[:300]}"
        for case in xml.etree.ElementTree.parse(report).getroot().iter("testcase")
        for fault in case
        if fault.tag in ("failure", "error")
    ]
