# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""People's accounts in Informatica IICS."""

from __future__ import annotations

DOCUMENTATION = r"""
module: iics_user
short_description: Manage accounts in Informatica IICS
version_added: 0.1.0
description:
  - Brings one account, or many at once, to the wanted state in an organization of Informatica Intelligent Cloud
    Services (IICS, IDMC), with its roles, its user groups and, where asked for, its password.
  - Uses the v3 API of the service. It can create and delete accounts and change their roles, groups and passwords, and
    nothing else about an account that exists; see O(on_profile_drift) for what happens then.
  - What the service would refuse is refused before anything is written, such as taking away somebody's last role. An
    account that cannot be done fails alone, with its own sentence; the others are done.
  - Needs an account with the role Admin.
author: People Lifecycle contributors (@people-lifecycle)
options:
  username:
    description:
      - User name of the account, in any case. It can never be changed.
      - A new one is an e-mail address, or has only letters, digits and the characters C(-), C(_), C(.) and C(').
      - Use either this or O(users).
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
      - E-mail address. Needed to create an account.
    type: str
  title:
    description: &title
      - Job title. Needed to create an account with O(api=v2).
    type: str
  phone:
    description: &phone
      - Phone number. The pages of the service take 10 to 25 digits, blanks, parentheses and periods, with or without a
        leading plus sign. Needed to create an account with O(api=v2).
    type: str
  description:
    description: &description
      - Some words about the account.
    type: str
  password:
    description: &password
      - Password of a new account. Without one the service mails the person a link to activate the account.
      - For an account that exists, see O(update_password).
    type: str
  alias_name:
    description: &alias_name
      - The person's id at the identity provider. Needed to create an account with O(authentication=saml).
    type: str
  security_question:
    description: &security_question
      - Security question of an account created with O(api=v2), one of C(SPOUSE_MEETING_CITY), C(FIRST_JOB_CITY),
        C(CHILDHOOD_FRIEND), C(MOTHER_MAIDEN_NAME), C(PET_NAME), C(CHILDHOOD_NICKNAME) or C(CUSTOM_QUESTION:) followed
        by the question. Not used for an account that exists.
    type: str
  security_answer:
    description: &security_answer
      - Answer to O(security_question), for an account created with O(api=v2). Not used for an account that exists.
    type: str
  salesforce_username:
    description: &salesforce_username
      - User name at Salesforce, for an account created with O(api=v2) that signs in through it. Not used for an account
        that exists.
    type: str
  state:
    description: &state
      - V(present) creates the account, or changes it to what is given.
      - V(absent) deletes the account, for good. The service refuses that while the account has scheduled jobs.
      - V(disabled) is refused; no API of the service can disable, enable or unlock an account.
    type: str
    choices: [present, disabled, absent]
    default: present
  enabled:
    description: &enabled
      - Refused in any form, as O(state=disabled) is, for a locked account too; an administrator unlocks it on the page
        Users of Administrator. The option is here so that all systems have the same ones.
    type: bool
  update_password:
    description: &update_password
      - With V(on_create), O(password) is used for a new account only.
      - With V(always), an existing account gets it, too. Passwords cannot be read back, so this reports a change each
        time, and an organization that forbids the reuse of passwords refuses the second run.
    type: str
    choices: [on_create, always]
    default: on_create
  authentication:
    description: &authentication
      - How the person signs in. A new account is V(native) where this is not given.
      - It cannot be changed afterwards.
    type: str
    choices: [native, saml]
  force_password_change:
    description: &force_password_change
      - Whether the person must change the password at the first sign-in. Used for a new account only; the service
        itself takes it back when the password has been changed.
    type: bool
  max_login_attempts:
    description: &max_login_attempts
      - After how many failed sign-ins the service locks the account. It cannot be changed afterwards.
    type: int
  time_zone:
    description: &time_zone
      - Time zone, such as V(Europe/Berlin). New accounts have V(America/Los_Angeles), because v3 takes none; see
        O(on_profile_drift) and O(api).
    type: str
  roles:
    description: &roles
      - Roles given directly, by name, display name or id, in any case. Where a name is the display name of one role and
        the name of another, the display name counts.
      - A new account needs a role or a group. The last role given directly cannot be taken away.
    type: dict
    suboptions:
      add: &add
        description: Names of what the account has, besides what it has now.
        type: list
        elements: str
      remove: &remove
        description: Names of what the account does not have. One that does not exist at all is noted, and not an error.
        type: list
        elements: str
      set: &set
        description: Names of all that the account has; everything else is taken away, and with an empty list all of it.
        type: list
        elements: str
  groups:
    description: &groups
      - User groups, by name or id, in any case.
    type: dict
    suboptions:
      add: *add
      remove: *remove
      set: *set
  successors:
    description: &successors
      - Who takes over what an account owns, before it is deleted. It goes with O(state=absent).
    type: dict
    suboptions:
      file_listeners:
        description: &file_listeners
          - User name of the account that becomes the owner of its file listener associations. The service wants them
            handed over before their owner is deleted, and no API tells whether there are any.
          - One that is not there, cannot sign in or leaves in the same task is a failure of the account, which is
            closed all the same where the service lets it.
          - The call and its C(currentOwner) are documented; that the new owner is C(newOwner), and what is answered
            where there is nothing to hand over, was not seen on a real service.
        type: str
  on_profile_drift:
    description: &on_profile_drift
      - What to do where O(first_name), O(last_name), O(email), O(title), O(phone), O(description), O(time_zone),
        O(authentication), O(alias_name) or O(max_login_attempts) is given and an existing account has something else.
        v3 cannot change these, and neither can it give a new account a O(time_zone).
      - With V(fail), the account is reported as failed and nothing is changed about it.
      - With V(warn), a warning names the fields, and the rest is done. With V(ignore), the rest is done without a word.
      - With V(v2_update), the older v2 API changes the first seven of them, in XML. It replaces the whole account, so
        the account is read directly before, and fields that v2 does not show may be reset, such as the answer to the
        security question. The password, which reads as a mask, is left out. The account is read again afterwards; a
        change that did not take is a failure, and roles that v2 took away are given back. Whether the service takes
        such an update of every account is not documented; accounts that were never activated may be out of its reach.
    type: str
    choices: [fail, warn, ignore, v2_update]
    default: fail
  api:
    description: &api
      - Which API creates a new account. V(v2) can give it a O(time_zone), a O(security_question) with
        O(security_answer), and a O(salesforce_username). It needs an e-mail address as O(username), O(title), O(phone),
        O(password), and one of the roles Admin, Designer and Service Consumer; other roles, and groups, are added
        through v3 right afterwards.
      - For an account that exists, this means nothing.
    type: str
    choices: [v3, v2]
    default: v3
  users:
    description:
      - Many accounts. Options beside it, such as O(state) or O(roles), hold for each entry that does not say otherwise.
    type: list
    elements: dict
    suboptions:
      username:
        description:
          - User name of the account, in any case.
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
      title:
        description: *title
        type: str
      phone:
        description: *phone
        type: str
      description:
        description: *description
        type: str
      password:
        description: *password
        type: str
      alias_name:
        description: *alias_name
        type: str
      security_question:
        description: *security_question
        type: str
      security_answer:
        description: *security_answer
        type: str
      salesforce_username:
        description: *salesforce_username
        type: str
      state:
        description: *state
        type: str
        choices: [present, disabled, absent]
      enabled:
        description: *enabled
        type: bool
      update_password:
        description: *update_password
        type: str
        choices: [on_create, always]
      authentication:
        description: *authentication
        type: str
        choices: [native, saml]
      force_password_change:
        description: *force_password_change
        type: bool
      max_login_attempts:
        description: *max_login_attempts
        type: int
      time_zone:
        description: *time_zone
        type: str
      roles:
        description: *roles
        type: dict
        suboptions:
          add: *add
          remove: *remove
          set: *set
      groups:
        description: *groups
        type: dict
        suboptions:
          add: *add
          remove: *remove
          set: *set
      successors:
        description: *successors
        type: dict
        suboptions:
          file_listeners:
            description: *file_listeners
            type: str
      on_profile_drift:
        description: *on_profile_drift
        type: str
        choices: [fail, warn, ignore, v2_update]
      api:
        description: *api
        type: str
        choices: [v3, v2]
extends_documentation_fragment:
  - people.lifecycle.user
  - people.lifecycle.user.attributes
  - people.lifecycle.connection
  - people.lifecycle.connection.iics
requirements:
  - lxml >= 5.4.0 (for O(api=v2) and O(on_profile_drift=v2_update) only)
notes:
  - Roles and groups are added before others are taken away, so that nobody is without a role in between.
  - The account that the task runs with is never removed, and keeps the role Admin.
  - The account C(CAI_Anonymous_...) of Application Integration is never touched.
seealso:
  - module: people.lifecycle.iics_user_info
  - module: people.lifecycle.iics_user_password
  - ref: IICS guide <ansible_collections.people.lifecycle.docsite.guide_iics>
    description: How commands of iics-cli and requests of the v2 resource translate into tasks.
"""

EXAMPLES = r"""
- name: Jane joins; the service mails them a link
  people.lifecycle.iics_user:
    api_url: https://dm-us.informaticacloud.com
    api_username: admin@example.com
    api_password: "{{ vault_iics_password }}"
    username: jane.smith@example.com
    first_name: Jane
    last_name: Smith
    email: jane.smith@example.com
    title: Data Engineer
    phone: "+1 555 000 0001"
    roles:
      add: [Designer]
    groups:
      add: [Data Engineering]

- name: See what would be done, and change nothing
  people.lifecycle.iics_user:
    username: jane.smith@example.com
    roles:
      set: [Designer, Data Preview]
  check_mode: true
  diff: true
  environment:
    IICS_LOGIN_URL: dm-us
    IICS_USERNAME: admin@example.com
    IICS_PASSWORD: "{{ vault_iics_password }}"

- name: Somebody who signs in through the identity provider
  people.lifecycle.iics_user:
    api_url: dm-em
    api_username: admin@example.com
    api_password: "{{ vault_iics_password }}"
    username: john.doe@example.com
    first_name: John
    last_name: Doe
    email: john.doe@example.com
    authentication: saml
    alias_name: jdoe
    groups:
      add: [Data Engineering]

- name: Jane is promoted, which only the older API can write down
  people.lifecycle.iics_user:
    api_url: dm-us
    api_username: admin@example.com
    api_password: "{{ vault_iics_password }}"
    username: jane.smith@example.com
    title: Lead Data Engineer
    on_profile_drift: v2_update

- name: An account with a time zone and a security question
  people.lifecycle.iics_user:
    api_url: dm-us
    api_username: admin@example.com
    api_password: "{{ vault_iics_password }}"
    api: v2
    username: mary.major@example.com
    first_name: Mary
    last_name: Major
    email: mary.major@example.com
    title: Analyst
    phone: "5555555555"
    password: "{{ vault_mary_password }}"
    security_question: PET_NAME
    security_answer: "{{ vault_mary_answer }}"
    time_zone: America/Chicago
    roles:
      add: [Designer]

- name: Many at once, of whom two leave
  people.lifecycle.iics_user:
    api_url: dm-us
    api_username: admin@example.com
    api_password: "{{ vault_iics_password }}"
    roles:
      add: [Designer]
    on_profile_drift: warn
    users:
      - username: richard.roe@example.com
        first_name: Richard
        last_name: Roe
        email: richard.roe@example.com
      - username: jane.smith@example.com
        groups:
          remove: [Data Engineering]
      - username: john.doe@example.com
        state: absent
      - username: mary.major@example.com
        state: absent

- name: Somebody leaves, and somebody else gets their file listeners
  people.lifecycle.iics_user:
    username: jane.smith@example.com
    state: absent
    successors:
      file_listeners: john.doe@example.com
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
      description: One of created, updated, deleted, unchanged, failed.
      type: str
    changes:
      description: Names of what differs.
      type: list
      elements: str
    account:
      description:
        - The account as it is now, or would be, with the names of its roles and groups.
        - C(status) is V(active), V(provisioned) (not activated yet), V(disabled) (or locked) or V(password_expired),
          and C(status_meaning) says it in a sentence.
      type: dict
    done:
      description:
        - The writes that were made, in order (in check mode, those that would be made), of V(create), V(update),
          V(password), V(memberships), V(hand_over) and V(delete). After a failure these are the ones that were made
          before it.
      type: list
      elements: str
    notes:
      description: Sentences about this account that are also given as warnings.
      type: list
      elements: str
    error:
      description: Why it failed, null where it did not.
      type: str
  sample:
    - username: jane.smith@example.com
      id: 0Kk2nHoX9eUgdzgu9HRYCS
      action: updated
      changes: [roles]
      account:
        username: jane.smith@example.com
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
        status: active
        status_meaning: The account can sign in.
        state: present
        enabled: true
        roles: [Data Preview, Designer]
        groups: [Data Engineering]
      done: [memberships]
      notes: []
      error: null
user:
  description: The entry of RV(users) where the task names one O(username).
  returned: when O(username) is given
  type: dict
  sample:
    username: jane.smith@example.com
    id: 0Kk2nHoX9eUgdzgu9HRYCS
    action: unchanged
    changes: []
    account: {username: jane.smith@example.com, state: present, enabled: true}
    done: []
    notes: []
    error: null
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

from ansible_collections.people.lifecycle.plugins.module_utils._ansible.run import UserTask
from ansible_collections.people.lifecycle.plugins.module_utils._iics.system import IICS

WORK = UserTask(IICS)


def main() -> None:
    from ansible_collections.people.lifecycle.plugins.module_utils._ansible.module import run_module

    run_module(WORK)


if __name__ == "__main__":
    main()
