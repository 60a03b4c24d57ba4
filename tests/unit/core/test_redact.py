# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Text from outside is shown without secrets, in whatever spelling they come back."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._redact import Redactor, printable

SECRET = 'cañary "<&>/+= %2F\\ß-4711'


@pytest.mark.parametrize(
    "spelling",
    [
        SECRET,
        quote(SECRET, safe=""),
        json.dumps(SECRET)[1:-1],
        json.dumps(SECRET, ensure_ascii=False)[1:-1],
        SECRET.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
        base64.b64encode(SECRET.encode()).decode(),
    ],
)
def test_every_spelling_is_taken_out(spelling: str):
    shown = Redactor([SECRET]).clean(f"value {spelling} is bad")
    assert shown == "value ******** is bad"


def test_short_words_are_not_mistaken_for_secrets():
    assert Redactor(["abc", None, ""]).clean("abc is short") == "abc is short"


def test_shown_text_is_one_short_line():
    assert printable("a\x00b\n\tc\u202ed") == "a b c d"
    assert len(printable("x" * 5000)) == 300
