# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Start the sandbox: one of each system, or the instances that are named.

python -m sandbox --ready-file F
python -m sandbox --instance iq=iq --instance iq_emea=iq --instance west=magistrala:early2025 --ready-file F
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pathlib
import pkgutil
import re
import threading
import time
import typing as t

from .atom import PROFILES, AnyMagistrala
from .server import Sandbox, serve_until_terminated
from .system import System


def systems() -> dict[str, type[System]]:
    """The system that each package in this folder has, by name; that of Magistrala has all generations."""
    packages = [entry.name for entry in pkgutil.iter_modules([str(pathlib.Path(__file__).parent)]) if entry.ispkg]
    exported = [value for name in packages for value in vars(importlib.import_module(f".{name}", __package__)).values()]
    found = {value.name: value for value in exported if isinstance(value, type) and issubclass(value, System)}
    return dict(sorted({**found, AnyMagistrala.name: AnyMagistrala}.items()))


SYSTEMS = systems()


def stop_when(over: t.Callable[[], bool], sandbox: Sandbox) -> None:
    """Stop the sandbox as soon as ``over`` answers yes; looks once a second, in a thread."""

    def watch() -> None:
        while not over():
            time.sleep(1)
        sandbox.stop()

    threading.Thread(target=watch, daemon=True).start()


def instance(text: str) -> tuple[str, System]:
    """Name and system of ``NAME=SYSTEM`` or ``NAME=SYSTEM:PROFILE``."""
    parts = re.fullmatch(rf"([a-z][a-z0-9_]*)=({'|'.join(SYSTEMS)})(?::(.*))?", text)
    if not parts:
        raise argparse.ArgumentTypeError(f"{text} is not NAME=SYSTEM with a system of {', '.join(SYSTEMS)}")
    name, system, profile = parts.groups()
    try:
        return name, SYSTEMS[system]() if profile is None else SYSTEMS[system](profile=profile)
    except (TypeError, ValueError) as error:
        raise argparse.ArgumentTypeError(f"{text}: {error}") from error


def options_given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--instance",
        action="append",
        type=instance,
        metavar="NAME=SYSTEM[:PROFILE]",
        help="an instance in place of one of each system; may be repeated; Magistrala has profiles",
    )
    for name in SYSTEMS:
        help_of_port = "port of the instance of this name; 0 (the default) takes any free one"
        parser.add_argument(f"--{name}-port", type=int, default=0, help=help_of_port)
    parser.add_argument("--magistrala-profile", choices=PROFILES, default="v0.30", help="without --instance")
    parser.add_argument(
        "--ready-file", type=pathlib.Path, help="gets the URLs by name as JSON once requests are accepted"
    )
    parser.add_argument("--with-parent", action="store_true", help="stop when the process that started it ends")
    parser.add_argument("--until-removed", action="store_true", help="stop when the ready file has been removed")
    options = parser.parse_args()
    if options.until_removed and not options.ready_file:
        parser.error("--until-removed needs --ready-file")
    names = [name for name, dummy in options.instance or ()]
    if len(set(names)) < len(names):
        parser.error("each --instance needs a name of its own")
    return options


def main() -> None:
    options = options_given()
    one_of_each = {name: system() for name, system in SYSTEMS.items()}
    one_of_each[AnyMagistrala.name] = AnyMagistrala(profile=options.magistrala_profile)
    instances = dict(options.instance) if options.instance else one_of_each
    sandbox = Sandbox(instances, {name: getattr(options, f"{name}_port") for name in SYSTEMS})

    def announce() -> None:
        text = json.dumps(sandbox.urls)
        print(text, flush=True)
        if options.ready_file:
            partial = options.ready_file.with_name(options.ready_file.name + ".part")
            partial.write_text(text)
            partial.replace(options.ready_file)
        if options.until_removed:
            stop_when(lambda: not options.ready_file.exists(), sandbox)

    if options.with_parent:
        parent = os.getppid()
        stop_when(lambda: os.getppid() != parent, sandbox)
    serve_until_terminated(sandbox, announce)


if __name__ == "__main__":
    main()
