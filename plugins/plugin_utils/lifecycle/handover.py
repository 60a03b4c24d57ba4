# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Passwords for new accounts, and the vault-encrypted file that hands them over."""

from __future__ import annotations

import json
import os
import secrets
import typing as t

from ansible.errors import AnsibleError
from ansible.parsing.vault import VaultLib, VaultSecret

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.lock import Lock
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.disk import make_folder, read_regular, write_whole

LETTERS = "abcdefghijkmnopqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789"
GROUPS, LENGTH = 4, 5
TITLE = (
    "# Passwords of accounts that people.lifecycle created. Hand each over to its person only, then delete this file."
)

Record = dict[str, t.Any]


def new_password() -> str:
    """A password that every system accepts and that can be read out: four groups of five, about 110 bits.

    It has small and capital letters, digits and hyphens, begins with a letter, and has none of 0 O 1 l I.
    """
    everything = "".join(LETTERS)
    while True:
        groups = ["".join(secrets.choice(everything) for _place in range(LENGTH)) for _group in range(GROUPS)]
        password = "-".join(groups)
        if password[0].isalpha() and all(any(c in password for c in letters) for letters in LETTERS):
            return password


class Handover:
    """Where new passwords go: nowhere by default."""

    def add(self, records: t.Sequence[Record]) -> None:
        """Keep ``records`` before their accounts are created, so that a crash loses none."""

    def settle(self, records: t.Sequence[Record], made: t.Container[str]) -> None:
        """Of the ``records`` that were added, keep those alone whose ``username`` is in ``made``."""


class VaultFile(Handover):
    """A file that ``ansible-vault view`` shows to whoever has the password; what is in it already stays.

    Several runs may add to it at the same time: each reads it anew under a lock. A record is about one account at one
    address of one instance; only a later one about the same account takes its place.
    """

    def __init__(self, path: str, password: str) -> None:
        if not password:
            raise InputError("onboard_credentials_vault_password is needed to write the file with the new passwords.")
        if not path:
            raise InputError("onboard_credentials_file is needed to write the file with the new passwords.")
        self.path = os.path.abspath(os.path.expanduser(path))
        self.vault = VaultLib([("default", VaultSecret(password.encode()))])
        self.read()

    def read(self) -> list[Record]:
        """What the file has; raises InputError before anything is done when it cannot be added to."""
        try:
            content = read_regular(self.path)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise InputError(f"The file for new passwords cannot be read: {self.path}: {error.strerror}.") from None
        try:
            text = self.vault.decrypt(content).decode()
            return t.cast("list[Record]", json.loads("\n".join(text.splitlines()[1:])))
        except (AnsibleError, ValueError):  # what is wrong with its format is no AnsibleVaultError
            raise InputError(
                f"{self.path} is there already and is no file of new passwords with the given vault password. "
                "Choose another onboard_credentials_file, or give the password of this one."
            ) from None

    def add(self, records: t.Sequence[Record]) -> None:
        if records:
            self._change(lambda kept: [*kept, *records])

    def settle(self, records: t.Sequence[Record], made: t.Container[str]) -> None:
        created = {account(record): record for record in records if record["username"] in made}
        failed = [record for record in records if record["username"] not in made]

        def stays(record: Record) -> bool:
            return record not in failed and created.get(account(record), record) == record

        if records:
            self._change(lambda kept: [record for record in kept if stays(record)])

    def _change(self, change: t.Callable[[list[Record]], list[Record]]) -> None:
        """Write what ``change`` makes of what is in the file now; raises InputError."""
        folder, name = os.path.split(self.path)
        try:
            make_folder(folder)
            with Lock(os.path.join(folder, f".{name}.lock")):
                before = self.read()
                after = change(before)
                if after != before:
                    self._write(after)
        except OSError as error:
            raise InputError(f"The file for new passwords cannot be written: {self.path}: {error.strerror}.") from None

    def _write(self, records: t.Sequence[Record]) -> None:
        """Replace the file at once, readable by its owner only; without records there is none. Raises OSError."""
        if not records:
            os.unlink(self.path)
            return
        lines = ",\n ".join(json.dumps(record, ensure_ascii=False) for record in records)
        write_whole(self.path, self.vault.encrypt(f"{TITLE}\n[{lines}]\n"))


def account(record: Record) -> tuple[str, str, str]:
    """What a record is about: the instance, the address of its service, the user name."""
    return record["instance"], record["address"], record["username"]
