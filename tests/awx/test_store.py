# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The stub of the controller is as strict as AWX where the content could go wrong: names, and required fields."""

from __future__ import annotations

import pytest

from awx.store import Store

TYPE = {"name": "type", "kind": "cloud", "inputs": {"fields": [{"id": "url"}, {"id": "token"}], "required": ["url"]}}


@pytest.mark.parametrize(
    ("kind", "everywhere"),
    [("execution_environments", True), ("credential_types", True), ("inventories", False), ("projects", False)],
)
def test_some_names_are_unique_over_all_organizations_and_some_within_one(kind: str, everywhere: bool) -> None:
    store = Store()
    values = {**TYPE, "name": "People lifecycle", "injectors": {}, "inputs": {"fields": []}}
    first, second = (store.add("organizations", {"name": name})["id"] for name in ("First", "Second"))
    store.add(kind, {**values, "organization": first})
    assert store.objections(kind, {**values, "organization": first}) != {}
    assert bool(store.objections(kind, {**values, "organization": second})) is everywhere
    assert store.objections(kind, {**values, "name": "Trial People lifecycle", "organization": second}) == {}


@pytest.mark.parametrize(
    ("inputs", "told"),
    [({}, "url"), ({"url": ""}, "url"), ({"token": "x"}, "url"), ({"url": "https://iq.example.com"}, "")],
)
def test_a_required_field_that_is_empty_stops_every_launch(inputs: dict[str, str], told: str) -> None:
    store = Store()
    type_ = store.add("credential_types", TYPE)["id"]
    credential = store.add("credentials", {"name": "Mine", "credential_type": type_, "inputs": inputs})["id"]
    template = store.add("job_templates", {"name": "People"})["id"]
    store.lists["job_templates", template, "credentials"] = [credential]
    expected = f"Mine does not provide one or more required fields ({told})." if told else ""
    assert store.missing_inputs("job_templates", template) == expected
