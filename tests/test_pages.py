"""The pages without a browser: what a link asks for is shown, what the reader chooses is in the link."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from packets import read_packet
from page_world import ARTICLE, HOSTILE, INCIDENTS, NOTE, NOW, TEXT, fill_store
from streamlit.testing.v1 import AppTest

from geo.articles import make_article
from geo.decisions import merge_incidents
from geo.filters import write_link
from geo.model import Actor, Claim, Span
from geo.settings import PACKAGE_FOLDER, app_file, data_folder
from geo.store import open_store
from geo.ui import start
from geo.ui.article import cut_text
from geo.ui.facets import choose
from geo.ui.shared import open_shared
from geo.wording.figures import bar_of, write_figure, write_plain_figure
from geo.wording.papers import gather_papers, source_of
from geo.wording.words import LANGUAGES, Words

SCRIPT = PACKAGE_FOLDER / "ui" / "dashboard.py"
OpenPage = Callable[..., AppTest]


@pytest.fixture
def store_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the store of the page lies."""
    path = tmp_path / "incidents.sqlite"
    monkeypatch.setenv("BORDER_INCIDENTS_STORE", str(path))
    open_shared.cache_clear()
    yield path
    open_shared.cache_clear()


@pytest.fixture
def open_page(store_path: Path) -> OpenPage:
    """Opens the page at a link, over the six incidents."""
    fill_store(store_path).close()

    def open_(**query: str) -> AppTest:
        page = AppTest.from_file(str(SCRIPT), default_timeout=60)
        for key, value in query.items():
            page.query_params[key] = value
        page.run()
        assert not page.exception
        return page

    return open_


def link_of(page: AppTest) -> str:
    """The link of the page as it stands."""
    return write_link(page.session_state["link"])


def titles(page: AppTest) -> list[str]:
    """Headings of the list."""
    return [card["t"] for card in read_packet(page)["cards"]["cards"]]


@pytest.mark.parametrize(
    "column", ["date", "mark", "incident", "place", "precision", "distance", "killed", "claims", "sources"]
)
@pytest.mark.parametrize("down", [True, False])
def test_the_table_sorts_by_every_column(column: str, down: bool, open_page: OpenPage) -> None:
    page = open_page(tab="table")
    page.session_state["table_sort"], page.session_state["table_down"] = column, down
    page.run()
    assert not page.exception
    assert len(read_packet(page)["table"]["rows"]) == 6


def test_sources_that_repeat_a_text_are_counted_apart_and_named_so(open_page: OpenPage, store_path: Path) -> None:
    with open_store(store_path).change(time=NOW) as change:
        change.show(replace(INCIDENTS[1], articles=(ARTICLE.id, NOTE.id), copied=(NOTE.id,)), reason="also told")
    page = open_page(incident="bomb")
    opened = read_packet(page)["incident"]
    assert [source["copy"] for source in opened["sources"]] == ["", "", "repeats another report"]
    counts = {card["id"]: card["n"] for card in read_packet(open_page())["cards"]["cards"]}
    assert (counts["bomb"], counts["clash"]) == ("2 independent sources, 1 copy", "2 sources")
    table = open_page(tab="table")
    table.session_state["table_sort"] = "sources"
    rows = {row["id"]: row["m"] for row in read_packet(table.run())["table"]["rows"]}
    assert (rows["bomb"], rows["clash"]) == (2, 2)
    assert list(rows.values()) == sorted(rows.values(), reverse=True)


def test_a_report_that_names_no_outlet_is_a_source_by_its_site_or_by_itself() -> None:
    told = [
        make_article("Four died.", url="https://www.gazette.example/1"),
        make_article("Five died.", url="https://gazette.example/2"),
        make_article("Six died.", url="http://[broken"),
        make_article("Seven died."),
    ]
    papers = gather_papers(told, 1)
    assert papers.outlets == 3
    assert papers.count_sources(replace(INCIDENTS[1], articles=tuple(a.id for a in told), copied=()), ()) == (3, 0)
    assert [source_of(article, Words("en")) for article in told] == ["gazette.example", "gazette.example", "", ""]


def test_a_link_to_an_incident_that_was_merged_opens_the_one_kept(open_page: OpenPage, store_path: Path) -> None:
    merge_incidents(open_store(store_path), "bomb", "strike", who="Editor", time=NOW)
    assert read_packet(open_page(incident="strike"))["incident"]["title"] == "Bombing in Peshawar"
    assert len(titles(open_page())) == 5


def test_a_link_to_an_incident_that_was_withdrawn_says_when_and_why(
    store_path: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(store_path).change(who="Editor", time=NOW) as change:
        change.show(replace(INCIDENTS[1], status="published"), reason="published")
        change.amend(replace(INCIDENTS[1], status="withdrawn"), reason="rejected", public="it was a gas leak")
    monkeypatch.setenv("BORDER_INCIDENTS_SHOW", "published")
    (notice,) = read_packet(open_page(incident=INCIDENTS[1].id))["head"]["notices"]
    assert notice.startswith("The incident in this link was withdrawn on") and notice.endswith("it was a gas leak")
    (unknown,) = read_packet(open_page(incident="nothing"))["head"]["notices"]
    assert unknown.endswith("is not in this store.")


def test_an_empty_link_shows_everything_and_stays_empty(open_page: OpenPage) -> None:
    page = open_page()
    assert len(titles(page)) == 6
    assert link_of(page) == ""
    assert read_packet(page)["head"]["title"].startswith("Border incidents")


def test_a_link_restores_dates_provinces_types_and_the_open_incident(open_page: OpenPage) -> None:
    page = open_page(
        **{"from": "2025-10-01", "to": "2025-10-31", "province": "AF-KHO", "type": "clash", "incident": "clash"}
    )
    assert page.slider(key="dates").value == (date(2025, 10, 1), date(2025, 10, 31))
    types, provinces = read_packet(page)["facets"]["sections"]
    assert [row[0] for row in types["groups"][0]["rows"] if row[3]] == ["clash"]
    assert [row[0] for group in provinces["groups"] for row in group["rows"] if row[3]] == ["AF-KHO"]
    assert read_packet(page)["incident"]["title"] == "Clash in Khost"
    assert link_of(page) == "from=2025-10-01&to=2025-10-31&province=AF-KHO&type=clash&incident=clash"


def test_a_bad_link_opens_and_says_what_was_ignored(open_page: OpenPage) -> None:
    page = open_page(**{"from": "yesterday", "province": "XX-1", "type": "bombing"})
    (notice,) = read_packet(page)["head"]["notices"]
    assert "yesterday" in notice
    assert "XX-1" in notice
    assert titles(page) == ["Bombing in Peshawar"]


def test_a_link_made_before_a_change_says_how_much_has_changed(open_page: OpenPage) -> None:
    head = read_packet(open_page(rev="1"))["head"]
    assert (head["since"], head["turn"]) == ("6 incidents are new.", "Show the data as of then")
    assert "since" not in read_packet(open_page(rev="999"))["head"]


def test_a_link_opens_the_data_as_of_then_and_goes_back_to_todays(open_page: OpenPage, store_path: Path) -> None:
    with closing(open_store(store_path)) as store:
        revision = store.data_revision()
        with store.change(time=NOW) as change:
            change.show(replace(INCIDENTS[0], title="Told otherwise"), reason="read again")
            change.show(replace(INCIDENTS[1], id="new", title="New"), reason="new")
    page = open_page(rev=str(revision))
    told = read_packet(page)
    said = "1 incident has changed since this link was made. 1 incident is new."
    assert told["head"]["since"] == said
    assert told["cards"]["count"] == "7 incidents"
    page.session_state["link"] = replace(page.session_state["link"], rev=None, asof=revision)
    then = read_packet(page.run())
    assert then["head"]["since"] == f"This is the data as it was on 20 November 2025. {said}"
    assert (then["head"]["turn"], then["head"]["past"]) == ("Show today’s data", True)
    assert then["cards"]["count"] == "6 incidents"
    assert then["map"]["rev"].startswith(f"{revision}p")
    assert "Told otherwise" not in {card["t"] for card in then["cards"]["cards"]}
    assert link_of(page) == f"asof={revision}"
    opened = read_packet(open_page(asof=str(revision), incident=INCIDENTS[0].id))["incident"]
    assert opened["title"] != "Told otherwise"


def test_the_slider_changes_the_link_and_everything_in_step(open_page: OpenPage) -> None:
    page = open_page()
    page.slider(key="dates").set_value((date(2025, 11, 1), date(2025, 11, 30))).run()
    assert link_of(page) == "from=2025-11-01&to=2025-11-30"
    assert read_packet(page)["cards"]["count"] == "3 incidents"
    assert read_packet(page)["map"]["from"] == (date(2025, 11, 1) - date(1970, 1, 1)).days
    assert "**3 incidents** in November 2025" in read_packet(page)["head"]["summary"]


def test_presets_count_back_from_the_newest_incident(open_page: OpenPage) -> None:
    page = open_page()
    page.segmented_control(key="preset").set_value("week").run()
    assert link_of(page) == "from=2025-11-04&to=2025-11-10"
    page.segmented_control(key="preset").set_value("all").run()
    assert link_of(page) == ""


def test_search_and_distance_are_in_the_link(open_page: OpenPage) -> None:
    page = open_page()
    page.text_input(key="search").set_value("Peshawar").run()
    page.select_slider(key="distance").set_value("50").run()
    assert link_of(page) == "border_km=50&q=Peshawar"


def test_nothing_found_is_no_proof_and_shows_a_way_out(open_page: OpenPage) -> None:
    empty = read_packet(open_page(type="shelling", province="AF-KHO"))["cards"]["empty"]
    assert "not proof" in empty["text"]
    assert [way[0] for way in empty["ways"]] == ["province", "type", "all"]


def test_words_that_nothing_holds_are_named_as_they_were_asked_for(open_page: OpenPage) -> None:
    empty = read_packet(open_page(q="<b>xyzzy</b>"))["cards"]["empty"]
    assert "with the words “<b>xyzzy</b>”" in empty["text"]
    assert empty["ways"][0][:2] == ["q", "Without “<b>xyzzy</b>”"]


def test_a_fault_of_ours_is_told_in_a_sentence_and_logged_in_full(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a secret of the machine")

    monkeypatch.setattr("geo.ui.page.head_slot", fail)
    (told,) = [error.value for error in open_page().error]
    assert "could not be drawn" in told
    assert "secret" not in told
    (mark,) = re.findall(r"\b[0-9a-f]{6}\b", told)
    assert mark in caplog.text
    assert "a secret of the machine" in caplog.text


def test_rival_claims_stand_side_by_side_with_their_sentences(open_page: OpenPage) -> None:
    opened = read_packet(open_page(incident="clash"))["incident"]
    assert [party["name"] for party in opened["parties"]] == [
        "Taliban government says",
        "Pakistan's government and army says",
    ]
    (row,) = opened["rows"]
    (twelve,), (three,) = row["cells"]
    assert (twelve["before"], twelve["figure"], three["figure"]) == ("at least", "12", "3")
    assert twelve["quote"] == "Taliban officials said at least 12 people were killed."
    assert "our wording" in twelve["notes"]


def test_an_unreviewed_incident_says_so_on_its_card_and_when_opened(open_page: OpenPage) -> None:
    page = open_page(incident="clash")
    assert "read by machine, not checked" in read_packet(page)["incident"]["labels"]
    cards = read_packet(open_page())["cards"]["cards"]
    assert all(card["s"].endswith("read by machine, not checked") for card in cards)


def test_only_web_addresses_become_links(open_page: OpenPage) -> None:
    sources = read_packet(open_page(incident="clash"))["incident"]["sources"]
    assert [source["url"] for source in sources] == ["https://gazette.example/1", None]


def test_a_report_is_shown_whole_with_its_names_marked(open_page: OpenPage) -> None:
    page = open_page(tab=f"article:{ARTICLE.id}", incident="clash")
    article = read_packet(page)["article"]
    (paragraph,) = article["text"]
    pieces = [piece if isinstance(piece, str) else piece[0] for piece in paragraph]
    assert "".join(pieces) == TEXT.replace("\u202e", "")
    names = [piece for piece in paragraph if not isinstance(piece, str) and piece[1] >= 0]
    roles = [(text, article["cards"][card]["role"]) for text, card, _ in names]
    assert roles == [("Khost", "event"), ("tick", "mention"), ("Peshawar", "event")]
    assert article["labels"] == ["our wording"]
    assert "incident" not in read_packet(page)
    assert link_of(page) == f"incident=clash&tab=article:{ARTICLE.id}"


def test_a_card_says_what_a_name_was_taken_for_and_what_else_it_may_be(open_page: OpenPage) -> None:
    khost, tick, _ = read_packet(open_page(tab=f"article:{ARTICLE.id}"))["article"]["cards"]
    assert (khost["taken"], khost["where"], khost["sure"]) == ("**Khost**, the town", "Khost, Afghanistan", "93 % sure")
    assert khost["rivals"] == [["adm1:AF-KHO", "Khost", "the province, Afghanistan", "50 %"]]
    assert tick["open"]


def test_a_report_that_is_not_there_is_named_and_the_page_opens(open_page: OpenPage) -> None:
    page = open_page(tab="article:nothing")
    assert "article:nothing" in read_packet(page)["head"]["notices"][0]
    assert "cards" in read_packet(page)


def test_an_incident_leads_to_the_reports_it_was_read_from(open_page: OpenPage) -> None:
    (report,) = read_packet(open_page(incident="clash"))["incident"]["articles"]
    assert report[0] == ARTICLE.id


def test_names_dates_and_figures_are_cut_where_they_begin_and_end() -> None:
    spans = [Span(start=0, end=5), Span(start=5, end=8)]
    cut = cut_text(
        "Khostvia 12 dead\n\n on\nMonday",
        [(spans[0], 0), (spans[1], 1)],
        [Span(start=22, end=28)],
        [Span(start=4, end=16)],
    )
    assert cut == [[("Khost", 0, ""), ("via", 1, "f"), (" 12 dead", -1, "f")], [" on\n", ("Monday", -1, "d")]]


def test_what_a_careful_reader_should_know_is_one_line_in_the_readers_language(open_page: OpenPage) -> None:
    assert read_packet(open_page(incident="clash"))["incident"]["flags"] == "One party denies it."
    assert read_packet(open_page(incident="clash", lang="ur"))["incident"]["flags"] == Words("ur")("flag.denied")
    assert read_packet(open_page(incident="bomb"))["incident"]["flags"] == ""


def more_filters(page: AppTest) -> dict[str, Any]:
    """Sections behind "More filters", by field of the filter."""
    sections = read_packet(page)["more_facets"]["further"]["sections"]
    return {section["key"]: section for section in sections}


def test_who_says_so_is_folded_and_what_is_seldom_needed_is_behind_one_button(open_page: OpenPage) -> None:
    facets = read_packet(open_page())["more_facets"]
    assert [(section["key"], section.get("folded")) for section in facets["sections"]] == [
        ("precisions", None), ("claimants", True),
    ]  # fmt: skip
    assert facets["further"]["title"] == "More filters"
    assert facets["further"]["note"] == ""
    assert [(section["key"], section["folded"]) for section in facets["further"]["sections"]] == [
        ("countries", True), ("sides", True), ("killed", True), ("wounded", True), ("located_km", True),
        ("languages", True), ("sources", True), ("statuses", True),
    ]  # fmt: skip


def test_a_section_is_open_while_something_in_it_is_chosen(open_page: OpenPage) -> None:
    page = open_page(source="border gazette", killed="3", within_km="border:torkham,25")
    further, sections = read_packet(page)["more_facets"]["further"], more_filters(page)
    assert further["note"] == "3 in use"
    assert [key for key, section in sections.items() if not section["folded"]] == ["killed", "within", "sources"]
    assert sections["within"]["groups"][0]["rows"] == [["border:torkham", "within 25 km of Torkham", 0, 1]]
    assert sections["killed"]["any"] == "at least 3"
    assert [row[0] for row in sections["killed"]["groups"][0]["rows"]] == ["", "1", "3", "5", "10", "25", "50", "100"]


def test_a_choice_is_shown_once_however_the_link_spells_it(open_page: OpenPage) -> None:
    rows = more_filters(open_page(source="border gazette"))["sources"]["groups"][0]["rows"]
    assert [row for row in rows if row[0].lower() == "border gazette"] == [["border gazette", "border gazette", 6, 1]]


def test_every_choice_has_the_count_that_it_leaves(open_page: OpenPage) -> None:
    page = open_page()
    sections = more_filters(page)
    assert sections["statuses"]["groups"][0]["rows"] == [["draft", "read by machine, not checked", 6, 0]]
    assert sections["countries"]["groups"][0]["rows"] == [["PK", "Pakistan", 4, 0], ["AF", "Afghanistan", 2, 0]]
    assert sections["languages"]["groups"][0]["rows"] == [["en", "English", 6, 0]]
    killed = sections["killed"]["groups"][0]["rows"]
    assert killed[:2] == [["", "Any", 6, 1], ["1", "at least 1", 1, 0]]
    assert "lowest claim" in sections["killed"]["hint"]
    assert read_packet(page)["distance_scale"]["counts"] == ["0", "0", "4", "4", "6"]


@pytest.mark.parametrize(
    ("field", "value", "link"),
    [
        ("killed", "10", "killed=10"), ("wounded", "1", "wounded=1"), ("located_km", "25", "located_km=25"),
        ("languages", "en", "language=en"), ("countries", "AF", "country=AF"), ("killed", "", ""),
    ],
)  # fmt: skip
def test_what_is_chosen_behind_more_filters_is_in_the_link(
    field: str, value: str, link: str, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page()
    monkeypatch.setattr("streamlit.session_state", page.session_state)
    choose(field, value)
    assert link_of(page) == link


def test_a_name_is_looked_for_among_many(open_page: OpenPage, store_path: Path) -> None:
    actors = [Actor(name=f"Group {n}", kind="armed group") for n in range(60)]
    with open_store(store_path).change(time=NOW) as change:
        change.show(
            replace(INCIDENTS[1], actors=(*actors, Actor(name="د سپېرې ډله", kind="armed group"))), reason="who"
        )
    page = open_page()
    section = more_filters(page)["actors"]
    assert (section["any"], section["find"], len(section["groups"][0]["rows"])) == ("any of 61", "Find a name", 40)
    for sought, names in (("group 59", ["Group 59"]), ("سپيرې", ["د سپېرې ډله"]), ("nobody", [])):
        page.session_state["kept"] = {"sought.actors": sought}
        rows = more_filters(page.run())["actors"]["groups"][0]["rows"]
        assert [row[1] for row in rows] == names


def test_clearing_all_filters_is_said_to_show_no_more_than_it_does(open_page: OpenPage, store_path: Path) -> None:
    with open_store(store_path).change(time=NOW) as change:
        change.show(replace(INCIDENTS[1], status="withdrawn"), reason="wrong")
    assert read_packet(open_page(killed="50"))["cards"]["empty"]["ways"][-1] == [
        "all",
        "Clear all filters",
        "5 incidents",
    ]


def test_a_limit_that_leaves_nothing_is_named_with_what_is_there_without_it(open_page: OpenPage) -> None:
    empty = read_packet(open_page(killed="50", located_km="10", language="ps"))["cards"]["empty"]
    assert empty["ways"] == [
        ["language", "Without: Language of the report", "0"],
        ["killed", "Without: Number killed, at least 50", "0"],
        ["located_km", "Without: How close the place is known, within 10 km", "0"],
        ["all", "Clear all filters", "6 incidents"],
    ]


def test_the_table_holds_what_the_map_cannot_draw(open_page: OpenPage) -> None:
    table = read_packet(open_page(tab="table"))["table"]
    assert [row["id"] for row in table["rows"]][-1] == "talks"
    assert next(row for row in table["rows"] if row["id"] == "clash")["k"] == "3 to 12+"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tab", ["map", "table", "claims", "methodology"])
def test_every_tab_speaks_every_language(open_page: OpenPage, language: str, tab: str) -> None:
    page = open_page(lang=language, tab=tab, incident="clash")
    assert read_packet(page)["session"]["lang"] == language
    assert read_packet(page)["session"]["rtl"] == (language != "en")


def test_hostile_text_is_only_ever_data(open_page: OpenPage) -> None:
    page = open_page()
    assert HOSTILE.replace("\u202e", "") in titles(page)
    assert "49" not in str(page.markdown)


def test_an_empty_store_is_filled_with_the_samples_once(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = sorted((data_folder() / "articles").glob("2025-10-1*.md"))[:2]
    monkeypatch.setattr("geo.samples.list_samples", lambda: files)
    monkeypatch.setattr("geo.ui.start.list_samples", lambda: files)
    monkeypatch.setattr(start, "_FIRST", start._FirstReading())
    first, second = (AppTest.from_file(str(SCRIPT), default_timeout=60).run() for _ in range(2))
    assert not first.exception
    assert titles(first) == titles(second)
    assert titles(first)
    assert "sample reports" in read_packet(first)["head"]["samples"]


def test_a_store_opened_for_reading_is_not_filled(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_store(store_path).close()
    monkeypatch.setenv("BORDER_INCIDENTS_READ_ONLY", "1")
    page = AppTest.from_file(str(SCRIPT), default_timeout=60).run()
    assert len(titles(page)) == 6


def test_streamlit_keeps_quiet_about_its_readers_and_its_insides() -> None:
    config = tomllib.loads((app_file().parent / ".streamlit" / "config.toml").read_text(encoding="utf8"))
    assert config["browser"] == {"gatherUsageStats": False, "serverAddress": "localhost"}
    assert config["client"]["showErrorDetails"] == "none"
    assert config["server"]["maxUploadSize"] == 20
    assert config["runner"]["postScriptGC"] is False


def test_no_page_lets_text_become_markup() -> None:
    code = "".join(path.read_text(encoding="utf8") for path in (PACKAGE_FOLDER / "ui").glob("*.py"))
    scripts = "".join(path.read_text(encoding="utf8") for path in (PACKAGE_FOLDER / "web" / "page").glob("*.js"))
    assert "unsafe_allow" not in code
    assert not [word for word in ("innerHTML", "insertAdjacentHTML", "document.write", "eval(") if word in scripts]


@pytest.mark.parametrize(
    ("fields", "figure", "plain"),
    [
        ({"low": 58, "best": 58, "high": 58}, "58", ("58", "", "")),
        ({"low": 12, "best": 12, "qualifier": "at least"}, "12+", ("12", "at least", "")),
        ({"low": 200, "best": 200, "qualifier": "more than"}, "200+", ("200", "more than", "")),
        ({"low": 15, "high": 20, "qualifier": "range"}, "15–20", ("15–20", "", "")),
        ({"low": 50, "best": 50, "high": 50, "qualifier": "about"}, "50", ("50", "about", "")),
        ({"qualifier": "dozens"}, "dozens", ("dozens", "", "")),
        ({}, "–", ("–", "", "")),
    ],
)
def test_a_figure_keeps_the_word_that_bends_it(
    fields: dict[str, Any], figure: str, plain: tuple[str, str, str]
) -> None:
    claim = Claim(metric="killed", subject="", span=Span(start=0, end=1), **fields)
    assert write_figure(claim, Words("en")) == figure
    assert write_plain_figure(claim, Words("en")) == plain


def test_urdu_bends_a_figure_after_it() -> None:
    claim = Claim(metric="killed", subject="", span=Span(start=0, end=1), low=200, best=200, qualifier="more than")
    _, before, after = write_plain_figure(claim, Words("ur"))
    assert (before, after) == ("", "سے زائد")


def test_an_open_figure_has_an_open_bar() -> None:
    claim = Claim(metric="killed", subject="", span=Span(start=0, end=1), low=200, best=200)
    assert bar_of(claim, 400) == (0.5, 0.5, 1)


@pytest.mark.parametrize(
    ("start_day", "end_day", "period"),
    [
        (date(2025, 10, 1), date(2025, 10, 31), "October 2025"),
        (date(2025, 1, 1), date(2025, 12, 31), "2025"),
        (date(2021, 7, 1), date(2025, 11, 30), "July 2021 to November 2025"),
        (date(2025, 10, 11), date(2025, 10, 12), "11–12 October 2025"),
        (date(2025, 9, 30), date(2025, 10, 2), "30 September – 2 October 2025"),
        (date(2024, 12, 31), date(2025, 1, 1), "31 December 2024 – 1 January 2025"),
        (date(2025, 10, 15), date(2025, 10, 15), "15 October 2025"),
    ],
)
def test_a_period_says_nothing_twice(start_day: date, end_day: date, period: str) -> None:
    assert Words("en").period(start_day, end_day) == period
