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
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.disk import make_folder, read_regular, write_whole

LETTERS = "abcdefghijkmnopqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789"
GROUPS, LENGTH = 4, 5
TITLE = "# Passwords of accounts that people.lifecycle created. Hand each over to its person only, then delete this file."

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

    def keep(self, system: str, tried: t.Iterable[str], made: t.Container[str]) -> None:
        """Of the accounts ``tried`` in ``system``, keep only those in ``made``."""


class VaultFile(Handover):
    """A file that ``ansible-vault view`` shows to whoever has the password; what is in it already stays."""

    def __init__(self, path: str, password: str) -> None:
        if not password:
            raise InputError("onboard_credentials_vault_password is needed to write the file with the new passwords.")
        if not path:
            raise InputError("onboard_credentials_file is needed to write the file with the new passwords.")
        self.path = os.path.abspath(os.path.expanduser(path))
        self.vault = VaultLib([("default", VaultSecret(password.encode()))])
        self.records = self.read()

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
                f"Choose another onboard_credentials_file, or give the password of this one."
            ) from None

    def add(self, records: t.Sequence[Record]) -> None:
        if records:
            self.records = [*self.records, *records]
            self.write()

    def keep(self, system: str, tried: t.Iterable[str], made: t.Container[str]) -> None:
        gone = {name for name in tried if name not in made}
        if gone:
            self.records = [r for r in self.records if not (r["system"] == system and r["username"] in gone)]
            self.write()

    def write(self) -> None:
        """Replace the file at once, readable by its owner only; without records there is none."""
        if not self.records:
            if os.path.exists(self.path):
                os.unlink(self.path)
            return
        lines = ",\n ".join(json.dumps(record, ensure_ascii=False) for record in self.records)
        sealed = self.vault.encrypt(f"{TITLE}\n[{lines}]\n")
        try:
            make_folder(os.path.dirname(self.path))
            write_whole(self.path, sealed)
        except OSError as error:
            raise InputError(f"The file for new passwords cannot be written: {self.path}: {error.strerror}.") from None
