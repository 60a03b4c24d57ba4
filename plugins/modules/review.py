# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Review who has what, and why.

Documentation only: the action plugin of the same name does the work.
"""

from __future__ import annotations

DOCUMENTATION = r"""
module: review
short_description: Review who has what, and why
version_added: 0.2.0
description:
  - Reads every account of every instance with what it holds, compares it with the roster and the profiles as onboarding
    understands them, and writes a report. Nothing else is written, in check mode or not.
  - It tells accounts that no record explains, people who left and can still sign in, accounts that were closed and are
    open again, access beyond the profile and access that is missing, what nobody may hold together, second accounts,
    addresses that differ, administrators, what nobody used for long, what is expired or locked, access whose account is
    gone, exceptions that end soon, and service accounts whose review is due.
  - Accounts of all realms of an IQ Server are read, and the roles of Magistrala's domains.
  - An instance that cannot be read is a finding of its own, and nothing else is said about it. Where a roster or a
    listing looks incomplete, as O(absence_limit) says, nobody is told to be absent.
  - Each finding has an id, which is the same in every run as long as the finding is about the same thing.
  - C(decisions.yml), beside the report, has a line for each finding that can be acted on. Somebody decides there, and
    M(people.lifecycle.review_apply) carries it out.
  - The role P(people.lifecycle.review#role) runs it, and describes it; use the role unless you write one of your own.
  - A blank answer to a survey counts as not given, for every option.
author: People Lifecycle contributors (@people-lifecycle)
options:
  since:
    description:
      - The JSON file of an earlier review. The report tells then what is new, what is gone, and for how many days
        everything else has been there.
    type: path
    default: ""
  decided:
    description:
      - Reports of M(people.lifecycle.review_apply), each the path of its JSON file, or a folder for all that are in it.
        The review tells what was decided about each finding. One that is kept is not open until that decision ends, or
        the account changes.
      - What the review in O(since) knew is known, too.
    type: raw
    default: []
  open_days:
    description:
      - After how many days without a decision a finding is told as overdue, with a warning. It takes O(since) to know.
    type: int
    default: 30
extends_documentation_fragment:
  - people.lifecycle.action
  - people.lifecycle.action.report
  - people.lifecycle.action.reading
  - people.lifecycle.action.review
requirements:
  - lxml >= 5.4.0 (for Informatica IICS with C(api=v2) only)
attributes:
  check_mode:
    description: Can run in C(check_mode) and say what would be changed, without changing it.
    support: full
    details: It changes nothing in any case.
  diff_mode:
    description: Returns what has changed or would change, field by field, as far as it is not too long.
    support: none
"""

EXAMPLES = r"""
- name: Who has what?
  people.lifecycle.review:
    people_file: people.csv
    profiles_file: profiles.yml
  register: reviewed

- name: Say how much there is to look at
  ansible.builtin.debug:
    msg: "{{ reviewed.report.counts.by_kind }}"

- name: What has changed since the last review?
  people.lifecycle.review:
    people_file: people.csv
    profiles_file: profiles.yml
    since: lifecycle-reports/review-2026-q3.json
    run: 2026-q4
"""

RETURN = r"""
report:
  description:
    - The report in short, with counts, and the first findings of each kind. The fact C(review_report_data) of the role.
    - C(files) holds the paths of the whole report, as C(json), C(html) and C(csv), and of the file to decide in,
      C(decisions).
    - C(docs/schemas/review.json) describes the form of the JSON file.
  returned: success
  type: dict
  sample:
    kind: review
    run: "4711"
    counts:
      people: 40
      accounts: 121
      findings: 2
      open: 1
      kept: 0
      overdue: 0
      by_risk: {high: 1, medium: 0, low: 1}
      by_kind: {orphan: 1, missing: 1}
    files: {json: /srv/reports/review-4711.json, html: /srv/reports/review-4711.html, csv: /srv/reports/review-4711.csv}
key:
  description: A name for the report among others, with the run in it.
  returned: success
  type: str
  sample: review_4711
console:
  description:
    - The last word of the role on the console, line by line, with the number of findings of each kind. What was not
      found has no line.
  returned: success
  type: list
  elements: str
  sample:
    - "Access review 4711: 40 people, 121 accounts"
    - "2 findings: 1 high, 1 low"
    - "Report: /srv/reports/review-4711.html"
failure:
  description:
    - Which instances could not be read, each with why, empty where all were. The task itself does not fail for it, so
      that everything else is still told; the role fails at its end.
  returned: success
  type: str
  sample: ""
"""
