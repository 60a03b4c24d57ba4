# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sonatype IQ Server as everything above it sees it."""

from __future__ import annotations

import functools

from ansible_collections.people.lifecycle.plugins.module_utils._core.system import System
from ansible_collections.people.lifecycle.plugins.module_utils._http.connection import connection_from
from ansible_collections.people.lifecycle.plugins.module_utils._iq.client import IqClient
from ansible_collections.people.lifecycle.plugins.module_utils._iq.options import CONNECTION, PERSON, QUERY, SHARED
from ansible_collections.people.lifecycle.plugins.module_utils._iq.rules import RULES

IQ = System(
    traits=IqClient.traits,
    connection=CONNECTION,
    person=PERSON,
    shared=SHARED,
    query=QUERY,
    connect=functools.partial(connection_from, variable="IQ_SERVER_URL"),
    client=IqClient,
    own_rules=RULES,
)
