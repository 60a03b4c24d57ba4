# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts that people shall have.

Documentation only: the action plugin of the same name does the work.
"""

from __future__ import annotations

DOCUMENTATION = r"""
module: plan_people
short_description: Plan the accounts that people shall have
version_added: 0.1.0
description:
  - Reads people and profiles, and says which accounts each system shall have, as P(people.lifecycle.wanted_accounts#filter) does.
  - Refuses what is wrong, before anything is asked or written, and names all of it.
  - Changes nothing. The role P(people.lifecycle.onboard#role) uses it.
author: People Lifecycle contributors (@people-lifecycle)
options:
  people:
    description: The people, as O(people.lifecycle.onboard#role:main:onboard_people) describes them.
    type: raw
  people_file:
    description: A file with the people, used in place of O(people).
    type: path
  profiles:
    description: The profiles, as O(people.lifecycle.onboard#role:main:onboard_profiles) describes them.
    type: dict
    default: {}
  profiles_file:
    description: A file with the profiles, in YAML or JSON, used in place of O(profiles).
    type: path
  naming:
    description: Rules for user names, as O(people.lifecycle.onboard#role:main:onboard_naming) describes them.
    type: dict
    default: {}
  systems:
    description: The systems; all where this is empty.
    type: list
    elements: str
    choices: [iics, iq, magistrala]
    default: []
  date:
    description: The day that C(start) and C(end) of people are compared with; today where it is empty.
    type: str
  shard:
    description: Which part of the people the plan is about, as C(k/n). All of them are checked.
    type: str
  only:
    description: Whom the plan is about, as O(people.lifecycle.onboard#role:main:onboard_only) describes it.
    type: raw
  roster_file:
    description: A file with the whole roster, as O(people.lifecycle.onboard#role:main:onboard_roster_file) describes it.
    type: path
attributes:
  check_mode:
    description: Can run in C(check_mode) and say what would be changed, without changing it.
    support: full
  diff_mode:
    description: Nothing is changed, so there is nothing to show.
    support: N/A
"""

EXAMPLES = r"""
- name: Which accounts shall the people in the roster have?
  people.lifecycle.plan_people:
    people_file: roster.csv
    profiles: "{{ profiles }}"
  register: plan

- name: Count them
  ansible.builtin.debug:
    var: plan.accounts
"""

RETURN = r"""
count:
  description: How many people there are.
  returned: success
  type: int
  sample: 10
waiting:
  description: How many of them are not due.
  returned: success
  type: int
  sample: 1
systems:
  description: The systems, in order.
  returned: success
  type: list
  elements: str
  sample: [iics, iq, magistrala]
accounts:
  description: How many accounts each system shall have, or may have something old.
  returned: success
  type: dict
  sample: {iics: 9, iq: 7, magistrala: 9}
details:
  description: A file with the accounts, for M(people.lifecycle.onboard_accounts) in the same run of Ansible.
  returned: success
  type: str
  sample: /home/jane/.ansible/tmp/ansible-local-1/people.lifecycle/tmp1.json
"""
