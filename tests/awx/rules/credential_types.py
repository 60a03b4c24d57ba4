# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Custom credential types: inputs and injectors."""

from __future__ import annotations

import re
import typing as t

import jinja2
import jinja2.sandbox
import jsonschema

Values = dict[str, t.Any]
WORD = "^[a-zA-Z_]+[a-zA-Z0-9_]*$"
RESERVED = """
    VIRTUAL_ENV PATH PYTHONPATH JOB_ID INVENTORY_ID INVENTORY_SOURCE_ID INVENTORY_UPDATE_ID AD_HOC_COMMAND_ID
    REST_API_URL REST_API_TOKEN MAX_EVENT_RES CALLBACK_QUEUE CALLBACK_CONNECTION CACHE JOB_CALLBACK_DEBUG
    INVENTORY_HOSTVARS AWX_HOST PROJECT_REVISION SUPERVISOR_CONFIG_PATH
"""
INPUTS = {
    "type": "object",
    "additionalProperties": False,
    "required": ["fields"],
    "properties": {
        "required": {"type": "array", "items": {"type": "string"}},
        "fields": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["id", "label"],
                "properties": {
                    "id": {"type": "string", "pattern": WORD},
                    "label": {"type": "string"},
                    "type": {"enum": ["string", "boolean"]},
                    "format": {"enum": ["ssh_private_key", "url"]},
                    "choices": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"type": "string"}},
                    "multiline": {"type": "boolean"},
                    "secret": {"type": "boolean"},
                    "ask_at_runtime": {"type": "boolean"},
                    "help_text": {"type": "string"},
                    "default": {"type": ["string", "boolean"]},
                },
            },
        },
    },
}
TEXTS: Values = {"type": "object", "additionalProperties": {"type": "string"}}
INJECTORS = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"env": TEXTS, "file": TEXTS, "extra_vars": {"type": "object"}},
}


def problems(kind: Values) -> list[str]:
    """What is wrong with a credential type, as AWX gets it."""
    found = [] if kind.get("kind") in ("cloud", "net") else ["kind must be cloud or net"]
    found += faults(kind.get("inputs"), INPUTS, "inputs") + faults(kind.get("injectors"), INJECTORS, "injectors")
    return found or field_problems(kind["inputs"]) + injector_problems(kind["inputs"], kind["injectors"])


def faults(value: t.Any, schema: Values, where: str) -> list[str]:
    return [f"{where}: {error.message}" for error in jsonschema.Draft4Validator(schema).iter_errors(value)]


def field_problems(inputs: Values) -> list[str]:
    """Rules on fields that a schema does not say; that required fields exist, AWX itself does not check."""
    found = []
    names = [field["id"] for field in inputs["fields"]]
    found += [f"{name} is there twice" for name in sorted(set(names)) if names.count(name) > 1]
    found += ["tower is reserved"] if "tower" in names else []
    found += [f"{name} is required and no field" for name in inputs.get("required", []) if name not in names]
    for field in inputs["fields"]:
        kind = field.get("type", "string")
        only_text = [key for key in ("format", "choices", "multiline", "secret") if key in field]
        if kind == "boolean" and only_text:
            found.append(f"{field['id']}: a boolean cannot have {', '.join(only_text)}")
        if "default" in field and isinstance(field["default"], bool) != (kind == "boolean"):
            found.append(f"{field['id']}: the default is of another type")
    return found


def injector_problems(inputs: Values, injectors: Values) -> list[str]:
    found = []
    for name, template in injectors.get("env", {}).items():
        if not re.match(WORD, name) or name.startswith("ANSIBLE_") or name in RESERVED.split():
            found.append(f"the variable {name} is not allowed")
        if not template.isascii():
            found.append(f"the template of {name} is not ASCII")
    files = list(injectors.get("file", {}))
    if any(name != "template" and not re.fullmatch(r"template\.[a-zA-Z_][a-zA-Z0-9_]*", name) for name in files):
        found.append("files are named template, or template.NAME")
    if "template" in files and len(files) > 1:
        found.append("template and template.NAME do not go together")
    try:
        render(inputs, injectors, {field["id"]: "EXAMPLE" for field in inputs["fields"]}, lambda name, content: name)
    except jinja2.TemplateError as error:
        found.append(f"a template cannot be rendered: {error}")
    return found


def render(
    inputs: Values, injectors: Values, values: Values, write: t.Callable[[str, str], str]
) -> tuple[dict[str, str], dict[str, t.Any]]:
    """The environment and extra variables that a job gets from a credential with ``values``.

    A text field without value is empty, a boolean one is False, whatever the default says. ``write`` gets name and
    content of each file, an empty one too, and returns its path.
    """
    blank = {field["id"]: False if field.get("type") == "boolean" else "" for field in inputs["fields"]}
    namespace: Values = {**blank, **values}
    environment = jinja2.sandbox.ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined)

    def rendered(template: t.Any) -> t.Any:
        if isinstance(template, dict):
            return {key: rendered(value) for key, value in template.items()}
        if isinstance(template, list):
            return [rendered(value) for value in template]
        return environment.from_string(template).render(**namespace)

    paths: Values = {}
    for name, template in injectors.get("file", {}).items():
        label = name.partition(".")[2]
        path = write(label or "file", rendered(template))
        paths = {"filename": {**paths.get("filename", {}), label: path} if label else path}
    namespace["tower"] = paths
    return rendered(injectors.get("env", {})), rendered(injectors.get("extra_vars", {}))
