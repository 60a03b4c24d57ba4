# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report of a review as one page, every text in it escaped; choosing a risk needs no script."""

from __future__ import annotations

import pathlib

import jinja2

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import printable
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.finding import KINDS, RISKS

TEMPLATE = pathlib.Path(__file__).with_name("review.html.j2")
LONGEST = 600


def page(report: Values) -> str:
    """The page about ``report`` as HTML."""
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["shown"] = lambda text: printable(str(text), LONGEST)
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    sections = [
        (kind, KINDS[kind], [finding for finding in report["findings"] if finding["kind"] == kind])
        for kind in report["counts"]["by_kind"]
    ]
    return template.render(report=report, sections=sections, risks=RISKS, kinds=KINDS)
