# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The endpoints of users, sign-in and tokens, and the router of a generation."""

from __future__ import annotations

from starlette.routing import Router

from . import accounts, changes, sessions
from .api import Endpoint, PlainRoute, health, metrics, not_found
from .domains.routes import ENDPOINTS as DOMAINS
from .pats import calls as pats
from .pats.scopes import never, role_change, users

ENDPOINTS = (
    # fixed paths before those with an id, as the real router prefers them
    Endpoint("POST", "/users", accounts.create, typed=True, registration=True),
    Endpoint("POST", "/users/", accounts.create, typed=True, registration=True),
    Endpoint("GET", "/users", accounts.listing, users("list")),
    Endpoint("GET", "/users/", accounts.listing, users("list")),
    Endpoint("GET", "/users/profile", accounts.profile, users("read"), gate=False),
    Endpoint("GET", "/users/search", accounts.search),
    Endpoint("PATCH", "/users/secret", changes.update_secret, users("update"), typed=True),
    Endpoint("POST", "/users/tokens/issue", sessions.issue, token=False, typed=True),
    Endpoint("POST", "/users/tokens/refresh", sessions.refresh, gate=False, typed=True),
    Endpoint("POST", "/users/tokens/revoke", sessions.revoke, gate=False, typed=True, generations="B"),
    Endpoint("GET", "/users/tokens/refresh-tokens", sessions.refresh_tokens, gate=False, generations="B"),
    Endpoint("POST", "/users/send-verification", sessions.send_verification, gate=False, generations="B"),
    Endpoint("GET", "/verify-email", sessions.verify_email, token=False, generations="B"),
    Endpoint("POST", "/password/reset-request", sessions.reset_request, token=False),
    Endpoint("PUT", "/password/reset", sessions.reset, users("update"), gate=False, typed=True),
    Endpoint("GET", "/users/{id}", accounts.view, users("read")),
    Endpoint("PATCH", "/users/{id}", changes.update, users("update"), typed=True),
    Endpoint("DELETE", "/users/{id}", changes.delete, users("delete")),
    Endpoint("PATCH", "/users/{id}/tags", changes.update_tags, users("update"), typed=True),
    Endpoint("PATCH", "/users/{id}/email", changes.update_email, users("update"), gate=False, typed=True),
    Endpoint("PATCH", "/users/{id}/username", changes.update_username, users("update"), typed=True),
    Endpoint("PATCH", "/users/{id}/picture", changes.update_picture, users("update"), typed=True),
    Endpoint("PATCH", "/users/{id}/role", changes.update_role, role_change, typed=True),
    Endpoint("POST", "/users/{id}/enable", changes.enable, users("update")),
    Endpoint("POST", "/users/{id}/disable", changes.disable, users("update")),
    Endpoint("POST", "/pats", pats.create, never, gate=False, typed=True),
    Endpoint("GET", "/pats", pats.listing, never, gate=False),
    Endpoint("GET", "/pats/{id}", pats.view, never, gate=False),
    Endpoint("DELETE", "/pats/{id}", pats.delete, never, gate=False),
    Endpoint("PATCH", "/pats/{id}/secret/revoke", pats.revoke, never, gate=False),
    Endpoint("PATCH", "/pats/{id}/scope/add", pats.add_scope, never, gate=False, typed=True, generations="B"),
)


def router(generation: str) -> Router:
    """Everything that a generation routes through its proxy;
    the OAuth callback needs a provider, there is none here.
    """
    routes = [PlainRoute(e.path, e, e.method) for e in (*ENDPOINTS, *DOMAINS) if generation in e.generations]
    routes += [PlainRoute("/health", health, "GET", "HEAD"), PlainRoute("/metrics", metrics, "GET")]
    return Router(routes, redirect_slashes=False, default=not_found)
