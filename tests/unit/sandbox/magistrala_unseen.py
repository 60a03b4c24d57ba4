# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What happened on the recorded servers beside the exchanges of the recordings of closed accounts.

The servers had been in use before, and were in use by others meanwhile. What the recorded answers show of that, and no
recorded request made, is put into the sandbox before the exchange that shows it.
"""

from __future__ import annotations

import calendar
import json
import time
import typing as t

from unit.sandbox.magistrala_replay import Conversation, Line

Steps = dict[int, t.Callable[[Conversation], None]]


def rows(lines: list[Line], path: str, name: str) -> t.Iterator[dict[str, t.Any]]:
    """The entries ``name`` of all listings at ``path``."""
    for line in lines:
        if line["method"] == "GET" and line["path"].split("?")[0] == path and line["status"] == 200:
            yield from json.loads(line["response_raw"]).get(name, ())


def stamp(moment: str) -> int:
    """The sandbox's time for RFC 3339, to the second; 0 for Go's zero time."""
    if moment.startswith("0001"):
        return 0
    return calendar.timegm(time.strptime(moment[:19], "%Y-%m-%dT%H:%M:%S")) * 1_000_000


def foreign_domains(lines: list[Line]) -> list[dict[str, t.Any]]:
    """Domains that listings show and that no recorded request created, with their invitations, in order of creation."""
    made = {
        json.loads(line["response_raw"])["id"]
        for line in lines
        if (line["method"], line["path"], line["status"]) == ("POST", "/domains", 201)
    }
    shown = {row["id"]: row for row in rows(lines, "/domains", "domains") if row["id"] not in made}
    invitations = [row for row in rows(lines, "/invitations", "invitations") if row["domain_id"] in shown]
    return [
        {
            "id": row["id"],
            "name": row["name"],
            "route": row.get("alias") or row["route"],
            "created_by": row["created_by"],
            "updated": stamp(row["updated_at"]),
            "invitations": [
                {"user": invitation["user_id"], "by": invitation["invited_by"], "relation": invitation["relation"]}
                for invitation in invitations
                if invitation["domain_id"] == row["id"]
            ],
        }
        for row in sorted(shown.values(), key=lambda row: row["created_at"])
    ]


def seed_domains(lines: list[Line]) -> t.Callable[[Conversation], None]:
    return lambda conversation: conversation.system.seed(0, domains=foreign_domains(lines))


def named(username: str, first_name: str, last_name: str, **fields: t.Any) -> dict[str, t.Any]:
    return {"username": username, "first_name": first_name, "last_name": last_name} | fields


def changed_by_themselves(conversation: Conversation, *usernames: str) -> None:
    table = conversation.system.table
    for username in usernames:
        user = table.usernames[username]
        table.change(user, updated=conversation.system.stamp(), updated_by=user.id)


def older(lines: list[Line]) -> Steps:
    """Generation A."""

    def start(conversation: Conversation) -> None:
        seed_domains(lines)(conversation)
        earlier = next(rows(lines, "/pats", "pats"))
        [(domain_id, management)] = earlier["scope"]["domains"].items()
        scope = {
            "users": {name: ["*"] for name in earlier["scope"]["users"]},
            "domains": {domain_id: {name: {key: ["*"] for key in value} for name, value in management.items()}},
        }
        system = conversation.system
        admin = system.table.usernames["admin"].id
        system.pats.add(admin, system.stamp(), 86400, name=earlier["name"], description="d", scope=scope)

    def seven_people(conversation: Conversation) -> None:
        people = [named("oth-a1", "Jane", "Smith"), named("oth-a1-3", "Joe", "Smith")]
        conversation.system.seed(5, accounts=people)
        changed_by_themselves(conversation, "oth-a1", "oth-a1-3")

    def another_person(conversation: Conversation) -> None:
        conversation.system.seed(1)

    def token_without_scope(conversation: Conversation) -> None:
        pat = {"username": "admin", "token": "pat_without_scope", "scopes": []}
        conversation.system.seed(0, accounts=[named("oth-a1-9", "A", "B")], pats=[pat])
        conversation.known["pat_tok-8"] = "pat_without_scope"

    return {0: start, 173: seven_people, 188: another_person, 192: token_without_scope}


def newer(lines: list[Line]) -> Steps:
    """Generation B."""

    def eight_people(conversation: Conversation) -> None:
        conversation.system.seed(7, accounts=[named("oth-b1", "Jane", "Smith")])
        changed_by_themselves(conversation, "oth-b1")

    def many_people(conversation: Conversation) -> None:
        last = named("bulk-k1-199", "F199", "L199", email="bulk-k1.199@example.com", tags=["bulk-k1"])
        conversation.system.seed(120, accounts=[last])

    def purge(conversation: Conversation) -> None:
        """The recorded server was started anew with a purge that does not wait."""
        system = conversation.system
        system.configure(purge_after=0)
        system.purge(system.clock.now())
        system.configure(purge_after=720 * 3600)

    return {0: seed_domains(lines), 160: eight_people, 185: many_people, 207: purge}
