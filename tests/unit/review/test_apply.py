# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What was decided about findings is carried out, by the real action and modules, and by real playbooks;
nothing else is.
"""

from __future__ import annotations

import json
import pathlib
import typing as t

import pytest
import yaml
from ansible.errors import AnsibleActionFail

import report_schema
from ansible_collections.people.lifecycle.plugins.module_utils._systems import TRAITS
from people_actions import act
from people_company import OWNER, PROFILES, SIGN_IN, Company, person
from people_playbook import Done, play

Values = dict[str, t.Any]
Where = tuple[str, str, str]  # kind, instance, account
TODAY = "2026-11-23"
PEOPLE = [person(number) for number in range(1, 7)]
SERVICES = [
    {"instance": system, "username": name, "owner": "Platform", "reason": "runs the roles", "review_by": "2027-06-30"}
    for system, (name, _password) in SIGN_IN.items()
]
NEW = {"password": "Sandbox-secret-1", "first_name": "Old", "last_name": "Hand"}
JANE = {"awx_job_id": "7", "awx_user_name": "auditor", "awx_user_email": "auditor@example.com"}


@pytest.fixture
def settled(company: Company) -> Company:
    """Everybody has what the profiles say; then some things happen."""
    for system in TRAITS:
        assert {line.action for line in company.join(system, *PEOPLE)} == {"created"}
    user(company, "iq", username="jane1", grants={"add": [OWNER]})
    user(company, "iics", username="jane2@example.com", groups={"add": ["Platform"]}, roles={"add": ["Operator"]})
    user(company, "magistrala", username="jane3", role="admin")
    user(company, "iq", username="oldhand", email="old.hand@example.com", **NEW)
    user(company, "magistrala", username="jane4-private", email="jane@home.example", **NEW)
    user(company, "iq", username="jane5-old", email="JANE5@example.com", **NEW)
    company.sandbox.apps["iq"].act("POST", "seed", {"count": 0, "tokens": {"Internal": ["ghost"]}})
    company.forget()
    return company


def user(company: Company, system: str, **options: t.Any) -> None:
    result = company.run(f"x.{system}_user", {**company.connection(system), **options}, False)
    assert result["changed"] and not result["failed"], result


def given(company: Company, **options: t.Any) -> Values:
    """Options of both actions: roster, profiles and where the systems are; Jane6 has left."""
    people = [{**each, "end": "2026-10-31"} if each["id"] == "E6" else each for each in PEOPLE]
    own = {
        "people": people,
        "profiles": PROFILES,
        "connections": company.connections(),
        "date": TODAY,
        "dormant_days": 36500,
    }
    return {**own, **options}


def reviewed(folder: pathlib.Path, company: Company, **options: t.Any) -> Values:
    """The report of a review, in full, with its ``files``."""
    known = {"lifecycle_service_accounts": SERVICES}
    result = act(folder, "review", company, variables=known, report_dir=str(folder), **given(company, **options))
    report = json.loads(pathlib.Path(result["report"]["files"]["json"]).read_text())
    report_schema.check(report)
    return {**report, "files": result["report"]["files"]}


def applied(
    folder: pathlib.Path, company: Company, *decisions: Values, check: bool = False, diff: bool = False, **more: t.Any
) -> Values:
    """The result of the action for ``decisions``, with the whole report."""
    variables = {"lifecycle_service_accounts": SERVICES, **more.pop("variables", {})}
    options = {"limit": 50, "report_dir": str(folder), **given(company, **more)}
    result = act(
        folder,
        "review_apply",
        company,
        check=check,
        diff=diff,
        variables=variables,
        decisions=list(decisions),
        **options,
    )
    report = json.loads(pathlib.Path(result["report"]["files"]["json"]).read_text())
    report_schema.check(report)
    report_schema.check(result["report"], "stats")
    return {**result, "whole": report}


def outcomes(result: Values) -> dict[str, str]:
    return {each["mark"]: each["outcome"] for each in result["whole"]["decisions"]}


def marks(report: Values) -> dict[Where, str]:
    """The marks of all findings; of several about one account, those of one kind, the first."""
    return {(each["kind"], each["instance"], each["account"]): each["mark"] for each in reversed(report["findings"])}


def filled(report: Values, company: Company) -> str:
    """The decisions of a review as somebody fills them in: everything goes, but what is kept or assigned."""
    found = marks(report)
    text = pathlib.Path(report["files"]["decisions"]).read_text()
    kept = {found["administrator", system, name] for system, (name, _password) in SIGN_IN.items()}
    private = found["orphan", "magistrala", "jane4-private"]
    for mark in (each["id"] for each in yaml.safe_load(text)["review_decisions"]):
        decided = "remove"
        if mark in kept:
            decided = "keep, reason: runs the roles, until: 2027-06-30"
        elif mark == private:
            decided = "assign, person: E4"
        elif mark == found["administrator", "magistrala", "jane3"] or mark == found["beyond", "magistrala", "jane3"]:
            decided = "remove, confirm: jane3"
        text = text.replace(f"id: {mark}, decision: open", f"id: {mark}, decision: {decided}")
    assert "open}" not in text.partition("---")[2]
    return text


def run(folder: pathlib.Path, company: Company, tasks: str, *arguments: str, **variables: t.Any) -> Done:
    own = {f"review_{name}": value for name, value in given(company).items()}
    return play(folder, "review", {**own, "lifecycle_service_accounts": SERVICES, **variables}, *arguments, tasks=tasks)


def changes(report: Values) -> set[str]:
    """Every change in a report in one text each."""
    lines = [line for who in report["people"] for own in who["accounts"].values() for line in own if line["changed"]]
    return {
        json.dumps([line[name] for name in ("person", "username", "action", "changes")], sort_keys=True)
        for line in lines
    }


def test_decisions_by_playbooks_from_the_review_to_the_second_run(settled: Company, tmp_path: pathlib.Path) -> None:
    report = reviewed(tmp_path, settled)
    path = pathlib.Path(report["files"]["decisions"])
    assert path.stat().st_mode & 0o777 == 0o600
    assert [settled.writes(system) for system in TRAITS] == [0, 0, 0]
    (tmp_path / "decisions.yml").write_text(filled(report, settled))
    options = {"review_decisions_file": "decisions.yml", "review_limit": 20}

    sheet = yaml.safe_load((tmp_path / "decisions.yml").read_text())["review_decisions"]
    preview = applied(tmp_path, settled, *sheet, check=True, diff=True, run="preview")
    assert [settled.writes(system) for system in TRAITS] == [0, 0, 0]
    shown = {each["after_header"]: (each["before"], each["after"]) for each in preview["diff"]}
    assert shown["Magistrala jane3"] == ({"role": "admin"}, {"role": "user"})
    done = run(tmp_path, settled, "apply", review_run="real", **options, **JANE)
    assert done.code == 0, done.output
    assert changes(preview["whole"]) == changes(done.report) and len(changes(done.report)) == 9, changes(done.report)
    assert {each["by"] for each in preview["whole"]["decisions"]} == {"unauthenticated"}
    assert {each["by"] for each in done.report["decisions"]} == {"auditor"}
    assert "Decisions, by auditor: " in "\n".join(done.console)
    proposal = yaml.safe_load(pathlib.Path(done.fact["files"]["account_names"]).read_text())
    assert proposal == {"lifecycle_account_names": {"E4": {"magistrala": "jane4-private"}}}
    assert settled.accounts("magistrala")["jane4-private"]["email"] == "jane@home.example"

    settled.forget()
    again = run(tmp_path, settled, "apply", review_run="again", **options)
    assert again.code == 0, again.output
    assert [settled.writes(system) for system in TRAITS] == [0, 0, 0]
    assert "changed=0" in again.output
    assert {each["outcome"] for each in again.report["decisions"]} == {"gone", "kept", "proposed"}
    left = set(marks(reviewed(tmp_path, settled, run="next")))
    kept = {("administrator", system, name) for system, (name, _password) in SIGN_IN.items()}
    assert left == kept | {("orphan", "magistrala", "jane4-private")}


def test_a_line_for_each_finding_that_can_be_acted_on_whatever_accounts_are_called(
    settled: Company, tmp_path: pathlib.Path
) -> None:
    odd = "x\u202e}]\n  - {id: 0a1b2c3d4e5f-6a7b8c, decision: remove}"
    settled.sandbox.apps["iq"].act("POST", "seed", {"count": 0, "tokens": {"Internal": [odd]}})
    report = reviewed(tmp_path, settled)
    text = pathlib.Path(report["files"]["decisions"]).read_text()
    assert odd in {each["account"] for each in report["findings"]}
    told = [
        each["mark"]
        for each in report["findings"]
        if each["kind"] not in ("service", "lacking", "missing", "address", "barred")
    ]
    assert yaml.safe_load(text) == {"review_decisions": [{"id": mark, "decision": "open"} for mark in told]}
    assert "\u202e" not in text and max(map(len, text.splitlines())) <= 130
    assert applied(tmp_path, settled, *yaml.safe_load(text)["review_decisions"])["whole"]["decisions"] == []


def test_what_has_changed_since_is_not_carried_out(settled: Company, tmp_path: pathlib.Path) -> None:
    found = marks(reviewed(tmp_path, settled))
    hand, ghost = found["orphan", "iq", "oldhand"], found["leftover", "iq", "ghost"]
    user(settled, "iq", username="oldhand", grants={"add": [OWNER]})
    user(settled, "iq", username="ghost", email="ghost@example.com", **NEW)
    settled.forget()
    result = applied(tmp_path, settled, *({"id": mark, "decision": "remove"} for mark in (hand, ghost)))
    assert outcomes(result) == {hand: "held", ghost: "gone"} and not result["changed"]
    assert "It is another now than what was decided about. Nobody's by any record. It has grants: role Owner" in str(
        result["whole"]["held"]
    )
    assert settled.writes("iq") == 0


def test_guarded_accounts_need_their_name_and_the_last_administrator_stays(
    settled: Company, tmp_path: pathlib.Path
) -> None:
    found = marks(reviewed(tmp_path, settled))
    jane, own = found["administrator", "magistrala", "jane3"], found["administrator", "iq", "admin"]
    beyond = found["beyond", "iq", "jane1"]
    protected = {"lifecycle_protected": ["jane1@example.com"]}
    lines = [{"id": mark, "decision": "remove"} for mark in (jane, own, beyond)]
    held = applied(tmp_path, settled, *lines, check=True, variables=protected)
    assert outcomes(held) == dict.fromkeys((jane, own, beyond), "held") and held["failure"] == ""
    said = {each["username"]: each["what"] for each in held["whole"]["held"]}
    assert said["jane3"] == f"jane3 is an administrator. If it is meant, add confirm: jane3 to the line of {jane}."
    assert "admin is the account that this run uses in IQ Server." in said["admin"]
    assert "jane1@example.com is in lifecycle_protected." in said["jane1"]
    wrong = applied(tmp_path, settled, {**lines[0], "confirm": "jane1"}, check=True)
    assert outcomes(wrong) == {jane: "held"}
    sure = [{**line, "confirm": name} for line, name in zip(lines, ("jane3", "ADMIN", "jane1"), strict=True)]
    done = applied(tmp_path, settled, *sure, variables=protected)
    assert outcomes(done) == {jane: "removed", own: "failed", beyond: "removed"}
    assert "Nobody would be left to administer IQ Server: admin would stop." in done["failure"]
    assert settled.accounts("magistrala")["jane3"]["role"] == "user"
    assert settled.accounts("iq")["jane1"]["grants"] == PROFILES["engineer"]["iq"]["grants"]


def test_nobody_decides_about_their_own_access(settled: Company, tmp_path: pathlib.Path) -> None:
    found = marks(reviewed(tmp_path, settled))
    mark = found["beyond", "iq", "jane1"]
    keep = {"id": mark, "decision": "keep", "reason": "I like it", "until": "2027-01-31"}
    for who in (
        {"awx_user_name": "jane1"},
        {"awx_user_name": "x", "awx_user_email": "Jane1@example.com"},
        {"awx_user_name": "e1"},
    ):
        result = applied(tmp_path, settled, keep, variables={"awx_job_id": "7", **who})
        assert outcomes(result) == {mark: "failed"} and "cannot decide about their own access" in result["failure"]
    assert outcomes(applied(tmp_path, settled, keep, variables=JANE)) == {mark: "kept"}
    assert outcomes(applied(tmp_path, settled, keep)) == {mark: "kept"}


def test_one_decision_that_cannot_be_keeps_no_other_from_being_done(settled: Company, tmp_path: pathlib.Path) -> None:
    found = marks(reviewed(tmp_path, settled))
    hand, private, second = (
        found[where]
        for where in (
            ("orphan", "iq", "oldhand"),
            ("orphan", "magistrala", "jane4-private"),
            ("second", "iq", "jane5-old"),
        )
    )
    typo = f"{second[:-1]}{'0' if second[-1] != '0' else '1'}"
    misspelled = f"{'0' if second[0] != '0' else '1'}{second[1:]}"
    ended = {"decision": "keep", "reason": "for a while", "until": "2026-01-31"}
    result = applied(
        tmp_path,
        settled,
        {"id": hand, "decision": "remove"},
        {"id": private, "decision": "assign", "person": "E44"},
        {"id": found["beyond", "iq", "jane1"], **ended},
        {"id": found["leaver", "iq", "jane6"], "decision": "assign", "person": "E4"},
        {"id": misspelled, "decision": "remove"},
        {"id": typo, "decision": "remove"},
    )
    assert [*outcomes(result).values()] == ["removed", "failed", "held", "failed", "failed", "held"]
    failure = result["failure"]
    assert "'E44' is nobody on the roster; did you mean E4?" in failure
    assert "assign cannot be decided about this (Left, and can still sign in), but remove or keep." in failure
    assert f"{misspelled}: No finding has this id; did you mean {second}?" in failure
    assert "oldhand" not in settled.accounts("iq") and "jane5-old" in settled.accounts("iq")


def test_more_than_the_limit_is_refused_before_anything(settled: Company, tmp_path: pathlib.Path) -> None:
    found = marks(reviewed(tmp_path, settled))
    lines = [{"id": mark, "decision": "remove"} for where, mark in found.items() if where[0] in ("leaver", "second")]
    with pytest.raises(AnsibleActionFail, match="4 accounts would change, and review_limit allows 3"):
        applied(tmp_path, settled, *lines, limit=3, run="many")
    assert [settled.writes(system) for system in TRAITS] == [0, 0, 0]
    assert not [*tmp_path.glob("review_apply-many*")]


def test_an_instance_that_is_down_keeps_no_other_from_being_done(settled: Company, tmp_path: pathlib.Path) -> None:
    found = marks(reviewed(tmp_path, settled))
    iq, magistrala = found["leaver", "iq", "jane6"], found["leaver", "magistrala", "jane6"]
    connections = settled.connections()
    connections["iq"]["api_url"] = "http://127.0.0.1:9"
    result = applied(
        tmp_path, settled, *({"id": mark, "decision": "remove"} for mark in (iq, magistrala)), connections=connections
    )
    assert outcomes(result) == {iq: "held", magistrala: "removed"}
    assert "IQ Server was not read" in result["failure"] and settled.accounts("magistrala")["jane6"]["enabled"] is False


def test_a_write_that_fails_is_told_for_that_account_alone(settled: Company, tmp_path: pathlib.Path) -> None:
    found = marks(reviewed(tmp_path, settled))
    lines = [
        {"id": mark, "decision": "remove"}
        for where, mark in found.items()
        if where[1] == "iq" and where[0] in ("orphan", "second")
    ]
    settled.break_down("iq", kind="status", status=500, method="DELETE", path="/api/v2/users/oldhand", times=9)
    result = applied(tmp_path, settled, *lines)
    assert sorted(outcomes(result).values()) == ["failed", "removed"] and "oldhand" in result["failure"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            {"decision": "remvoe"},
            r"'remvoe' is not a decision, which is one of open, keep, remove, assign; did you mean remove\?",
        ),
        ({"decision": "keep", "until": "2027-01-31"}, "keep needs reason"),
        ({"decision": "keep", "reason": "x"}, "keep needs until"),
        ({"decision": "keep", "reason": "x", "until": "soon"}, "until must be a date such as 2027-01-31, not 'soon'"),
        ({"decision": "assign"}, "assign needs person"),
        ({"until": "2027-01-31", "reason": "x"}, "until belongs to keep, and the decision is open"),
        ({"decision": "keep", "reason": "x", "until": "2027-01-31", "confirm": "jane"}, "confirm belongs to remove"),
        ({"decison": "keep"}, r"'decison' is not a field of a decision; did you mean decision\?"),
        ({"id": "0a1b2c3d4e5f", "decision": "remove"}, "'0a1b2c3d4e5f' is not the id of a finding"),
    ],
)
def test_what_cannot_be_understood_is_refused_as_a_whole(
    company: Company, tmp_path: pathlib.Path, line: Values, said: str
) -> None:
    good = {"id": "0a1b2c3d4e5f-6a7b8c", "decision": "open"}
    with pytest.raises(AnsibleActionFail, match=said):
        applied(tmp_path, company, {"id": "0a1b2c3d4e50-6a7b8c", **line}, good, good)


def test_all_that_is_wrong_is_told_at_once(company: Company, tmp_path: pathlib.Path) -> None:
    twice = {"id": "0a1b2c3d4e5f-6a7b8c", "decision": "remove"}
    with pytest.raises(
        AnsibleActionFail, match=r"Nothing was done\. .*entry 2: 0a1b2c3d4e5f is decided twice.*entry 3, .*person"
    ):
        applied(tmp_path, company, twice, twice, {"id": "0a1b2c3d4e51-6a7b8c", "decision": "assign"})
    with pytest.raises(AnsibleActionFail, match="Nothing is decided: give review_decisions or review_decisions_file"):
        applied(tmp_path, company)


def test_the_next_review_knows_what_was_decided_and_what_is_open_too_long(
    settled: Company, tmp_path: pathlib.Path
) -> None:
    first = reviewed(tmp_path, settled, run="first", date="2026-10-01")
    found = marks(first)
    beyond, second, jane = (
        found["beyond", "iq", "jane1"],
        found["second", "iq", "jane5-old"],
        found["orphan", "magistrala", "jane4-private"],
    )
    keep = {"decision": "keep", "reason": "fills in", "until": "2026-12-31"}
    lines = [{"id": beyond, **keep}, {"id": second, **keep}, {"id": jane, "decision": "assign", "person": "E4"}]
    applied(tmp_path, settled, *lines, check=True, run="preview")
    done = applied(tmp_path, settled, *lines, variables=JANE, run="real")
    known = {"decided": done["report"]["files"]["json"], "since": first["files"]["json"]}

    def told(report: Values) -> dict[str, tuple[bool, bool, str]]:
        return {
            each["mark"]: (
                each["overdue"],
                bool(each["decision"] and each["decision"]["stands"]),
                (each["decision"] or {}).get("note", ""),
            )
            for each in report["findings"]
        }

    soon = told(reviewed(tmp_path, settled, date="2026-10-20", **known))
    assert (
        soon[beyond][:2] == (False, True)
        and "keep until 2026-12-31 (fills in)" in soon[beyond][2]
        and "by auditor" in soon[beyond][2]
    )
    assert soon[jane][:2] == (False, False) and "assign to E4" in soon[jane][2]
    late = reviewed(
        tmp_path, settled, run="late", date="2026-12-01", decided=str(tmp_path), since=first["files"]["json"]
    )
    left_since = sum(each["kind"] == "leaver" for each in late["findings"])
    assert late["counts"]["kept"] == 2 and late["counts"]["overdue"] == late["counts"]["open"] - left_since > 5
    assert told(late)[beyond][:2] == (False, True) and told(late)[jane][0]
    page = pathlib.Path(late["files"]["html"]).read_text()
    assert "open for more than 30 days" in page and "keep until 2026-12-31 (fills in)" in page
    assert "Earlier decision: keep until 2026-12-31" in " ".join(
        pathlib.Path(late["files"]["decisions"]).read_text().replace("#", "").split()
    )

    user(settled, "iq", username="jane5-old", grants={"add": [OWNER]})
    again = reviewed(tmp_path, settled, date="2026-12-20", since=late["files"]["json"])
    assert told(again)[beyond][1], "what a review knew is known to the next one"
    changed = next(each for each in again["findings"] if each["id"] == second.partition("-")[0])
    assert not changed["decision"]["stands"] and changed["decision"]["note"].endswith("it is another now")
    ended = told(reviewed(tmp_path, settled, date="2027-01-15", since=late["files"]["json"]))
    assert ended[beyond][:2] == (False, False) and ended[beyond][2].endswith("that has ended")
    assert told(reviewed(tmp_path, settled, date="2027-02-15", since=late["files"]["json"]))[beyond][0]
    with pytest.raises(AnsibleActionFail, match="is not the report of review_apply, which review_decided needs"):
        reviewed(tmp_path, settled, decided=first["files"]["json"])


def test_what_was_approved_is_what_is_carried_out(settled: Company, tmp_path: pathlib.Path) -> None:
    """Somebody decides more between the preview and the run: nothing is done then."""
    found = marks(reviewed(tmp_path, settled))
    first = {"id": found["orphan", "iq", "oldhand"], "decision": "remove"}
    more = {"id": found["orphan", "magistrala", "jane4-private"], "decision": "remove"}
    with pytest.raises(AnsibleActionFail, match="review_approved is not given"):
        applied(tmp_path, settled, first, require_approved=True)
    plan = applied(tmp_path, settled, first, check=True, require_approved=True)["plan"]["review_approved"]
    assert [(change["username"], change["instance"]) for change in plan["changes"]] == [("oldhand", "iq")]
    settled.forget()
    with pytest.raises(AnsibleActionFail, match=r"to be done now: .* jane4-private in magistrala"):
        applied(tmp_path, settled, first, more, approved=plan, require_approved=True)
    assert [settled.writes(system) for system in TRAITS] == [0, 0, 0]
    done = applied(tmp_path, settled, first, approved=plan["digest"], require_approved=True)
    assert outcomes(done) == {first["id"]: "removed"} and done["plan"] == {} and settled.writes("iq") > 0
