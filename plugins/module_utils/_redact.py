# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Makes text from outside fit to be shown: short, without control characters, without secrets."""

from __future__ import annotations

import base64
import json
import re
import typing as t
import unicodedata
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape

LONGEST = 300
SHORTEST_SECRET = 4


def forms(secret: str) -> set[str]:
    """The spellings in which ``secret`` may come back: plain, URL, JSON, XML, base64."""
    raw = secret.encode("utf-8", "surrogatepass")
    encoded = {base64.b64encode(raw).decode(), base64.urlsafe_b64encode(raw).decode()}
    return {
        secret,
        quote(raw, safe=""),
        quote(raw),
        quote_plus(raw),
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        escape(secret),
        escape(secret, {'"': "&quot;", "'": "&apos;"}),
        *encoded,
        *(text.rstrip("=") for text in encoded),
    }


class Redactor:
    """Knows the secrets of one run and takes them out of text."""

    def __init__(self, secrets: t.Iterable[str | None] = ()) -> None:
        self._forms: set[str] = set()
        self._pattern: re.Pattern[str] | None = None
        for secret in secrets:
            self.learn(secret)

    def learn(self, secret: str | None) -> None:
        """Remember a secret; one shorter than four characters would blank out ordinary words."""
        if secret and len(secret) >= SHORTEST_SECRET:
            self._forms |= forms(secret)
            self._pattern = None

    def clean(self, text: str, longest: int = LONGEST) -> str:
        """``text`` on one line, without secrets and control characters, at most ``longest`` characters."""
        if self._pattern is None and self._forms:
            ordered = sorted(self._forms, key=len, reverse=True)
            self._pattern = re.compile("|".join(re.escape(form) for form in ordered))
        text = text[: longest * 20]
        if self._pattern is not None:
            text = self._pattern.sub("********", text)
        return printable(text, longest)


def printable(text: str, longest: int = LONGEST) -> str:
    """``text`` on one line, without control and direction characters, shortened to ``longest``."""
    shown = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in text)
    shown = " ".join(shown.split())
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"
