# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the roles know of each system; a further system is one more entry here."""

from __future__ import annotations

import dataclasses
import typing as t

COLLECTION = "people.lifecycle"


@dataclasses.dataclass(frozen=True)
class Manual:
    """What no API can do for a leaver: who shall do what, where."""

    what: str
    where: str


@dataclasses.dataclass(frozen=True)
class Residual:
    """Access that goes on after an account is closed: ``what`` for at most ``seconds``, None where there is no end."""

    what: str
    seconds: int | None


@dataclasses.dataclass(frozen=True)
class Rules:
    """One system as the roles see it.

    ``fields`` are what it stores of a person and ``extra`` further options that may differ for one account. ``kinds``
    are memberships that a profile gives, ``labels`` values that are lists or dictionaries of which a profile gives a
    part, ``settings`` options that a profile decides. ``naming`` is the default rule for user names. ``own_link`` says
    that the service mails the person a link, so that nobody makes up a password.

    ``no_password_hint`` says how somebody whose password nobody kept gets one, ``reset_mail_module`` has a link mailed.

    For leavers: ``leave_first`` is taken before the account is closed; ``strip_keeps`` is the kind of which the service
    keeps one where an account cannot be closed, ``mighty`` what should not be that one; ``manual`` and ``residual`` are
    what is left, by mode, ``manual_open`` what is to be done where the account could not be closed. ``join_options`` and
    ``read_options`` are handed to the modules.
    """

    name: str
    title: str
    naming: str
    fields: tuple[str, ...]
    extra: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    names_fold_case: bool = False
    own_link: bool = False
    can_disable: bool = False
    join_options: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    read_options: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    leave_first: dict[str, t.Any] | None = None
    manual_open: tuple[Manual, ...] = ()
    manual: dict[str, tuple[Manual, ...]] = dataclasses.field(default_factory=dict)
    residual: dict[str, tuple[Residual, ...]] = dataclasses.field(default_factory=dict)
    no_password_hint: str = ""
    reset_mail_module: str = ""
    strip_keeps: str = ""
    mighty: tuple[str, ...] = ()

    @property
    def user_module(self) -> str:
        return f"{COLLECTION}.{self.name}_user"

    @property
    def info_module(self) -> str:
        return f"{COLLECTION}.{self.name}_user_info"

    @property
    def given(self) -> tuple[str, ...]:
        """Everything that a profile can say about this system."""
        return (*self.kinds, *self.labels, *self.settings)

    def key(self, username: str) -> str:
        """The form in which two spellings of one user name are equal."""
        return username.casefold() if self.names_fold_case else username

    def leaving_state(self, mode: str) -> str:
        """The mildest state that closes an account in ``mode`` (disable or delete)."""
        return "disabled" if mode == "disable" and self.can_disable else "absent"


IICS = Rules(
    name="iics",
    title="Informatica IICS",
    naming="{email}",
    fields=("first_name", "last_name", "email", "title", "phone", "description"),
    extra=("time_zone", "authentication", "alias_name"),
    kinds=("roles", "groups"),
    settings=("time_zone", "authentication"),
    names_fold_case=True,
    own_link=True,
    join_options={"on_profile_drift": "warn"},
    strip_keeps="roles",
    mighty=("Admin",),
    manual_open=(
        Manual(
            "Disable this account, or give its scheduled jobs to somebody else and run again; no API can do either.",
            "IICS Administrator > Users",
        ),
    ),
    manual={
        mode: (
            Manual(
                "Give the scheduled jobs of this account, if it had any, to somebody else; they stop with the account.",
                "IICS Administrator > Users, Monitor > Scheduled jobs",
            ),
        )
        for mode in ("disable", "delete")
    },
)

IQ = Rules(
    name="iq",
    title="IQ Server",
    naming="{email_name}",
    fields=("first_name", "last_name", "email"),
    extra=(),
    kinds=("grants",),
    names_fold_case=True,
    no_password_hint="Reset the password and hand it over (IQ Server > System Preferences > Users): no API can do that.",
)

TOKENS = "tokens that Magistrala has issued; no API can take them back"

MAGISTRALA = Rules(
    name="magistrala",
    title="Magistrala",
    naming="{email_slug}",
    fields=("first_name", "last_name", "email"),
    labels=("tags", "metadata"),
    settings=("role",),
    can_disable=True,
    read_options={"status": "all"},
    leave_first={"role": "user"},
    manual={
        mode: (
            Manual(
                "Take this account out of its domains; the users service cannot do it, and the membership outlives the "
                "account.",
                "Magistrala > Domains > Members",
            ),
        )
        for mode in ("disable", "delete")
    },
    residual={
        "disable": (Residual(f"access {TOKENS}", 3600),),
        "delete": (Residual(f"access and refresh {TOKENS}", 25 * 3600),),
    },
    reset_mail_module=f"{COLLECTION}.magistrala_user_password",
    no_password_hint="A reset mail lets the person choose a password ('forgot password' on the sign-in page).",
)

SYSTEMS: dict[str, Rules] = {rules.name: rules for rules in (IICS, IQ, MAGISTRALA)}
