"""An edition opened from the disk with the network off: the whole page, by nobody's leave."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from edition_world import gather, write
from page_reader import LAPTOP, PHONE
from page_world import fill_store
from playwright.sync_api import Browser, Page, expect

from geo.edition.incident_page import write_incident_page
from geo.edition.papers import describe_about
from geo.wording.words import Words

pytestmark = pytest.mark.browser

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the edition of the six incidents in English and in Urdu."""
    folder = tmp_path_factory.mktemp("edition")
    store = fill_store(folder / "incidents.sqlite")
    for language in ("en", "ur"):
        (folder / f"{language}.html").write_bytes(write(store, language=language))
    material = gather(store, "type=clash")
    (folder / "clash.html").write_text(write_incident_page(material, 1, describe_about(material)), encoding="utf8")
    store.close()
    return folder


@pytest.fixture
def read(browser: Browser, editions: Path) -> Iterator[Open]:
    """Opens the edition at a fragment, offline, and sees to it that it asks for nothing and that nothing goes wrong."""
    contexts, wrong = [], []

    def open_edition(fragment: str = "", *, language: str = "en", **device: Any) -> Page:
        context = browser.new_context(offline=True, **({"viewport": LAPTOP} | device))
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: said.type in ("error", "warning") and wrong.append(said.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda asked: asked.url.startswith(("file:", "data:")) or wrong.append(asked.url))
        page.goto(f"{(editions / language).with_suffix('.html').as_uri()}#{fragment}")
        page.locator("html.ready").wait_for()
        return page

    yield open_edition
    for context in contexts:
        context.close()
    assert wrong == []


def titles(page: Page) -> list[str]:
    return page.locator(".part-cards .card h3").all_inner_texts()


def fragment(page: Page) -> str:
    return page.url.partition("#")[2]


def drawn(page: Page) -> int:
    """Marks that the map has drawn; waits for its first picture."""
    page.locator("html.map-drawn").wait_for()
    return int(page.evaluate("globalThis.__incidentLayer.visible"))


def test_map_timeline_and_list_show_without_a_network(read: Open) -> None:
    page = read()
    assert len(titles(page)) == 6
    assert drawn(page) == 6
    expect(page.locator(".incident-time canvas").first).to_be_visible()
    expect(page.locator(".part-head .summary")).to_contain_text("6 incidents")


def test_a_type_changes_list_map_counts_and_address(read: Open) -> None:
    page = read()
    page.locator('.part-facets [data-value="clash"]').click()
    assert sorted(titles(page))[0] == "Clash in Khost"
    assert len(titles(page)) == 2
    page.wait_for_function("globalThis.__incidentLayer?.visible === 2")
    assert fragment(page) == "type=clash"
    page.locator('.part-facets [data-value="clash"]').click()
    assert fragment(page) == ""
    page.wait_for_function("globalThis.__incidentLayer?.visible === 6")


def test_days_change_list_map_and_address_and_the_way_back_holds(read: Open) -> None:
    page = read("from=2025-11-01&to=2025-11-05")
    assert len(titles(page)) == 2
    page.wait_for_function("globalThis.__incidentLayer?.visible === 2")
    page.get_by_role("radio", name="7 days").click()
    last = date(2025, 11, 10)
    assert fragment(page) == f"from={last - timedelta(days=6)}&to={last}"
    assert "Crossing shut at Torkham" in titles(page)
    page.go_back()
    expect(page.locator(".part-cards h2")).to_have_text("2 incidents")
    assert fragment(page) == "from=2025-11-01&to=2025-11-05"
    page.go_forward()
    assert fragment(page) == f"from={last - timedelta(days=6)}&to={last}"


def test_a_search_finds_a_place_in_any_script(read: Open) -> None:
    page = read()
    page.get_by_role("searchbox", name="Place, actor or word").fill("PESHAWAR")
    expect(page.locator(".part-cards h2")).to_have_text("1 incident")
    assert fragment(page) == "q=PESHAWAR"
    page.get_by_role("searchbox", name="Place, actor or word").fill("پکتیکا")
    expect(page.locator(".part-cards .card h3")).to_have_text("Air or drone strike in Paktika")


def test_nothing_found_says_so_and_how_to_loosen(read: Open) -> None:
    page = read("type=shelling")
    expect(page.locator(".empty h2")).to_have_text("No reports match")
    page.locator(".empty button").first.click()
    assert len(titles(page)) == 6


def test_an_incident_opens_to_its_rival_claims_and_shuts_again(read: Open) -> None:
    page = read()
    page.get_by_role("button", name="Clash in Khost", exact=True).click()
    opened = page.locator(".part-incident")
    expect(opened.locator("h2")).to_have_text("Clash in Khost")
    expect(opened.locator(".claim-figure b")).to_have_text(["12", "3"])
    expect(opened).to_contain_text("Taliban officials said at least 12 people were killed.")
    expect(opened).to_contain_text("Border Gazette")
    expect(opened).to_contain_text("read by machine, not checked")
    assert fragment(page) == "incident=clash"
    page.locator(".part-incident .back").click()
    expect(page.locator(".part-cards .card")).to_have_count(6)


def test_a_link_opens_what_it_says(read: Open) -> None:
    page = read("type=clash&incident=clash")
    expect(page.locator(".part-incident h2")).to_have_text("Clash in Khost")
    page = read("tab=table&province=PK-KP")
    expect(page.locator(".incidents tbody tr")).to_have_count(3)
    page = read("tab=claims")
    expect(page.locator(".rival-table")).to_have_count(1)


def test_a_link_with_nonsense_in_it_is_named_and_the_rest_counts(read: Open) -> None:
    page = read("from=never&type=clash&wat=1&incident=gone&q=" + "x" * 300)
    expect(page.locator(".notice")).to_contain_text("“never” is not a date.")
    assert fragment(page) == "type=clash"
    assert len(titles(page)) == 2
    page.goto(page.url.partition("#")[0] + "#" + "a=" + "b" * 20_000)
    expect(page.locator(".part-cards .card")).to_have_count(6)


def test_the_table_sorts_by_every_column(read: Open) -> None:
    page = read("tab=table")
    page.get_by_role("button", name="Incident").click()
    names = page.locator(".incidents .title button").all_inner_texts()
    assert names == sorted(names, key=str.lower)


def test_hostile_words_are_shown_and_do_nothing(read: Open) -> None:
    page = read("incident=hostile")
    expect(page.locator(".part-incident h2")).to_contain_text("<script>window.hurt = 1</script>")
    page.locator(".part-incident .back").click()
    page.get_by_role("tab", name="Table").click()
    expect(page.locator(".incidents")).to_contain_text("{{7*7}} ${7*7}")
    assert page.evaluate("window.hurt") is None
    assert page.locator("main img, main b:text-is('Bold')").count() == 0


def test_printed_it_shows_map_table_and_citation(read: Open) -> None:
    page = read()
    drawn(page)
    page.emulate_media(media="print")
    expect(page.locator(".incidents tbody tr")).to_have_count(6)
    for shown in (".edition-map", ".incident-time", ".incidents", ".prose", ".about-cite"):
        expect(page.locator(shown).first).to_be_visible()
    for hidden in ('[data-testid="stSidebar"]', "#tabs", ".pager", ".part-cards"):
        expect(page.locator(hidden).first).to_be_hidden()
    page.emulate_media(media="screen")
    expect(page.locator(".incidents")).to_be_hidden()


def test_on_a_phone_nothing_is_wider_than_the_screen(read: Open) -> None:
    page = read(viewport=PHONE, has_touch=True, is_mobile=True)
    drawn(page)
    for tab in ("Map", "Table", "Claims", "Methodology"):
        page.get_by_role("tab", name=tab).tap()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="Filters").tap()
    expect(page.locator('[data-testid="stSidebar"]')).to_be_visible()
    page.locator('.part-facets [data-value="clash"]').tap()
    page.locator(".filters-done").tap()
    expect(page.locator('[data-testid="stSidebar"]')).to_be_hidden()
    assert fragment(page) == "type=clash&tab=methodology"


def test_urdu_runs_right_to_left(read: Open) -> None:
    page = read(language="ur")
    drawn(page)
    words = Words("ur")
    expect(page.get_by_role("tab", name=words("tab.table"), exact=True)).to_be_visible()
    sidebar = page.locator('[data-testid="stSidebar"]').bounding_box()
    assert sidebar is not None
    assert sidebar["x"] > LAPTOP["width"] / 2
    assert page.locator(".part-head h1").evaluate("(h) => getComputedStyle(h).direction") == "rtl"


FACES = {
    "map": "", "table": "tab=table", "claims": "tab=claims", "methodology": "tab=methodology",
    "incident": "incident=clash", "empty": "type=shelling",
}  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("face", [*FACES])
def test_axe_finds_no_fault(read: Open, face: str, scheme: str) -> None:
    page = read(FACES[face], color_scheme=scheme)
    if face in ("map", "incident"):
        drawn(page)
    _assert_no_fault(page)


def test_axe_finds_no_fault_on_a_phone_with_the_filters_open(read: Open) -> None:
    page = read(viewport=PHONE, has_touch=True, is_mobile=True)
    drawn(page)
    page.get_by_role("button", name="Filters").tap()
    for fold in page.locator(".fold").all():
        fold.tap()
    _assert_no_fault(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_on_the_page_of_an_incident(browser: Browser, editions: Path, scheme: str) -> None:
    context = browser.new_context(offline=True, viewport=PHONE, color_scheme=scheme)
    page = context.new_page()
    page.goto((editions / "clash.html").as_uri())
    expect(page.locator("h1")).to_have_text("Clash in Khost")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    _assert_no_fault(page)
    context.close()


def _assert_no_fault(page: Page) -> None:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": list(RULES)}}).response["violations"]
    assert [(fault["id"], [node["target"] for node in fault["nodes"]][:3]) for fault in found] == []
