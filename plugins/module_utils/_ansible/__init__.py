# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a module imports first; an older Python ends here with one sentence, before it meets what it cannot read."""

import json
import sys

LEAST = (3, 10)

if sys.version_info < LEAST:
    SENTENCE = (
        "people.lifecycle needs Python 3.10 or newer where the module runs, and {} is Python {}.{}. Set "
        "ansible_python_interpreter to a newer one, on the control node to '{{{{ ansible_playbook_python }}}}'."
    ).format(sys.executable, *sys.version_info[:2])
    sys.stdout.write(json.dumps({"failed": True, "changed": False, "msg": SENTENCE}) + "\n")
    raise SystemExit(1)
