# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""People's accounts in Sonatype IQ Server, read only."""

from __future__ import annotations

DOCUMENTATION = r"""
module: iq_user_info
short_description: Read accounts in Sonatype IQ Server
version_added: 0.1.0
description:
  - Reads accounts of one realm or of all from Sonatype IQ Server (Lifecycle), all or some, and on request who holds
    which roles where and who has a user token.
author: People Lifecycle contributors (@people-lifecycle)
options:
  usernames:
    description:
      - Only the accounts with these user names, compared exactly, else without regard to case, and those of O(emails).
        One name may be given as it is, without a list. An empty list means no account.
      - A name without an account is in the result too, with RV(users[].state=absent), where grants or a token that were
        asked for are left under it. Otherwise it is left out.
      - Where neither this nor O(emails) is given, every account of the realm is read. IQ Server releases before about
        100 cannot list accounts and need names.
    type: list
    elements: str
    aliases: [username, name]
  emails:
    description:
      - Only the accounts with these e-mail addresses, compared without regard to case, and those of O(usernames). An
        empty list means no account.
    type: list
    elements: str
  realm:
    description:
      - Where the accounts come from, V(Internal) for those of IQ Server itself, V(SAML) or V(OAUTH2) for people who
        signed in that way.
      - IQ Server has no accounts of people of V(Crowd) or an LDAP server (whose id is then the realm); with
        O(usernames), their grants and tokens can be read.
      - V(all) reads the accounts of every realm that the server has, and with O(tokens) also whether one of the names
        found has a token in V(Crowd) or in a directory of O(directories). With O(usernames) or O(emails), whoever has
        the same user name as somebody found comes too, because grants are kept by user name alone.
      - Realms other than V(Internal) need IQ Server release 136 or later.
    type: str
    default: Internal
  directories:
    description:
      - Ids of LDAP servers, which no request lists; O(realm=all) looks there for tokens, too.
    type: list
    elements: str
    version_added: 0.2.0
  grants:
    description:
      - Whether to read who has which role where. There is no request for this; every organization and application that
        the calling account can see is asked, O(parallel) at a time, and with Repository Firewall every repository
        manager and repository, of which releases from 198 on tell.
      - Roles that people have through a group are not among them, nor those at places that the calling account cannot
        see.
    type: bool
    default: false
  tokens:
    description:
      - Whether to read who has a user token and, where the release tells (197 or later), when it was made and last
        used. The codes of a token are never returned.
      - Needs IQ Server release 87 or later; before, every account is reported as one without a token.
    type: bool
    default: false
  leftovers:
    description:
      - Whether the result has, beside the accounts, names that have no account in any realm, and grants or a token all
        the same, with RV(users[].state=absent). Goes with O(grants) and O(tokens), and costs the listings of all
        realms.
      - People of an LDAP server or of Crowd have no account in IQ Server either, so they are among them.
    type: bool
    default: false
    version_added: 0.2.0
  guards:
    description:
      - Whether to tell also who must not be removed by mistake, in RV(caller) and RV(administrators).
    type: bool
    default: false
  parallel:
    description:
      - How many places are asked for O(grants) at the same time, at most 16.
    type: int
    default: 4
extends_documentation_fragment:
  - people.lifecycle.connection
  - people.lifecycle.connection.iq
  - people.lifecycle.user.info_attributes
seealso:
  - module: people.lifecycle.iq_user
  - ref: IQ Server guide <ansible_collections.people.lifecycle.docsite.guide_iq>
    description: Requests and tasks, grants, who leaves, releases.
"""

EXAMPLES = r"""
- name: Everybody with a local account
  people.lifecycle.iq_user_info:
    api_url: https://iq.example.com
    api_username: "{{ vault_iq_user_code }}"
    api_password: "{{ vault_iq_pass_code }}"
  register: local

- name: Name them
  ansible.builtin.debug:
    msg: "{{ local.users | map(attribute='username') }}"

- name: What does Jane hold?
  people.lifecycle.iq_user_info:
    username: jane.smith
    grants: true
    tokens: true
  register: jane

- name: Is anything left of somebody who left?
  people.lifecycle.iq_user_info:
    username: john.doe
    grants: true
    tokens: true
  register: john
  failed_when: john.users | length > 0

- name: Who signed in through SAML and has a token that was never used?
  people.lifecycle.iq_user_info:
    realm: SAML
    tokens: true
  register: saml

- name: Name those
  ansible.builtin.debug:
    msg: >-
      {{ saml.users | selectattr('token.exists') | rejectattr('token.last_used') | map(attribute='username') }}
"""

RETURN = r"""
users:
  description: The accounts found, by user name.
  returned: success
  type: list
  elements: dict
  contains:
    username:
      description: User name as IQ Server spells it.
      type: str
    first_name:
      description: First name.
      type: str
    last_name:
      description: Last name.
      type: str
    email:
      description: E-mail address.
      type: str
    realm:
      description: Where the account comes from.
      type: str
    state:
      description: V(present), or V(absent) where only grants or a token are left.
      type: str
    grants:
      description:
        - Which roles the account has where, in the form that O(people.lifecycle.iq_user#module:grants) takes. One that
          is written down under another spelling of the name also has that spelling, as C(username).
      returned: when O(grants=true)
      type: list
      elements: dict
    token:
      description:
        - Whether the account has a user token, as C(exists), and where it has one C(created), C(last_used) and
          C(expires), null where the release does not tell.
      returned: when O(tokens=true)
      type: dict
  sample:
    - username: jane.smith
      first_name: Jane
      last_name: Smith
      email: jane.smith@example.com
      realm: Internal
      state: present
      grants:
        - role: Developer
          organization: Data
      token:
        exists: true
        created: "2026-01-12T08:00:00.000Z"
        last_used: "2026-03-02T17:20:11.000Z"
        expires: null
count:
  description: How many there are.
  returned: success
  type: int
  sample: 1
caller:
  description: User name of the calling account, also where it signs in with a user token.
  returned: when O(guards=true)
  type: str
  sample: admin
administrators:
  description:
    - User names of those who have an account in any realm and the global role System Administrator. People who have it
      through a group are not among them, nor those of a directory.
  returned: when O(guards=true)
  type: list
  elements: str
  sample: [admin, jane.smith]
residual:
  description: Sentences about what may give roles back to people who lost them, such as automatic role assignment.
  returned: when O(guards=true)
  type: list
  elements: str
  sample: []
  version_added: 0.2.0
unseen:
  description:
    - Sentences about where the calling account could not look for what accounts hold, such as organizations that it
      does not see.
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
      description: Always C(iq).
      type: str
    address:
      description: Where the requests went, null where no usable address was given.
      type: str
    organization:
      description: Always null; a server does not tell a name.
      type: str
    release:
      description: Release of the server as far as it was told, such as C(204) for 1.204.2.
      type: str
    remarks:
      description: What is true of the organization or server as a whole and matters here, as sentences.
      type: list
      elements: str
  sample: {name: iq, system: iq, address: "https://iq.example.com", organization: null, release: "204", remarks: []}
sign_in_refused:
  description:
    - Whether IQ Server refused the user name and password (or token). After the first refusal no further request of the
      task is sent.
  returned: always
  type: bool
  sample: false
"""

from ansible_collections.people.lifecycle.plugins.module_utils._ansible.run import InfoTask
from ansible_collections.people.lifecycle.plugins.module_utils._iq.system import IQ

WORK = InfoTask(IQ)


def main() -> None:
    from ansible_collections.people.lifecycle.plugins.module_utils._ansible.module import run_module

    run_module(WORK)


if __name__ == "__main__":
    main()
