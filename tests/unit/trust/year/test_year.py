# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Years of companies by random: nobody is let in, left in or taken over by a row, and whoever is held is told.

With ``SOAK_SECONDS`` (``make soak``) there are 200 companies of 300, each for a whole year, as far as the time reaches.
``SOAK_PEOPLE`` and ``SOAK_MONTHS`` make them smaller, so that more of them fit. Every third company has two
organizations of IICS and two IQ Servers, and half the people. Some people have an account in two realms of an IQ
Server.
"""

from __future__ import annotations

import os
import pathlib
import time

import pytest

from people_company import Company
from sandbox.iics import Iics
from sandbox.iq import Iq
from sandbox.magistrala import Magistrala
from sandbox.server import running
from unit.instances.conftest import INSTANCES, Large
from unit.trust.year.company_year import OF_EACH, Year

SOAK = float(os.environ.get("SOAK_SECONDS", 0))
SEEDS, MONTHS, PEOPLE = (
    (10, 4, 20)
    if not SOAK
    else (200, int(os.environ.get("SOAK_MONTHS", "12")), int(os.environ.get("SOAK_PEOPLE", "300")))
)
MOST_HELD = 0.05  # of those about whom nothing is odd


@pytest.fixture(scope="module")
def end() -> float:
    """When no other year is begun."""
    return time.monotonic() + (SOAK or float("inf"))


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_year_of_a_company(tmp_path: pathlib.Path, seed: int, end: float) -> None:
    if time.monotonic() > end:
        pytest.skip("the time of the soak is over")
    large = seed % 3 == 0
    instances = {"iics_dev": Iics(), "iq_emea": Iq()} if large else {}
    with running(Iics(), Iq(), Magistrala(), instances=instances) as sandbox:
        company = Large(sandbox, tmp_path) if large else Company(sandbox)
        year = Year(company, tmp_path, seed, PEOPLE // 2 if large else PEOPLE, INSTANCES if large else OF_EACH)
        for _month in range(MONTHS):
            year.month()
    assert year.harmless > (PEOPLE // 2 if large else PEOPLE)
    assert len(year.held) <= MOST_HELD * year.harmless, "held for nothing: " + "\n".join(year.held)
