# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All accounts of people who leave.

Documentation only: the action plugin of the same name does the work.
"""

from __future__ import annotations

DOCUMENTATION = r"""
module: find_leavers
short_description: Find all accounts of people who leave
version_added: 0.1.0
description:
  - Looks in all systems for the accounts of people who are given by record, e-mail address or user name, even where the names
    differ between systems.
  - Refuses, before anything is written, too many people, people who are protected, the account that the run uses, the last
    administrator of a system, and accounts of which nobody can say whose they are.
  - Changes nothing. The role P(people.lifecycle.offboard#role) uses it.
author: People Lifecycle contributors (@people-lifecycle)
options:
  people:
    description: The leavers, as O(people.lifecycle.offboard#role:main:offboard_people) describes them.
    type: raw
  people_file:
    description: A file with the leavers, used in place of O(people).
    type: path
  shard:
    description: Which part of the people this is about, as C(k/n). O(limit) counts all of them.
    type: str
  systems:
    description: The systems; all where this is empty.
    type: list
    elements: str
    choices: [iics, iq, magistrala]
    default: []
  naming:
    description: Rules for user names, as O(people.lifecycle.onboard#role:main:onboard_naming) describes them.
    type: dict
    default: {}
  connections:
    description: For each system, connection options of its modules.
    type: dict
    default: {}
  limit:
    description: How many people may leave in one run.
    type: int
    default: 5
  protected:
    description: User names, e-mail addresses and ids of people who never leave this way.
    type: list
    elements: str
    default: []
attributes:
  check_mode:
    description: Can run in C(check_mode) and say what would be changed, without changing it.
    support: full
  diff_mode:
    description: Nothing is changed, so there is nothing to show.
    support: N/A
"""

EXAMPLES = r"""
- name: Where does Jane have accounts?
  people.lifecycle.find_leavers:
    people: jane.smith@example.com
  register: jane

- name: Count them
  ansible.builtin.debug:
    var: jane.found
"""

RETURN = r"""
count:
  description: How many people were given.
  returned: success
  type: int
  sample: 1
found:
  description: How many accounts they have in each system.
  returned: success
  type: dict
  sample: {iics: 1, iq: 1, magistrala: 0}
systems:
  description: The systems, in order.
  returned: success
  type: list
  elements: str
  sample: [magistrala, iq, iics]
unreachable_systems:
  description: Why systems could not be read, by system.
  returned: success
  type: dict
  sample: {}
details:
  description: A file with the accounts, for M(people.lifecycle.offboard_accounts) in the same run of Ansible.
  returned: success
  type: str
  sample: /home/jane/.ansible/tmp/ansible-local-1/people.lifecycle/tmp1.json
"""
