# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fixtures for the tests of who gets what: a company whose HR knows no profiles."""

from __future__ import annotations

from unit.people.conftest import systems

__all__ = ["systems"]
