# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""YAML as data: nothing in it is evaluated, and what is wrong is told with its place."""

from __future__ import annotations

import typing as t

import yaml

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import printable


def parse_yaml(text: str, where: str) -> t.Any:
    """What ``text`` says; raises InputError."""
    try:
        return yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise InputError(f"{where}{place}: not valid YAML: {printable(str(error.problem), 120)}.") from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise InputError(f"{where}: not valid YAML.") from None


def read_yaml(content: bytes, path: str, name: str) -> t.Any:
    """What is in a YAML or JSON file, alone or below the one key ``name``; raises InputError."""
    try:
        found = parse_yaml(content.decode("utf-8-sig"), path)
    except UnicodeDecodeError:
        raise InputError(f"{path}: not valid YAML: it is not UTF-8.") from None
    return found[name] if isinstance(found, dict) and list(found) == [name] else found
