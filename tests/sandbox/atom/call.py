# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One request on its way through the server, and the names of what it may ask for."""

from __future__ import annotations

import dataclasses
import datetime
import re
import typing as t
import uuid

from .errors import Refused, not_found, unauthenticated
from .model import Credential, Entity, Page, Session

if t.TYPE_CHECKING:
    from .state import State
    from .switches import Switches
    from .system import Atom

Resolver = t.Callable[..., t.Any]
RESOLVERS: dict[str, Resolver] = {}  # by the name of a field of QueryRoot or MutationRoot


@dataclasses.dataclass(slots=True)
class Call:
    """Who asks: ``actor`` is None without a token; ``session`` is None where an access token is used."""

    system: Atom
    actor: Entity | None = None
    session: Session | None = None
    token: Credential | None = None

    @property
    def state(self) -> State:
        return self.system.state

    @property
    def switches(self) -> Switches:
        return self.system.switches

    @property
    def caller(self) -> Entity:
        """Whoever asks. Raises Refused where nobody signed in."""
        if self.actor is None:
            raise unauthenticated("missing authentication")
        return self.actor

    @property
    def scoped(self) -> bool:
        """Whether the caller uses a token that allows only part of what they may do."""
        return self.token is not None and self.token.scoped

    def entity(self, entity_id: str) -> Entity:
        """A live entity, in any status. Raises Refused."""
        wanted = uuid_of(entity_id)
        entity = self.state.directory.live(wanted)
        if entity is None:
            raise not_found(f"entity {wanted}")
        return entity


def public(resolver: Resolver) -> Resolver:
    """Register an operation that anybody may ask for."""
    RESOLVERS[camel(resolver.__name__)] = resolver
    return resolver


def operation(resolver: Resolver) -> Resolver:
    """Register an operation that needs a token; its name in GraphQL is the function's in camel case."""

    def checked(call: Call, **arguments: t.Any) -> t.Any:
        dummy = call.caller
        return resolver(call, **arguments)

    RESOLVERS[camel(resolver.__name__)] = checked
    return resolver


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def snake(name: str) -> str:
    return re.sub(r"[A-Z]", lambda found: "_" + found[0].lower(), name)


def uuid_of(text: str) -> str:
    """An id as it is stored. Raises Refused."""
    try:
        return str(uuid.UUID(text))
    except ValueError:
        raise Refused("id must be a UUID") from None


def optional_uuid(text: str | None) -> str | None:
    return None if text is None else uuid_of(text)


def page(rows: t.Sequence[t.Any], limit: int | None, offset: int | None, most: int = 100, few: int = 20) -> Page:
    """Part of a listing; limits are put right silently."""
    start = max(offset or 0, 0)
    size = few if limit is None else min(max(limit, 1), most)
    return Page(rows[start : start + size], len(rows))


def moment(stamp: int, zone: str) -> str:
    """Microseconds since the epoch as the server writes them: as many digits as needed, in threes."""
    seconds, micros = divmod(stamp, 1_000_000)
    text = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
    if micros:
        text += f".{micros // 1000:03d}" if micros % 1000 == 0 else f".{micros:06d}"
    return text + zone
