# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A stub of the controller's API: as much of it as the import and a rulebook need."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
import typing as t

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from awx.rules import surveys
from awx.store import API, Store

Values = dict[str, t.Any]


def refused(body: Values, status: int = 400) -> JSONResponse:
    return JSONResponse(body, status)


class Controller:
    """The API over one store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.app = Starlette(
            routes=[
                Route("/api/v2/config/", lambda request: JSONResponse({"version": "24.6.1"})),
                Route(
                    "/api/v2/tokens/", lambda request: JSONResponse({"id": 1, "token": "stub"}, 201), methods=["POST"]
                ),
                Route("/api/v2/tokens/{id}/", lambda request: Response(status_code=204), methods=["DELETE"]),
                Route("/api/v2/project_updates/{id}/", lambda request: JSONResponse({"status": "successful"})),
                Route("/api/v2/roles/{id:int}/teams/", self.rights, methods=["GET", "POST"]),
                Route("/api/v2/workflow_approvals/{id:int}/{decision}/", self.decision, methods=["POST"]),
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
            "workflow_approval_templates",
            {key: values[key] for key in ("name", "description", "timeout") if key in values},
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
        job = {
            "name": store.objects[kind][number]["name"],
            "number": number,
            "variables": variables,
            "ignored": ignored,
            "body": body,
        }
        store.launches.append(job)
        if kind == "workflow_job_templates":
            store.approvals[len(store.launches)] = "pending"
        return JSONResponse(self.job(len(store.launches), kind == "workflow_job_templates"), 201)

    async def decision(self, request: Request) -> Response:
        number, decision = (
            request.path_params["id"],
            {"approve": "approved", "deny": "denied"}[request.path_params["decision"]],
        )
        if self.store.approvals.get(number) != "pending":
            return refused({"error": "This workflow step has already been approved or denied."})
        self.store.decide(number, decision)
        return Response(status_code=204)

    def job(self, number: int, workflow: bool) -> Values:
        """A job, which has ended as soon as it is looked at, unless it waits for an approval."""
        kind = "workflow_job" if workflow else "job"
        status = {"pending": "running", "denied": "failed", "timed_out": "failed"}.get(
            self.store.approvals.get(number, ""), "successful"
        )
        done = {"status": status, "created": "2027-01-01T00:00:00Z", "artifacts": {}}
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
