# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Carries single requests to one service and reads the answers: the only import of requests."""

from __future__ import annotations

import contextlib
import http.client
import typing as t
import zlib
from urllib.parse import urljoin, urlsplit

from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Connection
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    READS,
    ApiError,
    BadAnswer,
    MissingLibrary,
    OutcomeUnknown,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.version import VERSION
from ansible_collections.people.lifecycle.plugins.module_utils._http.bounds import ONE
from ansible_collections.people.lifecycle.plugins.module_utils._http.failure import Unfinished, no_answer
from ansible_collections.people.lifecycle.plugins.module_utils._http.patience import limited_adapter
from ansible_collections.people.lifecycle.plugins.module_utils._http.urls import origin

if t.TYPE_CHECKING:
    import requests

MOST_REDIRECTS = 3
LONGEST_BRIEF = 5.0  # seconds
PIECE = 65536
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


class Answer(t.NamedTuple):
    """What came back: status, headers (any case) and the whole body; ``path`` is that of the request, without query."""

    method: str
    path: str
    status: int
    headers: t.Mapping[str, str]
    body: bytes
    wrote: bool = False

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def content_type(self) -> str:
        return self.headers.get("Content-Type", "").split(";")[0].strip().lower()


class Request(t.NamedTuple):
    """What is sent, and what may come back; ``wrote`` tells whether it can change something, whatever its method."""

    method: str
    path: str
    query: t.Mapping[str, t.Any] | None
    body: bytes | None
    wrote: bool
    largest: int = ONE  # bytes of an answer that is no error
    brief: bool = False  # not waited for long, because the answer decides nothing

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


class Wire:
    """Connections to one service. Safe for several threads: each request borrows a session of requests for itself."""

    def __init__(self, system: str, connection: Connection) -> None:
        self.system = system
        self.connection = connection
        self._requests = requests_library()
        self._opened: list[requests.Session] = []
        self._idle: list[requests.Session] = []

    def close(self) -> None:
        for session in self._opened:
            session.close()

    def timeout(self, request: Request) -> float:
        """Seconds to wait for a connection and in each silence."""
        longest = self.connection.timeout
        return min(longest, LONGEST_BRIEF) if request.brief else longest

    def exchange(self, base: str, request: Request, headers: t.Mapping[str, str]) -> Answer:
        """Send ``request`` below ``base`` and read the answer, following redirects of reads on the same server.

        Raises NoAnswer, and BadAnswer where an answer came that is not taken.
        """
        of_requests, of_urllib3 = self._requests.exceptions, self._requests.packages.urllib3.exceptions
        try:
            with self._borrowed() as session:
                return self._converse(session, base, request, headers)
        except (
            of_requests.RequestException,
            of_urllib3.HTTPError,
            http.client.HTTPException,
            OSError,
            Unfinished,
        ) as error:
            raise no_answer(error) from None

    def _converse(self, session: requests.Session, base: str, request: Request, headers: t.Mapping[str, str]) -> Answer:
        url, query = base + request.path, request.query
        for dummy in range(MOST_REDIRECTS + 1):
            with self._send(session, request, url, query, headers) as response:
                if response.status_code not in REDIRECTS:
                    body = self._read(response, request)
                    return Answer(
                        request.method, request.path, response.status_code, response.headers, body, request.wrote
                    )
                url, query = self._follow(request, base, response.url, response.headers.get("Location", "")), None
        raise self._declined(request, "was redirected in a circle")

    def _send(
        self,
        session: requests.Session,
        request: Request,
        url: str,
        query: t.Mapping[str, t.Any] | None,
        headers: t.Mapping[str, str],
    ) -> requests.Response:
        """One request by the session's adapter:
        Session.send would keep cookies, and read redirects without any limit; its way to merge settings is slow.
        """
        prepared = self._requests.PreparedRequest()
        prepared.prepare(request.method, url, {**session.headers, **headers}, data=request.body, params=query)
        return session.get_adapter(prepared.url or url).send(
            prepared,
            stream=True,
            timeout=self.timeout(request),
            verify=self.connection.verify,
            cert=self.connection.certificate,
            proxies=session.proxies,
        )

    def _follow(self, request: Request, base: str, url: str, location: str) -> str:
        """Where a redirect may lead: on a read, and to the same server only."""
        try:
            target = urljoin(url, location)
            there, plain = origin(target), urlsplit(target).username is None
        except ValueError:
            raise self._declined(request, "was redirected to something that is no address") from None
        if request.method in READS and there == origin(base) and plain:
            return target
        where = "another address" if there == origin(base) else f"another server ({there[1]})"
        raise self._declined(
            request,
            f"was redirected to {where}, which is not followed",
            hint="Give the final address of the service in api_url.",
        )

    def _read(self, response: requests.Response, request: Request) -> bytes:
        """The whole body, unpacked. The limit counts what is unpacked."""
        largest = request.largest if response.status_code < 400 else ONE
        unpack = self._unpacker(response, request)
        pieces: list[bytes] = []
        size = received = 0
        while piece := self._piece(response.raw):
            received += len(piece)
            unpacked = unpack(piece, largest + 1 - size)
            size += len(unpacked)
            pieces.append(unpacked)
            if size > largest:
                raise self._bad(request, f"was answered with more than {largest // 2**20} MiB")
        promised = response.headers.get("Content-Length", "")
        if promised.isdecimal() and received < int(promised) and request.method != "HEAD":
            raise Unfinished
        response.raw.release_conn()  # read to its end, the connection is kept for the next request
        return b"".join(pieces)

    @staticmethod
    def _piece(raw: t.Any) -> t.Any:
        """What has arrived so far, at most PIECE bytes; nothing at the end."""
        if hasattr(raw, "read1"):
            return raw.read1(PIECE, decode_content=False) or b""
        return raw._fp.read1(PIECE)  # urllib3 before 2 has only reads that wait until PIECE is full

    def _unpacker(self, response: requests.Response, request: Request) -> t.Callable[[bytes, int], bytes]:
        """How to unpack the body: as it is, or gzip; a bomb is never unpacked beyond the limit."""
        encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
        if encoding == "identity":
            return lambda piece, limit: piece
        if encoding != "gzip":
            raise self._bad(request, "was answered in a content encoding that was not asked for")
        inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)

        def unpack(piece: bytes, limit: int) -> bytes:
            try:
                return inflater.decompress(piece, limit)
            except zlib.error:
                raise self._bad(request, "was answered with broken compression") from None

        return unpack

    def _bad(self, request: Request, what: str) -> ApiError:
        """An answer that cannot be read; to a write, it leaves open what was done."""
        kind = OutcomeUnknown if request.wrote else BadAnswer
        return kind(f"{self.system}: {request} {what}.", method=request.method, path=request.path)

    def _declined(self, request: Request, what: str, hint: str | None = None) -> BadAnswer:
        return BadAnswer(f"{self.system}: {request} {what}.", method=request.method, path=request.path, hint=hint)

    @contextlib.contextmanager
    def _borrowed(self) -> t.Iterator[requests.Session]:
        try:
            session = self._idle.pop()
        except IndexError:
            session = self._open()
            self._opened.append(session)
        try:
            yield session
        finally:
            self._idle.append(session)

    def _open(self) -> requests.Session:
        """A session that takes nothing from the environment: no .netrc, no proxy unless asked."""
        session: requests.Session = self._requests.Session()
        session.trust_env = False
        for scheme in ("http://", "https://"):
            session.mount(scheme, limited_adapter(self._requests)())
        session.headers.update({"User-Agent": f"people.lifecycle/{VERSION}", "Accept-Encoding": "gzip"})
        if self.connection.use_proxy:
            session.proxies.update(self._requests.utils.get_environ_proxies(self.connection.url))
        if self.connection.verify is False:
            self._requests.packages.urllib3.disable_warnings()
        return session
