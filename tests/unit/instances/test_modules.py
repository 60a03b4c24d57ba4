# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One module, several organizations and servers: whose variables are read, and whether it is the right one."""

from __future__ import annotations

import pytest

from harness import run_module
from people_company import SIGN_IN
from unit.instances.conftest import Large

JANE = {
    "username": "jane",
    "first_name": "Jane",
    "last_name": "Smith",
    "email": "jane@example.com",
    "password": "Secret-12345",
}


def environment(
    monkeypatch: pytest.MonkeyPatch, company: Large, instance: str, prefix: str, address: str = "URL"
) -> None:
    user, password = SIGN_IN[prefix.partition("_")[0].lower()]
    for end, value in ((address, company.sandbox.urls[instance]), ("USERNAME", user), ("PASSWORD", password)):
        monkeypatch.setenv(f"{prefix}_{end}", value)


def requests_of(company: Large) -> dict[str, int]:
    return {name: len(app.journal) for name, app in company.sandbox.apps.items() if app.journal}


def test_an_instance_has_variables_of_its_own(company: Large, monkeypatch: pytest.MonkeyPatch) -> None:
    environment(monkeypatch, company, "iq", "IQ_SERVER")
    environment(monkeypatch, company, "iq_emea", "IQ_EMEA")
    result = run_module("iq_user", instance="iq_emea", **JANE)
    assert result["changed"], result
    assert result["instance"]["name"] == "iq_emea" and result["instance"]["system"] == "iq"
    assert result["diff"][0]["before_header"] == "IQ Server (iq_emea) jane"
    assert company.where("jane@example.com") == {"iq_emea"}


@pytest.mark.parametrize("module", ["iics_user", "iics_user_info"])
def test_nothing_falls_back_to_the_variables_of_the_system(
    company: Large, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    environment(monkeypatch, company, "iics", "IICS", "LOGIN_URL")
    monkeypatch.setenv("IICS_DEV_LOGIN_URL", company.sandbox.urls["iics_dev"])
    monkeypatch.setenv("IICS_DEV_USERNAME", "admin@example.com")
    options = {"username": "jane", "state": "absent"} if module == "iics_user" else {"usernames": ["jane"]}
    result = run_module(module, instance="iics_dev", **options)
    assert result["failed"] and requests_of(company) == {}
    assert result["msg"].startswith("iics_dev: ") and "api_password (IICS_DEV_PASSWORD)" in result["msg"]
    assert result["instance"]["name"] == "iics_dev"


def test_a_relaxed_check_of_certificates_does_not_spread(company: Large, monkeypatch: pytest.MonkeyPatch) -> None:
    environment(monkeypatch, company, "iq_emea", "IQ_EMEA")
    monkeypatch.setenv("IQ_SERVER_SKIP_TLS_VERIFY", "true")
    assert "validate_certs is false" not in str(run_module("iq_user_info", instance="iq_emea").get("warnings"))
    monkeypatch.setenv("IQ_EMEA_SKIP_TLS_VERIFY", "true")
    assert "validate_certs is false" in str(run_module("iq_user_info", instance="iq_emea").get("warnings"))


def test_a_password_of_the_environment_goes_to_its_own_instance_only(
    company: Large, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment(monkeypatch, company, "iq_emea", "IQ_EMEA")
    result = run_module("iq_user_info", instance="iq_emea", api_url=company.sandbox.urls["iq"])
    assert result["failed"] and requests_of(company) == {}
    assert "IQ_EMEA_PASSWORD in the environment belongs to another address" in result["msg"]


@pytest.mark.parametrize("name", ["iq_server", "IQ", "iq-emea", "2iq", ""])
def test_names_that_are_none(company: Large, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    environment(monkeypatch, company, "iq", "IQ_SERVER")
    result = run_module("iq_user_info", instance=name)
    if name:
        assert result["failed"] and requests_of(company) == {} and name in result["msg"]
    else:
        assert result["instance"]["name"] == "iq"


@pytest.mark.parametrize("system", ["iics", "iq", "magistrala"])
@pytest.mark.parametrize("check", [True, False])
def test_another_instance_than_expected_is_left_alone(company: Large, system: str, check: bool) -> None:
    connection = {**company.connection(system), "expect": "production"}
    result = run_module(f"{system}_user", check=check, **connection, username="jane@example.com", state="absent")
    assert result["failed"] and "and expect says production: nothing was done there." in result["msg"]
    assert company.writes(system) == 0
    asked = [line.path for line in company.sandbox.apps[system].journal]
    assert bool(asked) == (system == "iics") and all("login" in path or "logout" in path for path in asked)


def test_the_instance_that_is_expected_is_worked_on(company: Large) -> None:
    host = company.sandbox.urls["iq"].partition("//")[2]
    found = [
        run_module("iics_user_info", **company.connection("iics"), expect="sandbox"),
        run_module("iq_user_info", **company.connection("iq"), expect=host),
        run_module("magistrala_user_info", **company.connection("magistrala"), expect="127.0.0.1"),
    ]
    assert [result["failed"] for result in found] == [False] * 3
    assert found[0]["instance"]["organization"] == "Sandbox"
