# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Launches: what AWX takes from whoever starts a template, and what of it would read or divert the credentials."""

from __future__ import annotations

import re
import typing as t

from awx.rules import surveys

Values = dict[str, t.Any]
# What each kind of template can ask for, as ask_..._on_launch.
WORKFLOW = frozenset(("inventory", "labels", "limit", "scm_branch", "skip_tags", "tags", "variables"))
HARMLESS = frozenset(("diff_mode", "forks", "job_slice_count", "labels", "timeout"))
JOB = frozenset(
    (*WORKFLOW, *HARMLESS, "credential", "execution_environment", "instance_groups", "job_type", "verbosity")
)
FLAGS = {"credentials": "credential", "extra_vars": "variables", "job_tags": "tags"}
DIVERTING = re.compile(r"ansible_.*|.*_(connections|dir|file|password|path|url)")


def problems(template: Values) -> list[str]:
    """What a template with credentials asks for, or does not rule out, that is as good as the credentials.

    A limit prints files (``@FILE``). Variables, an inventory, a branch, an environment, a node or another credential of
    the launcher's bring other addresses or other code to the credentials; tags skip guards; another type makes a run of
    a preview. What is left out stays, in a further import, as somebody has switched it on, so all must be said to be
    false.
    """
    if "credentials" in template and not template["credentials"]:
        return []
    flags = {f"ask_{what}_on_launch" for what in (JOB if "credentials" in template else WORKFLOW) - HARMLESS}
    harmless = {f"ask_{what}_on_launch" for what in HARMLESS}
    asked = {key for key in template if key.startswith("ask_")} - harmless
    found = [f"{flag} must be false" for flag in sorted(flags | asked) if template.get(flag) is not False]
    questions = [question["variable"] for question in template.get("survey_spec", {}).get("spec", [])]
    return found + [f"the survey asks for {name}" for name in questions if DIVERTING.fullmatch(name)]


def accepted(template: Values, request: Values) -> Values:
    """What AWX takes of a launch; what the template does not ask for is ignored.
    Raises ValueError for wrong answers.
    """
    given = request.get("extra_vars", {})
    answers = surveys.answers(template["survey_spec"], given) if template.get("survey_enabled") else {}
    free = given if template.get("ask_variables_on_launch") else {}
    others = {
        field: value
        for field, value in request.items()
        if field != "extra_vars" and template.get(f"ask_{FLAGS.get(field, field)}_on_launch")
    }
    return {**others, "extra_vars": {**free, **answers}}
