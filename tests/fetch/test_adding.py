"""Pages, documents and tables are added from the command line; nothing is fetched from within."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
from documents import make_pdf, make_word

from geo.cli import main
from geo.fetch import Network
from geo.store import open_store
from tests.fetch.web import Web

CLASH = (
    "KHOST, Oct 12 (Desk) - Four border guards were killed when gunmen fired on a post near Spera in Khost province "
    "on 11 October 2025, the provincial police said. The place was quiet again in the evening."
)
PAGE = f"<html><head><title>Four guards killed</title></head><body><article><p>{CLASH}</p></article></body></html>"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "store.sqlite"
    monkeypatch.setenv("BORDER_INCIDENTS_STORE", str(path))
    return path


@pytest.fixture
def internet(web: Web, monkeypatch: pytest.MonkeyPatch) -> Web:
    """The web of tests in the place of the internet."""
    context = ssl.create_default_context()
    monkeypatch.setattr("geo.fetch._FETCHER._network", Network(web.resolve, web, lambda: context))
    monkeypatch.setattr("geo.fetch._FETCHER._rules", {})
    return web


def test_an_address_is_fetched_read_and_kept_under_its_last_address(internet: Web, store: Path) -> None:
    internet.publish("desk.example/old", status=301, headers={"Location": "/1"})
    internet.publish("desk.example/1", PAGE)
    assert main(["add", "http://desk.example/old"]) == 0
    (incident,) = open_store(store).load_incidents()
    article = open_store(store).article(incident.articles[0])
    assert article
    assert (article.url, article.title, article.text) == ("http://desk.example/1", "Four guards killed", CLASH)
    assert article.retrieved
    assert article.publisher == "desk.example"


def test_what_may_not_be_fetched_is_told_and_the_rest_goes_on(
    internet: Web, store: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    internet.publish("desk.example/robots.txt", "User-agent: *\nDisallow: /closed")
    (tmp_path / "a.txt").write_text(CLASH)
    addresses = [
        "http://127.0.0.1/",
        "http://169.254.169.254/x",
        "http://desk.example/closed",
        "http://desk.example/no",
    ]
    assert main(["add", *addresses, str(tmp_path / "a.txt")]) == 3
    said = capfd.readouterr().err
    assert all(f"{address}: " in said for address in addresses)
    assert "private or local network" in said
    assert "asks robots not to" in said
    assert "404" in said
    assert open_store(store).count_incidents() == 1
    assert internet.paths() == ["/no"]


def test_documents_and_tables_of_a_folder_are_added(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(make_pdf(CLASH))
    (folder / "b.docx").write_bytes(make_word(CLASH.replace("Four", "Five")))
    (folder / "c.eml").write_text(f"Subject: Wire\nFrom: Desk <a@desk.example>\n\n{CLASH.replace('Four', 'Six')}")
    (folder / "d.csv").write_text(f'text,publisher\n"{CLASH.replace("Four", "Two")}",Desk\n,\n"{CLASH}",\n,Nobody\n')
    assert main(["add", str(folder)]) == 3
    store_ = open_store(store)
    told = {article for incident in store_.load_incidents() for article in incident.articles}
    assert len(told) == 4
