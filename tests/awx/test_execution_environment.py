# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the built package tells ansible-builder, and that it is enough to import every module and plugin."""

from __future__ import annotations

import importlib
import os
import pathlib
import re
import subprocess
import sys
import typing as t

import pytest
import yaml

from awx import content, jobs, tools

NAME = "ansible_collections/people/lifecycle"
IMPORT_ALL = """
import importlib, pathlib, sys
root = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(root))
files = sorted((root / "ansible_collections/people/lifecycle/plugins").rglob("*.py"))
names = [".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__") for path in files]
for name in names:
    importlib.import_module(name)
print(len(names), "imported")
"""


def run(*command: str | pathlib.Path, **more: t.Any) -> str:
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, timeout=300, check=False, **more
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A folder for ANSIBLE_COLLECTIONS_PATH with the collection as users install it."""
    work = tmp_path_factory.mktemp("package")
    environment = {**jobs.surroundings(), "ANSIBLE_COLLECTIONS_PATH": str(work), "ANSIBLE_HOME": str(work / "home")}
    source = copy_of_project(work)
    run("ansible-galaxy", "collection", "build", "--output-path", work, cwd=source, env=environment)
    (package,) = work.glob("people-lifecycle-*.tar.gz")
    target = work / "installed"
    run("ansible-galaxy", "collection", "install", "--offline", "-p", target, package, env=environment)
    return target


def tool(name: str) -> t.Any:
    """A module of ``tests/tools``."""
    sys.path.insert(0, str(content.PROJECT / "tests/tools"))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.pop(0)


def copy_of_project(work: pathlib.Path) -> pathlib.Path:
    """The files of the project without what lies around, so that a package can be built of them quickly."""
    tree = tool("tree").Tree()
    target = work / "source"
    os.rename(tree.root, target)
    tree.__exit__()
    return target


def introspected(installed: pathlib.Path, folder: pathlib.Path) -> tuple[list[str], list[str]]:
    """The Python and the system requirements that ansible-builder finds."""
    python, system = folder / "python.txt", folder / "bindep.txt"
    run("ansible-builder", "introspect", "--sanitize", installed, "--write-pip", python, "--write-bindep", system)
    return python.read_text().splitlines(), system.read_text().splitlines()


def names(lines: t.Iterable[str]) -> list[str]:
    return [re.split(r"[^A-Za-z0-9_.+-]", line)[0] for line in lines if line and not line.startswith("#")]


def test_the_builder_finds_both_lists(installed: pathlib.Path, tmp_path: pathlib.Path) -> None:
    python, system = introspected(installed, tmp_path)
    assert names(python) == ["requests", "lxml"]
    assert set(names(system)) == {"gcc", "libxml2-devel", "libxslt-devel", "libxml2-dev", "libxslt1-dev"}
    assert [line for line in system if line and "[compile platform:" not in line] == []


def test_with_exactly_these_requirements_every_module_and_plugin_can_be_imported(
    installed: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    python, dummy = introspected(installed, tmp_path)
    core = [
        line
        for line in (content.PROJECT / "requirements/dev.txt").read_text().splitlines()
        if line.startswith("ansible-core==")
    ]
    wanted = tmp_path / "requirements.txt"
    wanted.write_text("\n".join([*core, *python]) + "\n")
    programs = tools.environment("clean", wanted)
    environment = {key: value for key, value in jobs.surroundings().items() if key != "PYTHONPATH"}
    told = run(programs / "python", "-c", IMPORT_ALL, installed, env=environment, cwd=tmp_path)
    count = len(list((installed / NAME / "plugins").rglob("*.py")))
    assert told.strip().endswith(f"{count} imported")
    present = run(
        programs / "python", "-c", "import yaml, requests, lxml; print(requests.__version__)", env=environment
    )
    assert present


def test_the_definition_for_users_can_be_created(tmp_path: pathlib.Path) -> None:
    definition = content.FOLDER / "execution-environment.yml"
    context = tmp_path / "context"
    run("ansible-builder", "create", "--file", definition, "--context", context, "--output-filename", "Containerfile")
    container = (context / "Containerfile").read_text()
    assert re.search(r"rockylinux/rockylinux@sha256:[0-9a-f]{64}\b", container) and "python3.11" in container
    wanted = yaml.safe_load((context / "_build/requirements.yml").read_text())
    version = yaml.safe_load((content.PROJECT / "galaxy.yml").read_text())["version"]
    exactly = {"collections": [{"name": "people.lifecycle", "version": version, "type": "galaxy"}]}
    assert wanted == exactly
    assert yaml.safe_load((content.FOLDER / "project/collections/requirements.yml").read_text()) == exactly
    assert "ENV PIP_CONSTRAINT=" in container and (context / "_build/configs/constraints.txt").exists()
    assert "ENV ANSIBLE_PIPELINING=1" in container.rpartition("FROM ")[2]


def test_the_definition_asks_for_what_the_collection_supports() -> None:
    supported = yaml.safe_load((content.PROJECT / "meta/runtime.yml").read_text())["requires_ansible"]
    asked = yaml.safe_load((content.FOLDER / "execution-environment.yml").read_text())
    assert supported == ">=2.16.0"
    pins = dict(
        re.findall(r"^([a-z0-9-]+)==(\S+)", (content.PROJECT / "requirements/dev.txt").read_text(), re.MULTILINE)
    )
    constrained = dict(
        re.findall(r"^([a-z0-9-]+)==(\S+)", (content.FOLDER / "constraints.txt").read_text(), re.MULTILINE)
    )
    cores = tool("cores")
    assert cores.IN_AWX == "2.18", "later ones do not leave answers to surveys as they were typed"
    (pins["ansible-core"],) = [row.core for row in cores.ROWS if row.name == cores.IN_AWX]
    for name, key in (("ansible-core", "ansible_core"), ("ansible-runner", "ansible_runner")):
        assert asked["dependencies"][key]["package_pip"] == f"{name}=={pins[name]}"
    for name in ("ansible-core", "ansible-runner", "requests", "lxml"):
        assert constrained[name] == pins[name]


@pytest.mark.parametrize("name", ["dev", "awx", "rulebook", "importer", "uv"])
def test_every_tool_has_an_exact_version_and_hashes(name: str) -> None:
    pins = re.findall(r"^([a-z0-9-]+==\S+)", (content.PROJECT / f"requirements/{name}.txt").read_text(), re.MULTILINE)
    lock = (content.PROJECT / f"requirements/{name}.lock").read_text()
    blocks = dict(re.findall(r"^([a-z0-9.-]+==[^\s;]+)((?:.*\\\n)*.*)$", lock, re.MULTILINE))
    assert pins and set(pins) <= set(blocks)
    assert [tool for tool, block in blocks.items() if "--hash=sha256:" not in block] == []


def test_every_ansible_core_is_tried_with_exact_versions_and_hashes() -> None:
    cores = tool("cores")
    for row in cores.ROWS:
        lock = cores.lock(row)
        blocks = dict(re.findall(r"^([a-z0-9.-]+==[^\s;]+)((?:.*\\\n)*.*)$", lock.read_text(), re.MULTILINE))
        assert set(cores.requirements(row)) <= set(blocks), f"{lock.name}: run tests/tools/lock_matrix.py"
        assert [tool for tool, block in blocks.items() if "--hash=sha256:" not in block] == []
