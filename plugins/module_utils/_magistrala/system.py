# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Magistrala as everything above it sees it."""

from __future__ import annotations

import functools

from ansible_collections.people.lifecycle.plugins.module_utils._core.system import System
from ansible_collections.people.lifecycle.plugins.module_utils._http.connection import connection_from
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.client import MagistralaClient
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.options import (
    CONNECTION,
    PERSON,
    QUERY,
    SHARED,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.rules import RULES

MAGISTRALA = System(
    traits=MagistralaClient.traits,
    connection=CONNECTION,
    person=PERSON,
    shared=SHARED,
    query=QUERY,
    connect=functools.partial(connection_from, variable="MAGISTRALA_URL"),
    client=MagistralaClient,
    own_rules=RULES,
)
