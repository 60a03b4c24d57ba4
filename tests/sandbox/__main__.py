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

from .iics import Iics
from .iq import Iq
from .magistrala import PROFILES, Magistrala
from .server import Sandbox, serve_until_terminated


def stop_without_parent(sandbox: Sandbox) -> None:
    """End the sandbox when the process that started it is gone."""
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(1)
    sandbox.stop()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    for name in ("iics", "iq", "magistrala"):
        parser.add_argument(f"--{name}-port", type=int, default=0, help="0 (the default) takes any free port")
    parser.add_argument("--magistrala-profile", choices=PROFILES, default="v0.30")
    parser.add_argument("--ready-file", type=pathlib.Path, help="gets the URLs as JSON once requests are accepted")
    parser.add_argument("--with-parent", action="store_true", help="stop when the process that started it ends")
    options = parser.parse_args()

    sandbox = Sandbox(
        [Iics(), Iq(), Magistrala(profile=options.magistrala_profile)],
        {"iics": options.iics_port, "iq": options.iq_port, "magistrala": options.magistrala_port},
    )

    def announce() -> None:
        text = json.dumps(sandbox.urls)
        print(text, flush=True)
        if options.ready_file:
            partial = options.ready_file.with_name(options.ready_file.name + ".part")
            partial.write_text(text)
            partial.replace(options.ready_file)

    if options.with_parent:
        threading.Thread(target=stop_without_parent, args=[sandbox], daemon=True).start()
    serve_until_terminated(sandbox, announce)


if __name__ == "__main__":
    main()
