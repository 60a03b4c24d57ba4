# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Ansible has in memory when a task begins."""

from __future__ import annotations

import functools
import gc


@functools.cache
def set_aside() -> None:
    """Have Python look for garbage only in what comes now, once for all items of a loop: Ansible runs each task in a
    process that ends with it.

    To go through everything that was there before, several times while thousands of accounts are compared, is a tenth
    of what that takes.
    """
    gc.freeze()
