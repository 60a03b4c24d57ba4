# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The worked example of the guide on several organizations and servers does what the guide says."""

from __future__ import annotations

import pathlib
import re
import textwrap

import yaml

from people_company import person
from unit.instances.conftest import Large

GUIDE = pathlib.Path(__file__).resolve().parents[3] / "docs/docsite/rst/guide_instances.rst"


def test_the_worked_example(company: Large) -> None:
    text = next(
        block for block in re.findall(r"yaml\n\n((?:    .*\n|\n)+)", GUIDE.read_text()) if "# company.yml" in block
    )
    told = yaml.safe_load(textwrap.dedent(text))
    connections = {name: company.connection(name) for name in told["lifecycle_connections"]}
    for name in ("iics", "iics_dev"):
        connections[name]["expect"] = told["lifecycle_connections"][name]["expect"]
        company.sandbox.apps[name].act("POST", "configure", {"organization": connections[name]["expect"]})
    given = {"systems": [*connections], "connections": connections}
    jane = person(profile=["data-engineer"])
    naming, profiles = told["onboard_naming"], told["onboard_profiles"]
    assert not company.act("onboard", [jane], profiles=profiles, naming=naming, **given)["failure"]
    found = {name: user for name in connections for user in company.users(name) if user["email"] == jane["email"]}
    assert {name: found[name]["roles"] for name in ("iics", "iics_dev")} == {
        "iics": ["Operator"],
        "iics_dev": ["Designer"],
    }
    assert (found["iics_dev"]["authentication"], found["iics_dev"]["alias_name"]) == ("saml", "E1")
    assert {"iq", "iq_emea"} <= found.keys()
    limits, warn = told["offboard_instance_limits"], told["offboard_warn_sub_organizations"]
    assert not company.act("offboard", [jane["email"]], instance_limits=limits, warn_sub_organizations=warn, **given)[
        "failure"
    ]
    assert company.where(jane["email"]) == set()
