# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Workflows: a graph of nodes."""

from __future__ import annotations

import typing as t

Values = dict[str, t.Any]
EDGES = ("success_nodes", "failure_nodes", "always_nodes")


def edges(node: Values) -> list[tuple[str, str]]:
    """(kind, identifier) of what follows a node."""
    return [(kind, follower["identifier"]) for kind in EDGES for follower in node.get("related", {}).get(kind, [])]


def problems(nodes: t.Sequence[Values]) -> list[str]:
    """What is wrong with the graph: doubled and unknown names, cycles, two edges to one node, several beginnings."""
    names = [node["identifier"] for node in nodes]
    found = [f"{name} is there twice" for name in sorted(set(names)) if names.count(name) > 1]
    graph = {node["identifier"]: [follower for dummy, follower in edges(node)] for node in nodes}
    for name, followers in graph.items():
        found += [f"{name} leads to {other}, which is not there" for other in followers if other not in graph]
        found += [f"{name} leads to {other} twice" for other in sorted(set(followers)) if followers.count(other) > 1]
    led_to = {follower for followers in graph.values() for follower in followers}
    beginnings = [name for name in graph if name not in led_to]
    if len(beginnings) != 1:
        found.append(f"there must be one beginning, not {beginnings}")
    if not found and cyclic(graph):
        found.append("the graph has a cycle")
    return found


def cyclic(graph: dict[str, list[str]]) -> bool:
    left = dict(graph)
    while left:
        ends = [name for name, followers in left.items() if not set(followers) & left.keys()]
        if not ends:
            return True
        for name in ends:
            del left[name]
    return False


def ways(nodes: t.Sequence[Values], target: str) -> list[list[str]]:
    """All ways from a beginning to ``target``, each as identifiers and, between them, kinds of edges."""
    into = [(node["identifier"], kind) for node in nodes for kind, follower in edges(node) if follower == target]
    if not into:
        return [[target]]
    return [[*way, kind, target] for name, kind in into for way in ways(nodes, name)]
