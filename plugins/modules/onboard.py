# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Give people their accounts, and keep them right.

Documentation only: the action plugin of the same name does the work.
"""

from __future__ import annotations

DOCUMENTATION = r"""
module: onboard
short_description: Give people their accounts, and keep them right
version_added: 0.2.0
description:
  - Gives people what their profiles say in Informatica IICS, Sonatype IQ Server and Magistrala, and writes a report.
  - Every system is tried for everybody. The task fails only where it is refused as a whole, before anything is
    written; what became of single accounts is in the report.
  - The role P(people.lifecycle.onboard#role) runs it, and describes it; use the role unless you write one of your
    own.
  - A blank answer to a survey counts as not given, for every option.
author: People Lifecycle contributors (@people-lifecycle)
options:
  people:
    description:
      - The people. A list of records, or text in YAML, JSON or CSV as O(people_file) has it.
      - A record has C(first_name), C(last_name), C(email) and C(profile) (names of profiles), and may have C(id),
        C(title), C(phone), C(description), C(start), C(end) and C(accounts).
      - Nothing is done for somebody before C(start) or after C(end) (dates); the report says so.
      - >-
        C(accounts) says by system what differs from the profile and the naming rule, such as C({iq: {username:
        jsmith}}). With V(false) in place of the dictionary, the person gets no account there.
      - A record never names a privilege; such a record is refused.
    type: raw
    default: []
  people_file:
    description:
      - A file with the people, in YAML, JSON or CSV, read as P(people.lifecycle.roster#lookup) describes. It is used
        in place of O(people).
    type: path
    default: ""
  columns:
    description:
      - >-
        What the columns of a roster, or the fields of its records, are called here, such as C({Personnel no: id}). With
        V(false), a column is ignored, and with C({"*": false}) each one that nothing else is known of. Case does not
        matter in names of columns.
      - Columns that the rules in C(lifecycle_profile_rules) name are known by that.
    type: raw
    default: {}
  profiles:
    description:
      - What people get, by name of the profile and system. Keep it where changes are reviewed.
      - The guide on people tells what a profile may say about each system, such as C(roles) and C(groups) about IICS.
        An empty dictionary gives an account and nothing else.
    type: raw
    default: {}
  profiles_file:
    description:
      - A file with the profiles, in YAML or JSON, used in place of O(profiles). It is looked for beside the playbook,
        then in the working directory.
    type: path
    default: ""
  profile_from:
    description:
      - Where profiles come from. With V(row), from the records alone. With V(rules), from the reviewed rules in the
        variable C(lifecycle_profile_rules) (or the file that C(lifecycle_profile_rules_file) names) alone, whatever a
        record says. With V(both), they add up.
      - Where there are rules and they count, a record needs no C(profile), and whoever has none and is met by no rule
        is held.
      - The guide "Who gets what" describes rules.
    type: str
    choices: [row, rules, both]
    default: both
  naming:
    description:
      - How user names are made where a record does not give them, one rule for each instance or system,
        with placeholders in braces.
      - The placeholders are C({email}), C({email_name}) (before the @), C({email_slug}) (the same in lower case, in
        plain letters, digits and hyphens), C({first_name}), C({last_name}), C({first_initial}), C({last_initial}) (in
        plain letters, in lower case) and C({id}).
      - A rule may be a dictionary of C(username) and, for IQ Server, C(realm), where people sign in by SAML, OAuth 2 or
        a directory, such as C({email_name}) and C(SAML). For IICS it is C(username) and C(alias_name), the rule for the
        id at the identity provider of people whose profile says C(authentication=saml).
      - Where nothing is given, each system has a rule of its own, such as C({email}) for IICS; the guide on people
        tells them.
    type: raw
    default: {}
  connections:
    description:
      - Connection options of the modules by instance, such as C(api_url), C(api_username) and C(api_password). An
        instance that is not named like its system says C(system), which is V(iics), V(iq) or V(magistrala).
      - One that is not named here is looked for in the variables C(onboard_connections) and C(lifecycle_connections).
        Each is evaluated by itself, so that an undefined variable in the connection of one is the failure of that one
        alone.
      - With C(expect), nothing is written unless it is that organization (IICS, its name or id) or host (the others).
      - What is not given comes from the environment, which is where AWX puts credentials, and for an instance that is
        named like its system from C(module_defaults).
    type: raw
    default: {}
  report_dir:
    description:
      - The folder for the report, relative to where Ansible was started. It is made when it is missing, readable by
        its owner only.
      - It is tried before the first write. Where it cannot be written, nothing is done.
      - The report names people; treat it accordingly.
    type: path
    default: lifecycle-reports
  only:
    description:
      - Whom this run is about, by id or by profile, such as V(E10482) or V(data-engineer). A list, or text with one
        name a line or commas between them. Where nothing is given, it is everybody.
      - A name that is nobody's id or profile is refused, before anything is written. Checks look at the whole list.
      - An id of digits alone needs a comma behind it where it is the whole answer to a survey, since newer releases
        of ansible-core take such an answer for a number.
    type: raw
    default: []
  roster_file:
    description:
      - A file with the whole roster, read like O(people_file), where a run has only part of it, as a slice of AWX
        has. Names in O(only) are looked for in it as well, and O(since) takes it into account.
      - Nobody is onboarded because of this file.
    type: path
    default: ""
  since:
    description:
      - The JSON report of the run after which leavers were offboarded last. Whoever was on its roster and is on this
        one no more is listed for offboarding, beside those whose C(end) has passed.
      - A file for C(offboard_people_file) is written with them, beside the report. Whoever may be on the roster under
        another id, because their address is in another row or a newcomer has their name, is listed and not in it.
      - Rosters are compared as wholes. O(only) is refused, and where a run has a part of the roster, O(roster_file) has
        to be given. A roster that lacks most people of that report is refused.
    type: path
    default: ""
  reenable:
    description:
      - Whether people come back whose Magistrala account is disabled or deleted. They then get exactly what their
        profiles give.
      - Otherwise they are held and reported, because somebody may have disabled them on purpose.
    type: bool
    default: false
  remove_old_access:
    description:
      - Whether people lose what some profile gives but none of theirs does. Without it, this access is listed in the
        report.
      - Roles, groups and grants that no profile knows are never touched. With this option, the report lists them.
    type: bool
    default: false
  end_exceptions:
    description:
      - Whether people lose what an exception in the variable C(lifecycle_exceptions) gave that has ended, and that
        nothing else gives them. Without it, and without O(remove_old_access), this access is listed in the report.
      - The guide "Who gets what" describes exceptions.
    type: bool
    default: false
  mark_id:
    description:
      - >-
        Whether new accounts get the person's id, as HR knows them, where the system has a place for it: in IICS the
        description, with C([HR id: E1]) at its end, in Magistrala the key C(hr_id) of the metadata. Accounts that are
        there get it along with another change, where the system can; never for itself.
      - By that an account is recognised whose owner has another name and address. What stands in IICS proves it, and
        what stands in Magistrala, where people can write it themselves, is a question.
      - An id that is the e-mail address is not written. With V(false), none is.
    type: bool
    default: true
  date:
    description:
      - The day that C(start) and C(end) are compared with, such as V(2027-01-31). Where nothing is given, it is
        today.
    type: str
    default: ""
  credentials:
    description:
      - What becomes of the passwords of new accounts.
      - With V(vault_file), those of accounts created in this run are written into O(credentials_file), encrypted, for
        hand-over.
      - With V(none), nobody ever knows them. IICS mails its own link in any case; the report says what to do for the
        others.
    type: str
    choices: [none, vault_file]
    default: none
  reset_mail:
    description:
      - Whether Magistrala mails people whose account it created a link with which they choose a password.
      - The link works for a few minutes only; whoever misses it asks for another on the sign-in page.
    type: bool
    default: false
  credentials_file:
    description:
      - The encrypted file. Show it with C(ansible-vault view). New passwords are added to those that are in it.
      - Where nothing is given, it lies beside the report.
    type: path
    default: ""
  credentials_vault_password:
    description:
      - The vault password of that file. Keep it out of the command line and in a vault or a credential of AWX.
    type: str
    default: ""
  approved:
    description:
      - What was approved, as the digest that a preview prints, or what it handed on in AWX. The plan is made again
        before the first write. Where it is exactly what was approved, it is carried out; otherwise nothing is, and the
        message says what has changed since.
      - The digest stands for every change of every account, for the mode, the options and profiles that decide, and for
        the organization or server of each instance. It ends after O(approval_hours), and is about one part, where there
        is O(shard). Guards hold as ever.
      - With O(shard), the variable may have the part in its name, such as C(onboard_approved_2_4); so previews of
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
- name: Onboard the people of a roster
  people.lifecycle.onboard:
    people_file: roster.csv
    profiles_file: profiles.yml
  register: onboarded

- name: Say what failed
  ansible.builtin.fail:
    msg: "{{ onboarded.failure }}"
  when: onboarded.failure | length > 0
"""

RETURN = r"""
report:
  description:
    - The report in short. It has counts, the first accounts that were changed (C(changes), with what became of each),
      and the first of those who need attention. The fact C(onboard_report_data) of the role.
    - C(files) holds the paths of the whole report, as C(json) and C(html), and of the file with those who are to be
      offboarded, as C(leavers), where there are any.
    - The guide on people links to the JSON schema of both.
  returned: success
  type: dict
  sample:
    version: 2
    kind: onboard
    run: "4711"
    check_mode: false
    counts: {people: 2, changed: 1, waiting: 0}
    failures: []
    files: {json: /srv/reports/onboard-4711.json, html: /srv/reports/onboard-4711.html}
key:
  description: A name for the report among others, with the run in it.
  returned: success
  type: str
  sample: onboard_4711
plan:
  description:
    - The plan of a preview, as C(set_stats) hands it on, by the name of the variable that takes it; empty in a real
      run. It has the digest, counts of what would be done, and the first changes.
  returned: success
  type: dict
  sample:
    onboard_approved:
      digest: onboard-1of1-20270131T120000Z-0f3a...
      counts: {create: 1}
      changes: [{person: "10311", instance: iq, username: jdoe, verbs: [create], mark: 5c1e0d7a9b42}]
      left_out: 0
console:
  description:
    - The last word of the role on the console, line by line, about the run, each instance, and those who need attention
      by name. What did not happen has no line.
  returned: success
  type: list
  elements: str
  sample:
    - "Onboarding 4711: 2 people, accounts of 1 changed"
    - "IQ Server: 1 created, 1 unchanged"
    - "Report: /srv/reports/onboard-4711.html"
failure:
  description:
    - What failed, each cause once, empty where nothing did. The task itself does not fail for it, so that everything
      else is still done and told; the role fails at its end.
  returned: success
  type: str
  sample: ""
"""
