"""The desk in a real browser: by keys alone, by two people at once, and by a hostile viewer; on one desk for all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from desk_page import EDITOR, PUBLISHER, VIEWER, Editor, Office, come_in, sit_down
from page_world import HOSTILE
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

STRIKES = "Air strikes hit Kunar province on Friday."
SHELLS = "Shells killed two people in Kunar province on Friday, officials in Asadabad said."


def test_an_editor_reviews_by_keys_alone(browser: Browser, office: Office) -> None:
    id_ = office.tell("Clash at the first bend")
    with come_in(browser, office, EDITOR) as editor:
        editor.open(f"incident={id_}")
        expect(editor.title).to_have_text("Clash at the first bend")
        first = editor.page.locator(".queue-title").first.inner_text()
        editor.press("a")
        expect(editor.said).to_contain_text("Accepted: Clash at the first bend")
        assert office.status(id_) == "reviewed"
        expect(editor.title).not_to_have_text("Clash at the first bend")
        editor.press("u")
        expect(editor.said).to_contain_text("Undone: Clash at the first bend")
        expect(editor.title).to_have_text("Clash at the first bend")
        assert office.status(id_) == "draft"
        editor.press("b")
        expect(editor.said).to_contain_text("Marked")
        editor.open(f"incident={id_}")
        expect(editor.page.locator(".item-top")).to_contain_text("earlier event, recalled")
        editor.press("r")
        expect(editor.page.locator("textarea")).to_be_focused()
        editor.page.keyboard.type("a join of two accounts")
        assert editor.page.locator("textarea").input_value() == "a join of two accounts"
        editor.press("Tab", "Enter")
        expect(editor.said).to_contain_text("Rejected")
        assert office.status(id_) == "withdrawn"
        assert "a join of two accounts" in office.store.revisions(f"incident:{id_}")[-1].reason
        editor.press("k", "j")
        assert first and not editor.faults


def test_two_people_sign_off(browser: Browser, office: Office) -> None:
    id_ = office.tell("Clash of two signatures")
    with sit_down(browser, office, PUBLISHER) as first:
        first.open(f"incident={id_}")
        first.press("a")
        expect(first.said).to_contain_text("Accepted")
        first.open(f"incident={id_}")
        first.press("p")
        expect(first.page.locator(".bar-told")).to_have_text("You checked it last; somebody else must publish it.")
        expect(first.page.locator(".item-sign")).to_contain_text("Somebody else must publish it.")
    with sit_down(browser, office, EDITOR) as editor:
        editor.open(f"incident={id_}")
        editor.press("e")
        editor.page.get_by_label("Heading").fill("Clash near Khost")
        editor.press("Enter")
        expect(editor.said).to_contain_text("Saved")
        expect(editor.page.locator(".item-form")).to_be_hidden()
    with sit_down(browser, office, PUBLISHER) as second:
        second.open(f"incident={id_}")
        expect(second.page.locator(".item-sign")).to_contain_text("You may be the second to sign off.")
        second.press("p")
        expect(second.said).to_contain_text("Published")
    assert office.status(id_) == "published"


def test_a_published_incident_is_corrected_with_a_reason(browser: Browser, office: Office) -> None:
    id_ = office.tell("Clash in print", status="published")
    with sit_down(browser, office, PUBLISHER) as editor:
        editor.open(f"incident={id_}")
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
        expect(editor.page.locator(".desk-reason").first).to_have_text("the police named the town")
        assert not editor.faults
    assert [one.reason for one in office.store.corrections(id_)] == ["the police named the town"]


def test_a_form_changes_places_days_and_claims(browser: Browser, office: Office) -> None:
    id_ = office.tell("Clash of many fields")
    with sit_down(browser, office, EDITOR) as editor:
        page = editor.page
        editor.open(f"incident={id_}")
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
    (found,) = office.store.load_incidents([id_])
    (place,) = found.places
    assert (found.dates.start, place.precision, place.radius_km) == (date(2025, 10, 14), "near", 7)
    assert place.place is not None and place.place.name == "Torkham" and place.distance_to_border_km is not None
    assert (found.claims[1].low, found.claims[1].best, found.claims[1].high) == (3, 4, 4)
    assert found.claims[0].best == 12 and {"dates", "places", "claims"} <= set(found.edited)


def test_what_is_wrong_in_a_form_is_said_and_nothing_typed_is_lost(browser: Browser, office: Office) -> None:
    id_ = office.tell("Clash of wrong days")
    with sit_down(browser, office, EDITOR) as editor:
        editor.open(f"incident={id_}")
        editor.press("e")
        editor.press("Enter")
        expect(editor.page.locator(".item-edit > .bar-told")).to_have_text("Nothing was changed.")
        editor.page.get_by_label("Last day").fill("2025-10-01")
        editor.page.get_by_role("button", name="Save").click()
        expect(editor.said).to_contain_text("The last day, 2025-10-01, lies before the first.")
        assert editor.page.get_by_label("Last day").input_value() == "2025-10-01"
    assert office.status(id_) == "draft"


def test_words_of_the_report_become_a_claim_and_names_are_withheld(browser: Browser, office: Office) -> None:
    id_ = office.report("Air strikes hit Nangarhar province on Friday.").id
    with sit_down(browser, office, EDITOR) as editor:
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
    (found,) = office.store.load_incidents([id_])
    claim = found.claims[-1]
    (article,) = office.store.load_articles([claim.article_id])
    assert article.text[claim.span.start : claim.span.end] == "Air strikes hit" and claim.low == 1
    (name,) = office.store.withheld_in(article.id)
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


def test_incidents_are_merged_and_told_apart(browser: Browser, office: Office) -> None:
    strike, shelling = office.report(STRIKES).id, office.report(SHELLS, "two").id
    bombing = office.report("A suicide bomber killed seven people at a market in Quetta on Monday, police said.").id
    office.report("A suicide bomber killed nine people at a market in Quetta on Monday, doctors said.", "two")
    with sit_down(browser, office, EDITOR) as editor:
        _open_candidates(editor, strike)
        editor.press("Space", "Tab")
        editor.page.keyboard.type("the same night")
        editor.press("Enter")
        expect(editor.said).to_contain_text("Merged")
        assert office.status(shelling) == "withdrawn"
        editor.open(f"incident={bombing}")
        expect(editor.page.locator(".report-tabs button")).to_have_count(2)
        editor.press("s")
        editor.page.get_by_role("radio").last.check()
        editor.page.get_by_role("button", name="Split it off").click()
        expect(editor.said).to_contain_text("Split off")
        assert not editor.faults
    kept, told = office.store.load_incidents([strike, bombing])
    assert len(kept.articles) == 2 and len(told.articles) == 1


def _open_candidates(editor: Editor, id_: str) -> None:
    """Press m; candidates are looked up in a snapshot, which has what another process wrote two seconds later."""
    for _ in range(10):
        editor.open(f"incident={id_}")
        expect(editor.title).to_be_visible()
        editor.press("m")
        editor.page.locator(".panel").wait_for()
        if editor.page.get_by_role("radio").count():
            break
    expect(editor.page.get_by_role("radio").first).to_be_focused()


def test_of_two_editors_the_later_is_told_who_was_before_and_loses_nothing(browser: Browser, office: Office) -> None:
    id_ = office.tell("Clash of two editors")
    with sit_down(browser, office, EDITOR) as late, sit_down(browser, office, PUBLISHER) as early:
        for editor in (late, early):
            editor.open(f"incident={id_}")
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
    assert [one.who for one in office.store.revisions(f"incident:{id_}")][-2:] == [PUBLISHER, EDITOR]


def test_an_open_page_shows_what_others_do(browser: Browser, office: Office) -> None:
    id_ = office.tell("Clash seen from afar")
    with sit_down(browser, office, EDITOR) as one, sit_down(browser, office, PUBLISHER) as other:
        one.open(f"incident={id_}")
        other.open(f"incident={id_}")
        other.press("a")
        expect(other.said).to_contain_text("Accepted")
        expect(one.page.locator(".desk-news")).to_have_text(f"{PUBLISHER} changed incidents meanwhile.", timeout=20_000)


def test_claims_and_their_words_mark_each_other(browser: Browser, office: Office) -> None:
    with sit_down(browser, office, EDITOR) as editor:
        page = editor.page
        editor.open("incident=clash")
        page.locator(".review-item [data-marks=c0]").first.hover()
        expect(page.locator(".report-text .lit")).to_have_text("at least 12")
        page.locator(".report-text .says-figure", has_text="three").focus()
        expect(page.locator(".review-item .claim.lit")).to_contain_text("3")
        page.locator(".item-spots li").focus()
        expect(page.locator(".report-text .lit").first).to_have_text("Khost")
        editor.press("Escape")


def test_a_place_name_is_corrected_under_the_name_of_who_is_signed_in(browser: Browser, office: Office) -> None:
    id_ = office.report("A suicide bomber killed seven people at a market in Zhob on Monday, police said.").id
    with sit_down(browser, office, EDITOR) as editor:
        page = editor.page
        editor.open(f"incident={id_}")
        page.locator(".report-text .name", has_text="Zhob").click()
        card = page.get_by_role("dialog", name="Zhob")
        expect(card.get_by_label("Your name")).to_have_count(0)
        card.locator("summary").click()
        card.get_by_role("button", name="No place is meant").click()
        expect(editor.said).to_contain_text("Zhob: corrected")
    (alias,) = office.store.aliases("AF-PK")
    assert (alias.who, alias.place_id) == (EDITOR, None)


def test_keys_do_nothing_while_something_is_typed_or_when_they_are_switched_off(
    browser: Browser, office: Office
) -> None:
    before = office.store.data_revision()
    with come_in(browser, office, PUBLISHER) as editor:
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
    assert office.store.data_revision() == before


def test_a_viewer_reads_and_changes_nothing_even_with_a_page_of_their_own_making(
    browser: Browser, office: Office
) -> None:
    before = office.store.data_revision()
    with sit_down(browser, office, VIEWER) as viewer:
        page = viewer.page
        viewer.unlock()
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
    assert office.store.data_revision() == before


def test_articles_are_added_and_lead_to_the_review(browser: Browser, office: Office, tmp_path: Path) -> None:
    before = len(office.store.load_articles())
    with sit_down(browser, office, EDITOR) as editor:
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
    assert len(office.store.load_articles()) == before + 2


def test_hostile_text_is_only_text_at_the_desk(browser: Browser, office: Office) -> None:
    with sit_down(browser, office, EDITOR) as editor:
        editor.open("incident=clash")
        expect(editor.page.locator(".report-title")).to_contain_text("{{7*7}} ${7*7}")
        assert editor.page.evaluate("window.hurt") is None
        assert editor.page.locator(".review-report img, .review-report script").count() == 0
        assert "49" not in editor.page.locator(".report-title").inner_text() and "<script>" in HOSTILE


def test_a_session_that_ended_is_told_and_what_was_typed_stays(browser: Browser, office: Office) -> None:
    with come_in(browser, office, EDITOR) as editor:
        editor.open("incident=clash")
        editor.press("e")
        editor.page.get_by_label("Heading").fill("Half a thought")
        editor.page.request.post(f"{office.address}/sign-out", headers={"Origin": office.address})
        expect(editor.page.locator(".desk-ended")).to_contain_text("Your session has ended", timeout=20_000)
        assert editor.page.get_by_label("Heading").input_value() == "Half a thought"


def test_signing_out_leads_to_the_sign_in(browser: Browser, office: Office) -> None:
    with come_in(browser, office, EDITOR) as editor:
        editor.page.get_by_role("button", name="Sign out").click()
        expect(editor.page.locator("#name")).to_be_visible()
        editor.page.goto(f"{office.address}/?incident=clash")
        expect(editor.page.locator("#name")).to_be_visible()
