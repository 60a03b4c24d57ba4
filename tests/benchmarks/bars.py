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


def median(figures: Figures, name: str, kind: str = "seconds") -> float:
    return statistics.median(figures[name][kind])


def bars(figures: Figures) -> list[Bar]:
    """Every bar for which ``figures`` has what it needs."""
    judged: list[Bar] = []

    def judge(name: str, limit: float, value: t.Callable[[], float], least: bool = False) -> None:
        with contextlib.suppress(KeyError):  # a figure that was not measured
            judged.append(Bar(name, value(), limit, least))

    def ratio(one: str, other: str, above: str = "", kind: str = "seconds") -> t.Callable[[], float]:
        """``one`` by ``other``, both without what ``above`` took."""

        def value() -> float:
            start = median(figures, above, kind) if above else 0.0
            return (median(figures, one, kind) - start) / (median(figures, other, kind) - start)

        return value

    loop, start = "unchanged 100", "g empty"
    judge(
        "loop of 100 above Ansible's start / uri loop, processor", 0.045, ratio(f"c {loop}", f"d {loop}", start, "cpu")
    )
    judge("loop of 100 above Ansible's start / uri loop, clock", 0.05, ratio(f"c {loop}", f"d {loop}", start))
    judge("an item / an item of the module in a process", 0.04, ratio(f"c {loop}", f"c module {loop}", start))
    judge("g: single task / uri task", 0.68, ratio("g single", "g uri"))
    judge(
        "(b - empty playbook)/a, 10,000 unchanged",
        4,
        lambda: (median(figures, "b unchanged 10000") - median(figures, start)) / median(figures, "a unchanged 10000"),
    )
    judge("b / b as a module, 10,000 unchanged", 0.75, ratio("b unchanged 10000", "b module unchanged 10000"))
    judge("b/a, 10,000 creates", 1.25, ratio("b create 10000", "a create 10000"))
    judge("d/b, 100 unchanged", 30, ratio("d unchanged 100", "b unchanged 100"), least=True)
    judge(
        "d/b, 1,000 unchanged (d extrapolated from 100)",
        200,
        lambda: extrapolated(figures) / median(figures, "b unchanged 1000"),
        least=True,
    )
    for name in [name for name in figures if name.startswith(("f unchanged", "f loop"))]:
        sent = figures[name]
        judge(f"{name}: requests above the least", 0, lambda sent=sent: sent["requests"] - sent["least"])
        judge(f"{name}: repeated reads", 0, lambda sent=sent: sent["repeated"])
    judge("e: MiB at 100,000 accounts", 250, lambda: figures["e 100000"]["mebibytes"])
    judge("e: time at 100,000 / time at 10,000", 11, ratio("e 100000", "e 10000"))
    for count, most in ((1000, 6), (10000, 40)):
        again, beside = f"onboard again {count}", f"onboard beside {count}"
        judge(f"onboard {count:,} people, unchanged / empty playbook", most, ratio(again, beside))
    judge("onboard 10,000 people: MiB of the largest process", 300, lambda: figures["onboard again 10000"]["mebibytes"])
    return judged


def extrapolated(figures: Figures) -> float:
    """Seconds of the loop d with 1,000 people: Ansible's start, and ten times the rest of 100."""
    start = median(figures, "g empty")
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
