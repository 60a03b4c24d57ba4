# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Passwords of accounts in Informatica IICS."""

from __future__ import annotations

DOCUMENTATION = r"""
module: iics_user_password
short_description: Change and reset passwords in Informatica IICS
version_added: 0.1.0
description:
  - Changes the password of the account that the task runs with, changes that of another account as an administrator, or
    resets one with the security answer of the account.
  - An expired password can only be reset.
  - Passwords cannot be read back, so a change is reported each time. Only the own one is known, and nothing is done
    where it is the wanted one already. An organization that forbids the reuse of passwords refuses the same one again.
author: People Lifecycle contributors (@people-lifecycle)
options:
  username:
    description:
      - User name of the account, in any case. Without it and O(id), the account that the task runs with.
    type: str
    aliases: [name]
  id:
    description:
      - Id of the account, in place of O(username).
    type: str
  password:
    description:
      - The new password, at most 255 characters. The rules for it are those of the organization.
    type: str
    required: true
  old_password:
    description:
      - The present password of the account that the task runs with. O(api_password) is taken where this is not given.
    type: str
  security_answer:
    description:
      - The answer to the security question of the account, to reset the password instead of changing it.
    type: str
extends_documentation_fragment:
  - people.lifecycle.connection
  - people.lifecycle.connection.iics
attributes:
  check_mode:
    description: Can run in C(check_mode) and say whether a password would be sent, without sending it.
    support: full
  diff_mode:
    description: Says that a password is set, and never which.
    support: full
  idempotent:
    description: Only the own password is known; for others a change is reported, and made, each time.
    support: partial
seealso:
  - module: people.lifecycle.iics_user
  - ref: IICS guide <ansible_collections.people.lifecycle.docsite.guide_iics>
    description: How commands of iics-cli and requests of the v2 resource translate into tasks.
"""

EXAMPLES = r"""
- name: Change the own password
  people.lifecycle.iics_user_password:
    api_url: dm-us
    api_username: automation@example.com
    api_password: "{{ vault_old_password }}"
    password: "{{ vault_new_password }}"

- name: Give Jane another password
  people.lifecycle.iics_user_password:
    api_url: dm-us
    api_username: admin@example.com
    api_password: "{{ vault_iics_password }}"
    username: jane.smith@example.com
    password: "{{ vault_jane_password }}"

- name: Jane's password has expired
  people.lifecycle.iics_user_password:
    api_url: dm-us
    api_username: admin@example.com
    api_password: "{{ vault_iics_password }}"
    username: jane.smith@example.com
    security_answer: "{{ vault_jane_answer }}"
    password: "{{ vault_jane_password }}"
"""

RETURN = r"""
username:
  description: User name of the account.
  returned: success
  type: str
  sample: jane.smith@example.com
id:
  description: Its id.
  returned: success
  type: str
  sample: 0Kk2nHoX9eUgdzgu9HRYCS
instance:
  description: Whose accounts these are.
  returned: always
  type: dict
  contains:
    name:
      description: Name of the instance, that of the system where there is only one.
      type: str
    system:
      description: Always C(iics).
      type: str
    address:
      description: Where the sign-in went, null where no usable address was given.
      type: str
    organization:
      description: Name of the organization, null where the sign-in did not get that far.
      type: str
    release:
      description: Always null; the service does not tell its release.
      type: str
    remarks:
      description: What is true of the organization or server as a whole and matters here, as sentences.
      type: list
      elements: str
  sample:
    name: iics
    system: iics
    address: https://dm-us.informaticacloud.com
    organization: Example
    release: null
    remarks: []
sign_in_refused:
  description:
    - Whether the service refused the sign-in, at the beginning or when the session had to be renewed, also because the
      account is locked. Do not repeat the task with the same password then; the service locks accounts.
  returned: always
  type: bool
  sample: false
"""

from ansible_collections.people.lifecycle.plugins.module_utils._ansible.run import OperationTask
from ansible_collections.people.lifecycle.plugins.module_utils._iics.passwords import PASSWORD, plan_password
from ansible_collections.people.lifecycle.plugins.module_utils._iics.system import IICS

WORK = OperationTask(
    IICS,
    PASSWORD,
    plan_password,
    mutually_exclusive=[["username", "id"], ["old_password", "security_answer"]],
)


def main() -> None:
    from ansible_collections.people.lifecycle.plugins.module_utils._ansible.module import run_module

    run_module(WORK)


if __name__ == "__main__":
    main()
