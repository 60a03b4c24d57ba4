# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Galaxy and Automation Hub check when a package is uploaded, by their own program."""

from __future__ import annotations

import os
import pathlib
import re

from environments import environment
from running import BUILD, PROJECT, Commands, Outcome, StepFailed
from tree import Tree

LOCK = PROJECT / "requirements/importer.lock"
# ansible-test and flake8 are left to the steps sanity and lint.
SETTINGS = """[galaxy-importer]
RUN_ANSIBLE_DOC = True
RUN_ANSIBLE_LINT = True
RUN_ANSIBLE_TEST = False
RUN_FLAKE8 = False
CHECK_REQUIRED_TAGS = True
CHECK_RUNTIME_YAML = True
CHECK_CHANGELOG = True
"""


def importer(tree: Tree, commands: Commands, *arguments: str) -> Outcome:
    """galaxy-importer takes the package without a warning."""
    folder = environment(BUILD / "importer", ("--require-hashes", "--requirement", str(LOCK)), commands)
    work = tree.work / "importer"
    work.mkdir()
    settings = work / "galaxy-importer.cfg"
    settings.write_text(SETTINGS)
    galaxy = (folder / "bin/ansible-galaxy", "collection")
    commands.run(*galaxy, "build", "--force", "--output-path", work, cwd=tree.root)
    (package,) = work.glob("people-lifecycle-*.tar.gz")
    installed = work / "collections"
    install = ("install", "--offline", "--collections-path", installed, package)
    commands.run(*galaxy, *install, cwd=work, ANSIBLE_COLLECTIONS_PATH=installed)
    output = commands.run(
        folder / "bin/python",
        "-m",
        "galaxy_importer.main",
        package,
        *arguments,
        cwd=work,
        PATH=os.pathsep.join(map(str, (linter(work, folder, installed), folder / "bin", os.environ["PATH"]))),
        GALAXY_IMPORTER_CONFIG=settings,
        ANSIBLE_HOME=work / "home",
    )
    warnings = re.findall(r"^WARNING: .*", output, re.MULTILINE)
    if warnings or "Importer processing completed successfully" not in output:
        raise StepFailed("\n".join(["galaxy-importer is not content:", *warnings]))
    return Outcome(1, f"galaxy-importer: {package.name}")


def linter(work: pathlib.Path, folder: pathlib.Path, installed: pathlib.Path) -> pathlib.Path:
    """A folder for PATH with an ansible-lint that finds the collection, and goes by the project's settings.

    galaxy-importer names the folder ansible_collections as the path of collections, where Ansible wants the one above
    it.
    """
    programs = work / "bin"
    programs.mkdir()
    program, lint = programs / "ansible-lint", folder / "bin/ansible-lint"
    program.write_text(
        f'#!/bin/sh\nANSIBLE_COLLECTIONS_PATH={installed} exec {lint} --config-file {PROJECT / ".ansible-lint"} "$@"\n'
    )
    program.chmod(0o755)
    return programs
