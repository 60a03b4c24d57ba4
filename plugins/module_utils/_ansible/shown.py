# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a result repeats of the options of a task, and which secrets are to be masked in it, whoever the host is."""

from __future__ import annotations

import json
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import FEW_WORDS, words_in
from ansible_collections.people.lifecycle.plugins.module_utils._core.system import Spec

in_json = json.JSONEncoder(default=str, ensure_ascii=False).encode
HIDDEN, COVER = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER", "********"


def short(params: Values) -> Values:
    """``params`` with the number of ``users`` in place of the list, which may have thousands of entries."""
    users = params.get("users")
    return {**params, "users": f"({len(users)} entries)"} if isinstance(users, list) else params


def secrets_among(secrets: t.Iterable[str], shown: t.Any) -> set[str]:
    """Which of ``secrets`` are somewhere in ``shown``."""
    return secrets_within(secrets, in_json(shown))


def secrets_within(secrets: t.Iterable[str], text: str) -> set[str]:
    """Which of ``secrets`` are in ``text``, which is JSON; one search for all, as there may be thousands of both.

    What it repeats in thousands of accounts is looked at once.
    """
    spelled = {delimited(in_json(secret))[1:-1]: secret for secret in secrets}
    text = delimited(text)
    if len(spelled) > FEW_WORDS:
        text = "\n".join({*text.split('"')})
    return {spelled[word] for word in words_in(spelled, text)}


def delimited(text: str) -> str:
    """JSON in which each quotation mark begins or ends a text; one within is a control character, of which JSON has
    none.
    """
    return text.replace("\\\\", "\1").replace('\\"', "\2")


def masked(value: t.Any, secrets: t.Collection[str]) -> t.Any:
    """``value``, as JSON has it, without ``secrets``: keys and what is neither text nor number are left.

    AnsibleModule did that up to ansible-core 2.21. Later ones hide secrets where they show a result; a variable or a
    file that keeps it would have them.
    """
    return _masked(value, sorted(secrets, key=len, reverse=True)) if secrets else value


def _masked(value: t.Any, secrets: t.Sequence[str]) -> t.Any:
    if isinstance(value, t.Mapping):
        return {key: _masked(item, secrets) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_masked(item, secrets) for item in value]
    if value is None or isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return value
    said = str(value)
    found = [secret for secret in secrets if secret in said]
    if said in found or (found and not isinstance(value, str)):
        return HIDDEN
    for secret in found:
        said = said.replace(secret, COVER)
    return said if found else value


def secrets_in(spec: Spec, holders: t.Iterable[t.Any]) -> t.Iterator[str]:
    """Every value of an option that ``spec`` marks as secret in ``holders`` (options by name), in nested options too.

    What is of a wrong type is passed over: ansible-core finds no secret at all where one list holds something else.
    """
    held = [holder for holder in holders if isinstance(holder, t.Mapping)]
    for name, option in spec.items():
        if not (option.get("no_log") or option.get("options")):
            continue
        values = [holder[name] for holder in held if holder.get(name)]
        if option.get("no_log"):
            yield from (value for value in values if isinstance(value, str))
        if option.get("options"):
            inner = [each for value in values for each in (value if isinstance(value, list) else [value])]
            yield from secrets_in(option["options"], inner)
