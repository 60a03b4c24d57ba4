# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tokens of Magistrala."""

from __future__ import annotations

DOCUMENTATION = r"""
module: magistrala_token
short_description: Issue, refresh and revoke tokens in Magistrala
version_added: 0.1.0
description:
  - Signs in to the users service of Magistrala or SuperMQ and returns an access token and a refresh token, exchanges a
    refresh token for new ones, or lists and revokes the refresh tokens of the calling account.
  - On Atom (from v0.40 on), it begins a session, goes on with one, or makes, lists and revokes access tokens of the
    calling account.
  - This is the one module of the collection that returns secrets, because that is what it is for. Register the result,
    set C(no_log) on the task, and hand the token on in O(people.lifecycle.magistrala_user#module:api_token) or in the
    environment.
  - The other modules sign in by themselves; they need this one only where many tasks shall share one sign-in.
author: People Lifecycle contributors (@people-lifecycle)
options:
  grant:
    description:
      - What the new tokens are given for.
      - With V(password), O(api_username), which may be an e-mail address, and O(api_password) are exchanged for tokens.
      - With V(refresh), O(refresh_token) is.
      - With V(access_token), the calling account gets one more access token, which may do all that the account may and
        outlives its sessions. O(description) is its name, O(expires_at) its end. On Atom only; it is refused elsewhere,
        where owners make personal access tokens themselves.
      - With V(none), no tokens are returned; that is for O(revoke) and O(list_refresh_tokens).
    type: str
    choices: [password, refresh, access_token, none]
    default: password
  refresh_token:
    description:
      - The refresh token to exchange, with O(grant=refresh). It stays valid.
      - Where Atom gives no refresh tokens, the access token, as long as it is good; the session then goes on.
    type: str
  description:
    description:
      - What servers of generation B remember the refresh token by, with O(grant=password). Others ignore it.
      - With O(grant=access_token), the name of the token, which is needed there.
    type: str
  expires_at:
    description:
      - When the token of O(grant=access_token) ends, such as V(2027-01-31T00:00:00Z). Without it, it has no end.
    type: str
  revoke:
    description:
      - Ids of refresh tokens of the calling account that shall not be valid any more, as RV(refresh_tokens) has them.
        Those that are not valid already are left alone.
      - Servers of early 2025 can revoke none; this is refused there. On Atom, these are ids of access tokens.
    type: list
    elements: str
  list_refresh_tokens:
    description:
      - Whether to return RV(refresh_tokens). Servers of early 2025 keep no list; this is refused there.
      - On Atom, access tokens are listed, with their names as descriptions.
    type: bool
    default: false
extends_documentation_fragment:
  - people.lifecycle.connection
  - people.lifecycle.connection.magistrala
attributes:
  check_mode:
    description:
      - Can run in C(check_mode). Tokens are issued there, too, because the tasks that follow need them and nothing that
        a later run would find is changed; nothing is revoked. An access token of O(grant=access_token) is a change, and
        is not made there.
    support: full
  diff_mode:
    description: Returns which refresh tokens have gone or would go.
    support: full
  idempotent:
    description:
      - A revocation is done once. Tokens are issued each time, and this does not count as a change, but for
        O(grant=access_token), which makes another token each time.
    support: full
notes:
  - No access token can be revoked, but on Atom. It ends with its hour, whatever becomes of the account; on Atom it
    stops when the account is disabled or deleted.
  - With O(grant=none) and without O(api_token), the sign-in that the module needs makes a refresh token of its own.
seealso:
  - module: people.lifecycle.magistrala_user
  - ref: Magistrala guide <ansible_collections.people.lifecycle.docsite.guide_magistrala>
    description: How the commands of magistrala-cli translate into tasks.
"""

EXAMPLES = r"""
- name: Sign in once for many tasks
  people.lifecycle.magistrala_token:
    api_url: https://magistrala.example.com
    api_username: admin
    api_password: "{{ vault_magistrala_password }}"
  register: magistrala
  no_log: true

- name: Use the token
  people.lifecycle.magistrala_user_info:
    api_url: https://magistrala.example.com
    api_token: "{{ magistrala.access_token }}"

- name: Exchange the refresh token before the access token ends
  people.lifecycle.magistrala_token:
    api_url: https://magistrala.example.com
    grant: refresh
    refresh_token: "{{ magistrala.refresh_token }}"
  register: refreshed
  no_log: true

- name: An access token for automation, on Atom
  people.lifecycle.magistrala_token:
    api_url: https://magistrala.example.com
    api_username: automation
    api_password: "{{ vault_magistrala_password }}"
    grant: access_token
    description: nightly-run
    expires_at: "2027-01-31T00:00:00Z"
  register: automation
  no_log: true

- name: Which refresh tokens are there?
  people.lifecycle.magistrala_token:
    api_url: https://magistrala.example.com
    api_token: "{{ magistrala.access_token }}"
    grant: none
    list_refresh_tokens: true
  register: mine

- name: Revoke them all, or see in check mode which would go
  people.lifecycle.magistrala_token:
    api_url: https://magistrala.example.com
    api_token: "{{ magistrala.access_token }}"
    grant: none
    revoke: "{{ mine.refresh_tokens | map(attribute='id') }}"
"""

RETURN = r"""
access_token:
  description:
    - A secret. Proves who calls, for an hour as a rule.
  returned: with O(grant=password), O(grant=refresh), and O(grant=access_token) outside of check mode
  type: str
  sample: eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9.eyJ0eXBlIjowfQ.signature
access_token_id:
  description: By which id O(revoke) knows RV(access_token).
  returned: with O(grant=access_token) outside of check mode
  type: str
  sample: 5e3f2c0a-7f0e-4a53-9d5b-0b6f0f4f8f11
access_expires_at:
  description: When RV(access_token) ends, null where it does not say.
  returned: with O(grant=password), O(grant=refresh), and O(grant=access_token) outside of check mode
  type: str
  sample: "2025-02-11T17:15:27Z"
refresh_token:
  description:
    - A secret. Can be exchanged for new tokens, for a day as a rule.
    - A server may answer a refresh within the same second with the very token that was given; Ansible then masks it.
  returned: with O(grant=password) and O(grant=refresh)
  type: str
  sample: eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9.eyJ0eXBlIjoxfQ.signature
refresh_expires_at:
  description: When RV(refresh_token) ends, null where it does not say.
  returned: with O(grant=password) and O(grant=refresh)
  type: str
  sample: "2025-02-12T16:15:27Z"
refresh_tokens:
  description: The refresh tokens of the calling account that are left, or would be. Ids and descriptions, no secrets.
  returned: with O(list_refresh_tokens=true)
  type: list
  elements: dict
  sample:
    - id: 3f1d8a52-7c7e-4b62-9c3b-0d9f0c1e2a77
      description: nightly job
revoked:
  description: Ids of the refresh tokens that were revoked, or would be.
  returned: with O(revoke) or O(list_refresh_tokens=true)
  type: list
  elements: str
  sample: [3f1d8a52-7c7e-4b62-9c3b-0d9f0c1e2a77]
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

from ansible_collections.people.lifecycle.plugins.module_utils._ansible.run import OperationTask
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.operations import plan_tokens
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.system import MAGISTRALA, TOKEN

WORK = OperationTask(MAGISTRALA, TOKEN, plan_tokens)


def main() -> None:
    from ansible_collections.people.lifecycle.plugins.module_utils._ansible.module import run_module

    run_module(WORK)


if __name__ == "__main__":
    main()
