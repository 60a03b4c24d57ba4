# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every list and dictionary of the roles, handed over in every way that there is, comes to the same."""

from __future__ import annotations

import json
import pathlib
import shlex
import typing as t

import pytest
import yaml

import programs
from ansible_collections.people.lifecycle.plugins.modules import offboard as offboard_module
from ansible_collections.people.lifecycle.plugins.modules import onboard as onboard_module
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.options import documented_options
from unit.trust.join.conftest import PROFILES, SYSTEMS, Company, company, jane, services

__all__ = ["company", "services"]
Values = dict[str, t.Any]
JOE = {"id": "E2", "first_name": "Joe", "last_name": "Doe", "email": "joe.doe@example.com", "profile": ["dev"]}
ROSTER = """\
No,First_Name,last_name,email,profile,Room
E1,Jane,Smith,jane.smith@example.com,dev,7
E9,Li,Chen,li.chen@example.com,dev,8
"""
LISTS: Values = {
    "onboard_systems": ["iq", "magistrala"],
    "onboard_only": ["E1", "E9"],
    "offboard_people": ["jane.smith@example.com", "joe.doe@example.com"],
    "offboard_systems": ["iq"],
    "offboard_protected": ["joe.doe@example.com"],
    "lifecycle_protected": ["E7", "jane-smith"],
}
STRUCTURES: Values = {
    "onboard_columns": {"No": "id", "Room": False},
    "onboard_profiles": {name: PROFILES[name] for name in ("dev", "boss")},
    "onboard_naming": {"iq": "{id}"},
    "offboard_naming": {"iq": "{first_name}"},
    "offboard_successors": {"magistrala": {"plant-7": "jane.smith"}},
    "offboard_instance_limits": {"iq": 1},
    "offboard_now": {"jane.smith@example.com": "dismissed"},
    "lifecycle_account_names": {"E1": {"iq": "jane.smith"}},
    "lifecycle_former_emails": {"E9": ["li.old@example.com"]},
    "lifecycle_service_accounts": [
        {"instance": "iq", "username": "li.svc", "owner": "ops", "reason": "jobs", "review_by": "2027-01-01"}
    ],
}
DIGESTS = {"onboard_approved", "offboard_approved"}  # text, whose type lets an empty answer of a survey through
OTHERS = {"onboard_people_file": "roster.csv", "onboard_report_dir": "reports", "offboard_report_dir": "reports"}
OFTEN_DIFFERENT = ("time", "duration_seconds", "run", "ran_by")


class Unsafe(str):
    """Text that YAML marks as data."""


class Marking(yaml.SafeDumper):
    """Writes ``Unsafe`` with its mark."""


Marking.add_representer(Unsafe, lambda dumper, value: dumper.represent_scalar("!unsafe", str(value), style='"'))


def unsafe(value: t.Any) -> t.Any:
    if isinstance(value, dict):
        return {key: unsafe(item) for key, item in value.items()}
    if isinstance(value, list):
        return [unsafe(item) for item in value]
    return Unsafe(value) if isinstance(value, str) else value


def as_text(values: Values) -> Values:
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in values.items()}


def by_yaml(folder: pathlib.Path, values: Values) -> list[str]:
    (folder / "vars.yml").write_text(yaml.safe_dump(values))
    return ["-e", "@vars.yml"]


def by_unsafe_yaml(folder: pathlib.Path, values: Values) -> list[str]:
    (folder / "vars.yml").write_text(yaml.dump(unsafe(values), Dumper=Marking))
    return ["-e", "@vars.yml"]


def by_json(folder: pathlib.Path, values: Values) -> list[str]:
    return ["-e", json.dumps(values)]


def by_text_of_json(folder: pathlib.Path, values: Values) -> list[str]:
    return ["-e", json.dumps(as_text(values))]


def by_key_and_value(folder: pathlib.Path, values: Values) -> list[str]:
    return [part for name, value in as_text(values).items() for part in ("-e", f"{name}={shlex.quote(value)}")]


def by_inventory(folder: pathlib.Path, values: Values) -> list[str]:
    lines = "\n".join(f"{name}={value!r}" for name, value in values.items())
    (folder / "vars.ini").write_text(f"localhost ansible_connection=local\n[all:vars]\n{lines}\n")
    return ["-i", "vars.ini"]


def by_inventory_text(folder: pathlib.Path, values: Values) -> list[str]:
    lines = "\n".join(f"{name}={value}" for name, value in as_text(values).items())
    (folder / "vars.ini").write_text(f"localhost ansible_connection=local\n[all:vars]\n{lines}\n")
    return ["-i", "vars.ini"]


def by_survey(folder: pathlib.Path, values: Values) -> list[str]:
    answers = {name: "\n".join(value) if name in LISTS else value for name, value in values.items()}
    return ["-e", json.dumps(as_text(answers))]


def by_survey_in_one_line(folder: pathlib.Path, values: Values) -> list[str]:
    answers = {name: ", ".join(value) if name in LISTS else value for name, value in values.items()}
    return ["-e", json.dumps(as_text(answers))]


WAYS = (
    by_unsafe_yaml,
    by_json,
    by_text_of_json,
    by_key_and_value,
    by_inventory,
    by_inventory_text,
    by_survey,
    by_survey_in_one_line,
)


def outcome(company: Company, folder: pathlib.Path, way: t.Callable[[pathlib.Path, Values], list[str]]) -> list[Values]:
    """What both roles would do, without what differs in any two runs."""
    connections = {name: company.connection(name) for name in SYSTEMS}
    (folder / "roster.csv").write_text(ROSTER)
    roles = [{"ansible.builtin.include_role": {"name": f"people.lifecycle.{role}"}} for role in ("onboard", "offboard")]
    tasks = [{"block": [role], "rescue": [{"ansible.builtin.meta": "noop"}]} for role in roles]
    (folder / "play.yml").write_text(yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "tasks": tasks}]))
    given = {**LISTS, **STRUCTURES, **OTHERS, "lifecycle_connections": connections}
    inventory = [] if way in (by_inventory, by_inventory_text) else [*programs.LOCAL]
    done = programs.ansible("playbook", folder, *inventory, "play.yml", "--check", *way(folder, given))
    reports = [json.loads(path.read_text()) for path in sorted((folder / "reports").glob("*-preview.json"))]
    assert len(reports) == 2, done.stdout + done.stderr
    return [{key: value for key, value in report.items() if key not in OFTEN_DIFFERENT} for report in reports]


@pytest.fixture
def staff(company: Company) -> Company:
    for system in ("iq", "magistrala"):
        company.join(system, jane(), JOE)
    company.by_hand("iq", "li.svc", email="joe.doe@example.com")
    company.by_hand("iq", "li", email="li.old@example.com")
    return company


def test_every_way_comes_to_the_same(staff: Company, tmp_path: pathlib.Path) -> None:
    def in_folder(way: t.Callable[[pathlib.Path, Values], list[str]]) -> list[Values]:
        folder = tmp_path / way.__name__
        folder.mkdir()
        return outcome(staff, folder, way)

    offboarded, onboarded = in_folder(by_yaml)
    assert onboarded["systems"] == ["iq", "magistrala"] and offboarded["systems"] == ["iq"]
    assert {person["id"]: person["accounts"]["iq"][0]["username"] for person in onboarded["people"]} == {"E9": "E9"}
    assert onboarded["counts"]["by_system"]["iq"]["unchanged"] == 1, "the decision about E1's name counts"
    assert {entry["person"] for entry in offboarded["failures"]} == {"joe.doe@example.com"}
    assert offboarded["urgent"] == {"jane.smith@example.com": "dismissed"}
    for way in WAYS:
        assert in_folder(way) == [offboarded, onboarded], f"{way.__name__} comes to something else"


def test_no_list_or_dictionary_is_forgotten() -> None:
    raw: set[str] = set()
    for kind, module in (("onboard", onboard_module), ("offboard", offboard_module)):
        options = documented_options(module.DOCUMENTATION)
        raw |= {f"{kind}_{name}" for name, option in options.items() if option["type"] in ("raw", "list", "dict")}
    missing = raw - {*LISTS, *STRUCTURES, *DIGESTS, "onboard_people", "onboard_connections", "offboard_connections"}
    assert not missing, "add them to LISTS or STRUCTURES"
