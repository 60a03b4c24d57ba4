# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How owners of new accounts get their first passwords: by the hand-over file, or by a link that the service mails."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Modules, message
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.entry import Settings, Work
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.handover import Handover


def deliver(
    new: t.Sequence[Work], records: t.Sequence[Values], modules: Modules, settings: Settings, handover: Handover
) -> None:
    """Keep the passwords of those accounts alone that were created with them."""
    kept = {work.entry["username"] for work in new if "create" in work.line.done}
    doubtful = [work for work in new if work.line.action == "failed" and "create" not in work.line.done]
    kept |= still_there(doubtful, modules)
    try:
        handover.settle(records, kept)
    except LifecycleError as error:  # the accounts are there, and the file has more than it should rather than less
        for work in new:
            work.line.notes.append(str(error))
    if settings.reset_mail:
        mail_links([work for work in new if work.line.action == "created"], modules)


def mail_links(created: t.Sequence[Work], modules: Modules) -> None:
    """Have the service mail a link to everybody whose account was created, where it can."""
    traits = modules.traits
    for work in created if traits.reset_mail_module else ():
        asked = {**modules.connection, "reset_email": work.entry["options"]["email"]}
        result = modules.run(traits.reset_mail_module, asked, False)
        work.line.mailed = not result.get("failed")
        if result.get("failed"):
            work.line.notes.append(f"The link for a first password was not mailed: {message(result)}")


def still_there(failed: t.Sequence[Work], modules: Modules) -> set[str]:
    """Which of the failed accounts exist now all the same; all of them when nobody can tell."""
    names = {work.entry["username"] for work in failed}
    if not names:
        return names
    found = modules.read(usernames=sorted(names))
    if found.get("failed"):
        return names
    key = modules.traits.key
    keys = {key(user["username"]) for user in found["users"]}
    return {name for name in names if key(name) in keys}
