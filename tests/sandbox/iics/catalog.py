# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a fresh organization holds: the system roles, three user groups, one administrator."""

from __future__ import annotations

ADMIN_NAME = "admin@example.com"
ADMIN_PASSWORD = "Sandbox-admin-1"

# roleName, displayName, id, description. The first seven ids and names were recorded from real organizations; the
# other three roles are documented without ids, so theirs are made up.
SYSTEM_ROLES = [
    ("Admin", "Admin", "9gedBDoYQoQibNMohf5KCh", "Role for performing administrative tasks."),
    ("Designer", "Designer", "9aTuLGRQgHyjpftpLFj7Qg", "Role for creating assets, tasks and processes."),
    ("Deployer", "Deployer", "lObMwXOTigHi5XBJTU1Z8Q", "Role for deploying assets."),
    (
        "Business Manager",
        "Application Integration Business Manager",
        "5RZKlypdE5QiAIIAngXSS8",
        "Role for business managers.",
    ),
    ("Data Viewer", "Application Integration Data Viewer", "8hQVJFGyyQkep1g2AeEewB", "Role to view data."),
    ("Data Preview", "Data Integration Data Previewer", "aKOABsXIRP6eI0aEE32bg8", "Role to preview data"),
    (
        "Data Integration Task Executor",
        "Data Integration Task Executor",
        "9dKyXtuAcJIdKsKZGohq49",
        "Role for running data integration tasks.",
    ),
    ("Monitor", "Monitor", "sandboxRoleMonitor0001", "Role for monitoring jobs."),
    ("Operator", "Operator", "sandboxRoleOperator001", "Role for operating jobs."),
    (
        "Service Consumer",
        "Service Consumer",
        "sandboxRoleConsumer001",
        "Role for running tasks, taskflows, and processes.",
    ),
]

GROUPS = [
    ("Data Engineering", ["Designer"]),
    ("Platform", ["Deployer", "Monitor"]),
    ("Administrators", ["Admin"]),
]

# Made up: no privilege list was recorded.
PRIVILEGES = [
    {
        "id": f"sandboxPrivilege00000{number}",
        "name": name,
        "description": name,
        "service": "Administrator",
        "status": "Default",
    }
    for number, name in enumerate(["view.users", "manage.users", "view.assets", "manage.assets"], 1)
]

# The roles that v2 has codes for, as far as they are known.
V2_ROLES = frozenset({"Admin", "Designer", "Service Consumer"})
