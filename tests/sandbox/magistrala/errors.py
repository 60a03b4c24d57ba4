# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The two generations' refusals, side by side (tables of statuses and texts: the contract's section 1.11)."""

from __future__ import annotations

import typing as t

WENT_WRONG = "something went wrong with the request"
AUTHENTICATION = "failed to perform authentication over the entity"
AUTHORIZATION = "failed to perform authorization over the entity"
NOT_FOUND = "entity not found"
NOT_JSON = "request body is not a valid JSON, expecting a valid JSON"
CREATE, UPDATE, VIEW = "failed to create entity", "update entity failed", "view entity failed"
BEARER = "missing or invalid bearer user token"
MALFORMED = "malformed entity specification"
EMAIL_TAKEN, USERNAME_TAKEN = "email id already registered", "username not available"
ASSIGNED = "status already assigned"
UNSUPPORTED = "unsupported content token type"


class Refused(Exception):
    """An answer that is no success. ``message`` is the outer text, ``error`` the inner one; both empty: no body.

    Generation A sends both, generation B only the inner one, or the outer one where there is no inner one.
    """

    def __init__(self, status: int, message: str = "", error: str = "") -> None:
        super().__init__(status, message, error)
        self.status, self.message, self.error = status, message, error


def invalid(reason: str) -> Refused:
    """A field that does not pass validation."""
    return Refused(400, WENT_WRONG, reason)


SITUATIONS: dict[str, tuple[tuple[t.Any, ...], tuple[t.Any, ...]]] = {
    # situation: (generation A, generation B)
    "no bearer": ((401, BEARER), (401, BEARER)),
    "bad token": ((401, AUTHENTICATION), (401, AUTHENTICATION)),
    "not verified": ((401, "email not verified"), (401, "email not verified")),
    "content type": ((415, WENT_WRONG, "unsupported content type"), (415, "unsupported content type")),
    "reset content type": ((415, "unsupported content type"), (415, "unsupported content type")),
    "no user name": ((400, WENT_WRONG, "missing entity identity"), (400, "missing username / email")),
    "no such login": ((401, AUTHENTICATION), (404, NOT_FOUND)),
    "wrong password": ((401, "invalid user id or secret"), (422, "compare hash and password failed")),
    "not refreshable": (
        (500, "unexpected gRPC status: Internal (status code:Internal)", "failed to issue new login key"),
        (500,),
    ),
    "no reset token": ((401, WENT_WRONG, BEARER), (401, BEARER)),
    "not admin": ((403, AUTHORIZATION), (404, NOT_FOUND)),
    "no longer admin": ((403, AUTHORIZATION), (403, AUTHORIZATION)),
    "not admin for role": ((403, AUTHORIZATION), (403, "not authorized to perform admin action")),
    "role of nobody": ((403, AUTHORIZATION), (403, AUTHORIZATION)),
    "out of scope": ((403, "failed to authorize PAT"), (403, AUTHORIZATION)),
    "token type": ((401, UNSUPPORTED), (401, UNSUPPORTED)),
    "bad duration": ((400, WENT_WRONG, "invalid duration"), (400, NOT_JSON)),
    "view no token": ((404, "failed to retrieve PAT"), (404, NOT_FOUND)),
    "delete no token": ((404, "failed to delete PAT"), (404, NOT_FOUND)),
    "revoke no token": ((404, "failed to revoke PAT"), (404, NOT_FOUND)),
    "refresh disabled": ((401, AUTHENTICATION), (401, "failed to login in disabled user")),
    "reset closed": ((403, AUTHORIZATION), (404, NOT_FOUND)),
    "already admin": ((409, "failed to add policies"), (422, "failed to add policies")),
    "unknown role": ((400, "invalid client role"), (400, "invalid client role")),
    "secret too long": ((400, MALFORMED), (422, "generate hash from password failed")),
    "status not for create": ((400, MALFORMED), (400, "invalid status")),
    "role not for create": ((400, MALFORMED), (400, "invalid client role")),
    "create too long": ((400, CREATE), (422, CREATE)),
    "create email taken": ((422, CREATE), (400, EMAIL_TAKEN)),
    "create username taken": ((422, CREATE), (400, USERNAME_TAKEN)),
    "view unknown": ((400, VIEW), (404, NOT_FOUND)),
    "update unknown": ((422, UPDATE), (404, NOT_FOUND)),
    "update too long": ((400, UPDATE), (422, UPDATE)),
    "update email taken": ((422, UPDATE), (400, EMAIL_TAKEN)),
    "update username taken": ((422, UPDATE), (400, USERNAME_TAKEN)),
    "same email": ((422, UPDATE), (400, "new email is similar to the current email")),
    "foreign provider": ((500,), (500,)),
    "enable unknown": ((400, "failed to enable user"), (404, NOT_FOUND)),
    "enable not admin": ((403, "failed to enable user"), (404, NOT_FOUND)),
    "enable again": ((422, "failed to enable user"), (422, ASSIGNED)),
    "disable unknown": ((400, "failed to disable user"), (404, NOT_FOUND)),
    "disable not admin": ((403, "failed to disable user"), (404, NOT_FOUND)),
    "disable again": ((422, "failed to disable user"), (422, ASSIGNED)),
    "delete again": ((409,), (422, ASSIGNED)),
    "query too short": (
        (400, "search query must be at least 3 characters", WENT_WRONG),
        (400, WENT_WRONG),
    ),
    "verification unreadable": ((422, "invalid verification"), (422, "invalid verification")),
    "verification used": ((500,), (500,)),
    "already verified": ((422, "user already verified"), (422, "user already verified")),
    "route taken": ((422, CREATE), (400, "route not available")),
    "no such domain": ((403, AUTHORIZATION), (404, NOT_FOUND)),
    "not in domain": ((403, AUTHORIZATION), (403, AUTHORIZATION)),
    "no view of domain": ((403, "failed to perform authorization over the domain"), (403, AUTHORIZATION)),
    "roles by token": ((500,), (500,)),
    "view no role": ((400, VIEW), (404, NOT_FOUND)),
    "add to no role": ((422, UPDATE), (404, NOT_FOUND)),
    "remove from no role": ((422, "failed to remove entity"), (404, NOT_FOUND)),
    "unknown action": ((400, MALFORMED), (400, MALFORMED)),
    "create in domain": ((422, CREATE), (422, CREATE)),
    "member already": ((409, "failed to add policies"), (422, "failed to add policies")),
    "last administrator": ((500,), (500,)),
    "invited already": ((409, CREATE), (409, CREATE)),
    "invitation in vain": ((422, UPDATE), (422, UPDATE)),
    "invitation answered": ((409, UPDATE), (409, UPDATE)),
    "no invitation": ((404, VIEW), (404, NOT_FOUND)),
}


def refused(situation: str, generation: str) -> Refused:
    """The refusal of ``situation`` in generation ``A`` or ``B``."""
    return Refused(*SITUATIONS[situation][generation == "B"])
