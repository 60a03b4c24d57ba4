# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The settings of the simulated server, and the points in which installations differ."""

from __future__ import annotations

import dataclasses

PROFILES = ("early2025", "v0.30", "v0.30-strict")


@dataclasses.dataclass
class Switches:
    """Every switch with its default.

    :param profile: ``early2025`` is generation A; ``v0.30`` and ``v0.30-strict`` are B, the latter enforces
        verification.
    :param self_register: anyone may create users, without a token.
    :param allow_unverified: overrides what the profile says about e-mail verification.
    :param purge_after: seconds after which a deleted user's row goes away; looked at every ``purge_interval`` seconds.
    :param version: what ``/health`` tells; ``0.0.0`` in any binary that the project's Makefile did not build.
    """

    profile: str = "v0.30"
    self_register: bool = False
    allow_unverified: bool | None = None
    password_regex: str = "^.{8,}$"
    purge_after: float = 720 * 3600
    purge_interval: float = 24 * 3600
    access_token_seconds: float = 3600
    refresh_token_seconds: float = 24 * 3600
    version: str = "0.0.0"

    def __post_init__(self) -> None:
        if self.profile not in PROFILES:
            raise ValueError(f"unknown profile {self.profile!r}; one of {', '.join(PROFILES)}")
