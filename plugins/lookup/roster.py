# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lookup that reads a roster from a file."""

from __future__ import annotations

DOCUMENTATION = r"""
name: roster
short_description: Read people from a YAML, JSON or CSV file
version_added: 0.1.0
author: People Lifecycle contributors (@people-lifecycle)
description:
  - Reads a list of people from a file on the control node. The end of its name says what it is, C(.yml), C(.yaml),
    C(.json) or C(.csv).
  - CSV is read strictly. It has a header line with known columns, is UTF-8, has the same number of columns in each line
    and no control characters. The error names line and column.
  - The columns are C(id), C(first_name), C(last_name), C(email), C(title), C(phone), C(description), C(start), C(end),
    C(profile) and, where a user name differs from the rule, one with the name of the system or instance, such as
    C(iq_username).
  - Nothing in the file is evaluated; text with braces stays text.
options:
  _terms:
    description: Files, looked for beside the playbook and in its folder C(files).
    type: list
    elements: str
    required: true
extends_documentation_fragment:
  - people.lifecycle.roster
seealso:
  - plugin: people.lifecycle.roster
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Who is in the roster?
  ansible.builtin.debug:
    msg: "{{ lookup('people.lifecycle.roster', 'roster.csv') | map(attribute='email') }}"
"""

RETURN = r"""
_raw:
  description: For each file, a list of people.
  type: list
  elements: list
"""

import typing as t

from ansible.errors import AnsibleLookupError
from ansible.plugins.lookup import LookupBase

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import read_instances
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.person import check_column
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.roster import read_file


class LookupModule(LookupBase):  # type: ignore[misc]
    def run(self, terms: list[str], variables: t.Any = None, **kwargs: t.Any) -> list[list[dict[str, t.Any]]]:
        self.set_options(var_options=variables, direct=kwargs)
        rosters = []
        for term in terms:
            path = self.find_file_in_search_path(variables, "files", term)
            if not path:
                raise AnsibleLookupError(f"There is no roster {term}.")
            try:
                attributes = [check_column(name, "attributes") for name in self.get_option("attributes")]
                instances = read_instances(self.get_option("instances"), "instances")
                rosters.append(read_file(path, self.get_option("columns"), extra=attributes, instances=instances))
            except LifecycleError as error:
                raise AnsibleLookupError(str(error)) from None
        return rosters
