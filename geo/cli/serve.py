"""``serve``: the sample reports into an empty store, then the dashboard."""

from __future__ import annotations

import argparse
import http.client
import os
import runpy
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import sleep
from urllib.parse import SplitResult, urlsplit

from geo.barrier import raise_barrier
from geo.cli.streams import report_error, write_note
from geo.errors import ArticleError, BorderIncidentsError, UsageError
from geo.logs import FORMAT, start_log
from geo.pipeline import load_tools
from geo.samples import lacks_samples, list_samples, read_samples
from geo.settings import app_file, default_store, read_option
from geo.store import Store, open_store

_BAR_WIDTH = 30
_LONGEST_START_S = 600
_EVERYWHERE = ("0.0.0.0", "::")
HERE = ("127.0.0.1", "::1", "localhost")
"""Hosts at which nobody but this machine reaches the dashboard."""


def run(arguments: argparse.Namespace) -> int:
    """Serve the dashboard until someone ends it."""
    public = read_public(arguments.public_url)
    check_port(arguments.host, arguments.port)
    os.environ.update(_settings(arguments))
    raise_barrier()
    store = open_store(arguments.store, read_only=arguments.read_only)
    if not arguments.read_only:
        fill_with_samples(store)
    store.close()
    welcome_first(arguments, "Border Incidents", list_addresses(arguments, public))
    return run_streamlit(streamlit_options(arguments, public))


def run_streamlit(options: Mapping[str, object], script: str = "app.py") -> int:
    """What ``streamlit run`` does with a script, in this process; Ctrl-C is how it is meant to end."""
    start_log()
    os.environ["FORWARDED_ALLOW_IPS"] = read_option("BORDER_INCIDENTS_PROXIES")  # whom uvicorn asks for their client
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda number, frame: sys.exit(0))  # what runs once the server has closed its sockets
    sys.argv = ["streamlit", "run", str(app_file(script)), *(f"--{name}={value}" for name, value in options.items())]
    try:
        runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        return 0 if ended.code in (None, 0) else 1
    return 0


def welcome_first(arguments: argparse.Namespace, what: str, addresses: Sequence[str]) -> None:
    """Once it shows something, say where, and open it: the first reader waits for nothing."""
    threading.Thread(target=_welcome, args=(arguments, what, addresses), daemon=True).start()


def _welcome(arguments: argparse.Namespace, what: str, addresses: Sequence[str]) -> None:
    host = "127.0.0.1" if arguments.host in _EVERYWHERE else arguments.host
    while not _answers(host, arguments.port):
        sleep(0.1)
    write_note(f"{what} is at {' and '.join(addresses)} (Ctrl-C ends it)")
    if not arguments.no_browser:
        webbrowser.open(addresses[0])


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=_LONGEST_START_S)
    try:
        connection.request("GET", "/")  # answered when the incidents are in memory
        return connection.getresponse().status in (200, 303)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def fill_with_samples(store: Store) -> None:
    """Read the sample reports into a store that holds nothing else; a first run cut short is taken up again."""
    if not lacks_samples(store):
        return
    border, total = read_option("BORDER_INCIDENTS_BORDER"), len(list_samples())
    tools = load_tools(border, store.aliases(border))
    for done, read in enumerate(read_samples(store, tools, time=datetime.now(UTC)), start=1):
        if isinstance(read, ArticleError):
            report_error(read)
        _draw_progress(done, total)


def _draw_progress(done: int, total: int) -> None:
    """A bar that fills on a terminal; elsewhere one line at the end."""
    filled = _BAR_WIDTH * done // total
    bar = f"Reading the sample reports  {'█' * filled}{'░' * (_BAR_WIDTH - filled)}  {done} of {total}"
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{bar}" + ("\n" if done == total else ""))
        sys.stderr.flush()
    elif done == total:
        write_note(bar)


def streamlit_options(arguments: argparse.Namespace, public: SplitResult | None) -> dict[str, object]:
    """Options of Streamlit that differ from .streamlit/config.toml."""
    host = public.hostname if public and public.hostname else _name_of(arguments.host)
    return {
        "server.address": arguments.host,
        "server.port": arguments.port,
        "server.headless": "true",
        "logger.hideWelcomeMessage": "true",
        "logger.level": "warning",
        "logger.messageFormat": FORMAT,  # of what is logged before our own log begins
        "logger.enableRich": "false",  # or faults of a page are printed past our log, with what they were about
        # named, or Streamlit asks a server on the internet for our address
        "browser.serverAddress": host,
        "browser.serverPort": (public.port or (443 if public.scheme == "https" else 80)) if public else arguments.port,
    }


def _settings(arguments: argparse.Namespace) -> dict[str, str]:
    """The options of this run as the dashboard reads them."""
    store = arguments.store or read_option("BORDER_INCIDENTS_STORE") or str(default_store())
    return {
        "BORDER_INCIDENTS_STORE": store if "://" in store else str(Path(store).expanduser().absolute()),
        "BORDER_INCIDENTS_PUBLIC_URL": arguments.public_url,
        "BORDER_INCIDENTS_READ_ONLY": "1" if arguments.read_only else "",
        "BORDER_INCIDENTS_SHARED": read_option("BORDER_INCIDENTS_SHARED") if arguments.host in HERE else "1",
    }


def read_public(given: str) -> SplitResult | None:
    """The parts of a public address; None when none was given, UsageError when it is none."""
    if not given:
        return None
    try:
        address = urlsplit(given)
        port = address.port
    except ValueError as error:
        raise UsageError(f"{given!r} is not an address: {error}") from error
    if address.scheme not in ("http", "https") or not address.hostname or port == 0:
        raise UsageError(f"{given!r} is not an address: it needs http:// or https:// and a host")
    return address


def check_port(host: str, port: int) -> None:
    """Fail with a sentence when nobody can listen there."""
    try:
        family, kind, protocol, _, name = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just left may be taken at once
            probe.bind(name)
    except OSError as error:
        raise BorderIncidentsError(
            f"cannot listen at {host}, port {port}: {error.strerror}; perhaps a dashboard runs there already. "
            "Name another with --port"
        ) from error


def list_addresses(arguments: argparse.Namespace, public: SplitResult | None) -> list[str]:
    """Where readers find the dashboard, best first."""
    if public:
        return [public.geturl()]
    names = [_name_of(arguments.host)]
    if arguments.host in _EVERYWHERE:
        names.extend(filter(None, [_network_address()]))
    return [f"http://{name}:{arguments.port}" for name in names]


def _network_address() -> str | None:
    """This machine's address in its network; None when it is in none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address of nobody: asks for the way there and sends nothing
        except OSError:
            return None
        return str(probe.getsockname()[0])


def _name_of(host: str) -> str:
    """The name by which readers reach a machine that listens at an address."""
    if host in _EVERYWHERE:
        return socket.gethostname()
    if host in ("127.0.0.1", "::1"):
        return "localhost"
    return f"[{host}]" if ":" in host else host
