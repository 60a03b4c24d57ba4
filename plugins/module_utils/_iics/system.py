# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Informatica IICS as everything above it sees it."""

from __future__ import annotations

from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Connection
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.system import System
from ansible_collections.people.lifecycle.plugins.module_utils._http.connection import connection_from
from ansible_collections.people.lifecycle.plugins.module_utils._iics.client import IicsClient
from ansible_collections.people.lifecycle.plugins.module_utils._iics.hosts import login_base
from ansible_collections.people.lifecycle.plugins.module_utils._iics.options import CONNECTION, PERSON, QUERY, SHARED
from ansible_collections.people.lifecycle.plugins.module_utils._iics.rules import RULES


def connect(params: Values) -> Connection:
    """The checked connection options, with the name of a region or POD in place of an address, too."""
    given = params["api_url"]
    return connection_from(params, login_base(given) if given else None)


IICS = System(
    traits=IicsClient.traits,
    connection=CONNECTION,
    person=PERSON,
    shared=SHARED,
    query=QUERY,
    connect=connect,
    client=IicsClient,
    own_rules=RULES,
)
