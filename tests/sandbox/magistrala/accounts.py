# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Create, view, list and search users."""

from __future__ import annotations

import json
import typing as t

from . import gojson, rules
from .call import BAD_QUERY, Call, Params, Reply, is_admin, require_admin
from .errors import invalid
from .rules import Secret
from .store import ORDERS, Needle, Query, User
from .views import ROW, render, stranger

LIMIT, MAX_LIMIT = 10, 100
SEARCH_BYTES = 3

CREDENTIALS = gojson.Shape("Credentials", {"username": "string", "secret": "string"})
CREATE_A = {
    "id": "string",
    "first_name": "string",
    "last_name": "string",
    "tags": "strings",
    "metadata": "object",
    "status": rules.status_word,
    "role": rules.role_word,
    "profile_picture": "string",
    "credentials": CREDENTIALS,
    "permissions": "strings",
    "email": "string",
    "created_at": "time",
    "updated_at": "time",
    "updated_by": "string",
}
CREATE_B = CREATE_A | {"private_metadata": "object", "verified_at": "time", "auth_provider": "string"}
CREATE = {
    "A": gojson.Shape("createUserReq", CREATE_A, embedded="User"),
    "B": gojson.Shape("createUserReq", CREATE_B, embedded="User"),
}


def check_new(call: Call, fields: dict[str, t.Any]) -> None:
    """Rules 1 to 9 of the contract's section 1.3."""
    first, last, email = (fields.get(name, "") for name in ("first_name", "last_name", "email"))
    username, secret = (fields.get("credentials", {}).get(name, "") for name in ("username", "secret"))
    if any(len(name.encode()) > rules.NAME_BYTES for name in (first, last)):
        raise invalid("invalid name size")
    if not first or not last:
        raise invalid("missing last name" if first else "missing first name")
    if not username:
        raise invalid("missing username")
    if (call.generation == "B" and not rules.is_username(username)) or rules.is_address(username):
        raise invalid("invalid username")
    if not rules.is_address(email):
        raise invalid("invalid email" if email else "missing email")
    call.system.check_password(secret)
    if fields.get("status") == "all":
        raise invalid("invalid status")
    if not rules.is_reference(fields.get("profile_picture", "")):
        raise invalid("invalid profile picture url")


def require_creator(call: Call) -> None:
    """Administrators; generation B asks the role column alone, so that a token of former days is nothing special."""
    if call.generation == "A":
        require_admin(call)
    elif call.caller not in call.system.table.users or call.myself().role != "admin":
        raise call.refuse("not admin")


def create(call: Call) -> Reply:
    """POST /users"""
    system, table = call.system, call.system.table
    fields = call.fields(CREATE[call.generation])
    check_new(call, fields)
    if not system.switches.self_register:
        require_creator(call)
    username, secret = (fields["credentials"][name] for name in ("username", "secret"))
    values = {
        name: fields[name]
        for name in ("first_name", "last_name", "email", "tags", "metadata", "private_metadata", "profile_picture")
        if name in fields
    }
    status, role = fields.get("status", "enabled"), fields.get("role", "user")
    if len(secret.encode()) > rules.BCRYPT_BYTES:
        raise call.refuse("secret too long")
    if status == "deleted":
        raise call.refuse("status not for create")
    if role == "all":
        raise call.refuse("role not for create")
    columns = (values["first_name"], values["last_name"], username, values["email"])
    if not all(rules.fits_column(text) for text in columns):
        raise call.refuse("create too long")
    if values["email"] in table.emails:
        raise call.refuse("create email taken")
    if username in table.usernames:
        raise call.refuse("create username taken")
    user = table.add(
        **values,
        username=username,
        secret=Secret(secret),
        status=status,
        role=role,
        created=system.stamp(),
        auth_provider=fields.get("auth_provider", ""),
    )
    if role == "admin":
        system.admins.add(user.id)
    return Reply(201, render(user, call.generation), location=f"/users/{user.id}")


def profile(call: Call) -> Reply:
    """GET /users/profile"""
    return Reply(200, render(call.myself(), call.generation))


def view(call: Call) -> Reply:
    """GET /users/{id}: reduced for everyone but the user and administrators."""
    admin = is_admin(call)
    user = call.user(call.id)
    if admin or call.caller == call.id:
        return Reply(200, render(user, call.generation))
    return Reply(200, stranger(user, call.generation, times=False))


def texts(params: Params, *names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name in names if (value := params.word(name)))


def contains(whole: t.Any, part: t.Any) -> bool:
    """PostgreSQL's ``@>`` for JSONB."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(name in whole and contains(whole[name], part[name]) for name in part)
    if isinstance(part, list):
        return isinstance(whole, list) and all(any(contains(item, wanted) for item in whole) for wanted in part)
    return isinstance(whole, bool) == isinstance(part, bool) and bool(whole == part)


def metadata_filter(text: str) -> t.Callable[[User], bool]:
    try:
        wanted = gojson.as_map(json.loads(text))
    except (ValueError, RecursionError):
        raise invalid(BAD_QUERY) from None
    if not isinstance(wanted, dict | None):
        raise invalid(BAD_QUERY)
    return lambda user: contains(user.metadata, wanted or {})


def tag_filter(text: str) -> t.Callable[[User], bool]:
    """Generation A: part of any tag, in any case."""
    needle = Needle(text)
    return lambda user: any(needle.search(tag.lower()) for tag in user.tags)


def tags_filter(text: str) -> t.Callable[[User], bool]:
    """Generation B: ``a,b`` any of them, ``a+b`` all. What a mixture means is unknown; here the comma wins."""
    if "+" in text and "," not in text:
        every = set(text.split("+"))
        return lambda user: every.issubset(user.tags)
    some = set(text.split(","))
    return lambda user: not some.isdisjoint(user.tags)


def created_filter(name: str, text: str) -> t.Callable[[User], bool]:
    try:
        limit = int(gojson.moment(text).timestamp() * 1_000_000)
    except gojson.BadJson:
        raise invalid(BAD_QUERY) from None
    if name == "created_from":
        return lambda user: user.created >= limit
    return lambda user: user.created <= limit


def cut(found: list[User], offset: int, limit: int, ascending: bool) -> list[User]:
    """The page of ``found``, which is in ascending order."""
    if ascending:
        return found[offset : offset + limit]
    end = max(0, len(found) - offset)
    return found[max(0, end - limit) : end][::-1]


def page(call: Call, total: int, offset: int, limit: int, rows: list[str]) -> Reply:
    """A always tells the offset, B only where it is not 0, both the limit where it is not 0."""
    head = f'"limit":{limit},' if limit else ""
    head += f'"offset":{offset},' if offset or call.generation == "A" else ""
    return Reply(200, f'{{{head}"total":{total},"users":[{",".join(rows)}]}}')


def listing(call: Call) -> Reply:
    """GET /users: administrators only; disabled and deleted users only where asked for."""
    params, newer = Params(call.query), call.generation == "B"
    offset, limit = params.count("offset", 0), params.count("limit", LIMIT)
    status = params.word("status") or "enabled"
    wanted = texts(params, "username", "email", "first_name", "last_name", "id")
    accepts: list[t.Callable[[User], bool]] = []
    names = ("metadata", "tags", "created_from", "created_to") if newer else ("metadata", "tag")
    key = texts(params, *names)
    for name, value in key:
        if name == "metadata":
            accepts.append(metadata_filter(value))
        elif name == "tags":
            accepts.append(tags_filter(value))
        elif name == "tag":
            accepts.append(tag_filter(value))
        else:
            accepts.append(created_filter(name, value))
    only_total = newer and params.flag("only_total")
    if status not in rules.STATUSES:
        raise invalid("invalid status")
    if not 1 <= limit <= MAX_LIMIT:
        raise invalid("invalid limit size")
    order, direction = params.word("order", "updated_at"), params.word("dir", "desc" if newer else "asc")
    if newer and order not in ORDERS:
        raise invalid("invalid list order provided")
    if direction not in ("asc", "desc"):
        raise invalid("invalid list direction provided")
    require_admin(call)
    query = Query(status, "", wanted, order if newer else "created", key, tuple(accepts))
    found = call.system.table.find(query)
    users = [] if only_total else cut(found, offset, limit, not newer or direction == "asc")
    return page(call, len(found), offset, limit, [render(user, call.generation, ROW) for user in users])


def search(call: Call) -> Reply:
    """GET /users/search: enabled users of role ``user``, for anyone; no upper limit.
    A's true order is the database's.
    """
    params = Params(call.query)
    offset, limit = params.count("offset", 0), params.count("limit", LIMIT)
    wanted = texts(params, "username", "first_name", "last_name", "id")
    if not wanted:
        raise invalid("search query must not be empty")
    if any(name in ("username", "id") and len(value.encode()) < SEARCH_BYTES for name, value in wanted):
        raise call.refuse("query too short")
    newer = call.generation == "B"
    found = call.system.table.find(Query("enabled", "user", wanted, "updated_at" if newer else "created"))
    users = cut(found, offset, limit, not newer)
    return page(call, len(found), offset, limit, [stranger(user, call.generation, times=True) for user in users])
