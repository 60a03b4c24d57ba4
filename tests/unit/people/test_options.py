# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of the actions: a survey's answers are understood, and what is wrong names the role's variable."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.modules import offboard, onboard
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.options import Options


def options(kind: str = "onboard", **given: t.Any) -> Options:
    documentation = {"onboard": onboard, "offboard": offboard}[kind].DOCUMENTATION
    return Options(documentation, kind, given)


def refused(kind: str = "onboard", **given: t.Any) -> str:
    with pytest.raises(InputError) as refusal:
        options(kind, **given)
    return str(refusal.value)


@pytest.mark.parametrize("blank", [None, "", " ", "\n", [], {}])
@pytest.mark.parametrize("option", ["reenable", "batch_size", "credentials", "report_dir", "people", "report"])
def test_a_blank_answer_is_the_default(option: str, blank: t.Any) -> None:
    assert options(**{option: blank})[option] == options()[option]


@pytest.mark.parametrize("value", [True, "true", "True", " yes ", "on", 1, "1"])
def test_yes(value: t.Any) -> None:
    assert options(reenable=value)["reenable"] is True


@pytest.mark.parametrize("value", [False, "false", "no", "off", 0, "0"])
def test_no(value: t.Any) -> None:
    assert options(report=value)["report"] is False


@pytest.mark.parametrize("value", ["perhaps", 2, ["true"], {"a": 1}])
def test_neither_yes_nor_no(value: t.Any) -> None:
    assert "onboard_reenable" in refused(reenable=value)


@pytest.mark.parametrize("value", [5, "5", " 5 "])
def test_a_number(value: t.Any) -> None:
    assert options(batch_size=value).integer("batch_size", least=1) == 5


@pytest.mark.parametrize("value", ["five", 5.5, [5]])
def test_no_number(value: t.Any) -> None:
    assert "onboard_batch_size" in refused(batch_size=value)


@pytest.mark.parametrize("value", ["0", -1, 0])
def test_a_number_that_is_too_small(value: t.Any) -> None:
    with pytest.raises(InputError, match="onboard_batch_size must be a whole number, at least 1"):
        options(batch_size=value).integer("batch_size", least=1)


def test_an_unknown_choice_is_named() -> None:
    said = refused("offboard", mode="remove")
    assert "offboard_mode" in said and "disable, delete" in said and "remove" in said


def test_everything_wrong_is_told_at_once() -> None:
    said = refused("offboard", mode="remove", limit="many", report="perhaps")
    assert all(name in said for name in ("offboard_mode", "offboard_limit", "offboard_report"))


def test_an_unknown_option_is_refused() -> None:
    assert "onboard_batchsize" in refused(batchsize=5)
