# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Atom, where people live since Magistrala v0.40 (generation C): GraphQL and a few REST calls."""

from .generations import PROFILES, AnyMagistrala
from .system import SEED_PASSWORD, Atom

__all__ = ["PROFILES", "SEED_PASSWORD", "AnyMagistrala", "Atom"]
