# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The two worlds of ids: 22 characters in v3, 20 in v2 (organization, type of object, counter)."""

from __future__ import annotations

import hashlib
import random
import string

ORG_ID = "sandboxOrg000000000001"
PLATFORM_ORG_ID = "sandboxPlatform0000001"
ORG_ID_V2 = "000SBX"
USER_TYPE_V2 = "03"

ORGANIZATION = "Sandbox"

_BASE62 = string.digits + string.ascii_letters
_BASE36 = string.digits + string.ascii_uppercase
_random = random.Random()


def org_ids(name: str) -> tuple[str, str]:
    """The ids of the organization of that name, in v3 and in v2."""
    if name == ORGANIZATION:
        return ORG_ID, ORG_ID_V2
    mark = hashlib.sha256(name.encode()).hexdigest().upper()
    return f"org{mark[:19]}", mark[:6]


def long_id() -> str:
    """A fresh id as v3 writes them: 22 characters of base 62."""
    return "".join(_random.choices(_BASE62, k=22))


def v2_user_id(number: int) -> str:
    """The v2 id of the organization's n-th user; recorded ids look like ``000QML0300000000000V``."""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _BASE36[digit] + digits
    return ORG_ID_V2 + USER_TYPE_V2 + digits.rjust(12, "0")
