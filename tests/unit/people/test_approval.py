# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What was approved is what is done: random changes between preview and run, pure and through the real action."""

from __future__ import annotations

import copy
import datetime
import json
import pathlib
import random
import typing as t

import pytest
import yaml
from ansible.errors import AnsibleActionFail

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._systems import TRAITS
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.approval import (
    Plan,
    basis_of,
    check_approval,
    make_plan,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.shard import EVERYBODY, Shard
from people_actions import act
from people_company import PROFILES, SIGN_IN, Company, person

NOW = datetime.datetime(2026, 11, 27, 9, tzinfo=datetime.timezone.utc)
LATER = NOW + datetime.timedelta(hours=72)
PEOPLE = [person(1), person(2)]
Lines = dict[str, list[Line]]


def lines(number: int = 3) -> Lines:
    return {
        instance: [
            Line(
                f"E{place}",
                f"user{place}",
                done=["create"],
                changes=[
                    {"field": "email", "before": None, "after": f"user{place}@example.com"},
                    {"field": traits.kinds[0].name, "before": None, "after": ["one", "two"]},
                    {"field": "last_login", "before": "2026-11-01", "after": None},
                ],
            )
            for place in range(number)
        ]
        for instance, traits in TRAITS.items()
    }


def plan_of(given: Lines, shard: Shard = EVERYBODY, **options: t.Any) -> Plan:
    asked = {"systems": ["iq"], "reenable": False, **options}
    address, organization = asked.pop("address", "https://iq.example.com"), asked.pop("organization", None)
    instances = {"iq": {"address": address, "organization": organization, "release": "1"}}
    basis = basis_of(asked, instances, asked.pop("profiles", PROFILES))
    return make_plan("onboard", shard, basis, [(name, TRAITS[name], found) for name, found in given.items()])


def refusal(approved: t.Any, plan: Plan, now: datetime.datetime = NOW, kept: t.Any = None) -> str:
    """Why the approval does not fit the plan; empty where it does."""
    try:
        check_approval(approved, plan, now, "onboard_approved", lambda _digest: kept or {})
    except InputError as error:
        return str(error)
    return ""


MUTATIONS: dict[str, t.Callable[[random.Random, Lines], t.Any]] = {
    "one account less": lambda any_, found: found[any_.choice([*found])].pop(),
    "one account more": lambda any_, found: found[any_.choice([*found])].append(Line("E9", "nine", done=["create"])),
    "another verb": lambda any_, found: one(any_, found).done.append("disable"),
    "another name": lambda any_, found: setattr(one(any_, found), "username", "another"),
    "another person": lambda any_, found: setattr(one(any_, found), "person", "E7"),
    "another value": lambda any_, found: one(any_, found).changes[0].update(after="x@example.com"),
    "another value before": lambda any_, found: one(any_, found).changes[0].update(before="x@example.com"),
    "one membership more": lambda any_, found: one(any_, found).changes[1]["after"].append("three"),
    "held now": lambda any_, found: setattr(one(any_, found), "done", []),
}
HARMLESS: dict[str, t.Callable[[random.Random, Lines], t.Any]] = {
    "the order of accounts": lambda any_, found: any_.shuffle(found[any_.choice([*found])]),
    "the order of memberships": lambda any_, found: one(any_, found).changes[1]["after"].reverse(),
    "a time": lambda any_, found: one(any_, found).changes[2].update(before="2026-11-26"),
    "somebody held, unchanged or failed": (
        lambda any_, found: found["iq"].append(Line("E8", "x", action="held", notes=["why"]))
    ),
}


def one(any_: random.Random, found: Lines) -> Line:
    return any_.choice(found[any_.choice([*found])])


@pytest.mark.parametrize("what", [*MUTATIONS, *HARMLESS])
def test_whatever_changes_refuses_and_what_does_not_count_does_not(what: str) -> None:
    for seed in range(40):
        any_ = random.Random(seed)
        before, now = lines(), lines()
        digest = plan_of(before).digest(LATER)
        assert refusal(digest, plan_of(before)) == ""
        (MUTATIONS | HARMLESS)[what](any_, now)
        assert (refusal(digest, plan_of(now)) == "") is (what in HARMLESS), seed


@pytest.mark.parametrize(
    "changed",
    [
        {"reenable": True},
        {"address": "https://other.example.com"},
        {"organization": "Other"},
        {"profiles": {"engineer": {}}},
        {"date": "2027-01-01"},
    ],
)
def test_the_digest_stands_for_what_the_plan_rests_on(changed: dict[str, t.Any]) -> None:
    approved = plan_of(lines())
    told = refusal(approved.digest(LATER), plan_of(lines(), **changed), kept=approved.described(LATER))
    assert "nothing was done. Since then: the " in told and " is another" in told
    assert refusal(approved.digest(LATER), plan_of(lines(), systems=["iq", "iics"], run="5", parallel=8)) == ""


def test_a_digest_ends_and_is_for_one_kind_and_one_part() -> None:
    plan = plan_of(lines())
    digest = plan.digest(LATER)
    assert refusal(digest, plan, LATER) == ""
    assert "ended at 20261130T090000Z" in refusal(digest, plan, LATER + datetime.timedelta(seconds=1))
    assert "part 1/1; this run is onboard, part 2/4" in refusal(digest, plan_of(lines(), Shard(2, 4)))
    assert "approves offboard" in refusal(digest.replace("onboard", "offboard"), plan)
    for wrong in ("yes", digest[:-1], digest.upper(), 5, {"digest": ""}):
        assert "must be the digest" in refusal(wrong, plan), wrong


def test_a_digest_is_text_for_every_reader_of_yaml() -> None:
    digest = plan_of(lines()).digest(LATER)
    assert yaml.safe_load(digest) == digest and yaml.safe_load(f"a={digest}") == f"a={digest}"


def test_what_has_changed_is_told_by_what_was_handed_on_and_bounded() -> None:
    approved, now = plan_of(lines(2)), plan_of(lines(60))
    told = refusal(approved.handed_on(LATER), now)
    assert "to be done now: create user10 in iics (E10)" in told and "more. Preview again" in told
    assert "no longer to be done: create user1 in iq (E1)" in refusal(
        json.dumps(approved.handed_on(LATER)), plan_of(lines(1))
    )
    handed = plan_of(lines(60)).handed_on(LATER)
    assert (len(handed["changes"]), handed["left_out"], handed["counts"]) == (100, 80, {"create": 180})


def run(folder: pathlib.Path, company: Company, kind: str, check: bool = False, **options: t.Any) -> dict[str, t.Any]:
    """The real action against the sandbox."""
    given = {"people": PEOPLE, "profiles": PROFILES} if kind == "onboard" else {"people": [p["email"] for p in PEOPLE]}
    given |= {"connections": company.connections(), "report_dir": str(folder / "reports")}
    return act(folder, kind, company, check=check, **{**copy.deepcopy(given), **options})


def writes(company: Company) -> int:
    return sum(company.writes(system) for system in TRAITS)


@pytest.mark.parametrize("kind", ["onboard", "offboard"])
def test_a_preview_is_carried_out_to_the_letter(company: Company, tmp_path: pathlib.Path, kind: str) -> None:
    if kind == "offboard":
        run(tmp_path, company, "onboard")
        company.forget()
    preview = run(tmp_path, company, kind, plan_only=True)
    (variable, plan), *others = preview["plan"].items()
    assert (variable, others, preview["changed"], writes(company)) == (f"{kind}_approved", [], False, 0)
    assert sum(plan["counts"].values()) >= len(plan["changes"]) == 6
    checked = run(tmp_path, company, kind, check=True)
    assert (
        checked["plan"][variable]["digest"].rpartition("-")[2] == plan["digest"].rpartition("-")[2]
        and checked["changed"]
    )
    (file,) = (tmp_path / "reports").glob(f"{kind}-plan-*.json")
    assert json.loads(file.read_text())["basis"] == plan["basis"] and file.stat().st_mode & 0o077 == 0
    assert not any(password in file.read_text() for _user, password in SIGN_IN.values())
    done = run(tmp_path, company, kind, approved=plan["digest"], require_approved=True)
    assert done["failure"] == "" and done["plan"] == {} and writes(company) > 0
    assert done["report"]["counts"]["changed"] == 2
    company.forget()
    with pytest.raises(AnsibleActionFail, match=r"no longer to be done: .* Preview again"):
        run(tmp_path, company, kind, approved=plan["digest"])
    assert writes(company) == 0


MEANWHILE: dict[str, tuple[str, dict[str, t.Any], str]] = {
    "somebody more": ("onboard", {"people": [*PEOPLE, person(3)]}, r"to be done now: create .*\(E3\)"),
    "somebody less": ("onboard", {"people": PEOPLE[:1]}, r"no longer to be done: create .*\(E2\)"),
    "another profile": ("onboard", {"profiles": {**PROFILES, "engineer": PROFILES["lead"]}}, "the profiles is another"),
    "another option": ("onboard", {"reenable": True}, "the option reenable is another"),
    "another mode": ("offboard", {"mode": "delete"}, "the option mode is another"),
    "fewer systems": ("offboard", {"systems": ["iq"]}, "the instance iics is another"),
}


@pytest.mark.parametrize("what", MEANWHILE)
def test_another_plan_writes_nothing_and_says_what_is_other(
    company: Company, tmp_path: pathlib.Path, what: str
) -> None:
    kind, changed, told = MEANWHILE[what]
    if kind == "offboard":
        run(tmp_path, company, "onboard")
    (handed,) = run(tmp_path, company, kind, check=True)["plan"].values()
    company.forget()
    with pytest.raises(AnsibleActionFail, match=told):
        run(tmp_path, company, kind, approved=handed, **changed)
    assert writes(company) == 0


def test_an_account_that_somebody_changed_meanwhile_refuses_too(company: Company, tmp_path: pathlib.Path) -> None:
    run(tmp_path, company, "onboard")
    (handed,) = run(tmp_path, company, "offboard", check=True)["plan"].values()
    grants = {"username": "jane1", "grants": {"set": []}}
    company.run("x.iq_user", {**company.connection("iq"), **grants}, False)
    company.forget()
    with pytest.raises(AnsibleActionFail, match=r"to be done in another way: .*jane1 in iq"):
        run(tmp_path, company, "offboard", approved=handed)
    assert writes(company) == 0


def somebody(seed: int, company: Company, options: dict[str, t.Any], kind: str) -> None:
    """What somebody does between a preview and its run: to an account, to the list, or nothing that counts.

    Each seed is another way, in an order of its own for each kind.
    """
    any_ = random.Random(seed)
    who = any_.choice((1, 2))
    ways: dict[str, t.Callable[[], t.Any]] = {
        "nothing": lambda: None,
        "another order": options["people"].reverse,
        "one less": options["people"].pop,
        "closed": lambda: account(company, "iq", who, state="absent"),
        "named": lambda: account(company, "magistrala", who, last_name=f"Smythe{any_.randint(1, 9)}"),
        "shut out": lambda: account(company, "magistrala", who, state="disabled"),
        "granted": lambda: account(company, "iics", who, roles={"add": [any_.choice(("Designer", "Monitor"))]}),
        "option": lambda: options.update({"reenable": True} if kind == "onboard" else {"mode": "delete"}),
    }
    ways[random.Random(kind).sample([*ways], len(ways))[seed]]()


def account(company: Company, system: str, who: int, **wanted: t.Any) -> None:
    """Change somebody's account, where they have one."""
    for username, found in company.accounts(system).items():
        if found["email"] == f"jane{who}@example.com":
            company.run(f"x.{system}_user", {**company.connection(system), "username": username, **wanted}, False)


def planned(folder: pathlib.Path) -> t.Any:
    """What the file of the latest preview says that would be done, and on what it rests."""
    latest = max(folder.glob("*-plan-*.json"), key=lambda path: path.stat().st_mtime_ns)
    return {key: value for key, value in json.loads(latest.read_text()).items() if key in ("basis", "changes")}


@pytest.mark.parametrize("kind", ["onboard", "offboard"])
@pytest.mark.parametrize("seed", range(6))
def test_after_any_change_a_run_is_the_approved_plan_or_writes_nothing(
    company: Company, tmp_path: pathlib.Path, kind: str, seed: int
) -> None:
    any_ = random.Random(f"{kind}{seed}")
    people = [*PEOPLE] if kind == "onboard" else [one["email"] for one in PEOPLE]
    run(
        tmp_path,
        company,
        "onboard",
        people=PEOPLE if kind == "offboard" else PEOPLE[: any_.randint(0, 1)] or [person(3)],
    )
    options = {
        "people": [*people],
        "profiles": {**PROFILES, "engineer": PROFILES["lead"]} if any_.random() < 0.5 else PROFILES,
    }
    if kind == "offboard":
        options.pop("profiles")
    (handed,) = run(tmp_path, company, kind, check=True, **options)["plan"].values()
    approved = planned(tmp_path / "reports")
    somebody(seed, company, options, kind)
    run(tmp_path, company, kind, check=True, **options)
    same = planned(tmp_path / "reports") == approved
    company.forget()
    try:
        done = run(tmp_path, company, kind, approved=handed, **options)
    except AnsibleActionFail as error:
        assert not same and "so nothing was done" in str(error) and writes(company) == 0
    else:
        assert same and done["failure"] == ""
        assert (writes(company) > 0) is bool(approved["changes"])


def test_without_an_approval_a_playbook_that_needs_one_looks_at_nothing(
    company: Company, tmp_path: pathlib.Path
) -> None:
    for nothing in ("", " ", None, {}, []):
        with pytest.raises(AnsibleActionFail, match="onboard_approved is not given"):
            run(tmp_path, company, "onboard", approved=nothing, require_approved=True)
    assert company.calls == []


def test_each_part_hands_on_its_own(company: Company, tmp_path: pathlib.Path) -> None:
    preview = run(tmp_path, company, "onboard", check=True, shard="1/2")
    assert [*preview["plan"]] == ["onboard_approved_1_2"]
    given = {"people": PEOPLE, "profiles": PROFILES, "connections": company.connections(), "report": False}
    done = act(tmp_path, "onboard", company, variables=preview["plan"], shard="1/2", require_approved=True, **given)
    assert done["failure"] == ""
    with pytest.raises(AnsibleActionFail, match="onboard_approved is not given"):
        act(tmp_path, "onboard", company, variables=preview["plan"], shard="2/2", require_approved=True, **given)
