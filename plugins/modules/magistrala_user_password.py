# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Passwords of Magistrala."""

from __future__ import annotations

DOCUMENTATION = r"""
module: magistrala_user_password
short_description: Change or reset a password in Magistrala
version_added: 0.1.0
description:
  - Changes the password of the calling account, has a reset link mailed to somebody, or sets a password with the token
    of such a link.
  - Magistrala lets nobody set the password of another account, administrators included. On Atom (from v0.40 on),
    M(people.lifecycle.magistrala_user) does that.
  - No password can be read back. A sign-in proves which one is in force, so that a second run changes nothing.
author: People Lifecycle contributors (@people-lifecycle)
options:
  password:
    description:
      - The new password, at most 72 bytes but on Atom; the server may have further rules. Without O(reset_token), the
        calling account gets it.
      - Where O(api_password) is not accepted but this is the password in force, nothing is left to do, and the task
        succeeds.
    type: str
  old_password:
    description:
      - The present password of the calling account, beside O(api_token). With O(api_username) and O(api_password) it is
        known.
    type: str
  reset_token:
    description:
      - Token from a mailed link. Its owner gets O(password). It lives for five minutes, on Atom for half an hour.
      - It proves who calls; no other credentials are needed.
    type: str
  reset_email:
    description:
      - E-mail address that a reset link is mailed to. Needs no credentials.
    type: str
  reset_url:
    description:
      - Address of the page that the mailed link leads to, with O(reset_email) and servers of early 2025, which add
        C(/reset-request?token=...) to it. Newer ones have this in their own settings and ignore it. If not given,
        O(api_url) is used.
    type: str
extends_documentation_fragment:
  - people.lifecycle.connection
  - people.lifecycle.connection.magistrala
attributes:
  check_mode:
    description: Can run in C(check_mode); only sign-ins and reads are sent then.
    support: full
  diff_mode:
    description: Says that a password is or would be set, never which.
    support: full
  idempotent:
    description: A password that is in force already is not set again. A mail is sent each time, which is always a
      change.
    support: partial
notes:
  - Each proof is a sign-in, which the server makes slow on purpose. The refresh token that it gives is revoked at once
    where the server can do that (generation B).
  - Tokens that were issued before stay valid after a change. On Atom a reset ends them, a change does not.
  - Atom does not ask for the old password, so it is proven by a sign-in first; and it tells nobody whose reset token
    that is, so a reset always counts as a change there.
seealso:
  - module: people.lifecycle.magistrala_user
    description: Sets the password of a new account.
  - ref: Magistrala guide <ansible_collections.people.lifecycle.docsite.guide_magistrala>
    description: How the commands of magistrala-cli translate into tasks.
"""

EXAMPLES = r"""
- name: The account for automation gets another password
  people.lifecycle.magistrala_user_password:
    api_url: https://magistrala.example.com
    api_username: automation
    api_password: "{{ vault_old_password }}"
    password: "{{ vault_new_password }}"

- name: The same with a token
  people.lifecycle.magistrala_user_password:
    api_url: https://magistrala.example.com
    api_token: "{{ vault_automation_token }}"
    old_password: "{{ vault_old_password }}"
    password: "{{ vault_new_password }}"

- name: Jane forgot the password
  people.lifecycle.magistrala_user_password:
    api_url: https://magistrala.example.com
    reset_email: jane.smith@example.com
    reset_url: https://magistrala.example.com

- name: Set it with the token from the mail
  people.lifecycle.magistrala_user_password:
    api_url: https://magistrala.example.com
    reset_token: "{{ token_from_the_mail }}"
    password: "{{ vault_jane_password }}"
"""

RETURN = r"""
username:
  description: Whose password it is; an e-mail address where the task signs in with that.
  returned: with O(password), on Atom without O(reset_token)
  type: str
  sample: automation
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
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.operations import plan_password
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.system import MAGISTRALA, PASSWORD

WORK = OperationTask(
    MAGISTRALA,
    PASSWORD,
    plan_password,
    required_one_of=[["password", "reset_email"]],
    mutually_exclusive=[
        ["password", "reset_email"],
        ["old_password", "reset_email"],
        ["old_password", "reset_token"],
        ["reset_token", "reset_email"],
    ],
    required_by={"reset_token": "password", "old_password": "password", "reset_url": "reset_email"},
)


def main() -> None:
    from ansible_collections.people.lifecycle.plugins.module_utils._ansible.module import run_module

    run_module(WORK)


if __name__ == "__main__":
    main()
