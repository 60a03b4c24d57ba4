# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""People's accounts in Magistrala."""

from __future__ import annotations

DOCUMENTATION = r"""
module: magistrala_user
short_description: Manage accounts in Magistrala
version_added: 0.1.0
description:
  - Brings one account, or many at once, to the wanted state in the users service of Magistrala.
author: People Lifecycle contributors (@people-lifecycle)
options:
  username:
    description:
      - User name of the account, compared exactly. Use either this or O(users).
    type: str
    aliases: [name]
  first_name:
    description: &first_name
      - First name. Needed to create an account.
    type: str
  last_name:
    description: &last_name
      - Last name. Needed to create an account.
    type: str
  email:
    description: &email
      - E-mail address. Needed to create an account; no two accounts can have the same.
    type: str
  password:
    description: &password
      - Password for a new account. Needed to create an account.
    type: str
  update_password:
    description: &update_password
      - With V(on_create), O(password) is used for a new account only.
      - Magistrala lets nobody set the password of another existing account, so V(always) is refused where a password is
        given.
    type: str
    choices: [on_create, always]
    default: on_create
  state:
    description: &state
      - With V(present), the account exists with what is given.
      - With V(disabled), the account cannot sign in, if it exists.
      - With V(absent), the account is deleted. Magistrala keeps deleted accounts for a while and counts them as taken;
        here they count as absent, and V(present) takes the old account into use again.
    type: str
    choices: [present, disabled, absent]
    default: present
  enabled:
    description: &enabled
      - Whether the account can sign in. Only with O(state=present); where it is not given, this stays as it is.
    type: bool
  tags:
    description: &tags
      - The tags of the account, in this order.
    type: list
    elements: str
  metadata:
    description: &metadata
      - The metadata of the account, replaced as a whole.
    type: dict
  users:
    description:
      - Many accounts. Options beside it, such as O(state) or O(tags), hold for each entry that does not say otherwise.
    type: list
    elements: dict
    suboptions:
      username:
        description:
          - User name of the account.
        type: str
        required: true
        aliases: [name]
      first_name:
        description: *first_name
        type: str
      last_name:
        description: *last_name
        type: str
      email:
        description: *email
        type: str
      password:
        description: *password
        type: str
      update_password:
        description: *update_password
        type: str
        choices: [on_create, always]
      state:
        description: *state
        type: str
        choices: [present, disabled, absent]
      enabled:
        description: *enabled
        type: bool
      tags:
        description: *tags
        type: list
        elements: str
      metadata:
        description: *metadata
        type: dict
extends_documentation_fragment:
  - people.lifecycle.user
  - people.lifecycle.user.attributes
  - people.lifecycle.connection
  - people.lifecycle.connection.magistrala
seealso:
  - module: people.lifecycle.magistrala_user_info
"""

EXAMPLES = r"""
- name: Jane joins
  people.lifecycle.magistrala_user:
    api_url: https://magistrala.example.com
    api_token: "{{ vault_magistrala_token }}"
    username: jane.smith
    first_name: Jane
    last_name: Smith
    email: jane.smith@example.com
    password: "{{ vault_jane_password }}"
    tags: [data]

- name: Two leave
  people.lifecycle.magistrala_user:
    api_url: https://magistrala.example.com
    api_token: "{{ vault_magistrala_token }}"
    state: disabled
    users:
      - username: john.doe
      - username: mary.major
"""

RETURN = r"""
changed:
  description: Whether anything was changed, or would be in check mode.
  returned: always
  type: bool
users:
  description: What became of each account, in the order of the task.
  returned: always
  type: list
  elements: dict
  contains:
    username:
      description: User name as the task gives it.
      type: str
    id:
      description: The service's own id, null where there is none yet.
      type: str
    action:
      description: One of created, updated, enabled, disabled, deleted, unchanged, failed.
      type: str
    changes:
      description: Names of what differs.
      type: list
      elements: str
    account:
      description: The account as it is now, or would be.
      type: dict
    error:
      description: Why it failed, null where it did not.
      type: str
  sample:
    - username: jane.smith
      id: 26ae3198-6060-4308-824c-c846953b9898
      action: updated
      changes: [tags]
      account: {username: jane.smith, tags: [data], enabled: true}
      error: null
user:
  description: The entry of RV(users) where the task names one O(username).
  returned: when O(username) is given
  type: dict
summary:
  description: How many accounts there are of each action.
  returned: always
  type: dict
  sample: {created: 0, updated: 1, enabled: 0, disabled: 0, deleted: 0, unchanged: 7, failed: 0}
"""

from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.system import MAGISTRALA
from ansible_collections.people.lifecycle.plugins.module_utils._run import run_user_module


def main() -> None:
    run_user_module(MAGISTRALA)


if __name__ == "__main__":
    main()
