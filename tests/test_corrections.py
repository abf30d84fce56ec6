"""What an editor says of a name holds for the article at hand and for those read later, and is in the history."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from geo.articles import make_article
from geo.cli import main
from geo.corrections import correct_name
from geo.errors import UsageError
from geo.model import Article, Resolution
from geo.pipeline import add_article, load_tools, read_article
from geo.store import Store

NOW = datetime(2025, 11, 20, tzinfo=UTC)
TEXT = (
    "Three soldiers were killed in a clash in Jalalabad on Tuesday, officials said. "
    "A bomb killed five people in Quetta on Monday, police said."
)
JALALABAD_OF_KYRGYZSTAN = "geonames:1527592"


def article(text: str = TEXT) -> Article:
    return make_article(text, published=date(2025, 11, 12), language="en")


@pytest.fixture
def store(any_store: Store) -> Store:
    """A store with the article, as a file and on a server."""
    add_article(any_store, article(), load_tools(), time=NOW)
    return any_store


def correct(store: Store, name: str, place: str | None, who: str = "Editor") -> None:
    correct_name(store, article(), name, place, border="AF-PK", who=who, time=NOW)


def named(store: Store, name: str) -> Resolution:
    """What the store says of a name of the article."""
    reading = store.reading(article().id)
    assert reading
    return next(resolution for resolution in reading.toponyms if resolution.toponym.text == name)


def where(store: Store) -> list[list[str | None]]:
    shown = (incident for incident in store.load_incidents() if incident.status != "withdrawn")
    return [[p.place.id if p.place else None for p in incident.places] for incident in shown]


def test_a_correction_moves_the_incident_and_keeps_its_id(store: Store) -> None:
    before = {incident.id for incident in store.load_incidents()}
    correct(store, "Jalalabad", JALALABAD_OF_KYRGYZSTAN)
    assert {incident.id for incident in store.load_incidents()} == before
    assert [JALALABAD_OF_KYRGYZSTAN] in where(store)
    said = named(store, "Jalalabad")
    assert (said.score, said.reason) == (1.0, "corrected by Editor")
    assert [made.who for made in store.revisions(f"reading:{article().id}")] == ["machine", "Editor"]
    assert len(said.candidates) > 1
    assert store.check() == []


def test_a_correction_is_in_the_chain_of_revisions_with_its_editor(store: Store) -> None:
    correct(store, "Jalalabad", JALALABAD_OF_KYRGYZSTAN, who="  night   desk ")
    correct(store, "Jalalabad", None)
    (alias,) = store.aliases("AF-PK")
    first, second = store.revisions(f"alias:{alias.id}")
    assert (first.who, second.who) == ("night desk", "Editor")
    assert (json.loads(second.before or "")["place_id"], json.loads(second.after or "")["place_id"]) == (
        JALALABAD_OF_KYRGYZSTAN,
        None,
    )
    assert store.check() == []


def test_a_name_may_mean_no_place_and_may_be_given_back(store: Store) -> None:
    ids = {incident.id for incident in store.load_incidents()}
    place = named(store, "Quetta").place
    assert place
    correct(store, "Quetta", None)
    assert named(store, "Quetta").place is None
    assert [place.id] not in where(store)
    correct(store, "Quetta", place.id)
    shown = [incident for incident in store.load_incidents() if incident.status == "draft"]
    assert {incident.id for incident in shown} == ids
    assert [place.id] in where(store)
    assert store.check() == []


def test_what_a_person_has_reviewed_stays_as_it_is(store: Store) -> None:
    clash = next(incident for incident in store.load_incidents() if incident.event_type == "Battles")
    reviewed = replace(clash, status="reviewed", version=2)
    with store.change(who="Editor", time=NOW) as change:
        change.show(reviewed, reason="checked")
    correct(store, "Jalalabad", JALALABAD_OF_KYRGYZSTAN)
    assert store.incident(clash.id) == reviewed


def test_articles_read_later_follow_the_correction_in_their_language_only(store: Store) -> None:
    correct(store, "Jalalabad", JALALABAD_OF_KYRGYZSTAN)
    tools = load_tools("AF-PK", store.aliases("AF-PK"))
    later = read_article(article("A school opened in Jalalabad."), tools).toponyms
    assert [resolution.place.id for resolution in later if resolution.place] == [JALALABAD_OF_KYRGYZSTAN]
    other = read_article(replace(article("A school opened in Jalalabad."), language="fr"), tools).toponyms
    assert JALALABAD_OF_KYRGYZSTAN not in [resolution.place.id for resolution in other if resolution.place]


def test_tools_without_aliases_know_of_none(store: Store) -> None:
    correct(store, "Jalalabad", JALALABAD_OF_KYRGYZSTAN)
    assert not load_tools().gazetteer.has_aliases


def test_a_place_that_is_not_in_the_gazetteer_is_refused_and_nothing_is_kept(store: Store) -> None:
    revision = store.data_revision()
    with pytest.raises(UsageError, match="geonames:1"):
        correct(store, "Jalalabad", "geonames:1")
    assert (store.data_revision(), store.aliases("AF-PK")) == (revision, ())


def test_where_follows_the_corrections_of_the_store_it_is_given(
    store: Store, capfd: pytest.CaptureFixture[str]
) -> None:
    correct(store, "Jalalabad", JALALABAD_OF_KYRGYZSTAN)
    said = []
    for options in (["--store", store.name], []):
        assert main(["where", "--json", *options, "A clash in Jalalabad"]) == 0
        said.append(json.loads(capfd.readouterr().out)[0]["place"]["id"])
    assert said[0] == JALALABAD_OF_KYRGYZSTAN != said[1]
