"""The whole dashboard in a real browser, as ``streamlit run app.py`` serves it."""

from __future__ import annotations

import re

import pytest
from page_reader import LAPTOP, LAYER, MAP, PHONE, Reader, open_reader
from page_world import ARTICLE, HOSTILE
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser


def test_the_page_asks_no_other_host_and_makes_no_error(read: Reader, address: str) -> None:
    read.open("incident=clash")
    for tab in ("Table", "Claims", "Methodology", "Map"):
        read.page.get_by_role("tab", name=tab).click()
        expect(read.page.get_by_role("tab", name=tab)).to_have_attribute("aria-selected", "true")
    assert {host for host in read.hosts if host} == {address.split("/")[2]}
    assert read.faults == []


def test_nothing_of_streamlit_shows(read: Reader) -> None:
    read.open()
    for furniture in ("stToolbar", "stAppDeployButton", "stStatusWidget", "stDecoration", "stHeader"):
        expect(read.page.get_by_test_id(furniture).first).not_to_be_visible()


def test_a_filter_changes_list_map_and_link_without_loading_the_map_again(read: Reader) -> None:
    read.open().expect_marks(6)
    read.page.evaluate(f"{MAP}.marked = true")
    read.page.get_by_role("checkbox", name=re.compile("Bombing")).click()
    read.expect_query("type=bombing")
    read.expect_marks(1)
    expect(read.page.locator(".card h3")).to_have_text(["Bombing in Peshawar"])
    expect(read.page.locator(".summary[aria-live]")).to_contain_text("1 incident")
    assert read.page.evaluate(f"{MAP}.marked")


def test_a_link_opens_exactly_what_it_says(read: Reader) -> None:
    query = "from=2025-10-01&to=2025-10-31&province=AF-KHO&type=clash&view=33.5,69.5,7.5&incident=clash"
    read.open(query).expect_marks(1)
    expect(read.page.locator(".incident-title")).to_have_text("Clash in Khost")
    expect(read.page.get_by_role("checkbox", name=re.compile("^Khost"))).to_have_attribute("aria-checked", "true")
    lat, lon, zoom = read.page.evaluate(f"{LAYER}.reader.view()")
    assert (round(lat, 1), round(lon, 1), zoom) == (33.5, 69.5, 7.5)
    read.expect_query(query)


def test_a_bad_link_opens_with_a_sentence_that_can_be_dismissed(read: Reader) -> None:
    read.open("from=yesterday&province=XX-9")
    notice = read.page.locator(".notice")
    expect(notice).to_contain_text("XX-9")
    notice.get_by_role("button").click()
    expect(notice).to_have_count(0)
    read.expect_query("")


def test_an_incident_opens_closes_and_the_browsers_back_button_goes_back(read: Reader) -> None:
    read.open()
    read.page.locator(".card h3 button", has_text="Clash in Khost").click()
    read.expect_query("incident=clash")
    expect(read.page.locator(".claim-figure b")).to_have_text(["12", "3"])
    expect(read.page.locator(".part-incident")).to_contain_text("our wording")
    read.page.locator(".back").click()
    read.expect_query("")
    read.page.go_back()
    read.expect_query("incident=clash")
    expect(read.page.locator(".incident-title")).to_have_text("Clash in Khost")


def test_a_mark_on_the_map_opens_its_incident(read: Reader) -> None:
    read.open("type=bombing").expect_marks(1)
    box = read.box("iframe[title*=folium]")
    x, y = read.page.evaluate(
        f"() => {{ const [t] = {LAYER}.reader.targets.filter((t) => t.marks.length === 1);"
        f" const f = {LAYER}.view.frame; return [t.x - f.x0, t.y - f.y0] }}"
    )
    read.page.mouse.click(box["x"] + x, box["y"] + y)
    read.expect_query("type=bombing&incident=bomb")


def test_moving_the_map_is_in_the_link_at_once(read: Reader) -> None:
    read.open("type=clash")
    read.page.evaluate(f"{LAYER}.map.setView([33, 69], 8, {{animate: false}})")
    read.expect_query("type=clash&view=33,69,8")


def test_clearing_the_filters_shows_all_that_is_found_wherever_the_map_was(read: Reader) -> None:
    read.open("type=clash&view=40,60,6").expect_marks(2)
    read.page.get_by_role("button", name="Clear all").click()
    read.expect_query("")
    read.expect_marks(6)
    read.page.wait_for_function(f"() => {LAYER}.reader.view()[0] < 36")


def test_the_timeline_stays_through_filters_and_goes_for_good_with_another_language(read: Reader) -> None:
    read.open()
    read.page.evaluate("window.first = document.querySelector('.incident-time')")
    read.page.get_by_role("checkbox", name=re.compile("Bombing")).click()
    read.expect_query("type=bombing")
    assert read.page.evaluate("first === document.querySelector('.incident-time')")
    with read.page.expect_request(re.compile("/marks.*lang=ur")):
        read.page.get_by_role("button", name="اردو").click()
    expect(read.page.locator("html")).to_have_attribute("lang", "ur")
    read.page.wait_for_function("() => document.querySelectorAll('.incident-time').length === 1")
    read.page.wait_for_function("() => first.isConnected || first.parentElement === null")


def test_hostile_text_is_shown_as_it_is_and_does_nothing(read: Reader) -> None:
    read.open("incident=hostile")
    title = HOSTILE.replace("\u202e", "")
    expect(read.page.locator(".incident-title")).to_have_text(title)
    for tab in ("Table", "Claims", "Map"):
        read.page.get_by_role("tab", name=tab).click()
    assert read.page.evaluate("window.hurt") is None
    assert read.page.evaluate(f"{MAP}.hurt") is None
    assert read.page.locator("a[href^='javascript']").count() == 0
    assert "{{7*7}}" in read.page.content()


def test_the_slider_sends_less_than_ten_kilobytes(read: Reader) -> None:
    read.open()
    slider = read.page.locator(".st-key-dates input").first
    slider.focus()
    read.page.keyboard.press("PageUp")
    expect(read.page).not_to_have_url(read.address)
    read.received.clear()
    before = read.query
    read.page.keyboard.press("PageUp")
    expect(read.page).not_to_have_url(f"{read.address}?{before}")
    assert 0 < sum(read.received) < 9_000


def test_a_change_of_dates_reaches_the_map_while_the_slider_moves(read: Reader) -> None:
    read.open().expect_marks(6)
    read.page.locator(".st-key-dates input").first.focus()
    read.page.keyboard.press("End")
    read.page.wait_for_function(f"() => {LAYER}.drawn.visible < 6")


def test_days_play_in_the_browser_alone_and_stay_in_the_link_when_escape_stops_them(read: Reader) -> None:
    read.open().expect_marks(6)
    asked: list[str] = []
    read.page.on("request", lambda request: asked.append(request.url))
    read.received.clear()
    read.page.locator('[data-part="play_button"]').get_by_role("button", name="Play").click()
    read.page.frame_locator("iframe[title*=folium]").locator(".incident-now strong").wait_for()
    read.page.wait_for_function(f"() => {LAYER}.drawn.visible > 0 && {LAYER}.drawn.visible < 6")
    shown = read.page.locator(".dates-now").text_content()
    read.page.wait_for_function("(text) => document.querySelector('.dates-now').textContent !== text", arg=shown)
    assert (asked, sum(read.received)) == ([], 0)
    read.expect_query("")
    read.page.keyboard.press("Escape")
    expect(read.page).to_have_url(re.compile(r"from=2025-\d\d-\d\d&to=2025-"))
    expect(read.page.frame_locator("iframe[title*=folium]").locator(".incident-now")).to_be_hidden()
    expect(read.page.locator("html:not(.playing)")).to_have_count(1)


def test_days_that_add_up_begin_at_the_first_and_can_go_four_times_as_fast(read: Reader) -> None:
    read.open("from=2025-11-01&to=2025-11-30")
    read.page.locator('[data-part="play_manner"]').get_by_role("button", name="Cumulative").click()
    read.page.locator('[data-part="play_manner"]').get_by_role("button", name="4×").click()
    read.page.locator('[data-part="play_button"]').get_by_role("button", name="Play").click()
    read.page.wait_for_function("() => document.querySelector('.dates-now').textContent.includes('1–')")
    read.page.locator('[data-part="play_button"]').get_by_role("button", name="Stop").click()
    expect(read.page).to_have_url(re.compile(r"from=2025-11-01&to=2025-11-\d\d"))


def test_a_phone_plays_beside_the_map(read_on_phone: Reader) -> None:
    read_on_phone.open()
    read_on_phone.page.locator('[data-part="play_bar"]').get_by_role("button", name="Play").tap()
    read_on_phone.page.frame_locator("iframe[title*=folium]").locator(".incident-now strong").wait_for()


def test_a_stretch_chosen_on_the_ribbon_is_in_list_map_and_link_and_can_be_taken_back(read: Reader) -> None:
    read.open().expect_marks(6)
    stage = read.box(".time-stage")
    names = read.box(".time-names")
    read.page.mouse.move(stage["x"] + 10, names["y"] + 2)
    read.page.mouse.down()
    read.page.mouse.move(stage["x"] + 10, names["y"] + names["height"] * 0.4, steps=4)
    read.page.mouse.up()
    expect(read.page).to_have_url(re.compile(r"\?km=\d+-\d+$"))
    expect(read.page.locator(".card")).not_to_have_count(6)
    read.page.get_by_role("button", name="All of the line").click()
    read.expect_query("")
    read.expect_marks(6)


def test_a_link_to_a_stretch_shows_it_on_the_ribbon(read: Reader) -> None:
    read.open("km=1200-1400")
    expect(read.page.locator(".time-stage.brushed")).to_have_count(1)
    read.expect_query("km=1200-1400")


def test_the_page_is_worked_by_keyboard_alone(read: Reader) -> None:
    read.open()
    facet = read.page.get_by_role("checkbox", name=re.compile("Armed clash"))
    facet.focus()
    read.page.keyboard.press("Space")
    read.expect_query("type=clash")
    expect(facet).to_be_focused()
    read.page.get_by_role("tab", name="Map").focus()
    read.page.keyboard.press("ArrowRight")
    read.expect_query("type=clash&tab=table")
    read.page.locator("tbody button").first.focus()
    read.page.keyboard.press("Enter")
    expect(read.page.locator(".incident-title")).to_be_visible()


def test_a_name_in_a_report_opens_its_card_by_keyboard_and_escape_closes_it(read: Reader) -> None:
    read.open("incident=clash")
    read.page.locator(".reports button").click()
    read.expect_query(f"incident=clash&tab=article:{ARTICLE.id}")
    name = read.page.locator(".article-text .name").first
    expect(name).to_have_text("Khost")
    name.focus()
    read.page.keyboard.press("Enter")
    card = read.page.get_by_role("dialog", name="Khost")
    expect(card).to_contain_text("93 % sure")
    expect(card).to_contain_text("the province, Afghanistan")
    expect(card).to_be_focused()
    read.page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(name).to_be_focused()
    read.page.locator(".back:visible").click()
    read.expect_query("incident=clash")


def test_a_report_is_text_and_nothing_else(read: Reader) -> None:
    read.open(f"tab=article:{ARTICLE.id}")
    expect(read.page.locator(".article-text")).to_contain_text("<script>window.hurt = 1</script>")
    assert read.page.locator(".part-article script, .part-article img").count() == 0
    assert read.page.evaluate("window.hurt") is None
    assert read.faults == []


def test_a_report_fits_a_phone_and_its_card_lies_at_the_foot(read_on_phone: Reader) -> None:
    read_on_phone.visit(f"tab=article:{ARTICLE.id}")
    read_on_phone.page.locator(".article-text .name").first.tap()
    box = read_on_phone.box(".place-card")
    assert (box["x"], box["width"], box["y"] + box["height"]) == (0, PHONE["width"], PHONE["height"])
    assert read_on_phone.page.evaluate("document.querySelector('.stMain').scrollWidth") <= PHONE["width"]


def test_the_table_is_a_real_one_and_sorts(read: Reader) -> None:
    read.visit("tab=table")
    table = read.page.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_count(10)
    table.get_by_role("button", name="Killed").click()
    expect(table.locator("tbody tr").first).to_contain_text("3 to 12+")
    expect(table.locator("th[aria-sort]")).to_contain_text("Killed")


def test_a_map_that_was_hidden_at_first_is_drawn_when_its_tab_opens(read: Reader) -> None:
    read.visit("tab=table&type=bombing")
    read.page.get_by_role("tab", name="Map").click()
    read.page.wait_for_function(f"() => {{ try {{ return {LAYER}.drawn.visible === 1 }} catch {{ return false }} }}")


def test_share_gives_the_link_and_says_that_it_is_local(read: Reader) -> None:
    read.open("type=clash")
    read.page.get_by_role("button", name="Share").click()
    expect(read.page.locator(".local-only")).to_contain_text("only on this machine")
    read.page.get_by_role("button", name="Copy link").click()
    expect(read.page.get_by_role("button", name="Copied")).to_be_visible()
    assert re.fullmatch(
        re.escape(f"{read.address}?type=clash&rev=") + r"\d+", read.page.evaluate("navigator.clipboard.readText()")
    )


def test_urdu_runs_right_to_left_and_the_map_does_not(read: Reader) -> None:
    read.open("lang=ur")
    expect(read.page.locator("html")).to_have_attribute("lang", "ur")
    assert read.box(".part-cards")["x"] < read.box("iframe[title*=folium]")["x"] < read.box(".part-facets")["x"]
    assert read.page.locator("iframe[title*=folium]").evaluate("(frame) => getComputedStyle(frame).direction") == "ltr"
    read.page.get_by_role("button", name="English").click()
    read.expect_query("")
    expect(read.page.locator("html")).to_have_attribute("lang", "en")


def test_dark_follows_the_readers_system(browser: Browser, address: str) -> None:
    for reader in open_reader(browser, address, viewport=LAPTOP, color_scheme="dark"):
        reader.open()
        paper = reader.page.locator(".stApp").evaluate("(app) => getComputedStyle(app).backgroundColor")
        assert paper == "rgb(21, 23, 26)"
        assert reader.page.evaluate(f"{LAYER}.command.theme") == "dark"
        reader.page.emulate_media(color_scheme="light")
        reader.page.wait_for_function(f"() => {LAYER}.command.theme === 'light'")


def test_a_phone_shows_the_map_first_and_never_scrolls_sideways(read_on_phone: Reader) -> None:
    read = read_on_phone.open()
    assert read.box("iframe[title*=folium]")["y"] < read.box(".incident-time")["y"] < read.box(".part-cards")["y"]
    assert read.page.evaluate("document.querySelector('.stMain').scrollWidth") <= PHONE["width"]
    expect(read.page.locator(".part-facets").first).not_to_be_visible()
    read.page.get_by_role("button", name="Filters").tap()
    read.page.get_by_role("checkbox", name=re.compile("Bombing")).tap()
    read.page.get_by_role("button", name="Show incidents").tap()
    expect(read.page.locator(".part-facets").first).not_to_be_visible()
    expect(read.page.locator(".card h3")).to_have_text(["Bombing in Peshawar"])


def test_every_target_on_a_phone_is_large_enough(read_on_phone: Reader) -> None:
    read = read_on_phone.open()
    read.page.get_by_role("button", name="Filters").tap()
    rows = read.page.locator(".facet:visible")
    heights = rows.evaluate_all("(rows) => rows.map((row) => row.getBoundingClientRect().height)")
    assert min(heights) >= 44


def test_the_view_of_a_link_stays_while_the_window_changes(read: Reader) -> None:
    read.open("view=33.5,69.5,7.5").expect_marks(6)
    for width, height in ((1000, 700), (1300, 960), (1440, 900)):
        read.page.set_viewport_size({"width": width, "height": height})
        read.page.wait_for_timeout(300)
        lat, lon, zoom = read.page.evaluate(f"{LAYER}.reader.view()")
        assert (lat, lon, zoom) == (pytest.approx(33.5, abs=0.01), pytest.approx(69.5, abs=0.01), 7.5)
