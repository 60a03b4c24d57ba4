# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the stub of the controller knows, with the checks that matter there."""

from __future__ import annotations

import dataclasses
import typing as t

from awx.rules import credential_types, launches, schedules

Values = dict[str, t.Any]
API = "/api/v2/"
TYPES = {
    "organizations": "organization",
    "labels": "label",
    "credential_types": "credential_type",
    "credentials": "credential",
    "execution_environments": "execution_environment",
    "notification_templates": "notification_template",
    "projects": "project",
    "inventories": "inventory",
    "inventory_sources": "inventory_source",
    "job_templates": "job_template",
    "workflow_job_templates": "workflow_job_template",
    "workflow_job_template_nodes": "workflow_job_template_node",
    "workflow_approval_templates": "workflow_approval_template",
    "schedules": "schedule",
    "teams": "team",
}
UNIFIED = ("job_templates", "workflow_job_templates", "projects", "inventory_sources", "workflow_approval_templates")
REFERENCES = {
    "organization": "organizations",
    "credential_type": "credential_types",
    "execution_environment": "execution_environments",
    "default_environment": "execution_environments",
    "project": "projects",
    "source_project": "projects",
    "inventory": "inventories",
    "workflow_job_template": "workflow_job_templates",
}
RIGHTS = {
    "job_templates": ("admin", "execute", "read"),
    "workflow_job_templates": ("admin", "execute", "read", "approval"),
    "projects": ("admin", "use", "update", "read"),
    "inventories": ("admin", "use", "update", "adhoc", "read"),
    "credentials": ("admin", "use", "read"),
    "teams": ("admin", "member", "read"),
}
# What no two objects have in common, where that is not the name within an organization.
UNIQUE = {"execution_environments": ("name",), "credential_types": ("name",), "organizations": ("name",)}
DEFAULTS: dict[str, Values] = {
    "inventories": {"kind": "", "host_filter": None},
    "job_templates": {f"ask_{what}_on_launch": False for what in launches.JOB},
    "workflow_job_templates": {f"ask_{what}_on_launch": False for what in launches.WORKFLOW},
}


@dataclasses.dataclass
class Store:
    """Everything that the controller knows. ``writes`` are the requests that changed something, in order.

    ``approvals`` says by number of the launch what became of the approval of a workflow, which ends when somebody
    decides. ``notified`` are the notifications that went out, as the event and the text.
    """

    system_administrator: bool = True
    approvals: dict[int, str] = dataclasses.field(default_factory=dict)
    notified: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    objects: dict[str, dict[int, Values]] = dataclasses.field(default_factory=lambda: {name: {} for name in TYPES})
    lists: dict[tuple[str, int, str], list[int]] = dataclasses.field(default_factory=dict)
    surveys: dict[int, Values] = dataclasses.field(default_factory=dict)
    grants: dict[int, set[int]] = dataclasses.field(default_factory=dict)
    granted: dict[int, tuple[str, int, str]] = dataclasses.field(default_factory=dict)
    writes: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    launches: list[Values] = dataclasses.field(default_factory=list)
    last: int = 0

    def __post_init__(self) -> None:
        self.add("organizations", {"name": "Default"})

    def number(self) -> int:
        self.last += 1
        return self.last

    def add(self, kind: str, values: Values) -> Values:
        """Make an object; it can be shown at once."""
        number = self.number()
        self.objects[kind][number] = {**DEFAULTS.get(kind, {}), **{k: v for k, v in values.items() if v is not None}}
        for right in RIGHTS.get(kind, ()):
            role = self.number()
            self.granted[role] = (kind, number, right)
            self.grants[role] = set()
        return self.show(kind, number)

    def show(self, kind: str, number: int) -> Values:
        """An object as the API answers with it."""
        url = f"{API}{kind}/{number}/"
        roles = {
            f"{right}_role": {"id": role} for role, (k, n, right) in self.granted.items() if (k, n) == (kind, number)
        }
        summary: Values = {"object_roles": roles}
        if kind == "job_templates":
            members = self.lists.get((kind, number, "credentials"), [])
            summary["credentials"] = [{"id": one, "name": self.objects["credentials"][one]["name"]} for one in members]
        related = {"survey_spec": f"{url}survey_spec/", "launch": f"{url}launch/"}
        values = self.objects[kind][number]
        if kind == "workflow_job_template_nodes" and "unified_job_template" in values:
            related["unified_job_template"] = self.url_of(values["unified_job_template"])
        return {"id": number, "type": TYPES[kind], "url": url, "related": related, "summary_fields": summary, **values}

    def missing_inputs(self, kind: str, number: int) -> str:
        """The first credential of a template with a required field that is empty, and the fields;
        a job of it never starts.
        """
        for member in self.lists.get((kind, number, "credentials"), []):
            credential = self.objects["credentials"][member]
            required = self.objects["credential_types"][credential["credential_type"]]["inputs"].get("required", [])
            if missing := [field for field in required if not credential.get("inputs", {}).get(field)]:
                return f"{credential['name']} does not provide one or more required fields ({', '.join(missing)})."
        return ""

    def decide(self, number: int, decision: str) -> None:
        """Approve, deny, or let time out; each of the last two is an error of the workflow as well, and told as one."""
        self.approvals[number] = decision
        workflow = self.launches[number - 1]["number"]
        self.notify(workflow, "approvals", decision)
        self.notify(workflow, *(("success", "success") if decision == "approved" else ("error", "error")))

    def notify(self, workflow: int, event: str, message: str) -> None:
        for number in self.lists.get(("workflow_job_templates", workflow, f"notification_templates_{event}"), []):
            messages = self.objects["notification_templates"][number]["messages"]
            self.notified.append(
                (message, messages.get("workflow_approval", {}).get(message, messages.get(message, {}))["body"])
            )

    def url_of(self, number: int) -> str:
        kind = next(kind for kind in UNIFIED if number in self.objects[kind])
        return f"{API}{kind}/{number}/"

    def search(self, kind: str, query: t.Mapping[str, str]) -> list[Values]:
        kinds = UNIFIED if kind == "unified_job_templates" else (kind,)
        found = [self.show(k, number) for k in kinds for number in self.objects[k]]
        query = {key: value for key, value in query.items() if key not in ("page", "page_size", "order_by")}
        wanted = {key: value for key, value in query.items() if value not in ("None", "")}
        if "id__in" in wanted:
            numbers = wanted.pop("id__in").split(",")
            found = [one for one in found if str(one["id"]) in numbers]
        if "or__id" in wanted:  # a name that looks like a number
            number, name = wanted.pop("or__id"), wanted.pop("or__name")
            found = [one for one in found if str(one["id"]) == number or one.get("name") == name]
        begin = wanted.pop("name__startswith", "")
        if "organization__name" in wanted:
            name = wanted.pop("organization__name")
            found = [
                one
                for one in found
                if self.objects["organizations"].get(one.get("organization"), {}).get("name") == name
            ]
        found = [one for one in found if one.get("name", "").startswith(begin)]
        return [one for one in found if all(str(one.get(key)) == value for key, value in wanted.items())]

    def objections(self, kind: str, values: Values, own: int | None = None) -> Values:
        """What the controller has against storing ``values``."""
        for field, target in REFERENCES.items():
            if values.get(field) and values[field] not in self.objects[target]:
                return {field: ["Invalid pk."]}
        if kind == "credential_types" and (found := credential_types.problems(values)):
            return {"injectors": found}
        if kind == "schedules" and (found := schedules.problems(values["rrule"])):
            return {"rrule": found}
        if kind == "credentials":
            fields = self.objects["credential_types"][values["credential_type"]]["inputs"]["fields"]
            unknown = set(values.get("inputs", {})) - {field["id"] for field in fields}
            if unknown:
                return {"inputs": sorted(unknown)}
        if "name" in values and kind not in ("workflow_job_template_nodes", "workflow_approval_templates"):
            place = UNIQUE.get(kind, ("name", "organization", "inventory", "unified_job_template"))
            for number, other in self.objects[kind].items():
                if number != own and all(other.get(key) == values.get(key) for key in place):
                    return {"__all__": ["An object with this name exists."]}
        return {}
