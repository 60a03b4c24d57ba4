# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What nobody may say when they launch a job of AWX, and what cannot be understood as it arrives.

AWX writes each answer to a survey as quoted text that is marked ``!unsafe``. From ansible-core 2.19 on, such text is
read by the rules for plain text of YAML 1.1 all the same: ``00123`` becomes 83, ``No`` becomes false. What was typed
cannot be had back.
"""

from __future__ import annotations

import datetime
import re
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
    "offboard_naming",
    "offboard_protected",
    "onboard_naming",
    "onboard_profile_from",
    "onboard_profiles",
    "review_decisions",
    "review_naming",
    "review_profile_from",
    "review_profiles",
)
TEXTS = tuple(
    f"person_{field}" for field in ("id", "first_name", "last_name", "email", "profile", "title", "phone", "start")
)
LISTS = ("offboard_people",)
OPTIONAL = ("id", "title", "phone", "start")  # fields of a person that may be left blank, and that nobody's name is in
# What the fields of credentials in AWX are called, by the option that each becomes.
FIELDS = {
    "api_url": "Address",
    "api_username": "User name",
    "api_password": "Password",
    "api_token": "Token",
    "api_hosts": "Further hosts of the service",
    "domains_url": "Address of the domains service",
    "ca_path": "CA certificate",
    "client_cert": "Client certificate",
    "client_key": "Private key of the client certificate",
    "validate_certs": "Do not verify the certificate",
    "use_proxy": "Use the proxy of the environment",
}
OPTION = re.compile(rf"\b({'|'.join(FIELDS)})\b")
NOTHING = re.compile(r"\s*(?:null|~)\s*", re.IGNORECASE)  # no text from ansible-core 2.19 on, so none before
MARK = re.compile(r"'(?=[-+.~0-9]|(?:yes|no|on|off|true|false|null)$)", re.IGNORECASE)


def check_launch(variables: t.Mapping[str, t.Any], loader: t.Any) -> None:
    """Raise InputError where a job of AWX, which has ``variables``,
    was given as extra variables what it must not have.
    """
    if of_awx(variables, "job_id"):
        refuse_reviewed(load_extra_vars(loader))
        refuse_lost(load_extra_vars(loader))


def refuse_reviewed(extra_variables: t.Iterable[str]) -> None:
    """Raise InputError for an extra variable that is for those alone who review the project."""
    names = {variable for name in REVIEWED for variable in (name, f"{name}_file")}
    given = sorted(names.intersection(extra_variables))
    if given:
        raise InputError(
            f"{', '.join(given)} must not come from a launch, a survey or a template: whoever starts a job would "
            "decide what others review. Set it in the project, in the vars of the playbook."
        )


def refuse_lost(answers: t.Mapping[str, t.Any]) -> None:
    """Raise InputError for an answer that was text when it was typed, and is no text any more;
    a date is its own text.
    """
    for name in (*TEXTS, *LISTS):
        given = answers.get(name)
        for item in given if isinstance(given, (list, tuple)) else [given]:
            if isinstance(item, (bool, int, float, datetime.datetime)):
                way = "a comma behind" if name in LISTS else "an apostrophe before"
                raise InputError(
                    f"{name} arrived as {item!s:.40} and not as text, so that nobody knows what was typed: from "
                    "ansible-core 2.19 on, an answer such as 00123, +49 or No arrives as a number or as yes or no. "
                    f"Put {way} it, or use an execution environment with ansible-core 2.18, as "
                    "extensions/awx/execution-environment.yml makes one."
                )


def credential_fields(message: str) -> str:
    """Which fields of a credential the options in ``message`` are; empty where it names none."""
    named = [f"{option} is {FIELDS[option]}" for option in dict.fromkeys(OPTION.findall(message))]
    return f"In the credential of the instance: {', '.join(named)}." if named else ""


def as_typed(people: t.Any, variables: t.Mapping[str, t.Any], loader: t.Any) -> t.Any:
    """``people`` out of answers to a survey, as ``typed`` has them; others are returned as they are."""
    answered = of_awx(variables, "job_id") and "person_email" in load_extra_vars(loader)
    if not answered or not isinstance(people, list):
        return people
    return [typed(row) if isinstance(row, dict) else row for row in people]


def typed(row: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """One person's answers without apostrophes that kept text text, and blank where nothing was said in other words."""
    kept = {key: "" if key in OPTIONAL and NOTHING.fullmatch(str(value)) else value for key, value in row.items()}
    return {key: unmarked(value) for key, value in kept.items()}


def unmarked(value: t.Any) -> t.Any:
    """Text without an apostrophe before what would else be no text; a name such as 't Hooft keeps its own."""
    return MARK.sub("", value, count=1) if isinstance(value, str) and MARK.match(value) else value
