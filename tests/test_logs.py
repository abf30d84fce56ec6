"""The log of the programs that serve: one line a record, and no reader in any of them."""

from __future__ import annotations

import http.client
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from desk.world import EDITOR, PASSWORD, fill_people, serve_desk, sign_in
from page_world import fill_store
from playwright.sync_api import Browser
from served import Served, serve

from geo.errors import ArticleError, StoreError, UsageError
from geo.logs import LEVELS, LogFormatter, describe_error, hide_readers, read_level

ROOT = Path(__file__).resolve().parents[1]
LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (DEBUG|INFO|WARNING|ERROR|CRITICAL) [\w.-]+ \S.*")


def write(name: str, message: str, *values: object, error: BaseException | None = None) -> str:
    """The line of a record."""
    caught = (type(error), error, error.__traceback__) if error else None
    return LogFormatter().format(logging.LogRecord(name, logging.WARNING, __file__, 1, message, values, caught))


def raised(error: Exception) -> Exception:
    """The error as it is caught."""
    with suppress(type(error)):
        raise error
    return error


def test_a_record_is_one_line_of_time_level_module_and_message() -> None:
    line = write("geo.ui.page", "the page\ncould not be drawn %s", 7)
    assert LINE.fullmatch(line)
    assert line.endswith("Z WARNING geo.ui.page the page could not be drawn 7")


def test_of_a_librarys_message_only_its_own_wording_is_written() -> None:
    line = write("uvicorn.error", '%s - "WebSocket %s" [accepted]', "203.0.113.7:5", "/?q=Zarkot")
    assert line.endswith('uvicorn.error %s - "WebSocket %s" [accepted]')


@pytest.mark.parametrize(
    "error",
    [ValueError("Zarkot"), UsageError("Zarkot"), ArticleError("Zarkot"), KeyError("Zarkot"),
     StoreError("db failed: invalid input syntax for type date: \"Zarkot\""), OSError(2, "No such file", "/Zarkot")],
)  # fmt: skip
def test_of_an_exception_its_kind_and_place_are_written_but_not_what_it_was_about(error: Exception) -> None:
    line = write("geo.ui.page", "the page could not be drawn", error=raised(error))
    assert LINE.fullmatch(line)
    assert type(error).__name__ in line
    assert re.search(r"tests/test_logs\.py:\d+ raised\]$", line)
    assert "Zarkot" not in line
    assert str(ROOT) not in line


def test_what_is_wrong_with_the_store_is_said() -> None:
    assert describe_error(StoreError("the disk is full")).startswith("StoreError: the disk is full at ")
    assert describe_error(OSError(28, "No space left on device")).startswith("OSError: No space left on device at ")


def test_causes_are_named_each_once() -> None:
    first, second = ValueError("a"), StoreError("b")
    second.__cause__, first.__context__ = first, second
    assert describe_error(second) == "StoreError: b at an unknown place, after ValueError at an unknown place"


@pytest.mark.parametrize(
    "reader", ["203.0.113.7", "203.0.113.7:4711", "2001:db8::7", "[2001:db8:0:1::7]:80", "::ffff:203.0.113.7",
               "fe80::7", "2001:0db8:0000:0000:0000:0000:0000:0007"],
)  # fmt: skip
def test_addresses_of_readers_are_hidden_wherever_they_stand(reader: str) -> None:
    hidden = hide_readers(f"{reader} was here, from {reader}.")
    assert re.fullmatch(r"(\[?-\]?(:80)?) was here, from \1\.", hidden)


def test_times_versions_and_names_of_modules_are_no_addresses() -> None:
    for text in ("at 12:30:45", "version 1.67.0", "geo.ui.page", "read 1,234 reports in 0.5 s"):
        assert hide_readers(text) == text


def test_what_is_asked_for_is_hidden_in_addresses() -> None:
    assert hide_readers("GET /border-incidents/api/incidents.csv?q=Zarkot failed") == (
        "GET /border-incidents/api/incidents.csv failed"
    )


def test_a_level_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for level in LEVELS:
        monkeypatch.setenv("BORDER_INCIDENTS_LOG", level.upper())
        assert read_level() == getattr(logging, level.upper())
    monkeypatch.setenv("BORDER_INCIDENTS_LOG", "loud")
    with pytest.raises(UsageError, match="not one of debug, info, warning, error"):
        read_level()


# A served session


SECRETS = ("203.0.113.77", "2001:db8:aaaa::7", "Zarkotreader", "Quelloquery", "Tulafilter", "Marzoheader", "Sorborigin")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A dashboard over the made-up incidents that writes as much as it ever does."""
    with serve(tmp_path, BORDER_INCIDENTS_LOG="debug") as running:
        yield running


TOLD = {
    "User-Agent": "Zarkotreader/1.0", "Referer": "https://Marzoheader.example.org/?q=Quelloquery",
    "X-Forwarded-For": "203.0.113.77, 2001:db8:aaaa::7", "Cookie": "name=Zarkotreader",
}  # fmt: skip
"""What somebody sends who tells all about themselves."""


def ask(address: str, path: str) -> int:
    """The status of an answer."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=30)
    connection.request("GET", path, headers=TOLD)
    status = connection.getresponse().status
    connection.close()
    return status


def open_websocket(address: str, path: str, *, origin: str) -> int:
    """The status of the answer to one who wants a page's websocket."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=30)
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
               "Sec-WebSocket-Key": "MDEyMzQ1Njc4OUFCQ0RFRg==", "Origin": origin}  # fmt: skip
    connection.request("GET", path, headers={**TOLD, **upgrade})
    status = connection.getresponse().status
    connection.close()
    return status


def test_no_line_of_a_served_session_names_a_reader(served: Served, browser: Browser) -> None:
    """Not of one who reads, asks for what is not there, comes from elsewhere, nor when everything breaks."""
    address, query = served.address, "q=Quelloquery&province=Tulafilter&actor=Tulafilter"
    page = browser.new_page(extra_http_headers={"X-Forwarded-For": "203.0.113.77"}, user_agent="Zarkotreader/1.0")
    page.goto(f"{address}/?{query}")
    page.locator(".page-head h1").wait_for()
    for path in ("/", "/border-incidents/api/incidents.csv", "/border-incidents/picture.png", "/Zarkotreader"):
        ask(address, f"{path}?{query}")
    assert open_websocket(address, f"/_stcore/stream?{query}", origin="https://Sorborigin.example.org") == 403
    served.store.write_bytes(b"Zarkotreader" * 10_000)
    assert ask(address, "/border-incidents/api/incidents.csv?from=2025-01-01") == 503
    page.goto(f"{address}/?from=2025-01-01&incident=Tulafilter")
    page.close()
    first, *lines = served.end()
    assert re.fullmatch(r"Border Incidents is at http://localhost:\d+ \(Ctrl-C ends it\)", first)
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    assert any("StoreError" in line for line in lines)
    assert [secret for secret in SECRETS if secret.lower() in "\n".join(lines).lower()] == []


def test_no_line_of_the_desk_names_who_signs_in_or_what_they_tried(tmp_path: Path) -> None:
    """Not of one who guesses names and passwords, signs in, asks for an incident, nor when everything breaks."""
    store = tmp_path / "incidents.sqlite"
    fill_store(store).close()
    fill_people(tmp_path / "people.json")
    with serve_desk(tmp_path, BORDER_INCIDENTS_LOG="debug") as address:
        assert sign_in(address, "Zarkotreader", "Quelloquery")[1].status_code == 403
        assert sign_in(address, EDITOR, "Tulafilter")[1].status_code == 403
        client, answer = sign_in(address, EDITOR)
        assert answer.status_code == 303
        told = {name: value for name, value in TOLD.items() if name != "Cookie"}
        assert client.get("/?incident=Tulafilter&q=Quelloquery", headers=told).status_code == 200
        assert client.post("/sign-in", data={"name": "Zarkotreader"}, headers=TOLD).status_code == 403
        store.write_bytes(b"Zarkotreader" * 10_000)
        assert ask(address, "/border-incidents/health?q=Quelloquery") == 503
    first, *lines = (tmp_path / "log").read_text().splitlines()
    assert first.startswith("The desk is at http://localhost:")
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    assert any("StoreError" in line for line in lines)
    assert [secret for secret in (*SECRETS, EDITOR, PASSWORD) if secret.lower() in "\n".join(lines).lower()] == []


def test_watching_writes_lines_of_the_same_form(tmp_path: Path) -> None:
    """Of a feed that must not be asked, for it is on this machine."""
    (tmp_path / "feeds.toml").write_text('[[feed]]\naddress = "http://127.0.0.1/feed?q=Quelloquery"\n')
    command = [
        sys.executable, "-m", "geo.cli", "watch", str(tmp_path / "feeds.toml"), "--once",
        "--store", str(tmp_path / "store.sqlite"),
    ]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    lines = done.stderr.splitlines()
    assert len(lines) >= 2
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    assert "Quelloquery" not in done.stderr
