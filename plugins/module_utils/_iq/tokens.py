# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""User tokens in IQ Server: who has one, and how it is taken away. The secret part is never asked for."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import BadAnswer
from ansible_collections.people.lifecycle.plugins.module_utils._http.urls import segment
from ansible_collections.people.lifecycle.plugins.module_utils._iq import parse
from ansible_collections.people.lifecycle.plugins.module_utils._iq.service import CONFIGURE, Service, realm_query

NONE = (400, 404)  # how servers say that somebody has no token


class Tokens:
    """The user tokens of one server; one a person at most."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self._owners: dict[str, tuple[str, str]] = {}

    def list(self, realm: str) -> list[parse.Token] | None:
        """All tokens of a realm; None on releases before 87, which do not tell."""
        answer = self.service.list("/userTokens", CONFIGURE, query=realm_query(realm), ok=(200, 404, 405))
        if answer.status != 200:
            self.service.make_sure()
            return None
        tokens = self.service.parsed(answer, parse.tokens, list)
        self._owners.update({token.code: (realm, token.username) for token in tokens})
        return tokens

    def owner(self, code: str, realms: t.Iterable[str]) -> str | None:
        """The user name of the person whose token has this code."""
        tokens = (token for realm in realms for token in self.list(realm) or ())
        return next((token.username for token in tokens if token.code == code), None)

    def revoke(self, code: str) -> None:
        """Make a token that was listed invalid, and see that it is gone."""
        realm, username = self._owners[code]
        self.service.send("DELETE", f"/userTokens/userCode/{segment(code)}", CONFIGURE, ok=(200, 204, 404))
        path = f"/userTokens/{segment(username)}"
        answer = self.service.get(path, CONFIGURE, query=realm_query(realm), ok=(200, *NONE))
        if answer.status == 200 and code in answer.text:
            raise BadAnswer(f"IQ Server revoked the token of {username}, and still has it.", method="GET", path=path)
