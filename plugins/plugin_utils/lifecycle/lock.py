# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Locks between runs that share a file system, and what a run says that meets another."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import time
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import printable
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Modules
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.disk import read_regular

PAUSE = 0.5
MOST_READ = 4096


class Lock:
    """A lock file that is gone when nobody holds it. A ``shared`` one is held by several who share it, too."""

    def __init__(self, path: str, *, shared: bool = False) -> None:
        self.path = path
        self.kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        self.handle: int | None = None

    def take(self, *, wait: bool) -> bool:
        """Whether the lock is ours now; with ``wait``, it is in the end. Raises OSError where there can be no lock."""
        while True:
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(handle, self.kind | (0 if wait else fcntl.LOCK_NB))
                if os.path.samestat(os.fstat(handle), os.stat(self.path)):
                    self.handle = handle
                    return True
            except BlockingIOError:
                os.close(handle)
                return False
            except FileNotFoundError:
                pass
            except BaseException:
                os.close(handle)
                raise
            os.close(handle)  # whoever held it before removed it meanwhile

    def sign(self, text: str) -> None:
        """Say who holds the lock."""
        if self.handle is not None:
            os.ftruncate(self.handle, 0)
            os.pwrite(self.handle, text.encode()[:MOST_READ], 0)

    def signature(self) -> str:
        """What the holder says, as far as one can tell."""
        with contextlib.suppress(OSError):
            return read_regular(self.path, MOST_READ).decode(errors="replace")
        return ""

    def release(self) -> None:
        """Let others have it; the last holder removes the file."""
        if self.handle is None:
            return
        with contextlib.suppress(OSError):
            fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.unlink(self.path)
        os.close(self.handle)
        self.handle = None

    def __enter__(self) -> Lock:
        self.take(wait=True)
        return self

    def __exit__(self, *_error: object) -> None:
        self.release()


class InstanceLocks:
    """What one run holds of the instances that it writes to, by lock files in the ``folder`` of the reports.

    Runs about different ``part`` of the people do not exclude each other; a run about everybody excludes all.
    ``holder`` is what other runs are told of this one. Without a folder there are no locks.
    """

    def __init__(self, folder: str, part: str, holder: Values, patience: float, warn: t.Callable[[str], None]) -> None:
        self.folder = folder
        self.part = part
        self.holder = holder
        self.patience = patience
        self.warn = warn
        self.held: dict[str, Lock] = {}

    def take(self, modules: Modules) -> str:
        """Who else works on the instance; empty when it is ours, or when there can be no lock.

        Waits for others as long as ``patience`` says, and warns of it.
        """
        if not self.folder:
            return ""
        place = hashlib.sha256(str(modules.answered.get("address")).encode()).hexdigest()[:12]
        path = os.path.join(self.folder, f".{modules.name}-{place}")
        locks = [Lock(f"{path}.lock", shared=bool(self.part))]
        if self.part:
            locks.append(Lock(f"{path}-{hashlib.sha256(self.part.encode()).hexdigest()[:12]}.lock"))
        for lock in locks:
            try:
                other = self._others(lock, modules.instance.title)
            except OSError as error:
                self.warn(f"Whether another run works on {modules.instance.title} cannot be told: {error.strerror}.")
                return ""
            if other:
                return other
        return ""

    def release(self) -> None:
        for lock in self.held.values():
            lock.release()
        self.held.clear()

    def _others(self, lock: Lock, title: str) -> str:
        """Who holds ``lock``; empty when it is ours."""
        end = time.monotonic() + self.patience
        told = False
        while lock.path not in self.held:
            if lock.take(wait=False):
                lock.sign(json.dumps(self.holder))
                self.held[lock.path] = lock
                break
            other = described(lock.signature())
            if time.monotonic() >= end:
                return other
            if not told:
                self.warn(printable(f"Waiting for {other}, which works on {title}, too.", 2000))
                told = True
            time.sleep(PAUSE)
        return ""


def described(signature: str) -> str:
    """A run in words, from what it wrote into its lock file."""
    try:
        holder = json.loads(signature)
        return f"the run {holder['run']} of {holder['user']} on {holder['host']}, which began at {holder['time']}"
    except (ValueError, TypeError, KeyError):
        return "another run"
