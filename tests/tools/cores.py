# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The releases of ansible-core that the collection is tried on, and what the environment of each holds."""

from __future__ import annotations

import dataclasses
import pathlib
import re

from running import PROJECT

OLDEST, NEWEST, NEXT = "2.16", "2.21", "next"
IN_AWX = "2.18"  # what the execution environment in extensions/awx has
# What the tests themselves import; their versions are those of requirements/dev.txt.
TESTS_NEED = (
    "pytest",
    "hypothesis",
    "jsonschema",
    "starlette",
    "uvicorn",
    "httptools",
    "uvloop",
    "sonatype-iq-api-client",
    "infapy",
    "graphql-core",
    "ansible-runner",
)

# The vendor's client, which only tests use, asks for a newer one than old releases of requests work with.
OLD_URLLIB3 = "urllib3>=1.26,<1.27"


@dataclasses.dataclass(frozen=True)
class Row:
    """One release of ansible-core, and the Pythons that its controller runs on, the preferred one first."""

    core: str
    pythons: tuple[str, ...]

    @property
    def name(self) -> str:
        return ".".join(self.core.split(".")[:2])


ROWS = (
    Row("2.16.19", ("3.11", "3.12")),
    Row("2.17.14", ("3.11", "3.12")),
    Row("2.18.19", ("3.11", "3.12", "3.13")),
    Row("2.19.14", ("3.11", "3.12", "3.13")),
    Row("2.20.10", ("3.12", "3.13", "3.14")),
    Row("2.21.5", ("3.13", "3.12", "3.14")),
)
UPCOMING = Row(NEXT, ("3.13", "3.14", "3.12"))


def lock(row: Row) -> pathlib.Path:
    """Exact versions and hashes of ``requirements`` and of all that they need, as ``lock_matrix.py`` wrote them."""
    return PROJECT / f"requirements/matrix/{row.name}.lock"


def requirements(row: Row) -> list[str]:
    """What the environment of ``row`` holds; the oldest has the oldest libraries that the collection asks for."""
    pins = dict(re.findall(r"^([a-z0-9-]+)==(\S+)$", (PROJECT / "requirements/dev.txt").read_text(), re.MULTILINE))
    libraries = dict(re.findall(r"^([a-z]+)>=(\S+)$", (PROJECT / "meta/ee-requirements.txt").read_text(), re.MULTILINE))
    if row.name != OLDEST:
        libraries = {name: pins[name] for name in libraries}
    tests = {name: pins[name] for name in TESTS_NEED}
    pinned = [f"{name}=={version}" for name, version in {**libraries, **tests}.items()]
    return ["ansible-core" if row is UPCOMING else f"ansible-core=={row.core}", *pinned]
