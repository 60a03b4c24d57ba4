# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Roles of groups in Sonatype IQ Server."""

from __future__ import annotations

DOCUMENTATION = r"""
module: iq_group_grants
short_description: Manage role grants of groups in Sonatype IQ Server
version_added: 0.2.0
description:
  - Gives roles to groups of the identity provider or a directory in Sonatype IQ Server (Lifecycle), and takes them, for
    those who give access by group. Who is in a group is kept there.
  - IQ Server has no groups of its own, and checks no name. A role may be given to a group that nobody has heard of.
  - The calling account needs the role System Administrator for global roles, and Policy Administrator, or Owner at the
    root organization, for roles at organizations, applications and repositories.
author: People Lifecycle contributors (@people-lifecycle)
options:
  group:
    description:
      - Name of the group, as the identity provider or the directory hands it over. Use either this or O(groups).
      - Compared exactly. Where a name that differs only in case has the very role that is given or taken, the group is
        left alone and reported as failed.
      - V(Authenticated Users) is the built-in group of everybody who is signed in.
    type: str
    aliases: [name]
  grants:
    description: &grants
      - Which roles the group has where. What is inherited from an organization above is left alone.
      - Roles, organizations and applications that do not exist are refused before anything is changed for that group.
    type: dict
    suboptions: &grant_lists
      add:
        description:
          - Grants that the group gets, if missing.
        type: list
        elements: dict
        suboptions: &grant
          role:
            description:
              - Name of the role, such as V(Developer), V(Owner), V(Application Evaluator), V(Component Evaluator),
                V(Legal Reviewer), V(Policy Administrator), V(System Administrator) or one of your own; or its id.
            type: str
            required: true
          organization:
            description:
              - Name or internal id of the organization where the role is given.
            type: str
          application:
            description:
              - Public id (or internal id) of the application where the role is given.
            type: str
          global:
            description:
              - V(true) for a role that holds for the whole server, as the two administrators do.
            type: bool
          repository_container:
            description:
              - V(true) for a role that holds for all repositories.
            type: bool
          repository_manager:
            description:
              - Name or id of the repository manager where the role is given, on a server with Repository Firewall. Such
                roles can be given and taken from release 205 on.
            type: str
          repository:
            description:
              - The repository where the role is given, as C(manager/repository) or by its id, on a server with
                Repository Firewall. Such roles can be given and taken from release 205 on.
            type: str
      remove:
        description:
          - Grants that the group loses, if there.
        type: list
        elements: dict
        suboptions: *grant
      set:
        description:
          - Exactly the grants that the group shall have; an empty list takes all. Cannot be combined with the other
            two.
          - Every place that the calling account can see is looked at, which takes one request each.
        type: list
        elements: dict
        suboptions: *grant
  force:
    description: &force
      - Lets O(grants) take the global role System Administrator from a group although no account has it by name. This
        is refused otherwise, because nobody can tell who is in another group.
    type: bool
    default: false
  groups:
    description:
      - Many groups. O(grants) and O(force) beside it hold for each entry that does not say otherwise.
    type: list
    elements: dict
    suboptions:
      group:
        description:
          - Name of the group.
        type: str
        required: true
        aliases: [name]
      grants:
        description: *grants
        type: dict
        suboptions: *grant_lists
      force:
        description: *force
        type: bool
  parallel:
    description:
      - How many groups are changed, and places are looked at, at the same time.
    type: int
    default: 4
  on_error:
    description:
      - With V(continue), a group that cannot be done fails alone; the others are done, and the task then fails once,
        naming which and why.
      - With V(stop), nothing is written when a group cannot be done, and nothing is begun any more once a write has
        failed.
    type: str
    choices: [continue, stop]
    default: continue
  return_unchanged:
    description:
      - Whether RV(groups) also lists those of O(groups) where nothing was to be done.
    type: bool
    default: false
extends_documentation_fragment:
  - people.lifecycle.user.attributes
  - people.lifecycle.connection
  - people.lifecycle.connection.iq
seealso:
  - module: people.lifecycle.iq_user
  - ref: IQ Server guide <ansible_collections.people.lifecycle.docsite.guide_iq>
    description: Grants of people and of groups, releases.
"""

EXAMPLES = r"""
- name: Developers of the data department see its organization
  people.lifecycle.iq_group_grants:
    api_url: https://iq.example.com
    api_username: "{{ vault_iq_user_code }}"
    api_password: "{{ vault_iq_pass_code }}"
    group: data-developers
    grants:
      add:
        - role: Developer
          organization: Data

- name: What a dry run would take from two groups
  people.lifecycle.iq_group_grants:
    groups:
      - group: data-leads
        grants:
          set:
            - role: Owner
              organization: Data
      - group: contractors
        grants:
          set: []
  check_mode: true
  diff: true
"""

RETURN = r"""
changed:
  description: Whether anything was changed, or would be in check mode.
  returned: always
  type: bool
groups:
  description:
    - What became of each group, in the order of the task. Of many, those where nothing was to be done are left out
      unless O(return_unchanged=true).
  returned: always
  type: list
  elements: dict
  contains:
    group:
      description: Name of the group as the task gives it.
      type: str
    grants:
      description: Its grants as they are now, or would be; with only C(add) and C(remove), those at the places that the
        task names.
      type: list
      elements: dict
    action:
      description: One of updated, unchanged, failed.
      type: str
    changes:
      description: Names of what differs.
      type: list
      elements: str
    done:
      description: C(memberships) where roles were given or taken, or would be in check mode.
      type: list
      elements: str
    error:
      description: Why it failed, null where it did not.
      type: str
    notes:
      description: What is worth knowing although nothing is wrong; also shown as warnings.
      type: list
      elements: str
  sample:
    - group: data-developers
      grants:
        - role: Developer
          organization: Data
      action: updated
      changes: [grants]
      done: [memberships]
      error: null
      notes: []
group:
  description: The entry of RV(groups) where the task names one O(group).
  returned: when O(group) is given
  type: dict
summary:
  description: How many groups there are of each action.
  returned: always
  type: dict
  sample: {updated: 1, unchanged: 0, failed: 0}
instance:
  description: Whose groups these are.
  returned: always
  type: dict
  contains:
    name:
      description: Name of the instance, that of the system where there is only one.
      type: str
    system:
      description: Always C(iq).
      type: str
    address:
      description: Where the requests went, null where no usable address was given.
      type: str
    organization:
      description: Always null; a server does not tell a name.
      type: str
    release:
      description: Release of the server as far as it was told, such as C(204) for 1.204.2.
      type: str
    remarks:
      description: What is true of the organization or server as a whole and matters here, as sentences.
      type: list
      elements: str
  sample: {name: iq, system: iq, address: "https://iq.example.com", organization: null, release: "204", remarks: []}
sign_in_refused:
  description:
    - Whether IQ Server refused the user name and password (or token). After the first refusal no further request of the
      task is sent.
  returned: always
  type: bool
  sample: false
"""

from ansible_collections.people.lifecycle.plugins.module_utils._iq.group_task import GroupTask

WORK = GroupTask()


def main() -> None:
    from ansible_collections.people.lifecycle.plugins.module_utils._ansible.module import run_module

    run_module(WORK)


if __name__ == "__main__":
    main()
