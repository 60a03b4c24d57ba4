# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report on a telephone, on a narrow screen, in the dark and on paper, as a real browser lays it out."""

from __future__ import annotations

import html
import json
import pathlib
import re
import typing as t

import pytest

import browser
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.page import page
from people_reports import report

pytestmark = pytest.mark.skipif(
    browser.program() is None, reason="Chromium is not installed (apt-get install chromium)"
)

TELEPHONE, NARROW = 390, 900
# What is wrong with a page of the width of its window: what sticks out, words in two lines, text that is hard to read.
MEASURE = """
const seen = e => e.getClientRects().length && getComputedStyle(e).visibility !== "hidden";
const light = c => { const [r, g, b] = c.map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const numbers = text => text.match(/[0-9.]+/g).map(Number);
const behind = e => { for (; e; e = e.parentElement) { const c = numbers(getComputedStyle(e).backgroundColor);
  if (c.length === 3 || c[3] > 0) return c.slice(0, 3); } return [255, 255, 255]; };
const found = {wide: document.documentElement.scrollWidth - innerWidth, broken: [], pale: [], cut: [],
  text: light(numbers(getComputedStyle(document.body).color)), back: light(behind(document.querySelector("main")))};
for (const e of document.body.querySelectorAll("*")) {
  if (!seen(e)) continue;
  if (e.getBoundingClientRect().right > innerWidth + 1) found.cut.push(e.tagName + " " + e.textContent.slice(0, 40));
  for (const node of e.childNodes) {
    if (node.nodeType !== 3 || !node.data.trim()) continue;
    const [one, two] = [light(numbers(getComputedStyle(e).color)), light(behind(e))].sort((a, b) => b - a);
    if ((one + 0.05) / (two + 0.05) < 4.5) found.pale.push(node.data.trim());
    for (const word of node.data.matchAll(/[^\\s-]+/g)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
      if (word[0].length < 25 && lines.size > 1) {
        const width = Math.round(e.getBoundingClientRect().width);
        found.broken.push(`${word[0]} in ${e.tagName} ${e.className} ${width}`);
      }
    }
  }
}
parent.document.getElementById("measured").textContent = JSON.stringify(found);
"""


def everything() -> str:
    """A report that has all sections, with names, addresses and sentences of usual length."""
    change = {"field": "email", "before": "jane.smith@example.com", "after": "jane.smith-jones@example.com"}
    technical = {"field": "metadata", "before": None, "after": {"team": "data", "cost_center": "4711"}}
    name = "Wilhelmina Featherstonehaugh"
    people = [
        {"id": f"E{n}", "name": name, "email": f"wilhelmina.{n}@example.com", "profile": ["data-engineer"]}
        for n in range(4)
    ]
    everybody = {
        "iics": [
            Line(
                "E0", "wilhelmina.0@example.com", "updated", changes=[change], done=["update"], old=["roles: Designer"]
            )
        ],
        "iq": [
            Line(
                "E1",
                "wfeatherstonehaugh",
                "failed",
                error="IQ Server does not let svc-people do POST /api/v2/users (403).",
            ),
            Line("E2", "wilhelmina", "created", done=["create"]),
        ],
        "magistrala": [
            Line("E2", "wilhelmina-2", "created", changes=[technical], done=["create"]),
            Line(
                "E3",
                "wilhelmina-3",
                "held",
                notes=["wilhelmina-3 has another address; say whose it is in lifecycle_account_names."],
            ),
        ],
    }
    return page(report("onboard", everybody, people, credentials="none"))


def measured(folder: pathlib.Path, text: str, width: int, *arguments: str) -> dict[str, t.Any]:
    """What ``MEASURE`` finds in a page in a frame of ``width``, since a window cannot be as narrow as a telephone."""
    allowed, policies = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    assert policies == 1, "the report runs no script by itself"
    inner = html.escape(allowed.replace("</body>", f"<script>{MEASURE}</script></body>"), quote=True)
    outer = folder / "frame.html"
    outer.write_text(
        f'<pre id="measured"></pre><iframe width="{width}" height="900" style="border:0" srcdoc="{inner}"></iframe>'
    )
    dom = browser.headless("--window-size=1400,1000", *arguments, "--dump-dom", outer.as_uri()).stdout
    found = re.search(r'<pre id="measured">(.+?)</pre>', dom, re.DOTALL)
    assert found, "the page was not measured"
    return t.cast("dict[str, t.Any]", json.loads(html.unescape(found[1])))


@pytest.mark.parametrize("width", [TELEPHONE, NARROW, 1000, 1200])
def test_nothing_is_cut_and_no_word_is_broken(tmp_path: pathlib.Path, width: int) -> None:
    found = measured(tmp_path, everything(), width)
    assert found["wide"] <= 0 and found["cut"] == [] and found["broken"] == [] and found["pale"] == []


def test_a_word_longer_than_the_screen_does_not_widen_it(tmp_path: pathlib.Path) -> None:
    people = [{"id": "E1", "name": "x" * 300, "email": "y" * 200, "profile": ["z" * 200]}]
    lines = [Line("E1", "u" * 200, "failed", error="e" * 500), Line("E1", "h" * 200, "held", notes=["n" * 500])]
    text = page(report("onboard", {"iq": lines}, people))
    for width in (TELEPHONE, NARROW):
        found = measured(tmp_path, text, width)
        assert found["wide"] <= 0 and found["cut"] == []


@pytest.mark.parametrize("width", [TELEPHONE, NARROW])
def test_in_the_dark_the_page_is_dark_and_can_be_read(tmp_path: pathlib.Path, width: int) -> None:
    bright = measured(tmp_path, everything(), width)
    dark = measured(tmp_path, everything(), width, "--blink-settings=preferredColorScheme=0")
    assert bright["back"] > 0.9 and bright["text"] < 0.1
    assert dark["back"] < 0.05 and dark["text"] > 0.6
    assert dark["pale"] == [] and dark["broken"] == []


def test_what_did_not_happen_has_no_column() -> None:
    text = everything()
    counts = text[text.index('<section id="counts">') :].partition("</section>")[0]
    assert re.findall(r'<th><span class="badge (\w+)">', counts) == ["created", "updated", "held", "failed"]


def test_technical_fields_are_folded() -> None:
    folded = re.findall(r"<details>.*?</details>", everything(), re.DOTALL)
    assert len(folded) == 1 and "metadata" in folded[0] and "cost_center" in folded[0]


def printed(folder: pathlib.Path, text: str) -> bytes:
    path, paper = folder / "report.html", folder / "report.pdf"
    path.write_text(text, encoding="utf-8")
    arguments = (f"--print-to-pdf={paper}", "--no-pdf-header-footer", "--blink-settings=preferredColorScheme=0")
    browser.headless(*arguments, path.as_uri())
    return paper.read_bytes()


def test_the_card_of_a_person_goes_on_on_the_next_printed_page(tmp_path: pathlib.Path) -> None:
    people = [
        {"id": f"E{n}", "name": f"Jane Smith{n}", "email": f"jane{n}@example.com", "profile": []} for n in range(6)
    ]
    changes = [{"field": f"field_{n}", "before": None, "after": "value"} for n in range(22)]
    lines = [
        Line(person["id"], person["id"], "updated", changes=changes[:11], done=["update"])
        for person in people
        for dummy in range(2)
    ]
    pages = len(re.findall(rb"/Type /Page\b", printed(tmp_path, page(report("onboard", {"iq": lines}, people)))))
    assert 1 < pages < len(people)
