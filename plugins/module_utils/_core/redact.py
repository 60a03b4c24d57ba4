# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Makes text from outside fit to be shown: short, without control characters, without secrets."""

from __future__ import annotations

import base64
import html
import json
import re
import threading
import types
import typing as t
import unicodedata
from urllib.parse import unquote, unquote_plus

LONGEST = 300
LONGEST_TEXT = 4000
SHORTEST_SECRET = 4
FEW_WORDS = 64  # are looked for one by one
SHORTEST_INSIDE_BASE64 = 8
LONGEST_SPELLING = 12  # characters for one: a surrogate pair in JSON
HIDDEN = "********"
BASE64_RUN = re.compile("[A-Za-z0-9+/_=-]+")
TO_STANDARD = str.maketrans("-_", "+/")

Span = tuple[int, int]
Decoder = t.Callable[[str], str]


def unquote_json(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return text


UNESCAPED = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

SPELLINGS: tuple[tuple[re.Pattern[str], Decoder], ...] = (
    (re.compile("(?:%[0-9A-Fa-f]{2})+"), unquote),
    (re.compile("(?:%[0-9A-Fa-f]{2}|[+])+"), unquote_plus),
    (re.compile(r"""(?:\\u[0-9A-Fa-f]{4}|\\["\\/bfnrt])+"""), unquote_json),
    (re.compile("&[#A-Za-z0-9]+;"), html.unescape),
)

VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*[A-Z0-9]")


class View:
    """Text as it reads when one spelling is undone;
    ``spans`` says for each character where it stands in the original.
    """

    def __init__(self, text: str, spelling: re.Pattern[str] | None, decode: Decoder) -> None:
        pieces: list[str] = []
        self.spans: list[Span] = []
        at = 0
        for match in spelling.finditer(text) if spelling else ():
            plain = decode(match.group())
            pieces += [text[at : match.start()], plain]
            self.spans += [(i, i + 1) for i in range(at, match.start())] + [match.span()] * len(plain)
            at = match.end()
        self.spans += [(i, i + 1) for i in range(at, len(text))]
        self.text = "".join([*pieces, text[at:]])


class Index:
    """Finds any of many words in a text; by their first characters,
    so that thousands of words cost little more than one.
    """

    def __init__(self, words: t.Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        for word in words:
            self._by_start.setdefault(word[:SHORTEST_SECRET], []).append(word)

    def spans(self, text: str) -> t.Iterator[Span]:
        """Where the words stand, one word after the other."""
        starts = map("".join, zip(*(text[at:] for at in range(SHORTEST_SECRET)), strict=False))
        for start in self._by_start.keys() & set(starts) if self._by_start else ():
            for word in self._by_start[start]:
                at = text.find(word)
                while at >= 0:
                    yield at, at + len(word)
                    at = text.find(word, at + 1)


def words_in(words: t.Collection[str], text: str) -> set[str]:
    """Those of ``words`` that ``text`` contains, in time that grows with their sum and not with their product."""
    if len(words) <= FEW_WORDS:
        return {word for word in words if word in text}
    short = {word for word in words if len(word) < SHORTEST_SECRET}
    index = Index(word for word in words if word not in short)
    return {word for word in short if word in text} | {text[start:stop] for start, stop in index.spans(text)}


def base64_pieces(secret: str) -> t.Iterator[str]:
    """What stands in base64 text that has ``secret`` in it: by itself, or behind something else (in a Basic header).

    What stands before shifts the six bits of a character against the bytes; only whole characters are returned.
    """
    raw = secret.encode("utf-8", "surrogatepass")
    yield base64.b64encode(raw).decode().rstrip("=")
    if len(raw) >= SHORTEST_INSIDE_BASE64:
        for before in range(3):
            text = base64.b64encode(bytes(before) + raw).decode()
            yield text[-(-before * 8 // 6) : (before + len(raw)) * 8 // 6]


class Redactor:
    """Knows the secrets of one run and takes them out of text; used by several threads.

    ``names`` are words that this run calls otherwise, such as variables of the environment.
    """

    def __init__(
        self, secrets: t.Iterable[str | None] = (), names: t.Mapping[str, str] = types.MappingProxyType({})
    ) -> None:
        self._names = {word: name for word, name in names.items() if word != name}
        self._secrets: frozenset[str] = frozenset(filter(is_secret, secrets))
        self._indexed: tuple[frozenset[str], Index, Index] | None = None
        self._learning = threading.Lock()

    def learn(self, secret: str | None) -> None:
        """Remember a secret; one shorter than four characters would blank out ordinary words."""
        if is_secret(secret):
            with self._learning:
                self._secrets |= {secret}

    def learn_all(self, secrets: t.Iterable[str | None]) -> None:
        """Remember many secrets at once."""
        with self._learning:
            self._secrets |= frozenset(filter(is_secret, secrets))

    def clean(self, text: str, longest: int = LONGEST) -> str:
        """``text`` on one line, without secrets and control characters, at most ``longest`` characters.

        A secret is found plain, as URL, JSON, XML and HTML spell it, and in base64.
        """
        if self._names:
            text = VARIABLE.sub(lambda match: self._names.get(match[0], match[0]), text)
        end = longest * 20
        if not self._secrets:
            return printable(text[:end], longest)
        kept, at = [], 0
        for start, stop in sorted(self._hidden(text[: end + LONGEST_SPELLING * max(map(len, self._secrets))])):
            if at <= start < end:
                kept += [text[at:start], HIDDEN]
            at = max(at, stop) if start < end else at
        return printable("".join([*kept, text[at:end]]), longest)

    def _hidden(self, text: str) -> t.Iterator[Span]:
        secrets, indexed = self._secrets, self._indexed
        if indexed is None or indexed[0] is not secrets:
            encoded = (piece for secret in secrets for piece in base64_pieces(secret))
            indexed = self._indexed = (secrets, Index(secrets), Index(encoded))
        dummy, plain, in_base64 = indexed
        raw = View(text, None, str)
        views = [raw, *(view for view in (View(text, *spelling) for spelling in SPELLINGS) if view.text != raw.text)]
        for view in views:
            for start, stop in plain.spans(view.text):
                yield view.spans[start][0], view.spans[stop - 1][1]
            starts = [start for start, _stop in in_base64.spans(view.text.translate(TO_STANDARD))]
            for run in BASE64_RUN.finditer(view.text) if starts else ():
                if any(run.start() <= start < run.end() for start in starts):
                    yield view.spans[run.start()][0], view.spans[run.end() - 1][1]


def is_secret(text: str | None) -> t.TypeGuard[str]:
    return text is not None and len(text) >= SHORTEST_SECRET


def printable(text: str, longest: int = LONGEST) -> str:
    """``text`` on one line, without control and direction characters, shortened to ``longest``."""
    if not text.isprintable():
        text = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in text)
    shown = " ".join(text.split())
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def harmless(value: t.Any) -> t.Any:
    """``value`` without what controls a terminal though JSON does not escape it:
    Ansible prints the results of failures.
    """
    if isinstance(value, str):
        return UNESCAPED.sub("\ufffd", value)
    if isinstance(value, dict):
        return {harmless(key): harmless(item) for key, item in value.items()}
    return [harmless(item) for item in value] if isinstance(value, (list, tuple)) else value


def presentable(value: t.Any, longest: int = LONGEST_TEXT) -> t.Any:
    """``value`` with every text in it, keys too, fit for a terminal: one line each, nothing that controls it."""
    if isinstance(value, str):
        return printable(value, longest)
    if isinstance(value, dict):
        return {presentable(key, longest): presentable(item, longest) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [presentable(item, longest) for item in value]
    return value
