# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Adopts an existing company: reads its accounts, and writes what records about them would look like,
to be reviewed.
"""

from __future__ import annotations

import os

from ansible_collections.people.lifecycle.plugins.plugin_utils import bytecode

with bytecode.kept():
    from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError, LifecycleError
    from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
    from ansible_collections.people.lifecycle.plugins.modules.adopt import DOCUMENTATION
    from ansible_collections.people.lifecycle.plugins.plugin_utils.people.disk import make_folder, write_whole
    from ansible_collections.people.lifecycle.plugins.plugin_utils.people.yaml_files import written_yaml
    from ansible_collections.people.lifecycle.plugins.plugin_utils.review.action import ReviewAction
    from ansible_collections.people.lifecycle.plugins.plugin_utils.review.adoption import Adoption, adopt

HEADER = "# Proposed from the accounts that are there. Nothing uses it before somebody has reviewed it and names it.\n"


class ActionModule(ReviewAction):
    kind = "adopt"
    documentation = DOCUMENTATION

    def work(self) -> Values:
        today = self.day("date")
        places = [self.place(modules) for modules in self.instances()]
        unread = [f"{place.instance.title} was not read: {place.unread}" for place in places if place.unread]
        if unread:
            raise LifecycleError(f"Nothing is proposed as long as an instance is missing. {' '.join(unread)}")
        callers = {place.instance.name: place.caller for place in places}
        found = adopt(places, callers, today, self.options.integer("share", least=2))
        files = {} if self.check else self.write(found)
        counts = {
            "people": len(found.roster),
            "service_accounts": len(found.service_accounts),
            "profiles": found.holders,
            "memberships": found.memberships,
            "explained": found.explained,
            "differences": len(found.differences),
        }
        return {"changed": bool(files), "counts": counts, "files": files}

    def write(self, found: Adoption) -> dict[str, str]:
        """Write the proposal, and return the paths;
        raises InputError where the folder has one already, or cannot be written.
        """
        folder = os.path.abspath(os.path.expanduser(self.options.text("dir")))
        contents = {
            "roster": {"onboard_people": found.roster},
            "profiles": {"onboard_profiles": found.profiles},
            "account_names": {"lifecycle_account_names": found.account_names},
            "service_accounts": {"lifecycle_service_accounts": found.service_accounts},
            "differences": {"differences": found.differences, "holders_of_profiles": found.holders},
        }
        files = {name: os.path.join(folder, f"{name}.yml") for name in contents}
        there = [path for path in files.values() if os.path.lexists(path)]
        if there:
            raise InputError(
                f"{there[0]} is there already, and may have been reviewed. Give another folder in adopt_dir."
            )
        try:
            make_folder(folder)
            for name, content in contents.items():
                told = written_yaml(content)
                write_whole(files[name], f"{HEADER}---\n{told}".encode())
        except OSError as error:
            raise InputError(f"{folder}, given in adopt_dir, cannot be written: {error.strerror}.") from None
        return files
