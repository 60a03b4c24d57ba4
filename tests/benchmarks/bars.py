# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The bars, each judged from the figures of one run, and how figures and bars are shown."""

from __future__ import annotations

import contextlib
import dataclasses
import statistics
import typing as t

Figures = dict[str, dict[str, t.Any]]


@dataclasses.dataclass(frozen=True)
class Bar:
    """One bar: ``value`` may be at most (or, with ``least``, at least) ``limit``."""

    name: str
    value: float
    limit: float
    least: bool = False

    @property
    def met(self) -> bool:
        return self.value >= self.limit if self.least else self.value <= self.limit


def median(figures: Figures, name: str) -> float:
    return statistics.median(figures[name]["seconds"])


def bars(figures: Figures) -> list[Bar]:
    """Every bar for which ``figures`` has what it needs."""
    judged: list[Bar] = []

    def judge(name: str, limit: float, value: t.Callable[[], float], least: bool = False) -> None:
        with contextlib.suppress(KeyError):  # a figure that was not measured
            judged.append(Bar(name, value(), limit, least))

    def ratio(one: str, other: str) -> t.Callable[[], float]:
        return lambda: median(figures, one) / median(figures, other)

    judge("b/a, 10,000 creates", 1.5, ratio("b create 10000", "a create 10000"))
    judge("b/a, 10,000 unchanged", 1.5, ratio("b unchanged 10000", "a unchanged 10000"))
    judge(
        "(b - module that does nothing)/a, 10,000 unchanged",
        1.5,
        lambda: (
            (median(figures, "b unchanged 10000") - median(figures, "nothing unchanged 10000"))
            / median(figures, "a unchanged 10000")
        ),
    )
    judge("d/b, 100 unchanged", 30, ratio("d unchanged 100", "b unchanged 100"), least=True)
    judge(
        "d/b, 1,000 unchanged (d extrapolated from 100)",
        200,
        lambda: extrapolated(figures) / median(figures, "b unchanged 1000"),
        least=True,
    )
    for name in [name for name in figures if name.startswith("f unchanged")]:
        sent = figures[name]
        judge("f: requests above the pages, unchanged", 2, lambda sent=sent: sent["requests"] - sent["least"] + 2)
        judge("f: repeated reads", 0, lambda sent=sent: sent["repeated"])
    judge("e: MiB at 100,000 accounts", 250, lambda: figures["e 100000"]["mebibytes"])
    judge("e: time at 100,000 / time at 10,000", 11, ratio("e 100000", "e 10000"))
    judge("g: single task / uri task", 1.0, ratio("g single", "g uri"))
    judge("onboard 1,000 people, unchanged: seconds", 12, lambda: median(figures, "onboard again 1000"))
    return judged


def extrapolated(figures: Figures) -> float:
    """Seconds of the loop d with 1,000 people: Ansible's start, and ten times the rest of 100."""
    start = median(figures, "empty playbook")
    return start + 10 * (median(figures, "d unchanged 100") - start)


def table(figures: Figures) -> str:
    lines = [f"{'what':<28} {'median':>9} {'least':>9} {'most':>9} {'processor':>10}"]
    for name, figure in figures.items():
        if "seconds" in figure:
            seconds = figure["seconds"]
            cpu = statistics.median(figure["cpu"])
            memory = f"  {figure['mebibytes']} MiB" if figure.get("mebibytes") else ""
            shown = (
                f"{statistics.median(seconds):>8.2f}s {min(seconds):>8.2f}s {max(seconds):>8.2f}s {cpu:>9.2f}s{memory}"
            )
        else:
            shown = f"{figure['requests']} requests, at least {figure['least']}; {figure['repeated']} reads repeated"
        lines.append(f"{name:<28} {shown}")
    return "\n".join(lines)


def verdicts(judged: t.Sequence[Bar]) -> str:
    return "\n".join(
        f"{'met   ' if each.met else 'MISSED'} {each.name}: {each.value:.2f}, "
        f"{'at least' if each.least else 'at most'} {each.limit:g}"
        for each in judged
    )
