# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Surveys: what AWX asks of their form, what it makes of answers, and what it accepts and should not."""

from __future__ import annotations

import re
import typing as t

Values = dict[str, t.Any]
TYPES: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "textarea": (str,),
    "password": (str,),
    "multiplechoice": (str,),
    "multiselect": (str,),
    "integer": (int,),
    "float": (int, float),
}
KEYS = {
    "question_name",
    "question_description",
    "variable",
    "type",
    "required",
    "default",
    "choices",
    "min",
    "max",
    "new_question",
}


def choices_of(question: Values) -> list[str]:
    choices = question.get("choices") or []
    return choices.split("\n") if isinstance(choices, str) else choices


def problems(survey: Values) -> list[str]:
    """What is wrong with a survey: AWX's rules, and those that spare users trouble."""
    if not all(isinstance(survey.get(key), str) for key in ("name", "description")) or not survey.get("spec"):
        return ["name, description and spec are needed"]
    found = []
    variables = [question.get("variable") for question in survey["spec"]]
    found += [f"{name} is asked for twice" for name in sorted(set(variables)) if variables.count(name) > 1]
    for question in survey["spec"]:
        found += [f"{question.get('variable')}: {one}" for one in question_problems(question)]
    return found


def question_problems(question: Values) -> t.Iterator[str]:
    kind = question.get("type")
    if kind not in TYPES:
        yield f"there is no type {kind}"
        return
    if not isinstance(question.get("question_name"), str) or not isinstance(question.get("required"), bool):
        yield "question_name must be text and required true or false"
    if not re.fullmatch(r"[a-z0-9_]{1,64}", str(question.get("variable", ""))):
        yield "the variable has other characters than a-z, 0-9 and _, or more than 64"
    yield from (f"{key} means nothing" for key in question if key not in KEYS)
    for bound in ("min", "max"):
        value = question.get(bound)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            yield f"{bound} must be a whole number"
    if question.get("min") and not question.get("required"):
        yield "min on an optional question makes a blank answer impossible"
    yield from default_problems(question, t.cast(str, kind))


def default_problems(question: Values, kind: str) -> t.Iterator[str]:
    default = question.get("default", "")
    if default != "" and (isinstance(default, bool) or not isinstance(default, TYPES[kind])):
        yield f"the default must be of the type {kind}"
        return
    if isinstance(default, str) and default.startswith("$encrypted$"):
        yield "the default looks encrypted"
    if kind == "password" and default:
        yield "a password with a default is imported anew each time"
    if kind not in ("multiplechoice", "multiselect"):
        return
    choices = choices_of(question)
    if not choices or not all(isinstance(choice, str) and choice for choice in choices):
        yield "choices must be a list of texts"
    if isinstance(question.get("choices"), str) and question["choices"].endswith("\n"):
        yield "choices that end in a line break are imported anew each time"
    chosen = default.split("\n") if default else []
    if kind == "multiplechoice" and len(chosen) != 1:
        yield "one choice must be the default: AWX refuses a blank answer, and its page cannot clear one"
    yield from (f"the default {one} is no choice" for one in chosen if one not in choices)


def answers(survey: Values, given: Values) -> Values:
    """The variables that a job gets; raises ValueError where AWX refuses the launch.

    Questions that are not answered do not get their default when a program launches; only text that is optional and has
    an empty default arrives as empty text.
    """
    result: Values = {}
    for question in survey["spec"]:
        name, kind = question["variable"], question["type"]
        if name not in given:
            if question["required"]:
                raise ValueError(f"'{name}' value missing")
            if kind != "multiselect":
                result[name] = question.get("default", "")
            continue
        value = given[name]
        if kind in ("text", "textarea", "password") and not isinstance(value, str):
            raise ValueError(f"{name} must be a string")
        if kind == "integer" and (isinstance(value, bool) or not isinstance(value, int)):
            raise ValueError(f"{name} must be an integer")
        if kind == "multiplechoice" and value not in choices_of(question):
            raise ValueError(f"{name}: {value!r} is no choice")
        if kind == "multiselect" and (not isinstance(value, list) or set(value) - set(choices_of(question))):
            raise ValueError(f"{name}: {value!r} is no list of choices")
        result[name] = value
    return result
