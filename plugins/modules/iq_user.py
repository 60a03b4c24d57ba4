# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""People's accounts in Sonatype IQ Server."""

from __future__ import annotations

DOCUMENTATION = r"""
module: iq_user
short_description: Manage accounts, role grants and tokens of people in Sonatype IQ Server
version_added: 0.1.0
description:
  - Brings one account, or many at once, to the wanted state in Sonatype IQ Server (Lifecycle), with the roles that the
    person has at organizations and applications.
  - A person who leaves loses the user token and every direct grant before the account is deleted. IQ Server itself
    leaves both behind, and a later account of the same name would inherit them.
  - The calling account needs the role System Administrator for accounts, tokens and global roles, and also Policy
    Administrator, or Owner at the root organization, for roles at organizations, applications and repositories.
author: People Lifecycle contributors (@people-lifecycle)
options:
  username:
    description:
      - User name of the account. Use either this or O(users).
      - Compared exactly. Where IQ Server only has the name in another case, that account is left alone and reported as
        failed, with its spelling there.
    type: str
    aliases: [name]
  first_name:
    description: &first_name
      - First name. Needed to create an account, and not used for people of another O(realm) than V(Internal).
    type: str
  last_name:
    description: &last_name
      - Last name. Needed to create an account, and not used for people of another O(realm) than V(Internal).
    type: str
  email:
    description: &email
      - E-mail address. Needed to create an account.
    type: str
  password:
    description: &password
      - Password for a new account. Needed to create an account.
      - IQ Server has no way to change the password of an existing account, so there it is not used, and a warning says
        so.
    type: str
  update_password:
    description: &update_password
      - With V(on_create), O(password) is used for a new account only.
      - V(always) is refused where a password is given, because IQ Server cannot do it.
    type: str
    choices: [on_create, always]
    default: on_create
  state:
    description: &state
      - With V(present), the account is created or changed as far as the other options say. Where grants or a token of a
        former account of that name still wait for it, a warning says so.
      - With V(absent), the user token of the person is revoked, then the direct grants are (see O(revoke)), then the
        account is deleted; each is verified by reading. What is gone already is fine. Where one of the three fails, the
        others are still done, and the task fails.
      - IQ Server cannot disable accounts, so V(disabled) is refused; use V(absent).
    type: str
    choices: [present, disabled, absent]
    default: present
  enabled:
    description: &enabled
      - IQ Server cannot enable or disable accounts, so this is refused. It exists because the other systems have it.
    type: bool
  realm:
    description: &realm
      - Where the account comes from, V(Internal) for those of IQ Server itself, V(SAML) or V(OAUTH2) for people who
        signed in that way.
      - Only accounts of V(Internal) can be created or changed. For people of another realm O(state=present) gives and
        takes O(grants) and nothing else, also before they sign in for the first time, which a note says. Their names
        are not changed, O(password) is refused, and O(email) is only compared.
      - IQ Server keeps grants by user name alone. So the name is looked up in every realm first, and where an account
        of that name has another address than O(email), or than the account in this realm where O(email) is not given,
        the entry fails.
      - With O(state=absent) accounts of other realms are removed, too. They appear again when the person signs in,
        unless the identity provider does not let them.
      - IQ Server has no accounts of people of V(Crowd) or of an LDAP server (whose id is then the realm).
        O(state=absent) revokes their tokens and grants.
      - Realms other than V(Internal) need IQ Server release 136 or later.
    type: str
    default: Internal
  grants:
    description: &grants
      - Which roles the person has where. What a group has, or what is inherited from an organization above, is not the
        person's own and is left alone.
      - Roles, organizations and applications that do not exist are refused before anything is changed for that account.
    type: dict
    suboptions: &grant_lists
      add:
        description:
          - Grants that the person gets, if missing.
        type: list
        elements: dict
        suboptions: &grant
          role:
            description:
              - Name of the role, such as V(Developer), V(Owner), V(Application Evaluator), V(Component Evaluator),
                V(Legal Reviewer), V(Policy Administrator), V(System Administrator) or one of your own; or its id.
            type: str
            required: true
          organization:
            description:
              - Name or internal id of the organization where the role is given.
            type: str
          application:
            description:
              - Public id (or internal id) of the application where the role is given.
            type: str
          global:
            description:
              - V(true) for a role that holds for the whole server, as the two administrators do.
            type: bool
          repository_container:
            description:
              - V(true) for a role that holds for all repositories.
            type: bool
          repository_manager:
            description:
              - Name or id of the repository manager where the role is given, on a server with Repository Firewall. Such
                roles can be given and taken from release 205 on.
            type: str
          repository:
            description:
              - The repository where the role is given, as C(manager/repository) or by its id, on a server with
                Repository Firewall. Such roles can be given and taken from release 205 on.
            type: str
      remove:
        description:
          - Grants that the person loses, if there.
        type: list
        elements: dict
        suboptions: *grant
      set:
        description:
          - Exactly the grants that the person shall have; an empty list takes all. Cannot be combined with the other
            two.
          - Every organization and application that the calling account can see is looked at, which takes one request
            each, and every repository manager and repository on a server with Repository Firewall from release 198 on.
            Releases before 205 take no single role there; a note then names the places.
        type: list
        elements: dict
        suboptions: *grant
  revoke:
    description: &revoke
      - Whether O(state=absent) also revokes the user token and the direct grants. For the grants, every place that the
        calling account can see is looked at, as with C(grants.set), which takes one request each.
      - With V(false), only the account is deleted, and a later account of the same name would inherit what is left.
    type: bool
    default: true
  force:
    description: &force
      - Lets O(state=absent) remove the account that the task runs with, the built-in V(admin), the last person with the
        global role System Administrator. Lets O(grants) take the last or the own role System Administrator, too. All of
        these are refused otherwise.
      - Also lets O(state=absent) take grants of a name that an account with another e-mail address has in another
        realm. Otherwise these are left, with a note, and the rest is done. An account with the same address is the same
        person's.
      - The account that the task runs with can only be removed with O(revoke=false), because without its grants it
        would lose the permission to go on.
    type: bool
    default: false
  users:
    description:
      - Many accounts. Options beside it, such as O(state) or O(grants), hold for each entry that does not say
        otherwise.
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
      realm:
        description: *realm
        type: str
      grants:
        description: *grants
        type: dict
        suboptions: *grant_lists
      revoke:
        description: *revoke
        type: bool
      force:
        description: *force
        type: bool
extends_documentation_fragment:
  - people.lifecycle.user
  - people.lifecycle.user.attributes
  - people.lifecycle.connection
  - people.lifecycle.connection.iq
seealso:
  - module: people.lifecycle.iq_user_info
  - ref: IQ Server guide <ansible_collections.people.lifecycle.docsite.guide_iq>
    description: Requests and tasks, grants, who leaves, releases.
"""

EXAMPLES = r"""
- name: Jane joins
  people.lifecycle.iq_user:
    api_url: https://iq.example.com
    api_username: "{{ vault_iq_user_code }}"
    api_password: "{{ vault_iq_pass_code }}"
    username: jane.smith
    first_name: Jane
    last_name: Smith
    email: jane.smith@example.com
    password: "{{ vault_jane_password }}"
    grants:
      add:
        - role: Developer
          organization: Data
        - role: Owner
          application: data-pipeline

- name: Jane has a new address; nothing else is touched
  people.lifecycle.iq_user:
    username: jane.smith
    email: jane.jones@example.com

- name: Jane has exactly these roles; the dry run shows what that takes from her
  people.lifecycle.iq_user:
    username: jane.smith
    grants:
      set:
        - role: Developer
          organization: Platform
  check_mode: true
  diff: true

- name: Two join, with the same role
  people.lifecycle.iq_user:
    grants:
      add:
        - role: Developer
          organization: Data
    users:
      - username: mary.major
        first_name: Mary
        last_name: Major
        email: mary.major@example.com
        password: "{{ vault_mary_password }}"
      - username: li.wei
        first_name: Wei
        last_name: Li
        email: li.wei@example.com
        password: "{{ vault_wei_password }}"

- name: John leaves, with his token and every role
  people.lifecycle.iq_user:
    username: john.doe
    state: absent

- name: Ann signs in by SAML, perhaps for the first time next week; she gets a role, and no local account
  people.lifecycle.iq_user:
    username: ann.poe
    email: ann.poe@example.com
    realm: SAML
    grants:
      add:
        - role: Developer
          organization: Data

- name: Remove the SAML accounts of two who left
  people.lifecycle.iq_user:
    realm: SAML
    state: absent
    users:
      - username: rob.roe
      - username: ann.poe
"""

RETURN = r"""
changed:
  description: Whether anything was changed, or would be in check mode.
  returned: always
  type: bool
users:
  description:
    - What became of each account, in the order of the task. Of many, those where nothing was to be done are left out
      unless O(return_unchanged=true).
  returned: always
  type: list
  elements: dict
  contains:
    username:
      description: User name as the task gives it.
      type: str
    id:
      description: Always null; IQ Server knows accounts by their names alone.
      type: str
    action:
      description: One of created, updated, deleted, unchanged, failed.
      type: str
    changes:
      description: Names of what differs.
      type: list
      elements: str
    account:
      description:
        - The account as it is now, or would be. C(grants) is in it where the task is about grants; with only C(add) and
          C(remove), those at the places that the task names.
      type: dict
    done:
      description:
        - The writes that were made, in order, or that would be made in check mode. After a failure in the middle, those
          that were made before it, and what was still taken from somebody who leaves.
        - Of V(create), V(update), V(memberships), V(revoke_tokens) and V(delete).
      type: list
      elements: str
    error:
      description: Why it failed, null where it did not.
      type: str
    notes:
      description: What is worth knowing although nothing is wrong; also shown as warnings.
      type: list
      elements: str
  sample:
    - username: jane.smith
      id: null
      action: updated
      changes: [email, grants]
      account:
        username: jane.smith
        first_name: Jane
        last_name: Smith
        email: jane.jones@example.com
        realm: Internal
        state: present
        grants:
          - role: Developer
            organization: Data
      done: [update, memberships]
      error: null
      notes: []
user:
  description: The entry of RV(users) where the task names one O(username).
  returned: when O(username) is given
  type: dict
summary:
  description: How many accounts there are of each action.
  returned: always
  type: dict
  sample: {created: 0, updated: 1, enabled: 0, disabled: 0, deleted: 0, unchanged: 7, failed: 0}
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

from ansible_collections.people.lifecycle.plugins.module_utils._ansible.run import UserTask
from ansible_collections.people.lifecycle.plugins.module_utils._iq.system import IQ

WORK = UserTask(IQ)


def main() -> None:
    from ansible_collections.people.lifecycle.plugins.module_utils._ansible.module import run_module

    run_module(WORK)


if __name__ == "__main__":
    main()
