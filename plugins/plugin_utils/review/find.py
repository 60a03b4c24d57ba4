# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All findings of a review. Pure: nothing is asked and nothing written."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.plugin_utils.review import access, condition, policy, whose
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.finding import Finding, order
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.offboarded import Offboarded
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.owned import Owned
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.terms import Place, Roster, Terms

NOBODY = Offboarded()
FINDERS: tuple[t.Callable[[Owned, Terms], list[Finding]], ...] = (
    whose.orphans,
    whose.leavers,
    whose.reopened,
    whose.seconds,
    whose.addresses,
    whose.missing,
    access.beyond,
    access.lacking,
    condition.administrators,
    condition.dormant,
    condition.barred,
    condition.leftovers,
    condition.services,
)


def find(places: t.Sequence[Place], roster: Roster, terms: Terms, offboarded: Offboarded = NOBODY) -> list[Finding]:
    """What there is to say about each of ``places``, the gravest first; of one that was not read, only that.

    ``offboarded`` is what reports of offboarding say.
    """
    found = [
        Finding("unclear", problem["instance"], "", problem["why"], person=problem["person"], item="row")
        for problem in roster.refused
        if problem["instance"] in {place.instance.name for place in places}
    ]
    everything = []
    for place in places:
        if place.unread:
            found.append(Finding("incomplete", place.instance.name, "", place.unread, item="unread"))
            continue
        owned = Owned(place, roster, terms, offboarded)
        everything.append(owned)
        found += [Finding("incomplete", place.instance.name, "", what, item=["unseen", what]) for what in place.unseen]
        found += [finding for finder in FINDERS for finding in finder(owned, terms)]
    found += policy.conflicts(everything, roster, terms) + policy.exceptions(roster, terms)
    return sorted(found, key=order)
