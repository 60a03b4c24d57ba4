# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""People's accounts in Magistrala, read only."""

from __future__ import annotations

DOCUMENTATION = r"""
module: magistrala_user_info
short_description: Read accounts in Magistrala
version_added: 0.1.0
description:
  - Reads accounts from the users service of Magistrala, page after page.
author: People Lifecycle contributors (@people-lifecycle)
options:
  usernames:
    description:
      - Only the accounts with exactly these user names.
    type: list
    elements: str
  status:
    description:
      - Which accounts are listed.
    type: str
    choices: [enabled, disabled, deleted, all]
    default: enabled
extends_documentation_fragment:
  - people.lifecycle.connection
  - people.lifecycle.connection.magistrala
  - people.lifecycle.user.info_attributes
seealso:
  - module: people.lifecycle.magistrala_user
"""

EXAMPLES = r"""
- name: Who has an account that is switched off?
  people.lifecycle.magistrala_user_info:
    api_url: https://magistrala.example.com
    api_token: "{{ vault_magistrala_token }}"
    status: disabled
  register: switched_off

- name: Name them
  ansible.builtin.debug:
    msg: "{{ switched_off.users | map(attribute='username') }}"
"""

RETURN = r"""
users:
  description: The accounts found.
  returned: success
  type: list
  elements: dict
  sample:
    - username: jane.smith
      id: 26ae3198-6060-4308-824c-c846953b9898
      first_name: Jane
      last_name: Smith
      email: jane.smith@example.com
      enabled: true
      state: present
      role: user
count:
  description: How many there are.
  returned: success
  type: int
  sample: 1
"""

from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.system import MAGISTRALA
from ansible_collections.people.lifecycle.plugins.module_utils._run import run_info_module


def main() -> None:
    run_info_module(MAGISTRALA)


if __name__ == "__main__":
    main()
