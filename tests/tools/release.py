# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A release: version, changelog and package; tried in an empty environment before anything of the project is touched.

``release`` alone is a rehearsal that leaves the project as it is. ``release VERSION`` puts the files of the new version
into the project and the package into ``build/release``, for a commit and a tag by hand.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import pathlib
import re
import shlex
import shutil
import sys

from environments import environment
from running import BUILD, PROJECT, Commands, Outcome, StepFailed
from tree import Tree

VERSION = re.compile(r"^version: (\d+)\.(\d+)\.(\d+)$", re.MULTILINE)
INSTALLED = re.compile(r"(- name: people\.lifecycle\n +version: )\S+")
PACKAGE = re.compile(r"people-lifecycle-\d+\.\d+\.\d+\.tar\.gz")
BY_NAME = re.compile(r"(people\.lifecycle:==)\d+\.\d+\.\d+")
CONSTANT = re.compile(r'^VERSION = ".*"$', re.MULTILINE)
TOLD_TO_INSTALL = re.compile(r"^pip install (.+)$", re.MULTILINE)
TELL_THE_VERSION = ("extensions/awx/execution-environment.yml", "extensions/awx/project/collections/requirements.yml")
TELL_THE_PACKAGE = ("README.md", "docs/docsite/rst/guide_start.rst")
MADE_BY_THE_CHANGELOG = ("CHANGELOG.md", "CHANGELOG.rst", "changelogs/changelog.yaml")


def release(tree: Tree, commands: Commands, *arguments: str) -> Outcome:
    """Changelog, version and package; the package works in an environment that has nothing else."""
    with Tree() as own:  # other steps shall not see the new version
        version = arguments[0] if arguments else rehearsed(own)
        if arguments:
            refuse_what_cannot_be_released(version, own, commands)
        package = make(version, own, commands)
        try_out(package, own, commands)
        describe(package, commands)
        if arguments:
            take_over(package, own)
            return Outcome(1, f"{version}: build/release/{package.name}; commit the changed files and tag {version}")
        return Outcome(1, f"rehearsed {version}: {package.name} onboards and offboards in an empty environment")


def current(tree: Tree) -> tuple[int, int, int]:
    match = VERSION.search((tree.root / "galaxy.yml").read_text())
    if match is None:
        raise StepFailed("galaxy.yml has no version such as 1.2.3")
    major, minor, patch = (int(number) for number in match.groups())
    return major, minor, patch


def is_released(tree: Tree) -> bool:
    """Whether the version in galaxy.yml is in the changelog already."""
    told = tree.root / "changelogs/changelog.yaml"
    version = ".".join(map(str, current(tree)))
    return told.exists() and re.search(rf"^  {re.escape(version)}:", told.read_text(), re.MULTILINE) is not None


def rehearsed(tree: Tree) -> str:
    """The version that a release would have now."""
    major, minor, patch = current(tree)
    return f"{major}.{minor}.{patch + 1 if is_released(tree) else patch}"


def refuse_what_cannot_be_released(version: str, tree: Tree, commands: Commands) -> None:
    match = re.fullmatch(r"(\d+)\.(\d+)\.(\d+)", version)
    if match is None:
        raise StepFailed(f"{version} is no version such as 1.2.3")
    wanted = tuple(int(number) for number in match.groups())
    if wanted < current(tree) or (wanted == current(tree) and is_released(tree)):
        raise StepFailed(f"{version} is not newer than {'.'.join(map(str, current(tree)))}")
    if commands.run("git", "status", "--porcelain", cwd=PROJECT).strip():
        raise StepFailed("the project has changes that are not committed")
    if not list((tree.root / "changelogs/fragments").glob("*.y*ml")):
        raise StepFailed("there is no fragment in changelogs/fragments: nothing has changed")


def make(version: str, tree: Tree, commands: Commands) -> pathlib.Path:
    """Write ``version`` and its changelog into the copy of the project, and build the package."""
    galaxy = tree.root / "galaxy.yml"
    galaxy.write_text(VERSION.sub(f"version: {version}", galaxy.read_text()))
    for name in TELL_THE_PACKAGE:
        page = tree.root / name
        text = PACKAGE.sub(f"people-lifecycle-{version}.tar.gz", page.read_text())
        page.write_text(BY_NAME.sub(rf"\g<1>{version}", text))
    constant = tree.root / "plugins/module_utils/_core/version.py"
    constant.write_text(CONSTANT.sub(f'VERSION = "{version}"', constant.read_text()))
    for name in TELL_THE_VERSION:
        page = tree.root / name
        page.write_text(INSTALLED.sub(rf"\g<1>{version}", page.read_text()))
    commands.run(
        "antsibull-changelog",
        "release",
        "--version",
        version,
        "--date",
        datetime.date.today().isoformat(),
        cwd=tree.root,
        ANSIBLE_COLLECTIONS_PATH=tree.collections,
    )
    if not is_released(tree) or f"v{version}" not in (tree.root / "CHANGELOG.rst").read_text():
        raise StepFailed(f"the changelog does not tell about {version}")
    commands.run("ansible-galaxy", "collection", "build", "--force", "--output-path", tree.work, cwd=tree.root)
    return tree.work / f"people-lifecycle-{version}.tar.gz"


def try_out(package: pathlib.Path, tree: Tree, commands: Commands) -> None:
    """Install the package where only that is what README has installed, and run README and the demo on the sandbox."""
    collections = tree.work / "released"
    constraint = ("--constraint", str(PROJECT / "requirements/dev.txt"))
    told = [shlex.split(words) for words in TOLD_TO_INSTALL.findall((tree.root / "README.md").read_text())]
    if len(told) != 1:
        raise StepFailed("README.md has to say once what pip installs")
    empty = environment(tree.work / "empty", (*told[0], *constraint), commands)
    variables = {
        "PATH": f"{empty / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "ANSIBLE_COLLECTIONS_PATH": str(collections),
        "ANSIBLE_HOME": str(tree.work / "home-released"),
    }
    galaxy = (empty / "bin/ansible-galaxy", "collection")
    install = ("install", "--offline", "--collections-path", collections, package)
    commands.run(*galaxy, *install, cwd=tree.work, **variables)
    commands.run(*galaxy, "verify", "--offline", "people.lifecycle", cwd=tree.work, **variables)
    readme = (
        sys.executable,
        "-m",
        "pytest",
        "--quiet",
        "-p",
        "no:cacheprovider",
        PROJECT / "tests/unit/docs/test_readme.py",
    )
    commands.run(*readme, cwd=PROJECT, **variables)
    # The sandbox is the service; what runs the playbooks is the empty environment, first on PATH.
    commands.run(sys.executable, tree.root / "tests/demo/demo.py", cwd=tree.work, **variables)


def describe(package: pathlib.Path, commands: Commands) -> None:
    """Write beside the package its checksum, and from which commit and with which tools it was built."""
    sums = package.with_name("SHA256SUMS")
    sums.write_text(f"{hashlib.sha256(package.read_bytes()).hexdigest()}  {package.name}\n")
    commands.run("sha256sum", "--check", "--strict", sums.name, cwd=package.parent)
    provenance = {
        "package": package.name,
        "sha256": sums.read_text().split()[0],
        "built_from_commit": commands.run("git", "rev-parse", "HEAD", cwd=PROJECT).strip(),
        "tools_sha256": hashlib.sha256((PROJECT / "requirements/dev.lock").read_bytes()).hexdigest(),
        "built_by": "make release",
    }
    provenance_of(package).write_text(json.dumps(provenance, indent=1) + "\n")


def provenance_of(package: pathlib.Path) -> pathlib.Path:
    return package.with_name(f"{package.name}.provenance.json")


def take_over(package: pathlib.Path, tree: Tree) -> None:
    """Put the files of the new version into the project, and the package into ``build/release``."""
    for name in ("galaxy.yml", *TELL_THE_VERSION, *TELL_THE_PACKAGE, *MADE_BY_THE_CHANGELOG):
        shutil.copy(tree.root / name, PROJECT / name)
    for fragment in (PROJECT / "changelogs/fragments").glob("*.y*ml"):
        if not (tree.root / "changelogs/fragments" / fragment.name).exists():
            fragment.unlink()
    (BUILD / "release").mkdir(parents=True, exist_ok=True)
    for path in (package, provenance_of(package), package.with_name("SHA256SUMS")):
        shutil.copy(path, BUILD / "release")
