"""What was reported since an incident was checked: seen at the desk, and taken over by keys, whole, in part or not."""

from __future__ import annotations

import pytest
from desk_page import EDITOR, PUBLISHER, VIEWER, Editor, Office, sit_down
from playwright.sync_api import Browser, Locator, expect

from geo.model import Incident
from geo.review.news import find_news

pytestmark = pytest.mark.browser

TOLD = "A suicide bomber killed seven people at a market in {town} on Monday, police said."
AGAIN = "A suicide bomber killed nine people at a market in {town} on Monday, doctors said."


def tell_twice(office: Office, town: str, *, published: bool = False, title: str = "") -> Incident:
    """An incident that was checked before another report of it came."""
    told = office.report(TOLD.format(town=town))
    if title:
        told = office.edit(told, {"title": title})
    checked = office.review(told, published=published)
    office.report(AGAIN.format(town=town), "two")
    return checked


def since(editor: Editor) -> Locator:
    return editor.page.get_by_role("region", name="Reported since it was checked")


def _best(office: Office, id_: str) -> list[int | None]:
    (found,) = office.store.load_incidents([id_])
    return [claim.best for claim in found.claims]


def test_news_of_what_is_published_is_taken_over_by_keys_with_a_reason(browser: Browser, office: Office) -> None:
    seen = tell_twice(office, "Khuzdar", published=True)
    with sit_down(browser, office, EDITOR) as editor:
        editor.open(f"incident={seen.id}")
        editor.press("n")
        expect(editor.page.locator(".bar-told")).to_have_text("Only publishers may do this.")
    with sit_down(browser, office, PUBLISHER) as editor:
        page = editor.page
        editor.open(f"incident={seen.id}")
        expect(since(editor)).to_contain_text("People killed: 9 (doctors)")
        expect(since(editor).get_by_role("row", name="claims").get_by_role("cell").first).to_have_text(
            "People killed: 7 (police)"
        )
        since(editor).get_by_role("button").focus()
        editor.press("Enter")
        expect(page.locator(".report-text")).to_contain_text("doctors said")
        expect(page.locator(".report-head")).to_contain_text("came after it was checked")
        editor.press("n")
        expect(page.get_by_role("checkbox", name="claims")).to_be_focused()
        editor.press("Enter")
        expect(page.locator(".panel").get_by_label("Reason")).to_be_focused()
        page.keyboard.type("doctors count nine")
        editor.press("Enter")
        expect(editor.said).to_contain_text("News settled")
        expect(since(editor)).to_have_count(0)
        editor.press("n")
        expect(page.locator(".bar-told")).to_have_text("Nothing was reported since it was checked.")
        assert not editor.faults
    assert _best(office, seen.id) == [7, 9]
    assert [one.reason for one in office.store.corrections(seen.id)] == ["doctors count nine"]


def test_an_editor_takes_over_what_is_ticked_or_nothing_and_the_articles_are_named(
    browser: Browser, office: Office
) -> None:
    seen = tell_twice(office, "Turbat", title="Bomb at the cattle market")
    with sit_down(browser, office, EDITOR) as editor:
        page = editor.page
        editor.open(f"incident={seen.id}")
        editor.press("n")
        expect(page.get_by_role("checkbox", name="heading")).not_to_be_checked()
        page.get_by_role("checkbox", name="claims").uncheck()
        page.get_by_role("button", name="Take over what is ticked").click()
        expect(page.locator(".bar-told")).to_have_text("Nothing is ticked.")
        page.get_by_role("button", name="Take over nothing").click()
        expect(editor.said).to_contain_text("News settled")
        expect(page.locator(".report-tabs button")).to_have_count(2)
        assert (_best(office, seen.id), find_news(office.store, seen.id)) == ([7], None)
        editor.press("u")
        expect(since(editor)).to_be_visible()
        editor.press("n")
        page.get_by_role("checkbox", name="claims").focus()
        editor.press("Enter")
        expect(editor.said).to_contain_text("News settled")
        assert not editor.faults
    assert _best(office, seen.id) == [7, 9]
    (found,) = office.store.load_incidents([seen.id])
    assert (found.title, len(found.articles)) == ("Bomb at the cattle market", 2)


def test_keys_tell_of_news_also_where_there_is_none(browser: Browser, office: Office) -> None:
    with sit_down(browser, office, EDITOR) as editor:
        editor.open("incident=clash")
        expect(editor.page.locator("[data-act=news]")).to_have_count(0)
        editor.press("?")
        keys = editor.page.get_by_role("dialog", name="Keys")
        expect(keys.locator("dt:has-text('n') + dd").filter(has_text="Take over news")).to_be_visible()


def test_a_viewer_takes_over_nothing_even_with_a_page_of_their_own_making(browser: Browser, office: Office) -> None:
    seen = tell_twice(office, "Gwadar")
    before = office.store.data_revision()
    with sit_down(browser, office, VIEWER) as viewer:
        viewer.unlock()
        viewer.open(f"incident={seen.id}")
        viewer.press("n")
        viewer.page.get_by_role("button", name="Take over all").click()
        expect(viewer.said).to_contain_text(f"{VIEWER} is signed in as viewer")
        expect(since(viewer)).to_be_visible()
    assert office.store.data_revision() == before
