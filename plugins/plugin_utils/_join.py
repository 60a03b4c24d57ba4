# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Gives one system's accounts what profiles say: joiners, movers and returners, batch by batch."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.plugin_utils._batches import (
    Module,
    Row,
    Values,
    batches,
    line,
    message,
    take,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils._handover import Handover, new_password
from ansible_collections.people.lifecycle.plugins.plugin_utils._profiles import identity
from ansible_collections.people.lifecycle.plugins.plugin_utils._systems import Rules


@dataclasses.dataclass(frozen=True)
class Settings:
    """How to onboard."""

    batch_size: int = 500
    reenable: bool = False
    remove_old_access: bool = False
    reset_mail: bool = False


@dataclasses.dataclass
class Work:
    """One account under way: what is wanted, what is there, what is asked of the module, what became of it."""

    entry: Values
    row: Row
    current: Values | None = None
    asked: Values | None = None

    @property
    def returner(self) -> bool:
        """Whether an account is there that cannot sign in."""
        current = self.current
        return current is not None and (current.get("state") == "absent" or current.get("enabled") is False)


def join(
    entries: t.Sequence[Values], module: Module, settings: Settings, handover: Handover, progress: t.Callable[[str], None]
) -> list[Row]:
    """Bring all accounts to what is wanted; returns one row each, in order."""
    rows = []
    parts = list(batches(entries, settings.batch_size))
    for number, part in enumerate(parts, 1):
        works = [Work(entry, Row(entry["person"], entry["username"])) for entry in part]
        if module.gone:
            fail(works, f"Not tried, because it failed before: {module.gone.reason}")
        else:
            try:
                join_batch(works, module, settings, handover)
            except LifecycleError as error:
                fail(works, str(error))
        done = [work.row for work in works if not (work.entry["only_existing"] and work.current is None)]
        rows += done
        progress(line(module.rules, done, number, len(parts)))
    return rows


def fail(works: t.Iterable[Work], reason: str) -> None:
    for work in works:
        work.row.action, work.row.error = "failed", reason


def join_batch(works: list[Work], module: Module, settings: Settings, handover: Handover) -> None:
    """Read, decide, write; whatever fails is in the rows."""
    found = module.read(usernames=[work.entry["username"] for work in works])
    if found.get("failed"):
        fail(works, message(found))
        return
    rules = module.rules
    current = {rules.key(user["username"]): user for user in found["users"]}
    for work in works:
        work.current = current.get(rules.key(work.entry["username"]))
        work.asked = decide(work, rules, settings)
    asked = [work for work in works if work.asked is not None]
    new = [] if rules.own_link else [work for work in asked if work.current is None]
    for work in new:
        t.cast(Values, work.asked)["password"] = new_password()
    pending = [record(work, rules) for work in new]
    if not module.check:
        handover.add(pending)
    if asked:
        result = module.bring([t.cast(Values, work.asked) for work in asked], **rules.join_options)
        take({rules.key(work.entry["username"]): work.row for work in asked}, result, rules)
    if not module.check:
        kept = {work.entry["username"] for work in new if work.row.action == "created"}
        kept |= still_there([work for work in new if work.row.action == "failed"], module)
        handover.keep(rules.name, [one["username"] for one in pending], kept)
        if settings.reset_mail:
            mail_links([work for work in new if work.row.action == "created"], module)
    if not settings.remove_old_access:
        look_for_old(asked, module)


def record(work: Work, rules: Rules) -> Values:
    """What is handed over for one new account."""
    return {
        "system": rules.name,
        "person": work.entry["person"],
        "username": work.entry["username"],
        "password": t.cast(Values, work.asked)["password"],
    }


def mail_links(created: t.Sequence[Work], module: Module) -> None:
    """Have the service mail a link to everybody whose account was created, where it can."""
    for work in created if module.rules.reset_mail_module else ():
        asked = {**module.connection, "reset_email": work.entry["options"]["email"]}
        result = module.run(module.rules.reset_mail_module, asked, False)
        work.row.mailed = not result.get("failed")
        if result.get("failed"):
            work.row.notes.append(f"The link for a first password was not mailed: {message(result)}")


def still_there(failed: t.Sequence[Work], module: Module) -> set[str]:
    """Which of the failed accounts exist now all the same; all of them when nobody can tell."""
    names = {work.entry["username"] for work in failed}
    if not names:
        return names
    found = module.read(usernames=sorted(names))
    if found.get("failed"):
        return names
    keys = {module.rules.key(user["username"]) for user in found["users"]}
    return {name for name in names if module.rules.key(name) in keys}


def decide(work: Work, rules: Rules, settings: Settings) -> Values | None:
    """The module's entry for one account; None where nothing shall be done, and the row says why."""
    entry, current, row = work.entry, work.current, work.row
    if current is None:
        return None if entry["only_existing"] else asked_of(entry, None, rules, settings)
    email = entry["email"].casefold()
    if not entry["named"] and email not in (current.get("email", "").casefold(), entry["username"].casefold()):
        row.action = "held"
        row.notes.append(
            f"The account {entry['username']} belongs to {current.get('email') or 'nobody known'}, not to {entry['email']}. "
            f"If it is this person's, name it in accounts.{rules.name}.username; if not, give another user name there."
        )
        return None
    if work.returner and entry["only_existing"]:
        return None
    if work.returner and not settings.reenable:
        row.action = "held"
        state = "deleted" if current.get("state") == "absent" else "disabled"
        row.notes.append(
            f"The account is {state}, and somebody may have meant it. Set onboard_reenable: true to let this person in again."
        )
        return None
    wanted = asked_of(entry, current, rules, settings)
    return {**wanted, "enabled": True} if work.returner else wanted


def asked_of(entry: Values, current: Values | None, rules: Rules, settings: Settings) -> Values:
    """The options of one account. Someone who returns, or is new, gets exactly what the profiles give."""
    exactly = current is not None and (current.get("state") == "absent" or current.get("enabled") is False)
    remove = settings.remove_old_access or exactly
    asked: Values = {"username": entry["username"], **({} if entry["only_existing"] else entry["options"])}
    for kind in rules.kinds:
        give, rest = entry["give"].get(kind, []), entry["others"].get(kind, [])
        if exactly:
            asked[kind] = {"set": give}
        elif give or (rest and remove):
            asked[kind] = {"add": give, **({"remove": rest} if rest and remove and current is not None else {})}
    for label in rules.labels:
        value = label_value(label, entry, None if exactly else current, remove)
        if value is not None:
            asked[label] = value
    if remove and current is not None:
        asked |= old_settings(entry, current, rules)
    return asked


def label_value(label: str, entry: Values, current: Values | None, remove: bool) -> t.Any:
    """The whole value of tags or metadata: what is there, without what only other profiles give, and what is given."""
    give, rest = entry["give"].get(label), entry["others"].get(label, [])
    if label == "metadata":
        held = dict((current or {}).get(label) or {})
        if remove:
            held = {key: value for key, value in held.items() if [key, value] not in rest}
        return {**held, **(give or {})} if give is not None or current is not None else None
    held_items = list((current or {}).get(label) or [])
    if remove:
        held_items = [item for item in held_items if item not in rest]
    return [*held_items, *(item for item in give or [] if item not in held_items)]


def old_settings(entry: Values, current: Values, rules: Rules) -> Values:
    """Settings that only other profiles give, as they are for somebody without them."""
    plain = rules.leave_first or {}
    return {
        name: plain[name]
        for name in rules.settings
        if name in plain and name not in entry["options"] and current.get(name) in entry["others"].get(name, [])
    }


def look_for_old(works: t.Sequence[Work], module: Module) -> None:
    """Write into the rows what each person has, only other profiles give, and is left alone."""
    rules = module.rules
    for work in works:
        if work.current is not None and not work.returner:
            work.row.old += old_labels(work.entry, work.current, rules)
    asking = [
        (work, {kind: {"remove": work.entry["others"][kind]} for kind in rules.kinds if work.entry["others"].get(kind)})
        for work in works
        if work.current is not None and work.row.action != "failed" and not work.returner
    ]
    looked = [{"username": work.entry["username"], **kinds} for work, kinds in asking if kinds]
    if not looked or module.gone:
        return
    found = module.bring(looked, check=True, **rules.join_options)
    shadow = {rules.key(work.entry["username"]): Row("", work.entry["username"]) for work, kinds in asking if kinds}
    take(shadow, found, rules)
    for work, _kinds in asking:
        seen = shadow.get(rules.key(work.entry["username"]))
        for change in seen.changes if seen else []:
            if change["field"] in rules.kinds:
                after = {identity(item) for item in change["after"] or []}
                work.row.old += [f"{change['field']}: {shown(i)}" for i in change["before"] or [] if identity(i) not in after]


def old_labels(entry: Values, current: Values, rules: Rules) -> list[str]:
    old: list[str] = []
    for label in rules.labels:
        held, rest = current.get(label) or {}, entry["others"].get(label, [])
        if label == "metadata":
            old += [f"metadata {key}: {shown(value)}" for key, value in rest if key in held and held[key] == value]
        else:
            old += [f"{label}: {item}" for item in rest if item in held]
    return old + [f"{name}: {current[name]}" for name in old_settings(entry, current, rules)]


def shown(item: t.Any) -> str:
    """A role, group or grant in words."""
    if isinstance(item, dict):
        return ", ".join(f"{key} {value}" for key, value in item.items())
    return str(item)
