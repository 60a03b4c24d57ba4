# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who runs the roles, for reports and locks; and whether they run once."""

from __future__ import annotations

import getpass
import os
import socket
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.report import several


def runner(variables: t.Mapping[str, t.Any]) -> Values:
    """User and host of Ansible's process, and job and user of AWX, each None where it is not known."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a container whose user has no name
        user = str(os.getuid())
    return {
        "user": user,
        "host": socket.gethostname(),
        "awx_job": of_awx(variables, "job_id"),
        "awx_user": of_awx(variables, "user_name"),
    }


def of_awx(variables: t.Mapping[str, t.Any], name: str) -> str | None:
    """What AWX, or its older sibling Tower, says under ``name``."""
    value = variables.get(f"awx_{name}") or variables.get(f"tower_{name}")
    return str(value) if value else None


def check_one_host(task: t.Any, variables: t.Mapping[str, t.Any], kind: str) -> None:
    """Raise InputError where a play does for each of its hosts what is to be done once."""
    hosts = [str(host) for host in variables.get("ansible_play_hosts_all") or ()]
    node = task
    while node is not None and not getattr(node, "run_once", False):
        node = getattr(node, "_parent", None)
    if node is None and len(hosts) > 1:
        raise InputError(
            f"The play has {len(hosts)} hosts ({several(hosts)}), and each would {kind} everybody. Let the play be "
            "about localhost, or set run_once: true where it uses the role."
        )
