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
  - Reads accounts from the users service of Magistrala or SuperMQ, every page of them.
  - By exact name, e-mail address or id (O(usernames), O(emails), O(ids), in any combination); by O(filters); by
    O(search), which is open to everybody; the own O(profile); or all.
  - A listing that ends early, or that changes while it is read, is an error and never a shorter result.
author: People Lifecycle contributors (@people-lifecycle)
options:
  usernames:
    description:
      - Only the accounts with exactly these user names. The server itself compares parts, in any case and with
        wildcards; the module does not.
    type: list
    elements: str
  emails:
    description:
      - Only the accounts with these e-mail addresses, in any case; two accounts whose addresses differ by case are both
        returned.
    type: list
    elements: str
  ids:
    description:
      - Only the accounts with these ids. Somebody who is no administrator gets the names of others, marked with
        C(reduced); on Atom, nothing of others.
    type: list
    elements: str
  profile:
    description:
      - Whether to return the account that the task runs with, and no other. It needs no administrator.
    type: bool
    default: false
  search:
    description:
      - What is searched for, as parts of the values in any case. Needs no administrator, but on Atom, where it finds
        all enabled accounts.
      - Finds enabled accounts of the role V(user) only, and neither their e-mail address nor their tags; they are
        marked with C(reduced). For more than that, use O(filters) or O(details).
    type: dict
    suboptions:
      username:
        description: Part of the user name, of three characters or more.
        type: str
      first_name:
        description: Part of the first name.
        type: str
      last_name:
        description: Part of the last name.
        type: str
      id:
        description: Part of the id, of three characters or more.
        type: str
  filters:
    description:
      - What the accounts must be like; all of it must be true.
    type: dict
    suboptions:
      username:
        description: Part of the user name, in any case.
        type: str
      email:
        description: Part of the e-mail address, in any case.
        type: str
      first_name:
        description: Part of the first name, in any case.
        type: str
      last_name:
        description: Part of the last name, in any case.
        type: str
      id:
        description: Part of the id, in any case.
        type: str
      role:
        description: Role on the platform.
        type: str
        choices: [user, admin]
      tags:
        description: Tags that the account has, each of them exactly.
        type: list
        elements: str
      metadata:
        description: What the metadata contains.
        type: dict
      created_from:
        description: Point in time at or after which the account was created, such as V(2026-01-31T08:00:00Z).
        type: str
      created_to:
        description: Point in time at or before which the account was created.
        type: str
  status:
    description:
      - Only the accounts with this status.
      - Where it is not given, accounts that are asked for by name, address or id are returned whatever their status,
        and listings hold the enabled ones.
    type: str
    choices: [enabled, disabled, deleted, all]
  details:
    description:
      - Whether to read each account singly for what listings leave out on servers of generation B, which is
        C(private_metadata) and C(auth_provider). This costs a request an account.
    type: bool
    default: false
  domains:
    description:
      - Whether to return the roles in domains, too, as C(domains) of each of RV(users). Every domain is read once,
        whatever the number of accounts; a warning names those that the calling account may not look into.
    type: bool
    default: false
  unseen_domains:
    description:
      - What becomes of O(domains=true) where there is no domains service, or where it tells a personal access token
        nothing. With V(note), the accounts are returned without domains, and RV(unseen) says why.
    type: str
    choices: [fail, note]
    default: fail
    version_added: 0.2.0
  leftovers:
    description:
      - Whether the result has, beside the accounts, members of domains whose account is gone, with the id as
        C(username) and C(state) V(absent). Goes with O(domains) and O(status=all).
    type: bool
    default: false
    version_added: 0.2.0
  tokens:
    description:
      - Whether to return the access tokens of each account, too, as C(access_tokens). Goes with Atom alone, where fifty
        accounts cost a request; earlier servers tell nobody of tokens of others, and accounts come without that key.
      - So does an account whose tokens cannot be read; a warning and RV(unseen) say whose, and why.
    type: bool
    default: false
    version_added: 0.2.0
  guards:
    description:
      - Whether to return RV(caller) and RV(administrators), too. Without O(status=all) this can cost another listing.
    type: bool
    default: false
  parallel:
    description:
      - How many requests are sent at the same time.
    type: int
    default: 4
extends_documentation_fragment:
  - people.lifecycle.connection
  - people.lifecycle.connection.magistrala
  - people.lifecycle.user.info_attributes
seealso:
  - module: people.lifecycle.magistrala_user
  - ref: Magistrala guide <ansible_collections.people.lifecycle.docsite.guide_magistrala>
    description: How the commands of magistrala-cli translate into tasks.
"""

EXAMPLES = r"""
- name: Who has a disabled account?
  people.lifecycle.magistrala_user_info:
    api_url: https://magistrala.example.com
    api_token: "{{ vault_magistrala_token }}"
    status: disabled
  register: switched_off

- name: Name them
  ansible.builtin.debug:
    msg: "{{ switched_off.users | map(attribute='username') }}"

- name: Look up two accounts, whatever their status
  people.lifecycle.magistrala_user_info:
    api_url: https://magistrala.example.com
    api_token: "{{ vault_magistrala_token }}"
    usernames: [jane_smith]
    emails: [john.doe@example.com]

- name: Administrators who work with data
  people.lifecycle.magistrala_user_info:
    api_url: https://magistrala.example.com
    api_token: "{{ vault_magistrala_token }}"
    filters:
      role: admin
      tags: [data]

- name: Who am I?
  people.lifecycle.magistrala_user_info:
    api_url: https://magistrala.example.com
    api_username: jane.smith@example.com
    api_password: "{{ vault_jane_password }}"
    profile: true
"""

RETURN = r"""
users:
  description:
    - The accounts found. C(state) is C(absent) for a deleted account that the server still keeps.
    - With O(tokens=true), Atom's accounts have C(access_tokens), those that were not revoked, each with C(id), C(name),
      C(created_at), C(last_used_at) and C(expires_at) (both empty where there is none), and C(expired). A token
      itself is shown when it is made, and never again.
  returned: success
  type: list
  elements: dict
  sample:
    - username: jane_smith
      id: 26ae3198-6060-4308-824c-c846953b9898
      first_name: Jane
      last_name: Smith
      email: jane.smith@example.com
      role: user
      tags: [data]
      metadata: {team: data}
      profile_picture: ""
      created_at: "2025-02-11T16:15:12.607701Z"
      updated_at: "2025-02-11T16:44:11.670547Z"
      state: present
      enabled: true
caller:
  description: User name of the account that the task runs with.
  returned: when O(guards=true)
  type: str
  sample: admin
administrators:
  description: User names of the enabled accounts with the role admin.
  returned: when O(guards=true)
  type: list
  elements: str
  sample: [admin]
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
    - Sentences about where the calling account could not look for what accounts hold, such as domains of others.
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
      description: Name of the instance.
      type: str
    system:
      description: The system, V(magistrala).
      type: str
    address:
      description: Address of the service, null where the connection options do not give a usable one.
      type: str
    organization:
      description: Always null; the users service has no organizations.
      type: str
    release:
      description: The releases that the server behaves like, null where no answer has told.
      type: str
    remarks:
      description: What is true of the organization or server as a whole and matters here, as sentences.
      type: list
      elements: str
  sample:
    name: magistrala
    system: magistrala
    address: https://magistrala.example.com
    organization: null
    release: 0.18 to 0.30
    remarks: []
sign_in_refused:
  description: Whether the service refused the credentials; it has not been asked again since, and should not be.
  returned: always
  type: bool
  sample: false
"""

from ansible_collections.people.lifecycle.plugins.module_utils._ansible.run import InfoTask
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.system import MAGISTRALA

WORK = InfoTask(MAGISTRALA)


def main() -> None:
    from ansible_collections.people.lifecycle.plugins.module_utils._ansible.module import run_module

    run_module(WORK)


if __name__ == "__main__":
    main()
