# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documentation of what all modules for accounts share."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  parallel:
    description:
      - How many accounts are looked up or changed at the same time. Each system has an upper bound of its own.
    type: int
    default: 4
  on_error:
    description:
      - With V(continue), an account of O(users) that cannot be done fails alone; the others are done, and the task then
        fails once, naming who and why.
      - With V(stop), nothing is written when an account cannot be done, and nothing is begun any more once a write has
        failed.
    type: str
    choices: [continue, stop]
    default: continue
  return_unchanged:
    description:
      - Whether RV(users) also lists the accounts of O(users) where nothing was to be done. Without them the result of
        thousands of accounts stays small.
    type: bool
    default: false
notes:
  - Options that are not given leave the account as it is in that respect.
  - In check mode nothing but the sign-in, its end, and reads is sent; RV(changed), RV(users) and the diff are those of
    a real run.
"""

    ATTRIBUTES = r"""
options: {}
attributes:
  check_mode:
    description: Can run in C(check_mode) and say what would be changed, without changing it.
    support: full
  diff_mode:
    description: Returns what has changed or would change, field by field, when run with C(--diff).
    support: full
  idempotent:
    description: Run again, it changes nothing and sends no write.
    support: full
"""

    INFO_ATTRIBUTES = r"""
options: {}
attributes:
  check_mode:
    description: Only reads, in C(check_mode) too.
    support: full
  diff_mode:
    description: Nothing is changed, so there is nothing to show.
    support: N/A
"""
