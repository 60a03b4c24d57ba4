# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Characters in what HR writes: which are blanks, which belong to names, and which belong nowhere. Pure."""

from __future__ import annotations

import unicodedata

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError

BLANKS = str.maketrans({"\u00a0": " ", "\u3000": " ", "\u202f": " ", "\u2007": " "})
JOINERS = "\u200c\u200d"  # a part of how names are spelled in some scripts


def cleaned(value: str, where: str) -> str:
    """``value`` with every kind of blank as a plain one; raises InputError for characters that control or turn text."""
    if value.isascii() and value.isprintable():
        return value.strip()
    text = value.translate(BLANKS)
    for character in text:
        if not character.isprintable() and character not in JOINERS:
            name = unicodedata.name(character, "a control character")
            raise InputError(f"{where}: the character U+{ord(character):04X} ({name.lower()}) does not belong here.")
    return text.strip()
