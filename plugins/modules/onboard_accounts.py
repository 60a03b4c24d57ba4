# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts of many people in one system.

Documentation only: the action plugin of the same name does the work.
"""

from __future__ import annotations

DOCUMENTATION = r"""
module: onboard_accounts
short_description: Bring the accounts of many people in one system to what profiles give
version_added: 0.1.0
description:
  - Runs the C(<system>_user) module in batches for a list of accounts that P(people.lifecycle.wanted_accounts#filter) made.
  - Makes up the passwords of new accounts, hands them to the module only, and writes them into an encrypted file where that is
    asked for. They are in no result.
  - Leaves alone accounts that belong to somebody else, and accounts of people who were switched off.
  - The role P(people.lifecycle.onboard#role) uses it; it is rarely needed by itself.
author: People Lifecycle contributors (@people-lifecycle)
options:
  system:
    description: The system.
    type: str
    choices: [iics, iq, magistrala]
    required: true
  accounts:
    description: The accounts of this system, as the filter makes them. Either these or O(plan).
    type: list
    elements: dict
  plan:
    description: The C(details) of M(people.lifecycle.plan_people) in the same run of Ansible.
    type: path
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
  reenable:
    description: Whether people come back whose account is disabled or deleted.
    type: bool
    default: false
  remove_old_access:
    description: Whether access goes that only profiles give which a person does not have.
    type: bool
    default: false
  reset_mail:
    description: Whether a link for a first password is mailed to people whose account was created, where the system can.
    type: bool
    default: false
  credentials:
    description: What becomes of new passwords. With V(none) nobody ever knows them.
    type: str
    choices: [none, vault_file]
    default: none
  credentials_file:
    description: The encrypted file for them. New ones are added to those that are in it.
    type: path
  credentials_vault_password:
    description: The vault password of this file.
    type: str
attributes:
  check_mode:
    description: Can run in C(check_mode) and say what would be changed, without changing it.
    support: full
  diff_mode:
    description: Returns what has changed or would change, field by field, as far as it is not too long.
    support: full
"""

EXAMPLES = r"""
- name: Give people their accounts in the IQ Server
  people.lifecycle.onboard_accounts:
    system: iq
    accounts: "{{ (people | people.lifecycle.wanted_accounts(profiles)).iq }}"
    credentials: vault_file
    credentials_file: new-passwords.yml
    credentials_vault_password: "{{ vault_handover_password }}"
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
