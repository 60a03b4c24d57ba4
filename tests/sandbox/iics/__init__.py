# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Informatica IICS: both logins, v3 users, roles and user groups, and the v2 user resource.

What the vendor documents or others recorded is fixed; everything else is a field of ``IicsSwitches``. Error codes that
nobody recorded begin with ``SIM_``.
"""

from __future__ import annotations

from .app import Iics
from .switches import IicsSwitches

__all__ = ["Iics", "IicsSwitches"]
