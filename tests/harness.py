# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a module of the collection in this process: the real ``main()``, real arguments, real HTTP, no fork."""

from __future__ import annotations

import contextlib
import importlib
import inspect
import io
import json
import os
import typing as t
import unittest.mock

from ansible.module_utils import basic
from ansible.module_utils.common import warnings

from sandbox.control import Controlled, Request

# From 2.21 on, a result has the options only where this is asked for, as it is with -vvv.
INTERNAL = {"_ansible_inject_invocation": True} if "_ansible_inject_invocation" in inspect.getsource(basic) else {}
OWN_SESSION = "/users/tokens/revoke"  # the end of a session that the run itself began
MODULES = "ansible_collections.people.lifecycle.plugins.modules."


@contextlib.contextmanager
def module_arguments(arguments: dict[str, t.Any]) -> t.Iterator[None]:
    """Hand ``arguments`` to the next AnsibleModule, in the way that the running ansible-core has for it."""
    arguments = {**INTERNAL, **arguments}
    try:
        from ansible.module_utils import _internal
        from ansible.module_utils.testing import patch_module_args
    except ImportError:
        before = basic._ANSIBLE_ARGS
        basic._ANSIBLE_ARGS = json.dumps({"ANSIBLE_MODULE_ARGS": arguments}).encode()
        try:
            yield
        finally:
            basic._ANSIBLE_ARGS = before
    else:
        # Tests that import plugins of the controller make this process look like one; a module's warnings then get
        # lost, and half a surrogate pair is refused before the module sees it.
        as_a_module = unittest.mock.patch.object(_internal, "is_controller", False)
        lenient = unittest.mock.patch.dict(os.environ, {"ANSIBLE_MODULE_STRICT_UTF8_RESPONSE": "false"})
        with patch_module_args(arguments), as_a_module, lenient:
            yield


def run_module(name: str, *, check: bool = False, diff: bool = True, **options: t.Any) -> dict[str, t.Any]:
    """The result of module ``name`` with ``options``; ``failed`` is always in it."""
    arguments = {**options, "_ansible_check_mode": check, "_ansible_diff": diff, "_ansible_remote_tmp": "/tmp"}
    warnings._global_warnings.clear()  # a process runs one module as a rule
    printed = io.StringIO()
    main = importlib.import_module(MODULES + name).main
    with module_arguments(arguments), contextlib.redirect_stdout(printed), contextlib.suppress(SystemExit):
        main()
    result = json.loads(printed.getvalue().strip().splitlines()[-1])
    result.pop("_ansible_new_secrets", None)  # since ansible-core 2.22 for Ansible's own process, which takes it out
    return {"failed": False, **result}


def writes(app: Controlled) -> list[Request]:
    """What was written to a service; that a run ends the session that it began is no write."""
    return [line for line in app.writes() if not (line.method == "POST" and line.path == OWN_SESSION)]
