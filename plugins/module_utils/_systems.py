# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The register of all systems by name, for roles, docs and tests; a module imports its own system only."""

from __future__ import annotations

from ansible_collections.people.lifecycle.plugins.module_utils._core.system import System
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from ansible_collections.people.lifecycle.plugins.module_utils._iics.system import IICS
from ansible_collections.people.lifecycle.plugins.module_utils._iq.system import IQ
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.system import MAGISTRALA

SYSTEMS: dict[str, System] = {system.traits.name: system for system in (IICS, IQ, MAGISTRALA)}
TRAITS: dict[str, Traits] = {name: system.traits for name, system in SYSTEMS.items()}
