# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A system is one package with the files that all have, and is told of wherever users look for it."""

from __future__ import annotations

import importlib
import re
import typing as t

import pytest
import yaml

from ansible_collections.people.lifecycle.plugins.doc_fragments.connection import ModuleDocFragment
from ansible_collections.people.lifecycle.plugins.module_utils._systems import SYSTEMS
from sandbox.__main__ import SYSTEMS as SIMULATED
from unit.docs.blocks import PROJECT

PACKAGES = sorted(
    path.parent.name for path in (PROJECT / "plugins/module_utils").glob("_*/system.py") if path.parent.name != "_core"
)
FILES = ("client", "info", "parse", "read", "rules", "system", "traits", "write")
MODULES = "ansible_collections.people.lifecycle.plugins.modules."


def test_every_package_is_registered() -> None:
    assert [name.lstrip("_") for name in PACKAGES] == sorted(SYSTEMS)


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_have_the_files_that_all_have(package: str) -> None:
    folder = PROJECT / "plugins/module_utils" / package
    assert [name for name in FILES if not (folder / f"{name}.py").exists()] == []


def test_the_sandbox_simulates_every_system() -> None:
    assert sorted(SIMULATED) == sorted(SYSTEMS)


@pytest.mark.parametrize("system", SYSTEMS)
def test_connection_options_are_documented(system: str) -> None:
    texts = (ModuleDocFragment.DOCUMENTATION, getattr(ModuleDocFragment, system.upper(), "options: {}"))
    documented = [option for text in texts for option in yaml.safe_load(text)["options"]]
    assert sorted(documented) == sorted(SYSTEMS[system].connection)


def suboptions(options: dict[str, t.Any], key: str) -> dict[str, t.Any]:
    return {name: suboptions(option[key], key) if option.get(key) else {} for name, option in options.items()}


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_modules_document_the_options_of_an_account(system: str) -> None:
    documentation = yaml.safe_load(importlib.import_module(f"{MODULES}{system}_user").DOCUMENTATION)["options"]
    own = {**SYSTEMS[system].person, **SYSTEMS[system].shared}
    assert set(own) <= set(documentation["users"]["suboptions"])
    assert suboptions({name: documentation[name] for name in own}, "suboptions") == suboptions(own, "options")
    query = yaml.safe_load(importlib.import_module(f"{MODULES}{system}_user_info").DOCUMENTATION)["options"]
    assert set(query) == set(SYSTEMS[system].query)


def test_the_guide_on_people_tells_what_profiles_say_and_how_accounts_are_named() -> None:
    guide = (PROJECT / "docs/docsite/rst/guide_people.rst").read_text()
    rows = re.findall(r"^   \* - ``(\w+)``\n     - (.*)\n     - ``(\{.*\})``$", guide, re.MULTILINE)
    told = {system: (re.findall(r"``(\w+)``", kinds), naming) for system, kinds, naming in rows}
    assert told == {name: (list(system.traits.access), system.traits.naming) for name, system in SYSTEMS.items()}
