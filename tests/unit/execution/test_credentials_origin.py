# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The secrets of the environment belong to the address of the environment, and go nowhere else."""

from __future__ import annotations

import typing as t

import pytest

from harness import run_module
from toy import Served, toy_service
from unit.execution.conftest import SIGN_IN, Place

VARIABLES = {
    "iics": ("IICS_LOGIN_URL", "IICS_USERNAME", "IICS_PASSWORD"),
    "iq": ("IQ_SERVER_URL", "IQ_SERVER_USERNAME", "IQ_SERVER_PASSWORD"),
    "magistrala": ("MAGISTRALA_URL", "MAGISTRALA_USERNAME", "MAGISTRALA_PASSWORD"),
}


@pytest.fixture
def elsewhere() -> t.Iterator[Served]:
    """A host that takes whatever it is sent."""
    with toy_service() as served:
        yield served


@pytest.fixture
def environment(place: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    """The credentials in the environment, as AWX puts them."""
    for variable, value in zip(
        VARIABLES[place.name], (place.sandbox.urls[place.name], *SIGN_IN[place.name]), strict=True
    ):
        monkeypatch.setenv(variable, value)
    return place


@pytest.mark.parametrize("module", ["user", "user_info"])
@pytest.mark.parametrize("has_address", [True, False])
def test_an_address_of_the_task_does_not_get_the_password_of_the_environment(
    environment: Place, elsewhere: Served, monkeypatch: pytest.MonkeyPatch, has_address: bool, module: str
) -> None:
    url, _name, password = VARIABLES[environment.name]
    if not has_address:
        monkeypatch.delenv(url)
    options = {"username": "x", "state": "absent"} if module == "user" else {"usernames": ["x"]}
    result = run_module(f"{environment.name}_{module}", api_url=elsewhere.url, **options)
    assert result["failed"] and elsewhere.toy.calls == []
    assert f"{password} in the environment belongs to" in result["msg"] and f"set {url}" in result["msg"]


def test_the_same_address_written_otherwise_is_the_same(environment: Place) -> None:
    address = environment.sandbox.urls[environment.name].replace("http://127", "HTTP://127") + "/"
    assert not run_module(f"{environment.name}_user_info", api_url=address, usernames=["x"])["failed"]


def test_everything_from_the_environment_and_everything_from_the_task(environment: Place) -> None:
    assert not run_module(f"{environment.name}_user_info", usernames=["x"])["failed"]
    assert not environment.run("user_info", usernames=["x"])["failed"]


def test_a_password_of_the_task_goes_where_the_task_says(environment: Place, elsewhere: Served) -> None:
    run_module(
        f"{environment.name}_user_info",
        api_url=elsewhere.url,
        api_username="u",
        api_password="p-of-the-task",
        usernames=["x"],
    )
    assert elsewhere.toy.calls


def test_the_token_of_the_environment_stays_at_home(
    magistrala: Place, elsewhere: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAGISTRALA_URL", magistrala.sandbox.urls["magistrala"])
    monkeypatch.setenv("MAGISTRALA_TOKEN", "t0ken-of-the-environment")
    result = run_module("magistrala_user_info", api_url=elsewhere.url, usernames=["x"])
    assert result["failed"] and elsewhere.toy.calls == [] and "MAGISTRALA_TOKEN" in result["msg"]


def test_what_lets_others_read_along_is_said_once(place: Place) -> None:
    result = place.run("user_info", usernames=["x"], validate_certs=False)
    assert "validate_certs is false" in str(result["warnings"])


def test_iics_gets_no_password_by_plain_http() -> None:
    result = run_module(
        "iics_user_info", api_url="http://dm-us.informaticacloud.com", api_username="u", api_password="secret-1"
    )
    assert result["failed"] and "by https only" in result["msg"]


@pytest.mark.parametrize("system", ["iq", "magistrala"])
def test_plain_http_elsewhere_is_warned_of(system: str) -> None:
    options = {
        "api_url": "http://localhost.invalid:9",
        "api_username": "u",
        "api_password": "secret-1",
        "timeout": 0.2,
        "retries": 0,
    }
    result = run_module(f"{system}_user_info", **options, usernames=["x"])
    assert result["failed"] and "plain http" in str(result["warnings"])
