"""A page with nothing but the map, served on loopback: what Streamlit's frame holds, without Streamlit."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import folium

from geo import maps
from geo.borders import open_border
from geo.settings import web_folder

TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".json": "application/json"}
STYLE = "<style>html, body {margin: 0; height: 100%} .folium-map {height: 100vh !important}</style>"


@dataclass(kw_only=True)
class MapServer:
    """Answers the map's addresses from memory."""

    answers: dict[str, bytes]
    """Body by the last part of the address: basemap, points, marks."""
    masks: dict[str, bytes] = field(default_factory=dict)
    """Bits by the filter query without its revision."""
    address: str = ""
    asked: list[str] = field(default_factory=list)

    def page(self, command: Mapping[str, object]) -> bytes:
        """The map as folium writes it, with one command."""
        border_map = maps.build_map(open_border("AF-PK"), assets_url="/assets", data_url="/data")
        maps.show_command(**command).add_to(border_map)  # type: ignore[arg-type]
        figure = border_map.get_root()
        figure.header.add_child(folium.Element(STYLE))
        return figure.render().encode()

    def answer(self, path: str) -> tuple[bytes, str]:
        """Body and content type of an address."""
        parts = urlsplit(path)
        if parts.path == "/":
            return self.page(json.loads(parse_qs(parts.query)["command"][0])), "text/html; charset=utf-8"
        if parts.path == "/favicon.ico":
            return b"", "image/x-icon"
        if parts.path == "/assets/map.js":
            return maps.layer_script().encode(), TYPES[".js"]
        if parts.path.startswith("/assets/"):
            file = web_folder() / parts.path.removeprefix("/assets/")
            return file.read_bytes(), TYPES[file.suffix]
        name = Path(parts.path).name
        if name == "mask":
            return self.masks[parts.query.rpartition("&rev=")[0]], "application/octet-stream"
        return self.answers[name], TYPES[".json"] if name != "points" else "application/octet-stream"


@contextmanager
def serve(server: MapServer) -> Iterator[MapServer]:
    """The server on a free loopback port until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append(self.path)
            try:
                body, kind = server.answer(self.path)
            except (KeyError, FileNotFoundError):
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.address = f"http://127.0.0.1:{listener.server_port}"
    thread = threading.Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        listener.server_close()
