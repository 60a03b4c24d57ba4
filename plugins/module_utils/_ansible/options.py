# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Option tables that the modules share, and how they are put together.

AWX hands a blank field of a credential over as an environment variable that is set and empty; everywhere here an empty
variable therefore counts as unset.
"""

from __future__ import annotations

import os
import typing as t

from ansible.module_utils.errors import AnsibleFallbackNotFound
from ansible.module_utils.parsing.convert_bool import boolean

from ansible_collections.people.lifecycle.plugins.module_utils._core.environment import Environment
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import EnvironmentText
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import MEMBERSHIP_CHANGES, Options, Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.system import Spec


def env_value(*names: str) -> EnvironmentText:
    """The first of the environment variables ``names`` that is set and not empty."""
    for name in names:
        if os.environ.get(name):
            value = EnvironmentText(os.environ[name])
            value.variable = name
            return value
    raise AnsibleFallbackNotFound


def env_negated(*names: str) -> bool:
    """The opposite of the first boolean variable among ``names`` that is set and not empty."""
    return not boolean(env_value(*names))


def merge(*specs: Spec) -> Spec:
    """All options of ``specs``; the same name twice is a mistake of the programmer."""
    merged: Spec = {}
    for spec in specs:
        doubled = merged.keys() & spec.keys()
        if doubled:
            raise ValueError(f"options defined twice: {', '.join(sorted(doubled))}")
        merged.update(spec)
    return merged


def from_environment(spec: dict[str, t.Any], *names: str) -> dict[str, t.Any]:
    return {**spec, "fallback": (env_value, list(names))}


def connection_options(prefix: str, url: tuple[str, ...], username: tuple[str, ...], password: tuple[str, ...]) -> Spec:
    """The connection options of one system; ``prefix`` starts its environment variables, the rest names them."""
    text: dict[str, t.Any] = {"type": "str"}
    return {
        "instance": text,
        "expect": text,
        "api_url": from_environment(text, *url),
        "api_username": from_environment(text, *username),
        "api_password": from_environment({"type": "str", "no_log": True}, *password),
        "validate_certs": {
            "type": "bool",
            "default": True,
            "fallback": (env_negated, [f"{prefix}_SKIP_TLS_VERIFY"]),
        },
        "ca_path": from_environment({"type": "path"}, f"{prefix}_CA_PATH"),
        "client_cert": from_environment({"type": "path"}, f"{prefix}_CLIENT_CERT"),
        "client_key": from_environment({"type": "path", "no_log": False}, f"{prefix}_CLIENT_KEY"),
        "timeout": from_environment({"type": "float", "default": 30.0}, f"{prefix}_TIMEOUT"),
        "retries": from_environment({"type": "int", "default": 3}, f"{prefix}_RETRIES"),
        "use_proxy": from_environment({"type": "bool", "default": False}, f"{prefix}_USE_PROXY"),
    }


def of_instance(spec: Spec, environment: Environment, instance: t.Any) -> Spec:
    """``spec`` with the environment variables of an instance in place of its system's; its name is checked later."""
    name = str(instance) if instance else None
    return {key: {**option, **_own_fallback(option, environment, name)} for key, option in spec.items()}


def _own_fallback(option: dict[str, t.Any], environment: Environment, instance: str | None) -> dict[str, t.Any]:
    if "fallback" not in option:
        return {}
    read, names = option["fallback"]
    return {"fallback": (read, [environment.renamed(name, instance) for name in names])}


def membership_option(elements: dict[str, t.Any]) -> dict[str, t.Any]:
    """An option ``{add, remove, set}`` whose lists hold ``elements``."""
    return {
        "type": "dict",
        "options": {change: {"type": "list", **elements} for change in MEMBERSHIP_CHANGES},
        "mutually_exclusive": [["set", "add"], ["set", "remove"]],
    }


RUN_OPTIONS: Spec = {
    "parallel": {"type": "int", "default": 4},
    "on_error": {"type": "str", "choices": ["continue", "stop"], "default": "continue"},
    "return_unchanged": {"type": "bool", "default": False},
}


def user_options(person: Spec, shared: Spec) -> Spec:
    """Options of a ``*_user`` module: one account, or many in ``users``.

    ``person`` are the options that belong to one account only; ``shared`` make sense for many at once: given beside
    ``users`` they hold for each entry that does not say otherwise.
    """
    each = merge(
        {"username": {"type": "str", "required": True, "aliases": ["name"]}}, person, _without_defaults(shared)
    )
    return merge(
        {"username": {"type": "str", "aliases": ["name"]}},
        person,
        shared,
        {"users": {"type": "list", "elements": "dict", "options": each}},
        RUN_OPTIONS,
    )


def _without_defaults(spec: Spec) -> Spec:
    return {
        name: {key: value for key, value in option.items() if key not in ("default", "fallback")}
        for name, option in spec.items()
    }


def one_or_many(params: Values, person: t.Iterable[str], shared: t.Sequence[str]) -> list[Options]:
    """The accounts that the task is about, each with its own options and the shared ones.

    Those of ``users`` take the place of what they are made from: a copy of thousands would take as much memory again.
    """
    given: Values = {name: params[name] for name in shared if params[name] is not None}
    users: list[t.Any] | None = params["users"]
    if users is None:
        return [Options({name: params[name] for name in ("username", *person)}, given)]
    for at, user in enumerate(users):
        own = {name: value for name, value in user.items() if value is not None and name != "name"}  # the alias
        users[at] = Options(own, given)
    return users
