# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report as data and as a page, with hostile names in it."""

from __future__ import annotations

import html.parser
import json
import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.page import page, pieces, value
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.report import MOST_NAMED, small
from people_reports import HOSTILE, report, someone


class Outline(html.parser.HTMLParser):
    """Tags and text of a page; raises for tags that are never closed."""

    VOID = ("meta", "br", "img", "link")

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(source)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_counts_and_lists() -> None:
    lines = {
        "iq": [
            Line("E1", "jane", "created", done=["create"]),
            Line("E2", "joe", "failed", error="down"),
            Line("E3", "li", "unchanged"),
        ],
        "magistrala": [
            Line("E1", "jane", "held", notes=["is disabled"]),
            Line("E3", "li", "unchanged", old=["tags: x"]),
        ],
    }
    data = report("onboard", lines, [someone("E1"), someone("E2"), someone("E3"), someone("E4")], credentials="none")
    assert data["counts"]["people"] == 4
    assert data["counts"]["changed"] == 1
    assert data["counts"]["by_system"]["iq"]["created"] == 1
    assert [one["person"] for one in data["failures"]] == ["E2"]
    assert [one["what"] for one in data["held"]] == ["is disabled"]
    assert [one["what"] for one in data["old_access"]] == ["tags: x"]
    assert "Reset the password" in data["manual"][0]["what"]
    assert [one["id"] for one in data["people"]] == ["E1", "E2", "E3"]


def test_passwords_that_were_handed_over_need_no_hand() -> None:
    data = report(
        "onboard", {"iq": [Line("E1", "jane", "created", done=["create"])]}, [someone()], credentials="vault_file"
    )
    assert data["manual"] == []


@pytest.mark.parametrize("deleted", [False, True])
def test_tokens_that_live_on_are_told_with_their_time(deleted: bool) -> None:
    line = Line("E1", "jane", "disabled", done=["disable"], verified=True, closed=True, deleted=deleted)
    data = report("offboard", {"magistrala": [line]}, [someone()], mode="disable")
    ends = {one["what"].partition(":")[0]: one["until"] for one in data["residual"]}
    assert ends["access tokens that were handed out"] == "2026-11-23T10:30+00:00"
    assert ends["enabling the account again"] == "no end known"
    assert ("refresh tokens" in ends) is deleted


@pytest.mark.parametrize(
    ("changed", "done", "lasts"),
    [
        ("2026-11-23T07:00:00Z", [], False),
        ("2026-11-23T09:00:00Z", [], True),
        ("2026-11-23T07:00:00Z", ["enable", "update", "disable"], True),
        ("yesterday", [], True),
        (None, [], True),
    ],
)
def test_tokens_that_have_ended_meanwhile_are_not_told(changed: str | None, done: list[str], lasts: bool) -> None:
    before = {"state": "present", "enabled": False, "updated_at": changed}
    line = Line("E1", "jane", "unchanged", done=done, closed=True, before=before)
    data = report("offboard", {"magistrala": [line]}, [someone()], mode="disable")
    assert any(one["what"].startswith("access tokens") for one in data["residual"]) is lasts
    assert "before" not in data["people"][0]["accounts"]["magistrala"][0]


def test_nothing_lives_on_where_nothing_was_closed() -> None:
    data = report("offboard", {"magistrala": [Line("E1", "jane")]}, [someone()], mode="disable")
    assert data["residual"] == data["manual"] == []


def test_somebody_unknown_everywhere_is_named() -> None:
    data = report("offboard", {"iq": []}, [someone()], mode="disable")
    assert [one["id"] for one in data["nowhere"]] == ["E1"]
    assert "No account found anywhere." in page(data)


def test_the_small_form_stays_small() -> None:
    lines = [Line(f"E{number}", "x" * 250, "failed", error="y" * 900) for number in range(10_000)]
    data = small(report("onboard", {"iq": lines, "magistrala": lines}, []))
    assert len(json.dumps(data)) < 700_000
    assert data["left_out"] == {"failures": 20_000 - MOST_NAMED}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_does_no_harm(text: str) -> None:
    line = Line(
        "E1",
        text,
        "failed",
        changes=[{"field": text, "before": text, "after": {text: [text]}}],
        error=text,
        notes=[text],
        old=[text],
    )
    hostile = {"id": "E1", "name": text, "email": text, "profile": [text]}
    plain = Line(
        "E1", "x", "failed", changes=[{"field": "x", "before": "x", "after": "x"}], error="x", notes=["x"], old=["x"]
    )
    kind = ("offboard", {"mode": "disable"})
    shown = Outline(page(report(kind[0], {"iq": [line]}, [hostile], **kind[1])))
    tame = Outline(page(report(kind[0], {"iq": [plain]}, [hostile | {"name": "x"}], **kind[1])))
    assert shown.tags == tame.tags
    assert "49" not in "".join(shown.text)
    assert not {"\x1b", "\x00", "\u202e"} & set("".join(shown.text))


def test_the_page_has_everything_in_it_and_asks_for_nothing() -> None:
    outline = Outline(page(report("onboard", {"iq": [Line("E1", "jane", "created")]}, [someone()])))
    assert {tag for tag, _attributes in outline.tags}.isdisjoint(
        {"script", "link", "img", "iframe", "form", "a", "object"}
    )
    policy = next(a["content"] for tag, a in outline.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"
    assert not [attributes for _tag, attributes in outline.tags if {"src", "href", "style"} & set(attributes)]


def test_every_action_has_a_word_and_a_sign() -> None:
    actions = ["created", "updated", "enabled", "disabled", "deleted", "unchanged", "held", "failed"]
    lines = [
        Line(f"E{number}", "x", action, error="e" if action == "failed" else None)
        for number, action in enumerate(actions)
    ]
    text = "".join(Outline(page(report("offboard", {"iq": lines}, [], mode="disable"))).text)
    for sign, action in zip("+~▲▼−=‖✗", actions, strict=True):
        assert f"{sign} {action}" in text


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (None, "–"),
        ("", "–"),
        ([], "–"),
        (True, "yes"),
        (False, "no"),
        (["a", "b"], "a, b"),
        ({"role": "Owner", "organization": "Data"}, "role: Owner, organization: Data"),
        ([{"role": "A", "global": True}, {"role": "B", "global": True}], "role: A, global: yes; role: B, global: yes"),
        (7, "7"),
    ],
)
def test_values_in_words(item: t.Any, words: str) -> None:
    assert value(item) == words


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (["a", "b"], ["b", "c"], [("gone", "a"), ("new", "c")]),
        ("old", "new", [("gone", "old"), ("new", "new")]),
        (None, ["a"], [("new", "a")]),
        ({"team": "x"}, None, [("gone", "team: x")]),
        ([{"role": "A"}], [], [("gone", "role: A")]),
    ],
)
def test_changes_in_words(before: t.Any, after: t.Any, words: list[tuple[str, str]]) -> None:
    assert pieces({"field": "x", "before": before, "after": after}) == words


@pytest.mark.parametrize(
    ("action", "said"), [("deleted", "scheduled jobs of this account"), ("failed", "Disable this account")]
)
def test_what_iics_leaves_to_be_done_by_hand(action: str, said: str) -> None:
    line = Line(
        "E1",
        "jane",
        action,
        done=["delete"] if action == "deleted" else [],
        closed=action == "deleted",
        error="no" if action == "failed" else None,
    )
    jobs, listeners = report("offboard", {"iics": [line]}, [someone()], mode="disable")["manual"]
    assert said in jobs["what"]
    assert "IICS Administrator" in jobs["where"]
    assert (
        "file_listeners in offboard_successors" in listeners["what"] and "ChangeCallbackOwnership" in listeners["where"]
    )
    line.done.insert(0, "hand_over")
    assert len(report("offboard", {"iics": [line]}, [someone()], mode="disable")["manual"]) == 1
