"""What a reader takes along from the Share dialog: link, citation, QR code, code to embed, files and feed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from page_reader import LAPTOP, LAYER, PHONE, Reader, open_reader, serve
from page_world import fill_store
from playwright.sync_api import Browser, expect

from geo.pictures import qr_svg

pytestmark = pytest.mark.browser

PUBLISHER = 'The "Border" <Desk>'


def open_share(read: Reader) -> Reader:
    """Open the dialog and wait for its code."""
    read.page.get_by_test_id("stPopoverButton").click()
    read.page.wait_for_function("() => document.querySelector('.qr img')?.naturalWidth > 0")
    return read


def take(read: Reader, button: str) -> str:
    """What a button of the dialog puts into the clipboard."""
    read.page.get_by_role("button", name=button, exact=True).click()
    expect(read.page.get_by_role("button", name="Copied")).to_be_visible()
    taken: str = read.page.evaluate("navigator.clipboard.readText()")
    return taken


def fetch_code(read: Reader) -> tuple[str, bytes]:
    """The address that the field shows, and the code beside it as it is served."""
    field = read.page.locator(".the-link").input_value()
    source = read.page.locator(".qr img").get_attribute("src")
    assert source
    return field, read.page.request.get(read.address.rstrip("/") + source).body()


def test_a_citation_names_view_revision_days_and_address(read: Reader) -> None:
    open_share(read.open("type=clash"))
    cited, link = take(read, "Copy citation"), read.page.locator(".the-link").input_value()
    accessed = read.page.evaluate("new Date().toLocaleDateString('en-GB', {dateStyle: 'long'})")
    title = read.page.locator(".page-head h1").inner_text()
    assert re.fullmatch(
        rf"{re.escape(title)}\. Data revision \d+, \d+ \w+ \d{{4}}\. Accessed {accessed}: {re.escape(link)}", cited
    )
    expect(read.page.locator(".citation")).to_have_text(cited)


def test_a_citation_of_an_incident_names_the_incident(read: Reader) -> None:
    open_share(read.open("incident=clash"))
    title = read.page.locator(".incident-title").inner_text()
    assert take(read, "Copy citation").startswith(f"“{title}”, ")


def test_a_publisher_is_named_as_text(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("published")
    fill_store(folder / "incidents.sqlite").close()
    with serve(folder, BORDER_INCIDENTS_PUBLISHER=PUBLISHER) as address:
        for read in open_reader(browser, address, viewport=LAPTOP):
            assert f". {PUBLISHER}. Data revision" in take(open_share(read.open()), "Copy citation")


def test_the_code_is_that_of_the_address_in_the_field_also_after_the_map_has_moved(read: Reader) -> None:
    open_share(read.open())
    field, code = fetch_code(read)
    assert code == qr_svg(field).encode()
    read.page.evaluate(f"{LAYER}.map.setView([33, 70], 8)")
    expect(read.page.locator(".the-link")).to_have_value(re.compile("view=33,70,8"))
    moved = read.page.locator(".the-link").input_value()
    expect(read.page.locator(".qr img")).to_have_attribute("src", re.compile("view%3D33"))
    field, code = fetch_code(read)
    assert moved == field
    assert code == qr_svg(field).encode()


def test_a_link_too_long_for_a_code_says_so(read: Reader) -> None:
    read.visit("q=" + "x" * 150 + "&actor=" + ",".join(f"somebody {i} of {'the hills ' * 10}" for i in range(25)))
    read.page.get_by_test_id("stPopoverButton").click()
    expect(read.page.locator(".qr figcaption")).to_be_visible()
    expect(read.page.locator(".qr img")).to_be_hidden()


def test_code_to_embed_is_a_frame_that_a_cms_takes_and_hostile_words_stay_in_its_title(read: Reader) -> None:
    hostile = '"><script>alert(1)</script>'
    open_share(read.open(f"type=clash&q=clash&utm_source={hostile}&lang=en"))
    whole = take(read, "Copy embed code")
    read.page.get_by_label("Map only").check()
    read.page.wait_for_function("() => document.querySelector('.part-share textarea').value.includes('embed=map')")
    bare = read.page.locator(".part-share textarea").input_value()
    for code, kind in ((whole, "true"), (bare, "map")):
        frames = read.page.evaluate(
            """(code) => [...new DOMParser().parseFromString(code, "text/html").body.childNodes].map((node) =>
                Object.fromEntries([["tag", node.nodeName], ...[...node.attributes].map((a) => [a.name, a.value])]))""",
            code,
        )
        assert [frame["tag"] for frame in frames] == ["IFRAME"], code
        (frame,) = frames
        asked = parse_qs(urlsplit(frame["src"]).query)
        assert (asked["embed"], asked["type"], "rev" in asked) == ([kind], ["clash"], False)
        assert (frame["loading"], frame["width"]) == ("lazy", "100%")
        assert frame["title"] == read.page.locator(".page-head h1").inner_text()
        assert int(frame["height"]) >= 400


def test_every_file_answers_for_what_is_seen(read: Reader) -> None:
    open_share(read.open("type=clash&view=33,70,8"))
    served = {}
    for link in read.page.locator(".files a").all():
        answer = read.page.request.get(link.evaluate("(a) => a.href"))
        assert answer.ok, answer.text()
        served[urlsplit(answer.url).path.rpartition(".")[2]] = urlsplit(answer.url).query
    assert {"csv", "xlsx", "gpkg", "kml", "geojson", "docx", "png"} <= set(served)
    assert served.pop("png") == "type=clash&view=33,70,8"
    assert set(served.values()) == {"type=clash"}


def test_the_feed_is_that_of_the_filter(read: Reader) -> None:
    open_share(read.open("type=clash&view=33,70,8"))
    feed = take(read, "Copy feed address")
    assert feed == f"{read.address}border-incidents/api/incidents.atom?type=clash"
    assert "atom" in read.page.request.get(feed).headers["content-type"]


def test_past_data_is_linked_as_it_was_and_offers_no_files_of_today(read: Reader) -> None:
    open_share(read.open("asof=3"))
    expect(read.page.locator(".past")).to_contain_text("today’s data")
    expect(read.page.locator(".files")).to_have_count(0)
    assert take(read, "Copy link") == f"{read.address}?asof=3"


@pytest.fixture
def read_urdu_on_phone(browser: Browser, address: str) -> Iterator[Reader]:
    """A reader of Urdu with a phone."""
    yield from open_reader(browser, address, viewport=PHONE, has_touch=True, is_mobile=True)


def test_the_dialog_fits_a_phone_and_cites_in_the_language_of_the_page(read_urdu_on_phone: Reader) -> None:
    read = read_urdu_on_phone
    read.open("lang=ur")
    open_share(read)
    wide, window = read.page.get_by_test_id("stPopoverBody").evaluate("(box) => [box.scrollWidth, box.clientWidth]")
    assert wide <= window <= PHONE["width"]
    expect(read.page.locator(".citation")).to_contain_text("ڈیٹا کا نسخہ نمبر")
    expect(read.page.locator(".citation")).to_contain_text(str(date.today().year))
