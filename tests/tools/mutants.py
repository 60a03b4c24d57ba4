# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Switch off the rules of ``rules.py`` one by one, in a copy, and see that the test of each fails.

``mutants.py [WORDS]`` takes only the rules that have WORDS in their name.
"""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from rules import RULES, Rule
from running import PROJECT

SECONDS = 300


def copy(folder: pathlib.Path) -> pathlib.Path:
    """The collection's plugins below ``folder``, importable from there; returns its module_utils."""
    target = folder / "ansible_collections/people/lifecycle"
    shutil.copytree(PROJECT / "plugins", target / "plugins", ignore=shutil.ignore_patterns("__pycache__"))
    return target / "plugins/module_utils"


def passes(test: str, collections: pathlib.Path) -> bool:
    """Whether ``test`` passes with the plugins in ``collections``; one that hangs does not."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", test]
    environment = {**os.environ, "PYTHONPATH": str(collections), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return False
    if done.returncode not in (0, 1):
        raise SystemExit(f"pytest {test} ended with {done.returncode}:\n{done.stdout.decode()}")
    return done.returncode == 0


def switched_off(rule: Rule, source: str) -> str:
    if source.count(rule.old) != 1:
        raise SystemExit(f"{rule.file} does not have exactly once what makes this rule hold: {rule.name}")
    return source.replace(rule.old, rule.new)


def main(words: str) -> int:
    rules = [rule for rule in RULES if words.lower() in rule.name.lower()]
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        collections = pathlib.Path(folder)
        utils = copy(collections)
        for test in dict.fromkeys(rule.test for rule in rules):
            if not passes(test, collections):
                raise SystemExit(f"{test} fails with every rule in force")
        survivors = []
        for rule in rules:
            file = utils / rule.file
            source = file.read_text()
            file.write_text(switched_off(rule, source))
            noticed = not passes(rule.test, collections)
            file.write_text(source)
            print(f"{'noticed' if noticed else 'MISSED '}  {rule.name}", flush=True)
            if not noticed:
                survivors.append(rule)
    seconds = time.monotonic() - begun
    print(f"{len(rules) - len(survivors)} of {len(rules)} rules are noticed when switched off ({seconds:.0f} s)")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:])))
