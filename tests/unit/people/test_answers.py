# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers to surveys, in the file that AWX writes, as this ansible-core reads it: as they were typed, or refused."""

from __future__ import annotations

import pathlib
import re
import typing as t

import pytest
from ansible.parsing.dataloader import DataLoader

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import text
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.launch import (
    REVIEWED,
    TEXTS,
    refuse_lost,
    refuse_reviewed,
    unmarked,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.launch import typed as as_typed

PROJECT = pathlib.Path(__file__).resolve().parents[3]
TYPED = [
    *("00123", "10042", "0x1F", "0b11", "+4930", "+49 30 1", "1_000", "12:30", "1.50", "1e3", ".inf", "-1", "0o17"),
    *("No", "yes", "on", "OFF", "true", "False", "y", "n", "Smith", "'t Hooft", "2027-06-01", "2027-6-1", "00123,"),
    *(
        "2027-06-01 10:00:00",
        "2027-06-01T10:00:00Z",
        "[1, 2]",
        "{a: b}",
        "# no comment",
        "a: b",
        "{{ 7 * 7 }}",
        "O'Neill",
    ),
]
NOTHING = ["", " ", "null", "Null", "NULL", "~"]


def answered(folder: pathlib.Path, **answers: str) -> dict[str, t.Any]:
    """The variables of a job whose survey got ``answers``."""
    file = folder / "extravars"
    lines = [f"{name}: !unsafe '{value.replace(chr(39), chr(39) * 2)}'" for name, value in answers.items()]
    file.write_text("\n".join(lines) + "\n")
    return t.cast("dict[str, t.Any]", DataLoader().load_from_file(str(file)))


@pytest.mark.parametrize("typed", TYPED)
def test_an_answer_arrives_as_it_was_typed_or_is_refused(tmp_path: pathlib.Path, typed: str) -> None:
    answers = answered(tmp_path, person_phone=typed)
    try:
        refuse_lost(answers)
    except InputError as error:
        assert "person_phone arrived as " in str(error) and "Put an apostrophe before it" in str(error)
        marked = answered(tmp_path, person_phone=f"'{typed}")
        refuse_lost(marked)
        assert unmarked(text(marked["person_phone"], "person_phone")) == typed
    else:
        assert unmarked(text(answers["person_phone"], "person_phone")) == typed


@pytest.mark.parametrize("typed", NOTHING)
def test_what_says_nothing_is_no_answer(tmp_path: pathlib.Path, typed: str) -> None:
    answers = answered(tmp_path, person_phone=typed)
    refuse_lost(answers)
    assert text(as_typed({"phone": answers["person_phone"]})["phone"], "phone") == ""


@pytest.mark.parametrize("typed", [typed for typed in NOTHING if typed.strip()])
def test_what_is_marked_says_something(tmp_path: pathlib.Path, typed: str) -> None:
    answers = answered(tmp_path, person_phone=f"'{typed}", person_last_name=f"'{typed}")
    marked = {"phone": answers["person_phone"], "last_name": answers["person_last_name"]}
    assert as_typed(marked) == {"phone": typed, "last_name": typed}


def test_somebody_called_null_is_no_blank_answer_where_text_arrives_as_typed() -> None:
    assert as_typed({"last_name": "Null", "id": "nullpointer"}) == {"last_name": "Null", "id": "nullpointer"}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("value", [83, 1.5, True, False, ["analyst", 7]])
def test_every_text_of_a_person_is_watched(name: str, value: t.Any) -> None:
    with pytest.raises(InputError, match=name):
        refuse_lost({name: value})
    refuse_lost({name: "text", "person_age": 7, "onboard_batch_size": 50})


def test_who_leaves_is_named_by_text_and_the_way_out_is_a_comma(tmp_path: pathlib.Path) -> None:
    with pytest.raises(InputError, match=r"offboard_people arrived as 83 .* Put a comma behind it"):
        refuse_lost({"offboard_people": 83})
    assert str(answered(tmp_path, offboard_people="00123,")["offboard_people"]) == "00123,"


def test_what_others_review_is_named() -> None:
    refuse_reviewed(
        ["person_id", "onboard_systems", "onboard_approved", "offboard_people", "review_systems", "awx_job_id"]
    )
    with pytest.raises(InputError, match="lifecycle_profiles, lifecycle_protected_file must not come from a launch"):
        refuse_reviewed(["lifecycle_protected_file", "lifecycle_profiles"])


def test_whatever_decides_for_everybody_is_for_reviewers() -> None:
    """By the guide on security, whose table says who may decide what."""
    guide = (PROJECT / "docs/docsite/rst/guide_security.rst").read_text()
    table = guide.partition("     - May not decide\n")[2].partition("   * - The systems\n")[0]
    names = set(re.findall(r"``(\w+)``", "".join(re.findall(r"^   \* - (.*)$", table, re.MULTILINE))))
    assert names - {"offboard_now"} <= set(REVIEWED), "offboard_now is about one person"
    assert len(names) > 8


def test_the_guide_names_all_that_is_for_reviewers() -> None:
    guide = (PROJECT / "docs/docsite/rst/guide_awx.rst").read_text()
    (told,) = re.findall(r"((?:``\w+``[,\s]*(?:and\s)?)+), and the same with\s+``_file``", guide)
    assert tuple(re.findall(r"\w{4,}", told)) == REVIEWED
