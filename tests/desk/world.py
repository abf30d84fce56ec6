"""A desk over the six made-up incidents with a publisher, an editor and a viewer, as the command runs it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from geo.people import People, Person

PASSWORD = "four words are enough"
PUBLISHER, EDITOR, VIEWER = "Zarghuna", "Omar", "Vera"
ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


def fill_people(path: Path) -> People:
    """The three people of the desk, in a new file."""
    people = People(path)
    for name, role in ((PUBLISHER, "publisher"), (EDITOR, "editor"), (VIEWER, "viewer")):
        people.add(Person(name=name, role=role), PASSWORD)  # type: ignore[arg-type]
    return people


def find_port() -> int:
    """A free port of this machine."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def serve_desk(folder: Path, *options: str, port: int = 0, **environment: str) -> Iterator[str]:
    """The address of a desk over the store and the people in a folder, on a free port of this machine."""
    port = port or find_port()
    command = [
        sys.executable, "-m", "geo.cli", "desk", "--store", str(folder / "incidents.sqlite"), "--port", str(port),
        "--no-browser", *options,
    ]  # fmt: skip
    told = {**os.environ, "BORDER_INCIDENTS_PEOPLE": str(folder / "people.json"), **environment}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=told, stdout=log, stderr=log)
        try:
            _await(f"http://127.0.0.1:{port}/border-incidents/health", process, folder / "log")
            yield f"http://127.0.0.1:{port}"
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
    raise RuntimeError(f"the desk did not start:\n{log.read_text(errors='replace')[-3000:]}")


def sign_in(address: str, name: str, password: str = PASSWORD, **fields: str) -> tuple[httpx.Client, httpx.Response]:
    """A browser that sent the form of the sign-in, and the answer it got."""
    client = httpx.Client(base_url=address, follow_redirects=False)
    page = client.get("/sign-in").text
    found = re.search(r'name="form" value="([^"]+)"', page)
    assert found, page
    form = {"name": name, "password": password, "form": found[1], "to": "", **fields}
    return client, client.post("/sign-in", data=form, headers={"Origin": address})
