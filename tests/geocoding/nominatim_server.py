"""A real Nominatim server with a tiny extract: its own PostgreSQL cluster in a temporary folder, on loopback.

As a script it runs the server until it is interrupted: ``python -m tests.geocoding.nominatim_server``. It needs
Debian's ``postgresql-15-postgis-3``, ``postgresql-15-postgis-3-scripts`` and ``osm2pgsql``, and the packages of
``requirements-nominatim.lock`` in ``.venv-nominatim``; ``.ci/run`` installs both.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from tests.postgres import PROGRAMS, CannotStartError, free_port, run, run_postgres, stop, wait_for

ROOT = Path(__file__).resolve().parents[2]
EXTRACT = Path(__file__).with_name("tiny.osm")
NOMINATIM = ROOT / ".venv-nominatim" / "bin" / "nominatim"


def find_missing() -> list[str]:
    """What is not installed, of all that the server needs."""
    missing = [] if NOMINATIM.exists() else ["requirements-nominatim.lock in .venv-nominatim"]
    missing += [] if shutil.which("osm2pgsql") else ["osm2pgsql"]
    folder = next(iter(PROGRAMS), None)
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
        database = stack.enter_context(run_postgres(user="nominatim"))
        project = _write_project(folder / "project", database.port)
        run([NOMINATIM, "import", "--osm-file", EXTRACT, "--offline", "--no-updates", "-j", "2"], cwd=project)
        address = f"127.0.0.1:{free_port()}"
        command = [NOMINATIM, "serve", "--server", address]
        log = stack.enter_context((folder / "serve.log").open("wb"))
        server = subprocess.Popen(command, cwd=project, stdout=log, stderr=log)
        stack.callback(stop, server, signal.SIGTERM)
        if not wait_for(lambda: _answers(f"http://{address}/status"), server):
            raise CannotStartError(f"the server did not start:\n{(folder / 'serve.log').read_text()[-2000:]}")
        yield f"http://{address}"


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


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5) as reply:
            return bool(reply.status == 200)
    except URLError:
        return False


def main() -> None:
    """Run the server until it is interrupted."""
    with TemporaryDirectory() as folder, run_nominatim(Path(folder)) as address:
        sys.stdout.write(f"{address}\n")
        sys.stdout.flush()
        signal.sigwait({signal.SIGINT, signal.SIGTERM})


if __name__ == "__main__":
    main()
