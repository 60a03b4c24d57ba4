# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How to reach a service: the connection options of a task, checked."""

from __future__ import annotations

import dataclasses
import os
import ssl
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.client import DEFAULT_PARALLEL, Connection
from ansible_collections.people.lifecycle.plugins.module_utils._core.environment import Environment
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError, WrongInstance
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import EnvironmentText
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import is_loopback
from ansible_collections.people.lifecycle.plugins.module_utils._http.urls import base_url, hosts, origin

LONGEST_TIMEOUT = 3600
SECRETS = ("api_password", "api_token")
NOBODYS = Environment("", "")


def connection_from(
    params: dict[str, t.Any],
    environment: Environment = NOBODYS,
    base: t.Callable[[str], str] = str,
    secure: bool = False,
) -> Connection:
    """Check the connection options. ``environment`` names variables; ``base`` makes a URL of what is given.

    With ``secure``, plain http is for this machine only.

    Raises InputError with the option and what to do.
    """
    variable = environment.variable(environment.address, params.get("instance"))
    given = params["api_url"]
    if not given:
        raise InputError(f"api_url is not given, neither as an option nor as {variable} in the environment.")
    address = base(given)
    if secure and address.lower().startswith("http:") and not is_loopback(address):
        raise InputError(f"api_url is {address}: this service is on the internet, and gets passwords by https only.")
    if not isinstance(given, EnvironmentText):
        _check_source(params, "api_url", address, [variable], base)
    certificate = _file(params, "client_cert")
    key = _file(params, "client_key")
    authority = _file(params, "ca_path")
    _check_certificates(certificate, key, authority)
    if not 0 < params["timeout"] <= LONGEST_TIMEOUT:
        raise InputError(f"timeout is a number of seconds above 0, at most {LONGEST_TIMEOUT}.")
    if params["retries"] < 0:
        raise InputError("retries cannot be negative.")
    parallel = params.get("parallel", DEFAULT_PARALLEL)
    if parallel < 1:
        raise InputError("parallel is a number of workers, at least 1.")
    return Connection(
        url=base_url(address, "api_url"),
        username=params["api_username"] or None,
        password=params["api_password"] or None,
        token=params.get("api_token") or None,
        verify=(authority or True) if params["validate_certs"] else False,
        certificate=(certificate, key) if certificate and key else certificate,
        timeout=params["timeout"],
        retries=params["retries"],
        use_proxy=params["use_proxy"],
        parallel=parallel,
    )


def expected_host(connection: Connection, params: dict[str, t.Any]) -> Connection:
    """``connection``, where it leads to the host that ``expect`` names;
    raises WrongInstance before anything is sent.
    """
    expected = params.get("expect")
    if expected and str(expected).strip().casefold() not in hosts(connection.url):
        raise WrongInstance(f"api_url leads to {connection.url}", str(expected))
    return connection


def with_other_url(
    connection: Connection, params: dict[str, t.Any], option: str, variable: str, environment: Environment
) -> Connection:
    """``connection`` with the address in ``option``, where a part of the service has one of its own.

    ``variable`` is the end of the name of its environment variable. Raises InputError as ``connection_from`` does.
    """
    given = params.get(option)
    if not given:
        return connection
    if not isinstance(given, EnvironmentText):
        ends = (variable, environment.address)
        homes = [environment.variable(end, params.get("instance")) for end in ends]
        _check_source(params, option, given, homes)
    return dataclasses.replace(connection, other_url=base_url(given, option))


def _check_source(
    params: dict[str, t.Any], option: str, address: str, homes: t.Sequence[str], base: t.Callable[[str], str] = str
) -> None:
    """Raise InputError where the task names an address that the secrets of the environment do not belong to.

    They belong to the addresses in the variables ``homes``. Otherwise whoever can set one variable of a task could have
    the password sent to a host of theirs.
    """
    borrowed = [value.variable for name in SECRETS if isinstance(value := params.get(name), EnvironmentText)]
    known = [home for variable in homes if (home := os.environ.get(variable))]
    if not borrowed or any(origin(base(home)) == origin(address) for home in known):
        return
    owner = "another address" if known else f"no address ({homes[0]} is not set)"
    raise InputError(
        f"{option} is {address}, given by the task, and {' and '.join(borrowed)} in the environment belongs to "
        f"{owner}; it is not sent there.",
        hint=f"Give user name and password (or token) with {option}, or set {homes[0]} beside {borrowed[0]}.",
    )


def _file(params: dict[str, t.Any], option: str) -> str | None:
    """The path in ``option``; an empty file counts as not given, because AWX writes one for a blank field."""
    path: str | None = params.get(option)
    if not path:
        return None
    if not os.path.exists(path):
        raise InputError(f"{option} names {path}, which does not exist where the module runs.")
    if os.path.isfile(path) and os.path.getsize(path) == 0:
        return None
    return path


def _check_certificates(certificate: str | None, key: str | None, authority: str | None) -> None:
    """Raise InputError unless the files can be used:
    found here, a bad one is not taken for trouble with the service.
    """
    if key and not certificate:
        raise InputError("client_key is given without client_cert.")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        if authority:
            folder = os.path.isdir(authority)
            context.load_verify_locations(None if folder else authority, authority if folder else None)
    except OSError:
        raise InputError(f"ca_path names {authority}, which holds no readable certificate.") from None
    try:
        if certificate:
            context.load_cert_chain(certificate, key, password="")
    except (OSError, ValueError):
        raise InputError(
            f"client_cert names {certificate}, which is not a readable certificate with its private key.",
            hint="Both are PEM, in one file or with client_key; the key must not be protected by a passphrase.",
        ) from None
