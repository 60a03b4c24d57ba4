# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The retry table, row by row."""

from __future__ import annotations

import email.utils

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ansible_collections.people.lifecycle.plugins.module_utils._http.retry import (
    LONGEST_WAIT,
    Fate,
    leaves_doubt,
    may_repeat,
    retry_after,
    wait_before,
)

N, L, A = Fate.NOT_SENT, Fate.LOST, Fate.ANSWERED


@pytest.mark.parametrize(
    "method, fate, status, asked, again",
    [
        *((method, N, None, None, True) for method in ("GET", "PUT", "DELETE", "POST", "PATCH")),
        *((method, L, None, None, True) for method in ("GET", "HEAD", "PUT", "DELETE")),
        *((method, L, None, None, False) for method in ("POST", "PATCH")),
        *((method, A, 429, None, True) for method in ("GET", "PUT", "DELETE", "POST", "PATCH")),
        *((method, A, status, None, True) for method in ("GET", "PUT", "DELETE") for status in (502, 503, 504)),
        *((method, A, status, None, False) for method in ("POST", "PATCH") for status in (502, 503, 504)),
        *((method, A, 503, 1.0, True) for method in ("POST", "PATCH")),
        *((method, A, 500, None, False) for method in ("GET", "PUT", "DELETE", "POST", "PATCH")),
        ("POST", A, 502, 1.0, False),
    ],
)
def test_may_repeat(method: str, fate: Fate, status: int | None, asked: float | None, again: bool):
    assert may_repeat(method, fate, status, asked) is again


@pytest.mark.parametrize(
    "method, fate, status, doubt",
    [
        ("POST", L, None, True),
        ("PUT", A, 500, True),
        ("POST", A, 202, True),
        ("POST", A, 302, False),
        ("POST", A, 400, False),
        ("GET", L, None, False),
        ("POST", N, None, False),
    ],
)
def test_leaves_doubt(method: str, fate: Fate, status: int | None, doubt: bool):
    assert leaves_doubt(method, fate, status) is doubt


def test_retry_after_in_both_forms():
    assert retry_after("7") == 7.0
    assert retry_after(email.utils.formatdate(1_000_030, usegmt=True), now=1_000_000) == pytest.approx(30)
    assert retry_after(email.utils.formatdate(999_000, usegmt=True), now=1_000_000) == 0
    assert retry_after("soon") is None
    assert retry_after(None) is None


@given(
    st.text(max_size=60)
    | st.from_regex(r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{1,9} \d\d:\d\d:\d\d( GMT| -0000| \+\d{4})?")
)
@example("\u00b2")
@example("9" * 5000)
@example("Fri, 31 Dec 9999 23:59:59 -2359")
@example("Mon, 01 Jan 0001 00:00:00 +2359")
def test_any_retry_after_leads_to_a_bounded_wait(header: str):
    assert 0 <= wait_before(1, retry_after(header)) <= LONGEST_WAIT


def test_waits_grow_and_are_bounded():
    assert wait_before(1, None) <= 0.5
    assert wait_before(40, None) <= LONGEST_WAIT
    assert wait_before(5000, None) <= LONGEST_WAIT
    assert wait_before(1, 3600) == LONGEST_WAIT
    assert wait_before(1, 5) == 5
