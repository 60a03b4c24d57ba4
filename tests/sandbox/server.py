# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Serves simulated systems on loopback, one port each, in one process and one event loop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import threading
import typing as t

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from .control import Controlled
from .system import System


class Protocol(HttpToolsProtocol):
    """Gives the application its transport, so that a fault can cut the connection."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {"sandbox.transport": self.transport}


class Server(uvicorn.Server):
    """Leaves signals to whoever runs several servers in one loop."""

    @contextlib.contextmanager
    def capture_signals(self) -> t.Iterator[None]:
        yield


def listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(512)
    return listener


class Sandbox:
    """Running systems: ``urls`` and ``apps`` (for tests in the same process) by the name of the instance."""

    def __init__(
        self, instances: t.Mapping[str, System], ports: t.Mapping[str, int] | None = None, **tls: t.Any
    ) -> None:
        self.apps = {name: Controlled(system) for name, system in instances.items()}
        self.sockets = {name: listen((ports or {}).get(name, 0)) for name in self.apps}
        scheme = "https" if tls else "http"
        self.urls = {name: f"{scheme}://127.0.0.1:{s.getsockname()[1]}" for name, s in self.sockets.items()}
        self.servers = [
            Server(
                uvicorn.Config(
                    app,
                    http=Protocol,
                    ws="none",
                    lifespan="off",
                    log_level="critical",
                    access_log=False,
                    server_header=False,
                    date_header=False,
                    timeout_graceful_shutdown=1,
                    **tls,
                )
            )
            for app in self.apps.values()
        ]

    async def serve(self, ready: t.Callable[[], None]) -> None:
        """Serve until ``stop``; calls ``ready`` once requests are accepted."""
        running = asyncio.gather(
            *(server.serve(sockets=[s]) for server, s in zip(self.servers, self.sockets.values(), strict=True))
        )
        while not all(server.started for server in self.servers):
            if running.done():
                break
            await asyncio.sleep(0.01)
        ready()
        await running

    def stop(self) -> None:
        for server in self.servers:
            server.should_exit = True


def named(*systems: System, **instances: System) -> dict[str, System]:
    """Instances by name: a system without another name has its own. Raises ValueError for a name of two."""
    both = [(system.name, system) for system in systems] + list(instances.items())
    if len(both) > len(dict(both)):
        raise ValueError("each instance needs a name of its own")
    return dict(both)


@contextlib.contextmanager
def running(*systems: System, instances: t.Mapping[str, System] | None = None, **tls: t.Any) -> t.Iterator[Sandbox]:
    """A sandbox in a thread of this process, for tests:
    ``systems`` under their own names, ``instances`` under theirs.
    """
    sandbox = Sandbox(named(*systems, **(instances or {})), **tls)
    ready = threading.Event()
    thread = threading.Thread(target=lambda: uvicorn_run(sandbox, ready.set), daemon=True)
    thread.start()
    if not ready.wait(30):
        raise RuntimeError("the sandbox did not start")
    try:
        yield sandbox
    finally:
        sandbox.stop()
        thread.join(10)


def uvicorn_run(sandbox: Sandbox, ready: t.Callable[[], None]) -> None:
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(sandbox.serve(ready))


def serve_until_terminated(sandbox: Sandbox, ready: t.Callable[[], None]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *dummy: sandbox.stop())
    uvicorn_run(sandbox, ready)
