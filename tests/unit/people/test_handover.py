# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The file with new passwords: what is refused before an account is made, and what stays in it."""

from __future__ import annotations

import concurrent.futures
import json
import pathlib

import pytest
from ansible.parsing.vault import VaultLib, VaultSecret

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.handover import VaultFile

ANN = {"instance": "iq", "address": "http://iq.example.com", "username": "ann", "password": "Canary-1"}
BEN = {"instance": "iq", "address": "http://iq.example.com", "username": "ben", "password": "Canary-2"}
ANNS_OTHER = {
    "instance": "magistrala",
    "address": "http://magistrala.example.com",
    "username": "ann",
    "password": "Canary-3",
}


def kept(path: pathlib.Path, password: str) -> list[dict[str, str]]:
    vault = VaultLib([("default", VaultSecret(password.encode()))])
    records: list[dict[str, str]] = json.loads(vault.decrypt(path.read_bytes()).decode().partition("\n")[2])
    return records


def test_password_and_path_are_needed(tmp_path: pathlib.Path) -> None:
    with pytest.raises(InputError, match="onboard_credentials_vault_password is needed"):
        VaultFile(str(tmp_path / "new.vault"), "")
    with pytest.raises(InputError, match="onboard_credentials_file is needed"):
        VaultFile("", "sesame")


@pytest.mark.parametrize("content", [b"", b"plain text\n", b"$ANSIBLE_VAULT;1.1;AES256\n6162\n"])
def test_a_file_of_something_else_is_never_overwritten(tmp_path: pathlib.Path, content: bytes) -> None:
    path = tmp_path / "new.vault"
    path.write_bytes(content)
    with pytest.raises(InputError, match="is there already and is no file of new passwords"):
        VaultFile(str(path), "sesame")
    assert path.read_bytes() == content


def test_the_password_of_an_earlier_run_is_needed_to_add_to_its_file(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "new.vault"
    VaultFile(str(path), "sesame").add([ANN])
    with pytest.raises(InputError, match="with the given vault password") as refused:
        VaultFile(str(path), "open-barley")
    assert "open-barley" not in str(refused.value)
    VaultFile(str(path), "sesame").add([BEN])
    assert kept(path, "sesame") == [ANN, BEN]


def test_a_folder_in_place_of_the_file_is_told(tmp_path: pathlib.Path) -> None:
    with pytest.raises(InputError, match=r"cannot be read: .*Is a directory"):
        VaultFile(str(tmp_path), "sesame")


def test_a_folder_that_cannot_be_made_is_told_before_any_account_is_made(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "new.vault"
    file = VaultFile(str(path / "deeper"), "sesame")
    path.write_text("a file where a folder should be")
    with pytest.raises(InputError, match="cannot be written") as refused:
        file.add([ANN])
    assert "Canary" not in str(refused.value)


def test_what_was_not_made_goes_and_an_empty_file_with_it(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "new.vault"
    file = VaultFile(str(path), "sesame")
    file.add([ANN, BEN, ANNS_OTHER])
    file.settle([ANN, BEN], made={"ben"})
    assert kept(path, "sesame") == [BEN, ANNS_OTHER]
    assert path.stat().st_mode & 0o077 == 0
    file.settle([BEN, ANNS_OTHER], made=())
    assert not path.exists()
    assert list(tmp_path.iterdir()) == []


def test_what_another_run_wrote_meanwhile_stays(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "new.vault"
    one, other = VaultFile(str(path), "sesame"), VaultFile(str(path), "sesame")
    one.add([ANN])
    other.add([BEN])
    theirs = {**ANN, "password": "Canary-4"}
    other.add([theirs])
    one.settle([ANN], made={"ann"})
    assert kept(path, "sesame") == [ANN, BEN], "of two about one account, that of the run which made it"
    other.settle([BEN, theirs], made={"ben"})
    assert kept(path, "sesame") == [ANN, BEN], "a run takes back its own only"


def test_accounts_of_one_name_at_two_addresses_are_two(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "new.vault"
    moved = {**ANN, "address": "http://new.example.com", "password": "Canary-5"}
    for record in (ANN, moved):
        file = VaultFile(str(path), "sesame")
        file.add([record])
        file.settle([record], made={"ann"})
    assert kept(path, "sesame") == [ANN, moved]


def test_many_runs_at_once_lose_nothing(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "new.vault"
    records = [{**ANN, "username": f"ann{number}"} for number in range(24)]

    def run(record: dict[str, str]) -> None:
        file = VaultFile(str(path), "sesame")
        file.add([record])
        file.settle([record], made={record["username"]} if int(record["username"][3:]) % 2 else set())

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(run, records))
    assert sorted(r["username"] for r in kept(path, "sesame")) == sorted(r["username"] for r in records[1::2])
    assert [file.name for file in tmp_path.iterdir()] == ["new.vault"], "the lock is gone"


def test_nothing_is_written_for_nobody(tmp_path: pathlib.Path) -> None:
    file = VaultFile(str(tmp_path / "new.vault"), "sesame")
    file.add([])
    file.settle([], made={"ann"})
    assert list(tmp_path.iterdir()) == []
