# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The service's own words in a failed answer: v3 nests them, v2 writes them flat, as JSON or as XML. Pure."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._http.messages import json_object, plain_words, text_of
from ansible_collections.people.lifecycle.plugins.module_utils._http.session import Answer
from ansible_collections.people.lifecycle.plugins.module_utils._http.xml import parse

LOCKED = "IDS_086"
NOT_LOADED = "REPO_10704"  # v2's answer about a user that it cannot load, because there is none or for another reason


def words(answer: Answer) -> tuple[str, tuple[str, ...]]:
    """What the service says, details included, and its error codes."""
    if "xml" in answer.content_type:
        name, said = parse(answer.body, {})
        return flat(said) if name == "error" and isinstance(said, dict) else ("", ())
    said = json_object(answer)
    error = said.get("error")
    if not isinstance(error, dict):
        return flat(said) if said else (plain_words(answer), ())
    parts = [error, *(detail for detail in error.get("details") or [] if isinstance(detail, dict))]
    codes = tuple(text_of(part.get("code")) for part in parts)
    return " ".join(sentence(part) for part in parts if part), codes


def sentence(part: dict[str, t.Any]) -> str:
    code, message = text_of(part.get("code")), text_of(part.get("message"))
    return f"{message} ({code})" if code and message else message or code


def flat(said: dict[str, t.Any]) -> tuple[str, tuple[str, ...]]:
    code = text_of(said.get("code"))
    return sentence({"code": code, "message": said.get("description")}), (code,) if code else ()
