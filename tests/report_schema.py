# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The published form of reports, which every report of a test must have."""

from __future__ import annotations

import functools
import json
import pathlib
import typing as t

import jsonschema

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "docs/schemas"


@functools.cache
def schema(name: str = "report") -> dict[str, t.Any]:
    return t.cast("dict[str, t.Any]", json.loads((FOLDER / f"{name}.json").read_text()))


def check(data: dict[str, t.Any], form: str = "report") -> None:
    """Raises jsonschema's ValidationError where ``data`` is not a ``report``, or not what ``stats`` are,
    of its kind.
    """
    name = "review" if data.get("kind") == "review" else "report"
    validator = jsonschema.Draft202012Validator({**schema(name), "$ref": f"#/$defs/{form}"})
    validator.check_schema(validator.schema)
    validator.validate(data)
