# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Carry out what was decided about the findings of a review.

Documentation only: the action plugin of the same name does the work.
"""

from __future__ import annotations

DOCUMENTATION = r"""
module: review_apply
short_description: Carry out what was decided about the findings of a review
version_added: 0.2.0
description:
  - Looks at every instance again as M(people.lifecycle.review) does, with the same roster and profiles, and carries out
    the decisions about what is still found. Account and access come from what is there now. A decision names a finding
    as it was seen; where that has changed since, it is not carried out, and the report says so.
  - To remove means to close the account of a leaver, of nobody, a second one or one that nobody used, as mildly as
    offboarding does; to take what outlived an account; to take the right to administer; or to take the one piece of
    access that is beyond the profile. The modules of the systems do it, with their own rules.
  - An account that is assigned to a person is not touched. A file with a proposal for C(lifecycle_account_names) is
    written, to be reviewed.
  - Administrators, protected accounts (C(lifecycle_protected)), service accounts and the account that the run uses are
    left alone unless the decision repeats the user name in C(confirm). The last administrator stays in any case.
  - Who decided is the user of the AWX job; elsewhere nobody is known, and the report says C(unauthenticated). A
    decision of a user of AWX about their own access is refused.
  - The report is what the next review is given in O(people.lifecycle.review#module:decided), so that it knows what was
    decided.
  - The tasks C(apply) of the role P(people.lifecycle.review#role), and the playbook C(people.lifecycle.review_apply),
    run it.
  - A blank answer to a survey counts as not given, for every option.
author: People Lifecycle contributors (@people-lifecycle)
options:
  decisions:
    description:
      - What was decided, one entry for each finding, with C(id) and C(decision), which is V(open), V(keep), V(remove)
        or V(assign). The file C(decisions.yml) that a review writes has a line for each finding that can be acted on.
      - With V(keep), C(reason) and the day C(until) are needed. With V(assign), C(person) is, an id on the roster. With
        V(remove), C(confirm) repeats the user name where the account is an administrator, protected, a service's, or
        the run's own.
    type: raw
    default: []
  decisions_file:
    description:
      - A YAML file with the decisions, that is C(decisions.yml) as somebody has filled it in. It is used in place of
        O(decisions).
    type: path
    default: ""
  limit:
    description:
      - How many accounts may change in one run. More are refused before anything is written.
    type: int
    default: 5
  approved:
    description:
      - What was approved, as the digest that a preview prints, or what it handed on in AWX. The plan is made again
        before the first write. Where it is exactly what was approved, it is carried out; otherwise nothing is, and the
        message says what has changed since.
      - The digest stands for every change of every account, for the options that decide, and for the organization or
        server of each instance. It ends after O(approval_hours). Guards hold as ever.
    type: raw
    default: ""
extends_documentation_fragment:
  - people.lifecycle.action
  - people.lifecycle.action.report
  - people.lifecycle.action.approval
  - people.lifecycle.action.reading
  - people.lifecycle.action.review
requirements:
  - lxml >= 5.4.0 (for Informatica IICS with C(api=v2) only)
attributes:
  check_mode:
    description: Can run in C(check_mode) and say what would be changed, without changing it.
    support: full
  diff_mode:
    description: Returns what has changed or would change, field by field, as far as it is not too long.
    support: full
"""

EXAMPLES = r"""
- name: Carry out what was decided
  people.lifecycle.review_apply:
    people_file: people.csv
    profiles_file: profiles.yml
    decisions_file: decisions.yml
  register: applied

- name: Say what became of each decision
  ansible.builtin.debug:
    msg: "{{ applied.report.decisions | items2dict(key_name='id', value_name='outcome') }}"

- name: One decision, without a file
  people.lifecycle.review_apply:
    people_file: people.csv
    profiles_file: profiles.yml
    decisions:
      - {id: 0a1b2c3d4e5f-6a7b8c, decision: keep, reason: fills in until spring, until: 2027-03-31}
"""

RETURN = r"""
report:
  description:
    - The report in short, with counts, the first of those who need attention, and the first decisions, each with
      C(outcome), which is V(removed), V(kept), V(proposed), V(gone) (there is no such finding any more), V(held) or
      V(failed). The fact C(review_apply_report_data) of the role.
    - C(files) holds the paths of the whole report, as C(json) and C(html), and of the proposal, as C(account_names).
    - C(docs/schemas/report.json) describes the form of the JSON file.
  returned: success
  type: dict
  sample:
    version: 2
    kind: review_apply
    run: "4711"
    check_mode: false
    counts: {people: 1, changed: 1}
    decisions:
      - id: 0a1b2c3d4e5f
        mark: 0a1b2c3d4e5f-6a7b8c
        kind: orphan
        instance: iq
        account: olduser
        person: ""
        name: ""
        what: Nobody's by any record. It has no access.
        decision: remove
        reason: ""
        until: ""
        assigned: ""
        by: jsmith
        outcome: removed
        why: ""
    files: {json: /srv/reports/review_apply-4711.json, html: /srv/reports/review_apply-4711.html}
key:
  description: A name for the report among others, with the run in it.
  returned: success
  type: str
  sample: review_apply_4711
plan:
  description:
    - The plan of a preview, as C(set_stats) hands it on, by the name of the variable that takes it; empty in a real
      run. It has the digest, counts of what would be done, and the first changes.
  returned: success
  type: dict
  sample:
    review_approved:
      digest: review_apply-1of1-20270131T120000Z-0f3a...
      counts: {delete: 1}
      changes: [{person: "10311", instance: iq, username: jdoe, verbs: [delete], mark: 5c1e0d7a9b42}]
      left_out: 0
console:
  description:
    - The last word of the role on the console, line by line, about the run, each instance, and those who need attention
      by name. What did not happen has no line.
  returned: success
  type: list
  elements: str
  sample:
    - "Decisions of the access review 4711: 1 person, accounts of 1 changed"
    - "IQ Server: 1 deleted"
    - "Decisions, by jsmith: 1 removed"
failure:
  description:
    - What failed, each cause once, empty where nothing did. The task itself does not fail for it, so that everything
      else is still done and told; the role fails at its end.
  returned: success
  type: str
  sample: ""
"""
