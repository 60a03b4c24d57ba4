# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A module with the options of magistrala_user that checks them and does nothing:
Ansible's own share of a bulk task.
"""

from __future__ import annotations

from ansible_collections.people.lifecycle.plugins.module_utils._ansible.module import Module
from ansible_collections.people.lifecycle.plugins.module_utils._ansible.options import merge, user_options
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.system import CONNECTION, PERSON, SHARED


def main() -> None:
    Module(argument_spec=merge(CONNECTION, user_options(PERSON, SHARED)), supports_check_mode=True).exit_json()


if __name__ == "__main__":
    main()
