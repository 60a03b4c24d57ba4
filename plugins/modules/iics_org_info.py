# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An organization of Informatica IICS and its sub-organizations, read only."""

from __future__ import annotations

DOCUMENTATION = r"""
module: iics_org_info
short_description: Read an organization of Informatica IICS and its sub-organizations
version_added: 0.2.0
description:
  - Says which organization of Informatica Intelligent Cloud Services (IICS, IDMC) the account belongs to, and lists the
    sub-organizations of a parent organization.
  - People are unique to the organization that they are in. An account of the parent organization can find its
    sub-organizations, and not sign in there, so that each of them needs an account of its own with the role Admin, and
    an instance of its own in the roles.
  - Additional organizations for production or tests are no sub-organizations, and no API lists them.
author: People Lifecycle contributors (@people-lifecycle)
options: {}
extends_documentation_fragment:
  - people.lifecycle.connection
  - people.lifecycle.connection.iics
  - people.lifecycle.user.info_attributes
seealso:
  - ref: Several organizations and servers <ansible_collections.people.lifecycle.docsite.guide_instances>
    description: One run for all of them.
  - ref: IICS guide <ansible_collections.people.lifecycle.docsite.guide_iics>
    description: How commands of iics-cli and requests of the v2 resource translate into tasks.
"""

EXAMPLES = r"""
- name: Which organization is this, and which are below it?
  people.lifecycle.iics_org_info:
    api_url: dm-us
    api_username: admin@example.com
    api_password: "{{ vault_iics_password }}"
  register: organization

- name: Name them
  ansible.builtin.debug:
    msg: "{{ organization.organization.name }} has {{ organization.sub_organizations | map(attribute='name') | join(',
      ') }}"
"""

RETURN = r"""
organization:
  description: The organization that the account belongs to.
  returned: success
  type: dict
  contains:
    id:
      description: Its id, as O(expect) takes it.
      type: str
    v2_id:
      description: Its id in the v2 API.
      type: str
    name:
      description: Its name.
      type: str
    description:
      description: Its description.
      type: str
    parent_id:
      description: Id of what it is below, null where the service says that there is nothing. Of a parent organization,
        it may be the id of the platform itself.
      type: str
  sample: {id: 80bTjaasFejbEkQynNFnyT, v2_id: 000QML, name: Example, description: "", parent_id: null}
sub_organizations:
  description: Its sub-organizations by name; empty for one that has none, or is one.
  returned: success
  type: list
  elements: dict
  sample:
    - {v2_id: 0106LX, name: Example EMEA}
    - {v2_id: 012BZ4, name: Example Interns}
count:
  description: How many sub-organizations there are.
  returned: success
  type: int
  sample: 2
instance:
  description: Whose accounts these are.
  returned: always
  type: dict
  contains:
    name:
      description: Name of the instance, that of the system where there is only one.
      type: str
    system:
      description: Always C(iics).
      type: str
    address:
      description: Where the sign-in went, null where no usable address was given.
      type: str
    organization:
      description: Name of the organization, null where the sign-in did not get that far.
      type: str
    release:
      description: Always null; the service does not tell its release.
      type: str
    remarks:
      description: What is true of the organization or server as a whole and matters here, as sentences.
      type: list
      elements: str
  sample:
    name: iics
    system: iics
    address: https://dm-us.informaticacloud.com
    organization: Example
    release: null
    remarks: []
sign_in_refused:
  description:
    - Whether the service refused the sign-in, at the beginning or when the session had to be renewed, also because the
      account is locked. Do not repeat the task with the same password then; the service locks accounts.
  returned: always
  type: bool
  sample: false
"""

from ansible_collections.people.lifecycle.plugins.module_utils._ansible.run import ReadTask
from ansible_collections.people.lifecycle.plugins.module_utils._iics.organization import read_organization
from ansible_collections.people.lifecycle.plugins.module_utils._iics.system import IICS

WORK = ReadTask(IICS, {}, read_organization)


def main() -> None:
    from ansible_collections.people.lifecycle.plugins.module_utils._ansible.module import run_module

    run_module(WORK)


if __name__ == "__main__":
    main()
