# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A company of forty with accounts that were made by hand is adopted, disturbed, reviewed,
decided about and reviewed again.

What somebody does by hand is done by playbooks with the modules, and what is expected is written down here, account by
account.
"""

from __future__ import annotations

import collections
import json
import pathlib
import typing as t

import yaml

from surroundings import Playbooks, Sandboxes

Values = dict[str, t.Any]
Found = collections.Counter[tuple[str, str, str]]
COMPANY = 40
NAMES = (
    "Ada Byron",
    "Ben Okri",
    "Cleo Marsh",
    "Dan Wolff",
    "Eva Lind",
    "Finn Hale",
    "Gia Rossi",
    "Hugo Stern",
    "Ida Holm",
    "Jon Vega",
    "Kim Tran",
    "Leo Brandt",
    "Mia Costa",
    "Ned Pryce",
    "Ola Berg",
    "Pia Falk",
    "Quinn Reed",
    "Rosa Diaz",
    "Sam Idris",
    "Tess Moor",
    "Uma Nair",
    "Vic Lange",
    "Wes Adler",
    "Xenia Roth",
    "Yan Chou",
    "Zoe Bell",
    "Abe Kern",
    "Bea Lunt",
    "Cy Dorn",
    "Dee Faro",
    "Eli Gant",
    "Fay Hoyt",
    "Gus Ivers",
    "Hal Jory",
    "Ira Kane",
    "Jill Loew",
    "Kay Munro",
    "Lou Nash",
    "Max Orr",
    "Nia Page",
)
NEW = {"password": "Sandbox-secret-1"}
OWNER = {"role": "Owner", "organization": "Data"}
DEVELOPER = {"role": "Developer", "organization": "Data"}
ADMINISTRATORS = {"iics": "admin@example.com", "iq": "admin", "magistrala": "admin"}
GONE = "2020-01-31"


def claim(true: bool, what: str) -> None:
    if not true:
        raise AssertionError(what)


def names(number: int) -> tuple[Values, str]:
    """First name, last name and address of somebody, and the name of their accounts in IQ Server and Magistrala."""
    first, last = NAMES[number].split()
    name = f"{first}-{last}".lower()
    return {"first_name": first, "last_name": last, "email": f"{name}@example.com"}, name


def play(system: str, users: list[Values], **options: t.Any) -> Values:
    return {
        f"people.lifecycle.{system}_user": {"users": users, "parallel": 4, **options},
        "name": f"Accounts in {system}",
    }


def by_hand() -> list[Values]:
    """The accounts of the company: three teams, and everybody has the accounts of theirs."""
    users: dict[str, list[Values]] = {"iics": [], "iq": [], "magistrala": []}
    for number in range(COMPANY):
        person, name = names(number)
        team = number % 3
        users["iics"].append(
            {
                "username": person["email"],
                **person,
                "roles": {"add": [["Designer", "Monitor"], ["Operator"], ["Monitor"]][team]},
            }
        )
        users["iq"].append(
            {"username": name, **person, **NEW, "grants": {"add": [[DEVELOPER], [OWNER], [DEVELOPER]][team]}}
        )
        if team != 2:
            users["magistrala"].append({"username": name, **person, **NEW, "tags": [["data"], ["ops"]][team]})
    return [play(system, each) for system, each in users.items()]


def disturbance() -> list[Values]:
    """What is done to accounts by hand, in every way that a review tells."""
    old_hand = {"first_name": "Old", "last_name": "Hand", "email": "old.hand@example.com", **NEW}
    evaluator = {"role": "Application Evaluator", "organization": "Data"}
    return [
        play("iics", [{"username": "gia-rossi@example.com", "roles": {"add": ["Operator"], "remove": ["Designer"]}}]),
        play(
            "iq",
            [
                {"username": "old-hand", **old_hand},
                {"username": "cleo-marsh", "grants": {"add": [OWNER]}},
                {"username": "dan-wolff", "grants": {"add": [evaluator]}},
                {"username": "eva-lind", "state": "absent"},
                {"username": "finn-hale-2", **names(5)[0], **NEW},
            ],
        ),
        play(
            "magistrala",
            [
                {"username": "rosa-private", **names(17)[0], **NEW, "email": "rosa@home.example"},
                {"username": "hugo-stern", "email": "hugo@home.example"},
                {"username": "jon-vega", "enabled": False},
                {"username": "mia-costa", "role": "admin"},
            ],
        ),
    ]


def settlement() -> list[Values]:
    """What people do themselves once somebody has asked them: two change the address of their account."""
    emails = {"rosa-private": "rosa-diaz@example.com", "hugo-stern": "hugo-stern@example.com"}
    return [play("magistrala", [{"username": name, "email": email} for name, email in emails.items()])]


DISTURBED: Found = collections.Counter(
    [
        ("beyond", "iics", "gia-rossi@example.com"),
        ("lacking", "iics", "gia-rossi@example.com"),
        ("orphan", "iq", "old-hand"),
        ("beyond", "iq", "cleo-marsh"),
        ("beyond", "iq", "dan-wolff"),
        ("missing", "iq", "eva-lind"),
        ("second", "iq", "finn-hale-2"),
        ("leftover", "iq", "ghost"),
        ("service", "iq", "admin"),
        ("orphan", "magistrala", "rosa-private"),
        ("address", "magistrala", "hugo-stern"),
        ("barred", "magistrala", "jon-vega"),
        ("administrator", "magistrala", "mia-costa"),
        ("beyond", "magistrala", "mia-costa"),
        ("leaver", "iics", "ned-pryce@example.com"),
        ("leaver", "iq", "ned-pryce"),
        ("leaver", "magistrala", "ned-pryce"),
        *(("unclear", system, "") for system in ADMINISTRATORS),
    ]
)
OWN: Found = collections.Counter(("administrator", system, name) for system, name in ADMINISTRATORS.items())


def found(report: Values) -> Found:
    return collections.Counter((each["kind"], each["instance"], each["account"]) for each in report["findings"])


def decided(report: Values, sheet: pathlib.Path) -> str:
    """The decisions of a review as a reviewer fills them in, line by line."""
    about = {each["mark"]: each for each in report["findings"]}
    text = sheet.read_text()
    for line in yaml.safe_load(text)["review_decisions"]:
        finding = about[line["id"]]
        verdict = "remove"
        if (finding["kind"], finding["instance"], finding["account"]) in OWN:
            verdict = "keep, reason: runs the roles, until: 2099-12-31"
        elif finding["account"] == "rosa-private":
            verdict = "assign, person: rosa-diaz@example.com"
        elif finding["account"] == "mia-costa":
            verdict = "remove, confirm: mia-costa"
        text = text.replace(f"id: {line['id']}, decision: open", f"id: {line['id']}, decision: {verdict}")
    return text


class Records:
    """The files that adopt proposed, as their reviewers change them."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder

    def variables(self) -> Values:
        """What onboarding and reviews are given of them."""
        names_of_files = ("account_names", "service_accounts")
        files = {f"lifecycle_{name}_file": str(self.folder / f"{name}.yml") for name in names_of_files}
        for role in ("onboard", "review"):
            files |= {
                f"{role}_people_file": str(self.folder / "roster.yml"),
                f"{role}_profiles_file": str(self.folder / "profiles.yml"),
            }
        return files

    def change(self, name: str, change: t.Callable[[t.Any], None]) -> None:
        path = self.folder / f"{name}.yml"
        content = yaml.safe_load(path.read_text())
        change(next(iter(content.values())))
        path.write_text(yaml.safe_dump(content, sort_keys=False))

    def person(self, number: int, **fields: t.Any) -> None:
        email = names(number)[0]["email"]
        self.change("roster", lambda people: next(each for each in people if each["id"] == email).update(fields))

    def profile(self, number: int) -> list[str]:
        people = yaml.safe_load((self.folder / "roster.yml").read_text())["onboard_people"]
        return next(each["profile"] for each in people if each["id"] == names(number)[0]["email"])

    def service(self, review_by: str) -> None:
        self.change(
            "service_accounts",
            lambda services: next(each for each in services if each["instance"] == "iq").update(review_by=review_by),
        )


def access_review(playbooks: Playbooks, sandboxes: Sandboxes, heading: t.Callable[[str], None]) -> None:
    """Raises AssertionError where something is not as it is told."""
    records, reports = Records(playbooks.folder / "adopted"), playbooks.folder / "reports"

    heading(f"1. A company of {COMPANY}, whose accounts were made by hand, is adopted")
    playbooks.play(
        "1-adopt", {"adopt_dir": str(records.folder)}, playbooks.book("by-hand", by_hand()), "people.lifecycle.adopt"
    )
    profiles = yaml.safe_load((records.folder / "differences.yml").read_text())["holders_of_profiles"]
    sandboxes.forget()
    common = {
        **records.variables(),
        "onboard_report_dir": str(reports),
        "review_report_dir": str(reports),
        "review_limit": 20,
    }
    playbooks.play("1-onboard", {**common, "onboard_run": "adopted"}, "people.lifecycle.onboard")
    claim(sandboxes.writes() == 0, "onboarding right after adopting wrote something")
    print(f"    {len(profiles)} profiles explain what {COMPANY} people have; onboarding with them writes nothing")

    heading("2. It is disturbed in many ways, and reviewed")
    shared = records.profile(14)
    records.person(13, end=GONE)
    records.person(14, profile=["no-such-profile"])
    records.service(GONE)
    sandboxes.ask(f"{sandboxes.urls['iq']}/_sandbox/seed", {"count": 0, "tokens": {"Internal": ["ghost"]}})
    disturbed = playbooks.book("disturbed", disturbance())
    playbooks.play("2-review", {**common, "review_run": "2-disturbed"}, disturbed, "people.lifecycle.review")
    report = json.loads((reports / "review-2-disturbed.json").read_text())
    expected = DISTURBED + OWN
    claim(found(report) == expected, f"found {found(report) - expected}, not found {expected - found(report)}")
    print(
        f"    {sum(DISTURBED.values())} disturbances found, all of them and nothing else but {sum(OWN.values())} "
        "administrators"
    )

    heading("3. Somebody decides about each finding; a dry run first, then it is carried out")
    sheet = playbooks.folder / "decisions.yml"
    sheet.write_text(decided(report, reports / "review-2-disturbed.decisions.yml"))
    deciding = {**common, "review_decisions_file": str(sheet)}
    sandboxes.forget()
    playbooks.play(
        "3-preview", {**deciding, "review_run": "3-decided"}, "people.lifecycle.review_apply", "--check", "--diff"
    )
    claim(sandboxes.writes() == 0, "the dry run wrote something")
    playbooks.play("3-apply", {**deciding, "review_run": "3-decided"}, "people.lifecycle.review_apply")
    preview, done = (
        json.loads((reports / f"review_apply-3-decided{end}.json").read_text()) for end in ("-preview", "")
    )
    claim(
        preview["decisions"] == done["decisions"] and preview["counts"] == done["counts"],
        "the dry run told something else",
    )
    claim({each["outcome"] for each in done["decisions"]} == {"removed", "kept", "proposed"}, "not everything was done")
    told = collections.Counter(each["outcome"] for each in done["decisions"])
    print(f"    {', '.join(f'{count} {outcome}' for outcome, count in told.items())}; the dry run told the same")

    heading("4. Records are put right, onboarding gives what is missing, and the next review is clean")
    proposal = yaml.safe_load((reports / "review_apply-3-decided.account_names.yml").read_text())[
        "lifecycle_account_names"
    ]
    records.change("account_names", lambda known: [known[who].update(accounts) for who, accounts in proposal.items()])
    records.person(14, profile=shared)
    records.service("2099-12-31")
    sandboxes.forget()
    settled = {
        **common,
        "onboard_run": "settled",
        "onboard_reenable": True,
        "review_run": "4-settled",
        "review_decided": str(reports),
        "review_since": str(reports / "review-2-disturbed.json"),
    }
    books = (playbooks.book("settled", settlement()), "people.lifecycle.onboard", "people.lifecycle.review")
    playbooks.play("4-review", settled, *books)
    last = json.loads((reports / "review-4-settled.json").read_text())
    claim(found(last) == OWN, f"still there: {found(last) - OWN}")
    claim(last["counts"]["open"] == 0 and last["counts"]["kept"] == sum(OWN.values()), "something is open")
    print(f"    nothing is open, {last['counts']['kept']} are kept by decision, {last['trend']['gone']} gone")
