# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A stub of the controller's API: as much of it as the import and a rulebook need, with the checks that matter there."""

from __future__ import annotations

import contextlib
import dataclasses
import socket
import threading
import time
import typing as t

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from awx.rules import credential_types, launches, schedules, surveys

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

    With ``approvals_wait``, no workflow ends: somebody has not decided yet.
    """

    system_administrator: bool = True
    approvals_wait: bool = False
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
        """The first credential of a template with a required field that is empty, and the fields; a job of it never starts."""
        for member in self.lists.get((kind, number, "credentials"), []):
            credential = self.objects["credentials"][member]
            required = self.objects["credential_types"][credential["credential_type"]]["inputs"].get("required", [])
            if missing := [field for field in required if not credential.get("inputs", {}).get(field)]:
                return f"{credential['name']} does not provide one or more required fields ({', '.join(missing)})."
        return ""

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
            found = [one for one in found if self.objects["organizations"].get(one.get("organization"), {}).get("name") == name]
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


def refused(body: Values, status: int = 400) -> JSONResponse:
    return JSONResponse(body, status)


class Controller:
    """The API over one store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.app = Starlette(
            routes=[
                Route("/api/v2/config/", lambda request: JSONResponse({"version": "24.6.1"})),
                Route("/api/v2/tokens/", lambda request: JSONResponse({"id": 1, "token": "stub"}, 201), methods=["POST"]),
                Route("/api/v2/tokens/{id}/", lambda request: Response(status_code=204), methods=["DELETE"]),
                Route("/api/v2/project_updates/{id}/", lambda request: JSONResponse({"status": "successful"})),
                Route("/api/v2/roles/{id:int}/teams/", self.rights, methods=["GET", "POST"]),
                Route("/api/v2/jobs/", self.jobs),
                Route("/api/v2/workflow_jobs/", self.jobs),
                Route("/api/v2/{kind}/", self.collection, methods=["GET", "POST"]),
                Route("/api/v2/{kind}/{id:int}/", self.one, methods=["GET", "PATCH"]),
                Route("/api/v2/{kind}/{id:int}/survey_spec/", self.survey, methods=["GET", "POST"]),
                Route("/api/v2/{kind}/{id:int}/launch/", self.launch, methods=["GET", "POST"]),
                Route("/api/v2/{kind}/{id:int}/create_approval_template/", self.approval, methods=["POST"]),
                Route("/api/v2/{kind}/{id:int}/{relation}/", self.relation, methods=["GET", "POST"]),
            ]
        )

    def listing(self, found: list[Values]) -> JSONResponse:
        headers = {"X-API-Product-Name": "AWX", "X-API-Product-Version": "24.6.1"}
        return JSONResponse({"count": len(found), "next": None, "previous": None, "results": found}, headers=headers)

    async def collection(self, request: Request) -> Response:
        kind, store = request.path_params["kind"], self.store
        if kind != "unified_job_templates" and kind not in store.objects:
            return refused({"detail": "Not found."}, 404)
        if request.method == "GET":
            return self.listing(store.search(kind, dict(request.query_params)))
        values = await request.json()
        if kind == "credential_types" and not store.system_administrator:
            return refused({"detail": "You do not have permission to perform this action."}, 403)
        if objections := store.objections(kind, values):
            return refused(objections)
        made = store.add(kind, values)
        store.writes.append(("POST", request.url.path))
        if kind == "projects":
            made["summary_fields"]["current_update"] = {"id": made["id"]}
            made["scm_revision"] = ""
        return JSONResponse(made, 201)

    async def one(self, request: Request) -> Response:
        kind, number, store = request.path_params["kind"], request.path_params["id"], self.store
        if number not in store.objects.get(kind, {}):
            return refused({"detail": "Not found."}, 404)
        if request.method == "PATCH":
            given = {key: value for key, value in (await request.json()).items() if value is not None}
            values = {**store.objects[kind][number], **given}
            if objections := store.objections(kind, values, number):
                return refused(objections)
            if kind == "workflow_approval_templates":
                values = {key: values[key] for key in ("name", "description", "timeout") if key in values}
            store.objects[kind][number] = values
            store.writes.append(("PATCH", request.url.path))
        shown = store.show(kind, number)
        return JSONResponse({**shown, "scm_revision": ""} if kind == "projects" else shown)

    async def relation(self, request: Request) -> Response:
        kind, number, relation = (request.path_params[key] for key in ("kind", "id", "relation"))
        store, members = self.store, self.store.lists.setdefault((kind, number, relation), [])
        target = "workflow_job_template_nodes" if relation.endswith("_nodes") else relation
        target = "notification_templates" if relation.startswith("notification_templates_") else target
        if request.method == "GET":
            return self.listing([store.show(target, member) for member in members])
        body = await request.json()
        if body["id"] not in store.objects[target]:
            return refused({"detail": "Not found."})
        if body.get("disassociate"):
            members.remove(body["id"])
        else:
            if relation == "credentials" and self.same_type(members, body["id"]):
                return refused({"detail": "Cannot assign multiple credentials of the same type."})
            members.append(body["id"])
        store.writes.append(("POST", request.url.path))
        return Response(status_code=204)

    def same_type(self, members: list[int], added: int) -> bool:
        """Whether a credential of this type is there already; a template takes one of each custom type."""
        credentials = self.store.objects["credentials"]
        return credentials[added]["credential_type"] in [credentials[m]["credential_type"] for m in members]

    async def rights(self, request: Request) -> Response:
        role, store = request.path_params["id"], self.store
        if request.method == "GET":
            return self.listing([store.show("teams", team) for team in sorted(store.grants[role])])
        store.grants[role].add((await request.json())["id"])
        store.writes.append(("POST", request.url.path))
        return Response(status_code=204)

    async def survey(self, request: Request) -> Response:
        number, store = request.path_params["id"], self.store
        if request.method == "POST":
            survey = await request.json()
            if found := surveys.problems(survey):
                return refused({"error": "; ".join(found)})
            store.surveys[number] = survey
            store.writes.append(("POST", request.url.path))
        return JSONResponse(store.surveys.get(number, {}))

    async def approval(self, request: Request) -> Response:
        number, store = request.path_params["id"], self.store
        values = await request.json()
        template = store.add(
            "workflow_approval_templates", {key: values[key] for key in ("name", "description", "timeout") if key in values}
        )
        store.objects["workflow_job_template_nodes"][number]["unified_job_template"] = template["id"]
        store.writes.append(("POST", request.url.path))
        return JSONResponse(template, 201)

    async def launch(self, request: Request) -> Response:
        kind, number, store = request.path_params["kind"], request.path_params["id"], self.store
        if request.method == "GET":
            return JSONResponse({"can_start_without_user_input": False})
        body = await request.json()
        if missing := store.missing_inputs(kind, number):
            return refused({"detail": f"cannot start because Credential {missing}"})
        given = body.get("extra_vars") or {}
        survey = store.surveys.get(number, {"spec": []})
        try:
            variables = surveys.answers(survey, given)
        except ValueError as error:
            return refused({"variables_needed_to_start": [str(error)]})
        ignored = sorted(given.keys() - {question["variable"] for question in survey["spec"]})
        job = {"name": store.objects[kind][number]["name"], "variables": variables, "ignored": ignored, "body": body}
        store.launches.append(job)
        return JSONResponse(self.job(len(store.launches), kind == "workflow_job_templates"), 201)

    def job(self, number: int, workflow: bool) -> Values:
        """A job, which has ended as soon as it is looked at, unless it waits for an approval."""
        kind = "workflow_job" if workflow else "job"
        done = {"status": "running" if workflow and self.store.approvals_wait else "successful", "created": "2027-01-01T00:00:00Z", "artifacts": {}}
        name = self.store.launches[number - 1]["name"]
        return {"id": number, "url": f"{API}{kind}s/{number}/", "name": name, "type": kind, "related": {}, **done}

    async def jobs(self, request: Request) -> Response:
        numbers = [int(number) for number in request.query_params.get("id__in", "").split(",") if number]
        return self.listing([self.job(number, "workflow" in request.url.path) for number in numbers])


@contextlib.contextmanager
def running(store: Store) -> t.Iterator[str]:
    """Serve ``store`` on a free port of loopback, in a thread; gives the address."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(Controller(store).app, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the stub of the controller did not start")
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
