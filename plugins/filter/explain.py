# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter that says what one person gets, and why."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleFilterError

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import mapping, plain
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.explain import explain as explained
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.explain import read_law

DOCUMENTATION = r"""
name: explain
short_description: Say what one person gets, and why
version_added: 0.2.0
author: People Lifecycle contributors (@people-lifecycle)
description:
  - Says of one person which rules they meet and which they do not and why, which profiles they have and from where,
    which accounts they get, and which profile gives each piece of access.
  - Asks no system and writes nothing.
positional: _input, person, law
options:
  _input:
    description: The people, a list of records or text in CSV, YAML or JSON.
    type: raw
    required: true
  person:
    description: The id or the e-mail address of the person.
    type: str
    required: true
  law:
    description:
      - Everything that was reviewed. It has C(rules), C(exceptions), C(conflicts), C(profiles) and C(naming), each as
        the variables C(lifecycle_profile_rules), C(lifecycle_exceptions), C(lifecycle_conflicts), C(onboard_profiles)
        and C(onboard_naming) have it, or as the text of a YAML file of such. All may be left out.
      - C(profile_from) and C(columns) are as O(people.lifecycle.onboard#role:main:onboard_profile_from) and
        O(people.lifecycle.onboard#role:main:onboard_columns) have it, C(instances) says of each instance that is not
        named like its system which system it is of, and C(today) is the day that counts.
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: Why does Jane Smith get what she gets?
  ansible.builtin.debug:
    msg: "{{ people | people.lifecycle.explain('jane.smith@example.com', law) }}"
  vars:
    people: "{{ lookup('ansible.builtin.file', 'hr-export.csv') }}"
    law:
      rules: "{{ lookup('ansible.builtin.file', 'rules.yml') }}"
      profiles: "{{ lookup('ansible.builtin.file', 'profiles.yml') }}"
"""

RETURN = r"""
_value:
  description:
    - C(profiles), each with its source (row, rule or exception) and the name of that; C(rules), each with C(met) and,
      where it is not met, with what the person has in the columns that stand in the way (C(because_of)); C(exceptions);
      C(accounts) by instance with C(username) and C(access), of which each line says C(from) which profile it comes;
      C(no_account), the instances where they get none; C(allowed), C(held), C(waiting) and C(refused) with sentences.
  type: dict
"""


def explain(people: t.Any, person: t.Any, law: t.Any) -> t.Any:
    """See DOCUMENTATION; raises AnsibleFilterError."""
    try:
        return explained(plain(people), str(person), read_law(mapping(law, "law")))
    except LifecycleError as error:
        raise AnsibleFilterError(str(error)) from None


class FilterModule:
    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"explain": explain}
