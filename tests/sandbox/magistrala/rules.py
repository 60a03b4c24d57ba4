# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the server accepts as a user name, an address, a password, a picture and so on."""

from __future__ import annotations

import hashlib
import re
import secrets

from .gojson import BadWord

STATUSES = ("enabled", "disabled", "deleted", "all")
ROLES = ("user", "admin", "all")

NAME_BYTES = 1024
COLUMN_CHARACTERS = 254
BCRYPT_BYTES = 72

USERNAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_-]{0,31}")

ATOM = r"[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~\u0080-\U0010ffff]"
QUOTED = r'"(?:[^"\\\x00-\x1f\x7f]|\\[^\x00-\x1f\x7f])+"'
DOTTED = rf"{ATOM}+(?:\.{ATOM}+)*"
COMMENT = r"\([^()]*\)"
SPEC = rf"(?:{DOTTED}|{QUOTED})[ \t]*@[ \t]*(?:{DOTTED}|\[[!-Z^-~]+\])"
WORD = rf"(?:{ATOM[:-1]}.]+|{QUOTED})"
PHRASE = rf"(?:{WORD}(?:[ \t]+{WORD})*[ \t]*)?"
ADDRESS = re.compile(rf"[ \t]*(?:{SPEC}|{PHRASE}<[ \t]*{SPEC}[ \t]*>)[ \t]*(?:{COMMENT}[ \t]*)*")

ESCAPES = re.compile(r"(?:[^%]|%[0-9A-Fa-f]{2})*")
HOST = re.compile(r"(?:[\w.~!$&'()*+,;=:<>\"\[\]\-\u0080-\U0010ffff]|%[89A-Fa-f][0-9A-Fa-f])*")
USERINFO = re.compile(r"(?:[\w.~!$&'()*+,;=:\-@]|%[0-9A-Fa-f]{2})*", re.ASCII)
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")


def is_address(text: str) -> bool:
    """Whether Go's ``net/mail.ParseAddress`` takes ``text``: loose, names and blanks around it are fine."""
    return ADDRESS.fullmatch(text) is not None


def is_username(text: str) -> bool:
    """The format rule of generation B."""
    return USERNAME.fullmatch(text) is not None and "__" not in text and "--" not in text


def is_reference(text: str) -> bool:
    """Whether Go's ``net/url.Parse`` takes ``text``: almost anything, but not a bad escape or a blank in the host."""
    if re.search(r"[\x00-\x1f\x7f]", text):
        return False
    text, dummy, fragment = text.partition("#")
    scheme = SCHEME.match(text)
    rest = (text[scheme.end() :] if scheme else text).partition("?")[0]
    if not scheme and ":" in rest.partition("/")[0]:
        return False
    if scheme and not rest.startswith("/"):
        return ESCAPES.fullmatch(fragment) is not None
    if rest.startswith("//") and (scheme or not rest.startswith("///")):
        authority, slash, path = rest[2:].partition("/")
        user, dummy, host = authority.rpartition("@")
        port = re.search(r":([^\]]*)$", host)
        if not (USERINFO.fullmatch(user) and HOST.fullmatch(host)) or (port and re.search(r"[^0-9]", port[1])):
            return False
        rest = slash + path
    return ESCAPES.fullmatch(rest) is not None and ESCAPES.fullmatch(fragment) is not None


def password_rule(expression: str) -> re.Pattern[str]:
    """The configured expression; ``$`` means the very end, as it does in Go."""
    return re.compile(re.sub(r"(?<!\\)\$$", r"\\Z", expression))


def fits_column(text: str) -> bool:
    return len(text) <= COLUMN_CHARACTERS and "\0" not in text


def status_word(word: str) -> str:
    if word not in ("", *STATUSES):
        raise BadWord("invalid status")
    return word or "enabled"


def role_word(word: str) -> str:
    if word not in ("", *ROLES):
        raise BadWord("invalid client role")
    return word or "user"


class Secret:
    """A salted hash: cheap where the real server spends a tenth of a second on bcrypt."""

    __slots__ = ("digest", "salt")

    def __init__(self, password: str) -> None:
        self.salt = secrets.token_bytes(8)
        self.digest = self.hash(password)

    def hash(self, password: str) -> bytes:
        return hashlib.blake2b(password.encode()[:BCRYPT_BYTES], digest_size=16, salt=self.salt).digest()

    def matches(self, password: str) -> bool:
        return self.hash(password) == self.digest
