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
  - Brings one account, or many at once, to the wanted state in the users service of Magistrala or SuperMQ.
  - Works with servers of early 2025 (generation A), with those up to v0.30 (generation B), and with Atom, which keeps
    people from v0.40 on; it finds out by itself which one it talks to.
  - Every write is preceded by a comparison; nothing is sent whose value is there already. What the rules of the server
    refuse is refused before anything is written for that account; the others are done.
  - Whatever the server has can be disabled and deleted, however it is named.
  - Needs an administrator. Others can change one account, their own.
author: People Lifecycle contributors (@people-lifecycle)
options:
  username:
    description:
      - User name of the account, compared exactly; names that differ by case are different accounts. Use either this or
        O(users).
    type: str
    aliases: [name]
  id:
    description: &id
      - Id of the account, where the task is about the account with that id, whatever it is called now. With
        O(state=present), O(username) is then the user name that it shall have.
      - With another O(state), nothing is done unless the account with that id has that O(username).
    type: str
  new_username:
    description: &new_username
      - User name that the account shall have from now on. Once it has it, a second run finds the account under the
        new name and changes nothing.
      - Where there is neither an account of the old name nor one of the new name, the account is created under the
        new one.
    type: str
  first_name:
    description: &first_name
      - First name. Needed to create an account; it cannot be cleared.
    type: str
  last_name:
    description: &last_name
      - Last name. Needed to create an account; it cannot be cleared.
    type: str
  email:
    description: &email
      - E-mail address. Needed to create an account. No two accounts can have the same, not even a deleted one;
        addresses that differ by case are different to Magistrala.
      - On Atom, deleted accounts do not count, and addresses that differ by case are the same.
    type: str
  password:
    description: &password
      - Password. Needed to create an account; at most 72 bytes, but on Atom.
    type: str
  profile_picture:
    description: &profile_picture
      - URL of a picture. An empty one clears it, which servers of early 2025 cannot do.
    type: str
  state:
    description: &state
      - With V(present), the account exists with what is given.
      - With V(disabled), the account cannot sign in, if it exists.
      - With V(absent), the account is deleted. Magistrala keeps deleted accounts for a while (30 days as a rule) and
        counts their user names and e-mail addresses as taken; here they count as absent, and V(present) takes the old
        account into use again. On Atom they keep neither, and a living account of the name goes first.
    type: str
    choices: [present, disabled, absent]
    default: present
  enabled:
    description: &enabled
      - Whether the account can sign in. Only with O(state=present); where it is not given, this stays as it is.
      - Magistrala changes enabled accounts only. With V(false), a disabled account is enabled for the moment of a
        change and disabled again, also when the change fails; with V(true), it stays enabled. Atom changes disabled
        accounts, too.
    type: bool
  on_deleted:
    description: &on_deleted
      - What to do where O(state=present) finds an account that was deleted and is still kept.
      - With V(enable), the old account is taken into use again, with its old password, and a warning says so. With
        V(fail), the account is reported as failed.
      - On Atom, the old account comes back without anything that it had before, its password included, and gets
        O(password). One that was an administrator is reported as failed where O(role) is not given; check mode cannot
        foresee that.
    type: str
    choices: [enable, fail]
    default: enable
  update_password:
    description: &update_password
      - With V(on_create), O(password) is used for a new account only.
      - With V(always), an existing account gets it, too. Magistrala lets nobody set the password of another account,
        so this works for the calling account only, with O(api_password) as the old password; it is refused for others
        before anything is written.
      - On Atom, administrators set those of others. Every other password of the account is revoked; its sessions go on.
      - No password can be read back, so V(always) reports a change each time, unless O(verify_password) is set.
    type: str
    choices: [on_create, always]
    default: on_create
  verify_password:
    description: &verify_password
      - Whether to prove by a sign-in that O(password) is the password of an existing, enabled account. It is sent in
        check mode, too.
      - With O(update_password=on_create), an account with another password is reported as failed; with V(always),
        only another password is a change.
      - This costs a sign-in for each account, which the server makes slow on purpose. The refresh token that it gives
        is revoked at once where the server can do that (generation B). On Atom the session that it begins is ended, and
        five failed proofs within a quarter of an hour lock the account for the rest of it.
    type: bool
    default: false
  role:
    description: &role
      - Role on the platform. The account that the task runs with is never made a V(user).
      - Servers of generation B let no personal access token change the role of an account.
      - On Atom this is the role C(atom-admin); one that comes with a group is not taken.
    type: str
    choices: [user, admin]
  tags:
    description: &tags
      - The tags of the account, in this order. V([]) clears them, which servers of early 2025 cannot do.
    type: list
    elements: str
  metadata:
    description: &metadata
      - The metadata of the account; see O(metadata_mode). On Atom, these are the attributes that have no other meaning.
    type: dict
  private_metadata:
    description: &private_metadata
      - The private metadata of the account; see O(metadata_mode). Servers of early 2025 and Atom have none.
    type: dict
  metadata_mode:
    description: &metadata_mode
      - With V(replace), O(metadata) and O(private_metadata) take the place of what is there.
      - With V(merge), they are laid over it level by level, as RFC 7396 describes; a key whose value is null is taken
        away, and lists are replaced.
    type: str
    choices: [replace, merge]
    default: replace
  domains:
    description: &domains
      - Which role the account has in which domains. An account has one role in a domain; another one takes its place.
      - The domains service is asked at O(api_url), where the usual proxy has it. Its routes for roles are open to
        administrators of the platform on servers of generation B, and to administrators of the domain; on generation B
        to no personal access token.
      - On Atom domains are tenants, which an administrator of the platform changes with any kind of token. Who has no
        role left in one is taken out of it, and V(admin) means the role C(tenant-admin) there.
      - A change that would leave a domain without administrator is refused, because nobody could give it one again.
        With the same task giving that role to somebody else it is not; nor is it on Atom, where the platform can name
        one.
    type: dict
    suboptions: &domain_lists
      add:
        description:
          - Roles that the account gets, if missing.
        type: list
        elements: dict
        suboptions: &domain_role
          domain:
            description: Name or id of the domain.
            type: str
            required: true
          role:
            description: Name or id of the role, such as V(admin), which every domain has.
            type: str
            required: true
      remove:
        description:
          - Roles that are taken away, if the account has them.
        type: list
        elements: dict
        suboptions: *domain_role
      set:
        description:
          - Exactly the roles that the account shall have; an empty list takes it out of every domain. Cannot be
            combined with the other two.
          - Every domain is looked at, which takes one request each for all accounts together. Refused where the calling
            account may not look into one of them, unless O(unseen_domains=note).
        type: list
        elements: dict
        suboptions: *domain_role
  leave_domains:
    description: &leave_domains
      - With O(state=disabled) and O(state=absent), takes the account out of all its domains and withdraws invitations
        that it could still accept, before it is closed, and also where it is closed already. A closed account keeps
        every domain otherwise, and what it was handed out before keeps working there.
      - The last administrator of a domain stays in it until O(domain_successors) names somebody; everything else is
        done, and the outcome is C(failed) in every run until that is done, too. The same holds where domains cannot be
        read.
      - Where the calling account may not look into some domains, or the server has no domains service at this address,
        C(notes) say so.
      - On Atom it takes roles of the platform other than the administrator's, which O(role) is about, and groups of
        principals, too. Results show them as C(platform_roles) and C(groups), and one that cannot be taken is the error
        of that account.
    type: bool
    default: false
  domain_successors:
    description: &domain_successors
      - Who becomes administrator of a domain of which an account that leaves is the last one, as a dictionary of
        domains (by name or id) and user names. They are given the role first, in place of another one that they have
        there.
    type: dict
  unseen_domains:
    description: &unseen_domains
      - What becomes of C(set) of O(domains) where the calling account may not look into every domain, or the server has
        no domains service at this address.
      - V(fail) refuses the entry. V(note) takes what it sees, and says in C(notes) where it could not look.
    type: str
    choices: [fail, note]
    default: fail
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
      id:
        description: *id
        type: str
      new_username:
        description: *new_username
        type: str
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
      profile_picture:
        description: *profile_picture
        type: str
      state:
        description: *state
        type: str
        choices: [present, disabled, absent]
      enabled:
        description: *enabled
        type: bool
      on_deleted:
        description: *on_deleted
        type: str
        choices: [enable, fail]
      update_password:
        description: *update_password
        type: str
        choices: [on_create, always]
      verify_password:
        description: *verify_password
        type: bool
      role:
        description: *role
        type: str
        choices: [user, admin]
      tags:
        description: *tags
        type: list
        elements: str
      metadata:
        description: *metadata
        type: dict
      private_metadata:
        description: *private_metadata
        type: dict
      metadata_mode:
        description: *metadata_mode
        type: str
        choices: [replace, merge]
      domains:
        description: *domains
        type: dict
        suboptions: *domain_lists
      leave_domains:
        description: *leave_domains
        type: bool
      domain_successors:
        description: *domain_successors
        type: dict
      unseen_domains:
        description: *unseen_domains
        type: str
        choices: [fail, note]
extends_documentation_fragment:
  - people.lifecycle.user
  - people.lifecycle.user.attributes
  - people.lifecycle.connection
  - people.lifecycle.connection.magistrala
notes:
  - An account that signs in through an identity provider keeps its names, e-mail address and picture; changing them is
    refused.
  - Writes need one request for each of O(email), O(role), O(tags), O(profile_picture) and the user name, and one for
    names and metadata together; only what differs is sent. On Atom one request does it all.
seealso:
  - module: people.lifecycle.magistrala_user_info
  - module: people.lifecycle.magistrala_user_password
  - module: people.lifecycle.magistrala_token
  - ref: Magistrala guide <ansible_collections.people.lifecycle.docsite.guide_magistrala>
    description: How the commands of magistrala-cli translate into tasks.
"""

EXAMPLES = r"""
- name: Jane joins
  people.lifecycle.magistrala_user:
    api_url: https://magistrala.example.com
    api_token: "{{ vault_magistrala_token }}"
    username: jane_smith
    first_name: Jane
    last_name: Smith
    email: jane.smith@example.com
    password: "{{ vault_jane_password }}"
    tags: [data]
    metadata: {team: data}

- name: See what would be done, and change nothing
  people.lifecycle.magistrala_user:
    username: jane_smith
    email: jane.brown@example.com
  check_mode: true
  diff: true
  environment:
    MAGISTRALA_URL: https://magistrala.example.com
    MAGISTRALA_TOKEN: "{{ vault_magistrala_token }}"

- name: Jane has a new name
  people.lifecycle.magistrala_user:
    api_url: https://magistrala.example.com
    api_token: "{{ vault_magistrala_token }}"
    username: jane_smith
    new_username: jane_brown
    last_name: Brown

- name: The account with that id is called jane, has one more key in its metadata, and is an administrator
  people.lifecycle.magistrala_user:
    api_url: https://magistrala.example.com
    api_token: "{{ vault_magistrala_token }}"
    id: 26ae3198-6060-4308-824c-c846953b9898
    username: jane
    metadata: {shift: early}
    metadata_mode: merge
    role: admin

- name: Many at once, four at a time
  people.lifecycle.magistrala_user:
    api_url: https://magistrala.example.com
    api_token: "{{ vault_magistrala_token }}"
    tags: [data]
    users:
      - username: john_doe
        first_name: John
        last_name: Doe
        email: john.doe@example.com
        password: "{{ vault_john_password }}"
      - username: mary_major
        tags: [data, lead]
      - username: richard_roe
        state: disabled

- name: Two leave
  people.lifecycle.magistrala_user:
    api_url: https://magistrala.example.com
    api_token: "{{ vault_magistrala_token }}"
    state: absent
    users:
      - username: john_doe
      - username: mary_major

- name: Make sure that the account for automation has the password that the vault has
  people.lifecycle.magistrala_user:
    api_url: https://magistrala.example.com
    api_token: "{{ vault_magistrala_token }}"
    username: automation
    password: "{{ vault_automation_password }}"
    verify_password: true
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
      description: The account as it is now, or would be. C(private_metadata) is there only where the module had to read
        it.
      type: dict
    done:
      description:
        - The writes that were made, in order, or that would be made in check mode. After a failure in the middle, those
          that were made before it, and what was closed after it.
        - Of V(create), V(enable), V(update), V(password), V(disable) and V(delete).
      type: list
      elements: str
    error:
      description: Why it failed, null where it did not.
      type: str
    notes:
      description: Sentences worth reading although nothing failed; they are shown as warnings, too.
      type: list
      elements: str
  sample:
    - username: jane_smith
      id: 26ae3198-6060-4308-824c-c846953b9898
      action: updated
      changes: [tags]
      account:
        username: jane_smith
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
      done: [update]
      error: null
      notes: []
user:
  description: The entry of RV(users) where the task names one O(username).
  returned: when O(username) is given
  type: dict
  sample:
    username: jane_smith
    id: 26ae3198-6060-4308-824c-c846953b9898
    action: unchanged
    changes: []
    account: {username: jane_smith, state: present, enabled: true}
    done: []
    error: null
    notes: []
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

from ansible_collections.people.lifecycle.plugins.module_utils._ansible.run import UserTask
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.system import MAGISTRALA

WORK = UserTask(MAGISTRALA)


def main() -> None:
    from ansible_collections.people.lifecycle.plugins.module_utils._ansible.module import run_module

    run_module(WORK)


if __name__ == "__main__":
    main()
