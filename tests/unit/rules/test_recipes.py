# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The recipes for rosters, word for word as the guide has them, against real servers;
the directory's answer is recorded.
"""

from __future__ import annotations

import http.server
import json
import pathlib
import re
import textwrap
import threading
import typing as t
import urllib.parse

import pytest
import yaml

import programs
from people_company import DEVELOPER, OWNER, Company

PROJECT = pathlib.Path(__file__).resolve().parents[3]
GUIDE = (PROJECT / "docs/docsite/rst/guide_roster_recipes.rst").read_text()
RECORDED = pathlib.Path(__file__).with_name("recorded") / "ldap_search.json"
COMPANY = {
    "onboard_profiles": {"engineer": {"iq": {"grants": [DEVELOPER]}}, "head": {"iq": {"grants": [OWNER]}}},
    "lifecycle_profile_rules": [
        {"name": "Engineers", "when": {"department": "Data", "title": "~ .*Engineer"}, "give": "engineer"},
        {"name": "Heads", "when": {"title": "~ Head of .*"}, "give": "head"},
    ],
    "onboard_systems": ["iq"],
}
REPLAY = """
import json
from ansible.module_utils.basic import AnsibleModule

spec = dict.fromkeys(("bind_dn", "bind_pw", "dn", "filter", "scope", "server_uri"), {"type": "str", "required": True})
spec["bind_pw"] = {"type": "str", "required": True, "no_log": True}
spec |= {"attrs": {"type": "list", "elements": "str"}, "page_size": {"type": "int"}}
module = AnsibleModule(spec, supports_check_mode=True)
with open(PATH) as recorded:
    answer = json.load(recorded)
asked = {*module.params["attrs"], "dn"}
assert module.params["bind_pw"] == "directory-secret" and all(asked >= set(entry) for entry in answer["results"])
module.exit_json(**answer)
"""
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"


def block(name: str, language: str = "yaml+jinja") -> str:
    """The code block of the guide that begins with the name of a file, or the first one in a language."""
    found = re.findall(rf"^\.\. code-block:: {re.escape(language)}\n\n((?:    .*\n|\n)+)", GUIDE, re.MULTILINE)
    (text,) = (each for each in map(textwrap.dedent, found) if not name or each.startswith(f"# {name}\n"))
    return text


def scim_user(number: int, name: tuple[str, str], department: str, title: str, active: bool = True) -> dict[str, t.Any]:
    mails = [
        {"value": f"private{number}@example.org", "type": "home"},
        {"value": f"{name[0].lower()}@example.com", "primary": True},
    ]
    work = {"employeeNumber": f"0{number}", "department": department}
    parts = {"givenName": name[0], "familyName": name[1]}
    return {"id": f"u{number}", "active": active, "name": parts, "emails": mails, "title": title, ENTERPRISE: work}


SCIM = [
    scim_user(1, ("Jane", "Smith"), "Data", "Data Engineer"),
    scim_user(2, ("Mary", "O'Brien"), "Data", "Data Engineer", active=False),
    scim_user(3, ("Zoe", 'A "{{ 7 * 7 }}"'), "Data", "Head of Data"),
]
EMPLOYEES = [
    {
        "employeeId": "1",
        "firstName": "Jane",
        "lastName": "Smith",
        "workEmail": "jane@example.com",
        "jobTitle": "Data Engineer",
    },
    {
        "employeeId": "3",
        "firstName": "Zoe",
        "lastName": "Lee",
        "workEmail": "zoe@example.com",
        "jobTitle": "Head of Data",
    },
]


class Source(http.server.BaseHTTPRequestHandler):
    """A SCIM service provider as RFC 7644 has it (section 3.4.2.4), and an HR system of flat objects;
    both want a token.
    """

    asked: t.ClassVar[list[str]] = []

    def do_GET(self) -> None:
        address = urllib.parse.urlsplit(self.path)
        query = {name: values[0] for name, values in urllib.parse.parse_qs(address.query).items()}
        self.asked.append(self.path)
        if self.headers["Authorization"] != "Bearer source-secret":
            self.answer(401, "application/json", {})
        elif address.path == "/scim/Users":
            start, count = int(query["startIndex"]), int(query["count"])
            page = SCIM[start - 1 : start - 1 + count]
            whole = {"totalResults": len(SCIM), "startIndex": start, "itemsPerPage": len(page), "Resources": page}
            self.answer(200, "application/scim+json;charset=UTF-8", whole)
        else:
            staff = [{**each, "department": "Data", "salary": 1.5, "hireDate": "2026-01-05"} for each in EMPLOYEES]
            self.answer(200, "application/json", {"employees": staff})

    def answer(self, status: int, kind: str, body: t.Any) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: t.Any) -> None:
        """Say nothing on stderr."""


@pytest.fixture
def source() -> t.Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Source)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    Source.asked.clear()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def run(company: Company, folder: pathlib.Path, name: str, **variables: t.Any) -> str:
    """Run a recipe, and return what it says."""
    collection = folder / "replay/ansible_collections/community/general/plugins/modules"
    collection.mkdir(parents=True)
    (collection / "ldap_search.py").write_text(REPLAY.replace("PATH", repr(str(RECORDED))))
    (folder / name).write_text(block(name), encoding="utf-8")
    given = {
        **COMPANY,
        "onboard_connections": company.connections(),
        "onboard_report_dir": str(folder / "reports"),
        **variables,
    }
    (folder / "company.yml").write_text(yaml.safe_dump(given), encoding="utf-8")
    paths = f"{programs.COLLECTIONS}:{folder / 'replay'}"
    secrets = {"DIRECTORY_PASSWORD": "directory-secret", "SCIM_TOKEN": "source-secret", "HR_TOKEN": "source-secret"}
    command = (*programs.LOCAL, name, "-e", "@company.yml")
    done = programs.ansible("playbook", folder, *command, ANSIBLE_COLLECTIONS_PATH=paths, **secrets)
    output = done.stdout + done.stderr
    assert done.returncode == 0, output
    assert not any(secret in output for secret in secrets.values())
    return output


def grants(company: Company) -> dict[str, list[str]]:
    """Roles of people by address."""
    return {
        account["email"]: sorted(grant["role"] for grant in account["grants"])
        for account in company.accounts("iq").values()
        if account["email"].endswith("@example.com") and account["grants"]
    }


@pytest.fixture
def before(company: Company) -> dict[str, list[str]]:
    """Who has grants before."""
    return grants(company)


def test_from_a_directory(company: Company, before: dict[str, list[str]], tmp_path: pathlib.Path) -> None:
    rules = [
        *t.cast("list[t.Any]", COMPANY["lifecycle_profile_rules"]),
        {"when": {"employment": "on-call"}, "give": "engineer"},
    ]
    run(company, tmp_path, "from_directory.yml", lifecycle_profile_rules=rules)
    expected = {"jane.smith@example.com": ["Developer"], "jose.nunez@example.com": ["Developer", "Owner"]}
    assert grants(company) == before | expected


def test_from_scim(company: Company, before: dict[str, list[str]], tmp_path: pathlib.Path, source: str) -> None:
    run(company, tmp_path, "from_scim.yml", scim_url=f"{source}/scim", scim_page=2)
    assert grants(company) == before | {"jane@example.com": ["Developer"], "zoe@example.com": ["Owner"]}
    assert [path.partition("?")[2] for path in Source.asked] == [
        f"startIndex={start}&count={count}" for start, count in ((1, 1), (1, 2), (3, 2))
    ]
    account = next(each for each in company.accounts("iq").values() if each["email"] == "zoe@example.com")
    assert account["last_name"] == 'A "{{ 7 * 7 }}"', "text of a source is data"


def test_from_a_rest_interface(
    company: Company, before: dict[str, list[str]], tmp_path: pathlib.Path, source: str
) -> None:
    run(company, tmp_path, "from_rest.yml", hr_url=source)
    assert grants(company) == before | {"jane@example.com": ["Developer"], "zoe@example.com": ["Owner"]}


def test_from_a_spreadsheet(company: Company, before: dict[str, list[str]], tmp_path: pathlib.Path) -> None:
    rows = block("", "none").rstrip("\n").replace("José", "Jos\u00e9\u00a0")
    (tmp_path / "people.csv").write_bytes(f"\ufeff{rows}\n;;;;;;;;\n\n".replace("\n", "\r\n").encode())
    run(company, tmp_path, "from_spreadsheet.yml")
    assert grants(company) == before | {"jane.smith@example.com": ["Developer"], "jose.nunez@example.com": ["Owner"]}
    report = json.loads(next((tmp_path / "reports").glob("*.json")).read_text())
    assert [person["id"] for person in report["people"]] == ["00123", "00124"]
    assert report["people"][1]["name"] == "José Núñez; Dr."
