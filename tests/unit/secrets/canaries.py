# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secrets that can be found again: one for each secret option, in every spelling, in texts and in folders."""

from __future__ import annotations

import base64
import hashlib
import html
import importlib
import json
import pathlib
import pkgutil
import re
import typing as t
from urllib.parse import quote, quote_plus

from ansible.module_utils import basic

from ansible_collections.people.lifecycle.plugins import modules

Spec = dict[str, dict[str, t.Any]]


def canary(of: str) -> str:
    """The secret for option ``of``: unique, long, with characters that URL, JSON, XML and base64 spell otherwise."""
    return f"Cnry-{hashlib.sha256(of.encode()).hexdigest()[:20]}-7\"&<>'%+/=\\~?Zz9"


def spellings(secret: str) -> set[str]:
    """``secret`` as it could come out somewhere, made by other means than those of the collection."""
    quoted = {quote(secret, safe=""), quote(secret), quote_plus(secret)}
    lower = {re.sub("%[0-9A-F]{2}", lambda match: match.group().lower(), text) for text in quoted}
    escaped = json.dumps(secret)[1:-1]
    twice = json.dumps(escaped)[1:-1]
    xml = secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    raw = secret.encode()
    encoded = set()
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + raw).decode()
        inner = whole[(before * 8 + 5) // 6 : (before + len(raw)) * 8 // 6]
        encoded |= {inner, inner.replace("+", "-").replace("/", "_")}
    core = secret[5:25]  # what remains of it where the odd characters were lost
    return {
        secret,
        *quoted,
        *lower,
        escaped,
        twice,
        escaped.replace("/", "\\/"),
        xml,
        html.escape(secret),
        *encoded,
        core,
    }


class Search:
    """Looks for canaries and counts how often it did."""

    def __init__(self, options: t.Iterable[str]) -> None:
        self.words = {word: option for option in options for word in spellings(canary(option))}
        self.pattern = re.compile("|".join(sorted(map(re.escape, self.words), key=len, reverse=True)))
        self.texts = 0

    def found_in(self, text: str) -> list[str]:
        """The options whose secret is in ``text``."""
        self.texts += 1
        return sorted({self.words[match.group()] for match in self.pattern.finditer(text)})

    def found_below(self, folder: pathlib.Path) -> dict[str, list[str]]:
        """The files below ``folder`` with a canary in their content or their name."""
        found = {}
        for path in folder.rglob("*"):
            content = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
            secrets = self.found_in(f"{path.name}\n{content}")
            if secrets:
                found[str(path.relative_to(folder))] = secrets
        return found


class SpecSeen(Exception):
    """Ends a module where it has told its options."""


def spec_of(module: str) -> Spec:
    """The options of ``module`` as it gives them to AnsibleModule; none for one that is an action plugin."""
    seen: list[Spec] = []

    def tell(self: t.Any, argument_spec: Spec, **rest: t.Any) -> None:
        seen.append(argument_spec)
        raise SpecSeen

    main = getattr(importlib.import_module(f"{modules.__name__}.{module}"), "main", None)
    if main is None:
        return {}
    own = basic.AnsibleModule.__init__
    basic.AnsibleModule.__init__ = tell
    try:
        main()
    except SpecSeen:
        pass
    finally:
        basic.AnsibleModule.__init__ = own
    return seen[0]


def module_names() -> list[str]:
    return sorted(info.name for info in pkgutil.iter_modules(modules.__path__))


def secret_options(spec: Spec, before: str = "") -> list[str]:
    """The names of the secret options, nested ones with those above them: ``users.password``."""
    names = []
    for name, option in spec.items():
        if option.get("no_log"):
            names.append(before + name)
        names += secret_options(option.get("options") or {}, f"{before}{name}.")
    return names


SPECS = {module: found for module, found in ((name, spec_of(name)) for name in module_names()) if found}
SECRETS = {module: [f"{module}.{name}" for name in secret_options(spec)] for module, spec in SPECS.items()}
EVERY_SECRET = [name for names in SECRETS.values() for name in names]
