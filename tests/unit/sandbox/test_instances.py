# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Several instances of one system at once, in one process and from the command line."""

from __future__ import annotations

import pathlib
import subprocess

import pytest
import requests

from sandbox.apart import TESTS, command, started
from sandbox.iq import Iq
from sandbox.magistrala import Magistrala
from sandbox.server import running

IQ_ADMIN = ("admin", "admin123")


def iq_names(url: str) -> list[str]:
    answer = requests.get(url + "/api/v2/users", auth=IQ_ADMIN, timeout=5)
    return [user["username"] for user in answer.json()["users"]]


def test_each_instance_has_a_state_of_its_own() -> None:
    with running(Iq(), instances={"iq_emea": Iq(release=150)}) as sandbox:
        assert set(sandbox.urls) == {"iq", "iq_emea"} == set(sandbox.apps)
        sandbox.apps["iq_emea"].act("POST", "seed", {"count": 1})
        assert iq_names(sandbox.urls["iq"]) == ["admin"]
        assert iq_names(sandbox.urls["iq_emea"]) == ["admin", "person-00001"]
        assert [len(app.journal) for app in sandbox.apps.values()] == [1, 1]


@pytest.mark.parametrize(("systems", "instances"), [([Iq(), Iq()], {}), ([Iq()], {"iq": Magistrala()})])
def test_a_name_of_two_is_refused(systems: list[Iq], instances: dict[str, Magistrala]) -> None:
    with pytest.raises(ValueError, match="a name of its own"), running(*systems, instances=instances):
        pass


def test_one_of_each_system_without_the_option(tmp_path: pathlib.Path) -> None:
    with started(tmp_path, "--magistrala-profile", "early2025") as urls:
        assert set(urls) == {"iics", "iq", "magistrala"}
        switches = requests.get(urls["magistrala"] + "/_sandbox/switches", timeout=5).json()
        assert switches["profile"] == "early2025"


def test_the_instances_that_are_named(tmp_path: pathlib.Path) -> None:
    named = ["iics_dev=iics", "iq=iq", "iq_emea=iq", "east=magistrala", "west=magistrala:early2025"]
    with started(tmp_path, *(part for name in named for part in ("--instance", name))) as urls:
        assert list(urls) == ["iics_dev", "iq", "iq_emea", "east", "west"]
        profiles = [
            requests.get(urls[name] + "/_sandbox/switches", timeout=5).json()["profile"] for name in ("east", "west")
        ]
        assert profiles == ["v0.30", "early2025"]
        body = {"username": "admin@example.com", "password": "Sandbox-admin-1"}
        login = requests.post(urls["iics_dev"] + "/saas/public/core/v3/login", json=body, timeout=5)
        assert login.json()["products"][0]["baseApiUrl"] == urls["iics_dev"] + "/saas"
        assert iq_names(urls["iq"]) == iq_names(urls["iq_emea"]) == ["admin"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--instance", "west"], "west is not NAME=SYSTEM with a system of iics, iq, magistrala"),
        (["--instance", "West=iq"], "West=iq is not NAME=SYSTEM"),
        (["--instance", "west=jira"], "west=jira is not NAME=SYSTEM"),
        (["--instance", "west=magistrala:v9"], "unknown profile 'v9'"),
        (["--instance", "west=iq:v9"], "west=iq:v9: "),
        (["--instance", "a=iq", "--instance", "a=iics"], "a name of its own"),
        (["--until-removed"], "needs --ready-file"),
    ],
)
def test_refused_options(options: list[str], words: str) -> None:
    refused = subprocess.run(command(*options), cwd=TESTS, capture_output=True, text=True, timeout=60, check=False)
    assert refused.returncode == 2 and words in refused.stderr
