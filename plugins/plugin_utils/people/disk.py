# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files as the roles read and write them: regular ones only, no link followed,
in folders that nobody else can change.
"""

from __future__ import annotations

import contextlib
import errno
import os
import pathlib
import stat
import tempfile

FOR_OWNER = 0o700


class UnsafePlace(OSError):
    """A file or folder that somebody else may have put there, or can change;
    ``strerror`` says what is wrong with it.
    """

    def __init__(self, what: str) -> None:
        super().__init__(errno.EPERM, what)


def read_regular(path: str, most: int = -1) -> bytes:
    """What is in the file, at most ``most`` bytes. Raises OSError for what is none:
    a link, a pipe, a device, a folder.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise UnsafePlace("it is a link, and links are not followed") from None
        raise
    with os.fdopen(handle, "rb") as file:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise UnsafePlace("it is no regular file")
        return file.read(most)


def make_folder(folder: str) -> None:
    """Make a folder, and those above it, for the owner only; raises OSError where others can change what is in it."""
    chain = [folder, *map(str, pathlib.PurePath(folder).parents)]
    for name in filter(os.path.isdir, chain):
        mode = os.stat(name).st_mode
        if mode & stat.S_IWOTH and (name == folder or not mode & stat.S_ISVTX):
            raise UnsafePlace(f"everybody on this machine can write into {name}")
    for name in reversed([name for name in chain if not os.path.isdir(name)]):
        with contextlib.suppress(FileExistsError):  # another run may make it at the same time
            os.mkdir(name, FOR_OWNER)


def write_whole(path: str, content: bytes) -> None:
    """Put ``content`` in place of the file at once, readable by its owner only. Raises OSError."""
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(path))
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
