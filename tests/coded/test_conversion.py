"""Incidents in another database's columns: what is derived is named, what cannot be said is refused with its reason."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from geo.exchange.acled import ACLED
from geo.exchange.coded.exporting import write_coded
from geo.exchange.coded.scheme import Scheme, Value
from geo.exchange.schemes import SCHEMES
from geo.exchange.table import select_incidents
from geo.exchange.ucdp import UCDP
from geo.exchange.ucdp.codebook import grid_cell
from geo.model import Actor, Claim, DatePrecision, DateRange, Incident, IncidentPlace, Place, Precision, Span, Toll
from geo.totals import count_totals
from tests.coded.conftest import NOON, Desk
from tests.coded.rows import ACLED_ROW, UCDP_ROW, acled_file, read_file, ucdp_file

TORKHAM = Place(
    id="border:torkham", name="Torkham", kind="crossing", country="PK", adm1="PK-KP", lat=34.1259, lon=71.0950
)
ARMY = Actor(name="Military Forces of Pakistan", kind="state forces", party="forces:PK", side="party")
NEIGHBOUR = Actor(name="Military Forces of Afghanistan", kind="state forces", party="forces:AF", side="party")
DAY = date(2025, 10, 11)


def claim(**fields: Any) -> Claim:
    values: dict[str, Any] = {"metric": "killed", "subject": "people", "claimant": "a spokesman", "article_id": "a"}
    return Claim(span=Span(start=0, end=1), **{**values, **fields})


def incident(*claims: Claim, **fields: Any) -> Incident:
    """A clash at Torkham on 11 October 2025 that was read by machine."""
    made = Incident(
        id="incident-1",
        title="Clash at Torkham",
        event_type="Battles",
        sub_event_type="Armed clash",
        dates=DateRange(start=DAY, end=DAY, precision="day"),
        places=(IncidentPlace(place=TORKHAM, adm1="PK-KP", precision="exact"),),
        actors=(ARMY, NEIGHBOUR),
        claims=claims,
        totals=count_totals(claims),
    )
    return replace(made, **fields)


THREE = claim(low=3, best=3, high=3)


@pytest.mark.parametrize(
    ("precision", "acled", "ucdp"),
    [("exact", "1", "1"), ("near", "2", "2"), ("adm2", "2", "3"), ("adm1", "3", "4"), ("line", "3", "5")],
)
def test_precisions_have_a_code_in_both_databases(desk: Desk, precision: Precision, acled: str, ucdp: str) -> None:
    place = IncidentPlace(place=TORKHAM, adm1="PK-KP", precision=precision, border_km_start=10, border_km_end=20)
    told = incident(THREE, places=(place,))
    assert ACLED.refuse(told) is None and UCDP.refuse(told) is None
    assert ACLED.describe(told, desk.terms)["geo_precision"].cell == acled
    assert UCDP.describe(told, desk.terms)["where_prec"].cell == ucdp


@pytest.mark.parametrize(
    ("precision", "acled", "ucdp"), [("day", "1", "1"), ("days", "2", "2"), ("week", "2", "3"), ("month", "3", "4")]
)
def test_dates_have_a_code_in_both_databases(desk: Desk, precision: DatePrecision, acled: str, ucdp: str) -> None:
    told = incident(THREE, dates=DateRange(start=DAY, end=DAY, precision=precision))
    assert ACLED.describe(told, desk.terms)["time_precision"].cell == acled
    assert UCDP.describe(told, desk.terms)["date_prec"].cell == ucdp


def in_pakistan(precision: Precision = "country") -> tuple[IncidentPlace, ...]:
    country = Place(id="country:PK", name="Pakistan", kind="country", country="PK", lat=30.0, lon=70.0)
    return (IncidentPlace(place=country, precision=precision),)


@pytest.mark.parametrize(
    ("scheme", "fields", "reason"),
    [
        (ACLED, {"places": in_pakistan()}, "its place is known as a country only"),
        (ACLED, {"places": ()}, "it names no place"),
        (ACLED, {"places": in_pakistan() * 2}, "it names 2 places"),
        (ACLED, {"places": (IncidentPlace(place=None, precision="line"),)}, "the whole border line"),
        (ACLED, {"dates": DateRange(start=DAY, end=DAY, precision="year")}, "known to the year only"),
        (ACLED, {"dates": DateRange(start=None, end=None, precision="unknown")}, "its day is not known"),
        (ACLED, {"sub_event_type": "Skirmish"}, "is no event type of ACLED"),
        (UCDP, {"places": in_pakistan("unknown")}, "its place is not known"),
        (UCDP, {"event_type": "Protests", "sub_event_type": "Peaceful protest"}, "no use of armed force"),
        (UCDP, {"actors": (ARMY,)}, "it does not name two sides"),
        (UCDP, {"claims": (), "totals": {}}, "no death is claimed"),
        (UCDP, {"dates": DateRange(start=None, end=None, precision="unknown")}, "its date is not known"),
    ],
)
def test_what_a_database_cannot_say_is_refused_with_the_reason(
    scheme: Scheme, fields: dict[str, Any], reason: str
) -> None:
    assert reason in (scheme.refuse(incident(THREE, **fields)) or "")


def test_ucdp_takes_countries_and_years(desk: Desk) -> None:
    """Which ACLED cannot say."""
    told = incident(THREE, places=in_pakistan(), dates=DateRange(start=DAY, end=DAY, precision="year"))
    assert UCDP.refuse(told) is None
    described = UCDP.describe(told, desk.terms)
    assert (described["where_prec"].cell, described["date_prec"].cell) == ("6", "5")


def test_acled_takes_the_lowest_figure_and_ucdp_all_three(desk: Desk) -> None:
    rivals = claim(low=9, best=9, high=9), claim(low=3, best=3, high=3, claimant="a minister")
    told = incident(*rivals)
    assert ACLED.describe(told, desk.terms)["fatalities"] == Value("3", "the lowest figure claimed")
    described = UCDP.describe(told, desk.terms)
    assert [described[name].cell for name in ("low", "best", "high")] == ["3", "3", "9"]
    assert described["best"].rule == "the lowest figure, for claims differ"


@pytest.mark.parametrize(("word", "number"), [("tens", "10"), ("dozens", "12"), ("hundreds", "100")])
def test_words_for_numbers_become_the_codebooks_and_are_marked(desk: Desk, word: str, number: str) -> None:
    told = incident(claim(qualifier=word))
    assert ACLED.describe(told, desk.terms)["fatalities"] == Value(number, f'the codebook\'s number for "{word}"')
    assert UCDP.describe(told, desk.terms)["best"] == Value(number, f'ACLED\'s number for "{word}"')


def test_a_vague_word_without_a_number_is_unknown(desk: Desk) -> None:
    """ "Several" has no number in the codebook: ACLED writes 0 where no figure is known, and the export says so."""
    told = incident(claim(qualifier="several"))
    assert ACLED.describe(told, desk.terms)["fatalities"] == Value("0", "no figure is known, which ACLED writes as 0")
    assert UCDP.refuse(told) == "no death is claimed, and an event of UCDP has at least one"


def test_deaths_are_divided_by_side_where_claims_name_whom(desk: Desk) -> None:
    told = incident(
        claim(low=5, best=5, high=5, subject="soldiers", subject_party="forces:PK"),
        claim(low=2, best=2, high=2, subject="villagers", subject_party="civilians"),
        claim(low=1, best=1, high=1, subject="fighters", subject_party="forces:AF"),
    )
    described = UCDP.describe(told, desk.terms)
    names = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best")
    assert [described[name].cell for name in names] == ["5", "1", "2", "0", "8"]


@pytest.mark.parametrize(
    ("actors", "interaction", "violence"),
    [
        ((ARMY, NEIGHBOUR), "State forces-External/Other forces", "1"),
        ((NEIGHBOUR, ARMY), "State forces-External/Other forces", "1"),
        ((ARMY, Actor(name="TTP", kind="armed group", party="group:TTP")), "State forces-Rebel group", "1"),
        (
            (Actor(name="TTP", kind="armed group"), Actor(name="Unidentified armed group", kind="armed group")),
            "Rebel group-Political militia",
            "2",
        ),
        ((ARMY, Actor(name="Civilians", kind="civilians")), "State forces-Civilians", "3"),
    ],
)
def test_inter_is_computed_from_actor_and_country(
    desk: Desk, actors: tuple[Actor, ...], interaction: str, violence: str
) -> None:
    """Forces at home are state forces, abroad external; UCDP's type of violence follows from the same kinds."""
    told = incident(THREE, actors=actors)
    assert ACLED.describe(told, desk.terms)["interaction"].cell == interaction
    assert UCDP.describe(told, desk.terms)["type_of_violence"].cell == violence


@pytest.mark.parametrize(
    ("day", "kind", "violence"),
    [(date(2021, 8, 14), "Rebel group", "2"), (date(2021, 8, 15), "State forces", "1")],
)
def test_who_is_the_state_depends_on_the_day(desk: Desk, day: date, kind: str, violence: str) -> None:
    """The Taliban took Kabul on 15 August 2021; before that an attack of theirs on another group was no state's."""
    taliban = Actor(name="Taliban", kind="state forces", party="forces:AF", side="party")
    kabul = Place(id="geonames:1138958", name="Kabul", kind="settlement", country="AF", lat=34.53, lon=69.17)
    told = incident(
        THREE,
        actors=(taliban, Actor(name="ISKP", kind="armed group", party="group:ISKP", side="party")),
        places=(IncidentPlace(place=kabul, adm1="AF-KAB", precision="exact"),),
        dates=DateRange(start=day, end=day, precision="day"),
    )
    assert ACLED.describe(told, desk.terms)["inter1"].cell == kind
    assert UCDP.describe(told, desk.terms)["type_of_violence"].cell == violence


def test_a_border_action_is_other_in_acled(desk: Desk) -> None:
    told = incident(event_type="border_action", sub_event_type="closure")
    described = ACLED.describe(told, desk.terms)
    assert described["event_type"] == Value("Strategic developments", "a border action (closure)")
    assert described["sub_event_type"].cell == "Other"


def test_rows_of_ucdp_become_rows_of_acled_and_every_derived_cell_is_named(desk: Desk) -> None:
    desk.bring_in("ucdp", ucdp_file(UCDP_ROW))
    (row,), written = desk.take_out("acled")
    assert written.converted == 1
    told = {name: row[name] for name in ("event_date", "country", "admin1", "location", "fatalities", "inter1")}
    assert told == {
        "event_date": "2021-05-28", "country": "Pakistan", "admin1": "Khyber Pakhtunkhwa", "location": "Wana town",
        "fatalities": "7", "inter1": "State forces",
    }  # fmt: skip
    named = {column for column, _ in written.rules}
    assert named >= {"event_id_cnty", "disorder_type", "inter1", "inter2", "interaction", "iso", "region", "fatalities"}
    assert not named & {"event_date", "actor1", "location"}


def test_rows_of_acled_become_rows_of_ucdp_only_by_a_stated_right(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.bring_in("acled", acled_file(ACLED_ROW))
    rows, _ = desk.take_out("ucdp")
    assert rows == []
    monkeypatch.setenv("BORDER_INCIDENTS_ACLED_RIGHT", "written permission of 1 October 2025")
    (row,), _ = desk.take_out("ucdp")
    assert (row["side_a"], row["best"], row["country_id"]) == ("Military Forces of Pakistan (2022-)", "5", "770")
    assert row["priogrid_gid"] == str(grid_cell(33.828, 69.9648))


def test_cells_of_our_own_making_are_no_formulas(desk: Desk) -> None:
    """An actor whose name a spreadsheet would run."""
    told = incident(THREE, actors=(replace(ARMY, name="=cmd|' /C calc'!A0"), NEIGHBOUR))
    with desk.store.change(time=NOON) as change:
        change.show_all([told], reason="read")
    stream = io.BytesIO()
    selection = select_incidents(desk.store, time=datetime(2025, 11, 1, tzinfo=UTC))
    write_coded(stream, selection, SCHEMES["acled"], desk.terms, store=desk.store)
    (row,) = read_file(stream.getvalue())
    assert row["actor1"] == "'=cmd|' /C calc'!A0"


def test_imported_tolls_are_claims_of_their_database(desk: Desk) -> None:
    """UCDP's range with its parts by side; ACLED's number is a lower bound, and its 0 may mean unknown."""
    desk.bring_in("ucdp", ucdp_file(UCDP_ROW))
    ucdp = desk.only()
    assert ucdp.totals["killed"] == Toll(low=7, best=8, high=10)
    assert [(part.subject, part.best) for part in ucdp.claims[1:]] == [
        ("Government of Pakistan", 2), ("TTP", 5), ("civilians", 1),
    ]  # fmt: skip
    assert {(part.claimant, part.claimant_party) for part in ucdp.claims} == {("UCDP", "database:UCDP")}
    quoted = desk.store.load_articles(list(ucdp.articles))[0].text[ucdp.claims[0].span.start : ucdp.claims[0].span.end]
    assert quoted == "Deaths: low 7, best 8, high 10; Government of Pakistan 2, TTP 5, civilians 1, unknown 0."
    none = {**ACLED_ROW, "event_id_cnty": "PAK900002", "fatalities": "0"}
    desk.bring_in("acled", acled_file(ACLED_ROW, none))
    tolls = {found.totals["killed"] for found in desk.store.load_incidents() if found.tags == ("acled",)}
    assert tolls == {Toll(low=5, best=5, high=None), Toll(low=0, best=None, high=None)}


def test_an_imported_incident_lies_where_its_row_says_no_more_precisely(desk: Desk) -> None:
    """A point is kept for places; a province has its outline, a road that is no border has no place."""
    rows = [
        {**UCDP_ROW, "id": "1"},
        {**UCDP_ROW, "id": "2", "where_prec": "4"},
        {**UCDP_ROW, "id": "3", "where_prec": "5", "where_coordinates": "Kabul-Ghazni road", "where_description": ""},
        {**UCDP_ROW, "id": "4", "where_prec": "6"},
    ]
    desk.bring_in("ucdp", ucdp_file(*rows))
    found = [found.places[0] for found in desk.store.load_incidents()]
    assert sorted(place.precision for place in found) == ["adm1", "country", "exact", "unknown"]
    exact = next(place for place in found if place.precision == "exact")
    assert (exact.adm1, exact.side) == ("PK-KP", "PK")
    assert exact.distance_to_border_km is not None
    assert next(place for place in found if place.precision == "adm1").place == desk.terms.atlas.unit("PK-KP")
