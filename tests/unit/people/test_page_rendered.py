# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report in a real browser: what people see, with hostile names in it, and on paper."""

from __future__ import annotations

import pathlib
import re

import pytest

import browser
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.page import page
from people_reports import HOSTILE, report

pytestmark = pytest.mark.skipif(
    browser.program() is None, reason="Chromium is not installed (apt-get install chromium)"
)


@pytest.fixture
def hostile_page(tmp_path: pathlib.Path) -> pathlib.Path:
    people = [{"id": f"E{n}", "name": text, "email": text, "profile": [text]} for n, text in enumerate(HOSTILE)]
    changes = [{"field": "last_name", "before": text, "after": text} for text in HOSTILE]
    lines = [Line(f"E{n}", text, "disabled", changes=changes, done=["disable"]) for n, text in enumerate(HOSTILE)]
    path = tmp_path / "report.html"
    path.write_text(page(report("offboard", {"magistrala": lines}, people, mode="disable")), encoding="utf-8")
    return path


def test_no_hostile_name_becomes_a_part_of_the_page(hostile_page: pathlib.Path) -> None:
    dom = browser.headless("--dump-dom", hostile_page.as_uri()).stdout
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in dom
    assert not re.search(r"<(script|img|h1>gone)", dom)
    assert not re.search(r"<[^>]*\son\w+=", dom)
    assert len(re.findall(r'<article class="person">', dom)) == len(HOSTILE)


def test_it_is_drawn(hostile_page: pathlib.Path, tmp_path: pathlib.Path) -> None:
    image = tmp_path / "report.png"
    browser.picture(hostile_page, image, 1200)
    assert image.read_bytes().startswith(b"\x89PNG")
    assert image.stat().st_size > 20_000


def test_it_prints_on_a4(hostile_page: pathlib.Path, tmp_path: pathlib.Path) -> None:
    paper = tmp_path / "report.pdf"
    browser.headless(f"--print-to-pdf={paper}", "--no-pdf-header-footer", hostile_page.as_uri())
    boxes = {
        tuple(float(n) for n in box.split()) for box in re.findall(rb"/MediaBox \[([\d. ]+)\]", paper.read_bytes())
    }
    assert len(boxes) == 1
    (_left, _bottom, width, height) = boxes.pop()
    assert (width, height) == (pytest.approx(595, abs=1), pytest.approx(842, abs=1))
