# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Points in time as tasks and the service write them. Pure."""

from __future__ import annotations

import datetime
import re

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError

FRACTION = re.compile(r"\.(\d+)")


def moment(text: str | None, option: str) -> datetime.datetime | None:
    """A point in time as RFC 3339 or ISO 8601 writes it, UTC where it does not say; raises InputError."""
    if not text:
        return None
    plain = FRACTION.sub(lambda fraction: f".{fraction[1]:0<6.6}", text.strip().replace("Z", "+00:00"))
    try:
        point = datetime.datetime.fromisoformat(plain)
    except ValueError:
        raise InputError(f"{option} is not a point in time such as 2026-01-31T08:00:00Z.") from None
    return point if point.tzinfo else point.replace(tzinfo=datetime.timezone.utc)
