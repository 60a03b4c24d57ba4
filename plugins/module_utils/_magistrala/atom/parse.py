# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A person's data as Atom keeps them: entities of kind human, almost everything in ``attributes``. Pure."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Values, pooled
from ansible_collections.people.lifecycle.plugins.module_utils._http.messages import text_of
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.generations import ATOM_ATTRIBUTES, PICTURES
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.parse import Unexpected

TEXTS = ("first_name", "last_name", "email")
STATUSES = ("active", "inactive", "suspended")
PERSON = "{ id name tenantId status attributes deletedAt createdAt updatedAt }"


class Administrators:
    """Who has the role: ``direct`` has the ids of assignments by their holder,
    ``grouped`` are members of groups with it.
    """

    def __init__(self, direct: t.Mapping[str, t.Sequence[str]], grouped: t.Container[str] = ()) -> None:
        self.direct = direct
        self.grouped = grouped

    def __contains__(self, entity_id: str) -> bool:
        return entity_id in self.direct or entity_id in self.grouped


class Handle(t.NamedTuple):
    """What only the client needs: whole ``attributes``, whether the role comes with a group, a password
    ``password_proven`` by a sign-in (None: not tried, or not to be told), and of a deleted account the ``role`` that
    the task gives it.
    """

    attributes: t.Any = None
    grouped: bool = False
    password_proven: bool | None = None
    role: str | None = None


def account_from(entity: t.Any, administrators: Administrators | None) -> Account:
    """The account in an entity; without ``administrators`` nobody can tell the role. Raises Unexpected."""
    try:
        name, entity_id, status, attributes = (entity[key] for key in ("name", "id", "status", "attributes"))
        deleted_at, created_at, updated_at = (entity[key] for key in ("deletedAt", "createdAt", "updatedAt"))
    except (KeyError, TypeError):
        raise Unexpected("an entity of an unexpected shape") from None
    if not (isinstance(name, str) and isinstance(entity_id, str) and entity_id and status in STATUSES):
        raise Unexpected("an entity of an unexpected shape")
    role = None if administrators is None else "admin" if entity_id in administrators else "user"
    times = {"created_at": created_at, "updated_at": updated_at}
    return Account(
        username=pooled(name),
        id=entity_id,
        values={**values_in(attributes), "role": role},
        enabled=status == "active" and not deleted_at,
        deleted=bool(deleted_at),
        info={key: moment.replace("+00:00", "Z") for key, moment in times.items() if isinstance(moment, str)},
        handle=Handle(attributes, grouped=administrators is not None and entity_id in administrators.grouped),
    )


def values_in(attributes: t.Any) -> Values:
    """What of ``attributes`` tasks can set, by option name; nothing where they are no object."""
    known = attributes if isinstance(attributes, dict) else {}
    tags = known.get("tags")
    return {
        **{name: pooled(text_of(known.get(name))) for name in TEXTS},
        "tags": [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else [],
        "metadata": {key: value for key, value in known.items() if key not in ATOM_ATTRIBUTES},
        "profile_picture": next((known[name] for name in PICTURES if text_of(known.get(name))), ""),
    }


def attributes_with(attributes: t.Any, values: Values) -> Values:
    """Whole ``attributes`` with ``values`` in them; what is no one's option stays."""
    known: Values = dict(attributes) if isinstance(attributes, dict) else {}
    if "metadata" in values:
        known = {**{key: value for key, value in known.items() if key in ATOM_ATTRIBUTES}, **values["metadata"]}
    if "profile_picture" in values and "picture" in known:
        known["picture"] = values["profile_picture"]
    own = {name: values[name] for name in (*TEXTS, "tags", "profile_picture") if name in values}
    return {key: value for key, value in {**known, **own}.items() if key not in own or value or key in TEXTS}
