"""A real Caddy with the Caddyfile of ``deploy/``, its certificates its own, on free ports of this machine."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPSConnection
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CADDYFILE = ROOT / "deploy" / "Caddyfile"
MISSING = "CADDY IS NOT INSTALLED: nothing was tested behind it. Install it (Debian: apt-get install caddy)."
READERS, EDITORS = "incidents.localhost", "desk.localhost"
_TRIES = 200


@dataclass(frozen=True)
class Caddy:
    """A running Caddy."""

    https_port: int
    http_port: int
    log: Path

    def address(self, site: str) -> str:
        """Where a browser finds a site."""
        return f"https://{site}:{self.https_port}/"

    def ask(
        self, path: str, *, site: str = READERS, method: str = "GET", body: object = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers with names in lower case, and body of an answer."""
        connection = _connect(site, self.https_port)
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body=body, headers={"Host": f"{site}:{self.https_port}", **told})  # type: ignore[arg-type]
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            assert len(found) == len(answer.getheaders()), f"a header came twice: {answer.getheaders()}"
            return answer.status, found, answer.read()
        finally:
            connection.close()


class _Loopback(HTTPSConnection):
    """Connects to this machine whatever the site is called."""

    def connect(self) -> None:
        plain = socket.create_connection(("127.0.0.1", self.port), 30)
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host)  # type: ignore[attr-defined]


def _connect(site: str, port: int) -> HTTPSConnection:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return _Loopback(site, port, context=context)


def require_caddy() -> str:
    """Path of the program; without it tests are skipped on a person's machine and fail on a build server."""
    found = shutil.which("caddy")
    if found is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
    return found


@contextmanager
def run_caddy(
    folder: Path,
    *,
    dashboard: str = "127.0.0.1:9",
    desk: str = "127.0.0.1:9",
    ports: Sequence[int] | None = None,
    **more: str,
) -> Iterator[Caddy]:
    """Caddy before programs that listen at these addresses, until the block ends; ``ports`` are for https and http."""
    caddy = Caddy(*(ports or free_ports(2)), folder / "caddy.log")
    listening = f"http_port {caddy.http_port}\nhttps_port {caddy.https_port}"
    environment = {
        **os.environ, "XDG_DATA_HOME": str(folder / "data"), "XDG_CONFIG_HOME": str(folder / "config"),
        "DASHBOARD_SITE": READERS, "DESK_SITE": EDITORS, "DASHBOARD_AT": dashboard, "DESK_AT": desk,
        "CADDY_OPTIONS": f"local_certs\nskip_install_trust\n{listening}", **more,
    }  # fmt: skip
    command = [require_caddy(), "run", "--config", str(CADDYFILE), "--adapter", "caddyfile"]
    with caddy.log.open("wb") as log, subprocess.Popen(command, env=environment, stdout=log, stderr=log) as process:
        try:
            _await(caddy, process)
            yield caddy
        finally:
            process.terminate()


def _await(caddy: Caddy, process: subprocess.Popen[bytes]) -> None:
    for _ in range(_TRIES):
        with suppress(OSError):
            caddy.ask("/_stcore/metrics")
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
            break
    raise RuntimeError(f"Caddy did not start:\n{caddy.log.read_text(errors='replace')[-3000:]}")


def free_ports(count: int) -> list[int]:
    """Ports of this machine that nobody listens at."""
    listeners = [socket.socket() for _ in range(count)]
    for listener in listeners:
        listener.bind(("127.0.0.1", 0))
    ports = [int(listener.getsockname()[1]) for listener in listeners]
    for listener in listeners:
        listener.close()
    return ports
