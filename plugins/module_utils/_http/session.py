# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""HTTP as the clients use it: one session, the retry table, one new login, and no write in a dry run."""

from __future__ import annotations

import copy
import threading
import typing as t
from urllib.parse import urlsplit

from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Connection
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    READS,
    ApiError,
    BadAnswer,
    InputError,
    OutcomeUnknown,
    Unreachable,
    WriteInCheckMode,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import Redactor
from ansible_collections.people.lifecycle.plugins.module_utils._core.workers import go_on, pause
from ansible_collections.people.lifecycle.plugins.module_utils._http import retry
from ansible_collections.people.lifecycle.plugins.module_utils._http.bounds import ONE, TooManyValues, parse_json
from ansible_collections.people.lifecycle.plugins.module_utils._http.failure import NoAnswer
from ansible_collections.people.lifecycle.plugins.module_utils._http.messages import (
    check_headers,
    error_for,
    is_html,
    json_body,
)
from ansible_collections.people.lifecycle.plugins.module_utils._http.retry import Fate, Switch, Throttle
from ansible_collections.people.lifecycle.plugins.module_utils._http.sign_in import SignIn
from ansible_collections.people.lifecycle.plugins.module_utils._http.wire import Answer, Request, Wire

if t.TYPE_CHECKING:
    from ansible_collections.people.lifecycle.plugins.module_utils._http.xml import Lists

__all__ = ["Answer", "Session"]
MAYBE = "The change may or may not have been made."


class Session:
    """Talks to one service at ``connection.url``; ``base`` may be set to where a login says the rest of it is.

    ``sign_in`` proves who calls, and ``headers(proof)`` writes the proof into headers; after a 401 it is renewed once
    for all threads that met it. ``ended(answer, proof)`` tells where the end of the session of ``proof`` is said in
    another way. ``words(answer)`` takes the server's own words and error codes out of a failed answer. With
    ``read_only`` every write raises WriteInCheckMode. A service where 404 may have other reasons than absence is given
    ``missing_is_gone=False``: what a repeated DELETE that meets one did is then not known. Safe for several threads.
    """

    def __init__(
        self,
        system: str,
        connection: Connection,
        *,
        redactor: Redactor,
        read_only: bool,
        sign_in: SignIn[t.Any] | None = None,
        headers: t.Callable[[t.Any], dict[str, str]] = dict,
        words: t.Callable[[Answer], tuple[str, tuple[str, ...]]] | None = None,
        missing_is_gone: bool = True,
    ) -> None:
        self.system = system
        self.connection = connection
        self.base = connection.url
        self.redactor = redactor
        self.read_only = Switch(read_only)
        self.sign_in = sign_in
        self.headers = headers
        self.missing_is_gone = missing_is_gone
        self.throttle = Throttle()
        self.ended: t.Callable[[Answer, t.Any], bool] = lambda answer, proof: answer.status == 401
        self.words = words or (lambda answer: ("", ()))
        self._wire = Wire(system, connection)
        self._confirmed = threading.local()

    def beside(self, headers: t.Callable[[t.Any], dict[str, str]] | None = None) -> Session:
        """Another way to the same service, with a ``base`` and ``headers`` of its own; everything else is shared."""
        other = copy.copy(self)
        other.headers = headers or self.headers
        return other

    def resume(self, read_only: bool) -> None:
        """Go on for another task."""
        self.read_only.on = read_only
        if self.sign_in:
            self.sign_in.resume()

    def close(self) -> None:
        self._wire.close()

    def writes(self) -> int:
        """How many writes of this thread the service has confirmed."""
        return getattr(self._confirmed, "count", 0)

    def get(self, path: str, **options: t.Any) -> Answer:
        return self.send("GET", path, **options)

    def send(
        self,
        method: str,
        path: str,
        *,
        query: t.Mapping[str, t.Any] | None = None,
        json: t.Any = None,
        body: bytes | None = None,
        headers: t.Mapping[str, str] | None = None,
        ok: t.Container[int] = range(200, 300),
        reads: bool = False,
        signed: bool = True,
        largest: int = ONE,
        brief: bool = False,
    ) -> Answer:
        """Send one request and return the answer when its status is in ``ok``.

        ``reads`` marks a POST that changes nothing (a login, a check); ``signed=False`` leaves the session out.
        ``largest`` bounds the answer; ``brief`` is for the end of a task: sent once, and not waited for long. Raises
        one of the ApiErrors otherwise: OutcomeUnknown where a write may have been processed. A DELETE that may have
        been processed, is repeated and then meets 404, was done the first time; that answer is returned.
        """
        wrote = not reads and method not in READS
        own = {"Accept": "application/json", **(headers or {})}
        if json is not None:
            body = json_body(self.system, method, path, json)
            own.setdefault("Content-Type", "application/json")
        request = Request(method, path, query, body, wrote, largest, brief)
        if self.read_only.on and wrote:
            raise WriteInCheckMode(f"{self.system}: {request} was about to be sent in check mode. Nothing was sent.")
        sign_in = self.sign_in if signed else None
        renewed, doubt, repeats = False, False, 0
        while True:
            proof = sign_in.proof() if sign_in else None
            outcome = self._attempt(request, {**own, **(self.headers(proof) if sign_in else {})})
            fate, status, asked, missing = Fate.ANSWERED, None, None, False
            if isinstance(outcome, NoAnswer):
                fate = outcome.fate
            else:
                status, asked = outcome.status, retry.retry_after(outcome.headers.get("Retry-After"))
                missing = status == 404 and method == "DELETE" and doubt
                gone = missing and self.missing_is_gone
                if status in ok or gone:
                    if wrote and (status < 300 or gone):
                        self.confirm()
                    return outcome
                if sign_in and not renewed and self.ended(outcome, proof):
                    renewed = True
                    if self._renew(sign_in, proof, outcome):
                        continue
            doubtful, doubt = doubt, doubt or retry.leaves_doubt(method, fate, status)
            final = brief or repeats >= self.connection.retries or (isinstance(outcome, NoAnswer) and outcome.final)
            if final or not retry.may_repeat(method, fate, status, asked):
                error = self._failure(outcome, missing) if isinstance(outcome, Answer) else self._lost(request, outcome)
                error.repeated = doubtful
                raise error
            repeats += 1
            self._pause(retry.wait_before(repeats, asked), status)

    def confirm(self) -> None:
        """Count a write of this thread that turned out to have been processed."""
        self._confirmed.count = self.writes() + 1

    def _renew(self, sign_in: SignIn[t.Any], proof: t.Any, refusal: Answer) -> bool:
        """Whether there is a new proof to go on with; where there can be none, the old one is not sent any more."""
        if sign_in.renewable:
            sign_in.renew(proof)
        else:
            sign_in.refuse(self._failure(refusal))
        return sign_in.renewable

    def _pause(self, seconds: float, status: int | None) -> None:
        if status in (429, 503):
            self.throttle.hold(seconds)
        else:
            pause(seconds)

    def data(self, answer: Answer, kind: type | tuple[type, ...] = dict) -> t.Any:
        """The JSON in ``answer``, which must be a ``kind``; raises BadAnswer, after a write OutcomeUnknown."""
        try:
            parsed = parse_json(answer.body)
        except TooManyValues:
            raise self.bad_answer(answer, "with more values than any real answer has") from None
        except ValueError:
            what = "an HTML page (of a proxy or a login form?)" if is_html(answer) else "something that is not JSON"
            raise self.bad_answer(answer, f"with {what}") from None
        except RecursionError:
            raise self.bad_answer(answer, "with JSON nested too deeply") from None
        if not isinstance(parsed, kind):
            raise self.bad_answer(answer, "with JSON of an unexpected shape")
        return parsed

    def xml(self, answer: Answer, lists: Lists) -> tuple[str, t.Any]:
        """Name and content of the XML in ``answer`` (see ``_xml.parse``); raises as ``data`` does."""
        from ansible_collections.people.lifecycle.plugins.module_utils._http.xml import BadXml, parse

        try:
            return parse(answer.body, lists)
        except BadXml as error:
            raise self.bad_answer(answer, f"with {error.what}") from None

    def bad_answer(self, answer: Answer, what: str) -> ApiError:
        """The error for an answer that promises success and cannot be understood; after a write it leaves doubt."""
        kind = OutcomeUnknown if answer.wrote else BadAnswer
        return kind(
            f"{self.system}: {answer.method} {answer.path} was answered {what}.",
            method=answer.method,
            path=answer.path,
            status=answer.status,
            hint=f"Is {self.base} the address of the service?",
        )

    def _attempt(self, request: Request, headers: dict[str, str]) -> Answer | NoAnswer:
        check_headers(self.system, headers)
        if not request.brief:
            self.throttle.wait()
        go_on()
        try:
            return self._wire.exchange(self.base, request, headers)
        except NoAnswer as error:
            return error
        except UnicodeEncodeError:
            raise InputError(f"{self.system}: {request} would hold half a character (a lone surrogate).") from None

    def _lost(self, request: Request, lost: NoAnswer) -> Unreachable | OutcomeUnknown:
        what = lost.what.format(host=urlsplit(self.base).netloc, seconds=self._wire.timeout(request))
        message = f"{self.system}: {what} ({request})"
        if request.wrote and retry.leaves_doubt(request.method, lost.fate, None):
            return OutcomeUnknown(message, method=request.method, path=request.path, hint=MAYBE)
        return Unreachable(message, method=request.method, path=request.path, hint=lost.hint)

    def _failure(self, answer: Answer, unclear: bool = False) -> ApiError:
        try:
            words, codes = self.words(answer)
        except Exception:  # the words are a courtesy; the failure is told without them
            words, codes = "", ()
        words = self.redactor.clean(words)
        doubt = answer.wrote and retry.leaves_doubt(answer.method, Fate.ANSWERED, answer.status)
        return (OutcomeUnknown if doubt or unclear else error_for(answer.status))(
            f"{self.system}: {answer.method} {answer.path} was answered "
            f"{answer.status}{f': {words}' if words else '.'}",
            method=answer.method,
            path=answer.path,
            status=answer.status,
            words=words,
            codes=codes,
        )
