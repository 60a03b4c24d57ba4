# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every code block that users read is in a known language, well-formed, and names only what exists."""

from __future__ import annotations

import ast
import configparser
import csv
import functools
import io
import json
import os
import pathlib
import re
import subprocess
import typing as t

import pytest
import yaml

from unit.docs.blocks import PROJECT, WITHOUT_LANGUAGE, Block, blocks, pages

BLOCKS = list(blocks())
YAML = ("yaml", "yaml+jinja", "yml")
SHELL = ("bash", "sh", "shell", "console")
PLAIN = ("text", "diff", "none")  # of no syntax that could be wrong
MINE = "people.lifecycle."
NESTED = ("block", "rescue", "always")


class Loader(yaml.SafeLoader):
    """Understands the tags of Ansible as the values that they stand at."""


Loader.add_multi_constructor("!", lambda loader, suffix, node: str(node.value))


def of(*languages: str) -> list[Block]:
    return [block for block in BLOCKS if block.language in languages]


def load(block: Block) -> t.Any:
    return yaml.load(block.text, Loader)


def commands(block: Block) -> str:
    """What a block of shell tells to type; after a prompt where it has prompts."""
    if not re.search(r"^\$ ", block.text, re.MULTILINE):
        return block.text
    return re.sub(
        r"^> ", "", "\n".join(re.findall(r"^\$ ((?:.*\\\n)*.*)", block.text, re.MULTILINE)), flags=re.MULTILINE
    )


def test_there_are_blocks() -> None:
    assert len(BLOCKS) > 30
    assert len(of(*YAML)) > 15


def test_every_block_says_its_language() -> None:
    known = {*YAML, *SHELL, *PLAIN, "python", "json", "ini", "csv", "jinja"}
    assert {str(block): block.language for block in BLOCKS if block.language not in known} == {}
    assert {
        path.name for path in pages() if path.suffix == ".rst" and WITHOUT_LANGUAGE.search(path.read_text())
    } == set()


@pytest.mark.parametrize("block", of("python", "json", "ini", "csv"), ids=str)
def test_data_and_python_can_be_read(block: Block) -> None:
    read: dict[str, t.Callable[[str], t.Any]] = {
        "python": ast.parse,
        "json": json.loads,
        "ini": configparser.ConfigParser(allow_no_value=True).read_string,
        "csv": lambda text: list(csv.reader(io.StringIO(text), strict=True)),
    }
    read[block.language](block.text)
    assert block.text.strip()


@pytest.mark.parametrize("block", of(*SHELL), ids=str)
def test_commands_can_be_read_by_a_shell(block: Block) -> None:
    done = subprocess.run(["bash", "-n"], input=commands(block), capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert commands(block).strip()


@pytest.mark.parametrize("block", of(*SHELL), ids=str)
def test_commands_name_what_exists(block: Block) -> None:
    typed = commands(block)
    playbooks = {path.stem for path in (PROJECT / "playbooks").glob("*.yml")}
    assert set(re.findall(r"^make ([a-z]+)", typed, re.MULTILINE)) <= make_targets()
    assert set(re.findall(r"ansible-playbook (?:-\S+ )*people\.lifecycle\.([a-z_]+)", typed)) <= playbooks
    assert set(re.findall(r"\b((?:on|off)board_[a-z_]+)=", typed)) <= role_variables()
    for name in re.findall(r"(?<![\w/.])((?:tests|playbooks|requirements|docs|extensions)/[\w./-]+\.\w+)", typed):
        assert (PROJECT / name).exists(), name


@functools.cache
def make_targets() -> set[str]:
    text = (PROJECT / "Makefile").read_text()
    listed = " ".join(re.findall(r"^\w+ := (.*)", text, re.MULTILINE)).split()
    return {*listed, *re.findall(r"^([a-z]+):", text, re.MULTILINE)}


@functools.cache
def role_variables() -> set[str]:
    specs = [yaml.safe_load(path.read_text()) for path in (PROJECT / "roles").glob("*/meta/argument_specs.yml")]
    others = {"onboard_report_data", "offboard_report_data", "onboard_connections", "offboard_connections"}
    return others.union(*(spec["argument_specs"]["main"]["options"] for spec in specs))


@pytest.mark.parametrize("block", of(*YAML), ids=str)
def test_yaml_can_be_read_and_names_variables_of_the_roles_rightly(block: Block) -> None:
    assert load(block) is not None
    named = set(re.findall(r"^\s*((?:on|off)board_[a-z_]+):", block.text, re.MULTILINE))
    assert named <= role_variables()


def tasks_in(tasks: t.Any) -> t.Iterator[dict[str, t.Any]]:
    for task in tasks if isinstance(tasks, list) else []:
        if isinstance(task, dict):
            yield task
            for key in NESTED:
                yield from tasks_in(task.get(key))


def is_play(item: t.Any) -> bool:
    return isinstance(item, dict) and ("hosts" in item or any(str(key).endswith("import_playbook") for key in item))


def plays(block: Block) -> list[dict[str, t.Any]]:
    """The plays of a block; tasks without a play get one. Nothing where it is data."""
    loaded = load(block)
    if not isinstance(loaded, list) or not all(isinstance(item, dict) for item in loaded):
        return []
    if all(is_play(item) for item in loaded):
        return loaded
    is_tasks = all(any("." in str(key) for key in item) or "block" in item for item in loaded)
    return [{"hosts": "localhost", "gather_facts": False, "tasks": loaded}] if is_tasks else []


def actions(block: Block) -> t.Iterator[tuple[str, t.Any]]:
    """The modules that the tasks of a block use, with their arguments."""
    for play in plays(block):
        for section in ("pre_tasks", "tasks", "post_tasks", "handlers"):
            for task in tasks_in(play.get(section)):
                for name in task:
                    if name.count(".") == 2:
                        yield name, task[name]


@functools.cache
def documented() -> dict[str, dict[str, t.Any]]:
    """The options of every module, as ansible-doc tells them."""
    names = [f"{MINE}{path.stem}" for path in (PROJECT / "plugins/modules").glob("*.py") if path.stem != "__init__"]
    done = subprocess.run(
        ["ansible-doc", "--json", *names], capture_output=True, text=True, check=True, cwd=PROJECT, env=env()
    )
    return {name: entry["doc"].get("options", {}) for name, entry in json.loads(done.stdout).items()}


def env() -> dict[str, str]:
    paths = os.environ.get("ANSIBLE_COLLECTIONS_PATH") or str(PROJECT / ".venv/collections")
    return {**os.environ, "ANSIBLE_COLLECTIONS_PATH": paths, "NO_COLOR": "1"}


def strangers(given: t.Any, options: dict[str, t.Any], where: str) -> t.Iterator[str]:
    """Arguments that a module does not have, and values that are not among its choices."""
    if not isinstance(given, dict):
        return
    names = {alias: option for name, option in options.items() for alias in (name, *option.get("aliases", []))}
    for name, value in given.items():
        if name not in names:
            yield f"{where}.{name}"
            continue
        option = names[name]
        if option.get("choices") and isinstance(value, str) and "{{" not in value and value not in option["choices"]:
            yield f"{where}.{name}: {value}"
        if "suboptions" in option:
            for item in value if isinstance(value, list) else [value]:
                yield from strangers(item, option["suboptions"], f"{where}.{name}")


# The modules of the system that is added for practice are there in the copy of test_adding_a_system.py only.
WITH_TASKS = [block for block in of(*YAML) if plays(block) and not block.place.startswith("guide_adding_a_system")]


@pytest.mark.parametrize("block", WITH_TASKS, ids=str)
def test_tasks_give_modules_only_options_that_they_have(block: Block) -> None:
    wrong = []
    for name, given in actions(block):
        if name.startswith(MINE):
            assert name in documented(), name
            wrong += strangers(given, documented()[name], name)
    assert wrong == []


def test_every_playbook_and_task_passes_the_syntax_check(tmp_path: pathlib.Path) -> None:
    files = []
    for number, block in enumerate(WITH_TASKS):
        played = plays(block)
        for play in played:
            for task in tasks_in(play.get("tasks")):
                for name in [key for key in task if key.count(".") == 2]:
                    if not name.startswith((MINE, "ansible.builtin.")):
                        # of a collection that is not installed here
                        task["ansible.builtin.debug"] = task.pop(name) and {}
        files.append(tmp_path / f"{number}-{re.sub(r'[^a-z_]', '-', block.place)}.yml")
        files[-1].write_text(yaml.safe_dump(played, sort_keys=False))
    assert len(files) > 15
    command = ["ansible-playbook", "--inventory", "localhost,", "--syntax-check", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT, env=env())
    assert (done.returncode, done.stderr) == (0, "")
