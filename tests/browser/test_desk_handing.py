"""What editors add and search for at the desk, in a real browser: read beside a large job, found in all incidents."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from page_reader import LAPTOP, PHONE
from page_world import fill_store
from playwright.sync_api import Browser, Page, expect
from test_accessibility import COLOURS, find_violations

from geo.articles import make_article
from geo.ingest import hand_text, queue_found
from geo.pipeline import add_article, load_tools
from geo.store import Counts, NewDocument, Store, open_store

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from desk.world import EDITOR, fill_people, serve_desk, sign_in

pytestmark = pytest.mark.browser

NOW = datetime(2025, 11, 20, tzinfo=UTC)
ELSEWHERE = "another-machine:1:0123456789ab"
"""Holds documents of a store, and cannot be looked at from here."""
TOLD = (
    ("Quetta Post", date(2025, 10, 15), "A suicide bomber killed seven people at a market in Quetta on Monday."),
    ("Border Wire", date(2025, 3, 5), "A suicide bomber killed nine people at a bus stop in Quetta on Monday."),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The six made-up incidents and two bombings of one town, months apart."""
    folder = tmp_path_factory.mktemp("handing")
    fill_store(folder / "incidents.sqlite").close()
    fill_people(folder / "people.json")
    store = open_store(folder / "incidents.sqlite")
    for outlet, day, text in TOLD:
        article = make_article(text, url=f"https://{day}.example/1", publisher=outlet, published=day, language="en")
        add_article(store, article, load_tools("AF-PK"), time=NOW)
    yield store
    store.close()


@pytest.fixture(scope="module")
def desk(store: Store) -> Iterator[str]:
    """A desk that begins where one that died has left a text unread, while a job of another machine is half done."""
    store.documents.queue([NewDocument(source=f"wire {n}", body=f"Wire {n}.".encode()) for n in range(30)])
    store.documents.take(ELSEWHERE, most=10, lease_s=3_600.0)
    left = make_article("Gunmen killed a policeman in Bannu on Tuesday, police said.", published=date(2025, 11, 19))
    list(queue_found(iter([hand_text(left, EDITOR)]), store, time=NOW))
    with serve_desk(Path(store.address).parent) as address:
        yield address


@contextmanager
def sit_down(browser: Browser, desk: str, query: str, **device: object) -> Iterator[Page]:
    """A page of the desk before the editor; whatever the browser complains of fails the test."""
    client, _ = sign_in(desk, EDITOR)
    context = browser.new_context(**{"viewport": LAPTOP, **device})  # type: ignore[arg-type]
    context.add_cookies([{"name": one.name, "value": str(one.value), "url": desk} for one in client.cookies.jar])
    page, faults = context.new_page(), list[str]()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{desk}/?{query}")
    yield page
    assert not faults
    context.close()


def test_what_is_added_is_shown_when_it_is_read_although_a_large_job_waits(
    browser: Browser, desk: str, store: Store, tmp_path: Path
) -> None:
    with sit_down(browser, desk, "page=add") as page:
        page.get_by_label("Text").fill("A roadside bomb killed four soldiers in Wana on Tuesday, the army said.")
        page.get_by_label("Day of publication").fill("2025-11-19")
        page.get_by_role("button", name="Read it").click()
        expect(page.locator(".add-result li button")).to_contain_text("Wana")
        expect(page.get_by_label("Text")).to_have_value("")
        table = tmp_path / "t.csv"
        table.write_text(
            "title,text\nShells,Shells killed two people in Khost on Tuesday.\nNothing,\n", encoding="utf8"
        )
        page.locator("input[type=file]").set_input_files([table])
        expect(page.locator(".add-result")).to_have_count(3)
        expect(page.locator(".desk-not")).to_have_text("Not added: the row has no text.")
        expect(page.locator(".add-left")).to_have_count(0)
    assert store.documents.count() == Counts(pending=30, done=3, quarantined=1)
    (aside,) = store.documents.list_quarantined()
    assert (aside.source, aside.part, aside.facts["editor"]) == ("uploaded: t.csv", 3, EDITOR)


def test_what_could_not_be_read_is_read_when_an_editor_tries_again(browser: Browser, desk: str, store: Store) -> None:
    failed = NewDocument(source="late.txt", body=b"Shots were fired in Chaman on Tuesday.")
    store.documents.queue([failed])
    number = store.documents.find([failed.key])[failed.key].number
    store.documents.quarantine(number, "internal", "late.txt: it could not be read because of a fault in this program")
    before = store.documents.count().done
    with sit_down(browser, desk, "page=documents") as page:
        row = page.locator("tr", has_text="late.txt")
        row.get_by_role("button").click()
        expect(row).to_have_count(0)
        expect(page.locator(".desk-said")).to_contain_text("1 document")
        expect(page.locator(".desk-counts div", has_text="done").locator("dd")).to_have_text(str(before + 1))
    assert store.documents.get([number])[number].state == "done"


def test_an_incident_of_any_date_is_found_and_merged(browser: Browser, desk: str, store: Store) -> None:
    """By a word of its place; near ones are offered as before, and the day, the place and the outlet are told."""
    late, early = (_find(store, day) for _, day, _ in TOLD)
    with sit_down(browser, desk, f"incident={late}") as page:
        page.locator(".item-title").wait_for()
        page.keyboard.press("m")
        seek = page.get_by_role("searchbox")
        expect(seek).to_be_focused()
        seek.fill("nothing of the kind")
        seek.press("Enter")
        expect(page.locator(".panel")).to_contain_text("No other incident has all these words.")
        seek.fill("quetta bomber")
        seek.press("Enter")
        found = page.locator(".choices li").filter(has_text="Border Wire")
        expect(found).to_contain_text("2025")
        expect(found).to_contain_text("Quetta")
        assert find_violations(page, COLOURS) == []
        seek.fill(early)
        seek.press("Enter")
        expect(page.locator(".panel")).to_contain_text(f"Found: {early}")
        expect(page.locator(".choices li")).to_have_count(1)
        page.get_by_role("radio").check()
        page.get_by_role("button", name="Merge it into this one").click()
        expect(page.locator(".desk-said")).to_contain_text("Merged")
    kept, other = store.load_incidents([late, early])
    assert (len(kept.articles), other.status) == (2, "withdrawn")


@pytest.mark.parametrize("lang", ["ur", "en"])
def test_the_search_fits_a_phone(browser: Browser, desk: str, store: Store, lang: str) -> None:
    with sit_down(browser, desk, f"incident=clash&lang={lang}", viewport=PHONE, has_touch=True) as page:
        page.locator("[data-act=merge]").click()
        page.get_by_role("searchbox").fill("khost")
        page.get_by_role("searchbox").press("Enter")
        expect(page.locator(".panel h3").first).to_contain_text("khost")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert find_violations(page, COLOURS) == []


def _find(store: Store, day: date) -> str:
    """Id of the incident that the article of a day tells."""
    articles = {one.id for one in store.load_articles() if one.published == day}
    return next(one.id for one in store.load_incidents() if articles & set(one.articles))
