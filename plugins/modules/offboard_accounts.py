# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts of leavers in one system.

Documentation only: the action plugin of the same name does the work.
"""

from __future__ import annotations

DOCUMENTATION = r"""
module: offboard_accounts
short_description: Close the accounts of leavers in one system
version_added: 0.1.0
description:
  - Runs the C(<system>_user) module in batches for the accounts that M(people.lifecycle.find_leavers) found in the same run.
  - Closes each account as mildly as closes it, then reads back whether it is closed.
  - The role P(people.lifecycle.offboard#role) uses it; it is rarely needed by itself.
author: People Lifecycle contributors (@people-lifecycle)
options:
  system:
    description: The system.
    type: str
    choices: [iics, iq, magistrala]
    required: true
  leavers:
    description: The C(details) of M(people.lifecycle.find_leavers).
    type: path
    required: true
  mode:
    description: With V(disable), accounts are deleted only in systems that cannot disable them.
    type: str
    choices: [disable, delete]
    default: disable
  connection:
    description:
      - Connection options of the system's modules, such as C(api_url). What is not given comes from C(module_defaults) for the
        module or its action group, and from the environment.
    type: dict
    default: {}
  parallel:
    description: How many accounts a module works on at the same time.
    type: int
    default: 4
  batch_size:
    description: How many accounts are handed to a module at once. Each batch prints one line.
    type: int
    default: 500
attributes:
  check_mode:
    description: Can run in C(check_mode) and say what would be changed, without changing it.
    support: full
  diff_mode:
    description: Returns what has changed or would change, field by field, as far as it is not too long.
    support: full
"""

EXAMPLES = r"""
- name: Find Jane's accounts
  people.lifecycle.find_leavers:
    people: jane.smith@example.com
  register: jane

- name: Close those in Magistrala
  people.lifecycle.offboard_accounts:
    system: magistrala
    leavers: "{{ jane.details }}"
"""

RETURN = r"""
summary:
  description: How many accounts there are of each action.
  returned: success
  type: dict
  sample: {created: 2, updated: 1, enabled: 0, disabled: 0, deleted: 0, unchanged: 7, held: 0, failed: 0}
users:
  description:
    - What became of each account, without those where nothing was to be done or told, as far as the list is not too long.
    - Each entry has C(person), C(username), C(id), C(action), C(changes), C(error), C(notes), C(old), C(verified) and C(changed).
      The action V(held) means that an account was left alone on purpose; C(notes) says why.
  returned: success
  type: list
  elements: dict
left_out:
  description: How many entries RV(users) lacks because it would be too long.
  returned: success
  type: int
  sample: 0
failures:
  description: How many accounts failed. The task itself does not fail, so that the other systems are still done.
  returned: success
  type: int
  sample: 0
system:
  description: The system.
  returned: success
  type: str
  sample: iq
details:
  description: A file with all entries, for M(people.lifecycle.people_report) in the same run of Ansible, which removes it.
  returned: success
  type: str
  sample: /home/jane/.ansible/tmp/ansible-local-1/people.lifecycle/tmp1.json
"""
