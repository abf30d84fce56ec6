"""A victim's name is masked on the page, and said in words to those who cannot see the mask."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from page_reader import LAPTOP, Reader, open_reader, serve
from playwright.sync_api import Browser, expect

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.leaving_world import COARSE, OPEN, VICTIM, article_of, fill, incident_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("withheld")
    fill(folder / "incidents.sqlite").close()
    with serve(folder, BORDER_INCIDENTS_SHARED="1") as started:
        yield started


@pytest.fixture
def read(browser: Browser, address: str) -> Iterator[Reader]:
    yield from open_reader(browser, address, viewport=LAPTOP)


@pytest.mark.parametrize(
    ("language", "said", "told"),
    [
        ("en", "name withheld", "Names of victims are withheld."),
        ("fa", "نام نشان داده نشده", "نام قربانیان نشان داده نمی‌شود."),
    ],
)
def test_a_masked_name_is_said_in_words(read: Reader, language: str, said: str, told: str) -> None:
    read.visit(f"tab=article:{article_of(OPEN)}&lang={language}")
    mask = read.page.get_by_role("img", name=said).first
    expect(mask).to_have_text("█" * len(VICTIM))
    expect(read.page.locator(".article-source")).to_contain_text(told)


def test_a_coarsened_incident_opens_with_its_province_and_without_its_report(read: Reader) -> None:
    read.open(f"incident={incident_of(COARSE)}")
    expect(read.page.locator(".incident-title")).to_have_text("Shelling in Khost")
    read.visit(f"tab=article:{article_of(COARSE)}")
    expect(read.page.locator(".article-source")).to_contain_text("The text of this report is withheld.")
    assert read.faults == []
