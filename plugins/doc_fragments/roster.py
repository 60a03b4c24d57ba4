# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """How records of people are read, in every plugin that reads some."""

    DOCUMENTATION = r"""
options:
  columns:
    description:
      - What the columns of the roster are called here, as O(people.lifecycle.onboard#role:main:onboard_columns) has it.
    type: dict
    default: {}
    version_added: 0.2.0
  attributes:
    description:
      - Columns beside the known ones that the rules in C(lifecycle_profile_rules) name, such as V(department).
    type: list
    elements: str
    default: []
    version_added: 0.2.0
  instances:
    description:
      - Instances that are not named like their systems, each with its system, such as C(iics_dev) with V(iics). A
        roster may have user names of them, in CSV in columns such as C(iics_dev_username).
    type: dict
    default: {}
    version_added: 0.2.0
"""
