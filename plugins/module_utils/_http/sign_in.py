# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who calls, proven: signed in when it is first needed, renewed once for all workers,
and never again after a refusal.
"""

from __future__ import annotations

import threading
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError

Proof = t.TypeVar("Proof")


class SignIn(t.Generic[Proof]):
    """The proof that requests carry: a token, a session's id.

    ``obtain`` signs in and returns one; without it ``proof`` is all there is, and cannot be renewed. Services lock
    accounts, so a sign-in that failed is never repeated: whoever asks later gets the same error. Safe for several
    threads.
    """

    def __init__(self, obtain: t.Callable[[], Proof] | None = None, proof: Proof | None = None) -> None:
        self._obtain = obtain
        self._proof = proof
        self._refusal: LifecycleError | None = None
        self._lock = threading.RLock()

    @property
    def renewable(self) -> bool:
        return self._obtain is not None

    def proof(self) -> Proof:
        """The proof in force; raises what the sign-in raised."""
        with self._lock:
            if self._refusal is not None:
                raise self._refusal
            if self._proof is None:
                self._proof = self._attempt()
            return self._proof

    def renew(self, used: Proof) -> None:
        """Sign in again, unless another thread did so since ``used`` was in force."""
        with self._lock:
            if self._refusal is not None:
                raise self._refusal
            if self._proof is used:  # two tokens of one second may be equal
                self._proof = None
                self._proof = self._attempt()

    def replace(self, proof: Proof) -> None:
        """Go on with a proof that came in another way."""
        with self._lock:
            self._proof = proof

    def refuse(self, error: LifecycleError) -> None:
        """Note that the service does not take the proof, and that there is no other."""
        with self._lock:
            self._refusal = error

    def resume(self) -> None:
        """Another task begins: a sign-in that failed without being refused may be tried again."""
        with self._lock:
            if self._refusal is not None and not self._refusal.sign_in_refused:
                self._refusal = None

    def _attempt(self) -> Proof:
        if self._obtain is None:
            raise ValueError("there is no way to sign in")
        try:
            return self._obtain()
        except LifecycleError as error:
            self._refusal = error
            raise
