# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ansible's own process as the host of a run: options checked, result made, as AnsibleModule does it in a process."""

from __future__ import annotations

import collections.abc
import contextlib
import json
import os
import typing as t

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.errors import UnsupportedError

from ansible_collections.people.lifecycle.plugins.module_utils._ansible.mistakes import better_message
from ansible_collections.people.lifecycle.plugins.module_utils._ansible.options import of_instance
from ansible_collections.people.lifecycle.plugins.module_utils._ansible.ready import Ready
from ansible_collections.people.lifecycle.plugins.module_utils._ansible.run import run
from ansible_collections.people.lifecycle.plugins.module_utils._ansible.shown import (
    in_json,
    masked,
    secrets_among,
    secrets_in,
    secrets_within,
    short,
)
from ansible_collections.people.lifecycle.plugins.module_utils._ansible.task import Work
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import plain
from ansible_collections.people.lifecycle.plugins.module_utils._core.kept import Kept
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.system import Spec

INTERNAL = "_ansible_"
PLAIN = frozenset((str, bool, int, float, type(None)))
INVOCATION = "_ansible_inject_invocation"  # from ansible-core 2.21 on; before, every result has the options


class DirectTask:
    """A task about ``work`` with ``arguments``, those of Ansible itself among them, and services ``kept`` from others;
    ``result`` is there after ``run``.
    """

    def __init__(self, work: Work, name: str, arguments: Values, kept: Kept) -> None:
        self.work = work
        self.name = name
        self.kept = kept
        self.check_mode = bool(arguments.get("_ansible_check_mode"))
        self.verbosity = int(arguments.get("_ansible_verbosity") or 0)
        self.shows_options = bool(arguments.get(INVOCATION, True))
        own = {key: value for key, value in arguments.items() if not key.startswith(INTERNAL)}
        self.refusal: str | None = None
        self.warnings: list[str] = []
        self.result: Values = {}
        spec = of_instance(work.spec, work.system.environment, own.get("instance"))
        given = readable(own)
        self.params: Values = given
        self.secrets: set[str] = set()
        try:
            checked = validated(spec, work.constraints, given)
        except TypeError as error:  # ansible-core's own, about a value where a dictionary should be
            self.refusal = better_message(spec, given) or f"The options cannot be read: {error}."
        else:
            self.params = checked.validated_parameters
            self.secrets.update(checked._no_log_values)
            for doubled in checked._warnings:
                self.warn("Both option {option} and its alias {alias} are set.".format(**doubled))
            if checked.error_messages:
                self.refusal = better_message(spec, given) or refusal(name, checked.errors)
        self.secrets.update(secrets_in(work.spec, [self.params]))
        self.options = short(self.params)

    def run(self) -> Values:
        """Do the work, unless an option is wrong; returns the result."""
        if self.refusal is None:
            run(self.work, self)
        else:
            self.fail(self.refusal, {})
        return self.result

    def warn(self, warning: str) -> None:
        self.warnings.append(warning)

    def succeed(self, result: Values) -> None:
        self._keep(result)

    def fail(self, message: str, result: Values) -> None:
        self._keep({**result, "failed": True, "msg": message})

    def _keep(self, result: Values) -> None:
        told = dict.fromkeys(self.warnings)
        text = in_json({**result, **({"warnings": [*told]} if told else {})})
        secrets = secrets_within(self.secrets, text)
        shown = {name: mask(part, secrets) for name, part in json.loads(text).items()}
        options = {"invocation": {"module_args": self.options}} if self.shows_options else {}
        self.result = {**mask(json.loads(in_json(options)), self.secrets), **shown}


def mask(part: t.Any, secrets: t.Collection[str]) -> t.Any:
    """One part of a result without ``secrets``; thousands of accounts are gone through only where one is among them."""
    return masked(part, secrets_among(secrets, part)) if secrets else part


def validated(spec: Spec, constraints: Values, given: Values) -> t.Any:
    """What ansible-core says of the options ``given``, its ValidationResult; of ``users`` it sees those it must."""
    ready = Ready(spec, given)
    shown = given if ready.left is None else {**given, "users": ready.left}
    checked = ArgumentSpecValidator(spec, **constraints).validate(shown)
    if ready.left is not None:
        users = given["users"] if checked.error_messages else ready.among(checked.validated_parameters["users"])
        checked.validated_parameters["users"] = users
    return checked


def refusal(name: str, errors: t.Any) -> str:
    """Why options cannot be taken, in the words of AnsibleModule."""
    if isinstance(errors[0], UnsupportedError):
        return f"Unsupported parameters for ({name}) module: {errors.msg}"
    return str(errors.msg)


def readable(value: t.Any) -> t.Any:
    """``value`` as a module gets it: vaulted text decrypted, everything in Python's own types."""
    if type(value) in PLAIN:
        return value
    if getattr(value, "__ENCRYPTED__", False):
        return str(value)
    if isinstance(value, collections.abc.Mapping):
        return {
            key if key.__class__ is str else plain(key): item if type(item) in PLAIN else readable(item)
            for key, item in value.items()
        }
    if isinstance(value, (list, tuple, set, frozenset)):
        return [readable(item) for item in value]
    return plain(value)


@contextlib.contextmanager
def inside(folder: str) -> t.Iterator[None]:
    """Relative paths count from ``folder`` meanwhile, as they do for a local module."""
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
