# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""YAML as data: nothing in it is evaluated, and what is wrong is told with its place."""

from __future__ import annotations

import typing as t
import unicodedata

import yaml

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import printable

UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


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


class Escaping(yaml.SafeDumper):  # type: ignore[misc]
    """Puts text with characters that are not seen, or that turn the direction of others, between double quotes."""


def represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if any(map(is_unseen, text.replace("\n", ""))) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


Escaping.add_representer(str, represent_text)
Escaping.add_multi_representer(str, represent_text)  # the text of older ansible-core, which marks it by a class


def written_yaml(content: t.Any) -> str:
    """``content`` as YAML for people to read: what cannot be seen, or would move what they see,
    is written as its number.
    """
    text = yaml.dump(content, Dumper=Escaping, sort_keys=False, allow_unicode=True)
    return "".join(f"\\U{ord(c):08X}" if c != "\n" and is_unseen(c) else c for c in text)


def is_unseen(character: str) -> bool:
    return unicodedata.category(character) in UNSEEN
