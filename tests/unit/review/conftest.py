# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The services of a company."""

from __future__ import annotations

import typing as t

import pytest

from sandbox.atom import AnyMagistrala
from sandbox.iics import Iics
from sandbox.iq import Iq
from sandbox.server import Sandbox, running


@pytest.fixture(scope="session")
def systems() -> t.Iterator[Sandbox]:
    with running(Iics(), Iq(), AnyMagistrala()) as sandbox:
        yield sandbox
