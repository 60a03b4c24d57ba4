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
  - It tells accounts that no record explains, people who left and can still sign in, accounts that were closed and are open again,
    access beyond the profile and access that is missing, what nobody may hold together, second accounts, addresses that differ,
    administrators, what nobody used for long, what is expired or locked, access whose account is gone, exceptions that end soon,
    and service accounts whose review is due.
  - Accounts of all realms of an IQ Server are read, and the roles of Magistrala's domains.
  - An instance that cannot be read is a finding of its own, and nothing else is said about it. Where a roster or a listing looks
    incomplete, as O(absence_limit) says, nobody is told to be absent.
  - Each finding has an id, which is the same in every run as long as the finding is about the same thing.
  - C(decisions.yml), beside the report, has a line for each finding that can be acted on. Somebody decides there, and
    M(people.lifecycle.review_apply) carries it out.
  - The role P(people.lifecycle.review#role) runs it, and describes it; use the role unless you write one of your own.
  - A blank answer to a survey counts as not given, for every option.
author: People Lifecycle contributors (@people-lifecycle)
options:
  people:
    description:
      - The whole roster, as a list of records or as text in YAML, JSON or CSV, with the fields that
        O(people.lifecycle.onboard#role:main:onboard_people) has. Whose C(end) has passed has left.
    type: raw
    default: []
  people_file:
    description:
      - A file with the roster, read as P(people.lifecycle.roster#lookup) describes. It is used in place of O(people).
    type: path
    default: ""
  leavers:
    description:
      - People who left and are on the roster no more, as records, e-mail addresses or user names. Their accounts are told as
        theirs, and not as accounts that no record explains.
    type: raw
    default: []
  leavers_file:
    description:
      - A file with records of people who left. It is used in place of O(leavers).
    type: path
    default: ""
  columns:
    description:
      - What the columns of a roster, or the fields of its records, are called here, as
        O(people.lifecycle.onboard#role:main:onboard_columns) has it.
    type: raw
    default: {}
  profile_from:
    description:
      - Where profiles come from. With V(row), from the records alone. With V(rules), from the reviewed rules in the variable
        C(lifecycle_profile_rules) alone. With V(both), they add up. Say the same here as in onboarding.
    type: str
    choices: [row, rules, both]
    default: both
  profiles:
    description:
      - What people get, by name, as O(people.lifecycle.onboard#role:main:onboard_profiles) has it.
    type: raw
    default: {}
  profiles_file:
    description:
      - A YAML file with the profiles, which may be that of onboarding. It is used in place of O(profiles).
    type: path
    default: ""
  naming:
    description:
      - How user names are made where a record does not give them, as O(people.lifecycle.onboard#role:main:onboard_naming) has it.
    type: raw
    default: {}
  date:
    description:
      - The day of the review, such as V(2027-01-31). Where nothing is given, it is today in the time zone that
        C(lifecycle_timezone) names.
    type: str
    default: ""
  dormant_days:
    description:
      - After how many days without use an account, or a token, is told as dormant, where its system tells of its use.
    type: int
    default: 90
  absence_limit:
    description:
      - A percentage. When more accounts than that are nobody's, the roster looks incomplete, and none of them is told. When more
        people than that lack the account that they should have, the listing does, and none of them is told.
      - It counts from five accounts or people on. Set it to V(100) to have all told in any case.
    type: int
    default: 50
  since:
    description:
      - The JSON file of an earlier review. The report tells then what is new, what is gone, and for how many days everything else
        has been there.
    type: path
    default: ""
  decided:
    description:
      - Reports of M(people.lifecycle.review_apply), each the path of its JSON file, or a folder for all that are in it. The review
        tells what was decided about each finding. One that is kept is not open until that decision ends, or the account changes.
      - What the review in O(since) knew is known, too.
    type: raw
    default: []
  open_days:
    description:
      - After how many days without a decision a finding is told as overdue, with a warning. It takes O(since) to know.
    type: int
    default: 30
  offboarded:
    description:
      - Reports of offboarding, each the path of its JSON file, or a folder for all that are in it, such as V(lifecycle-reports).
        An account that one of them closed and that can be used again is told as reopened.
      - People in them who are not on the roster count as people who left. Previews are left out.
    type: raw
    default: []
  systems:
    description:
      - The systems, or instances of them, to review, in this order. Where nothing is given, all of them.
      - "The variable C(lifecycle_instances) says which these are: a list of instances, each with C(name) and C(system). Without it,
        these are those that connections name, and those that are named like their systems."
    type: raw
    default: []
  connections:
    description:
      - Connection options of the modules by instance, such as C(api_url), C(api_username) and C(api_password). An instance that
        is not named like its system says C(system), which is V(iics), V(iq) or V(magistrala).
      - One that is not named here is looked for in the variables C(review_connections) and C(lifecycle_connections). What is not
        given comes from the environment, which is where AWX puts credentials.
    type: raw
    default: {}
  parallel:
    description:
      - How many requests are sent to an instance at the same time.
    type: int
    default: 4
  report:
    description:
      - Whether the report is written as files. As a fact and for AWX it is there in any case.
    type: bool
    default: true
  report_dir:
    description:
      - The folder for the report, relative to where Ansible was started. It is made when it is missing, readable by its owner only.
      - The report names people; treat it accordingly.
    type: path
    default: lifecycle-reports
  run:
    description:
      - A name for this run, part of the names of its files. No two runs write the same file; the name of a second one ends in
        C(-2), and so on.
      - Where nothing is given, it is the number of the AWX job, or the time.
    type: str
    default: ""
extends_documentation_fragment:
  - people.lifecycle.action
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
    - C(files) holds the paths of the whole report, as C(json), C(html) and C(csv), and of the file to decide in, C(decisions).
    - C(docs/schemas/review.json) describes the form of the JSON file.
  returned: success
  type: dict
  sample:
    kind: review
    run: "4711"
    counts: {people: 40, accounts: 121, findings: 2, open: 1, kept: 0, overdue: 0, by_risk: {high: 1, medium: 0, low: 1}, by_kind: {orphan: 1, missing: 1}}
    files: {json: /srv/reports/review-4711.json, html: /srv/reports/review-4711.html, csv: /srv/reports/review-4711.csv}
key:
  description: A name for the report among others, with the run in it.
  returned: success
  type: str
  sample: review_4711
console:
  description:
    - The last word of the role on the console, line by line, with the number of findings of each kind. What was not found has no
      line.
  returned: success
  type: list
  elements: str
  sample:
    - "Access review 4711: 40 people, 121 accounts"
    - "2 findings: 1 high, 1 low"
    - "Report: /srv/reports/review-4711.html"
failure:
  description:
    - Which instances could not be read, each with why, empty where all were. The task itself does not fail for it, so that
      everything else is still told; the role fails at its end.
  returned: success
  type: str
  sample: ""
"""
