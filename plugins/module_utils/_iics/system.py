# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Informatica IICS as the modules see it."""

from __future__ import annotations

from ansible_collections.people.lifecycle.plugins.module_utils._iics.client import IicsClient
from ansible_collections.people.lifecycle.plugins.module_utils._iics.options import CONNECTION, PERSON, QUERY, SHARED
from ansible_collections.people.lifecycle.plugins.module_utils._run import System

IICS = System(
    title="Informatica IICS", connection=CONNECTION, person=PERSON, shared=SHARED, query=QUERY, client=IicsClient
)
