# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks about passwords and tokens, in whichever generation of Magistrala answers."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.system import Operation
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala import passwords, tokens
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.any_generation import AnyGeneration
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom import passwords as atom_passwords
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom import tokens as atom_tokens
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.client import AtomClient

PlanOperation = t.Callable[[t.Any, Values], Operation]


def by_generation(users_service: PlanOperation, atom: PlanOperation) -> PlanOperation:
    """The operation of two generations as one, also where its first request is the one that changes something."""

    def plan_for(backend: t.Any, params: Values) -> Operation:
        return (atom if isinstance(backend, AtomClient) else users_service)(backend, params)

    def plan(client: AnyGeneration, params: Values) -> Operation:
        operation = client.served(lambda backend: plan_for(backend, params))
        planned = client.backend

        def act() -> Values:
            return client.served(lambda backend: (operation if backend is planned else plan_for(backend, params)).act())

        return operation._replace(act=act)

    return plan


plan_password = by_generation(passwords.plan_password, atom_passwords.plan_password)
plan_tokens = by_generation(tokens.plan_tokens, atom_tokens.plan_tokens)
