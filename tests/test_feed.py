"""The feed names the newest changes first, keeps its ids, dates them by revisions, and never changes by itself."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from exchange_world import ARTICLE, AT_TORKHAM, IN_KUNAR, KILLED, NOON, incident, total
from lxml import etree

from geo.exchange import feed
from geo.exchange.feed import ATOM, GEORSS, choose_newest, write_feed
from geo.exchange.formats import Setting
from geo.exchange.table import select_incidents
from geo.model import Incident, Reading, Source
from geo.pipeline import load_tools
from geo.store import Store, open_store
from geo.wording.words import LANGUAGES, Words

UUID = "6152ecf6-adad-5275-b594-0724ad99b8f3"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(tmp_path / "store.sqlite")) as opened:
        with opened.change(time=NOON) as change:
            change.add_article(ARTICLE, Reading(article_id=ARTICLE.id, language="en"))
        yield opened


def show(store: Store, shown: Incident, hours: int) -> None:
    """Show an incident so many hours after noon."""
    with store.change(time=NOON + timedelta(hours=hours)) as change:
        change.show(shown, reason="test")


def as_bytes(store: Store, *, query: str = "", language: str = "en", public_url: str = "https://a.example") -> bytes:
    tools, stream = load_tools("AF-PK"), io.BytesIO()
    setting = Setting(
        store=store, border=tools.border, gazetteer=tools.gazetteer, words=Words(language), public_url=public_url
    )
    ids = choose_newest(store, [shown.id for shown in store.load_incidents()])
    write_feed(stream, select_incidents(store, ids, query=query, time=NOON), setting)
    return stream.getvalue()


def entries_of(data: bytes) -> list[etree._Element]:
    return list(etree.fromstring(data).iter(f"{{{ATOM}}}entry"))


def text_of(element: etree._Element, name: str) -> str:
    return str(element.findtext(f"{{{ATOM}}}{name}"))


def links_of(element: etree._Element) -> set[tuple[str, str]]:
    return {(link.get("rel"), link.get("href")) for link in element.findall(f"{{{ATOM}}}link")}


def test_the_feed_has_all_that_atom_requires(store: Store) -> None:
    show(store, incident(AT_TORKHAM, id_=UUID), 1)
    read = etree.fromstring(as_bytes(store, query="province=PK-KP"))
    assert read.tag == f"{{{ATOM}}}feed"
    assert text_of(read, "id") == "urn:border-incidents:AF-PK:province%3DPK-KP"
    assert (text_of(read, "title"), text_of(read, "updated")) == ("Border incidents", "2025-10-20T13:00:00Z")
    assert read.findtext(f"{{{ATOM}}}author/{{{ATOM}}}name") == "Border Incidents"
    assert "CC BY 4.0" in text_of(read, "rights")
    assert links_of(read) == {
        ("self", "https://a.example/border-incidents/api/incidents.atom?province=PK-KP"),
        ("alternate", "https://a.example/?province=PK-KP"),
    }


def test_an_entry_has_all_that_atom_requires(store: Store) -> None:
    show(store, incident(AT_TORKHAM, id_=UUID), 1)
    (entry,) = entries_of(as_bytes(store))
    assert (text_of(entry, "id"), text_of(entry, "title")) == (f"urn:uuid:{UUID}", "Armed clash")
    assert (text_of(entry, "published"), text_of(entry, "updated")) == ("2025-10-20T13:00:00Z",) * 2
    assert links_of(entry) == {("alternate", f"https://a.example/?incident={UUID}"), ("via", "https://a.example/1")}
    assert text_of(entry, "summary") == (
        "read by machine, not checked. Taliban government says: 3 Pakistani forces killed."
    )


def test_the_newest_change_comes_first_and_ids_stay(store: Store) -> None:
    for hours, id_ in enumerate("abc"):
        show(store, incident(AT_TORKHAM, id_=id_), hours)
    before = {text_of(entry, "id") for entry in entries_of(as_bytes(store))}
    show(store, incident(AT_TORKHAM, id_="a", status="reviewed"), 5)
    entries = entries_of(as_bytes(store))
    assert {text_of(entry, "id") for entry in entries} == before
    assert [text_of(entry, "id")[-1] for entry in entries] == ["a", "c", "b"]
    assert (text_of(entries[0], "published"), text_of(entries[0], "updated")) == (
        "2025-10-20T12:00:00Z", "2025-10-20T17:00:00Z",
    )  # fmt: skip
    assert "checked by a person" in text_of(entries[0], "summary")


def test_a_feed_holds_no_more_than_its_limit(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "MOST_ENTRIES", 2)
    for hours, id_ in enumerate("abcd"):
        show(store, incident(AT_TORKHAM, id_=id_), hours)
    assert choose_newest(store, ["a", "b", "c", "d"]) == ["d", "c"]
    assert choose_newest(store, ["b", "a"]) == ["b", "a"]


def test_only_a_named_place_is_a_point(store: Store) -> None:
    show(store, incident(AT_TORKHAM, id_="town"), 0)
    show(store, incident(IN_KUNAR, id_="province"), 1)
    show(store, incident(AT_TORKHAM, IN_KUNAR, id_="several"), 2)
    points = [entry.findtext(f"{{{GEORSS}}}point") for entry in entries_of(as_bytes(store))]
    names = [entry.findtext(f"{{{GEORSS}}}featurename") for entry in entries_of(as_bytes(store))]
    assert points == [None, None, "34.1259 71.095"]
    assert names == ["Torkham; Kunar", "Kunar", "Torkham"]


def test_a_figure_for_several_places_says_so(store: Store) -> None:
    with store.change(time=NOON) as change:
        change.show(incident(AT_TORKHAM), reason="test")
        change.add_scope(total("AF-KNR", "AF-KHO"), article_id=ARTICLE.id, position=0)
    (entry,) = entries_of(as_bytes(store))
    assert "58 Pakistani forces killed (2 places, one total, counted once)" in (
        entry.findtext(f"{{{ATOM}}}summary") or ""
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_articles_say_is_text_in_every_language(store: Store, language: str) -> None:
    hostile = "<script>alert(1)</script> ]]> &amp; \u202e"
    show(store, incident(AT_TORKHAM, title=hostile, claims=(replace(KILLED, claimant=hostile, subject=hostile),)), 0)
    data = as_bytes(store, language=language)
    assert b"<script" not in data
    assert "\u202e" not in data.decode()
    assert len(entries_of(data)) == 1


def test_an_empty_feed_is_a_feed_and_an_unchanged_one_the_same_bytes(store: Store) -> None:
    assert text_of(etree.fromstring(as_bytes(store)), "updated") == "1970-01-01T00:00:00Z"
    show(store, incident(AT_TORKHAM), 0)
    assert as_bytes(store) == as_bytes(store)


def test_a_feed_offers_no_address_that_a_click_should_not_follow(store: Store) -> None:
    bad = replace(
        ARTICLE, id="bad", sources=tuple(Source(outlet="X", url=url) for url in ("javascript:x", "http://[x"))
    )
    with store.change(time=NOON) as change:
        change.add_article(bad, Reading(article_id="bad", language="en"))
    show(store, incident(AT_TORKHAM, articles=("bad",)), 0)
    (entry,) = entries_of(as_bytes(store))
    assert {rel for rel, _ in links_of(entry)} == {"alternate"}
