"""Every filter by its plain meaning: what is left, how choices are counted, and the numbers that limits are set by."""

from __future__ import annotations

from dataclasses import replace

import pytest
from filter_world import ACTORS, PLACES, Told, filters, fits, found, take, worlds
from hypothesis import given, settings

from geo.filters import LISTS, Filter
from geo.model import Claim, DateRange, Incident, Scope, Span
from geo.snapshot import Snapshot, count_facets, count_loosened, match
from geo.totals import count_totals


def incident(
    id_: str, *places: str, killed: tuple[int, ...] = (), wounded: tuple[int, ...] = (), **fields: object
) -> Incident:
    """A clash somewhere, with rival figures."""
    figures = [*(("killed", low) for low in killed), *(("wounded", low) for low in wounded)]
    claims = tuple(_claim(metric, low, f"speaker {n}") for n, (metric, low) in enumerate(figures))
    values: dict[str, object] = {
        "title": f"Clash {id_}", "event_type": "Battles", "sub_event_type": "Armed clash",
        "dates": DateRange(start=None, end=None, precision="unknown"), "articles": ("a1",), "claims": claims,
        "totals": count_totals(claims), "places": tuple(PLACES[name] for name in places),
    }  # fmt: skip
    return Incident(id=id_, **{**values, **fields})  # type: ignore[arg-type]


def _claim(metric: str, low: int, claimant: str, **fields: object) -> Claim:
    return Claim(
        metric=metric, subject="people", low=low, best=low, high=low, claimant=claimant, span=Span(start=0, end=3),  # type: ignore[arg-type]
        article_id="a1", **fields,  # type: ignore[arg-type]
    )  # fmt: skip


def left(snapshot: Snapshot, wanted: Filter) -> set[str]:
    """Ids that a filter leaves."""
    return found(snapshot, match(snapshot, wanted).tolist())


@settings(max_examples=120)
@given(worlds(), filters)
def test_a_filter_leaves_what_its_words_say(world: tuple[Told, ...], wanted: Filter) -> None:
    snapshot = take(*(one.incident for one in world))
    assert left(snapshot, wanted) == {one.incident.id for one in world if fits(one, wanted)}


@settings(max_examples=40)
@given(worlds(), filters)
def test_the_count_beside_a_choice_is_what_choosing_it_leaves(world: tuple[Told, ...], wanted: Filter) -> None:
    snapshot = take(*(one.incident for one in world))
    facets = count_facets(snapshot, wanted)
    assert facets.matched == len(left(snapshot, wanted))
    for key, counts in facets.counts.items():
        for value, count in counts.items():
            chosen = (value,) if key in LISTS else (float(value) if value else None)
            assert count == len(left(snapshot, replace(wanted, **{LISTS.get(key, key): chosen}))), (key, value)  # type: ignore[arg-type]


def test_a_threshold_is_reached_by_the_lowest_claim_and_never_without_a_figure() -> None:
    snapshot = take(incident("disputed", killed=(5, 40)), incident("agreed", killed=(12,)), incident("unknown"))
    assert left(snapshot, Filter(killed=5)) == {"disputed", "agreed"}
    assert left(snapshot, Filter(killed=12)) == {"agreed"}
    assert left(snapshot, Filter(wounded=1)) == set()
    assert count_facets(snapshot, Filter()).counts["killed"] == {
        "1": 2, "5": 2, "10": 1, "25": 0, "50": 0, "100": 0, "": 3,
    }  # fmt: skip


def test_a_total_of_one_incident_at_many_places_is_its_figure_and_one_of_several_is_nobodys() -> None:
    night = Scope(
        id="s1", incidents=("night",), places=("AF-KAN", "AF-HEL"),
        claims=(_claim("killed", 23, "army", scope="s1"), _claim("wounded", 29, "army", scope="s1")),
    )  # fmt: skip
    week = Scope(id="s2", incidents=("a", "b"), places=("AF-KAN",), claims=(_claim("killed", 70, "army", scope="s2"),))
    snapshot = take(incident("night"), incident("a"), incident("b", killed=(3,)), scopes=(night, week))
    assert left(snapshot, Filter(killed=23)) == left(snapshot, Filter(wounded=29)) == {"night"}
    assert left(snapshot, Filter(killed=1)) == {"night", "b"}


@pytest.mark.parametrize(
    ("place", "radius_km"),
    [("town", 0), ("village", 13), ("near", 20), ("district", 12), ("capital", 17), ("province", 181)],
)
def test_a_place_is_known_as_closely_as_its_point_disc_or_area(place: str, radius_km: int) -> None:
    snapshot = take(incident("i1", place))
    assert left(snapshot, Filter(located_km=radius_km + 1)) == {"i1"}
    if radius_km:
        assert left(snapshot, Filter(located_km=radius_km - 1)) == set()


@pytest.mark.parametrize("place", ["stretch", "border", "nowhere"])
def test_what_has_no_point_and_no_area_is_within_no_distance(place: str) -> None:
    assert left(take(incident("i1", place)), Filter(located_km=20_000)) == set()


def test_the_surest_of_several_places_counts() -> None:
    assert left(take(incident("i1", "province", "near")), Filter(located_km=20)) == {"i1"}


def test_spellings_of_one_name_are_one_choice() -> None:
    snapshot = take(
        incident("a", actors=ACTORS[:1]), incident("b", actors=ACTORS[:1]), incident("c", actors=ACTORS[1:2])
    )
    names = {name: n for name, n in count_facets(snapshot, Filter()).counts["actor"].items() if ":" not in name}
    assert names == {"Military Forces of Pakistan": 3}
    assert snapshot.labels["actor"].name_of("MILITARY FORCES of pakistan") == "Military Forces of Pakistan"
    assert snapshot.labels["actor"].name_of("Nobody") == "Nobody"


def test_each_further_limit_is_counted_as_if_it_were_loosened() -> None:
    snapshot = take(incident("a", "town", killed=(3,)), incident("b", "gate"))
    wanted = Filter(killed=10, located_km=5, languages=("ur",), sides=("AF",))
    assert count_loosened(snapshot, wanted) == {"side": 0, "language": 0, "killed": 0, "located_km": 0}
    assert count_loosened(snapshot, Filter(killed=10, sides=("AF",))) == {"side": 0, "killed": 1}
