# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Text from outside is shown without secrets, in whatever spelling they come back."""

from __future__ import annotations

import base64
import html
import json
import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import Redactor, printable
from counted import calls

SECRET = 'cañary "<&>/+= %2F\\ß-4711'


def lower_case_hex(text: str) -> str:
    return re.sub("%[0-9A-F]{2}", lambda match: match.group().lower(), text)


SPELLINGS = {
    "plain": SECRET,
    "url": quote(SECRET, safe=""),
    "url, lower case": lower_case_hex(quote(SECRET, safe="")),
    "url, slashes kept": quote(SECRET),
    "form": quote_plus(SECRET),
    "json": json.dumps(SECRET)[1:-1],
    "json, not only ascii": json.dumps(SECRET, ensure_ascii=False)[1:-1],
    "json, escaped slashes": json.dumps(SECRET)[1:-1].replace("/", "\\/"),
    "json of Go": json.dumps(SECRET)[1:-1].replace("<", "\\u003c").replace(">", "\\u003E").replace("&", "\\u0026"),
    "xml": SECRET.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
    "html": html.escape(SECRET),
    "html of Go": html.escape(SECRET).replace("&quot;", "&#34;").replace("+", "&#43;"),
    "base64": base64.b64encode(SECRET.encode()).decode(),
    "base64url without padding": base64.urlsafe_b64encode(SECRET.encode()).decode().rstrip("="),
    **{
        f"basic header of {user}": base64.b64encode(f"{user}:{SECRET}".encode()).decode()
        for user in ("ab", "abc", "abcd")
    },
    "base64 in json": base64.b64encode(SECRET.encode()).decode().replace("/", "\\/"),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_is_taken_out(spelling: str):
    shown = Redactor(["another-secret", SECRET]).clean(f"value {SPELLINGS[spelling]} is bad, {SPELLINGS[spelling]}")
    assert shown == "value ******** is bad, ********"


@given(st.text(min_size=4), st.text(), st.text())
def test_no_text_around_a_secret_uncovers_it(secret: str, before: str, after: str):
    shown = Redactor([secret]).clean(before + secret + after)
    hidden_in_the_stars = set(secret) <= set("* …")
    assert secret not in shown or hidden_in_the_stars or secret in printable(before) + printable(after)


@pytest.mark.parametrize("padding", ["", " " * 5990, "\n" * 5999, "x" * 5995, "%41" * 1999, SECRET * 300])
def test_no_part_of_a_secret_is_left_where_text_is_cut(padding: str):
    token = "T0ken-" + "abcdefgh" * 2000
    shown = Redactor([token, SECRET]).clean(padding + token)
    assert "abcdefgh" not in shown
    assert "ca" + "ñary" not in shown


def test_overlapping_secrets_are_both_taken_out():
    assert Redactor(["abcdef", "defghi"]).clean("x abcdefghi y") == "x ******** y"


def test_thousands_of_secrets_cost_little():
    def cleaned(redactor: Redactor) -> int:
        redactor.clean("the first time builds the index")
        return calls(lambda: redactor.clean("POST /users was answered 409: there is one of that name"))

    many = Redactor(f"password-number-{number}" for number in range(5000))
    assert 0 < cleaned(many) == cleaned(Redactor(["password-number-1"]))


def test_secrets_may_be_learned_while_others_clean():
    redactor = Redactor()
    with ThreadPoolExecutor(8) as pool:
        shown = list(
            pool.map(
                lambda n: (redactor.learn(f"secret-{n:04d}"), redactor.clean(f"a secret-{n:04d} b"))[1], range(500)
            )
        )
    assert set(shown) == {"a ******** b"}


def test_short_words_are_not_mistaken_for_secrets():
    assert Redactor(["abc", None, ""]).clean("abc is short") == "abc is short"


def test_shown_text_is_one_short_line():
    assert printable("a\x00b\n\tc\u202ed") == "a b c d"
    assert len(printable("x" * 5000)) == 300
