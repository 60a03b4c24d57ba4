# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An existing company is adopted: onboarding with the proposed files changes nothing,
and a review tells the differences only.
"""

from __future__ import annotations

import json
import pathlib
import typing as t

import pytest
import yaml
from ansible.errors import AnsibleActionFail

import programs
from ansible_collections.people.lifecycle.plugins.module_utils._systems import TRAITS
from people_actions import act
from people_company import OWNER, PROFILES, Company, person

Values = dict[str, t.Any]
SAML = ("sam", "sara", "saul")
PEOPLE = [
    person(number, profile=["analyst"] if number % 5 == 0 else ["lead"] if number == 7 else ["engineer"])
    for number in range(1, 21)
]


def by_hand(company: Company) -> None:
    """Accounts that grew over years: more for some, a second one, one of a service, an administrator,
    a name spelled otherwise.
    """
    for system in TRAITS:
        company.join(system, *PEOPLE)

    def user(system: str, **options: t.Any) -> None:
        result = company.run(f"x.{system}_user", {**company.connection(system), **options}, False)
        assert result["changed"] and not result["failed"], result

    new = {"password": "Sandbox-secret-1", "first_name": "Old", "last_name": "Hand"}
    user("iq", username="jane1", grants={"add": [OWNER]})
    user("iq", username="jane2", first_name="Janet")
    user("iics", username="jane3@example.com", roles={"add": ["Admin"]})
    user("iq", username="oldhand", email="old.hand@example.com", **new)
    user("iq", username="jane4-old", email="JANE4@example.com", **new)
    user("magistrala", username="svc-reports", email="svc-reports@example.com", **new)
    user("magistrala", username="jane6", enabled=False)
    at_places(company)
    company.forget()


def at_places(company: Company) -> None:
    """Roles in domains, and people who sign in elsewhere:
    some of them with nothing else, one beside an account of their own.
    """
    viewers, administrators = [f"jane{number}" for number in range(5, 18)], [f"jane{number}" for number in range(1, 5)]
    domains = [{"name": "Factory", "roles": {"viewer": viewers, "admin": administrators}}]
    company.sandbox.apps["magistrala"].act("POST", "seed", {"count": 0, "domains": domains})
    saml = [{"username": name, "email": f"{name}@example.com"} for name in SAML] + [
        {"username": "twin", "email": "jane9@example.com"}
    ]
    grants = [{"username": name, "role": "Owner", "organization": "Platform"} for name in SAML]
    company.sandbox.apps["iq"].act("POST", "seed", {"count": 0, "saml": saml, "grants": grants})


@pytest.fixture
def adopted(company: Company, tmp_path: pathlib.Path) -> Values:
    by_hand(company)
    result = act(
        tmp_path, "adopt", company, connections=company.connections(), dir=str(tmp_path / "adopted"), date="2026-11-23"
    )
    files = {name: yaml.safe_load(pathlib.Path(path).read_text()) for name, path in result["files"].items()}
    return {**result, "read": files}


def reading(company: Company, files: Values, folder: pathlib.Path) -> Values:
    """The options of an action that goes by the adopted files."""
    return {
        "variables": {f"lifecycle_{name}_file": files[name] for name in ("account_names", "service_accounts")},
        "connections": company.connections(),
        "people_file": files["roster"],
        "profiles_file": files["profiles"],
        "report_dir": str(folder / "reports"),
    }


@pytest.mark.parametrize("remove", [False, True])
def test_onboarding_right_after_changes_nothing(
    company: Company, adopted: Values, tmp_path: pathlib.Path, remove: bool
) -> None:
    assert [company.writes(system) for system in TRAITS] == [0, 0, 0]
    files = adopted["files"]
    done = act(
        tmp_path,
        "onboard",
        company,
        **reading(company, files, tmp_path),
        remove_old_access=remove,
    )
    assert not done["changed"] and done["failure"] == "" and done["report"]["held"] == []
    counts = done["report"]["counts"]["by_system"]
    assert all(each["unchanged"] == sum(each.values()) > 10 for each in counts.values()), counts
    assert [company.writes(system) for system in TRAITS] == [0, 0, 0]


def test_a_review_right_after_tells_what_adopt_listed(
    company: Company, adopted: Values, tmp_path: pathlib.Path
) -> None:
    files = adopted["files"]
    done = act(
        tmp_path,
        "review",
        company,
        **reading(company, files, tmp_path),
        dormant_days=36500,
        date="2026-11-23",
    )
    findings = json.loads(pathlib.Path(done["report"]["files"]["json"]).read_text())["findings"]
    told = {(each["instance"], each["account"]) for each in findings if each["kind"] != "administrator"}
    listed = {(each["instance"], each["username"]) for each in adopted["read"]["differences"]["differences"]}
    assert {each["kind"] for each in findings} == {"administrator", "beyond", "second", "barred"}
    seats = {each["account"] for each in findings if "Factory" in each["what"]}
    assert seats == {f"jane{number}" for number in range(1, 5)}, (
        "the administrators of a domain, and nobody who looks on"
    )
    assert ("second", "twin", "SAML") in {(each["kind"], each["account"], each["realm"]) for each in findings}
    assert told == listed


def test_profiles_explain_most_and_never_administration(adopted: Values) -> None:
    counts, profiles = adopted["counts"], adopted["read"]["profiles"]["onboard_profiles"]
    assert counts["explained"] >= 0.8 * counts["memberships"] > 50
    assert min(counts["profiles"].values()) >= 3
    said = json.dumps(profiles)
    assert '"domain": "Factory", "role": "viewer"' in said and '"role": "admin"' not in said
    names = adopted["read"]["account_names"]["lifecycle_account_names"]
    assert names["sam@example.com"] == {"iq": {"username": "sam", "realm": "SAML"}}
    assert names["jane9@example.com"]["iq"] == "jane9"
    assert "Admin" not in said and '"admin"' not in said and "System Administrator" not in said
    services = {each["username"] for each in adopted["read"]["service_accounts"]["lifecycle_service_accounts"]}
    assert services == {"admin", "admin@example.com", "svc-reports"}


def test_what_three_administrators_share_is_in_no_profile(company: Company, tmp_path: pathlib.Path) -> None:
    people = [person(number, profile=["lead"]) for number in range(1, 5)]
    assert {line.action for line in company.join("magistrala", *people)} == {"created"}
    result = act(
        tmp_path, "adopt", company, connections=company.connections(), systems="magistrala", dir=str(tmp_path / "a")
    )
    assert PROFILES["lead"]["magistrala"]["role"] == "admin"
    assert "admin" not in pathlib.Path(result["files"]["profiles"]).read_text()


def test_check_mode_writes_no_file_and_nothing_is_replaced(
    company: Company, adopted: Values, tmp_path: pathlib.Path
) -> None:
    given = {"connections": company.connections(), "date": "2026-11-23"}
    foreseen = act(tmp_path, "adopt", company, check=True, dir=str(tmp_path / "other"), **given)
    assert foreseen["counts"] == adopted["counts"] and not (tmp_path / "other").exists()
    with pytest.raises(AnsibleActionFail, match=r"roster\.yml is there already"):
        act(tmp_path, "adopt", company, dir=str(tmp_path / "adopted"), **given)


def test_the_playbook_writes_the_files(company: Company, tmp_path: pathlib.Path) -> None:
    by_hand(company)
    (tmp_path / "given.json").write_text(
        json.dumps({"lifecycle_connections": company.connections(), "adopt_dir": "adopted"})
    )
    done = programs.ansible("playbook", tmp_path, "people.lifecycle.adopt", "-e", "@given.json")
    assert done.returncode == 0, done.stdout + done.stderr
    names = {path.name for path in (tmp_path / "adopted").iterdir()}
    assert names == {"roster.yml", "profiles.yml", "account_names.yml", "service_accounts.yml", "differences.yml"}
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "adopted").iterdir()} == {0o600}


def test_nothing_is_proposed_while_an_instance_is_down(company: Company, tmp_path: pathlib.Path) -> None:
    connections = company.connections()
    connections["iq"]["api_url"] = "http://127.0.0.1:9"
    with pytest.raises(
        AnsibleActionFail, match=r"Nothing is proposed as long as an instance is missing\. IQ Server was not read"
    ):
        act(tmp_path, "adopt", company, connections=connections, dir=str(tmp_path / "adopted"))
    assert not (tmp_path / "adopted").exists()
