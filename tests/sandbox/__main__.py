# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Start the sandbox: ``python -m sandbox --iics-port 0 --iq-port 0 --magistrala-port 0 --ready-file F``."""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import threading
import time
import typing as t

from .atom import PROFILES, AnyMagistrala
from .iics import Iics
from .iq import Iq
from .server import Sandbox, serve_until_terminated


def stop_when(over: t.Callable[[], bool], sandbox: Sandbox) -> None:
    """Stop the sandbox as soon as ``over`` answers yes; looks once a second, in a thread."""

    def watch() -> None:
        while not over():
            time.sleep(1)
        sandbox.stop()

    threading.Thread(target=watch, daemon=True).start()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    for name in ("iics", "iq", "magistrala"):
        parser.add_argument(f"--{name}-port", type=int, default=0, help="0 (the default) takes any free port")
    parser.add_argument("--magistrala-profile", choices=PROFILES, default="v0.30")
    parser.add_argument("--ready-file", type=pathlib.Path, help="gets the URLs as JSON once requests are accepted")
    parser.add_argument("--with-parent", action="store_true", help="stop when the process that started it ends")
    parser.add_argument("--until-removed", action="store_true", help="stop when the ready file has been removed")
    options = parser.parse_args()
    if options.until_removed and not options.ready_file:
        parser.error("--until-removed needs --ready-file")

    sandbox = Sandbox(
        [Iics(), Iq(), AnyMagistrala(profile=options.magistrala_profile)],
        {"iics": options.iics_port, "iq": options.iq_port, "magistrala": options.magistrala_port},
    )

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
