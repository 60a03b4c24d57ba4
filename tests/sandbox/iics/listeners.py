# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""File listener associations, as far as they change hands.
They are at the root of the host, with a session header of their own.
"""

from __future__ import annotations

from . import body
from .call import Call
from .http import Refusal, Reply, json_reply


def change_owner(call: Call) -> Reply:
    """Give all associations of one user to another; only the path and ``currentOwner`` are documented."""
    switches = call.iics.switches
    data = body.members(call.request)
    owner = call.user(body.required(data, "currentOwner"))
    follower = call.user(body.required(data, switches.new_owner_field))
    if not owner.file_listeners and switches.no_listeners_status >= 400:
        raise Refusal(switches.no_listeners_status, "SIM_NO_LISTENERS", "The user owns no file listeners.")
    if not owner.file_listeners and switches.no_listeners_status == 204:
        return Reply(204)
    follower.file_listeners += owner.file_listeners
    owner.file_listeners = 0
    return json_reply(200, {})
