# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The files of a report, of which no two runs write the same."""

from __future__ import annotations

import contextlib
import os
import re
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.page import page
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.disk import make_folder, write_whole
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.json_text import written_json
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.shard import Shard
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.yaml_files import written_yaml

MOST_TWINS = 1000
ENDS = {"leavers": "leavers.yml"}
HEADER = "# Who is to be offboarded, as the roster has it: for offboard_people_file.\n"


class Report:
    """Where a report is written; its files are readable by their owner only.

    ``run`` is the name of the run with its part, unique in the folder once ``reserve`` was called.
    """

    def __init__(self, kind: str, run: str, shard: Shard, check: bool, folder: str, wanted: bool) -> None:
        part = f"-s{shard.number}-{shard.of}" if shard.of > 1 else ""
        self.kind = kind
        self.run = re.sub(r"[^A-Za-z0-9._-]", "-", run + part)
        self.suffix = "-preview" if check else ""
        self.folder = os.path.abspath(os.path.expanduser(folder))
        self.wanted = wanted

    @property
    def key(self) -> str:
        """The name under which AWX gets the report."""
        return re.sub(r"\W", "_", f"{self.kind}_{self.run}")

    def path(self, end: str) -> str:
        return os.path.join(self.folder, f"{self.kind}-{self.run}{self.suffix}.{end}")

    def reserve(self) -> None:
        """Take a name that no other run has; raises InputError where the folder cannot be written."""
        if not self.wanted:
            return
        run = self.run
        try:
            make_folder(self.folder)
            for number in range(2, MOST_TWINS):
                with contextlib.suppress(FileExistsError):
                    os.close(os.open(self.path("json"), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
                    return
                self.run = f"{run}-{number}"
        except OSError as error:
            raise self._unwritable(error) from None
        raise InputError(f"{self.folder} has {MOST_TWINS} reports of the run {run} already.")

    def release(self) -> None:
        """Give the name back, of a run that was refused before it began."""
        if self.wanted:
            with contextlib.suppress(OSError):
                if os.path.getsize(self.path("json")) == 0:
                    os.unlink(self.path("json"))

    def write(self, data: Values, leavers: t.Sequence[Values] = ()) -> dict[str, str]:
        """Write the files, one with the records of ``leavers`` where there are any;
        returns their paths, raises InputError.
        """
        if not self.wanted:
            return {}
        contents = {"json": written_json(data), "html": page(data)}
        return self.write_each(
            {**contents, **({"leavers": HEADER + written_yaml([*leavers]).rstrip()} if leavers else {})}
        )

    def write_each(self, contents: t.Mapping[str, str]) -> dict[str, str]:
        """Write a file for each of ``contents``, by its end, and return their paths; raises InputError."""
        files: dict[str, str] = {}
        try:
            for end, content in contents.items() if self.wanted else ():
                files[end] = self.path(ENDS.get(end, end))
                write_whole(files[end], f"{content}\n".encode())
        except OSError as error:
            raise self._unwritable(error) from None
        return files

    def _unwritable(self, error: OSError) -> InputError:
        return InputError(f"The report cannot be written into {self.folder}: {error.strerror}.")
