# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names of systems, as people write them in variables and rosters."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import near_names
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from ansible_collections.people.lifecycle.plugins.module_utils._systems import TRAITS


def check_system(name: t.Any, where: str) -> Traits:
    """The system called ``name`` in ``where``; raises InputError with near names."""
    if name not in TRAITS:
        near = near_names(str(name), TRAITS, 1)
        hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(TRAITS)}."
        raise InputError(f"{where} names {name!r:.40}; {hint}")
    return TRAITS[name]
