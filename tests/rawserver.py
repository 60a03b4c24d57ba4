# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A server that sends the very bytes it is given, for answers that no web framework would send."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
import time
import typing as t


class RawServer:
    """One connection after another, each with a list of answers; after the last of them it is closed.

    With a ``pause``, each byte of an answer comes so many seconds after the one before.
    """

    def __init__(self, connections: list[list[bytes]], pause: float) -> None:
        self.connections = connections
        self.pause = pause
        self.requests: list[bytes] = []
        self.accepted = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def serve(self) -> None:
        with contextlib.suppress(OSError):
            for answers in self.connections:
                connection, dummy = self.listener.accept()
                self.accepted += 1
                with connection:
                    for answer in answers:
                        self.requests.append(self.read(connection))
                        self.write(connection, answer)

    def write(self, connection: socket.socket, answer: bytes) -> None:
        if not self.pause:
            connection.sendall(answer)
            return
        for byte in answer:
            connection.sendall(bytes([byte]))
            time.sleep(self.pause)

    @staticmethod
    def read(connection: socket.socket) -> bytes:
        data = b""
        while b"\r\n\r\n" not in data:
            data += connection.recv(65536) or b"\r\n\r\n"
        head, dummy, body = data.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
        while length and len(body) < int(length[1]):
            body += connection.recv(65536)
        return head + b"\r\n\r\n" + body


@contextlib.contextmanager
def raw_server(*connections: list[bytes], pause: float = 0) -> t.Iterator[RawServer]:
    server = RawServer(list(connections), pause)
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.listener.close()


def http(body: bytes = b"{}", *headers: str, status: str = "200 OK") -> bytes:
    """An answer with ``headers`` as they are; a length only where one is among them or none is given."""
    lines = headers or (f"Content-Length: {len(body)}",)
    return (
        f"HTTP/1.1 {status}\r\n".encode() + "".join(f"{line}\r\n" for line in lines).encode("latin-1") + b"\r\n" + body
    )
