# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report of a run.

Documentation only: the action plugin of the same name does the work.
"""

from __future__ import annotations

DOCUMENTATION = r"""
module: people_report
short_description: Write the report of a run of onboarding or offboarding
version_added: 0.1.0
description:
  - Gathers what M(people.lifecycle.onboard_accounts) or M(people.lifecycle.offboard_accounts) did in the same run of Ansible.
  - Writes it as JSON and as one HTML page with everything in it, and returns the counts and what needs attention.
  - Writes in check mode too, under a name of its own, because a preview is what somebody wants to read before the run.
  - The roles use it; it is rarely needed by itself.
author: People Lifecycle contributors (@people-lifecycle)
options:
  kind:
    description: What the report is about.
    type: str
    choices: [onboard, offboard]
    required: true
  run:
    description: The name of the run. It is part of the names of the files.
    type: str
  results:
    description: The results of the actions, each with C(details).
    type: list
    elements: dict
    default: []
  shard:
    description: Which part of the people it is about; part of the name.
    type: str
  plan:
    description: The C(details) of M(people.lifecycle.plan_people) or M(people.lifecycle.find_leavers).
    type: path
    required: true
  mode:
    description: How accounts were closed.
    type: str
    choices: [disable, delete]
    default: disable
  credentials:
    description: What became of new passwords.
    type: str
    choices: [none, vault_file]
    default: none
  credentials_file:
    description: Where they are, for the report's footer.
    type: path
  write:
    description: Whether files are written.
    type: bool
    default: true
  folder:
    description: Where they are written. The folder is made when it is missing, readable by its owner only.
    type: path
    default: lifecycle-reports
attributes:
  check_mode:
    description: Can run in C(check_mode) and say what would be changed, without changing it.
    support: full
  diff_mode:
    description: Nothing is changed, so there is nothing to show.
    support: N/A
"""

EXAMPLES = r"""
- name: Close accounts in Magistrala
  people.lifecycle.offboard_accounts:
    system: magistrala
    leavers: "{{ jane.details }}"
  register: magistrala

- name: Leave a report
  people.lifecycle.people_report:
    kind: offboard
    run: jane
    results: ["{{ magistrala }}"]
    plan: "{{ jane.details }}"
"""

RETURN = r"""
report:
  description: Counts, who needs attention, and C(files) with the paths of the report.
  returned: success
  type: dict
failure:
  description: What failed, in words; empty where nothing did.
  returned: success
  type: str
  sample: ""
key:
  description: A name for the report that no other run has and that can be the name of a variable.
  returned: success
  type: str
  sample: onboard_1234
"""
