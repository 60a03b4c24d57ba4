# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a role of a domain may allow, in the order of ``GET /domains/roles/available-actions``."""

from __future__ import annotations

OLDER = [
    "update",
    "enable",
    "disable",
    "read",
    "delete",
    "manage_role",
    "add_role_users",
    "remove_role_users",
    "view_role_users",
    "client_create",
    "channel_create",
    "group_create",
    "client_update",
    "client_read",
    "client_delete",
    "client_set_parent_group",
    "client_connect_to_channel",
    "client_manage_role",
    "client_add_role_users",
    "client_remove_role_users",
    "client_view_role_users",
    "channel_update",
    "channel_read",
    "channel_delete",
    "channel_set_parent_group",
    "channel_connect_to_client",
    "channel_publish",
    "channel_subscribe",
    "channel_manage_role",
    "channel_add_role_users",
    "channel_remove_role_users",
    "channel_view_role_users",
    "group_update",
    "group_membership",
    "group_read",
    "group_delete",
    "group_set_child",
    "group_set_parent",
    "group_manage_role",
    "group_add_role_users",
    "group_remove_role_users",
    "group_view_role_users",
]

NEWER = [
    "alarm_update",
    "alarm_read",
    "alarm_delete",
    "rule_create",
    "rule_update",
    "rule_read",
    "rule_delete",
    "rule_manage_role",
    "rule_add_role_users",
    "rule_remove_role_users",
    "rule_view_role_users",
    "alarm_assign",
    "alarm_acknowledge",
    "alarm_resolve",
    "report_create",
    "report_update",
    "report_read",
    "report_delete",
    "report_manage_role",
    "report_add_role_users",
    "report_remove_role_users",
    "report_view_role_users",
]

ACTIONS = {"A": OLDER, "B": OLDER + NEWER}
