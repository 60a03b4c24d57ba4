# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever is there and whatever is wanted: check mode foresees it, the run does it, and a second run does nothing."""

from __future__ import annotations

import typing as t

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unit.iq.server import JANE, Server, foreseen

PLACES: list[dict[str, t.Any]] = [
    {"global": True},
    {"repository_container": True},
    {"organization": "Root Organization"},
    {"organization": "Data"},
    {"application": "data-portal"},
]
ROLES = ["Developer", "Owner", "Legal Reviewer"]
GRANTS = st.lists(
    st.builds(lambda role, place: {"role": role, **place}, st.sampled_from(ROLES), st.sampled_from(PLACES)),
    max_size=4,
    unique_by=str,
)
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
FIELDS = st.fixed_dictionaries({}, optional={"first_name": TEXTS, "last_name": TEXTS, "email": TEXTS})
CHANGES = st.one_of(
    st.none(),
    st.builds(lambda grants: {"set": grants}, GRANTS),
    st.builds(lambda add, remove: {"add": add, "remove": [one for one in remove if one not in add]}, GRANTS, GRANTS),
)
NAMES = st.sampled_from(["jane", "j d/e", "person-00001"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=NAMES,
    held=GRANTS,
    token=st.booleans(),
    fields=FIELDS,
    grants=CHANGES,
    state=st.sampled_from(["present", "present", "absent"]),
    revoke=st.booleans(),
)
def test_any_state_and_any_wish(
    server: Server,
    name: str,
    held: list[dict[str, t.Any]],
    token: bool,
    fields: dict[str, str],
    grants: dict[str, t.Any] | None,
    state: str,
    revoke: bool,
) -> None:
    server.judged = False
    server.reset()
    server.seed(1, tokens={"Internal": [name] if token else []})
    server.grant(name, *held)
    options = {**JANE, **fields, "username": name, "state": state, "revoke": revoke}
    if grants is not None:
        options["grants"] = grants
    foreseen(server, **options)
    if state == "absent":
        assert not server.has(name)
        assert not revoke or (server.grants(name) == [] and not server.has_token(name))
        return
    account = server.stored(name)
    assert [account.first_name, account.last_name] == [options["first_name"], options["last_name"]]
    assert account.email == options["email"] and server.has_token(name) is token
    wanted = {str(grant) for grant in (grants or {}).get("set", held)}
    wanted |= {str(grant) for grant in (grants or {}).get("add", [])}
    wanted -= {str(grant) for grant in (grants or {}).get("remove", [])}
    assert {str(grant) for grant in server.grants(name)} == wanted
