# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Take accounts away from people who leave.

Documentation only: the action plugin of the same name does the work.
"""

from __future__ import annotations

DOCUMENTATION = r"""
module: offboard
short_description: Take accounts away from people who leave
version_added: 0.2.0
description:
  - Finds all accounts of people who leave, closes them, reads back whether they are closed, and writes a report.
  - Every system is tried for everybody. The task fails only where it is refused as a whole, before anything is
    written; what became of single accounts is in the report.
  - The role P(people.lifecycle.offboard#role) runs it, and describes it; use the role unless you write one of your
    own.
  - A blank answer to a survey counts as not given, for every option.
author: People Lifecycle contributors (@people-lifecycle)
options:
  people:
    description:
      - Who leaves. A list, or text with one a line, of e-mail addresses, user names (the same in all systems) and
        records. Entries about one person are taken together.
      - A record has C(email), C(username) or C(accounts) with user names by system, one or a list. Records of
        O(people.lifecycle.onboard#role:main:onboard_people) fit; an account with one of their
        C(former_emails) is a question. One whose C(end) has not passed waits.
      - An account is somebody's when it has one of their e-mail addresses, or was named and has no other address.
        All of them are closed. More than three in a system are a doubt, and those that C(accounts) does not name
        are held.
      - An account that has only the name of a leaver, and another address, is held, with the question whether it is
        theirs. C(lifecycle_account_names) answers it.
      - Who has an exception with C(keep) in the variable C(lifecycle_exceptions) keeps an account, without privileges,
        until its end. O(now) goes before that.
    type: raw
    default: []
  people_file:
    description:
      - A file with records, read as P(people.lifecycle.roster#lookup) describes. It is used in place of O(people).
    type: path
    default: ""
  date:
    description:
      - The day that C(end) of records is compared with, such as V(2027-01-31). Where nothing is given, it is today
        in the time zone that C(lifecycle_timezone) names. Whose last day has not passed is not closed, and waits.
    type: str
    default: ""
  unknown:
    description:
      - What becomes of a run in which people were found nowhere. They are told in any case; with V(fail), it fails at
        its end, with V(fail_if_all) where nobody was found.
    type: str
    choices: [warn, fail, fail_if_all]
    default: warn
  now:
    description:
      - People who leave at once, whatever their last day, O(limit) and doubt about their accounts say, by id,
        address or user name, each with a reason that the report keeps. Protected people, the calling account and
        the last administrator stay all the same.
    type: raw
    default: {}
  mode:
    description:
      - With V(disable), accounts are disabled where the system can do that, and deleted in the others, such as IICS and
        the IQ Server.
      - With V(delete), they are deleted everywhere.
    type: str
    choices: [disable, delete]
    default: disable
  successors:
    description:
      - Who takes over what would have nobody once somebody has left, by instance or system, as a dictionary of what and
        user names. For Magistrala, it is domains by name or id, and who becomes administrator of one that has no other.
        For IICS, it is C(file_listeners), and who becomes the owner of those of everybody who leaves.
      - It gives a privilege; set it where changes are reviewed. Without it, a last administrator stays in the domain,
        everything else is done, and the account is a failure in every run until somebody follows.
    type: raw
    default: {}
  limit:
    description:
      - How many people may leave in one run. More are refused before anything is written.
    type: int
    default: 5
  instance_limits:
    description:
      - How many people may lose accounts in an instance, by instance or system, beside O(limit) for the whole run.
        Where more people have an open account there, nothing is done in that instance, each of them is a failure there,
        and the other instances are worked on. A number at a system holds for each of its instances.
    type: raw
    default: {}
  protected:
    description:
      - Ids, e-mail addresses and user names of people who never leave this way, whatever is found and whatever is
        down; user names that O(naming) makes count, too. C(lifecycle_protected) adds to them, for all systems or
        for each.
      - Each of them is a failure of its own, and so are the account that the run uses and the last administrators
        of a system. Everybody else leaves.
      - Where one of several accounts of a person in a system has a protected user name, that account alone stays.
    type: raw
    default: []
  naming:
    description:
      - How user names are made where a record does not give them, one rule for each instance or system,
        with placeholders in braces.
      - The placeholders are C({email}), C({email_name}) (before the @), C({email_slug}) (the same in lower case, in
        plain letters, digits and hyphens), C({first_name}), C({last_name}), C({first_initial}), C({last_initial}) (in
        plain letters, in lower case) and C({id}).
      - A rule may be a dictionary of C(username) and, for IQ Server, C(realm), where people sign in by SAML, OAuth 2
        or a directory, such as C({email_name}) and C(SAML).
      - Where nothing is given, each system has a rule of its own, such as C({email}) for IICS; the guide on people
        tells them.
    type: raw
    default: {}
  connections:
    description:
      - Connection options of the modules by instance, such as C(api_url), C(api_username) and C(api_password). An
        instance that is not named like its system says C(system), which is V(iics), V(iq) or V(magistrala).
      - One that is not named here is looked for in the variables C(offboard_connections) and C(lifecycle_connections).
        Each is evaluated by itself, so that an undefined variable in the connection of one is the failure of that one
        alone.
      - With C(expect), nothing is written unless it is that organization (IICS, its name or id) or host (the others).
      - What is not given comes from the environment, which is where AWX puts credentials, and for an instance that is
        named like its system from C(module_defaults).
      - In an IQ Server people are looked for in every realm. C(realm) may be the id of an LDAP server, whose tokens are
        then looked at too.
    type: raw
    default: {}
  report_dir:
    description:
      - The folder for the report, relative to where Ansible was started. It is made when it is missing, readable by
        its owner only.
      - Where it cannot be written, accounts are closed all the same, and the run fails at its end.
      - The report names people; treat it accordingly.
    type: path
    default: lifecycle-reports
  approved:
    description:
      - What was approved, as the digest that a preview prints, or what it handed on in AWX. The plan is made again
        before the first write. Where it is exactly what was approved, it is carried out; otherwise nothing is, and the
        message says what has changed since.
      - The digest stands for every change of every account, for the mode, the options and profiles that decide, and for
        the organization or server of each instance. It ends after O(approval_hours), and is about one part, where there
        is O(shard). Guards hold as ever.
      - With O(shard), the variable may have the part in its name, such as C(offboard_approved_2_4); so previews of
        several parts hand on theirs.
    type: raw
    default: ""
extends_documentation_fragment:
  - people.lifecycle.action
  - people.lifecycle.action.report
  - people.lifecycle.action.approval
  - people.lifecycle.action.batches
requirements:
  - lxml >= 5.4.0 (for Informatica IICS with C(api=v2) and C(on_profile_drift=v2_update) only)
attributes:
  check_mode:
    description: Can run in C(check_mode) and say what would be changed, without changing it.
    support: full
  diff_mode:
    description: Returns what has changed or would change, field by field, as far as it is not too long.
    support: full
"""

EXAMPLES = r"""
- name: Two people leave
  people.lifecycle.offboard:
    people: [jane.smith@example.com, john.doe@example.com]
  register: offboarded

- name: Say what failed
  ansible.builtin.fail:
    msg: "{{ offboarded.failure }}"
  when: offboarded.failure | length > 0
"""

RETURN = r"""
report:
  description:
    - The report in short. It has counts, the first accounts that were changed (C(changes), with what became of each),
      and the first of those who need attention. The fact C(offboard_report_data) of the role.
    - C(files) holds the paths of the whole report, as C(json) and C(html).
    - The guide on people links to the JSON schema of both.
  returned: success
  type: dict
  sample:
    version: 2
    kind: offboard
    run: "4711"
    check_mode: false
    counts: {people: 2, changed: 1, waiting: 0}
    failures: []
    files: {json: /srv/reports/offboard-4711.json, html: /srv/reports/offboard-4711.html}
key:
  description: A name for the report among others, with the run in it.
  returned: success
  type: str
  sample: offboard_4711
plan:
  description:
    - The plan of a preview, as C(set_stats) hands it on, by the name of the variable that takes it; empty in a real
      run. It has the digest, counts of what would be done, and the first changes.
  returned: success
  type: dict
  sample:
    offboard_approved:
      digest: offboard-1of1-20270131T120000Z-0f3a...
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
    - "Offboarding 4711: 2 people, accounts of 1 changed"
    - "IQ Server: 1 deleted, 1 unchanged"
    - "Report: /srv/reports/offboard-4711.html"
failure:
  description:
    - What failed, each cause once, empty where nothing did. The task itself does not fail for it, so that everything
      else is still done and told; the role fails at its end.
  returned: success
  type: str
  sample: ""
"""
