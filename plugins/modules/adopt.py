# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Propose roster and profiles from the accounts of an existing company.

Documentation only: the action plugin of the same name does the work.
"""

from __future__ import annotations

DOCUMENTATION = r"""
module: adopt
short_description: Propose roster and profiles from the accounts of an existing company
version_added: 0.2.0
description:
  - Reads every account that can sign in, in every instance, and writes files to be reviewed, a roster (people by
    address), C(lifecycle_account_names), C(lifecycle_service_accounts) for accounts that look like a service's,
    profiles, and what no profile explains. It writes nothing to any instance.
  - A profile is what the same people share, at least O(share) of them. Everybody holds all of each profile that they
    are given, so onboarding with these files changes nothing, with or without C(onboard_remove_old_access).
  - The right to administer, be it a system or a single domain, is never in a profile, and neither is a role or group
    that administrators alone have.
  - Who signs in through another realm of an IQ Server is adopted with that realm.
  - The playbook C(people.lifecycle.adopt) runs it, with the options as variables that begin with C(adopt_).
author: People Lifecycle contributors (@people-lifecycle)
options:
  dir:
    description:
      - The folder for the files, relative to where Ansible was started, readable by its owner only. Files that are
        there already are not replaced.
    type: path
    default: lifecycle-adopted
  share:
    description:
      - How many people must share something to make it part of a profile.
    type: int
    default: 3
  date:
    description:
      - The day of adoption, such as V(2027-01-31). Service accounts are to be reviewed 90 days later. Where nothing is
        given, it is today.
    type: str
    default: ""
  connections:
    description:
      - Connection options of the modules by instance. One that is not named here is looked for in the variables
        C(adopt_connections) and C(lifecycle_connections).
    type: raw
    default: {}
extends_documentation_fragment:
  - people.lifecycle.action
  - people.lifecycle.action.reading
requirements:
  - lxml >= 5.4.0 (for Informatica IICS with C(api=v2) only)
attributes:
  check_mode:
    description: Can run in C(check_mode) and say what would be changed, without changing it.
    support: full
    details: No file is written then.
  diff_mode:
    description: Returns what has changed or would change, field by field, as far as it is not too long.
    support: none
"""

EXAMPLES = r"""
- name: What would roster and profiles of this company look like?
  people.lifecycle.adopt:
    dir: adopted
  register: adopted

- name: Say how much of all access the profiles explain
  ansible.builtin.debug:
    msg: "{{ adopted.counts.explained }} of {{ adopted.counts.memberships }}"
"""

RETURN = r"""
counts:
  description:
    - How much was found, and how many people hold each proposed profile. C(memberships) are all pieces of access of
      people, and C(explained) those that profiles give.
  returned: success
  type: dict
  sample:
    people: 40
    service_accounts: 4
    profiles: {shared-001: 12}
    memberships: 310
    explained: 291
    differences: 19
files:
  description:
    - The paths of C(roster), C(profiles), C(account_names), C(service_accounts) and C(differences). Empty in check
      mode.
  returned: success
  type: dict
  sample: {roster: /srv/adopted/roster.yml, profiles: /srv/adopted/profiles.yml}
"""
