# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An end to answers that keep trickling: the timeout of a socket only ends a silence,
and each byte begins another one.
"""

from __future__ import annotations

import functools
import http.client
import io
import time
import typing as t

SLOWEST_ANSWER = 10  # times the timeout, from the first byte of the status line to the last of the body


class Trickling(TimeoutError):
    """An answer took too long as a whole, though something came all the time."""


class LimitedReader(io.RawIOBase):
    """Reads from ``raw`` until ``deadline``, in seconds of the monotonic clock; raises Trickling after it."""

    def __init__(self, raw: t.Any, deadline: float) -> None:
        super().__init__()
        self._raw = raw
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: t.Any) -> t.Any:
        if time.monotonic() > self._deadline:
            raise Trickling
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class LimitedAnswer(http.client.HTTPResponse):
    """An answer whose status line, headers and body together may take so long."""

    def __init__(self, sock: t.Any, *arguments: t.Any, **options: t.Any) -> None:
        super().__init__(sock, *arguments, **options)
        silence = sock.gettimeout()
        if silence:
            deadline = time.monotonic() + silence * SLOWEST_ANSWER
            self.fp = io.BufferedReader(LimitedReader(self.fp.detach(), deadline))


@functools.cache
def limited_adapter(library: t.Any) -> t.Any:
    """The class HTTPAdapter of ``library``, requests, with such answers; also behind an HTTP proxy."""

    def limited(pool: t.Any) -> t.Any:
        connection = type("LimitedConnection", (pool.ConnectionCls,), {"response_class": LimitedAnswer})
        return type("LimitedPool", (pool,), {"ConnectionCls": connection})

    of_urllib3 = library.packages.urllib3.connectionpool
    pools = {"http": limited(of_urllib3.HTTPConnectionPool), "https": limited(of_urllib3.HTTPSConnectionPool)}

    class LimitedAdapter(library.adapters.HTTPAdapter):  # type: ignore[misc]
        def init_poolmanager(self, *arguments: t.Any, **options: t.Any) -> None:
            super().init_poolmanager(*arguments, **options)
            self.poolmanager.pool_classes_by_scheme = pools

        def proxy_manager_for(self, proxy: str, **options: t.Any) -> t.Any:
            manager = super().proxy_manager_for(proxy, **options)
            if not proxy.lower().startswith("socks"):
                manager.pool_classes_by_scheme = pools
            return manager

    return LimitedAdapter
