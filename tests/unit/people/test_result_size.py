# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Results of tasks stay small enough for AWX, which drops what is longer than 700,000 characters."""

from __future__ import annotations

import json
import pathlib
import types
import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.plugin_utils import _action as action
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line

AWX_LIMIT = 700_000


def result(lines: list[Line], folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, t.Any]:
    monkeypatch.setattr(action.constants, "DEFAULT_LOCAL_TMP", str(folder))
    one = action.LifecycleAction.__new__(action.LifecycleAction)
    one._task = types.SimpleNamespace(diff=True)
    return one.result_of(SYSTEMS["iq"], lines)


def joiner(number: int) -> Line:
    changes = [{"field": f"field{n}", "before": None, "after": "x" * 60} for n in range(8)]
    return Line(f"E{number}", f"person-{number}", "created", changes=changes, changed=True)


def test_thousands_of_joiners_fit(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = result([joiner(number) for number in range(10_000)], tmp_path, monkeypatch)
    assert len(json.dumps(found)) < AWX_LIMIT
    assert found["summary"]["created"] == 10_000
    assert found["left_out"] == 10_000 - len(found["users"]) > 0


def test_everything_is_in_the_details(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = result([joiner(number) for number in range(1_000)], tmp_path, monkeypatch)
    kept = json.loads(pathlib.Path(found["details"]).read_text())
    assert [line["person"] for line in kept["lines"]] == [f"E{number}" for number in range(1_000)]
    assert pathlib.Path(found["details"]).stat().st_mode & 0o077 == 0


def test_what_is_unchanged_is_only_counted(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = result([Line("E1", "a"), Line("E2", "b", old=["tags: x"])], tmp_path, monkeypatch)
    assert found["changed"] is False
    assert [user["person"] for user in found["users"]] == ["E2"]
    assert found["summary"]["unchanged"] == 2
    assert "diff" not in found
