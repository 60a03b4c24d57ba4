# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tables of the guide for AWX, made from the content itself: ``python -m awx.tables`` writes them anew."""

from __future__ import annotations

import json
import typing as t

import yaml

from awx import content
from awx.rules import surveys

GUIDE = content.PROJECT / "docs/docsite/rst/guide_awx.rst"
BEGIN, END = ".. begin of the table {}\n", ".. end of the table {}\n"
Rows = t.Sequence[t.Sequence[str]]


def literal(text: object) -> str:
    return f"``{text}``" if text not in ("", None) else ""


def listed(header: t.Sequence[str], rows: Rows, widths: str) -> str:
    """A list-table."""
    lines = [".. list-table::", "    :header-rows: 1", f"    :widths: {widths}", ""]
    for row in (header, *rows):
        lines += [f"    {'* -' if place == 0 else '  -'} {cell}".rstrip() for place, cell in enumerate(row)]
    return "\n".join(lines) + "\n"


def credential_fields(system: str) -> str:
    """The fields of a credential type with the variables that carry them."""
    kind = content.credential_type(system)
    carried = {template.strip("{} ").rpartition(".")[2]: name for name, template in kind["injectors"]["env"].items()}
    rows = []
    for field in kind["inputs"]["fields"]:
        words = ["needed"] if field["id"] in kind["inputs"]["required"] else []
        words += ["secret"] if field.get("secret") else []
        words += ["yes or no"] if field.get("type") == "boolean" else []
        words += ["text of several lines, handed over as a file"] if field.get("multiline") else []
        rows.append((field["label"], literal(field["id"]), literal(carried[field["id"]]), ", ".join(words)))
    return listed(("Field", "Id", "Variable in the job", "Kind"), rows, "30 20 30 30")


def job_templates() -> str:
    rows = []
    for name, template in content.named("controller_templates").items():
        how = "check, with differences" if template["diff_mode"] else template["job_type"]
        slices = f", in {template['job_slice_count']} slices" if template.get("job_slice_count") else ""
        rows.append((name, template["description"], literal(template["playbook"]), f"{how}{slices}"))
    return listed(("Job template", "What it does", "Playbook", "Runs as"), rows, "30 40 20 20")


def survey_questions() -> str:
    """Every question, with the templates that ask it."""
    rows: dict[str, list[str]] = {}
    for name, survey in content.surveys().items():
        for question in survey["spec"]:
            choices = ", ".join(literal(choice) for choice in surveys.choices_of(question))
            kind = f"{question['type']}: {choices}" if choices else question["type"]
            row = rows.setdefault(
                question["variable"], [literal(question["variable"]), question["question_name"], kind, "", ""]
            )
            row[3] = "yes" if question["required"] else "no"
            short = name.removeprefix("People: ").removesuffix(" (preview)")
            row[4] = ", ".join(dict.fromkeys([*filter(None, row[4].split(", ")), short]))
    return listed(("Variable", "Question", "Type", "Needed", "Asked for by"), list(rows.values()), "25 25 25 10 30")


def rights() -> str:
    rows = []
    descriptions = {team["name"]: team["description"] for team in content.load()["aap_teams"]}
    for role in content.load()["controller_roles"]:
        kinds = ("job_templates", "workflows", "projects", "inventories", "credentials")
        on = "; ".join(name for kind in kinds for name in role.get(kind, []))
        rows.append((role["team"], descriptions[role["team"]], literal(role["role"]), on))
    return listed(("Team", "May", "Right", "On"), rows, "20 30 12 50")


def settings() -> str:
    """The variables of settings.yml, with what its comments say."""
    text = (content.FOLDER / "settings.yml").read_text()
    text = text.partition("---\n")[2]
    rows = []
    for block in text.split("\n\n"):
        comment = " ".join(line.removeprefix("#").strip() for line in block.splitlines() if line.startswith("#"))
        body = "\n".join(line for line in block.splitlines() if not line.startswith("#"))
        for name, value in (yaml.safe_load(body) or {}).items():
            shown = value if isinstance(value, str) else json.dumps(value)
            rows.append((literal(name), comment, literal(shown)))
    return listed(("Variable", "Meaning", "Default"), rows, "25 45 30")


def tables() -> dict[str, str]:
    """All tables by name."""
    return {
        **{f"credential_{system}": credential_fields(system) for system in content.SYSTEMS},
        "job_templates": job_templates(),
        "survey_questions": survey_questions(),
        "rights": rights(),
        "settings": settings(),
    }


def renewed(guide: str) -> str:
    """``guide`` with the tables as they are now; raises ValueError when it has no place for one."""
    for name, table in tables().items():
        begin, end = BEGIN.format(name), END.format(name)
        before, found, rest = guide.partition(begin)
        dummy, also_found, after = rest.partition(end)
        if not found or not also_found:
            raise ValueError(f"the guide has no place for the table {name}")
        guide = f"{before}{begin}\n{table}\n{end}{after}"
    return guide


if __name__ == "__main__":
    GUIDE.write_text(renewed(GUIDE.read_text()))
