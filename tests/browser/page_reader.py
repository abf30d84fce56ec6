"""The dashboard as ``streamlit run app.py`` serves it, and those who read it in a real browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from geo.settings import app_file

MAP = "document.querySelector('iframe[title*=folium]').contentWindow"
LAYER = f"Object.values({MAP}).find((value) => value && value.incidents).incidents"
START_SECONDS = 60
LAPTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@contextmanager
def serve(folder: Path, **options: str) -> Iterator[str]:
    """A dashboard over the store in a folder, on a free port of this machine."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [
        sys.executable, "-m", "streamlit", "run", str(app_file()),
        "--server.address=127.0.0.1", f"--server.port={port}", "--server.headless=true",
    ]  # fmt: skip
    environment = {**os.environ, "BORDER_INCIDENTS_STORE": str(folder / "incidents.sqlite"), **options}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=app_file().parent, env=environment, stdout=log, stderr=log)
        try:
            _await(f"http://127.0.0.1:{port}/_stcore/health", process, folder / "log")
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
            process.wait(20)


def _await(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(START_SECONDS * 20):
        with suppress(OSError), urllib.request.urlopen(address):
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
            break
    raise RuntimeError(f"the dashboard did not start:\n{log.read_text(errors='replace')[-3000:]}")


@dataclass
class Reader:
    """Someone who looks at the dashboard, and what their browser did meanwhile."""

    page: Page
    address: str
    hosts: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    received: list[int] = field(default_factory=list)

    def open(self, query: str = "") -> Reader:
        """Open a link and wait for its picture."""
        self.visit(query)
        self.page.wait_for_function(f"() => {{ try {{ return {LAYER}.drawn.draws > 0 }} catch {{ return false }} }}")
        return self

    def visit(self, query: str) -> None:
        """Open a link and wait for its words."""
        self.page.goto(f"{self.address}?{query}" if query else self.address)
        self.page.locator(".page-head h1").wait_for()

    @property
    def query(self) -> str:
        """What the address line says after "?"."""
        return self.page.url.partition("?")[2]

    def expect_query(self, query: str) -> None:
        """Wait until the address line says so."""
        expect(self.page).to_have_url(self.address + (f"?{query}" if query else ""))

    def expect_marks(self, count: int) -> None:
        """Wait until the map holds so many marks."""
        self.page.wait_for_function(f"(count) => {LAYER}.drawn.visible === count", arg=count)

    def box(self, selector: str) -> dict[str, float]:
        """Where something stands on the screen."""
        box = self.page.locator(selector).first.bounding_box()
        assert box is not None, selector
        return box  # type: ignore[return-value]


def open_reader(browser: Browser, address: str, **device: object) -> Iterator[Reader]:
    """Someone with a device of this size and kind; their browser is closed behind them."""
    context = browser.new_context(**device)  # type: ignore[arg-type]
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader = Reader(page=context.new_page(), address=address)
    reader.page.on("request", lambda request: reader.hosts.add(request.url.split("/")[2]))
    reader.page.on("pageerror", lambda error: reader.faults.append(str(error)))
    reader.page.on("console", lambda said: said.type == "error" and reader.faults.append(said.text))
    reader.page.on("websocket", lambda ws: ws.on("framereceived", lambda data: reader.received.append(len(data))))
    yield reader
    context.close()
