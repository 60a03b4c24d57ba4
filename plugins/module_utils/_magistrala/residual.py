# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What goes on after an account of the users service is closed, as it was seen on real servers. Pure."""

from __future__ import annotations

from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import ResidualAccess
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.generations import Generation

HOUR = 3600
DAY = 24 * HOUR

ACCESS_TOKENS = ResidualAccess(
    "access tokens that were handed out: they read the person's own profile, and make domains and personal access "
    "tokens; no API can take them back",
    HOUR,
)
PERSONAL_ACCESS_TOKENS = ResidualAccess(
    "personal access tokens, if the person has made any: their maker chose when they end, and nobody else can list or "
    "revoke them; they no longer reach domains that were left",
    None,
)
SELF_ENABLING = ResidualAccess(
    "enabling the account again: the person can do that with any of their tokens; run this again later, and watch for "
    "accounts that are enabled again",
    None,
)
CHANNELS = ResidualAccess(
    "roles that were given on single channels, if there are any: they are said to outlive the membership of the domain, "
    "according to the server's source; take them in Magistrala > Channels > Members",
    None,
)


def refresh_tokens(generation: Generation | None) -> ResidualAccess:
    """What refresh tokens can do after a deletion; a disabled account's are refused everywhere."""
    if generation is not None and generation.refresh_ends:
        return ResidualAccess(
            "refresh tokens: a deletion does not end them, and each gives access tokens for 24 hours after the sign-in",
            DAY + HOUR,
        )
    return ResidualAccess(
        "refresh tokens: a deletion does not end them, and each use gives 24 hours more, until the server purges the "
        "account; a disabled account's are refused",
        None,
    )


def residual_access(mode: str, generation: Generation | None) -> tuple[ResidualAccess, ...]:
    """What goes on after ``mode`` (disable or delete) on servers of a generation; the worst where that is not known."""
    refresh = (refresh_tokens(generation),) if mode == "delete" else ()
    return (ACCESS_TOKENS, *refresh, PERSONAL_ACCESS_TOKENS, SELF_ENABLING, CHANNELS)
