# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether Atom answers where there is no users service any more; told by what it does, without credentials."""

from __future__ import annotations

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import ApiError
from ansible_collections.people.lifecycle.plugins.module_utils._http.messages import json_object
from ansible_collections.people.lifecycle.plugins.module_utils._http.session import Session

WHO, GRAPHQL = "/auth/session", "/graphql"
ROOT = "QueryRoot"  # what Atom calls the type of its queries


def is_atom(session: Session) -> bool:
    """Whether a route of Atom's own is there; a proxy may keep the first to itself."""
    return has_sessions(session) or has_queries(session)


def has_sessions(session: Session) -> bool:
    try:
        answer = session.get(WHO, signed=False, ok=(200, 401, 405))
    except ApiError:
        return False
    return answer.status == 405 or not json_object(answer).keys().isdisjoint(("error", "entity_id"))


def has_queries(session: Session) -> bool:
    asked = {"query": "{ __typename }"}
    try:
        answer = session.send("POST", GRAPHQL, json=asked, reads=True, signed=False)
    except ApiError:
        return False
    data = json_object(answer).get("data")
    return isinstance(data, dict) and data.get("__typename") == ROOT
