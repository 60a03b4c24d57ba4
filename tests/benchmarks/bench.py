# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measure how fast the collection is: ``bench.py [--quick] [--only single,bulk,...]``.

Prints a table and writes ``build/bench.json``. Figures of parts that are left out are kept from the last run. The exit
status says whether the benchmark ran, not whether the bars were met.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import pathlib
import time

from bars import Figures, bars, table, verdicts
from measures import QUICK, Bench, Sizes
from sandboxed import sandbox

BUILD = pathlib.Path(__file__).resolve().parents[2] / "build"
PARTS = ("single", "requests", "bulk", "memory", "onboard", "loops")


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.py", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="tiny numbers: shows that the benchmark works, and nothing else"
    )
    parser.add_argument("--only", default=",".join(PARTS), help=f"some of {','.join(PARTS)}")
    parser.add_argument("--bulk", type=int, nargs="+", help="numbers of people for the part bulk")
    parser.add_argument(
        "--folder", type=pathlib.Path, default=BUILD / "bench", help="for playbooks and lists of people"
    )
    parser.add_argument("--json", type=pathlib.Path, default=BUILD / "bench.json", help="where the figures go")
    options = parser.parse_args()
    wanted = options.only.split(",")
    unknown = set(wanted) - set(PARTS)
    if unknown:
        parser.error(f"no part {', '.join(sorted(unknown))}")
    options.folder.mkdir(parents=True, exist_ok=True)
    earlier = json.loads(options.json.read_text())["figures"] if options.json.exists() and not options.quick else {}
    figures = dict(earlier)
    with sandbox(options.folder) as running:
        sizes = QUICK if options.quick else Sizes()
        if options.bulk:
            sizes = dataclasses.replace(sizes, bulk=tuple(options.bulk))
        bench = Bench(running, options.folder, sizes)
        for part in wanted:
            begun = time.monotonic()
            figures.update(getattr(bench, part)())
            write(options.json, figures)
            print(f"{part}: {time.monotonic() - begun:.0f} s", flush=True)
    print(f"\n{table(figures)}\n\n{verdicts(bars(figures))}")


def write(path: pathlib.Path, figures: Figures) -> None:
    verdict = [{"bar": each.name, "value": each.value, "limit": each.limit, "met": each.met} for each in bars(figures)]
    machine = {"processors": os.cpu_count(), "load": os.getloadavg()[0]}
    path.write_text(json.dumps({"machine": machine, "figures": figures, "bars": verdict}, indent=1))


if __name__ == "__main__":
    main()
