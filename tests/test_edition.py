"""Editions and what is published beside them: complete, the same every time, and gone when it is withdrawn."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
import re
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from edition_world import gather, publish, write
from lxml import etree
from page_world import HOSTILE, INCIDENTS, NOW, fill_store

from geo.articles import make_article
from geo.edition.beside import working_beside
from geo.edition.fonts import Letters, edition_fonts
from geo.edition.incident_page import name_page, write_incident_page
from geo.edition.papers import describe_about
from geo.edition.script import edition_script
from geo.filters import read_link
from geo.model import Correction, Scope
from geo.pipeline import load_tools, read_article
from geo.snapshot import cut_snapshot, match, take_snapshot
from geo.store import Store, open_store
from geo.wording.opened import Told, describe_opened
from geo.wording.words import LANGUAGES, Words, read_words


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the six made-up incidents."""
    path = tmp_path_factory.mktemp("edition") / "incidents.sqlite"
    fill_store(path).close()
    return path


@pytest.fixture
def store(filled: Path) -> Store:
    return open_store(filled, read_only=True)


def parcel(page: bytes, name: str) -> Any:
    """What an edition carries under a name."""
    found = re.search(rf'<script type="application/octet-stream" id="{name}">([^<]*)</script>'.encode(), page)
    assert found
    data = zlib.decompress(base64.b64decode(found[1]))
    return data if name in ("points", "times", "losses", "details") else json.loads(data)


# ---- the edition -----------------------------------------------------------------------------------------------------
def test_an_edition_holds_what_was_asked_for_and_nothing_else(store: Store) -> None:
    page = write(store, "province=AF-KHO")
    facts, texts = parcel(page, "facts"), parcel(page, "texts")
    assert facts["ids"] == ["clash"]
    assert (texts["title"], texts["place"]) == (["Clash in Khost"], ["Khost, 20 km from the line"])
    (detail,) = map(json.loads, parcel(page, "details").split(b"\n"))
    assert detail["groups"][0]["lines"][0]["who"] == "Taliban government"
    carried = b"".join(json.dumps(parcel(page, name)).encode() for name in ("facts", "texts", "marks"))
    assert b"Peshawar" not in carried


def test_the_same_data_give_the_same_bytes(store: Store) -> None:
    assert write(store) == write(store)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_edition_speaks_one_language(store: Store, language: str) -> None:
    page = write(store, language=language)
    assert f'<html lang="{language}"'.encode() in page
    assert (b'class="rtl"' in page) == (language != "en")
    assert parcel(page, "papers")["about"]["title"] == read_words(language)["edition.title"]


def test_an_edition_says_what_it_is(store: Store) -> None:
    about = parcel(write(store, "type=clash"), "papers")["about"]
    rows = dict(about["rows"])
    assert rows["Incidents"] == "2"
    assert rows["Data as of"] == "20 November 2025, 00:00 UTC"
    assert "CC BY 4.0" in rows["Licence"]
    assert "Natural Earth" in rows["Licence"]
    assert "read by machine, not checked" in about["note"]
    assert f"data revision {store.data_revision()}" in about["citation"]


def test_nothing_may_come_from_outside(store: Store) -> None:
    page = write(store).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    digest = base64.b64encode(hashlib.sha256(edition_script().encode()).digest()).decode()
    assert policy[1].startswith(f"default-src 'none'; script-src 'sha256-{digest}'")
    markup = re.sub(r"<script.*?</script>|<style>.*?</style>", "", page, flags=re.DOTALL)
    assert not re.search(r"(?:src|href)=\"(?!data:)", markup)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style
    assert not re.search(r"url\((?!data:|#)|@import", style[1])


def test_hostile_words_stand_in_no_markup(store: Store) -> None:
    page = write(store).decode()
    assert "window.hurt" not in page
    assert page.count("<script") == page.count("</script>")


def test_a_total_that_also_covers_others_is_not_taken_for_those_that_are_there(tmp_path: Path) -> None:
    """Of 40 dead in two provinces an edition of one of them may not say that they died there."""
    filled = fill_store(tmp_path / "s.sqlite")
    clash, strike = filled.load_incidents(["clash", "strike"])
    claim = replace(clash.claims[0], low=40, best=40, high=40, scope="both")
    total = Scope(id="both", incidents=(clash.id, strike.id), places=("AF-KHO", "AF-PKA"), claims=(claim,))
    with filled.change(time=NOW) as change:
        change.add_scope(total, article_id=claim.article_id, position=9)
    material = gather(filled, "type=clash")
    assert material.outside["both"] == 1
    assert [t.id for t in material.snapshot.totals if t.id == "both"] == ["both"]
    assert [t.id for t in material.wholly.totals if t.id == "both"] == []


def test_a_cut_snapshot_matches_as_the_whole_one_does(store: Store) -> None:
    material = gather(store)
    snapshot = take_snapshot(store, material.snapshot.border, material.snapshot.gazetteer)
    kept = match(snapshot, read_link("province=AF-KHO,PK-KP")[0].filter)
    cut = cut_snapshot(snapshot, kept)
    assert list(cut.ids) == [id_ for id_, is_kept in zip(snapshot.ids, kept, strict=True) if is_kept]
    for query in ("q=khost", "q=killed", "type=clash", "claimant=state:PK", "km=0-2000", "border_km=25", "q=پېښور"):
        wanted = read_link(query)[0].filter
        assert match(cut, wanted).tolist() == match(snapshot, wanted)[kept].tolist()


def test_work_done_beside_is_the_same_as_work_done_here(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    here = parcel(write(store), "details")
    monkeypatch.setattr("geo.edition.page.MANY", 0)
    assert parcel(write(store), "details") == here


def test_work_that_fails_beside_is_done_here() -> None:
    tried: list[int] = []

    def work() -> bytes:
        tried.append(os.getpid())
        if os.getpid() != here:
            raise RuntimeError("not here")
        return b"done"

    here = os.getpid()
    with working_beside(work, beside=True) as take:
        assert take() == b"done"
    assert tried == [here]


# ---- fonts and script ------------------------------------------------------------------------------------------------
def test_fonts_are_cut_to_the_letters_in_use() -> None:
    few = edition_fonts(Letters(upright="Khost", italic="", urdu=False))
    more = edition_fonts(Letters(upright="Khost é ā", italic="Line", urdu=False))
    assert "Newsreader" in few
    assert "Naskh" not in few
    assert "italic" not in few
    assert "italic" in more
    assert len(few) < 100_000
    assert edition_fonts(Letters(upright="Khost خوست", italic="", urdu=False)).count("Naskh") == 1


def test_the_script_holds_every_module_once_and_imports_none() -> None:
    script = edition_script()
    assert script.count("const $edition_link = ") == 1
    assert script.count("const $map_layer = ") == 1
    assert not re.search(r"^(?:import|export) ", script, re.MULTILINE)
    assert "</script" not in script


# ---- pages of incidents ----------------------------------------------------------------------------------------------
def test_a_page_of_an_incident_reads_without_scripts(store: Store) -> None:
    material = gather(store)
    index = list(material.snapshot.ids).index("clash")
    page = write_incident_page(material, index, describe_about(material))
    tree = etree.fromstring(page.encode(), etree.HTMLParser())
    text = " ".join(tree.itertext())
    assert tree.findtext(".//h1") == "Clash in Khost"
    assert "12 November 2025" in text
    assert "Named place" in text
    assert "12+" in text
    assert "Taliban government" in text
    assert "Taliban officials said at least 12 people were killed." in text
    assert "read by machine, not checked" in text
    assert tree.xpath("//a/@href")[0] == "../index.html#incident=clash"
    assert tree.xpath("//meta[@property='og:title']/@content") == ["Clash in Khost"]
    assert not tree.xpath("//script | //img | //iframe")


def test_each_correction_is_a_line_of_its_own_and_sources_that_are_not_have_no_heading(store: Store) -> None:
    made = gather(store)
    corrected = made.incidents[0].id
    told = [
        Correction(number=n, incident_id=corrected, time=NOW, who="", changes=(), reason=reason)
        for n, reason in ((2, "it was nine"), (1, "it was dusk"))
    ]
    material = replace(made, corrections={corrected: told}, articles={})
    tree = etree.fromstring(write_incident_page(material, 0, describe_about(made)).encode(), etree.HTMLParser())
    lines = ["".join(line.itertext()) for line in tree.iterfind(".//p")]
    assert [line.rpartition(": ")[2] for line in lines if line.startswith("Corrected on")] == [
        "it was nine",
        "it was dusk",
    ]
    assert not tree.xpath("//ul")
    alone = write_incident_page(replace(material, corrections={}), 0, describe_about(made))
    assert made.words("incident.sources") not in alone


@pytest.mark.parametrize(("language", "province"), [("en", "Balochistan"), ("ur", "بلوچستان")])
def test_why_a_place_was_chosen_is_said_with_the_name_of_its_province(language: str, province: str) -> None:
    tools = load_tools("AF-PK")
    article = make_article("A bomb killed two people in Quetta on Monday.", language="en")
    told = Told(
        incident=INCIDENTS[0], scopes=(), articles={}, reports=(), resolutions=read_article(article, tools).toponyms
    )
    (place,) = describe_opened(told, tools.gazetteer, Words(language))["places"]
    assert province in place["text"]
    assert "PK-BA" not in place["text"] + place["not"]


def test_hostile_words_are_inert_in_a_page_of_an_incident(store: Store) -> None:
    material = gather(store)
    pages = [write_incident_page(material, index, describe_about(material)) for index in range(len(material.incidents))]
    assert any(html.escape("<script>window.hurt = 1</script>") in page for page in pages)
    for page in pages:
        tree = etree.fromstring(page.encode(), etree.HTMLParser())
        assert not tree.xpath("//script | //img | //b[text()='Bold']")
        assert all(link.startswith(("../index.html#", "https://")) for link in tree.xpath("//a/@href"))
        assert "\u202e" not in page
    assert HOSTILE not in "".join(pages)


def test_an_id_of_any_make_names_a_file_of_its_own() -> None:
    assert name_page("clash") == "clash.html"
    names = [name_page(id_) for id_ in ("../../etc/passwd", "a/b", "", ".", "ä", "x" * 500, "CON:1")]
    assert all(re.fullmatch(r"[0-9a-f]{40}\.html", name) for name in names)
    assert len(set(names)) == len(names)


# ---- publish ---------------------------------------------------------------------------------------------------------
def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_published_twice_is_the_same_to_the_byte(tmp_path: Path, filled: Path) -> None:
    assert publish(tmp_path / "a", filled) == publish(tmp_path / "b", filled) == 0
    first, second = files(tmp_path / "a"), files(tmp_path / "b")
    assert first == second
    assert {"index.html", "incidents.geojson", "incidents.csv", "incidents/clash.html", "published.json"} <= set(first)


def test_nothing_of_a_withdrawn_incident_stays(tmp_path: Path) -> None:
    store = fill_store(tmp_path / "s.sqlite")
    assert publish(tmp_path / "site", tmp_path / "s.sqlite") == 0
    (tmp_path / "site" / "notes.txt").write_text("mine")
    (tmp_path / "site" / "incidents" / "mine.html").write_text("mine")
    (clash,) = store.load_incidents(["clash"])
    with store.change(who="editor", time=NOW) as change:
        change.show(replace(clash, status="withdrawn"), reason="wrong")
    assert publish(tmp_path / "site", tmp_path / "s.sqlite") == 0
    left = files(tmp_path / "site")
    assert "incidents/clash.html" not in left
    assert not any(b"Clash in Khost" in content for content in left.values())
    assert "clash" not in parcel(left["index.html"], "facts")["ids"]
    assert left["notes.txt"] == left["incidents/mine.html"] == b"mine"


def test_withdrawn_incidents_are_published_to_nobody_who_asks(tmp_path: Path) -> None:
    store = fill_store(tmp_path / "s.sqlite")
    (clash,) = store.load_incidents(["clash"])
    with store.change(who="editor", time=NOW) as change:
        change.show(replace(clash, status="withdrawn"), reason="wrong")
    assert publish(tmp_path / "site", tmp_path / "s.sqlite", "status=withdrawn") == 0
    assert parcel((tmp_path / "site" / "index.html").read_bytes(), "facts")["ids"] == []


def test_a_manifest_can_name_no_file_that_is_not_ours(tmp_path: Path, filled: Path) -> None:
    site, outside = tmp_path / "site", tmp_path / "outside.html"
    site.mkdir()
    outside.write_text("mine")
    (site / "notes.html").write_text("mine")
    names = ["../outside.html", str(outside), "notes.html", "incidents/../notes.html", "incidents/", 7, None]
    (site / "published.json").write_text(json.dumps({"files": names}))
    assert publish(site, filled) == 0
    assert outside.read_text() == (site / "notes.html").read_text() == "mine"


def test_files_that_stay_as_they_are_are_not_written_again(tmp_path: Path, filled: Path) -> None:
    assert publish(tmp_path, filled) == 0
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*")}
    assert publish(tmp_path, filled) == 0
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*")} == before


def test_a_filter_that_cannot_be_used_publishes_nothing(tmp_path: Path, filled: Path) -> None:
    assert publish(tmp_path / "site", filled, "province=XX-YY") == 2
    assert not (tmp_path / "site").exists()


def test_the_feed_leads_to_the_pages_beside_it(tmp_path: Path, filled: Path) -> None:
    assert publish(tmp_path, filled) == 0
    feed = etree.fromstring((tmp_path / "feed.atom").read_bytes())
    space = {"a": "http://www.w3.org/2005/Atom", "g": "http://www.georss.org/georss"}
    links = feed.xpath("a:entry/a:link[@rel='alternate']/@href", namespaces=space)
    assert len(links) == 6
    assert all((tmp_path / link).is_file() for link in links)
    assert feed.xpath("a:link[@rel='self']/@href", namespaces=space) == ["feed.atom"]
    assert "33.34 69.92" in feed.xpath("a:entry/g:point/text()", namespaces=space)


def test_a_file_that_was_there_before_is_not_written_over(tmp_path: Path, filled: Path) -> None:
    (tmp_path / "index.html").write_text("keep")
    assert publish(tmp_path, filled) == 2
    assert files(tmp_path)["index.html"] == b"keep"
    assert "incidents.csv" not in files(tmp_path)
