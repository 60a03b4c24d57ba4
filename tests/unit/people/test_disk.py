# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files that are none, links, and folders that others can write: refused before anything is read or written."""

from __future__ import annotations

import os
import pathlib

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.files import Report
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.handover import VaultFile
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.roster import read_file
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.shard import Shard

ANN = {"instance": "iq", "address": "http://iq.example.com", "username": "ann", "password": "Canary-1"}


def report(folder: pathlib.Path, run: str = "7") -> Report:
    return Report("onboard", run, Shard(1, 1), False, str(folder), True)


@pytest.mark.parametrize("run", ["../../x", "..", "/etc/x", "a/b", "x\n", "\x1b[2J", "~", ""])
def test_no_name_of_a_run_leaves_the_folder(tmp_path: pathlib.Path, run: str) -> None:
    folder = tmp_path / "reports"
    written = report(folder, run)
    written.reserve()
    (made,) = folder.iterdir()
    assert made.name.startswith("onboard-") and made.name.isprintable()
    credentials = os.path.join(written.folder, f"credentials-{written.run}.yml")
    assert pathlib.Path(credentials).resolve().parent == folder
    assert [path.name for path in tmp_path.iterdir()] == ["reports"]


@pytest.mark.parametrize("read", [lambda path: read_file(str(path)), lambda path: VaultFile(str(path), "sesame")])
def test_only_regular_files_are_read_and_no_pipe_is_waited_for(tmp_path: pathlib.Path, read) -> None:
    pipe, link, target = tmp_path / "pipe.yml", tmp_path / "link.yml", tmp_path / "target.yml"
    os.mkfifo(pipe)
    with pytest.raises(InputError, match="no regular file"):
        read(pipe)
    target.write_text("- {id: E1}\n")
    link.symlink_to(target)
    with pytest.raises(InputError, match="links are not followed"):
        read(link)


def test_folders_are_made_for_the_owner_only_those_above_too(tmp_path: pathlib.Path) -> None:
    before = os.umask(0)
    try:
        report(tmp_path / "a" / "b" / "c").reserve()
        VaultFile(str(tmp_path / "d" / "e" / "new.vault"), "sesame").add([ANN])
    finally:
        os.umask(before)
    made = [path for path in tmp_path.rglob("*") if path.is_dir()]
    assert len(made) == 5 and {path.stat().st_mode & 0o777 for path in made} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in tmp_path.rglob("*") if path.is_file()} == {0o600}


@pytest.mark.parametrize("mode", [0o777, 0o1777])
def test_a_folder_that_everybody_can_write_is_refused(tmp_path: pathlib.Path, mode: int) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(mode)
    with pytest.raises(InputError, match="everybody on this machine can write into"):
        report(folder).reserve()
    with pytest.raises(InputError, match="everybody on this machine can write into"):
        VaultFile(str(folder / "new.vault"), "sesame").add([ANN])
    assert list(folder.iterdir()) == []


def test_a_folder_below_one_that_everybody_can_write_needs_the_sticky_bit(tmp_path: pathlib.Path) -> None:
    above = tmp_path / "open"
    above.mkdir()
    above.chmod(0o777)
    with pytest.raises(InputError, match="everybody on this machine can write into"):
        report(above / "reports").reserve()
    above.chmod(0o1777)
    report(above / "more").reserve()


def test_a_link_in_place_of_the_file_is_not_written_through(tmp_path: pathlib.Path) -> None:
    other = tmp_path / "other"
    other.write_text("mine")
    written = report(tmp_path)
    written.reserve()
    os.unlink(written.path("json"))
    os.symlink(other, written.path("json"))
    written_to = VaultFile(str(tmp_path / "new.vault"), "sesame")
    os.symlink(other, tmp_path / "new.vault")
    with pytest.raises(InputError, match="it is a link, and links are not followed"):
        written_to.add([ANN])
    assert other.read_text() == "mine"
