# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The small interface behind which each system hides; nothing above it knows a vendor."""

from __future__ import annotations

import dataclasses
import types
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError, NoSuchName
from ansible_collections.people.lifecycle.plugins.module_utils._core.kept import Kept, Made
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import (
    Account,
    Membership,
    Snapshot,
    Values,
    Wanted,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.plan import Plan, Step
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import Redactor
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import is_loopback
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits

DEFAULT_PARALLEL = 4


@dataclasses.dataclass(frozen=True)
class Connection:
    """Where a service is, who calls, and how; ``timeout`` in seconds, for the connection and for each silence.

    ``other_url`` is where a part of the service is that has an address of its own.
    """

    url: str
    username: str | None = None
    password: str | None = dataclasses.field(default=None, repr=False)
    token: str | None = dataclasses.field(default=None, repr=False)
    verify: bool | str = True
    certificate: str | tuple[str, str] | None = None
    timeout: float = 30.0
    retries: int = 3
    use_proxy: bool = False
    parallel: int = DEFAULT_PARALLEL
    other_url: str | None = None

    @property
    def weaknesses(self) -> t.Iterator[str]:
        """What lets others on the way read or change what is said, as sentences."""
        for url in filter(None, (self.url, self.other_url)):
            if url.lower().startswith("http:") and not is_loopback(url):
                yield f"{url} is reached by plain http: whoever is on the way can read passwords and tokens."
            if self.verify is False:
                yield f"validate_certs is false: whoever is on the way can pass for {url}."

    @property
    def secrets(self) -> tuple[str | None, ...]:
        return (self.password, self.token)


class Client:
    """One system, signed in for one run. Methods raise LifecycleError and never leave the process.

    A system's package writes what raises NotImplementedError here, except what its traits say that it cannot do: tasks
    that ask for that are refused before. At least ``whoami``, ``find``, ``accounts``, ``create``, ``update``,
    ``delete`` and ``writes`` are needed.

    ``read_only`` is set in check mode; the HTTP session then refuses every write. ``kept`` has services that are signed
    in already, and is closed by whoever made it. ``notes`` collects sentences about the task as a whole that the user
    should read, ``remarks`` those about the organization or server as a whole.
    """

    traits: Traits

    def __init__(
        self, connection: Connection, params: Values, redactor: Redactor, *, read_only: bool, kept: Kept | None = None
    ) -> None:
        self.connection = connection
        self.params = params
        self.redactor = redactor
        self.read_only = read_only
        self._kept = kept
        self._own = Kept()
        self.notes: list[str] = []
        self.remarks: list[str] = []

    def __enter__(self) -> Client:
        try:
            self.open()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: types.TracebackType | None
    ) -> None:
        self.close()

    def open(self) -> None:
        """Sign in, and find out what depends on the server's release."""

    def close(self) -> None:
        """Sign out, unless the service is kept for others; never raises."""
        self._own.close()

    def serve(self, make: t.Callable[[], Made], *more: t.Hashable) -> Made:
        """The service that this client talks to; ``more`` is what it depends on beside the connection."""
        self._key = (type(self), self.params["instance"], dataclasses.replace(self.connection, parallel=0), *more)
        return self._keeper.service(self._key, make, self.read_only)

    def keep(self, make: t.Callable[[], Made], *more: t.Hashable) -> Made:
        """Names that the service of ``serve`` knows, kept while a role runs; ``more`` is what else they depend on."""
        return self._keeper.names((self._key, *more), make)

    @property
    def _keeper(self) -> Kept:
        return self._own if self._kept is None else self._kept

    def organization(self) -> str | None:
        """The name of the organization or server whose accounts these are; None where it tells none."""
        return None

    def release(self) -> str | None:
        """The release of the service, as far as it was told."""
        return None

    def writes(self) -> int:
        """How many writes of this thread the service has confirmed so far."""
        raise NotImplementedError

    def whoami(self) -> str:
        """The user name of the calling account."""
        raise NotImplementedError

    def administrators(self) -> list[str] | None:
        """User names of those who can administer the system and sign in; None where the system cannot tell."""
        return None

    def residual(self) -> list[str]:
        """What may give access back to people whose accounts were closed, as sentences."""
        return []

    def unseen(self) -> list[str]:
        """Where the calling account could not look for what accounts hold, as sentences, once ``accounts`` has read."""
        return []

    def resolve(self, kind: str, asked: t.Sequence[t.Any]) -> list[Membership]:
        """The memberships that the task names in option ``kind``, in the order asked.

        Raises InputError for what does not exist or is ambiguous, with near names.
        """
        raise NotImplementedError

    def resolve_removed(self, kind: str, asked: t.Sequence[t.Any]) -> list[Membership]:
        """Like ``resolve``, for what shall be taken away: what does not exist is left out, with a note."""
        known: list[Membership] = []
        for name in asked:
            try:
                known += self.resolve(kind, [name])
            except NoSuchName as error:
                self.notes.append(f"{error} There is nothing to be taken away.")
        return known

    def find(self, wanted: t.Sequence[Wanted]) -> list[Snapshot | LifecycleError]:
        """What is there for each of ``wanted``, in that order, with the fewest requests.

        An item is an error where only that one account cannot be told.
        """
        raise NotImplementedError

    def accounts(self, query: Values) -> t.Iterable[Snapshot]:
        """Accounts for an info module; ``query`` holds its options."""
        raise NotImplementedError

    def create(self, plan: Plan, step: Step) -> Account:
        """Create the account with ``step.values``, the wanted password and ``step.add``; returns what is there then."""
        raise NotImplementedError

    def update(self, account: Account, values: Values) -> Account:
        """Change the given fields of an account; returns what is there then."""
        raise NotImplementedError

    def set_enabled(self, account: Account, enabled: bool) -> Account:
        """Let the account sign in, or not; returns what is there then."""
        raise NotImplementedError

    def set_password(self, account: Account, password: str) -> None:
        """Give the account a new password."""
        raise NotImplementedError

    def change_memberships(self, plan: Plan, account: Account | None, step: Step) -> None:
        """Add ``step.add``, then take ``step.remove``; the account may be gone already."""
        raise NotImplementedError

    def revoke_tokens(self, found: Snapshot) -> None:
        """Make the tokens invalid."""
        raise NotImplementedError

    def hand_over(self, account: Account, found: Snapshot) -> None:
        """Give what an account owns to those who follow, as ``found`` says."""
        raise NotImplementedError

    def delete(self, account: Account) -> None:
        """Delete the account and make sure that it is gone; one that is gone already is fine."""
        raise NotImplementedError
