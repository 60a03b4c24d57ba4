# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Profiles: what people get, by name; and what of it a person has that no profile of theirs gives."""

from __future__ import annotations

import json
import typing as t

import yaml

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import printable
from ansible_collections.people.lifecycle.plugins.plugin_utils._given import mapping, nothing, words
from ansible_collections.people.lifecycle.plugins.plugin_utils._systems import SYSTEMS, Rules

Given = dict[str, t.Any]
Profiles = dict[str, dict[str, Given]]


def read_profiles(given: t.Any, name: str) -> Profiles:
    """Profiles as ``{profile: {system: {kind: what it gives}}}``; raises InputError for what no system knows."""
    profiles: Profiles = {}
    for profile, systems in mapping(given, name).items():
        profiles[profile] = {}
        for system, access in mapping(systems, f"{name}.{profile}").items():
            where = f"{name}.{profile}.{system}"
            if system not in SYSTEMS:
                raise InputError(f"{where}: there is no such system; known are {', '.join(SYSTEMS)}.")
            profiles[profile][system] = read_access(SYSTEMS[system], access, where)
    return profiles


def read_profiles_file(path: str) -> t.Any:
    """The profiles in a YAML or JSON file, alone or below the one key ``onboard_profiles``; nothing is evaluated.

    Raises InputError for a file that cannot be read.
    """
    try:
        with open(path, encoding="utf-8-sig") as file:
            content = yaml.safe_load(file)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise InputError(f"{path}{place}: no valid YAML: {printable(str(error.problem), 120)}.") from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise InputError(f"{path}: no valid YAML.") from None
    if isinstance(content, dict) and list(content) == ["onboard_profiles"]:
        return content["onboard_profiles"]
    return content


def read_access(rules: Rules, given: t.Any, where: str) -> Given:
    access: Given = {}
    for kind, value in mapping(given, where).items():
        if kind not in rules.given:
            raise InputError(f"{where} names {kind!r:.60}; known are {', '.join(rules.given)}.")
        if nothing(value):
            continue
        if kind in rules.settings:
            access[kind] = value
        elif kind == "metadata":
            access[kind] = mapping(value, f"{where}.{kind}")
        elif kind == "grants":
            access[kind] = read_grants(value, f"{where}.{kind}")
        else:
            access[kind] = words(value, f"{where}.{kind}")
    return access


def read_grants(value: t.Any, where: str) -> list[dict[str, t.Any]]:
    if not isinstance(value, list):
        raise InputError(f"{where} must be a list of grants, each with role and where it holds.")
    grants = [mapping(item, where) for item in value]
    for grant in grants:
        if nothing(grant.get("role")) or len(grant) != 2:
            raise InputError(
                f"{where}: a grant has a role and one of global: true, repository_container: true, organization, application."
            )
    return grants


def identity(item: t.Any) -> str:
    """What makes two grants, roles or tags the same."""
    return item if isinstance(item, str) else json.dumps(item, sort_keys=True)


def unique(items: t.Iterable[t.Any]) -> list[t.Any]:
    """``items`` without repetition, in order."""
    return list({identity(item): item for item in items}.values())


def hers(names: t.Sequence[str], profiles: Profiles, rules: Rules, who: str) -> Given | None:
    """What the profiles ``names`` together give in a system; None where none of them gives an account there.

    Raises InputError when two of them contradict each other.
    """
    parts = [profiles[name][rules.name] for name in names if rules.name in profiles[name]]
    if not parts:
        return None
    together: Given = {}
    for kind in rules.given:
        given = [part[kind] for part in parts if kind in part]
        if kind in rules.settings:
            together |= {kind: agreed(given, f"{who}: {kind} in {rules.title}")} if given else {}
        elif kind == "metadata":
            together[kind] = {}
            for key in dict.fromkeys(key for part in given for key in part):
                values = [part[key] for part in given if key in part]
                together[kind][key] = agreed(values, f"{who}: metadata {key} in {rules.title}")
        else:
            together[kind] = unique(item for part in given for item in part)
    return together


def agreed(values: t.Sequence[t.Any], what: str) -> t.Any:
    """The one value that all have; raises InputError."""
    if any(identity(value) != identity(values[0]) for value in values):
        raise InputError(f"{what} is given differently by two profiles of this person.")
    return values[0]


def others(access: Given | None, profiles: Profiles, rules: Rules) -> Given:
    """What some profile gives in a system and ``access`` does not; metadata as a list of (key, value)."""
    access = access or {}
    everything = [profile[rules.name] for profile in profiles.values() if rules.name in profile]
    rest: Given = {}
    for kind in (*rules.kinds, *rules.labels):
        if kind == "metadata":
            mine = access.get(kind, {})
            pairs = [(key, value) for part in everything for key, value in part.get(kind, {}).items()]
            rest[kind] = unique([key, value] for key, value in pairs if key not in mine)
        else:
            mine_too = {identity(item) for item in access.get(kind, [])}
            items = unique(item for part in everything for item in part.get(kind, []))
            rest[kind] = [item for item in items if identity(item) not in mine_too]
    for setting in rules.settings:
        values = unique(part[setting] for part in everything if setting in part)
        if values and setting not in access:
            rest[setting] = values
    return rest
