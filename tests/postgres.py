"""A PostgreSQL server of the tests' own: a cluster in a temporary folder, on loopback, that may be killed and go on.

It needs Debian's ``postgresql``, for PostGIS also ``postgresql-postgis`` and ``-scripts``; ``.ci/run`` installs them.
"""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
"""Folders of the versions that are installed, the newest first."""
START_S = 60.0
"""Longest start; it takes about 1 s."""
MISSING = (
    "NO POSTGRESQL SERVER COULD BE STARTED: nothing was tested on one. "
    "Install it (Debian: apt-get install postgresql postgresql-postgis postgresql-postgis-scripts)."
)

FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
"""Nobody will miss the data."""
SAFE: dict[str, str] = {}
"""As a server is set by itself: what it has said is kept is on the disk."""
GUARDED = "guarded"
"""A user who has to give a password; every other is trusted."""
HOST_RULES = f"""
local all all trust
host all {GUARDED} 127.0.0.1/32 scram-sha-256
host all all 127.0.0.1/32 trust
"""


EMPTY = (
    "SET lock_timeout = '1s'",
    "SET session_replication_role = replica",  # neither keys nor triggers keep anything
    """DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('DELETE FROM %I', name);
    END LOOP;
    FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
        PERFORM setval(name::regclass, 1, false);
    END LOOP; END $$""",
)
"""Ten times as fast as a new database, which is why tests share them."""
LOOKS = """
SELECT (SELECT string_agg(tgname, ',' ORDER BY tgname) FROM pg_trigger WHERE NOT tgisinternal),
    (SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace),
    (SELECT version_num FROM alembic_version),
    (SELECT setconfig FROM pg_db_role_setting JOIN pg_database d ON d.oid = setdatabase
     WHERE datname = current_database())
"""
"""What a test may have changed for the next."""


class CannotStartError(RuntimeError):
    """The server is not installed or does not start; the message says what is missing or the end of its log."""


class Postgres:
    """A server, its databases and its life."""

    def __init__(self, folder: Path, *, user: str = "tester", settings: Mapping[str, str] = FAST) -> None:
        if not PROGRAMS:
            raise CannotStartError("Not installed: postgresql.")
        self.folder, self.user, self.port = folder, user, free_port()
        # PostgreSQL refuses to run as root; then it runs as its own user
        self._as = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        self._settings = {**settings, "listen_addresses": "127.0.0.1", "port": str(self.port)}
        self._log = folder.parent / f"{folder.name}.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._names = (f"test_{number}" for number in itertools.count(1))
        self._templates: dict[str, str] = {}
        self._lent: list[str] = []
        self._make()

    def address(self, database: str = "postgres", *, user: str = "", password: str = "") -> str:
        """What a store is opened by."""
        secret = f":{password}" if password else ""
        return f"postgresql://{user or self.user}{secret}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start it, and wait until it answers; processes that a kill left behind may take a moment to go."""
        end = time.monotonic() + START_S
        while not self._start_once():
            if time.monotonic() > end:
                raise CannotStartError(f"the server did not start:\n{self.log()[-2000:]}")

    def wait(self) -> bool:
        """True once it answers; False when it has ended, or takes too long."""
        assert self._process
        ready = [PROGRAMS[0] / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return wait_for(lambda: subprocess.run(ready, check=False).returncode == 0, self._process)

    def kill(self) -> None:
        """End it at once, as a crash would: nothing is written any more."""
        assert self._process
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """Let it end: whoever is connected is sent away."""
        if self._process:
            stop(self._process, signal.SIGINT)

    def log(self) -> str:
        """All that the server has written of itself."""
        return self._log.read_text(errors="replace")

    def run(self, *statements: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run statements outside of any transaction; the rows of the last."""
        with psycopg.connect(self.address(database), autocommit=True) as connection:
            for statement in statements:
                found = connection.execute(statement)
            return found.fetchall() if found.description else []

    def make_database(self, template: str = "template0") -> str:
        """Name of a new database, empty or the copy of another."""
        name = next(self._names)
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def copy_of(self, key: str, fill: Callable[[str], None]) -> str:
        """Address of a new database as ``fill`` leaves one; it is filled once, and copied from then on."""
        if key not in self._templates:
            made = self.make_database()
            fill(self.address(made))
            self._templates[key] = made
        return self.address(self.make_database(self._templates[key]))

    def lend(self, fill: Callable[[str], None]) -> str:
        """Address of a database as ``fill`` leaves one that holds no rows: new, or one that was given back."""
        return self._lent.pop() if self._lent else self.copy_of("lent", fill)

    def take_back(self, address: str) -> None:
        """Empty a database that was lent, for the next who wants one; one whose tables were changed is removed."""
        name = address.rpartition("/")[2]
        try:
            self.run(*EMPTY, database=name)
            as_made = self.run(LOOKS, database=name) == self.run(LOOKS, database=self._templates["lent"])
        except psycopg.Error:  # somebody still holds it, or a test has left it in pieces
            as_made = False
        if as_made:
            self._lent.append(address)
        else:
            self.drop_database(address)

    def drop_database(self, address: str) -> None:
        """Remove a database, whoever is connected to it."""
        self.run(f"DROP DATABASE IF EXISTS {address.rpartition('/')[2]} WITH (FORCE)")

    def _make(self) -> None:
        self.folder.mkdir(parents=True)
        if self._as:
            open_way(self.folder)
            shutil.chown(self.folder, "postgres", "postgres")
        locale = ["-E", "UTF8", "--locale=C.UTF-8"]
        run([PROGRAMS[0] / "initdb", "-D", self.folder, "-A", "trust", "-U", self.user, *locale, "--no-sync"],
            cwd=self.folder, **self._as)  # fmt: skip
        (self.folder / "pg_hba.conf").write_text(HOST_RULES)

    def _start_once(self) -> bool:
        options = {"unix_socket_directories": "", **self._settings}
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with self._log.open("ab") as log:
            command = [PROGRAMS[0] / "postgres", "-D", self.folder, *settings]
            self._process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log, **self._as)  # type: ignore[call-overload]
        answers = self.wait()
        if not answers:
            stop(self._process, signal.SIGKILL)
        return answers


@contextmanager
def run_postgres(*, user: str = "tester", settings: Mapping[str, str] = FAST) -> Iterator[Postgres]:
    """A server while the block runs; its folder is removed after it. Raises CannotStartError.

    The folder is none of pytest's: each run of pytest closes those of all others to the server's user.
    """
    with TemporaryDirectory(prefix="postgres-") as folder:
        server = Postgres(Path(folder) / "cluster", user=user, settings=settings)
        try:
            server.start()
            yield server
        finally:
            server.stop()


def open_way(folder: Path) -> None:
    """Let the server's user pass through the folders that were made for this user alone."""
    for parent in folder.parents:
        if parent.stat().st_uid == os.geteuid() and not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o011)


def run(command: Sequence[object], *, cwd: Path, **user: object) -> None:
    """Run a program to its end; raises CannotStartError with the end of what it said when it fails."""
    done = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True, check=False, **user)  # type: ignore[call-overload]
    if done.returncode:
        raise CannotStartError(f"{command[0]} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def wait_for(is_ready: Callable[[], bool], process: subprocess.Popen[bytes]) -> bool:
    """True once a server is ready; False when its process ends before, or takes too long."""
    end = time.monotonic() + START_S
    while not is_ready():
        if process.poll() is not None or time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def stop(process: subprocess.Popen[bytes], wish: signal.Signals) -> None:
    """Ask a process to end, and end it when it does not."""
    process.send_signal(wish)
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """A port of loopback that nobody listens at now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
