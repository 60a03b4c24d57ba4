# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Imports point down only, in no circle, and vendors' libraries stay behind one folder each; drawn from the source.

Imports for types alone count as any other: who must know a type must lie above it.
"""

from __future__ import annotations

import ast
import pathlib
import typing as t

import pytest

PLUGINS = pathlib.Path(__file__).resolve().parents[2] / "plugins"
OURS = "ansible_collections.people.lifecycle.plugins."
LONGEST = 250
SYSTEMS = ("_iics", "_iq", "_magistrala")
# The layers from the top; a file imports from its own and lower ones only.
ORDER = (
    ("modules", "action", "filter", "lookup", "inventory"),
    ("plugin_utils",),
    ("_systems",),
    SYSTEMS,
    ("_ansible", "_http"),
    ("_core",),
)
ONLY_IN = {"requests": "_http", "lxml": "_http", "ansible": "_ansible"}  # below module_utils
DOCUMENTATION = ("modules", "doc_fragments")

Graph = dict[str, set[str]]


def module_name(path: pathlib.Path) -> str:
    """The name of a file as imports spell it, without what all have in common."""
    parts = path.relative_to(PLUGINS).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(tree: ast.Module) -> t.Iterator[str]:
    """Everything that a file imports, wherever in it: of ``from a import b`` both ``a`` and ``a.b``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "an import of a relative name"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


FILES = {module_name(path): path for path in sorted(PLUGINS.rglob("*.py"))}
IMPORTS = {name: set(imported(ast.parse(path.read_text(encoding="utf-8")))) for name, path in FILES.items()}


def own(names: t.Iterable[str]) -> set[str]:
    """The files of ours among imported ``names``."""
    return {name.removeprefix(OURS) for name in names if name.startswith(OURS)} & FILES.keys()


GRAPH: Graph = {name: own(names) - {name} for name, names in IMPORTS.items()}


def folder(name: str) -> str:
    """The part of a file's place that has a layer of its own."""
    parts = name.split(".")
    return parts[1] if parts[0] == "module_utils" and len(parts) > 1 else parts[0]


def level(name: str) -> int:
    """The layer of a file, counted from the top."""
    return next(number for number, layer in enumerate(ORDER) if folder(name) in layer)


def placed(graph: Graph) -> Graph:
    """``graph`` without documentation alone and empty packages, which have no layer."""
    return {
        name: found
        for name, found in graph.items()
        if name not in ("module_utils",) and folder(name) != "doc_fragments"
    }


def upward(graph: Graph) -> list[str]:
    """The arrows that point up, or from one folder of a layer to another."""
    arrows = ((name, other) for name, others in sorted(placed(graph).items()) for other in sorted(others))
    return [
        f"{name} -> {other}"
        for name, other in arrows
        if level(other) < level(name) or (level(other) == level(name) and may_not_meet(folder(name), folder(other)))
    ]


def may_not_meet(one: str, other: str) -> bool:
    """Whether two folders of one layer must not know each other; an action reads its module's documentation."""
    return one != other and (one, other) != ("action", "modules")


def circles(graph: Graph) -> list[set[str]]:
    """The sets of files that import each other, directly or by others."""

    def reach(name: str) -> set[str]:
        seen: set[str] = set()
        waiting = [*graph[name]]
        while waiting:
            other = waiting.pop()
            if other not in seen:
                seen.add(other)
                waiting += graph.get(other, ())
        return seen

    reached = {name: reach(name) for name in graph}
    found = []
    for name in sorted(graph):
        if name in reached[name] and not any(name in circle for circle in found):
            found.append({other for other in reached[name] if name in reached.get(other, ())})
    return found


def foreign(imports: Graph) -> list[str]:
    """Vendors' libraries in files of module_utils that are not of their folder."""
    return [
        f"{name} imports {library}"
        for name, names in sorted(imports.items())
        if name.startswith("module_utils.")
        for library in sorted({each.partition(".")[0] for each in names} & ONLY_IN.keys())
        if folder(name) != ONLY_IN[library]
    ]


def test_every_file_has_a_layer() -> None:
    assert len(FILES) > 50
    layered = {each for layer in ORDER for each in layer} | {"doc_fragments", "module_utils"}
    assert [name for name in FILES if folder(name) not in layered] == []


def test_every_layer_is_there_and_is_imported() -> None:
    below = {folder(other) for others in GRAPH.values() for other in others}
    assert [each for layer in ORDER[1:] for each in layer if each not in below] == []


def test_imports_point_down() -> None:
    assert upward(GRAPH) == []


def test_no_system_knows_another() -> None:
    pairs = [(name, other) for name, others in GRAPH.items() for other in others if folder(name) in SYSTEMS]
    assert [pair for pair in pairs if folder(pair[1]) in SYSTEMS and folder(pair[0]) != folder(pair[1])] == []


def test_the_core_knows_nothing_of_ours_outside() -> None:
    core = {name: {folder(other) for other in others} for name, others in GRAPH.items() if folder(name) == "_core"}
    assert len(core) > 10
    assert {name: others for name, others in core.items() if others - {"_core"}} == {}


def test_a_module_imports_its_own_system_only() -> None:
    """So that what is packed and sent for one module stays small."""
    for name in FILES:
        system = next((each for each in SYSTEMS if name.startswith(f"modules.{each[1:]}_")), None)
        if system:
            assert {folder(other) for other in GRAPH[name]} <= {system, "_ansible"}, name


@pytest.mark.parametrize("library", sorted(ONLY_IN))
def test_libraries_are_imported_in_one_folder_only(library: str) -> None:
    assert any(library == each.partition(".")[0] for names in IMPORTS.values() for each in names)
    assert [line for line in foreign(IMPORTS) if line.endswith(f" {library}")] == []


def test_there_is_no_circle() -> None:
    assert circles(GRAPH) == []


def test_what_actions_import_is_compiled_once() -> None:
    """But for what keeps the bytecode, and the few lines that all actions of modules share."""
    at_once = {
        (name, node.module)
        for name, path in FILES.items()
        if folder(name) == "action"
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith(OURS)
    }
    assert len({name for name, dummy in at_once}) == len([name for name in FILES if folder(name) == "action"])
    assert {module for dummy, module in at_once} == {OURS + "plugin_utils", OURS + "plugin_utils.direct.action"}


def test_files_stay_small() -> None:
    lengths = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in FILES.items()}
    assert {n: length for n, length in lengths.items() if length > LONGEST and folder(n) not in DOCUMENTATION} == {}


def test_what_is_wrong_would_be_noticed() -> None:
    core, iq, iics, http = (
        f"module_utils.{name}" for name in ("_core.plan", "_iq.client", "_iics.client", "_http.wire")
    )
    assert upward({core: {iq}, iq: {core}}) == [f"{core} -> {iq}"]
    assert upward({iq: {iics}, http: {core}}) == [f"{iq} -> {iics}"]
    assert upward({"plugin_utils.people.plan": {"action.onboard"}}) == ["plugin_utils.people.plan -> action.onboard"]
    assert upward({"filter.roster": {"lookup.roster"}}) == ["filter.roster -> lookup.roster"]
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [{"a", "b", "c"}]
    assert circles({"a": {"b"}, "b": set()}) == []
    assert foreign({core: {"requests.exceptions"}, http: {"requests"}}) == [f"{core} imports requests"]
    under_type_checking = ast.parse("import typing as t\nif t.TYPE_CHECKING:\n    from a.b import c\n")
    inside_a_function = ast.parse("def f():\n    import a.d\n")
    assert {"a.b", "a.b.c"} <= set(imported(under_type_checking)) and "a.d" in set(imported(inside_a_function))
