# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The permissions of IQ Server and its built-in roles.

The ids of permissions come from the vendor's OpenAPI document, those of roles from public scripts and documentation;
they are the same on every server. Published permission sets: Developer's, and what the descriptions of the others say;
the sets here are the smallest that fit.
"""

from __future__ import annotations

import dataclasses
import uuid

CONFIGURE_SYSTEM = "CONFIGURE_SYSTEM"
EDIT_ROLES = "EDIT_ROLES"
VIEW_ROLES = "VIEW_ROLES"
READ = "READ"
WRITE = "WRITE"
ADD_APPLICATION = "ADD_APPLICATION"
EDIT_ACCESS_CONTROL = "EDIT_ACCESS_CONTROL"

# Names and ids of "Remediation" are asserted by the vendor's Terraform tests; those of the other two are not published.
CATEGORIES = {
    "Administrator": (CONFIGURE_SYSTEM, EDIT_ROLES, VIEW_ROLES, "ACCESS_AUDIT_LOG", "VIEW_USAGE"),
    "IQ": (
        "MANAGE_PROPRIETARY",
        "CLAIM_COMPONENT",
        WRITE,
        READ,
        EDIT_ACCESS_CONTROL,
        "EVALUATE_APPLICATION",
        "EVALUATE_COMPONENT",
        ADD_APPLICATION,
        "MANAGE_AUTOMATIC_APPLICATION_CREATION",
        "MANAGE_AUTOMATIC_SCM_CONFIGURATION",
    ),
    "Remediation": (
        "CHANGE_LICENSES",
        "CHANGE_SECURITY_VULNERABILITIES",
        "CREATE_PULL_REQUESTS",
        "LEGAL_REVIEWER",
        "WAIVE_POLICY_VIOLATIONS",
    ),
}
ALL = frozenset(permission for ids in CATEGORIES.values() for permission in ids)
GLOBAL = frozenset(CATEGORIES["Administrator"])
RELEASES = {"VIEW_USAGE": range(204, 207)}  # in the specification of 204, gone from the vendor's client for 207
DISPLAY_NAMES = {
    CONFIGURE_SYSTEM: "Edit System Configuration and Users",
    VIEW_ROLES: "View All Roles",
    READ: "View IQ Elements",
    WRITE: "Edit IQ Elements",
}

SYSTEM_ADMINISTRATOR = "1b92fae3e55a411793a091fb821c422d"
POLICY_ADMINISTRATOR = "b9646757e98e486da7d730025f5245f8"
OWNER = "1cddabf7fdaa47d6833454af10e0a3ef"
DEVELOPER = "1da70fae1fd54d6cb7999871ebdb9a36"
APPLICATION_EVALUATOR = "2cb71b3468d649789163ea2e212b541e"
COMPONENT_EVALUATOR = "90c7c98683b4471cb77a916744540bcc"


@dataclasses.dataclass(slots=True)
class Role:
    id: str
    name: str
    description: str
    permissions: frozenset[str]
    built_in: bool = False


def new_id() -> str:
    return uuid.uuid4().hex


def built_in_roles() -> list[Role]:
    """The seven built-in roles; the id of Legal Reviewer is not published and differs from server to server here."""
    rows = [
        (
            SYSTEM_ADMINISTRATOR,
            "System Administrator",
            "Manages system configuration and users.",
            frozenset({CONFIGURE_SYSTEM, VIEW_ROLES}),
        ),
        (
            POLICY_ADMINISTRATOR,
            "Policy Administrator",
            "Manages all organizations, applications, policies, and policy violations.",
            ALL - {CONFIGURE_SYSTEM, "ACCESS_AUDIT_LOG", "VIEW_USAGE"},
        ),
        (
            OWNER,
            "Owner",
            "Manages assigned organizations, applications, policies, and policy violations.",
            ALL - GLOBAL - {"CLAIM_COMPONENT", "CREATE_PULL_REQUESTS", "LEGAL_REVIEWER"},
        ),
        (
            DEVELOPER,
            "Developer",
            "Views all information for their assigned organization or application.",
            frozenset({READ, "EVALUATE_COMPONENT", "CREATE_PULL_REQUESTS"}),
        ),
        (
            APPLICATION_EVALUATOR,
            "Application Evaluator",
            "Evaluates applications and views policy violation summary results.",
            frozenset({"EVALUATE_APPLICATION"}),
        ),
        (
            COMPONENT_EVALUATOR,
            "Component Evaluator",
            "Evaluates individual components and views policy violation results for a specified application.",
            frozenset({"EVALUATE_COMPONENT"}),
        ),
        (
            new_id(),
            "Legal Reviewer",
            "Reviews legal obligations for component licenses.",
            frozenset({"LEGAL_REVIEWER"}),
        ),
    ]
    return [Role(*row, built_in=True) for row in rows]
