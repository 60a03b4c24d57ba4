# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Planning: what is wanted and what was found decide everything."""

from __future__ import annotations

import types
import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.people.lifecycle.plugins.module_utils._core.kinds import Memberships
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import (
    NOTHING,
    Account,
    Change,
    Field,
    Membership,
    Snapshot,
    Wanted,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.outcome import Outcome
from ansible_collections.people.lifecycle.plugins.module_utils._core.plan import Plan, make_plan
from ansible_collections.people.lifecycle.plugins.module_utils._core.rules import COMMON, PLAN, judge
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits


class Plain(Traits):
    title = "Plain"
    fields = (Field("email", "email", needed=True), Field("title", "title"))
    kinds = (Memberships("roles"),)


class Keeping(Plain):
    keeps_deleted = True
    changes_need_enabled = True
    enabled_with_create = True


def foreseen(plan: Plan) -> Outcome:
    """What a dry run says of ``plan``."""
    return Outcome({}, plan.wanted.username, plan.wanted, plan.found, plan, plan.after, plan.verbs)


def refusal(plan: Plan, traits: Traits) -> str:
    """What the rules say against ``plan``; empty where nothing does."""
    outcome = foreseen(plan)
    client = types.SimpleNamespace(traits=traits, whoami=lambda: "root")
    judge([outcome], t.cast("t.Any", client), COMMON, PLAN)
    return str(outcome.error or "")


def role(name: str) -> Membership:
    return Membership("roles", (name,), name)


def account(enabled: bool | None = True, deleted: bool = False, **values: t.Any) -> Account:
    return Account("jane", "7", {"email": "jane@example.com", "title": None, **values}, enabled, deleted)


def test_missing_account_is_created_with_what_was_given():
    plan = make_plan(Wanted("jane", values={"email": "j@example.com"}, password="secret-secret"), NOTHING, Plain())
    assert plan.verbs == ("create",)
    assert foreseen(plan).action == "created"
    before, after = foreseen(plan).difference()
    assert before == {"state": "absent"}
    assert after["email"] == "j@example.com"
    assert "secret-secret" not in str(after)
    assert "password" in foreseen(plan).changes


def test_create_without_a_needed_field_is_refused_by_name():
    said = refusal(make_plan(Wanted("jane"), NOTHING, Plain()), Plain())
    assert said == "jane does not exist yet, and creating an account in Plain needs email."


def test_what_is_not_given_stays():
    plan = make_plan(Wanted("jane", values={"title": "Engineer"}), Snapshot(account()), Plain())
    assert plan.steps[0].values == {"title": "Engineer"}
    assert foreseen(plan).changes == ["title"]
    assert plan.after.account.values["email"] == "jane@example.com"


def test_empty_and_missing_text_are_the_same():
    assert not make_plan(Wanted("jane", values={"title": ""}), Snapshot(account()), Plain())


def test_password_is_changed_only_when_asked_always():
    kept = Wanted("jane", password="secret-secret")
    always = Wanted("jane", password="secret-secret", update_password="always")
    assert not make_plan(kept, Snapshot(account()), Plain())
    plan = make_plan(always, Snapshot(account()), Plain())
    assert plan.verbs == ("password",)
    assert foreseen(plan).changes == ["password"]


@pytest.mark.parametrize(
    "change, added, removed",
    [
        (Change(add=(role("b"), role("a"), role("b"))), ["b"], []),
        (Change(remove=(role("a"), role("x"))), [], ["a"]),
        (Change(exactly=(role("b"),)), ["b"], ["a"]),
        (Change(exactly=()), [], ["a"]),
        (Change(exactly=(role("a"),)), [], []),
    ],
)
def test_memberships(change: Change, added: list[str], removed: list[str]):
    found = Snapshot(account(), {"roles": (role("a"),)})
    plan = make_plan(Wanted("jane", memberships={"roles": change}), found, Plain())
    step = plan.steps[0] if plan else None
    assert [m.shown for m in step.add] == added if step else not added
    assert [m.shown for m in step.remove] == removed if step else not removed


def test_enabled_acts_only_where_given():
    found = Snapshot(account(enabled=False))
    assert not make_plan(Wanted("jane"), found, Plain())
    assert foreseen(make_plan(Wanted("jane", enabled=True), found, Plain())).action == "enabled"
    assert foreseen(make_plan(Wanted("jane", enabled=False), Snapshot(account()), Plain())).action == "disabled"


def test_disabled_account_is_changed_by_the_legal_route_only_when_asked():
    found = Snapshot(account(enabled=False))
    undecided = make_plan(Wanted("jane", values={"title": "x"}), found, Keeping())
    assert undecided.reopens
    assert "Set enabled: true" in refusal(undecided, Keeping())
    there_and_back = make_plan(Wanted("jane", values={"title": "x"}, enabled=False), found, Keeping())
    assert there_and_back.verbs == ("enable", "update", "disable")
    assert there_and_back.reopens and not refusal(there_and_back, Keeping())
    assert foreseen(there_and_back).action == "updated"
    assert foreseen(there_and_back).changes == ["title"]
    for_good = make_plan(Wanted("jane", values={"title": "x"}, enabled=True), found, Keeping())
    assert for_good.verbs == ("enable", "update")
    assert not for_good.reopens and not refusal(for_good, Keeping())


def test_deleted_account_is_absent_and_is_taken_into_use_again():
    found = Snapshot(account(enabled=False, deleted=True))
    assert not make_plan(Wanted("jane", state="absent"), found, Keeping())
    assert not make_plan(Wanted("jane", state="disabled"), found, Keeping())
    plan = make_plan(Wanted("jane"), found, Keeping())
    assert plan.verbs == ("enable",)
    assert "deleted before" in plan.notes[0]
    assert {"state", "enabled"} <= set(foreseen(plan).changes)


@pytest.mark.parametrize("state", ["absent", "disabled"])
def test_missing_account_is_fine_for_a_leaver(state: str):
    assert not make_plan(Wanted("jane", state=state), NOTHING, Plain())


def test_leftovers_of_a_gone_account_are_taken_away():
    class Lasting(Plain):
        memberships_outlive = ("roles",)

    found = Snapshot(None, {"roles": (role("a"),)}, ("code",))
    plan = make_plan(Wanted("jane", state="absent"), found, Lasting())
    assert plan.verbs == ("revoke_tokens", "memberships")
    assert set(foreseen(plan).changes) == {"roles", "tokens"}


NAMES = st.sampled_from(["a", "b", "c"])
ROLES = st.lists(NAMES.map(role), max_size=3).map(tuple)


def made(kind: type, **fields: st.SearchStrategy) -> st.SearchStrategy:
    """Instances with these fields and no others; ``builds`` would invent what has a default."""
    return st.fixed_dictionaries(fields).map(lambda given: kind(**given))


CHANGES = st.one_of(made(Change, add=ROLES, remove=ROLES), made(Change, exactly=ROLES), st.just(Change()))
WANTED = made(
    Wanted,
    username=st.just("jane"),
    state=st.sampled_from(["present", "disabled", "absent"]),
    values=st.fixed_dictionaries(
        {"email": st.sampled_from(["x", "y"])}, optional={"title": st.sampled_from(["", "x"])}
    ),
    enabled=st.sampled_from([None, True, False]),
    memberships=st.fixed_dictionaries({"roles": CHANGES}),
)
ACCOUNTS = st.one_of(
    st.none(),
    st.builds(account, enabled=st.booleans(), deleted=st.just(False), title=st.sampled_from([None, "", "x"])),
    st.builds(account, enabled=st.just(False), deleted=st.just(True)),
)
FOUND = made(
    Snapshot, account=ACCOUNTS, memberships=st.fixed_dictionaries({"roles": ROLES.map(lambda r: tuple(set(r)))})
)


@given(WANTED, FOUND, st.sampled_from([Plain(), Keeping()]))
def test_a_plan_ends_where_nothing_is_left_to_do_and_differs_exactly_when_it_acts(
    wanted: Wanted, found: Snapshot, traits: Traits
):
    if not traits.keeps_deleted and found.account is not None and found.account.deleted:
        return
    for change in wanted.memberships.values():
        if set(change.add) & set(change.remove):
            return
    plan = make_plan(wanted, found, traits)
    if plan.reopens and wanted.enabled is None:
        return
    before, after = foreseen(plan).difference()
    outcome = foreseen(plan)
    assert (
        bool(plan) == (before != after) == bool(outcome.changes) == (outcome.action != "unchanged") == outcome.changed
    )
    assert not make_plan(wanted, plan.after, traits)
    assert "delete" not in plan.verbs[:-1]
