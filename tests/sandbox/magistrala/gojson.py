# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""JSON as Go's ``encoding/json`` reads and writes it."""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import json
import re
import typing as t
from json.encoder import encode_basestring

ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
ESCAPED = re.compile("[<>&\u2028\u2029]")
SURROGATE = re.compile("[\ud800-\udfff]")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


class BadJson(ValueError):
    """The body is not what the request wants; the text is that of Go's decoder, where it is known."""


class BadWord(ValueError):
    """A word that its own type refuses while decoding (``status``, ``role``)."""


@dataclasses.dataclass(frozen=True)
class Shape:
    """A request's Go struct: its name in error texts, and its fields as ``json name -> kind``.

    A kind is ``string``, ``strings``, ``object``, ``time``, another Shape, a list with one Shape, or a function that
    turns the word that was sent into the one that is meant, or raises BadWord. ``embedded`` is the name of the embedded
    struct that holds the fields, which Go puts into error texts.
    """

    name: str
    fields: dict[str, t.Any]
    embedded: str = ""


def quote(text: str) -> str:
    """A JSON string with Go's HTML escaping."""
    quoted: str = encode_basestring(text)
    return ESCAPED.sub(lambda found: ESCAPES[found[0]], quoted) if ESCAPED.search(quoted) else quoted


def number(value: float) -> str:
    """A float64 the way Go prints it: shortest digits, exponent only below 1e-6 and from 1e21."""
    if value == 0 or 1e-6 <= abs(value) < 1e21:
        text = format(decimal.Decimal(repr(value)), "f")
        return text.removesuffix(".0")
    return re.sub(r"e([+-])0(\d)$", r"e\1\2", repr(value))


def encode(value: t.Any) -> str:
    """JSON without blanks; objects keep their order, so that the caller decides between struct and map."""
    if isinstance(value, str):
        return quote(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return number(value)
    if isinstance(value, list):
        return "[" + ",".join([encode(item) for item in value]) + "]"
    return "{" + ",".join([quote(key) + ":" + encode(item) for key, item in value.items()]) + "}"


def as_map(value: t.Any) -> t.Any:
    """``value`` as it comes back from a Go map: keys sorted, numbers as float64, broken surrogates replaced."""
    if isinstance(value, dict):
        return {text(key): as_map(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [as_map(item) for item in value]
    if isinstance(value, str):
        return text(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 2**53:
        return float(value)
    return value


def text(value: str) -> str:
    return SURROGATE.sub("\ufffd", value) if not value.isascii() else value


def refuse_constant(name: str) -> t.NoReturn:
    raise BadJson(f"invalid character '{name[0]}' looking for beginning of value")


DECODER = json.JSONDecoder(parse_constant=refuse_constant)


def loads(body: bytes) -> t.Any:
    """The first JSON value in ``body``; what follows it is ignored. Raises BadJson."""
    source = body.decode("utf-8", "replace").lstrip(" \t\r\n")
    if not source:
        raise BadJson("EOF")
    try:
        return DECODER.raw_decode(source)[0]
    except json.JSONDecodeError as error:
        if not source[error.pos :].strip() or error.msg.startswith("Unterminated"):
            raise BadJson("unexpected EOF") from None
        raise BadJson(f"invalid character '{source[error.pos]}' looking for beginning of value") from None


def kind_of(value: t.Any) -> str:
    if isinstance(value, bool):
        return "bool"
    kinds: dict[type, str] = {str: "string", list: "array", dict: "object"}
    return kinds.get(type(value), "number")


def mismatch(value: t.Any, path: str, go_type: str) -> BadJson:
    return BadJson(f"json: cannot unmarshal {kind_of(value)} into Go struct field {path} of type {go_type}")


def decode(body: bytes, shape: Shape) -> dict[str, t.Any]:
    """The fields of ``shape`` that ``body`` has; ``null`` counts as absent. Raises BadJson and BadWord."""
    prefix = f"{shape.name}.{shape.embedded}." if shape.embedded else f"{shape.name}."
    try:
        value = loads(body)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise BadJson(f"json: cannot unmarshal {kind_of(value)} into Go value of type api.{shape.name}")
        return fields(value, shape, prefix)
    except RecursionError:
        raise BadJson("exceeded max depth") from None


def fields(value: dict[str, t.Any], shape: Shape, prefix: str) -> dict[str, t.Any]:
    result: dict[str, t.Any] = {}
    for key, item in value.items():
        name = key if key in shape.fields else key.lower()
        kind = shape.fields.get(name)
        if callable(kind):
            result[name] = kind("null" if item is None else item if isinstance(item, str) else encode(item))
        elif kind is not None and item is not None:
            result[name] = field(item, kind, prefix + name)
    return result


def field(value: t.Any, kind: t.Any, path: str) -> t.Any:
    if isinstance(kind, Shape):
        if not isinstance(value, dict):
            raise mismatch(value, path, f"users.{kind.name}")
        return fields(value, kind, path + ".")
    if kind == "string":
        if not isinstance(value, str):
            raise mismatch(value, path, "string")
        return text(value)
    if kind == "strings" or isinstance(kind, list):
        return entries(value, kind, path)
    if kind == "object":
        if not isinstance(value, dict):
            raise mismatch(value, path, "users.Metadata")
        return as_map(value)
    return moment(value)


def entries(value: t.Any, kind: t.Any, path: str) -> list[t.Any]:
    """The fields of every entry of a list, ``kind`` being ``strings`` or a list with one Shape. Raises BadJson."""
    shape = None if kind == "strings" else kind[0]
    if not isinstance(value, list):
        raise mismatch(value, path, f"[]auth.{shape.name}" if shape else "[]string")
    return [field(item, shape, path) if shape else text_of(item, path) for item in value]


def text_of(value: t.Any, path: str) -> str:
    """A string in a list, where ``null`` is an empty one. Raises BadJson."""
    return "" if value is None else str(field(value, "string", path))


def moment(value: t.Any) -> datetime.datetime:
    """A point in time as RFC 3339 has it. Raises BadJson."""
    if not isinstance(value, str):
        raise BadJson("Time.UnmarshalJSON: input is not a JSON string")
    if MOMENT.fullmatch(value):
        try:
            return datetime.datetime.fromisoformat(value)
        except ValueError:
            pass
    raise BadJson(f'parsing time {json.dumps(value)} as "2006-01-02T15:04:05Z07:00": cannot parse')
