# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The documentation site on a telephone, on a narrow screen and in the dark, as a real browser lays it out."""

from __future__ import annotations

import html
import json
import pathlib
import re
import typing as t

import pytest

import browser
from unit.docs.blocks import PROJECT

SITE = PROJECT / "build/site"
PAGES = (
    "index.html",
    "docsite/guide_people.html",
    "docsite/guide_troubleshooting.html",
    "onboard_role.html",
    "iq_user_module.html",
)
A4 = 718  # pixels between the margins
MEASURE = """
onload = () => {
  if (name === "paper")
    for (const sheet of document.styleSheets)
      for (const rule of [...sheet.cssRules].filter(rule => rule.media))
        if (rule.media.mediaText.includes("print"))
          for (const inner of rule.cssRules) sheet.insertRule(inner.cssText, sheet.cssRules.length);
  const found = {wide: document.documentElement.scrollWidth - innerWidth, cut: [],
    menu: !!document.querySelector(".wy-nav-side").getClientRects().length,
    filter: getComputedStyle(document.documentElement).filter};
  for (const e of document.querySelectorAll("td, th, p, h1, h2, h3, li, dt"))
    if (e.getClientRects().length && e.getBoundingClientRect().right > innerWidth + 1 && !e.closest("nav, pre"))
      found.cut.push(e.textContent.trim().slice(0, 50));
  parent.document.getElementById("measured").textContent = JSON.stringify(found);
};
"""

pytestmark = [
    pytest.mark.skipif(browser.program() is None, reason="Chromium is not installed (apt-get install chromium)"),
    pytest.mark.skipif(not SITE.exists(), reason="the site is not built (make docs, which runs this test, too)"),
]


def measured(folder: pathlib.Path, page: str, width: int, *arguments: str, paper: bool = False) -> dict[str, t.Any]:
    """What does not fit on a page of the site in a frame of ``width``,
    which looks as it is printed where it is ``paper``.
    """
    path = SITE / page
    text = path.read_text().replace("<head>", f'<head><base href="{path.as_uri()}">')
    inner = html.escape(text.replace("</body>", f"<script>{MEASURE}</script></body>"), quote=True)
    outer = folder / "frame.html"
    name = "paper" if paper else "screen"
    outer.write_text(
        f'<pre id="measured"></pre><iframe name="{name}" width="{width}" height="900" style="border:0"'
        f' srcdoc="{inner}"></iframe>'
    )
    waiting = ("--allow-file-access-from-files", "--virtual-time-budget=5000")
    dom = browser.headless("--window-size=1400,1000", *waiting, *arguments, "--dump-dom", outer.as_uri()).stdout
    found = re.search(r'<pre id="measured">(.+?)</pre>', dom, re.DOTALL)
    assert found, "the page was not measured"
    return t.cast("dict[str, t.Any]", json.loads(html.unescape(found[1])))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("width", [390, 900])
def test_nothing_is_cut(tmp_path: pathlib.Path, page: str, width: int) -> None:
    found = measured(tmp_path, page, width)
    assert found["wide"] <= 0 and found["cut"] == []


def test_nothing_is_cut_on_paper_and_the_menu_is_left_out(tmp_path: pathlib.Path) -> None:
    page = "docsite/guide_troubleshooting.html"
    assert measured(tmp_path, page, 900)["menu"] is True
    found = measured(tmp_path, page, A4, paper=True)
    assert (found["wide"] <= 0, found["cut"], found["menu"]) == (True, [], False)


def test_the_site_is_dark_where_the_device_is(tmp_path: pathlib.Path) -> None:
    assert measured(tmp_path, "index.html", 900)["filter"] == "none"
    assert "invert" in measured(tmp_path, "index.html", 900, "--blink-settings=preferredColorScheme=0")["filter"]


def test_what_users_want_comes_first_and_what_roles_run_last() -> None:
    text = (SITE / "index.html").read_text().partition('role="main"')[2]
    titles = re.findall(r"<h[23]>(?:<a [^>]*>)?([^<]+)", text)
    wanted = [
        "Start here",
        "The systems",
        "Operation",
        "For contributors",
        "Modules",
        "Role Index",
        "Modules that only the roles run",
    ]
    assert [title for title in titles if title in wanted] == wanted
    for role in ("onboard", "offboard"):
        (place,) = [match.start() for match in re.finditer(rf"<li><p><a [^>]*{role}_module\.html", text)]
        assert text.rindex(wanted[-1], 0, place)
