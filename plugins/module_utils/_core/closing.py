# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What closing the account of a leaver takes from it, and how that was done, for whoever tells what goes on. Pure."""

from __future__ import annotations

import datetime
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Membership, Values


class Farewell(t.NamedTuple):
    """What closing an account takes from it beside the account: ``remove``. ``undone`` are sentences about what ought
    to be taken, too, and cannot be, which is a failure until it is; ``notes`` are worth reading.
    """

    remove: tuple[Membership, ...] = ()
    undone: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Closing(t.NamedTuple):
    """How the account of a leaver was closed: ``mode`` is disable or delete, ``at`` when that was.

    ``before`` is what the info module told of the account, None where nobody asked; ``done`` are the writes that were
    made, and ``changes`` what they changed, as ``{field, before, after}``.
    """

    mode: str
    at: datetime.datetime
    before: Values | None = None
    done: t.Sequence[str] = ()
    changes: t.Sequence[Values] = ()
