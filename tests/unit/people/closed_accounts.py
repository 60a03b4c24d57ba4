# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What each kind of credential gets from each route after its owner left, by generation,
and which of it nobody can close.

``personal`` is a personal access token with every scope that there is, ``late`` one that was made after the account was
closed and has none, ``refreshed`` an access token from the refresh token of a deleted account. 401 and 403 to 422 are
refusals; 500 is what the later generation answers to any personal access token that asks for roles of a domain.
"""

from __future__ import annotations

SIGN_IN = {"early2025": 401, "v0.30": 404}
REFRESH = {"disabled": 401, "deleted": 201}
OPEN = {"profile", "own domains", "new domain", "own tokens", "new token", "enable oneself"}  # seen on real servers

EARLY_2025 = """
                   access  refreshed  personal  late
profile            200     200        200       403
rename             422     422        422       403
password           401     401        401       403
own role           403     403        403       403
own domains        200     200        200       200
new domain         201     201        201       201
own tokens         200     200        401       401
new token          201     201        401       401
all accounts       403     403        403       403
an administrator   403     403        403       403
disable another    403     403        403       403
view plant-7       403     403        403       403
view plant-8       403     403        403       403
view plant-9       403     403        403       403
members of plant-7 403     403        403       403
members of plant-8 403     403        403       403
members of plant-9 403     403        403       403
rename plant-7     403     403        403       403
rename plant-8     403     403        403       403
rename plant-9     403     403        403       403
accept             404     404        404       404
enable oneself     200     200        200       403
"""

V0_30 = """
                   access  refreshed  personal  late
profile            200     200        200       200
rename             403     404        404       404
password           404     404        404       404
own role           403     403        403       403
own domains        200     200        200       200
new domain         201     201        201       201
own tokens         200     200        401       401
new token          201     201        401       401
all accounts       403     404        404       404
an administrator   404     404        404       404
disable another    403     404        404       404
view plant-7       403     403        403       403
view plant-8       403     403        403       403
view plant-9       403     403        403       403
members of plant-7 403     403        500       500
members of plant-8 403     403        500       500
members of plant-9 403     403        500       500
rename plant-7     403     403        403       403
rename plant-8     403     403        403       403
rename plant-9     403     403        403       403
accept             404     404        404       404
enable oneself     403     200        200       200
"""


def table(text: str) -> dict[str, dict[str, int]]:
    """Status by route, by kind of credential."""
    head, *rows = text.strip("\n").splitlines()
    cells = [row.rsplit(maxsplit=len(head.split())) for row in rows]
    return {kind: {row[0].strip(): int(row[at]) for row in cells} for at, kind in enumerate(head.split(), 1)}


STATUSES = {"early2025": table(EARLY_2025), "v0.30": table(V0_30)}


def expected(profile: str, state: str) -> dict[str, dict[str, int]]:
    """All of it for a leaver who is ``disabled`` or ``deleted`` now;
    the refresh token of a disabled one gives nothing.
    """
    kinds = {kind: routes for kind, routes in STATUSES[profile].items() if kind != "refreshed" or state == "deleted"}
    return {"password": {"sign in": SIGN_IN[profile]}, "refresh": {"refresh": REFRESH[state]}, **kinds}


def let_through(statuses: dict[str, dict[str, int]], kind: str) -> set[str]:
    """The routes that a kind of credential opened."""
    return {route for route, status in statuses[kind].items() if status < 300}
