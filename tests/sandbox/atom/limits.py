# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How often is too often: requests of one client, and failed sign-ins of one identifier."""

from __future__ import annotations

import math
import typing as t

from .errors import Refused

WINDOW = 60
POLICIES = {"auth_routes": 30, "public_routes": 120, "graphql": 120, "custom_endpoints": 120, "admin_routes": 300}
AUTH_ROUTES = ("login", "signup", "password", "email", "oauth", "public-config")

Key = tuple[str | None, ...]


class Windows:
    """Counters, each of which begins anew when its window of time is over."""

    def __init__(self) -> None:
        self.counters: dict[Key, tuple[float, int]] = {}

    def read(self, key: Key, now: float, seconds: float) -> tuple[float, int]:
        """When the present window of a key began, and how many it counts."""
        begun, count = self.counters.get(key, (now, 0))
        return (begun, count) if now < begun + seconds else (now, 0)

    def count(self, key: Key, now: float, seconds: float) -> int:
        begun, count = self.read(key, now, seconds)
        self.counters[key] = (begun, count + 1)
        return count + 1


def category(path: str) -> str | None:
    """Which counter a request belongs to."""
    if path == "/graphql":
        return "graphql"
    if path.startswith("/auth/"):
        return "auth_routes" if path.split("/")[2] in AUTH_ROUTES else "admin_routes"
    return None


def check_rate(windows: Windows, path: str, client: str, now: float) -> None:
    """Count a request. Raises Refused where the client has had its share of the minute."""
    counter = category(path)
    if counter is None:
        return
    key: Key = (counter, client)
    if windows.count(key, now, WINDOW) > POLICIES[counter]:
        begun = windows.read(key, now, WINDOW)[0]
        raise Refused("rate limit exceeded", 429, max(1, math.ceil(begun + WINDOW - now)))


def status(enabled: bool) -> dict[str, t.Any]:
    """What the server tells about its limits."""
    policies = [{"category": c, "max_requests": most, "window_secs": WINDOW} for c, most in POLICIES.items()]
    return {"enabled": enabled, "policies": policies, "trusted_proxy_cidrs": []}
