# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The step that checks what users read, and builds the documentation site, without reaching another server."""

from __future__ import annotations

import shutil
import typing as t
import zlib

import links
from running import BUILD, PROJECT, Commands, Outcome, StepFailed
from tree import Tree

SITE = BUILD / "site"
# Labels of Ansible's own documentation that pages of this collection refer to.
ANSIBLE_LABELS = {
    "ansible_collections.ansible.builtin.uri_module": "collections/ansible/builtin/uri_module.html",
    "action_plugins": "plugins/action.html",
    "ansible_configuration_settings": "reference_appendices/config.html",
    "common_return_values": "reference_appendices/common_return_values.html",
    "inventory_plugins": "plugins/inventory.html",
    "module_defaults_groups": "user_guide/playbooks_module_defaults.html",
}


def docs(tree: Tree, commands: Commands, *arguments: str) -> Outcome:
    """The documentation of plugins and roles, the changelog, the site built of them (build/site), and every link."""
    commands.run(
        "antsibull-docs",
        "lint-collection-docs",
        "--plugin-docs",
        "--validate-collection-refs=all",
        ".",
        cwd=tree.root,
        ANSIBLE_COLLECTIONS_PATH=tree.collections,
    )
    commands.run("antsibull-changelog", "lint", cwd=tree.root)
    site(tree, commands, *arguments)
    commands.run(
        "pytest", "--quiet", "-p", "no:cacheprovider", PROJECT / "tests/unit/docs/test_site_layout.py", cwd=PROJECT
    )
    broken = [*links.broken_in_site(SITE), *links.broken_in_text(tree.root)]
    if broken:
        raise StepFailed("\n".join(["links that lead nowhere:", *broken]))
    plugins = len(
        [name for kind in ("modules", "filter", "lookup", "inventory") for name in tree.names(f"plugins/{kind}/*.py")]
    )
    roles = len(tree.names("roles/*/meta/argument_specs.yml"))
    pages = len(list(SITE.glob("**/*.html")))
    return Outcome(
        4, f"antsibull-docs: {plugins} plugins and {roles} roles, antsibull-changelog, sphinx: {pages} pages, links"
    )


def site(tree: Tree, commands: Commands, *arguments: str) -> None:
    """Build the site; a warning is an error."""
    work = tree.work / "site"
    pages = work / "rst"
    pages.mkdir(parents=True)
    work.chmod(0o700)
    pages.chmod(0o700)
    source = tree.root / "docs/docsite"
    commands.run(
        "antsibull-docs",
        "--config-file",
        source / "antsibull-docs.cfg",
        "collection",
        "--use-current",
        "--squash-hierarchy",
        "--fail-on-error",
        "--dest-dir",
        pages,
        "people.lifecycle",
        ANSIBLE_COLLECTIONS_PATH=tree.collections,
    )
    shutil.copytree(source / "rst/images", pages / "docsite/images")  # antsibull-docs copies pages only
    shutil.copytree(source.parent / "schemas", pages / "docsite/schemas")
    shutil.copy(source / "conf.py", work)
    shutil.copytree(source / "site", work / "site")
    index = pages / "index.rst"
    index.write_text(arranged(index.read_text(), {path.name for path in (tree.root / "roles").iterdir()}))
    (pages / "ansible.inv").write_bytes(inventory(ANSIBLE_LABELS))
    commands.run("sphinx-build", "-W", "--keep-going", "-q", "-c", work, *arguments, pages, work / "html")
    shutil.rmtree(SITE, ignore_errors=True)
    shutil.copytree(work / "html", SITE, ignore=shutil.ignore_patterns(".doctrees", ".buildinfo"))


def arranged(index: str, roles: t.Collection[str]) -> str:
    """The first page with what ``roles`` run apart from what users call, at its end;
    raises StepFailed where nothing is found.
    """
    lines = index.splitlines()
    internal = [line for line in lines if any(f"people.lifecycle.{role}#module" in line for role in roles)]
    if len(internal) != len(roles):
        raise StepFailed("the first page of the documentation does not name the module of each role once")
    rest = "\n".join(line for line in lines if line not in internal)
    title = "Modules that only the roles run"
    return "\n".join(
        [
            rest.rstrip(),
            "",
            title,
            "-" * len(title),
            "",
            "Use the roles, unless you write one of your own.",
            "",
            *internal,
            "",
        ]
    )


def inventory(labels: dict[str, str]) -> bytes:
    """An inventory for intersphinx that knows ``labels`` and their pages."""
    head = (
        "# Sphinx inventory version 2\n# Project: Ansible\n# Version: devel\n# The remainder of this file is "
        "compressed using zlib.\n"
    )
    lines = "".join(f"{label} std:label -1 {page} {label.replace('_', ' ')}\n" for label, page in labels.items())
    return head.encode() + zlib.compress(lines.encode())
