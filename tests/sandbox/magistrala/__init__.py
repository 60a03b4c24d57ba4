# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Magistrala (formerly SuperMQ), generations A and B, and a hint of C."""

from .seeding import SEED_PASSWORD
from .switches import PROFILES
from .system import Magistrala

__all__ = ["PROFILES", "SEED_PASSWORD", "Magistrala"]
