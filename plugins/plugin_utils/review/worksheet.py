# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The file in which somebody decides about the findings of a review, one line for each that can be acted on. Pure.

A line holds an id and a verb. What it is about stands beside it as a comment, which nothing reads.
"""

from __future__ import annotations

import textwrap
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import printable
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.finding import KINDS
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.removal import EFFECTS
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.verdict import OPEN, REMOVE

NAME = "review_decisions"
WIDTH = 118
LONGEST = 600
HEADER = """\
# What shall become of each finding of the access review {run} of {date}. Put one of these in place of "open":
#
#   remove   {{id: ..., decision: remove}}
#   keep     {{id: ..., decision: keep, reason: fills in for Jane, until: 2027-06-30}}
#   assign   {{id: ..., decision: assign, person: E10482}}   it is that person's account
#
# A line that stays open, or is deleted, decides nothing. Administrators, protected and service accounts, and the
# account that the runs use, are touched only where the line repeats the user name:
# {{id: ..., decision: remove, confirm: USERNAME}}.
# Then: ansible-playbook people.lifecycle.review_apply -e review_decisions_file=... --check --diff
"""


def worksheet(report: Values) -> str:
    """The file about the findings of ``report``, as YAML."""
    lines = [HEADER.format(run=printable(report["run"]), date=report["date"]), "---"]
    findings = [finding for finding in report["findings"] if KINDS[finding["kind"]].verbs]
    lines.append(f"{NAME}:" if findings else f"{NAME}: []")
    kind = ""
    for finding in findings:
        if finding["kind"] != kind:
            kind = finding["kind"]
            lines += ["", *comment(heading(kind))]
        lines += ["", *comment(about(finding)), f"  - {{id: {finding['mark']}, decision: {OPEN}}}"]
    return "\n".join(lines)


def heading(kind: str) -> str:
    """What a kind of finding is, and what can be decided about it."""
    about_kind = KINDS[kind]
    verbs = (f"{verb} ({EFFECTS[kind]})" if verb == REMOVE and kind in EFFECTS else verb for verb in about_kind.verbs)
    return f"== {about_kind.title} ({about_kind.risk} risk): {', '.join(verbs)}"


def about(finding: Values) -> str:
    """One finding in words."""
    who = f"{finding['name']} ({finding['person']})" if finding["name"] else finding["person"]
    where = ", ".join(filter(None, (who, finding["system"], finding["account"])))
    decision = finding.get("decision")
    earlier = f" Earlier decision: {decision['note']}" if decision else ""
    return f"{where}: {finding['what']}{earlier}"


def comment(text: str) -> t.Iterator[str]:
    """``text`` as lines of a comment, whatever is in it."""
    for line in textwrap.wrap(printable(text, LONGEST), WIDTH, break_long_words=False):
        yield f"  # {line}"
