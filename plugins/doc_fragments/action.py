# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """What is true of every action that works on people."""

    DOCUMENTATION = r"""
requirements:
  - python >= 3.10, that of ansible-core
  - requests >= 2.32.4
attributes:
  platform:
    description: Where the action can run.
    platforms: posix
    support: full
"""
