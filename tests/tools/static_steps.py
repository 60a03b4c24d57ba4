# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The steps that read the project and run none of it."""

from __future__ import annotations

import re

from running import NOTHING_YET, PROJECT, Commands, Outcome, StepFailed, found
from tree import Tree

NOT_SHIPPED = ("tests", "build", "requirements", "extensions/molecule", ".ansible-lint")
LYING_AROUND = ("vault_password_file", "docs/secret.txt", "roles/onboard/files.vault", "plugins/credentials.yml")
CHECKED = tuple(
    f"plugins/{name}" for name in ("module_utils", "plugin_utils", "action", "filter", "inventory", "lookup")
)


def licences(tree: Tree, commands: Commands, *arguments: str) -> Outcome:
    """Every file says under which licence it is."""
    output = commands.run("reuse", "lint", *arguments, cwd=tree.root)
    return Outcome(1, f"reuse: {found(r'license information: ([0-9]+) /', output)} files")


def lint(tree: Tree, commands: Commands, *arguments: str) -> Outcome:
    """Python by ruff, shell scripts by shellcheck, everything of Ansible by ansible-lint."""
    commands.run("ruff", "check", "--no-cache", ".", cwd=tree.root)
    sources = len(commands.run("ruff", "check", "--show-files", ".", cwd=tree.root).splitlines()) - 1
    scripts = [*tree.root.glob("**/*.sh"), tree.root / ".ci/run"]
    commands.run("shellcheck", *scripts)
    output = commands.run(
        "ansible-lint",
        "--nocolor",
        *arguments,
        cwd=tree.root,
        ANSIBLE_COLLECTIONS_PATH=tree.collections,
        ANSIBLE_HOME=tree.work / "home-lint",  # of its own: it takes its stand-ins for modules away at the end
    )
    files = found(r"warning\(s\) in ([0-9]+) files processed", output)
    return Outcome(3, f"ruff: {sources} files, shellcheck: {len(scripts)} files, ansible-lint: {files} files")


def types(tree: Tree, commands: Commands, *arguments: str) -> Outcome:
    """mypy in strict mode over what the modules share, all plugins and the tools of the tests."""
    folders = [
        f"ansible_collections/people/lifecycle/{folder}"
        for folder in CHECKED
        if list((tree.root / folder).glob("**/*.py"))
    ]
    settings = ("--config-file", PROJECT / "pyproject.toml", "--cache-dir", PROJECT / ".mypy_cache")
    tools = commands.run("mypy", *settings, *arguments, ".", cwd=tree.root / "tests/tools")
    plugins = commands.run("mypy", *settings, *arguments, *folders, cwd=tree.collections) if folders else ""
    files = [int(number) for number in re.findall(r"no issues found in ([0-9]+) source", tools + plugins)]
    return Outcome(len(files), f"mypy: {sum(files)} files")


def build(tree: Tree, commands: Commands, *arguments: str) -> Outcome:
    """The package can be built, installed and read, and has in it what it should."""
    galaxy = ("ansible-galaxy", "collection")
    with Tree() as own:  # other steps shall not see what lies around there
        for name in LYING_AROUND:
            (own.root / name).write_text("what nobody may see\n")
        commands.run(*galaxy, "build", "--force", "--output-path", tree.work, *arguments, cwd=own.root)
    (package,) = tree.work.glob("people-lifecycle-*.tar.gz")
    target = tree.work / "installed"
    commands.run(
        *galaxy, "install", "--offline", "--collections-path", target, package, ANSIBLE_COLLECTIONS_PATH=target
    )
    installed = target / "ansible_collections/people/lifecycle"
    surplus = [name for name in (*NOT_SHIPPED, *LYING_AROUND) if (installed / name).exists()]
    if surplus:
        raise StepFailed(f"the package should not have in it: {', '.join(surplus)}")
    named = [
        page.parent / name
        for page in installed.glob("docs/**/*.rst")
        for name in re.findall(r"^\.\. (?:figure|image):: (\S+)$", page.read_text(), re.MULTILINE)
    ]
    absent = [picture.name for picture in named if not picture.exists()]
    if absent or not named:
        raise StepFailed(f"pictures of the documentation are not in the package: {', '.join(absent)}")
    needs = commands.run("ansible-builder", "introspect", target)
    if "requests" not in needs or "lxml" not in needs:
        raise StepFailed("the package does not tell execution environments that it needs requests and lxml")
    modules = tree.names("plugins/modules/*.py")
    if not modules:
        return NOTHING_YET
    listed = commands.run(
        "ansible-doc", "--type", "module", "--list", "people.lifecycle", cwd=tree.work, ANSIBLE_COLLECTIONS_PATH=target
    )
    missing = [name for name in modules if f"people.lifecycle.{name} " not in listed]
    if missing:
        raise StepFailed(f"ansible-doc does not find in the package: {', '.join(missing)}")
    return Outcome(1, f"{package.name}: {len(modules)} modules")
