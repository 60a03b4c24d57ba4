# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """What is true of every action that works on people, and, by name, options that several of them have."""

    DOCUMENTATION = r"""
options:
  systems:
    description:
      - The systems, or instances of them, to work on, in this order. Where nothing is given, all of them; the last one
        to get accounts is the first to lose them.
      - "The variable C(lifecycle_instances) says which these are: a list of instances, each with C(name) and C(system).
        Without it, these are those that connections name, and those that are named like their systems."
    type: raw
    default: []
requirements:
  - python >= 3.10, that of ansible-core
  - requests >= 2.32.4
attributes:
  platform:
    description: Where the action can run.
    platforms: posix
    support: full
"""

    # Of the report that a run writes.
    REPORT = r"""
options:
  report:
    description:
      - Whether the report is written as files. As a fact and for AWX it is there in any case.
    type: bool
    default: true
  run:
    description:
      - A name for this run, part of the names of its files. No two runs write the same file; the name of a second one
        ends in C(-2), and so on.
      - Where nothing is given, it is the number of the AWX job, or the time.
    type: str
    default: ""
"""

    # Of plans that are approved before they are carried out.
    APPROVAL = r"""
options:
  approval_hours:
    description:
      - How many hours what a preview leaves may be approved and carried out.
    type: int
    default: 72
  require_approved:
    description:
      - Whether to refuse a run without O(approved). It is no variable of the role, so that nobody can take it away by a
        variable, and playbooks set it in C(module_defaults).
    type: bool
    default: false
"""

    # Of runs over thousands of people.
    BATCHES = r"""
options:
  warn_sub_organizations:
    description:
      - Whether to look for sub-organizations of the IICS organizations in this run that none of its instances covers,
        and to say so in the report and on the console. People there have accounts that only an account of that
        sub-organization can see.
      - An instance whose C(expect) names a sub-organization covers it, even when it is down.
    type: bool
    default: false
  parallel:
    description:
      - How many accounts a module works on at the same time.
    type: int
    default: 4
  batch_size:
    description:
      - How many accounts are handed to a module at once. Each batch prints one line.
    type: int
    default: 2000
  shard:
    description:
      - Which part of the people this run is about, as C(k/n) such as V(2/4), to divide a long list over several jobs.
        Each person is always in the same part.
      - Guards and checks look at the whole list.
    type: str
    default: ""
  plan_only:
    description:
      - Whether to make a plan only, as check mode does. Nothing is written but the report and the plan.
    type: bool
    default: false
"""

    # Of everything that looks at all accounts.
    READING = r"""
options:
  parallel:
    description:
      - How many requests are sent to an instance at the same time.
    type: int
    default: 4
"""

    # Of reviews, and of what is done after them.
    REVIEW = r"""
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
      - People who left and are on the roster no more, as records, e-mail addresses or user names. Their accounts are
        told as theirs, and not as accounts that no record explains.
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
      - Where profiles come from. With V(row), from the records alone. With V(rules), from the reviewed rules in the
        variable C(lifecycle_profile_rules) alone. With V(both), they add up. Say the same here as in onboarding.
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
      - How user names are made where a record does not give them, as
        O(people.lifecycle.onboard#role:main:onboard_naming) has it.
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
      - A percentage. When more accounts than that are nobody's, the roster looks incomplete, and none of them is told.
        When more people than that lack the account that they should have, the listing does, and none of them is told.
      - It counts from five accounts or people on. Set it to V(100) to have all told in any case.
    type: int
    default: 50
  offboarded:
    description:
      - Reports of offboarding, each the path of its JSON file, or a folder for all that are in it, such as
        V(lifecycle-reports). An account that one of them closed and that can be used again is told as reopened.
      - People in them who are not on the roster count as people who left. Previews are left out.
    type: raw
    default: []
  connections:
    description:
      - Connection options of the modules by instance, such as C(api_url), C(api_username) and C(api_password). An
        instance that is not named like its system says C(system), which is V(iics), V(iq) or V(magistrala).
      - One that is not named here is looked for in the variables C(review_connections) and C(lifecycle_connections).
        What is not given comes from the environment, which is where AWX puts credentials.
    type: raw
    default: {}
  report_dir:
    description:
      - The folder for the report, relative to where Ansible was started. It is made when it is missing, readable by its
        owner only.
      - The report names people; treat it accordingly.
    type: path
    default: lifecycle-reports
"""
