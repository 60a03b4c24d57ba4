# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sonatype IQ Server: users, user tokens, roles, role memberships, organizations and applications (REST API v2)."""

from __future__ import annotations

from .app import Iq
from .switches import Switches

__all__ = ["Iq", "Switches"]
