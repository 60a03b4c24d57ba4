# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What nobody may say when they launch a job."""

from __future__ import annotations

import typing as t

from ansible.utils.vars import load_extra_vars

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.runner import of_awx

REVIEWED = (
    "lifecycle_account_names",
    "lifecycle_conflicts",
    "lifecycle_connections",
    "lifecycle_exceptions",
    "lifecycle_former_emails",
    "lifecycle_naming",
    "lifecycle_profile_rules",
    "lifecycle_profiles",
    "lifecycle_protected",
    "lifecycle_service_accounts",
)


def check_launch(variables: t.Mapping[str, t.Any], loader: t.Any) -> None:
    """Raise InputError where a job of AWX, which has ``variables``, was given as extra variables what it must not have."""
    if of_awx(variables, "job_id"):
        refuse_reviewed(load_extra_vars(loader))


def refuse_reviewed(extra_variables: t.Iterable[str]) -> None:
    """Raise InputError for an extra variable that is for those alone who review the project."""
    names = {variable for name in REVIEWED for variable in (name, f"{name}_file")}
    given = sorted(names.intersection(extra_variables))
    if given:
        raise InputError(
            f"{', '.join(given)} must not come from a launch, a survey or a template: whoever starts a job would decide what "
            f"others review. Set it in the project, in the vars of the playbook."
        )
