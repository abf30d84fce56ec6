"""An editor corrects a place name in a report, in a real browser; a reader of a read-only store cannot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from page_reader import LAPTOP, Reader, open_reader, serve
from playwright.sync_api import Browser, expect

from geo.articles import make_article
from geo.pipeline import add_article, load_tools
from geo.store import open_store

pytestmark = pytest.mark.browser

READ_AGAIN_MS = 30_000
"""The first article a process reads brings the provinces' polygons with it."""
NOW = datetime(2025, 11, 20, tzinfo=UTC)
ARTICLE = make_article(
    "Three soldiers were killed in a clash in Jalalabad on Tuesday, officials said.",
    title="A clash", published=date(2025, 11, 12), language="en",
)  # fmt: skip


def fill(folder: Path) -> Path:
    """A store with one report, read as any other is."""
    store = open_store(folder / "incidents.sqlite")
    add_article(store, ARTICLE, load_tools(), time=NOW)
    store.close()
    return folder


@pytest.fixture
def edit(browser: Browser, tmp_path: Path) -> Iterator[Reader]:
    """An editor at the report."""
    with serve(fill(tmp_path)) as address:
        for reader in open_reader(browser, address, viewport=LAPTOP):
            reader.visit(f"tab=article:{ARTICLE.id}")
            reader.page.locator(".article-text .name", has_text="Jalalabad").click()
            yield reader


def test_an_editor_finds_another_place_and_the_report_is_read_again(edit: Reader, tmp_path: Path) -> None:
    card = edit.page.get_by_role("dialog", name="Jalalabad")
    card.get_by_text("Correct this place").click()
    card.get_by_label("Your name").fill("night <b>desk</b>")
    card.get_by_label("Search the gazetteer").fill("Quetta")
    edit.page.keyboard.press("Enter")
    card.get_by_role("button", name="Take this one: Quetta, the town").first.click()
    expect(edit.page.locator(".article-said")).to_contain_text("Jalalabad: corrected", timeout=READ_AGAIN_MS)
    edit.page.locator(".article-text .name", has_text="Jalalabad").click()
    expect(card).to_contain_text("Quetta, the town")
    expect(card).to_contain_text("corrected by night <b>desk</b>")
    edit.page.keyboard.press("Escape")
    edit.page.locator(".back:visible").click()
    expect(edit.page.locator(".card h3")).to_contain_text("Quetta")
    store = open_store(tmp_path / "incidents.sqlite", read_only=True)
    (alias,) = store.aliases("AF-PK")
    assert (alias.who, alias.name_key, alias.article_id) == ("night <b>desk</b>", "jalalabad", ARTICLE.id)
    assert store.check() == []
    store.close()


def test_where_nobody_may_write_nothing_can_be_corrected(browser: Browser, tmp_path: Path) -> None:
    with serve(fill(tmp_path), BORDER_INCIDENTS_READ_ONLY="1") as address:
        for reader in open_reader(browser, address, viewport=LAPTOP):
            reader.visit(f"tab=article:{ARTICLE.id}")
            reader.page.locator(".article-text .name", has_text="Jalalabad").click()
            expect(reader.page.get_by_role("dialog", name="Jalalabad")).to_be_visible()
            assert reader.page.locator(".place-card details, .place-card [data-do=choose]").count() == 0
