# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Profiles in a file."""

from __future__ import annotations

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.yaml_files import read_yaml

ANALYST = {"analyst": {"magistrala": {"tags": ["{{ lookup('pipe', 'id') }}"]}}}


@pytest.mark.parametrize(
    "text",
    [
        "analyst:\n  magistrala:\n    tags: [\"{{ lookup('pipe', 'id') }}\"]\n",
        "onboard_profiles:\n  analyst:\n    magistrala:\n      tags: [\"{{ lookup('pipe', 'id') }}\"]\n",
        '\ufeff{"analyst": {"magistrala": {"tags": ["{{ lookup(\'pipe\', \'id\') }}"]}}}',
    ],
)
def test_it_is_read_and_not_evaluated(text: str) -> None:
    assert read_yaml(text.encode(), "profiles.yml", "onboard_profiles") == ANALYST


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"analyst: [", "line 1, column 11"),
        (b"analyst: !unknown x", "line 1, column 10"),
        (b"analyst: \xff", "not valid YAML"),
        (b"[" * 5000, "not valid YAML"),
    ],
)
def test_what_cannot_be_read_is_named(text: bytes, said: str) -> None:
    with pytest.raises(InputError, match=rf"profiles\.yml.*{said}"):
        read_yaml(text, "profiles.yml", "onboard_profiles")
