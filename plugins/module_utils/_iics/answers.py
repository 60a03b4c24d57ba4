# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a failed answer of IICS says and means. Pure.

v3 nests its own words, v2 writes them flat, as JSON or as XML, and a path that does not exist is answered as RFC 7807
has it.
"""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    ApiError,
    AuthenticationFailed,
    BadAnswer,
    NotFound,
    PermissionDenied,
)
from ansible_collections.people.lifecycle.plugins.module_utils._http.messages import json_object, plain_words, text_of
from ansible_collections.people.lifecycle.plugins.module_utils._http.session import Answer
from ansible_collections.people.lifecycle.plugins.module_utils._http.xml import parse
from ansible_collections.people.lifecycle.plugins.module_utils._iics.traits import TITLE

LOCKED = "IDS_086"
NOT_LOADED = "REPO_10704"  # v2's answer about a user that it cannot load, because there is none or for another reason
UNTYPED = "about:blank"  # the type of an RFC 7807 problem that is no more than its HTTP status
REFUSED_SIGN_IN = (400, 401, 403)
ADMIN_NEEDED = "The account that the task runs with needs the role Admin."


def words(answer: Answer) -> tuple[str, tuple[str, ...]]:
    """What the service says, details included, and its error codes."""
    if "xml" in answer.content_type:
        name, content = parse(answer.body, {})
        return flat(content) if name == "error" and isinstance(content, dict) else ("", ())
    content = json_object(answer)
    error = content.get("error")
    if not isinstance(error, dict):
        return flat(content) if content else (plain_words(answer), ())
    parts = [error, *(detail for detail in error.get("details") or [] if isinstance(detail, dict))]
    codes = tuple(text_of(part.get("code")) for part in parts)
    return " ".join(sentence(text_of(part.get("code")), text_of(part.get("message"))) for part in parts if part), codes


def flat(content: dict[str, t.Any]) -> tuple[str, tuple[str, ...]]:
    """Words and codes of an error of v2, or of an RFC 7807 problem."""
    title, code = text_of(content.get("title")), text_of(content.get("code"))
    if title:
        return text_of(content.get("detail")) or title, (text_of(content.get("type")) or UNTYPED,)
    return sentence(code, text_of(content.get("description"))), (code,) if code else ()


def sentence(code: str, message: str) -> str:
    return f"{message} ({code})" if code and message else message or code


def explain(error: ApiError, caller: str, base: str) -> ApiError:
    """``error`` with what to do about it, or another one where it means something else."""
    quoted = f" It says: {error.words}" if error.words else ""
    request = f"{error.method} {error.path}"
    if isinstance(error, PermissionDenied) and NOT_LOADED not in error.codes:
        return error.retold(PermissionDenied, f"{TITLE} does not let {caller} do {request}.{quoted}", ADMIN_NEEDED)
    if isinstance(error, NotFound) and UNTYPED in error.codes:
        return error.retold(
            BadAnswer,
            f"{TITLE} has no {request} at {base}.{quoted}",
            "The sign-in led to this address; check api_url (IICS_LOGIN_URL).",
        )
    if isinstance(error, NotFound) and not error.words:
        message = (
            f"{TITLE} answers {request} with 404 and no explanation, as it does to accounts that are not "
            "administrators."
        )
        return error.retold(PermissionDenied, message, ADMIN_NEEDED)
    if isinstance(error, AuthenticationFailed) and error.hint is None:
        error.hint = "A new sign-in did not help; does something between here and the service take out its headers?"
    return error


def sign_in_failure(error: ApiError, username: str, base: str) -> ApiError:
    """What a failed sign-in means: a wrong password, a locked account, a wrong address, or trouble."""
    if error.status in REFUSED_SIGN_IN and error.codes and UNTYPED not in error.codes:
        if LOCKED in error.codes:
            return error.retold(
                AuthenticationFailed,
                f"{TITLE}: the account {username} is locked. It says: {error.words}",
                "An administrator unlocks it on the page Users of Administrator (Reset); no API can.",
            )
        return error.retold(
            AuthenticationFailed,
            f"{TITLE} does not accept the user name and password of {username}. It says: {error.words}",
            "Check api_username (IICS_USERNAME), api_password (IICS_PASSWORD) and the region in api_url "
            "(IICS_LOGIN_URL). The password was tried once only, because the service locks accounts.",
        )
    if error.status is not None and 400 <= error.status < 500 and error.status != 429:
        return error.retold(
            BadAnswer,
            f"{TITLE}: there is no sign-in at {base}: {error.method} {error.path} was answered {error.status}.",
            "Check api_url (IICS_LOGIN_URL): scheme and host of the region's sign-in page, or the region's name.",
        )
    return error
