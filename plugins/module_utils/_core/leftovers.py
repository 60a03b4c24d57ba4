# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is left when an account is closed: work for somebody, and access that goes on. Pure."""

from __future__ import annotations

import typing as t


class ManualTask(t.NamedTuple):
    """What no API can do for a leaver: who shall do what, where; ``unless`` is the write that made it needless."""

    what: str
    where: str
    unless: str = ""


class ResidualAccess(t.NamedTuple):
    """Access that goes on after an account is closed: ``what`` for at most ``seconds``, None where there is no end."""

    what: str
    seconds: int | None
