"""What an editor types is checked field by field, and every refusal says in a sentence what is wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from geo.errors import UsageError
from geo.model import Incident
from geo.store import Store
from tests.review.desk import EDITOR, QUETTA, act, add, shown

TORKHAM = {"place": "border:torkham", "precision": "exact"}


def _edit(store: Store, seen: Incident, **changes: Any) -> Incident:
    found: Incident = act(store, "edit", seen, changes, person=EDITOR)
    return found


def _claim(seen: Incident, **more: Any) -> dict[str, Any]:
    """A figure that stands where the first claim does."""
    span = [seen.claims[0].span.start, seen.claims[0].span.end]
    told = {"metric": "killed", "low": 7, "best": 7, "high": 7, "span": span, "article_id": seen.articles[0]}
    return {**told, **more}


BAD: list[tuple[str, Any, str]] = [
    ("id", "x", "'id' is no field that can be changed"),
    ("title", "", "the title is empty"),
    ("title", "\u202e\u200f", "the title is empty"),
    ("title", 7, "the title is 7, not a text"),
    ("title", "a" * 301, "301 letters long; 300 are the most"),
    ("event_type", "War", "the event type is 'War'; it may be Battles"),
    ("sub_event_type", "Duel", "the sub-type is 'Duel'; it may be"),
    ("event_type", "Riots", "'Suicide bomb' is no sub-type of 'Riots'"),
    ("dates", {"start": "2025-10-13", "end": "2025-10-12", "precision": "days"}, "lies before the first"),
    ("dates", {"start": "2025-10-12", "end": "2025-10-15", "precision": "day"}, "is no day and no night"),
    ("dates", {"start": "13 October", "precision": "day"}, "the first day is '13 October', not a day such as"),
    ("dates", {"start": "1725-10-12", "precision": "day"}, "it lies between 1900-01-01 and 2100-12-31"),
    ("dates", {"start": None, "precision": "day"}, "a date without a first day is unknown"),
    ("dates", "today", "the date is 'today', not an object"),
    ("places", [{"place": "geonames:nowhere", "precision": "exact"}], "which is no place of the gazetteer"),
    ("places", [{"place": {"name": "A", "lat": 91, "lon": 70}, "precision": "exact"}], "latitude of place 1 is 91"),
    (
        "places",
        [{"place": {"name": "A post", "lat": float("nan"), "lon": 70}, "precision": "exact"}],
        "latitude of place 1 is nan, not a number",
    ),
    ("places", [{"place": {"name": "A post"}, "precision": "exact"}], "needs a latitude and a longitude"),
    ("places", [{"place": None, "precision": "near"}], "place 1 cannot be near: it has no point"),
    ("places", [{**TORKHAM, "adm1": "XX-YYY"}], "'XX-YYY', which is no province's code"),
    ("places", [{**TORKHAM, "radius_km": 5}], "only a place near another has one"),
    ("places", [{**TORKHAM, "border_km_start": 5, "border_km_end": 6}], "is no stretch of it"),
    ("places", [{"place": None, "precision": "line", "border_km_start": 9, "border_km_end": 2}], "in order"),
    ("places", [{**TORKHAM, "side": "IN"}], "the side of place 1 is 'IN'; it may be AF, PK"),
    ("places", [{**TORKHAM, "colour": "red"}], "place 1 has no field 'colour'"),
    ("actors", [{"name": "", "kind": "civilians"}], "the name of actor 1 is empty"),
    ("actors", [{"name": "A", "kind": "army"}], "the kind of actor 1 is 'army'; it may be state forces"),
    ("actors", [{"name": "A", "kind": "other", "side": "left"}], "the side of actor 1 is 'left'"),
    ("tags", ["a"] * 21, "tags has 21 entries; 20 are the most"),
    ("tags", "bomb", "tags is 'bomb', not a list"),
    ("background", "yes", "neither true nor false"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value", "said"), BAD)
def test_what_cannot_be_is_refused_in_a_sentence_and_changes_nothing(
    store: Store, field: str, value: Any, said: str
) -> None:
    seen = add(store, QUETTA, "a")
    with pytest.raises(UsageError) as raised:
        _edit(store, seen, **{field: value})
    assert said in str(raised.value)
    assert shown(store, seen.id) == seen


BAD_CLAIMS: list[tuple[dict[str, Any], str]] = [
    ({"low": 9, "best": 7}, "the figures of claim 1 are not in order"),
    ({"low": -1}, "the low figure of claim 1 is -1; a figure lies between 0 and"),
    ({"low": True}, "the low figure of claim 1 is True, not a whole number"),
    ({"best": 7.5}, "the best figure of claim 1 is 7.5, not a whole number"),
    ({"metric": "lost"}, "the metric of claim 1 is 'lost'"),
    ({"stance": "denies"}, "is a denial or no comment, which gives no figure"),
    ({"span": None}, "claim 1 needs the piece of an article that says it"),
    ({"span": [0, 9_999]}, "claim 1 points to no words of its article"),
    ({"article_id": "another"}, "'another', which does not report this incident"),
    ({"subset_of": 0}, "claim 1 is a part of a claim that is not there"),
    ({"scope": "elsewhere"}, "the scope of claim 1 is 'elsewhere'; it may be incident"),
]


@pytest.mark.parametrize(("wrong", "said"), BAD_CLAIMS)
def test_a_figure_must_be_in_order_and_in_the_words_of_an_article(
    store: Store, wrong: dict[str, Any], said: str
) -> None:
    seen = add(store, QUETTA, "a")
    with pytest.raises(UsageError) as raised:
        _edit(store, seen, claims=[_claim(seen, **wrong)])
    assert said in str(raised.value)
    assert shown(store, seen.id) == seen


def test_a_place_is_joined_with_its_province_and_the_border_anew(store: Store) -> None:
    seen = add(store, QUETTA, "a")
    (place,) = _edit(store, seen, places=[TORKHAM]).places
    assert (place.place.name if place.place else "", place.nearest_crossing) == ("Torkham", "border:torkham")
    assert place.distance_to_border_km is not None and place.distance_to_border_km < 5
    assert place.adm1 in ("AF-NAN", "PK-KP")


def test_a_province_that_an_editor_names_stands_against_the_outline(store: Store) -> None:
    seen = add(store, QUETTA, "a")
    (place,) = _edit(store, seen, places=[{**TORKHAM, "adm1": "AF-NAN", "side": "AF"}]).places
    assert (place.adm1, place.side) == ("AF-NAN", "AF")


def test_a_point_that_no_gazetteer_has_can_be_given(store: Store) -> None:
    seen = add(store, QUETTA, "a")
    point = {"name": "Post 12", "lat": 34.1, "lon": 71.05, "country": "AF"}
    (place,) = _edit(store, seen, places=[{"place": point, "precision": "near", "radius_km": 3}]).places
    assert place.place is not None
    assert (place.place.id, place.radius_km) == ("point:34.10000,71.05000", 3.0)
    assert store.check() == []


def test_a_sub_type_brings_its_type(store: Store) -> None:
    edited = _edit(store, add(store, QUETTA, "a"), sub_event_type="Air/drone strike")
    assert (edited.event_type, edited.edited) == ("Explosions/Remote violence", ("sub_event_type",))
    assert _edit(store, edited, sub_event_type="Armed clash").event_type == "Battles"


def test_hostile_letters_and_line_breaks_go_out_of_a_text(store: Store) -> None:
    edited = _edit(store, add(store, QUETTA, "a"), title=" Bombing\u202e in\n\x00Quetta ", tags=["market\u2066"])
    assert (edited.title, edited.tags) == ("Bombing in Quetta", ("market",))


def test_a_night_is_a_day_with_two_dates(store: Store) -> None:
    edited = _edit(
        store, add(store, QUETTA, "a"), dates={"start": "2025-10-11", "end": "2025-10-12", "precision": "day"}
    )
    assert (edited.dates.start, edited.dates.end) == (date(2025, 10, 11), date(2025, 10, 12))
    assert edited.dates.rule == "set by an editor"


def test_records_as_they_are_pass_and_a_change_of_nothing_is_said(store: Store) -> None:
    seen = add(store, QUETTA, "a")
    with pytest.raises(UsageError, match="nothing was changed"):
        _edit(store, seen, places=seen.places, claims=seen.claims, actors=seen.actors, dates=seen.dates)


def test_a_claim_added_by_hand_points_into_the_article_and_leaves_it_alone(store: Store) -> None:
    seen = add(store, QUETTA, "a")
    (before,) = store.load_articles()
    start = QUETTA.index("a market")
    added = {"metric": "wounded", "low": 3, "span": [start, start + 8], "article_id": seen.articles[0]}
    edited = _edit(store, seen, claims=[*seen.claims, added])
    assert edited.totals["wounded"].low == 3
    assert store.load_articles() == [before]
