# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Decisions that somebody reviewed: which account is whose, which addresses were whose, who is never touched."""

from __future__ import annotations

import dataclasses
import typing as t

NEW = "new"
EVERYWHERE = "*"


@dataclasses.dataclass(frozen=True)
class Decisions:
    """``account_names`` by person and instance, ``former_emails`` by person, ``protected`` by instance or everywhere."""

    account_names: t.Mapping[str, t.Mapping[str, str]] = dataclasses.field(default_factory=dict)
    former: t.Mapping[str, t.Sequence[str]] = dataclasses.field(default_factory=dict)
    protected: t.Mapping[str, t.Sequence[str]] = dataclasses.field(default_factory=dict)

    def username(self, person: str, instance: str) -> str:
        return self.account_names.get(person, {}).get(instance, "")

    def former_emails(self, person: str) -> set[str]:
        return {email.casefold() for email in self.former.get(person, ())}

    def protects(self, names: t.Iterable[str], instance: str) -> str:
        protected = {name.casefold() for where in (EVERYWHERE, instance) for name in self.protected.get(where, ())}
        return next((name for name in names if name and name.casefold() in protected), "")


NO_DECISIONS = Decisions()
