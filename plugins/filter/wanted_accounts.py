# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter that makes the accounts of each system out of people and profiles."""

from __future__ import annotations

import datetime
import typing as t

from ansible.errors import AnsibleFilterError

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import mapping, text
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import refuse
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import read_instances
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.plan import wanted_accounts as mapped

DOCUMENTATION = r"""
name: wanted_accounts
short_description: Turn people and profiles into the accounts of each system
version_added: 0.1.0
author: People Lifecycle contributors (@people-lifecycle)
description:
  - Says which accounts people shall have in each system, out of their records and of the profiles that they name.
  - Asks no system and writes nothing; the same input gives the same output.
  - Refuses two people with one account, one person twice, unknown profiles, and a record that names a privilege. The
    error names everything that is wrong.
positional: _input
options:
  _input:
    description: The people, as O(people.lifecycle.onboard#role:main:onboard_people) describes them.
    type: list
    elements: dict
    required: true
  profiles:
    description: The profiles, as O(people.lifecycle.onboard#role:main:onboard_profiles) describes them.
    type: dict
    required: true
  naming:
    description: The rule for user names of each system or instance, as
      O(people.lifecycle.onboard#role:main:onboard_naming) describes them.
    type: dict
    default: {}
  systems:
    description: The systems, or instances of them, that accounts are wanted for; all where this is empty.
    type: list
    elements: str
    default: []
  today:
    description: The day that C(start) and C(end) of people are compared with, such as V(2027-01-31).
    type: str
    default: the day on the control node
  instances:
    description:
      - Instances that are not named like their systems, each with its system, such as C(iics_dev) with V(iics).
    type: dict
    default: {}
    version_added: 0.2.0
"""

EXAMPLES = r"""
- name: Which accounts shall people have in the IQ Server?
  ansible.builtin.debug:
    msg: "{{ (people | people.lifecycle.wanted_accounts(profiles)).iq | map(attribute='username') }}"
  vars:
    people:
      - id: E10482
        first_name: Jane
        last_name: Smith
        email: jane.smith@example.com
        profile: [data-engineer]
    profiles:
      data-engineer:
        iq:
          grants:
            - role: Developer
              organization: Data

- name: Which accounts shall people have on the server for Europe?
  ansible.builtin.debug:
    msg: "{{ (people | people.lifecycle.wanted_accounts(profiles, instances=instances)).iq_emea |
      map(attribute='username') }}"
  vars:
    instances:
      iq_emea: iq
    people:
      - id: E10482
        first_name: Jane
        last_name: Smith
        email: jane.smith@example.com
        profile: [data-engineer]
    profiles:
      data-engineer:
        iq_emea:
          grants:
            - role: Developer
              organization: Data
"""

RETURN = r"""
_value:
  description:
    - A list of accounts for each system and instance, C(people) with every person, and C(waiting) with who is not due.
    - Each account has C(person), C(name), C(email), C(username), C(named), C(options), C(give), C(others) and
      C(only_existing).
  type: dict
"""


def wanted_accounts(
    people: t.Any,
    profiles: t.Any,
    naming: t.Any = None,
    systems: t.Any = None,
    today: t.Any = None,
    instances: t.Any = None,
) -> dict[str, list[t.Any]]:
    """See DOCUMENTATION; raises AnsibleFilterError."""
    try:
        day = text(today, "today", datetime.date.today().isoformat())
        known = read_instances(mapping(instances, "instances"), "instances")
        date = datetime.date.fromisoformat(day)
        planned = mapped(people, profiles, naming, systems, date, instances=known, every=tuple(known))
        refuse([problem["why"] for problem in planned.pop("refused")])
        del planned["roster"]  # people as the roles have them, which no template can show
        return planned
    except (LifecycleError, ValueError) as error:
        raise AnsibleFilterError(str(error)) from None


class FilterModule:
    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"wanted_accounts": wanted_accounts}
