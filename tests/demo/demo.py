# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Shows the whole life of accounts against the sandbox, and checks what it shows: ``make demo``.

Ten people join (dry run, run, second run), two leave, one changes jobs and one comes back. HR's export knows
departments and titles; reviewed rules give the profiles. The exit status is 0 only if the dry runs told the truth, no
dry run and no second run wrote anything, and every account is as it should be. All of it holds in each generation of
Magistrala: ``make demo ARGS=--magistrala-profile=atom``. ``make demo ARGS=--review`` shows another story: an existing
company is adopted, disturbed, reviewed, and what was decided is carried out.
"""

from __future__ import annotations

import argparse
import json
import shlex
import shutil
import sys
import textwrap
import time
import typing as t

from access_review import access_review

from surroundings import PROJECT, Playbooks, Sandboxes

OUT = PROJECT / "build/demo"
SAMPLES = PROJECT / "playbooks/files"
GENERATIONS = {"a": "early2025", "b": "v0.30", "atom": "atom", "atom-newer": "atom-newer"}  # as the sandbox calls them
CONTRACTORS = [
    {
        "id": "C1",
        "first_name": "Nadia",
        "last_name": "Haddad",
        "email": "nadia.haddad@example.com",
        "profile": ["contractor"],
    },
    {
        "id": "C2",
        "first_name": "Olu",
        "last_name": "Adeyemi",
        "email": "olu.adeyemi@example.com",
        "profile": ["contractor"],
    },
]
CONTRACTOR = {
    "iics_dev": {"roles": ["Designer"], "authentication": "saml"},
    "iq": {"realm": "SAML", "grants": [{"role": "Developer", "organization": "Data"}]},
}


class Wrong(Exception):
    """Something is not as the demo claims."""


def claim(true: bool, what: str) -> None:
    if not true:
        raise Wrong(what)


def heading(text: str) -> None:
    print(f"\n\033[1m{text}\033[0m" if sys.stdout.isatty() else f"\n{text}")


def changes(report: dict[str, t.Any]) -> set[str]:
    """Every change in a report, named: person, system, action and fields with both values."""
    return {
        json.dumps([person["id"], system, row["username"], row["action"], row["changes"]], sort_keys=True)
        for person in report["people"]
        for system, rows in person["accounts"].items()
        for row in rows
        if row["changed"]
    }


def show(report: dict[str, t.Any]) -> None:
    for system, counts in report["counts"]["by_system"].items():
        said = ", ".join(f"{count} {action}" for action, count in counts.items() if count) or "nothing to do"
        print(f"    {report['titles'][system]:<20} {said}")
    for name, label in (
        ("held", "held back"),
        ("old_access", "from before"),
        ("manual", "by hand"),
        ("residual", "ends later"),
    ):
        if report[name]:
            print(
                f"    {label:<20} {len(report[name])}: {textwrap.shorten(report[name][0]['what'], 90, placeholder='…')}"
            )


def show_rules(report: dict[str, t.Any]) -> None:
    said = ", ".join(f"{rule['name']} {rule['people'] or 'nobody'}" for rule in report["rules"])
    print(f"    {'rules':<20} {said}")


def twice(
    playbooks: Playbooks, sandboxes: Sandboxes, name: str, role: str, variables: dict[str, t.Any]
) -> dict[str, t.Any]:
    """Dry run, run and second run of one playbook; what the dry run names is what the run does.

    Returns the report of the run.
    """
    sandboxes.forget()
    preview = playbooks.run(role, f"{name}-check", variables, "--check", "--diff")
    claim(sandboxes.writes() == 0, f"{name}: the dry run wrote something")
    done = playbooks.run(role, name, variables)
    claim(sandboxes.writes() > 0, f"{name}: the run wrote nothing")
    claim(changes(preview.report) == changes(done.report), f"{name}: the dry run named other changes than the run made")
    claim(changes(done.report) != set(), f"{name}: nothing was changed")
    sandboxes.forget()
    again = playbooks.run(role, f"{name}-again", variables)
    claim(again.changed == 0, f"{name}: the second run changed something")
    claim(sandboxes.writes() == 0, f"{name}: the second run wrote something")
    show(done.report)
    print(f"    dry run: the same {len(changes(preview.report))} changes, no write;  second run: changed=0, no write")
    return done.report


def demo(playbooks: Playbooks, sandboxes: Sandboxes) -> None:
    reviewed = playbooks.yaml(SAMPLES / "sample_profiles.yml") | playbooks.yaml(SAMPLES / "sample_columns.yml")
    reviewed["lifecycle_profile_rules_file"] = str(SAMPLES / "sample_rules.yml")
    credentials = {
        "onboard_credentials": "vault_file",
        "onboard_credentials_file": str(OUT / "credentials.yml"),
        "onboard_credentials_vault_password": "only for the demo",
    }
    common = {**reviewed, **credentials, "onboard_date": "2026-11-23"}

    heading("1. Ten people of an export without profiles join, one of them not before 2099")
    joining = {**common, "onboard_people_file": str(SAMPLES / "sample_roster.csv")}
    told = twice(playbooks, sandboxes, "1-joiners", "onboard", joining)
    show_rules(told)
    because = {person["id"]: [reason["name"] for reason in person["because"]] for person in told["people"]}
    claim(because["E10490"] == ["Platform", "On call"], "the report does not say which rules gave Priya her profiles")
    claim(all(rule["people"] for rule in told["rules"]), "a rule meets nobody")

    heading("2. Mary and Jean-Luc leave")
    leaving = {"offboard_people": "mary.obrien@example.com\njeanluc.moreau@example.com\n"}
    twice(playbooks, sandboxes, "2-leavers", "offboard", leaving)

    heading("3. Jane changes from data to platform, Mary is listed again")
    changed = {**common, "onboard_people_file": str(SAMPLES / "sample_changes.yml")}
    told = twice(playbooks, sandboxes, "3-listed-again", "onboard", changed)
    claim([line["person"] for line in told["held"]] == ["E10486"], "Mary was let in without a decision")
    claim({line["person"] for line in told["old_access"]} == {"E10482"}, "Jane's old access is not told")

    heading("4. It is decided that Jane loses the old access, and that Mary comes back")
    decided = {**changed, "onboard_remove_old_access": True, "onboard_reenable": True}
    told = twice(playbooks, sandboxes, "4-decided", "onboard", decided)
    claim(told["held"] == [] and told["old_access"] == [], "something is still undecided")

    heading("5. Two contractors come by the identity provider, in a second organization of IICS and in IQ Server")
    sandboxes.ask(f"{sandboxes.urls['iics_dev']}/_sandbox/configure", {"organization": "Development"})
    connections = {"lifecycle_connections": {"iics_dev": {"system": "iics", "expect": "Development"}}}
    naming = {"iics_dev": {"username": "{email}", "alias_name": "{id}"}}
    profiles = {**reviewed["onboard_profiles"], "contractor": CONTRACTOR}
    given = {
        "onboard_people": CONTRACTORS,
        "onboard_naming": naming,
        "onboard_profiles": profiles,
        "onboard_profile_from": "row",
    }
    joining = {**common, **connections, **given}
    told = twice(playbooks, sandboxes, "5-contractors", "onboard", joining)
    counts = told["counts"]["by_system"]
    claim(counts["iics_dev"]["created"] == 2, "the contractors have no accounts in the second organization")
    claim(sum(counts["iics"].values()) == 0, "the contractors have something in the first organization")
    claim(told["instances"]["iics_dev"]["organization"] == "Development", "it is another organization")
    aliases = {person["id"]: value_of(person["accounts"]["iics_dev"][0], "alias_name") for person in told["people"]}
    claim(aliases == {"C1": "C1", "C2": "C2"}, "the contractors cannot sign in by SAML")
    claim(counts["iq"]["created"] == 0 and counts["iq"]["updated"] == 2, "they got more than roles in IQ Server")

    heading("6. Both leave every organization")
    leaving = {**connections, "offboard_people": [person["email"] for person in CONTRACTORS]}
    leaving["offboard_naming"] = {"iq": {"username": "{email_name}", "realm": "SAML"}}
    told = twice(playbooks, sandboxes, "6-contractors-leave", "offboard", leaving)
    claim(told["counts"]["by_system"]["iics_dev"]["deleted"] == 2, "a contractor is still in the second organization")


def value_of(row: dict[str, t.Any], field: str) -> t.Any:
    """What an account has in a field after its changes."""
    return next((change["after"] for change in row["changes"] if change["field"] == field), None)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument(
        "--magistrala-profile", choices=GENERATIONS, default="b", help="the generation of Magistrala; b is the default"
    )
    parser.add_argument("--review", action="store_true", help="adopt and review an existing company instead")
    return parser.parse_args()


def main() -> int:
    given = arguments()
    out = OUT.with_name("demo-review") if given.review else OUT
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    begun = time.monotonic()
    with Sandboxes(out, GENERATIONS[given.magistrala_profile]) as sandboxes:
        playbooks = Playbooks(out, sandboxes.urls)
        try:
            if given.review:
                access_review(playbooks, sandboxes, heading)
            else:
                demo(playbooks, sandboxes)
        except (Wrong, AssertionError) as wrong:
            print(f"\nThe demo is wrong: {wrong}\nEverything that Ansible said is in {playbooks.log}", file=sys.stderr)
            return 1
    print(f"\nAll claims hold ({time.monotonic() - begun:.0f} s). Look at the reports:")
    for page in sorted((out / "reports").glob("*.html")):
        print(f"    {page}")
    if not given.review:
        credentials = shlex.quote(str(out / "credentials.yml"))
        print(f"The new passwords: ansible-vault view {credentials}   (password: only for the demo)")
    print(f"Everything that Ansible said: {playbooks.log}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
