# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an action reads beside its options: files, and variables that only reviewed sources set."""

from __future__ import annotations

import os
import typing as t

from ansible.errors import AnsibleError
from ansible.plugins.action import ActionBase

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import plain
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.options import Options
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.roster import content_of
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.yaml_files import read_yaml


class SourcesAction(ActionBase):  # type: ignore[misc]
    """An action with ``options`` and ``task_vars``."""

    options: Options
    task_vars: Values

    def file(self, option: str) -> str:
        """The path of the file that ``option`` names: beside the playbook, else in the working directory;
        empty for none.

        A playbook that is imported from the collection has the collection's folder beside it; AWX starts it in the
        folder of the project. Raises InputError where there is no such file.
        """
        name = self.options.text(option)
        return self.path(name, self.options.name(option)) if name else ""

    def path(self, name: str, option: str) -> str:
        """The path of the file ``name``, given in ``option``."""
        try:
            return str(self._find_needle("files", name))
        except AnsibleError:
            path = os.path.abspath(os.path.expanduser(name))
            if os.path.isfile(path):
                return path
            raise InputError(f"There is no file {name}, given in {option}.") from None

    def reviewed(self, name: str) -> t.Any:
        """A variable that only reviewed sources set, or what is in the file that ``NAME_file`` names; read as data."""
        path = self._templar.template(self.task_vars.get(f"{name}_file") or "")
        if path:
            return read_yaml(self.content_of(self.path(str(path), f"{name}_file")), str(path), name)
        return plain(self._templar.template(self.task_vars.get(name)))

    def content_of(self, path: str) -> bytes:
        """What is in a file, decrypted where it is encrypted with ansible-vault; raises InputError."""
        try:
            content_of(path)  # the loader opens whatever it is
            real = self._loader.get_real_file(path)
            try:
                return content_of(real)
            finally:
                self._loader.cleanup_tmp_file(real)
        except (AnsibleError, OSError) as error:
            raise InputError(f"{path} cannot be read: {error}") from None
