# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The content of extensions/awx as a controller gets it: loaded and evaluated by Ansible itself."""

from __future__ import annotations

import functools
import json
import pathlib
import typing as t

from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar

from ansible_collections.people.lifecycle.plugins.module_utils import _systems

Values = dict[str, t.Any]
PROJECT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = PROJECT / "extensions/awx"
SYSTEMS = tuple(_systems.SYSTEMS)


def files() -> list[pathlib.Path]:
    """The files with variables, in the order in which the import loads them."""
    return [
        FOLDER / "settings.yml",
        *sorted(FOLDER.glob("credential_types/*.yml")),
        *sorted(FOLDER.glob("controller/*.yml")),
    ]


@functools.cache
def load() -> Values:
    """All variables, evaluated; the two blanks between opening braces are gone."""
    return evaluated({})


def evaluated(settings: Values) -> Values:
    """All variables, where ``settings`` are given on the command line of the import."""
    loader = DataLoader()
    variables: Values = {}
    for path in files():
        try:
            variables |= loader.load_from_file(str(path), trusted_as_template=True)
        except TypeError:  # before ansible-core 2.19
            variables |= loader.load_from_file(str(path))
    templar = Templar(loader=loader, variables={**variables, **settings})
    text = json.dumps({name: templar.template(value) for name, value in variables.items()})
    return t.cast(Values, json.loads(text.replace("{  {", "{{")))


def credential_type(system: str) -> Values:
    """The credential type of the instance that is named like its system."""
    title = load()[f"lifecycle_credential_type_{system}"]["title"]
    return named("controller_credential_types")[f"people.lifecycle: {title}"]


def listed(kind: str) -> list[Values]:
    """The objects of one variable."""
    return t.cast("list[Values]", load()[kind])


def named(kind: str) -> dict[str, Values]:
    """The objects of one kind, by name."""
    return {item["name"]: item for item in listed(kind)}


def surveys() -> dict[str, Values]:
    """All surveys, by the name of their template."""
    templates = {**named("controller_templates"), **named("controller_workflows")}
    return {name: item["survey_spec"] for name, item in templates.items() if "survey_spec" in item}
