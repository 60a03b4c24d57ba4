# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""HTTP: the only import of requests. One session a worker, the retry table, and no write in a dry run."""

from __future__ import annotations

import contextlib
import dataclasses
import json as jsonlib
import threading
import time
import typing as t
from urllib.parse import urljoin, urlsplit

from ansible_collections.people.lifecycle.plugins.module_utils import _retry
from ansible_collections.people.lifecycle.plugins.module_utils._connection import Connection
from ansible_collections.people.lifecycle.plugins.module_utils._errors import (
    ApiError,
    AuthenticationFailed,
    BadAnswer,
    MissingLibrary,
    NotFound,
    OutcomeUnknown,
    PermissionDenied,
    Rejected,
    ServerFailed,
    Unreachable,
    WriteInCheckMode,
)
from ansible_collections.people.lifecycle.plugins.module_utils._redact import Redactor
from ansible_collections.people.lifecycle.plugins.module_utils._retry import Fate, Throttle
from ansible_collections.people.lifecycle.plugins.module_utils._urls import origin
from ansible_collections.people.lifecycle.plugins.module_utils._xml import BadXml, Lists, parse

if t.TYPE_CHECKING:
    import requests

LARGEST_ANSWER = 64 * 1024 * 1024
MOST_REDIRECTS = 3
SLOWEST_ANSWER = 10  # times the timeout, for an answer that keeps trickling
REDIRECTS = (301, 302, 303, 307, 308)


def requests_library() -> t.Any:
    """The requests library, imported when the first session is made.

    Raises MissingLibrary.
    """
    try:
        import requests
    except ImportError as error:
        raise MissingLibrary("requests", "to talk to the service") from error
    return requests


@dataclasses.dataclass(frozen=True)
class Answer:
    """What came back: status, headers (any case) and the whole body."""

    method: str
    path: str
    status: int
    headers: t.Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def content_type(self) -> str:
        return self.headers.get("Content-Type", "").split(";")[0].strip().lower()


class Session:
    """Talks to one service at ``connection.url``.

    ``headers()`` gives the headers that prove who calls, ``renew()`` gets new ones after a 401 (None: it cannot).
    ``words(answer)`` takes the server's own words and error codes out of a failed answer. With ``read_only`` every
    write raises WriteInCheckMode. Safe for use by several threads; each has its own connection.
    """

    def __init__(
        self,
        system: str,
        connection: Connection,
        *,
        redactor: Redactor,
        read_only: bool = False,
        words: t.Callable[[Answer], tuple[str, tuple[str, ...]]] | None = None,
    ) -> None:
        self.system = system
        self.connection = connection
        self.base = connection.url
        self.redactor = redactor
        self.read_only = read_only
        self.throttle = Throttle()
        self.headers: t.Callable[[], dict[str, str]] = dict
        self.renew: t.Callable[[dict[str, str]], None] | None = None
        self.words = words or (lambda answer: ("", ()))
        self._requests = requests_library()
        self._local = threading.local()
        self._opened: list[requests.Session] = []
        self._lock = threading.Lock()

    def close(self) -> None:
        for opened in self._opened:
            opened.close()

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
    ) -> Answer:
        """Send one request and return the answer when its status is in ``ok``.

        ``reads`` marks a POST that changes nothing (a login, a check); ``signed=False`` leaves the session out.
        Raises one of the ApiErrors otherwise: OutcomeUnknown where a write may have been processed.
        """
        if self.read_only and not reads and method not in _retry.READS:
            raise WriteInCheckMode(f"{self.system}: {method} {path} was about to be sent in check mode. Nothing was sent.")
        own = {"Accept": "application/json", **(headers or {})}
        if json is not None:
            body = jsonlib.dumps(json).encode()
            own.setdefault("Content-Type", "application/json")
        renewed = False
        attempt = 1
        while True:
            proof = self.headers() if signed else {}
            answer, fate, reason = self._attempt(method, path, query, body, {**own, **proof})
            if answer is not None:
                if answer.status in ok:
                    return answer
                if answer.status == 401 and signed and self.renew and not renewed:
                    renewed = True
                    self.renew(proof)
                    continue
            status = answer.status if answer else None
            asked = _retry.retry_after(answer.headers.get("Retry-After")) if answer else None
            patient = answer is None or status in _retry.PATIENCE
            if patient and attempt <= self.connection.retries and _retry.may_repeat(method, fate, status, asked):
                attempt += 1
                pause = _retry.wait_before(attempt, asked)
                if status in (429, 503):
                    self.throttle.hold(pause)
                else:
                    time.sleep(pause)
                continue
            if answer is None:
                raise self._no_answer(method, path, fate, reason, reads)
            raise self._failure(answer, reads)

    def data(self, answer: Answer, kind: type | tuple[type, ...] = dict) -> t.Any:
        """The JSON in ``answer``, which must be a ``kind``; raises BadAnswer."""
        try:
            parsed = jsonlib.loads(answer.body)
        except ValueError:
            what = "an HTML page (of a proxy or a login form?)" if _is_html(answer) else "something that is not JSON"
            raise self.bad_answer(answer, f"with {what}") from None
        except RecursionError:
            raise self.bad_answer(answer, "with JSON nested too deeply") from None
        if not isinstance(parsed, kind):
            raise self.bad_answer(answer, "with JSON of an unexpected shape")
        return parsed

    def xml(self, answer: Answer, lists: Lists) -> tuple[str, t.Any]:
        """Name and content of the XML in ``answer`` (see ``_xml.parse``); raises BadAnswer."""
        try:
            return parse(answer.body, lists)
        except BadXml as error:
            raise self.bad_answer(answer, f"with {error.what}") from None

    def bad_answer(self, answer: Answer, what: str) -> BadAnswer:
        return BadAnswer(
            f"{self.system}: {answer.method} {answer.path} was answered {what}.",
            method=answer.method,
            path=answer.path,
            status=answer.status,
            hint=f"Is {self.base} the address of the service?",
        )

    def _attempt(
        self,
        method: str,
        path: str,
        query: t.Mapping[str, t.Any] | None,
        body: bytes | None,
        headers: t.Mapping[str, str],
    ) -> tuple[Answer | None, Fate, Exception | None]:
        errors = self._requests.exceptions
        self.throttle.wait()
        try:
            return self._exchange(method, path, query, body, headers), Fate.ANSWERED, None
        except (errors.SSLError, errors.ProxyError) as error:
            raise self._no_answer(method, path, Fate.NOT_SENT, error, True) from None
        except errors.ConnectTimeout as error:
            return None, Fate.NOT_SENT, error
        except errors.ConnectionError as error:
            return None, Fate.NOT_SENT if _was_not_sent(error) else Fate.LOST, error
        except errors.InvalidURL as error:
            raise self._no_answer(method, path, Fate.NOT_SENT, error, True) from None
        except (errors.RequestException, TimeoutError, OSError) as error:
            return None, Fate.LOST, error

    def _exchange(
        self,
        method: str,
        path: str,
        query: t.Mapping[str, t.Any] | None,
        body: bytes | None,
        headers: t.Mapping[str, str],
    ) -> Answer:
        url = self.base + path
        for dummy in range(MOST_REDIRECTS + 1):
            with self._session().request(
                method,
                url,
                params=query,
                data=body,
                headers=headers,
                timeout=self.connection.timeout,
                allow_redirects=False,
                stream=True,
            ) as response:
                if response.status_code not in REDIRECTS:
                    return Answer(method, path, response.status_code, response.headers, self._read(response, method, path))
                url = self._follow(method, path, response.url, response.headers.get("Location", ""))
                query = None
        raise BadAnswer(f"{self.system}: {method} {path} was redirected in a circle.", method=method, path=path)

    def _follow(self, method: str, path: str, url: str, location: str) -> str:
        """Where a redirect may lead: on a read, and to the same server only."""
        target = urljoin(url, location)
        if method in _retry.READS and origin(target) == origin(self.base):
            return target
        where = "another address" if origin(target) == origin(self.base) else f"another server ({urlsplit(target).hostname})"
        raise BadAnswer(
            f"{self.system}: {method} {path} was redirected to {where}, which is not followed.",
            method=method,
            path=path,
            hint="Give the final address of the service in api_url.",
        )

    def _read(self, response: requests.Response, method: str, path: str) -> bytes:
        deadline = time.monotonic() + self.connection.timeout * SLOWEST_ANSWER
        read_some = getattr(response.raw, "read1", response.raw.read)
        pieces: list[bytes] = []
        size = 0
        while piece := self._piece(read_some):
            pieces.append(piece)
            size += len(piece)
            if size > LARGEST_ANSWER:
                raise BadAnswer(
                    f"{self.system}: the answer to {method} {path} is larger than {LARGEST_ANSWER // 2**20} MiB.",
                    method=method,
                    path=path,
                )
            if time.monotonic() > deadline:
                raise TimeoutError("the answer kept trickling")
        promised = response.headers.get("Content-Length", "")
        if promised.isdigit() and size < int(promised) and "Content-Encoding" not in response.headers and method != "HEAD":
            raise ConnectionResetError("the answer was cut off")
        return b"".join(pieces)

    def _piece(self, read_some: t.Callable[..., bytes]) -> bytes:
        try:
            return read_some(65536, decode_content=True)
        except self._requests.packages.urllib3.exceptions.HTTPError as error:
            raise ConnectionResetError(str(error)) from None

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = self._local.session = self._open()
            with self._lock:
                self._opened.append(session)
        return session

    def _open(self) -> requests.Session:
        """A session that takes nothing from the environment: no .netrc, no proxy unless asked, no cookies."""
        session: requests.Session = self._requests.Session()
        session.trust_env = False
        session.verify = self.connection.verify
        session.cert = self.connection.certificate
        session.cookies.set_policy(_no_cookies())
        if self.connection.use_proxy:
            session.proxies.update(self._requests.utils.get_environ_proxies(self.base))
        if self.connection.verify is False:
            with contextlib.suppress(AttributeError):
                self._requests.packages.urllib3.disable_warnings()
        return session

    def _no_answer(
        self, method: str, path: str, fate: Fate, reason: Exception | None, reads: bool
    ) -> Unreachable | OutcomeUnknown:
        where = urlsplit(self.base).netloc
        if fate is Fate.NOT_SENT:
            what, hint = _connection_trouble(reason, where)
            return Unreachable(f"{self.system}: {what}", method=method, path=path, hint=hint)
        slow = isinstance(reason, TimeoutError) or "timed out" in str(reason).lower()
        what = f"gave no full answer within {self.connection.timeout:g} seconds" if slow else "broke off the connection"
        message = f"{self.system}: {where} {what} during {method} {path}."
        if reads or not _retry.leaves_doubt(method, fate, None):
            return Unreachable(message, method=method, path=path)
        return OutcomeUnknown(message, method=method, path=path, hint="The change may or may not have been made.")

    def _failure(self, answer: Answer, reads: bool) -> ApiError:
        words, codes = self.words(answer)
        words = self.redactor.clean(words)
        said = f": {words}" if words else "."
        doubt = not reads and _retry.leaves_doubt(answer.method, Fate.ANSWERED, answer.status)
        kind = OutcomeUnknown if doubt else _error_for(answer.status)
        return kind(
            f"{self.system}: {answer.method} {answer.path} was answered {answer.status}{said}",
            method=answer.method,
            path=answer.path,
            status=answer.status,
            words=words,
            codes=codes,
        )


def _error_for(status: int) -> type[ApiError]:
    if status == 429 or status >= 500:
        return ServerFailed
    return {401: AuthenticationFailed, 403: PermissionDenied, 404: NotFound}.get(
        status, Rejected if 400 <= status < 500 else BadAnswer
    )


def _no_cookies() -> t.Any:
    from http.cookiejar import DefaultCookiePolicy

    return DefaultCookiePolicy(allowed_domains=[])


def _is_html(answer: Answer) -> bool:
    return "html" in answer.content_type or answer.body.lstrip()[:1] == b"<"


def _was_not_sent(error: Exception) -> bool:
    """Whether a connection error happened before a connection stood."""
    text = repr(error)
    return "NewConnectionError" in text or "ConnectTimeout" in text or "NameResolutionError" in text


def _connection_trouble(error: Exception | None, where: str) -> tuple[str, str | None]:
    text = str(error)
    name = type(error).__name__
    if name == "SSLError":
        hint = "Give the authority's certificate in ca_path if it is your own."
        if "certificate verify failed" in text.lower():
            return f"The certificate of {where} cannot be verified.", hint
        return f"No TLS connection to {where} is possible.", "Is it https that this port speaks, and which certificates does it want?"
    if name == "ProxyError":
        return f"The proxy gives no connection to {where}.", "Check the proxy variables of the environment, or leave use_proxy off."
    if name == "InvalidURL":
        return f"{where} is no valid address.", "Check api_url."
    if "NameResolution" in text or "getaddrinfo" in text or "Name or service not known" in text:
        return f"The host name of {where} is not known.", "Check api_url."
    if "refused" in text:
        return f"{where} refuses the connection.", "Check api_url, and whether the service runs."
    if "timed out" in text:
        return f"{where} cannot be reached: no connection within the timeout.", "Check api_url and the network."
    return f"{where} cannot be reached.", "Check api_url and the network."
