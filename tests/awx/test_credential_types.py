# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The credential types: accepted by AWX's rules, complete, and safe where a field is left blank."""

from __future__ import annotations

import copy
import pathlib
import typing as t

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.launch import FIELDS
from awx import content, modules
from awx.rules import credential_types

Values = dict[str, t.Any]
SYSTEMS = [system for system in content.SYSTEMS if modules.names(system)]
# Its option takes a path and is no secret; the file behind it is one.
SECRET_FILE = "client_key"


def plain_fields(system: str) -> dict[str, str]:
    """Environment variable to field, where the variable carries the value itself."""
    kind = content.credential_type(system)
    return {
        name: template.strip("{} ")
        for name, template in kind["injectors"]["env"].items()
        if "tower.filename" not in template
    }


def by_id(system: str) -> dict[str, Values]:
    return {field["id"]: field for field in content.credential_type(system)["inputs"]["fields"]}


def environment(system: str, values: Values, folder: pathlib.Path) -> dict[str, str]:
    """What a job gets from a credential with ``values``."""

    def write(name: str, text: str) -> str:
        (folder / name).write_text(text)
        return str(folder / name)

    kind = content.credential_type(system)
    return credential_types.render(kind["inputs"], kind["injectors"], values, write)[0]


def connection(system: str, values: Values, folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Values:
    """The options that a module takes from the environment of a job."""
    for name, value in environment(system, values, folder).items():
        monkeypatch.setenv(name, value)
    spec = {name: rules for name, rules in modules.spec(f"{system}_user_info").items() if "fallback" in rules}
    result = ArgumentSpecValidator(spec).validate({})
    assert not result.error_messages
    return result.validated_parameters


@pytest.mark.parametrize("system", content.SYSTEMS)
def test_awx_accepts_it(system: str) -> None:
    assert credential_types.problems(content.credential_type(system)) == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_variable_of_a_module_has_an_injector_and_the_other_way_round(system: str) -> None:
    injected = set(content.credential_type(system)["injectors"]["env"])
    assert injected == set(modules.options_by_variable(system))


@pytest.mark.parametrize("system", SYSTEMS)
def test_secret_options_are_secret_fields_and_no_other(system: str) -> None:
    secret_options = {
        option
        for name in modules.names(system)
        for option, rules in modules.spec(name).items()
        if rules.get("no_log") and "fallback" in rules
    }
    expected = {
        field
        for variable, field in plain_fields(system).items()
        if modules.options_by_variable(system)[variable] & secret_options
    }
    assert {name for name, field in by_id(system).items() if field.get("secret")} == {*expected, SECRET_FILE}


@pytest.mark.parametrize("system", SYSTEMS)
def test_messages_call_each_field_what_the_credential_calls_it(system: str) -> None:
    labels = {field: values["label"] for field, values in by_id(system).items() if field not in ("timeout", "retries")}
    carried = {
        name: template.strip("{} ").rpartition(".")[2]
        for name, template in content.credential_type(system)["injectors"]["env"].items()
    }
    options = modules.options_by_variable(system)
    told = {field: {FIELDS[option] for option in options[name]} for name, field in carried.items() if field in labels}
    assert told == {field: {label} for field, label in labels.items()}


@pytest.mark.parametrize("system", content.SYSTEMS)
def test_no_field_of_several_lines_goes_into_the_environment(system: str) -> None:
    fields = by_id(system)
    assert [name for name in plain_fields(system).values() if fields[name].get("multiline")] == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_blank_credential_means_the_defaults(
    system: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ansible_collections.people.lifecycle.plugins.module_utils._http.connection import connection_from

    given = connection(system, {}, tmp_path, monkeypatch)
    made = connection_from({**given, "api_url": "https://service.example.com"})
    assert (made.verify, made.certificate, made.timeout, made.retries, made.use_proxy) == (True, None, 30.0, 3, False)
    assert (made.username, made.password, made.token) == (None, None, None)
    assert given["api_url"] is None


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_filled_credential_arrives(system: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    values = {name: f"pässwörd-{name}" for name, field in by_id(system).items() if field.get("type") != "boolean"}
    values |= {"timeout": "7.5", "retries": "1", "skip_tls_verify": True, "use_proxy": True}
    given = connection(system, values, tmp_path, monkeypatch)
    assert (given["timeout"], given["retries"], given["validate_certs"], given["use_proxy"]) == (7.5, 1, False, True)
    assert (given["api_username"], given["api_password"]) == ("pässwörd-username", "pässwörd-password")
    for option, field in (
        ("ca_path", "ca_certificate"),
        ("client_cert", "client_certificate"),
        ("client_key", "client_key"),
    ):
        assert pathlib.Path(given[option]).read_text() == f"pässwörd-{field}"


def valid() -> Values:
    return {
        "kind": "cloud",
        "inputs": {
            "fields": [{"id": "url", "label": "URL"}, {"id": "yes", "label": "Yes", "type": "boolean"}],
            "required": ["url"],
        },
        "injectors": {"env": {"SOME_URL": "{{ url }}"}, "file": {"template.ca": "{{ url }}"}},
    }


BAD: dict[str, t.Callable[[Values], t.Any]] = {
    "another kind": lambda kind: kind.update(kind="vault"),
    "an integer": lambda kind: kind["inputs"]["fields"][0].update(type="integer"),
    "an unknown key": lambda kind: kind["inputs"]["fields"][0].update(min=1),
    "an unknown key beside fields": lambda kind: kind["inputs"].update(metadata=[]),
    "a doubled field": lambda kind: kind["inputs"]["fields"].append({"id": "url", "label": "Again"}),
    "the field tower": lambda kind: kind["inputs"]["fields"].append({"id": "tower", "label": "Tower"}),
    "a field with a hyphen": lambda kind: kind["inputs"]["fields"].append({"id": "a-b", "label": "A"}),
    "a field without label": lambda kind: kind["inputs"]["fields"].append({"id": "a"}),
    "an unknown required field": lambda kind: kind["inputs"]["required"].append("nothing"),
    "a secret boolean": lambda kind: kind["inputs"]["fields"][1].update(secret=True),
    "a boolean with a text default": lambda kind: kind["inputs"]["fields"][1].update(default="true"),
    "an unknown format": lambda kind: kind["inputs"]["fields"][0].update(format="email"),
    "empty choices": lambda kind: kind["inputs"]["fields"][0].update(choices=[]),
    "a number in the environment": lambda kind: kind["injectors"]["env"].update(NUMBER=5),
    "a reserved variable": lambda kind: kind["injectors"]["env"].update(JOB_ID="{{ url }}"),
    "a variable of Ansible": lambda kind: kind["injectors"]["env"].update(ANSIBLE_HOST_KEY_CHECKING="{{ url }}"),
    "letters that are not ASCII": lambda kind: kind["injectors"]["env"].update(NAME="é{{ url }}"),
    "an unknown name": lambda kind: kind["injectors"]["env"].update(NAME="{{ nothing }}"),
    "a filter of Ansible": lambda kind: kind["injectors"]["env"].update(NAME="{{ url | b64encode }}"),
    "both forms of files": lambda kind: kind["injectors"]["file"].update(template="{{ url }}"),
    "another injector": lambda kind: kind["injectors"].update(args={}),
    "one brace": lambda kind: kind["injectors"]["env"].update(NAME="{{ url }"),
}


def test_the_rules_let_a_good_type_pass() -> None:
    assert credential_types.problems(valid()) == []
    lenient = copy.deepcopy(valid())
    lenient["injectors"]["env"]["OTHER"] = "{{ nothing | default('') }}"
    assert credential_types.problems(lenient) == []


@pytest.mark.parametrize("what", BAD)
def test_the_rules_refuse(what: str) -> None:
    kind = valid()
    BAD[what](kind)
    assert credential_types.problems(kind)
