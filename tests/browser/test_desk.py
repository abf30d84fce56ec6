"""The desk in a real browser: by keys alone, by two people at once, in every direction, and by a hostile viewer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from page_reader import LAPTOP, PHONE
from page_world import HOSTILE, fill_store
from playwright.sync_api import Browser, Locator, Page, expect
from test_accessibility import COLOURS, find_violations

from geo.articles import make_article
from geo.pipeline import add_article, load_tools
from geo.store import Store, open_store

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from desk.world import EDITOR, PASSWORD, PUBLISHER, VIEWER, fill_people, serve_desk

pytestmark = pytest.mark.browser

TABLET = {"width": 1024, "height": 768}
NOW = datetime(2025, 11, 20, tzinfo=UTC)
QUETTA = "A suicide bomber killed seven people at a market in Quetta on Monday, police said."
QUETTA_AGAIN = "A suicide bomber killed nine people at a market in Quetta on Monday, doctors said."
STRIKES = "Air strikes hit Kunar province on Friday."
SHELLS = "Shells killed two people in Kunar province on Friday, officials in Asadabad said."


@dataclass
class Editor:
    """Somebody at the desk, and what their browser complained of."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def open(self, query: str) -> None:
        self.page.goto(f"{self.page.url.split('/?')[0].rstrip('/')}/?{query}")
        self.page.locator(".desk-head").wait_for()

    @property
    def title(self) -> Locator:
        return self.page.locator(".item-title")

    @property
    def said(self) -> Locator:
        return self.page.locator(".desk-said")


def fill(folder: Path) -> Store:
    """The six made-up incidents, one told by two reports, and two of one day and province; and three people."""
    fill_store(folder / "incidents.sqlite").close()
    fill_people(folder / "people.json")
    store = open_store(folder / "incidents.sqlite")
    for outlet, text in enumerate((QUETTA, QUETTA_AGAIN, STRIKES, SHELLS)):
        url, title = f"https://{outlet}.example/1", f"Report {outlet}"
        article = make_article(text, title=title, url=url, published=date(2025, 10, 15), language="en")
        add_article(store, article, load_tools("AF-PK"), time=NOW)
    return store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store of this test's own."""
    store = fill(tmp_path)
    yield store
    store.close()


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Iterator[str]:
    """A desk over that store, where two people sign off."""
    with serve_desk(tmp_path, BORDER_INCIDENTS_SIGN_OFF="2") as address:
        yield address


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A desk at which nothing is changed."""
    folder = tmp_path_factory.mktemp("still")
    fill(folder).close()
    with serve_desk(folder) as address:
        yield address


@contextmanager
def sit_down(browser: Browser, desk: str, name: str, **device: Any) -> Iterator[Editor]:
    """Sign in by the form, without a mouse."""
    context = browser.new_context(**{"viewport": LAPTOP, **device})
    editor = Editor(context.new_page())
    editor.page.on("pageerror", lambda error: editor.faults.append(str(error)))
    editor.page.on("console", lambda told: told.type == "error" and editor.faults.append(told.text))
    editor.page.goto(desk)
    expect(editor.page.locator("#name")).to_be_focused()
    editor.page.keyboard.type(name)
    editor.press("Tab")
    editor.page.keyboard.type(PASSWORD)
    editor.press("Enter")
    editor.title.wait_for()
    yield editor
    context.close()


def find(store: Store, place: str, kind: str) -> str:
    """Id of the shown incident of a place and sub-type."""
    return next(
        one.id
        for one in store.load_incidents()
        if one.sub_event_type == kind and any(spot.place and spot.place.name == place for spot in one.places)
    )


def status(store: Store, id_: str) -> str:
    (found,) = store.load_incidents([id_])
    return found.status


def test_an_editor_reviews_by_keys_alone(browser: Browser, desk: str, store: Store) -> None:
    with sit_down(browser, desk, EDITOR) as editor:
        editor.open("incident=clash")
        expect(editor.title).to_have_text("Clash in Khost")
        first = editor.page.locator(".queue-title").first.inner_text()
        editor.press("a")
        expect(editor.said).to_contain_text("Accepted: Clash in Khost")
        assert status(store, "clash") == "reviewed"
        expect(editor.title).not_to_have_text("Clash in Khost")
        editor.press("u")
        expect(editor.said).to_contain_text("Undone: Clash in Khost")
        expect(editor.title).to_have_text("Clash in Khost")
        assert status(store, "clash") == "draft"
        editor.press("b")
        expect(editor.said).to_contain_text("Marked")
        editor.open("incident=clash")
        expect(editor.page.locator(".item-top")).to_contain_text("earlier event, recalled")
        editor.press("r")
        expect(editor.page.locator("textarea")).to_be_focused()
        editor.page.keyboard.type("a join of two accounts")
        assert editor.page.locator("textarea").input_value() == "a join of two accounts"
        editor.press("Tab", "Enter")
        expect(editor.said).to_contain_text("Rejected")
        assert status(store, "clash") == "withdrawn"
        assert "a join of two accounts" in store.revisions("incident:clash")[-1].reason
        editor.press("k", "j")
        assert first and not editor.faults


def test_two_people_sign_off(browser: Browser, desk: str, store: Store) -> None:
    with sit_down(browser, desk, PUBLISHER) as first:
        first.open("incident=clash")
        first.press("a")
        expect(first.said).to_contain_text("Accepted")
        first.open("incident=clash")
        first.press("p")
        expect(first.page.locator(".bar-told")).to_have_text("You checked it last; somebody else must publish it.")
        expect(first.page.locator(".item-sign")).to_contain_text("Somebody else must publish it.")
    with sit_down(browser, desk, EDITOR) as editor:
        editor.open("incident=clash")
        editor.press("e")
        editor.page.get_by_label("Heading").fill("Clash near Khost")
        editor.press("Enter")
        expect(editor.said).to_contain_text("Saved")
        expect(editor.page.locator(".item-form")).to_be_hidden()
    with sit_down(browser, desk, PUBLISHER) as second:
        second.open("incident=clash")
        expect(second.page.locator(".item-sign")).to_contain_text("You may be the second to sign off.")
        second.press("p")
        expect(second.said).to_contain_text("Published")
    assert status(store, "clash") == "published"


def test_a_published_incident_is_corrected_with_a_reason(browser: Browser, desk: str, store: Store) -> None:
    (clash,) = store.load_incidents(["clash"])
    with store.change(who="Nargis", time=NOW) as change:
        change.show(replace(clash, status="published", version=clash.version + 1), reason="published")
    with sit_down(browser, desk, PUBLISHER) as editor:
        editor.open("incident=clash")
        expect(editor.page.locator(".act-edit")).to_contain_text("Correct")
        editor.press("e")
        editor.page.get_by_label("Heading").fill("Clash in the town of Khost")
        editor.press("Enter")
        expect(editor.said).to_contain_text("Not done.")
        assert editor.page.get_by_label("Heading").input_value() == "Clash in the town of Khost"
        editor.page.locator(".item-edit").get_by_label("Reason").fill("the police named the town")
        editor.press("Enter")
        expect(editor.said).to_contain_text("Saved")
        editor.open("page=corrections")
        expect(editor.page.locator(".desk-reason")).to_have_text("the police named the town")
        assert not editor.faults
    assert [one.reason for one in store.corrections()] == ["the police named the town"]


def test_a_form_changes_places_days_and_claims(browser: Browser, desk: str, store: Store) -> None:
    with sit_down(browser, desk, EDITOR) as editor:
        page = editor.page
        editor.open("incident=clash")
        editor.press("e")
        page.get_by_label("First day").fill("2025-10-14")
        page.get_by_label("Last day").fill("2025-10-14")
        page.get_by_label("Another place by name").fill("Torkham")
        editor.press("Enter")
        page.get_by_role("button", name="Take this one: Torkham").first.click()
        page.get_by_label("How sure").select_option("near")
        page.get_by_label("Radius, km").fill("7")
        page.get_by_role("group", name="Claim 2").get_by_label("Said").fill("4")
        page.get_by_role("group", name="Claim 2").get_by_label("Highest").fill("4")
        page.get_by_role("button", name="Save").click()
        expect(editor.said).to_contain_text("Saved")
        assert not editor.faults
    (found,) = store.load_incidents(["clash"])
    (place,) = found.places
    assert (found.dates.start, place.precision, place.radius_km) == (date(2025, 10, 14), "near", 7)
    assert place.place is not None and place.place.name == "Torkham" and place.distance_to_border_km is not None
    assert (found.claims[1].low, found.claims[1].best, found.claims[1].high) == (3, 4, 4)
    assert found.claims[0].best == 12 and {"dates", "places", "claims"} <= set(found.edited)


def test_what_is_wrong_in_a_form_is_said_and_nothing_typed_is_lost(browser: Browser, desk: str, store: Store) -> None:
    with sit_down(browser, desk, EDITOR) as editor:
        editor.open("incident=clash")
        editor.press("e")
        editor.press("Enter")
        expect(editor.page.locator(".item-edit > .bar-told")).to_have_text("Nothing was changed.")
        editor.page.get_by_label("Last day").fill("2025-10-01")
        editor.page.get_by_role("button", name="Save").click()
        expect(editor.said).to_contain_text("The last day, 2025-10-01, lies before the first.")
        assert editor.page.get_by_label("Last day").input_value() == "2025-10-01"
    assert status(store, "clash") == "draft"


def test_words_of_the_report_become_a_claim_and_names_are_withheld(browser: Browser, desk: str, store: Store) -> None:
    id_ = find(store, "Kunar", "Air/drone strike")
    with sit_down(browser, desk, EDITOR) as editor:
        page = editor.page
        editor.open(f"incident={id_}")
        editor.press("e")
        page.get_by_role("button", name="Add a claim").click()
        page.get_by_label("Words of the report that say it").fill("words of nowhere")
        page.get_by_role("button", name="Save").click()
        expect(page.locator(".item-edit > .bar-told")).to_contain_text("do not stand in the report")
        page.get_by_label("Words of the report that say it").fill("air strikes hit")
        page.get_by_label("Lowest").fill("1")
        page.get_by_role("button", name="Save").click()
        expect(editor.said).to_contain_text("Saved")
        select(page, "Friday")
        page.get_by_role("button", name="Withhold this name").click()
        expect(page.locator(".says-withheld", has_text="Friday")).to_be_visible()
        assert not editor.faults
    (found,) = store.load_incidents([id_])
    claim = found.claims[-1]
    (article,) = store.load_articles([claim.article_id])
    assert article.text[claim.span.start : claim.span.end] == "Air strikes hit" and claim.low == 1
    (name,) = store.withheld_in(article.id)
    assert article.text[name.start : name.end] == "Friday"


def select(page: Page, words: str) -> None:
    """Select words in the report, as a mouse would."""
    page.locator(".report-text").evaluate(
        """(text, words) => {
          const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.textContent.indexOf(words);
            if (at < 0) continue;
            getSelection().setBaseAndExtent(node, at, node, at + words.length);
            return;
          }
        }""",
        words,
    )
    page.locator(".pick").wait_for()


def test_incidents_are_merged_and_told_apart(browser: Browser, desk: str, store: Store) -> None:
    strike, shelling = (
        find(store, "Kunar", "Air/drone strike"),
        find(store, "Kunar", "Shelling/artillery/missile attack"),
    )
    bombing = find(store, "Quetta", "Suicide bomb")
    with sit_down(browser, desk, EDITOR) as editor:
        editor.open(f"incident={strike}")
        editor.press("m", "Space", "Tab")
        editor.page.keyboard.type("the same night")
        editor.press("Enter")
        expect(editor.said).to_contain_text("Merged")
        assert status(store, shelling) == "withdrawn"
        editor.open(f"incident={bombing}")
        expect(editor.page.locator(".report-tabs button")).to_have_count(2)
        editor.press("s")
        editor.page.get_by_role("radio").last.check()
        editor.page.get_by_role("button", name="Split it off").click()
        expect(editor.said).to_contain_text("Split off")
        assert not editor.faults
    kept, told = store.load_incidents([strike, bombing])
    assert len(kept.articles) == 2 and len(told.articles) == 1


def test_of_two_editors_the_later_is_told_who_was_before_and_loses_nothing(
    browser: Browser, desk: str, store: Store
) -> None:
    with sit_down(browser, desk, EDITOR) as late, sit_down(browser, desk, PUBLISHER) as early:
        for editor in (late, early):
            editor.open("incident=clash")
            editor.press("e")
            editor.page.locator(".item-edit").wait_for()
        late.page.get_by_label("Heading").fill("What the later one typed")
        early.page.get_by_label("Heading").fill("What the earlier one typed")
        early.press("Enter")
        expect(early.said).to_contain_text("Saved")
        late.page.locator(".item-edit").get_by_label("Heading").press("Enter")
        expect(late.said).to_contain_text(f"{PUBLISHER} changed this incident while you looked at it")
        expect(late.title).to_have_text("What the earlier one typed")
        expect(late.page.locator(".form-newer")).to_contain_text("Changed: heading")
        assert late.page.get_by_label("Heading").input_value() == "What the later one typed"
        late.page.get_by_role("button", name="Keep what I typed").click()
        late.page.get_by_role("button", name="Save").click()
        expect(late.said).to_contain_text("Saved")
        expect(late.title).to_have_text("What the later one typed")
        assert not late.faults and not early.faults
    assert [one.who for one in store.revisions("incident:clash")][-2:] == [PUBLISHER, EDITOR]


def test_an_open_page_shows_what_others_do(browser: Browser, desk: str, store: Store) -> None:
    with sit_down(browser, desk, EDITOR) as one, sit_down(browser, desk, PUBLISHER) as other:
        other.open("incident=clash")
        other.press("a")
        expect(other.said).to_contain_text("Accepted")
        expect(one.page.locator(".desk-news")).to_have_text(f"{PUBLISHER} changed incidents meanwhile.", timeout=20_000)


def test_claims_and_their_words_mark_each_other(browser: Browser, still: str) -> None:
    with sit_down(browser, still, EDITOR) as editor:
        page = editor.page
        editor.open("incident=clash")
        page.locator(".review-item [data-marks=c0]").first.hover()
        expect(page.locator(".report-text .lit")).to_have_text("at least 12")
        page.locator(".report-text .says-figure", has_text="three").focus()
        expect(page.locator(".review-item .claim.lit")).to_contain_text("3")
        page.locator(".item-spots li").focus()
        expect(page.locator(".report-text .lit").first).to_have_text("Khost")
        editor.press("Escape")


def test_a_place_name_is_corrected_under_the_name_of_who_is_signed_in(
    browser: Browser, desk: str, store: Store
) -> None:
    with sit_down(browser, desk, EDITOR) as editor:
        page = editor.page
        editor.open(f"incident={find(store, 'Quetta', 'Suicide bomb')}")
        page.locator(".report-text .name", has_text="Quetta").click()
        card = page.get_by_role("dialog", name="Quetta")
        expect(card.get_by_label("Your name")).to_have_count(0)
        card.locator("summary").click()
        card.get_by_role("button", name="No place is meant").click()
        expect(editor.said).to_contain_text("Quetta: corrected")
    (alias,) = store.aliases("AF-PK")
    assert (alias.who, alias.place_id) == (EDITOR, None)


def test_keys_do_nothing_while_something_is_typed_or_when_they_are_switched_off(
    browser: Browser, desk: str, store: Store
) -> None:
    before = store.data_revision()
    with sit_down(browser, desk, PUBLISHER) as editor:
        editor.open("incident=clash")
        editor.press("Control+a", "Alt+a")
        editor.press("e")
        editor.page.get_by_label("Heading").press_sequentially("abmpru?jk")
        expect(editor.title).to_have_text("Clash in Khost")
        editor.press("Escape", "Escape")
        expect(editor.page.locator(".item-form")).to_be_hidden()
        editor.press("?")
        expect(editor.page.get_by_role("dialog", name="Keys")).to_be_visible()
        editor.page.get_by_role("button", name="Use no single keys").click()
        editor.press("Escape", "a", "b")
        expect(editor.title).to_have_text("Clash in Khost")
        assert not editor.faults
    assert store.data_revision() == before


def test_a_viewer_reads_and_changes_nothing_even_with_a_page_of_their_own_making(
    browser: Browser, desk: str, store: Store
) -> None:
    before = store.data_revision()
    with sit_down(browser, desk, VIEWER) as viewer:
        page = viewer.page
        page.route("**/desk.js", _unlock)
        viewer.open("incident=clash")
        expect(viewer.title).to_have_text("Clash in Khost")
        for key in ("a", "b", "p", "u"):
            viewer.press(key)
            expect(viewer.said).to_contain_text("Not done.")
            page.locator(".desk-said button").click()
            expect(viewer.said).to_have_count(0)
        viewer.press("r")
        page.locator("textarea").fill("because")
        page.locator(".panel .desk-press").click()
        expect(viewer.said).to_contain_text(f"{VIEWER} is signed in as viewer")
        viewer.open("page=add")
        page.evaluate("document.querySelectorAll('fieldset').forEach((set) => set.disabled = false)")
        page.get_by_label("Text").fill(STRIKES + " It was another one.")
        page.get_by_role("button", name="Read it").click()
        expect(page.locator(".desk-not")).to_contain_text("Not added")
        expect(page.locator("[data-testid=stFileUploader]")).to_have_count(0)
    assert store.data_revision() == before


def _unlock(route: Any) -> None:
    """The page's script without its own limits: what is left is what the server allows."""
    answer = route.fetch()
    script = answer.text()
    assert "if (act.not) return change({ told: act.not });" in script
    route.fulfill(response=answer, body=script.replace("if (act.not) return change({ told: act.not });", ""))


def test_articles_are_added_and_lead_to_the_review(browser: Browser, desk: str, store: Store, tmp_path: Path) -> None:
    with sit_down(browser, desk, EDITOR) as editor:
        page = editor.page
        editor.open("page=add")
        page.get_by_label("Text").fill("A roadside bomb killed four soldiers in Wana on Tuesday, the army said.")
        page.get_by_label("Day of publication").fill("2025-11-19")
        page.get_by_role("button", name="Read it").click()
        page.locator(".add-result li button").first.click()
        expect(editor.title).to_contain_text("Wana")
        editor.open("page=add")
        report = tmp_path / "report.txt"
        report.write_text("Gunmen killed a policeman in Bannu on Tuesday, police said.", encoding="utf8")
        (tmp_path / "empty.pdf").write_bytes(b"%PDF-1.4 nothing")
        page.locator("input[type=file]").set_input_files([report, tmp_path / "empty.pdf"])
        expect(page.locator(".add-result")).to_have_count(2)
        expect(page.locator(".desk-not")).to_contain_text("Not added")
        page.get_by_label("Address of the page").last.fill("http://127.0.0.1:8502/secret")
        page.get_by_role("button", name="Fetch").click()
        expect(page.locator(".desk-not").first).to_contain_text("Not added")
        assert not editor.faults
    assert len(store.load_articles()) == 8


def test_hostile_text_is_only_text_at_the_desk(browser: Browser, still: str) -> None:
    with sit_down(browser, still, EDITOR) as editor:
        editor.open("incident=clash")
        expect(editor.page.locator(".report-title")).to_contain_text("{{7*7}} ${7*7}")
        assert editor.page.evaluate("window.hurt") is None
        assert editor.page.locator(".review-report img, .review-report script").count() == 0
        assert "49" not in editor.page.locator(".report-title").inner_text() and "<script>" in HOSTILE


def test_a_session_that_ended_is_told_and_what_was_typed_stays(browser: Browser, still: str) -> None:
    with sit_down(browser, still, EDITOR) as editor:
        editor.open("incident=clash")
        editor.press("e")
        editor.page.get_by_label("Heading").fill("Half a thought")
        editor.page.request.post(f"{still}/sign-out", headers={"Origin": still})
        expect(editor.page.locator(".desk-ended")).to_contain_text("Your session has ended", timeout=20_000)
        assert editor.page.get_by_label("Heading").input_value() == "Half a thought"


def test_signing_out_leads_to_the_sign_in(browser: Browser, still: str) -> None:
    with sit_down(browser, still, EDITOR) as editor:
        editor.page.get_by_role("button", name="Sign out").click()
        expect(editor.page.locator("#name")).to_be_visible()
        editor.page.goto(f"{still}/?incident=clash")
        expect(editor.page.locator("#name")).to_be_visible()


PAGES = ("incident=clash", "page=add", "page=documents", "page=corrections", "page=settings")
DEVICES: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": LAPTOP},
    "tablet": {"viewport": TABLET},
    "phone": {"viewport": PHONE, "has_touch": True, "is_mobile": True},
}


def _press(act: str) -> Callable[[Page], None]:
    def press(page: Page) -> None:
        page.locator(f"[data-act={act}]").click()
        page.locator(".item-edit, .panel").first.wait_for()

    return press


def _edit(page: Page) -> None:
    """To its end, where the foot that stays in sight covers nothing."""
    _press("edit")(page)
    page.locator(".item-edit .desk-press").last.scroll_into_view_if_needed()
    page.locator(".review-item").evaluate("(part) => part.scrollTo(0, part.scrollHeight)")


FACES: dict[str, Callable[[Page], None]] = {
    "edit": _edit,
    "reject": _press("reject"),
    "merge": _press("merge"),
    "place": lambda page: page.locator(".report-text .name").first.click(),
}
"""What opens in the review."""


@pytest.mark.parametrize("lang", ["en", "ur", "ps", "fa"])
@pytest.mark.parametrize("device", DEVICES)
def test_axe_finds_no_fault_and_nothing_runs_over(browser: Browser, still: str, device: str, lang: str) -> None:
    found: list[str] = []
    with sit_down(browser, still, PUBLISHER, **DEVICES[device]) as editor:
        page = editor.page
        for query in PAGES:
            editor.open(f"{query}&lang={lang}")
            expect(page.locator("html")).to_have_attribute("lang", lang)
            expect(page.locator(".item-title, .desk-sheet h1").first).to_be_visible()
            found += [f"{query}: {fault}" for fault in find_violations(page)]
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), query
            assert page.evaluate("document.querySelector('.stMain').scrollWidth <= innerWidth"), query
        for face, act in FACES.items() if lang in ("en", "ur") else ():
            editor.open(f"incident=clash&lang={lang}")
            act(page)
            found += [f"{face}: {fault}" for fault in find_violations(page)]
            page.emulate_media(color_scheme="dark")
            expect(page.locator(".stApp")).to_have_css("background-color", "rgb(21, 23, 26)")
            found += [f"{face}, dark: {fault}" for fault in find_violations(page, COLOURS)]
            page.emulate_media(color_scheme="light")
        assert not editor.faults
    assert not found, "\n".join(found)


def test_axe_finds_no_fault_on_the_sign_in(browser: Browser, still: str) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    for lang in ("en", "ur", "ps", "fa"):
        page.goto(f"{still}/sign-in?lang={lang}")
        assert not find_violations(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_right_to_left_the_queue_stands_on_the_right(browser: Browser, still: str) -> None:
    with sit_down(browser, still, EDITOR) as editor:
        for lang, first in (("en", True), ("ur", False)):
            editor.open(f"incident=clash&lang={lang}")
            expect(editor.page.locator("html")).to_have_attribute("lang", lang)
            queue, report = (editor.page.locator(part).bounding_box() for part in (".review-queue", ".review-report"))
            assert queue and report and (queue["x"] < report["x"]) is first
