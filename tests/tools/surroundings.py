# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What ansible-test needs around it: a pip for its own virtual environments and a PATH with working interpreters."""

from __future__ import annotations

import os
import pathlib
import re
import shutil
import subprocess
import sys

from running import BUILD, Commands

HERE = pathlib.Path(__file__).parent


def home() -> pathlib.Path:
    """The home folder, below which ansible-test keeps its cache; one in ``build`` where the real one is read-only."""
    real = pathlib.Path.home()
    return real if os.access(real, os.W_OK) else BUILD / "home"


def wanted_pips(environment: pathlib.Path) -> set[str]:
    """The versions of pip that the ansible-test in ``environment`` puts into its own environments."""
    (source,) = environment.glob("lib/python3.*/site-packages/ansible_test/_internal/python_requirements.py")
    return set(re.findall(r"\bpip='([0-9.]+)'", source.read_text()))


def provide_pip(commands: Commands, environment: pathlib.Path = pathlib.Path(sys.prefix)) -> None:
    """Put into the cache of ansible-test what it would download from elsewhere than the package index."""
    cache = home() / ".ansible/test/cache"
    cache.mkdir(parents=True, exist_ok=True)
    for version in wanted_pips(environment):
        script = cache / f"get_pip_{version.replace('.', '_')}.py"
        if not script.exists():
            commands.run(sys.executable, "-m", "pip", "download", "--no-deps", "--dest", cache, f"pip=={version}")
            shutil.copy(HERE / "get_pip.py", script)


def starts(program: str) -> bool:
    try:
        return subprocess.run([program, "-c", ""], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def search_path(links: pathlib.Path) -> str:
    """PATH with pyenv's interpreters from 3.10 on in place of its shims, which may name some that are not there."""
    shims = [folder for folder in os.environ["PATH"].split(os.pathsep) if folder.endswith("/shims")]
    links.mkdir(parents=True, exist_ok=True)
    for shim in shims:
        for program in pathlib.Path(shim).parent.glob("versions/3.*/bin/python3.*"):
            link = links / program.name
            if re.fullmatch(r"python3\.1\d", program.name) and not link.exists() and starts(str(program)):
                link.symlink_to(program)
    kept = [folder for folder in os.environ["PATH"].split(os.pathsep) if folder not in shims]
    return os.pathsep.join([kept[0], str(links), *kept[1:]])


def environment(work: pathlib.Path) -> dict[str, str]:
    """The variables to run ansible-test with."""
    return {"PATH": search_path(work / "interpreters"), "HOME": str(home())}
