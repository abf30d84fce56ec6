"""A real Nominatim server with a tiny extract: its own PostgreSQL cluster in a temporary folder, on loopback.

As a script it runs the server until it is interrupted: ``python -m tests.geocoding.nominatim_server``. It needs
Debian's ``postgresql-15-postgis-3``, ``postgresql-15-postgis-3-scripts`` and ``osm2pgsql``, and the packages of
``requirements-nominatim.lock`` in ``.venv-nominatim``; ``.ci/run`` installs both.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
EXTRACT = Path(__file__).with_name("tiny.osm")
NOMINATIM = ROOT / ".venv-nominatim" / "bin" / "nominatim"
POSTGRES_FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
START_S = 60.0
"""Longest start of the cluster, and of the server; both take about 2 s."""

FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
"""Nobody will miss the data."""


class CannotStartError(RuntimeError):
    """The server is not installed or does not start; the message says what is missing or the end of its log."""


def find_missing() -> list[str]:
    """What is not installed, of all that the server needs."""
    missing = [] if NOMINATIM.exists() else ["requirements-nominatim.lock in .venv-nominatim"]
    missing += [] if shutil.which("osm2pgsql") else ["osm2pgsql"]
    folder = next(iter(POSTGRES_FOLDERS), None)
    version = folder.parent.name if folder else "15"
    if not Path(f"/usr/share/postgresql/{version}/extension/postgis.control").exists():
        missing.append(f"postgresql-{version}-postgis-3 and its -scripts")
    return missing


@contextmanager
def run_nominatim(folder: Path) -> Iterator[str]:
    """The server's address while the block runs; whatever was started is stopped after it.

    Raises CannotStartError.
    """
    if missing := find_missing():
        raise CannotStartError(f"Not installed: {', '.join(missing)}.")
    with ExitStack() as stack:
        database_port, port = _free_port(), _free_port()
        stack.enter_context(_run_cluster(folder / "cluster", database_port))
        project = _write_project(folder / "project", database_port)
        _run([NOMINATIM, "import", "--osm-file", EXTRACT, "--offline", "--no-updates", "-j", "2"], cwd=project)
        address = f"127.0.0.1:{port}"
        command = [NOMINATIM, "serve", "--server", address]
        log = stack.enter_context((folder / "serve.log").open("wb"))
        server = subprocess.Popen(command, cwd=project, stdout=log, stderr=log)
        stack.callback(_stop, server, signal.SIGTERM)
        _wait_for(lambda: _answers(f"http://{address}/status"), server, folder / "serve.log")
        yield f"http://{address}"


@contextmanager
def _run_cluster(folder: Path, port: int) -> Iterator[None]:
    """PostgreSQL, which refuses to run as root, as its own user then."""
    user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    folder.mkdir(parents=True)
    if user:
        _open_way(folder)
        shutil.chown(folder, "postgres", "postgres")
    programs = POSTGRES_FOLDERS[0]
    initdb = [programs / "initdb", "-D", folder, "-A", "trust", "-U", "nominatim", "-E", "UTF8", "--locale=C.UTF-8"]
    _run([*initdb, "--no-sync"], cwd=folder, **user)
    options = {**FAST, "listen_addresses": "127.0.0.1", "port": str(port), "unix_socket_directories": ""}
    settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    log_path = folder.parent / "cluster.log"
    with log_path.open("wb") as log:
        command = [programs / "postgres", "-D", folder, *settings]
        cluster = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, **user)
        try:
            ready = [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
            _wait_for(lambda: subprocess.run(ready, check=False).returncode == 0, cluster, log_path)
            yield
        finally:
            _stop(cluster, signal.SIGINT)  # "fast" shutdown


def _write_project(folder: Path, database_port: int) -> Path:
    folder.mkdir()
    settings = {
        "DATABASE_DSN": f"pgsql:host=127.0.0.1;port={database_port};user=nominatim;dbname=nominatim",
        "DATABASE_WEBUSER": "nominatim",
        "IMPORT_STYLE": "admin",
        "TOKENIZER": "icu",
    }
    lines = (f'NOMINATIM_{name}="{value}"\n' for name, value in settings.items())
    (folder / ".env").write_text("".join(lines))
    return folder


def _open_way(folder: Path) -> None:
    """Let the cluster's user pass through the folders that the test runner made for its own user alone."""
    for parent in folder.parents:
        if parent.stat().st_uid == os.geteuid() and not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o011)


def _run(command: Sequence[object], *, cwd: Path, **user: object) -> None:
    done = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True, check=False, **user)
    if done.returncode:
        raise CannotStartError(f"{command[0]} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def _wait_for(is_ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_S
    while not is_ready():
        if process.poll() is not None or time.monotonic() > end:
            raise CannotStartError(f"the server did not start:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.1)


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5) as reply:
            return bool(reply.status == 200)
    except URLError:
        return False


def _stop(process: subprocess.Popen[bytes], wish: signal.Signals) -> None:
    process.send_signal(wish)
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    """Run the server until it is interrupted."""
    with TemporaryDirectory() as folder, run_nominatim(Path(folder)) as address:
        sys.stdout.write(f"{address}\n")
        sys.stdout.flush()
        signal.sigwait({signal.SIGINT, signal.SIGTERM})


if __name__ == "__main__":
    main()
