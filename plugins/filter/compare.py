# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter that says what a change of rules or profiles would do."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleFilterError

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import mapping, plain
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.compare import compare as compared
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.compare import page, table
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.explain import read_law

DOCUMENTATION = r"""
name: compare
short_description: Say what a change of rules or profiles would do
version_added: 0.2.0
author: People Lifecycle contributors (@people-lifecycle)
description:
  - Says who on a roster would gain and lose what in each instance, and who would be held, if rules, profiles,
    exceptions or conflicts were changed. Made for review in a merge request.
  - Asks no system and writes nothing. It compares what people shall have, not what accounts hold.
positional: _input, before, after
options:
  _input:
    description: The people, a list of records or text in CSV, YAML or JSON.
    type: raw
    required: true
  before:
    description:
      - Everything that was reviewed, as it is now, in the form of O(people.lifecycle.explain#filter:law).
    type: dict
    required: true
  after:
    description:
      - The same, as it would be.
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: What would the new rules do?
  ansible.builtin.debug:
    msg: "{{ (people | people.lifecycle.compare(law, law | combine({'rules': new_rules}))).changes }}"
  vars:
    new_rules: "{{ lookup('ansible.builtin.file', 'new-rules.yml') }}"
    people: "{{ lookup('ansible.builtin.file', 'hr-export.csv') }}"
    law:
      rules: "{{ lookup('ansible.builtin.file', 'rules.yml') }}"
      profiles: "{{ lookup('ansible.builtin.file', 'profiles.yml') }}"
"""

RETURN = r"""
_value:
  description:
    - C(changes), a line for each person and instance with C(gains) and C(loses); C(held) and C(released), who would be
      held, and who no longer; C(found), those of V(gains), V(loses), V(held) and V(released) that there are; C(people),
      how many there are; C(table) and C(html), the same as a table of Markdown and as a page.
  type: dict
"""


def compare(people: t.Any, before: t.Any, after: t.Any) -> t.Any:
    """See DOCUMENTATION; raises AnsibleFilterError."""
    try:
        result = compared(plain(people), read_law(mapping(before, "before")), read_law(mapping(after, "after")))
    except LifecycleError as error:
        raise AnsibleFilterError(str(error)) from None
    return {**result, "table": table(result), "html": page(result)}


class FilterModule:
    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"compare": compare}
