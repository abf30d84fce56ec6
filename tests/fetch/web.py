"""A web on loopback: made-up names with public numbers, one server behind all of them, and a count of who came."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpcore

from geo.fetch import Fetcher, Network

PUBLIC = "93.184.215.14"
"""A public number, which stands for this machine in tests."""


@dataclass(slots=True)
class Answer:
    """One thing the server says."""

    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    write: Callable[[Any], None] | None = None
    """Writes to the connection itself, instead of all that."""


@dataclass(slots=True)
class Asked:
    """One thing it was asked."""

    host: str
    path: str
    headers: Mapping[str, str]


class Web(httpcore.NetworkBackend):
    """What is published, who lives where, what was asked, and every connection that was tried."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        """By address without scheme, as ``desk.example/page``."""
        self.numbers: dict[str, list[list[str]]] = {}
        """Answers of the name server by name, one after the other, the last for ever; others live at ``PUBLIC``."""
        self.asked: list[Asked] = []
        self.resolved: list[str] = []
        self.tried: list[tuple[str, int]] = []
        """Number and port of every connection that the code under test tried to make."""
        self.connections = 0
        """How many the server on loopback saw."""
        self.port = 0

    def publish(self, address: str, body: bytes | str = b"", **fields: Any) -> None:
        """Put a page at an address without scheme."""
        self.pages[address] = Answer(body=body.encode() if isinstance(body, str) else body, **fields)

    def resolve(self, host: str) -> list[str]:
        self.resolved.append(host)
        answers = self.numbers.get(host, [[PUBLIC]])
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        if not found:
            raise OSError("no such name")
        return found

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *args: Any, **kwargs: Any
    ) -> httpcore.NetworkStream:
        self.tried.append((host, port))
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self.port, timeout)

    def fetcher(self, *, tls: ssl.SSLContext | None = None, **options: Any) -> Fetcher:
        """A fetcher for which this is the internet; the rule about numbers is the real one."""
        context = tls or ssl.create_default_context()
        return Fetcher(Network(self.resolve, self, lambda: context), **options)

    def paths(self) -> list[str]:
        """What was asked for, without robots.txt."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]


@contextmanager
def run_web(tls: ssl.SSLContext | None = None) -> Iterator[Web]:
    """A web whose server runs until the end of the block."""
    web = Web()

    class Server(ThreadingHTTPServer):
        def verify_request(self, request: Any, client_address: Any) -> bool:
            web.connections += 1
            return True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """Clients that go away, or do not like the certificate, are what is tested."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host = self.headers.get("Host", "")
            web.asked.append(Asked(host, self.path, dict(self.headers)))
            answer = web.pages.get(f"{host}{self.path}", Answer(b"nothing here", status=404))
            _send(self, answer)

        def log_message(self, *args: object) -> None:
            """Tests read what was asked instead."""

    with Server(("127.0.0.1", 0), Handler) as server:
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        web.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield web
        finally:
            server.shutdown()


def _send(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
    if answer.write:
        answer.write(handler.wfile)
        return
    handler.send_response(answer.status)
    if answer.kind:
        handler.send_header("Content-Type", answer.kind)
    for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(answer.body)
