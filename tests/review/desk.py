"""The smallest desk: a store with the reports a test needs, two editors and two publishers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from geo.articles import make_article
from geo.model import Article, Incident
from geo.people import Person
from geo.pipeline import add_article, load_tools
from geo.review import acts
from geo.store import Store

NOW = datetime(2025, 11, 20, 9, tzinfo=UTC)
QUETTA = "A suicide bomber killed seven people at a market in Quetta on Monday, police said."
QUETTA_AGAIN = "A suicide bomber killed nine people at a market in Quetta on Monday, doctors said."
PESHAWAR = "A suicide bomber killed eight people in Peshawar on Monday."
KUNAR = "Air strikes hit Kunar province on Friday."

VIEWER = Person(name="Spogmai", role="viewer")
EDITOR, SECOND_EDITOR = Person(name="Zarghuna", role="editor"), Person(name="Babrak", role="editor")
PUBLISHER, SECOND_PUBLISHER = Person(name="Nargis", role="publisher"), Person(name="Rahim", role="publisher")


def article(text: str, outlet: str) -> Article:
    """An article of Wednesday, 15 October 2025."""
    return make_article(text, url=f"https://{outlet}.example/1", published=date(2025, 10, 15), language="en")


def add(store: Store, text: str, outlet: str, *, minute: int = 0) -> Incident:
    """The one incident shown that an outlet reports."""
    time = NOW + timedelta(minutes=minute)
    (incident,) = add_article(store, article(text, outlet), load_tools(), time=time).incidents
    return incident


def shown(store: Store, id_: str) -> Incident:
    """The incident of exactly this id, whatever became of it."""
    (incident,) = store.load_incidents([id_])
    return incident


def act(store: Store, name: str, seen: Incident, *more: Any, person: Person, **options: Any) -> Any:
    """An act of a person on an incident as it was seen, so many minutes after the reports came in."""
    time = NOW + timedelta(minutes=options.pop("minute", 1))
    return getattr(acts, name)(store, seen.id, *more, person=person, version=seen.version, time=time, **options)


def published(store: Store, text: str = QUETTA, outlet: str = "a") -> Incident:
    """An incident that one editor reviewed and a publisher published."""
    reviewed = act(store, "accept", add(store, text, outlet), person=EDITOR)
    found: Incident = act(store, "publish", reviewed, person=PUBLISHER)
    return found
