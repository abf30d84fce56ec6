"""A web server on loopback that answers as it is told, badly as a rule, and remembers who asked what and when."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

HANG = b"\0hang"
"""Body of an answer that never comes."""
DRIP = b"\0drip"
"""Body of an answer that never ends: a byte now and then."""

PLACE: Mapping[str, object] = {
    "osm_type": "node", "osm_id": 6, "lat": "33.28", "lon": "69.95", "class": "place", "type": "village",
    "addresstype": "village", "name": "Zarkot", "display_name": "Zarkot, Khost, Afghanistan",
    "address": {"village": "Zarkot", "state": "Khost", "ISO3166-2-lvl4": "AF-KHO", "country_code": "af"},
}  # fmt: skip
"""A village that no gazetteer knows, as Nominatim describes one."""


@dataclass(slots=True)
class Answer:
    """One thing the server says."""

    body: bytes = b"[]"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Asked:
    """One thing it was asked."""

    path: str
    query: Mapping[str, list[str]]
    user_agent: str
    moment: float


class BadServer(ThreadingHTTPServer):
    """Says what ``script`` holds, one answer a request, the last one for ever."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script: list[Answer] = [Answer()]
        self.asked: list[Asked] = []
        self.stopped = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def say(self, *answers: Answer | list[Mapping[str, object]]) -> None:
        """Set what is said from now on."""
        self.script = [a if isinstance(a, Answer) else Answer(json.dumps(a).encode()) for a in answers]

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients hang up on answers that are too long; nobody needs to read about it."""


class _Handler(BaseHTTPRequestHandler):
    server: BadServer

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = Asked(parts.path, parse_qs(parts.query), self.headers["User-Agent"], time.monotonic())
        self.server.asked.append(asked)
        answer = self.server.script.pop(0) if len(self.server.script) > 1 else self.server.script[0]
        if answer.body == HANG:
            self.server.stopped.wait()
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if answer.body == DRIP:
            while not self.server.stopped.wait(0.02):
                self.wfile.write(b" ")
        else:
            self.wfile.write(answer.body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def run_bad_server() -> Iterator[BadServer]:
    """The server, running until the block ends."""
    server = BadServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()
