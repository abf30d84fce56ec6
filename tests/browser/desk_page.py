"""Editors at the desk in a real browser, and incidents that are one test's own, so that tests share one desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qs
from uuid import uuid4

from desk.world import EDITOR, PASSWORD, PUBLISHER, VIEWER, sign_in
from page_reader import LAPTOP
from page_world import INCIDENTS
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from geo.articles import make_article
from geo.model import Incident
from geo.people import Person
from geo.pipeline import add_article, load_tools
from geo.review import acts
from geo.store import Store

PUBLISHED = date(2025, 10, 15)
"""When the articles of these tests were published: a Wednesday."""
_ROLES = {PUBLISHER: "publisher", EDITOR: "editor", VIEWER: "viewer"}


@dataclass
class Editor:
    """Somebody at the desk, and what their browser complained of."""

    page: Page
    desk: str
    faults: list[str] = field(default_factory=list)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def open(self, query: str) -> None:
        """Load the page that an address shows."""
        self.page.goto(f"{self.desk}/?{query}")
        self.page.locator(".desk-head").wait_for()

    def turn(self, query: str) -> None:
        """Show what another address shows without loading the page anew, as the browser's way back does."""
        asked = {key: values[0] for key, values in parse_qs(query).items()}
        self.page.evaluate(
            "(query) => { history.pushState(null, '', `?${query}`); dispatchEvent(new PopStateEvent('popstate')); }",
            query,
        )
        expect(self.page.locator("html")).to_have_attribute("lang", asked.get("lang", "en"))
        shown = f".desk-pages [data-page={asked.get('page', 'review')}]"
        expect(self.page.locator(shown)).to_have_attribute("aria-current", "page")
        self.page.locator(".item-title, .desk-sheet h1").first.wait_for()

    def unlock(self) -> None:
        """Take the page's own limits out of its script from now on: what is left is what the server allows."""
        self.page.route("**/desk.js", _unlock)

    @property
    def title(self) -> Locator:
        return self.page.locator(".item-title")

    @property
    def said(self) -> Locator:
        return self.page.locator(".desk-said")


def _unlock(route: Route) -> None:
    answer = route.fetch()
    script = answer.text()
    assert "if (act.not) return change({ told: act.not });" in script
    route.fulfill(response=answer, body=script.replace("if (act.not) return change({ told: act.not });", ""))


@dataclass
class Office:
    """A desk that runs, its store, and the browsers of those who have signed in there."""

    address: str
    store: Store
    browsers: dict[tuple[str, str], BrowserContext] = field(default_factory=dict)

    def browser_of(self, browser: Browser, name: str, device: dict[str, Any]) -> BrowserContext:
        """Somebody's browser on a device, which has signed in once and keeps what it has loaded."""
        key = (name, str(device))
        if key not in self.browsers:
            client, _ = sign_in(self.address, name)
            context = browser.new_context(**device)
            context.add_cookies(
                [{"name": c.name, "value": c.value or "", "url": self.address} for c in client.cookies.jar]
            )
            self.browsers[key] = context
        return self.browsers[key]

    def status(self, id_: str) -> str:
        """The status of an incident."""
        (found,) = self.store.load_incidents([id_])
        return found.status

    def tell(self, title: str, **changes: Any) -> str:
        """Id of a new incident that is the clash in Khost but for its title and what else is named."""
        own = replace(INCIDENTS[0], id=str(uuid4()), title=title, **changes)
        with self.store.change(time=datetime.now(UTC)) as change:
            change.show(own, reason="read")
            change.add_report(own, incident_id=own.id, position=len(change.reports_in(own.articles[0])))
        return own.id

    def report(self, text: str, outlet: str = "one") -> Incident:
        """The incident that an article tells, joined with what others told of it."""
        url = f"https://{outlet}.example/{uuid4()}"
        article = make_article(text, title=f"Report of {outlet}", url=url, published=PUBLISHED, language="en")
        (found,) = add_article(self.store, article, load_tools("AF-PK"), time=datetime.now(UTC)).incidents
        return found

    def edit(self, incident: Incident, changes: dict[str, Any]) -> Incident:
        """The incident as the editor changed it."""
        person = Person(name=EDITOR, role="editor")
        told = {"person": person, "version": incident.version, "time": datetime.now(UTC)}
        return acts.edit(self.store, incident.id, changes, tools=load_tools("AF-PK"), **told)  # type: ignore[arg-type]

    def review(self, incident: Incident, *, published: bool = False) -> Incident:
        """The incident once the editor accepted it, and the publisher published it."""
        for act, name in (("accept", EDITOR), ("publish", PUBLISHER))[: 2 if published else 1]:
            person = Person(name=name, role=_ROLES[name])  # type: ignore[arg-type]
            told = {"person": person, "version": incident.version, "time": datetime.now(UTC)}
            incident = getattr(acts, act)(self.store, incident.id, **told)
        return incident


@contextmanager
def sit_down(browser: Browser, office: Office, name: str, **device: Any) -> Iterator[Editor]:
    """Somebody who has signed in, before an empty page."""
    page = office.browser_of(browser, name, {"viewport": LAPTOP, **device}).new_page()
    try:
        yield _watch(Editor(page, office.address))
    finally:
        page.close()


@contextmanager
def come_in(browser: Browser, office: Office, name: str) -> Iterator[Editor]:
    """Somebody who signs in by the form, without a mouse, in a new browser for a session of their own."""
    context = browser.new_context(viewport=LAPTOP)
    editor = _watch(Editor(context.new_page(), office.address))
    editor.page.goto(office.address)
    expect(editor.page.locator("#name")).to_be_focused()
    editor.page.keyboard.type(name)
    editor.press("Tab")
    editor.page.keyboard.type(PASSWORD)
    editor.press("Enter")
    editor.title.wait_for()
    yield editor
    context.close()


def _watch(editor: Editor) -> Editor:
    editor.page.on("pageerror", lambda error: editor.faults.append(str(error)))
    editor.page.on("console", lambda told: told.type == "error" and editor.faults.append(told.text))
    return editor
