# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""People's accounts in Informatica IICS, read only."""

from __future__ import annotations

DOCUMENTATION = r"""
module: iics_user_info
short_description: Read accounts in Informatica IICS
version_added: 0.1.0
description:
  - Reads accounts of an organization of Informatica Intelligent Cloud Services (IICS, IDMC), every page of them.
  - By user name, e-mail address or id (O(usernames), O(emails), O(ids), in any combination), or all; and of these,
    those that are as O(contains), O(status), O(roles) and O(groups) say.
  - A listing that ends early, or that changes while it is read, is an error and never a shorter result.
author: People Lifecycle contributors (@people-lifecycle)
options:
  usernames:
    description:
      - Only the accounts with these user names, in any case.
    type: list
    elements: str
    aliases: [username, name]
  emails:
    description:
      - Only the accounts with these e-mail addresses, in any case.
    type: list
    elements: str
  ids:
    description:
      - Only the accounts with these ids; with O(api=v2), ids of v2, which are others.
    type: list
    elements: str
    aliases: [id]
  contains:
    description:
      - Only the accounts that have this text somewhere in their user name, names or e-mail address, in any case.
    type: str
  status:
    description:
      - Only the accounts with one of these states. V(provisioned) is an account that was not activated yet; V(disabled)
        was disabled, or locked after failed sign-ins.
    type: list
    elements: str
    choices: [active, provisioned, disabled, password_expired]
  roles:
    description:
      - Only the accounts that were given one of these roles directly, by name, display name or id.
    type: list
    elements: str
  groups:
    description:
      - Only the accounts in one of these user groups, by name or id.
    type: list
    elements: str
  effective_roles:
    description:
      - Whether to return C(effective_roles), too, with the roles that come from groups. This costs the listing of
        groups.
    type: bool
    default: false
  anonymous:
    description:
      - Whether a listing of all accounts includes C(CAI_Anonymous_...), which Application Integration keeps for itself.
    type: bool
    default: false
  api:
    description:
      - Which API to read. V(v2) has ids of its own (C(v2_id)), shows the security question, and knows neither the state
        nor the groups of an account, and only the roles Admin, Designer and Service Consumer. By its documentation its
        list may leave people out.
    type: str
    choices: [v3, v2]
    default: v3
  guards:
    description:
      - Whether to return RV(caller) and RV(administrators), too. This can cost the listings of accounts and groups.
    type: bool
    default: false
  parallel:
    description:
      - How many requests are sent at the same time, at most 8.
    type: int
    default: 4
extends_documentation_fragment:
  - people.lifecycle.connection
  - people.lifecycle.connection.iics
  - people.lifecycle.user.info_attributes
requirements:
  - lxml >= 5.4.0 (for O(api=v2) only)
seealso:
  - module: people.lifecycle.iics_user
  - ref: IICS guide <ansible_collections.people.lifecycle.docsite.guide_iics>
    description: How commands of iics-cli and requests of the v2 resource translate into tasks.
"""

EXAMPLES = r"""
- name: Everybody
  people.lifecycle.iics_user_info:
    api_url: dm-us
    api_username: admin@example.com
    api_password: "{{ vault_iics_password }}"
  register: everybody

- name: Name those whose account was never activated
  ansible.builtin.debug:
    msg: "{{ everybody.users | selectattr('status', 'eq', 'provisioned') | map(attribute='username') }}"

- name: One account, with the roles that come from its groups
  people.lifecycle.iics_user_info:
    api_url: dm-us
    api_username: admin@example.com
    api_password: "{{ vault_iics_password }}"
    username: jane.smith@example.com
    effective_roles: true

- name: Who has the role Admin and cannot sign in?
  people.lifecycle.iics_user_info:
    api_url: dm-us
    api_username: admin@example.com
    api_password: "{{ vault_iics_password }}"
    roles: [Admin]
    status: [disabled, password_expired]

- name: What the v2 API says about Fred
  people.lifecycle.iics_user_info:
    api_url: dm-us
    api_username: admin@example.com
    api_password: "{{ vault_iics_password }}"
    api: v2
    username: Fred Smith
"""

RETURN = r"""
users:
  description: The accounts found.
  returned: success
  type: list
  elements: dict
  sample:
    - username: jane.smith@example.com
      id: 0Kk2nHoX9eUgdzgu9HRYCS
      first_name: Jane
      last_name: Smith
      email: jane.smith@example.com
      title: Data Engineer
      phone: "+1 555 000 0001"
      description: ""
      time_zone: America/Los_Angeles
      authentication: native
      max_login_attempts: 10
      force_password_change: false
      created_at: "2026-01-05T13:13:09.000Z"
      created_by: admin@example.com
      updated_at: "2026-01-05T13:13:09.000Z"
      updated_by: admin@example.com
      last_login_at: "2026-02-01T08:00:00.000Z"
      last_login_mode: UI
      status: active
      status_meaning: The account can sign in.
      state: present
      enabled: true
      roles: [Designer]
      groups: [Data Engineering]
caller:
  description: User name of the account that the task runs with.
  returned: when O(guards=true)
  type: str
  sample: admin@example.com
administrators:
  description: User names of those who have the role Admin, directly or through a group, and can sign in.
  returned: when O(guards=true)
  type: list
  elements: str
  sample: [admin@example.com]
count:
  description: How many there are.
  returned: success
  type: int
  sample: 1
residual:
  description: Sentences about what may give access back to people who lost it; nothing of this system is known to.
  returned: when O(guards=true)
  type: list
  elements: str
  sample: []
  version_added: 0.2.0
unseen:
  description:
    - Sentences about where the calling account could not look for what accounts hold. Here it can look everywhere.
  returned: when O(guards=true)
  type: list
  elements: str
  sample: []
  version_added: 0.2.0
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

from ansible_collections.people.lifecycle.plugins.module_utils._ansible.run import InfoTask
from ansible_collections.people.lifecycle.plugins.module_utils._iics.system import IICS

WORK = InfoTask(IICS)


def main() -> None:
    from ansible_collections.people.lifecycle.plugins.module_utils._ansible.module import run_module

    run_module(WORK)


if __name__ == "__main__":
    main()
