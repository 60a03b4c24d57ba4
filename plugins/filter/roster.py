# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter that reads a roster given as text."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleFilterError

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import is_blank, mapping, plain, text_list
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import read_instances
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.person import check_column
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.roster import read_text, renamed

DOCUMENTATION = r"""
name: roster
short_description: Read people from text
version_added: 0.1.0
author: People Lifecycle contributors (@people-lifecycle)
description:
  - Turns YAML, JSON or CSV text, such as the answer to a survey, into a list of people. A list stays what it is.
  - Text that begins with C(-), C([) or C({) is YAML or JSON, any other is CSV with a header line.
  - Nothing in the text is evaluated.
positional: _input
options:
  _input:
    description: Text, a list of people, or nothing.
    type: raw
    required: true
extends_documentation_fragment:
  - people.lifecycle.roster
seealso:
  - plugin: people.lifecycle.roster
    plugin_type: lookup
"""

EXAMPLES = r"""
- name: Read people from the answer to a survey
  ansible.builtin.debug:
    msg: "{{ survey_text | people.lifecycle.roster }}"
  vars:
    survey_text: |
      id,first_name,last_name,email,profile
      E10482,Jane,Smith,jane.smith@example.com,data-engineer
"""

RETURN = r"""
_value:
  description: The people.
  type: list
  elements: dict
"""


def roster(given: t.Any, columns: t.Any = None, attributes: t.Any = None, instances: t.Any = None) -> t.Any:
    """See DOCUMENTATION; raises AnsibleFilterError."""
    if is_blank(given):
        return []
    try:
        extra = [check_column(name, "attributes") for name in text_list(attributes, "attributes")]
        if not isinstance(given, str):
            return renamed(given, mapping(columns, "columns"), extra) if columns else given
        known = read_instances(mapping(instances, "instances"), "instances")
        return read_text(plain(given), None, "the roster", mapping(columns, "columns"), extra, known)
    except LifecycleError as error:
        raise AnsibleFilterError(str(error)) from None


class FilterModule:
    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"roster": roster}
