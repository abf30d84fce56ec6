"""The store in columns: what a filter leaves, how it is counted, and what the browser is sent."""

from __future__ import annotations

import json
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from geo.borders import Border, open_border
from geo.filters import Filter, read_link
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.model import (
    Actor,
    Article,
    Claim,
    DateRange,
    Incident,
    IncidentPlace,
    Place,
    Reading,
    Scope,
    Source,
    Span,
    Toll,
)
from geo.snapshot import (
    Snapshot,
    SnapshotKeeper,
    count_facets,
    count_loosened,
    describe_marks,
    encode_losses,
    encode_mask,
    encode_points,
    encode_times,
    fold_places,
    list_known,
    mask_query,
    match,
    rank,
    summarise,
    take_snapshot,
)
from geo.snapshot.locating import locate_points
from geo.snapshot.records import EPOCH, as_day
from geo.store import Store, open_store
from geo.taxonomy import CATEGORIES
from geo.totals import count_totals
from geo.wording.words import Words

NOON = datetime(2025, 11, 26, 12, tzinfo=UTC)
OCTOBER = Filter(start=date(2025, 10, 1), end=date(2025, 10, 31))


@pytest.fixture(scope="module")
def border() -> Border:
    return open_border("AF-PK")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer(border="AF-PK")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "incidents.sqlite")
    yield opened
    opened.close()


Take = Callable[..., Snapshot]


@pytest.fixture
def take(store: Store, border: Border, gazetteer: Gazetteer) -> Take:
    """Snapshot of a world made of these incidents, articles and scopes."""

    def taken(*incidents: Incident, articles: tuple[Article, ...] = (), scopes: tuple[Scope, ...] = ()) -> Snapshot:
        fill(store, *incidents, articles=articles, scopes=scopes)
        return take_snapshot(store, border, gazetteer)

    return taken


def fill(
    store: Store, *incidents: Incident, articles: tuple[Article, ...] = (), scopes: tuple[Scope, ...] = ()
) -> None:
    """Show incidents; the article "a1" is always there."""
    with store.change(time=NOON) as change:
        for article in (*articles, ARTICLE):
            if not change.holds(article.id):
                change.add_article(article, Reading(article_id=article.id, language=article.language or "en"))
        for incident in incidents:
            change.show(incident, reason="test")
        for position, scope in enumerate(scopes):
            change.add_scope(scope, article_id="a1", position=position)


ARTICLE = Article(
    id="a1", text="The post at the gate burned all night.", language="en", sources=(Source(outlet="The Desk"),)
)
TORKHAM = Place(
    id="border:torkham", name="Torkham", kind="crossing", country="PK", adm1="PK-KP", lat=34.1223, lon=71.0937
)
SPIN_BOLDAK = Place(
    id="geonames:1125896", name="Spin Boldak", kind="settlement", country="AF", adm1="AF-KAN", lat=31.0056, lon=66.4002
)
LINE = Place(id="border:durand-line", name="Durand Line", kind="line", country=None)


def at(place: Place, precision: str = "exact", **fields: object) -> IncidentPlace:
    """An event place; its side is its country."""
    values: dict[str, object] = {"adm1": place.adm1, "side": place.country, "distance_to_border_km": None}
    return IncidentPlace(place=place, precision=precision, **{**values, **fields})  # type: ignore[arg-type]


def province(code: str) -> IncidentPlace:
    """Somewhere in a province."""
    return IncidentPlace(place=None, adm1=code, precision="adm1", side=code[:2])


def killed(low: int | None, high: int | None = None, *, open_end: bool = False, **fields: object) -> Claim:
    """A claim of dead: a number, a range, or with an open end "at least"."""
    values: dict[str, object] = {
        "subject": "people", "low": low, "best": low, "high": low, "span": Span(start=0, end=9), "article_id": "a1",
    }  # fmt: skip
    if high is not None or open_end:
        values |= {"best": None, "high": high}
    return Claim(metric="killed", **{**values, **fields})  # type: ignore[arg-type]


def incident(id_: str = "i1", day: str | None = "2025-10-15", *claims: Claim, **fields: object) -> Incident:
    """A clash at Spin Boldak that article a1 reports."""
    start = date.fromisoformat(day) if day else None
    values: dict[str, object] = {
        "title": f"Clash {id_}",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "dates": DateRange(start=start, end=start, precision="day" if day else "unknown"),
        "places": (at(SPIN_BOLDAK),),
        "claims": claims,
        "totals": count_totals(claims),
        "articles": ("a1",),
    }
    return Incident(id=id_, **{**values, **fields})  # type: ignore[arg-type]


def scope(
    id_: str, incidents: tuple[str, ...], *claims: Claim, places: tuple[str, ...] = ("AF-KAN", "AF-HEL")
) -> Scope:
    return Scope(
        id=id_, incidents=incidents, places=places, claims=tuple(replace(claim, scope=id_) for claim in claims)
    )


def found(snapshot: Snapshot, wanted: Filter) -> list[str]:
    """Ids that a filter leaves, in order."""
    return [snapshot.ids[index] for index in match(snapshot, wanted).nonzero()[0]]


# ---- order and ids -------------------------------------------------------------------------------------------------


def test_an_empty_store_gives_an_empty_snapshot(take: Take) -> None:
    snapshot = take()
    assert (len(snapshot), found(snapshot, Filter()), snapshot.days()) == (0, [], None)
    assert summarise(snapshot, Filter()).incidents == 0
    assert count_facets(snapshot, Filter()).matched == 0
    assert encode_mask(match(snapshot, Filter())) == b""
    assert struct.unpack("<4I", encode_points(snapshot)) == (0x31504942, 0, 0, 0)
    assert describe_marks(snapshot, Words("en"))["scopes"] == []


def test_incidents_are_numbered_newest_first_the_undated_last(take: Take) -> None:
    snapshot = take(incident("old", "2024-01-01"), incident("undated", None), incident("new"), incident("b-new"))
    assert list(snapshot.ids) == ["b-new", "new", "old", "undated"]
    assert snapshot.index_of("old") == 2
    assert snapshot.index_of("nobody") is None


def test_the_id_of_a_report_leads_to_the_incident_it_was_joined_into(store: Store, take: Take) -> None:
    fill(store, incident("shown"))
    with store.change(time=NOON) as change:
        change.add_report(incident("told"), incident_id="shown", position=0)
    assert take().index_of("told") == 0


# ---- filters -------------------------------------------------------------------------------------------------------


def test_an_incident_lasts_from_its_first_day_to_its_last(take: Take) -> None:
    night = DateRange(start=date(2025, 10, 11), end=date(2025, 10, 12), precision="day")
    snapshot = take(incident("night", dates=night))
    for first, last, seen in (("10-12", "10-20", True), ("10-01", "10-11", True), ("10-13", "10-20", False)):
        wanted = Filter(start=date.fromisoformat(f"2025-{first}"), end=date.fromisoformat(f"2025-{last}"))
        assert bool(found(snapshot, wanted)) is seen


def test_an_undated_incident_shows_only_while_no_dates_are_asked(take: Take) -> None:
    snapshot = take(incident("undated", None))
    assert found(snapshot, Filter()) == ["undated"]
    assert found(snapshot, Filter(start=date(1970, 1, 1))) == []
    assert found(snapshot, Filter(end=date(2149, 1, 1))) == []


def test_one_event_place_that_fits_is_enough(take: Take) -> None:
    snapshot = take(incident("both", places=(at(SPIN_BOLDAK), province("PK-KP"))))
    for wanted in (
        Filter(provinces=("PK-KP",)), Filter(provinces=("AF-KAN",)), Filter(precisions=("adm1",)),
        Filter(sides=("PK",)), Filter(countries=("AF",)),
    ):  # fmt: skip
        assert found(snapshot, wanted) == ["both"]
    assert found(snapshot, Filter(provinces=("AF-HEL",))) == []


def test_where_fire_came_from_is_no_event_place(take: Take) -> None:
    origin = replace(province("AF-NAN"), role="origin")
    snapshot = take(incident("hit", places=(origin, at(TORKHAM))), incident("source only", places=(origin,)))
    assert found(snapshot, Filter(provinces=("AF-NAN",))) == ["source only"]


def test_what_happens_along_the_line_belongs_to_both_countries(take: Take) -> None:
    snapshot = take(incident("line", places=(at(LINE, "line", border_km_start=300.0, border_km_end=900.0),)))
    assert found(snapshot, Filter(countries=("PK",))) == ["line"]
    assert found(snapshot, Filter(precisions=("line",), border_km=1)) == ["line"]
    assert found(snapshot, Filter(precisions=("border",))) == []


def test_a_line_without_ends_is_the_whole_border(take: Take, border: Border) -> None:
    everywhere = at(LINE, "line", border_km_start=0.0, border_km_end=border.km[-1])
    snapshot = take(incident("no end", places=(at(LINE, "line"),)), incident("all of it", places=(everywhere,)))
    assert found(snapshot, Filter(precisions=("border",))) == ["all of it", "no end"]


def test_a_stretch_of_the_line_holds_what_the_ribbon_draws_on_it(take: Take) -> None:
    """A town not where its province is, a stretch where any of it is, and never what is told of the whole line."""
    snapshot = take(
        incident("town", places=(at(TORKHAM), province("AF-KAN"))),
        incident("province", places=(province("AF-KAN"),)),
        incident("stretch", places=(at(LINE, "line", border_km_start=300.0, border_km_end=400.0),)),
        incident("border", places=(at(LINE, "line"),)),
        incident("far", places=(province("AF-KAB"),)),
    )
    gate = float(snapshot.spots.km[snapshot.spots.place_id == TORKHAM.id][0])
    assert found(snapshot, Filter(stretch=(gate - 1, gate + 1))) == ["town"]
    assert found(snapshot, Filter(stretch=snapshot.border.stretches["AF-KAN"])) == ["province", "stretch"]
    assert found(snapshot, Filter(stretch=(300, 300))) == ["stretch"]
    assert found(snapshot, Filter(stretch=(0, 20_000))) == ["province", "stretch", "town"]


def test_the_distance_to_the_line_is_that_of_the_nearest_place(take: Take) -> None:
    far, near = at(SPIN_BOLDAK, distance_to_border_km=40.0), at(TORKHAM, distance_to_border_km=1.6)
    snapshot = take(incident("both", places=(far, near)), incident("vague", places=(province("AF-KAN"),)))
    assert found(snapshot, Filter(border_km=2)) == ["both"]
    assert found(snapshot, Filter(border_km=20_000)) == ["both"]  # how far a province is, nobody can tell


def test_a_distance_may_be_measured_from_a_named_place(take: Take) -> None:
    snapshot = take(incident("gate", places=(at(TORKHAM),)), incident("town"))
    assert found(snapshot, Filter(within=("border:torkham", 25))) == ["gate"]
    assert found(snapshot, Filter(within=("border:torkham", 2_000))) == ["gate", "town"]
    assert found(snapshot, Filter(within=("geonames:0", 2_000))) == []


def test_types_are_the_drawn_categories(take: Take) -> None:
    strike = {"event_type": "Explosions/Remote violence", "sub_event_type": "Air/drone strike"}
    snapshot = take(incident("clash"), incident("strike", **strike))
    assert found(snapshot, Filter(types=("strike",))) == ["strike"]
    labels = read_link("type=Battles,Explosions/Remote violence", list_known(snapshot))[0].filter
    assert found(snapshot, labels) == ["clash", "strike"]


def test_actors_are_found_by_name_in_any_case_or_by_party(take: Take) -> None:
    actor = Actor(name="Military Forces of Pakistan", kind="state forces", party="forces:PK")
    snapshot = take(incident("i1", actors=(actor,)))
    assert found(snapshot, Filter(actors=("military forces of pakistan",))) == ["i1"]
    assert found(snapshot, Filter(actors=("forces:PK",))) == ["i1"]
    assert found(snapshot, Filter(actors=("forces:AF",))) == []


def test_a_claimant_counts_whether_the_claim_is_of_the_incident_or_of_a_total(take: Take) -> None:
    own = killed(5, claimant_party="state:AF")
    total = scope("s1", ("covered",), killed(58, claimant_party="state:PK"))
    snapshot = take(incident("own", None, own), incident("covered"), scopes=(total,))
    assert found(snapshot, Filter(claimants=("state:AF",))) == ["own"]
    assert found(snapshot, Filter(claimants=("state:PK",))) == ["covered"]


def test_the_outlet_is_a_source_or_where_none_is_named_the_publisher(take: Take) -> None:
    wire = Article(id="a2", text="Text.", publisher="The Wire", language="ur")
    resold = Article(id="a3", text="Text.", publisher="The Reseller", sources=(Source(outlet="The Desk"),))
    snapshot = take(
        incident("desk"),
        incident("wire", articles=("a2",)),
        incident("resold", articles=("a3",)),
        articles=(wire, resold),
    )
    assert found(snapshot, Filter(sources=("the desk",))) == ["desk", "resold"]
    assert found(snapshot, Filter(sources=("The Wire",))) == ["wire"]
    assert found(snapshot, Filter(sources=("The Reseller",))) == []
    assert count_facets(snapshot, Filter()).of("language", "ur") == 1


def test_withdrawn_incidents_show_only_to_those_who_ask(take: Take) -> None:
    snapshot = take(incident("draft"), incident("gone", status="withdrawn"))
    assert found(snapshot, Filter()) == ["draft"]
    assert found(snapshot, Filter(statuses=("withdrawn",))) == ["gone"]
    assert mask_query(snapshot, OCTOBER) == "status=draft,imported,lead,published,reviewed"
    hidden = read_link(mask_query(snapshot, OCTOBER))[0].filter
    assert found(snapshot, hidden) == ["draft"]


def test_the_map_needs_no_mask_while_nothing_is_hidden(take: Take) -> None:
    assert mask_query(take(incident()), OCTOBER) == ""


def test_background_incidents_are_listed_and_marked(take: Take) -> None:
    snapshot = take(incident("news"), incident("recalled", background=True))
    assert found(snapshot, Filter()) == ["news", "recalled"]
    assert snapshot.background.tolist() == [False, True]
    assert summarise(snapshot, Filter()).background == 1


def test_precision_total_is_a_figure_for_several_places(take: Take) -> None:
    snapshot = take(
        incident("several"), incident("one"), incident("none"),
        scopes=(scope("s1", ("several",), killed(58)), scope("s2", ("one",), killed(3), places=("AF-KAN",))),
    )  # fmt: skip
    assert found(snapshot, Filter(precisions=("total",))) == ["several"]


@pytest.mark.parametrize(
    "text", ["Torkham", "TURKHAM", "tor-kham", "طورخم", "تورخم", "Khyber Pakhtunkhwa", "خیبر پختونخوا"]
)
def test_a_place_is_found_in_any_script_and_spelling(take: Take, text: str) -> None:
    snapshot = take(incident("gate", places=(at(TORKHAM),)), incident("town"))
    assert found(snapshot, Filter(text=text)) == ["gate"]


@pytest.mark.parametrize("text", ["burned all night", "Headline", "five soldiers", "spokesman", "BLA", "clash i1"])
def test_words_of_articles_claims_actors_and_titles_are_found(take: Take, text: str) -> None:
    claim = killed(5, subject="five soldiers", claimant="A spokesman")
    told = incident("i1", None, claim, actors=(Actor(name="BLA fighters", kind="armed group"),), articles=("a1", "a2"))
    headline = Article(id="a2", text="Nothing.", title="Headline")
    other = Article(id="a3", text="Nothing.")
    snapshot = take(told, incident("other", articles=("a3",)), articles=(headline, other))
    assert found(snapshot, Filter(text=text)) == ["i1"]


def test_a_search_for_nothing_that_can_be_written_finds_all(take: Take) -> None:
    assert found(take(incident()), Filter(text="--")) == ["i1"]


# ---- counts --------------------------------------------------------------------------------------------------------


def test_a_facet_counts_with_all_other_limits_kept(take: Take) -> None:
    snapshot = take(
        incident("a"), incident("b", places=(at(TORKHAM),)), incident("c", "2024-01-01", places=(at(TORKHAM),))
    )
    facets = count_facets(snapshot, replace(OCTOBER, provinces=("AF-KAN",)))
    assert facets.matched == 1
    assert facets.counts["province"] == {"AF-KAN": 1, "PK-KP": 1}
    assert facets.counts["side"] == {"AF": 1}
    assert facets.of("province", "AF-HEL") == 0


def test_an_incident_at_two_places_of_a_province_counts_once_there(take: Take) -> None:
    snapshot = take(incident("a", places=(at(SPIN_BOLDAK), province("AF-KAN"))))
    assert count_facets(snapshot, Filter()).of("province", "AF-KAN") == 1
    assert summarise(snapshot, Filter()).in_province == 1


def test_distances_are_counted_up_to_each_choice(take: Take) -> None:
    snapshot = take(
        incident("a", places=(at(TORKHAM, distance_to_border_km=7.0),)), incident("b", places=(province("AF-KAN"),))
    )
    assert count_facets(snapshot, Filter()).counts["border_km"] == {"5": 0, "10": 1, "25": 1, "50": 1, "": 2}


def test_each_limit_is_counted_as_if_it_were_loosened(take: Take) -> None:
    snapshot = take(incident("a"), incident("b", "2024-01-01"))
    wanted = Filter(start=date(2025, 11, 1), end=date(2025, 11, 30), provinces=("AF-KAN",), types=("strike",))
    assert count_loosened(snapshot, wanted) == {"from": 0, "province": 0, "type": 0}
    assert count_loosened(snapshot, replace(wanted, types=())) == {"from": 2, "province": 0}


# ---- summary -------------------------------------------------------------------------------------------------------

NIGHT = DateRange(start=date(2025, 10, 11), end=date(2025, 10, 12), precision="day")
RIVALS = (
    killed(58, subject_party="forces:PK", claimant_party="state:AF", claimant="Mujahid"),
    killed(9, subject_party="forces:AF", claimant_party="state:AF", claimant="Mujahid"),
    killed(23, subject_party="forces:PK", claimant_party="state:PK", claimant="the ISPR"),
    killed(200, open_end=True, subject_party="forces:AF", claimant_party="state:PK", claimant="the ISPR"),
)


def test_each_incident_and_each_total_counts_once(take: Take) -> None:
    snapshot = take(
        incident("town", "2025-10-15", killed(15), killed(12, claimant="others")),
        incident("night", dates=NIGHT),
        scopes=(scope("s1", ("night",), *RIVALS),),
    )
    summary = summarise(snapshot, OCTOBER)
    assert (summary.killed_low, summary.killed_high, summary.more_than) == (12 + 23 + 9, 15 + 58 + 200, True)
    assert summary.incidents == 2
    assert summary.gap is not None
    assert (summary.gap.start, summary.gap.end, summary.gap.night) == (date(2025, 10, 11), date(2025, 10, 12), True)


def test_two_reports_of_one_total_are_rivals_and_no_sum(take: Take) -> None:
    snapshot = take(
        incident("night", dates=NIGHT),
        scopes=(scope("s1", ("night",), *RIVALS), scope("s2", ("night",), killed(58, subject_party="forces:PK"))),
    )
    summary = summarise(snapshot, Filter())
    assert (summary.killed_low, summary.killed_high) == (32, 258)


def test_a_total_for_one_incident_and_its_own_figures_are_rivals(take: Take) -> None:
    told_whole = (killed(223, open_end=True, claimant="another report"),)
    snapshot = take(incident("night", None, *told_whole, dates=NIGHT), scopes=(scope("s1", ("night",), *RIVALS),))
    summary = summarise(snapshot, Filter())
    assert (summary.killed_low, summary.killed_high, summary.more_than) == (32, 258, True)


def test_a_total_counts_in_place_of_the_incidents_it_holds(take: Take) -> None:
    snapshot = take(
        incident("a", "2025-10-15", killed(10)), incident("b", "2025-10-16", killed(5)),
        scopes=(scope("week", ("a", "b"), killed(47)),),
    )  # fmt: skip
    summary = summarise(snapshot, Filter())
    assert (summary.killed_low, summary.killed_high, summary.not_added) == (47, 47, ())


def test_a_total_that_holds_incidents_outside_is_not_added(take: Take) -> None:
    snapshot = take(
        incident("a", "2025-10-15", killed(10)), incident("b", "2025-11-16", killed(5)),
        scopes=(scope("week", ("a", "b"), killed(47)),),
    )  # fmt: skip
    summary = summarise(snapshot, OCTOBER)
    assert (summary.killed_low, summary.killed_high) == (10, 10)
    assert [total.id for total in summary.not_added] == ["week"]


def test_a_total_no_larger_than_its_incidents_is_not_added(take: Take) -> None:
    snapshot = take(
        incident("a", "2025-10-15", killed(30)), incident("b", "2025-10-16", killed(20)),
        scopes=(scope("both", ("a", "b"), killed(47)),),
    )  # fmt: skip
    summary = summarise(snapshot, Filter())
    assert (summary.killed_high, len(summary.not_added)) == (50, 1)


def test_parts_of_a_total_are_not_added_to_it(take: Take) -> None:
    part = killed(20, subject="children", subject_party="civilians", subset_of=0)
    snapshot = take(incident("a"), scopes=(scope("s1", ("a",), killed(50, subject_party="civilians"), part),))
    assert summarise(snapshot, Filter()).killed_high == 50


def test_a_highest_figure_that_is_open_says_more_than(take: Take) -> None:
    claims = (killed(12, claimant="a"), killed(17, open_end=True, claimant="b"))
    summary = summarise(take(incident("i1", "2025-10-15", *claims)), Filter())
    assert (summary.killed_low, summary.killed_high, summary.more_than) == (12, 17, True)


def test_no_figure_is_no_zero(take: Take) -> None:
    summary = summarise(take(incident()), Filter())
    assert (summary.killed_low, summary.killed_high, summary.gap) == (None, None, None)


def test_imported_tolls_count_without_claims(take: Take) -> None:
    summary = summarise(take(incident(totals={"killed": Toll(low=3, best=4, high=6)})), Filter())
    assert (summary.killed_low, summary.killed_high, summary.more_than) == (3, 6, False)


def test_no_day_makes_most_of_a_gap_that_several_share(take: Take) -> None:
    snapshot = take(*(incident(f"i{n}", f"2025-10-1{n}", killed(1, high=9)) for n in range(3)))
    assert summarise(snapshot, Filter()).gap is None


def test_the_widest_gap_between_rival_claims_comes_first(take: Take) -> None:
    snapshot = take(
        incident("agreed", "2025-10-20", killed(100)),
        incident("disputed", "2025-10-16", killed(5), killed(30, claimant="others")),
        incident("night", dates=NIGHT),
        scopes=(scope("s1", ("night",), *RIVALS),),
    )
    matched = match(snapshot, Filter())
    assert [snapshot.ids[i] for i in rank(snapshot, matched, "disputed")] == ["night", "disputed", "agreed"]
    assert [snapshot.ids[i] for i in rank(snapshot, matched)] == ["agreed", "disputed", "night"]


# ---- what the browser is sent --------------------------------------------------------------------------------------


def read_file(data: bytes, columns: str, sizes: str) -> list[np.ndarray]:
    """Columns of a file of the browser's, by their numpy types."""
    count, offset, read = struct.unpack("<4I", data[:16])[1], 16, []
    for kind, size in zip(columns.split(), sizes, strict=True):
        read.append(np.frombuffer(data, dtype=kind, count=count, offset=offset))
        offset += -(-count * int(size) // 4) * 4
    assert offset == len(data)
    return read


def test_points_hold_every_mark_as_the_map_reads_it(take: Take) -> None:
    snapshot = take(
        incident("old", "1950-01-01", places=()),
        incident("i1", places=(at(SPIN_BOLDAK), province("AF-HEL"), at(TORKHAM, "near", radius_km=5.0))),
    )
    data = encode_points(snapshot)
    assert struct.unpack("<4I", data[:16]) == (0x31504942, 4, 2, 0)
    kinds = "<f4 <f4 <u4 <u4 <u2 <u2 u1 u1"
    lon, lat, which, spot, start, end, category, precision = read_file(data, kinds, "44442211")
    day = (date(2025, 10, 15) - EPOCH).days
    assert which.tolist() == [0, 0, 0, 1]
    assert precision.tolist() == [0, 3, 1, 6]
    assert start.tolist() == end.tolist() == [day, day, day, 1]
    assert category.tolist() == [CATEGORIES.index("clash")] * 4
    assert np.isnan(lon[[1, 3]]).all()
    assert lat[0] == pytest.approx(31.0056, abs=1e-4)
    places = describe_marks(snapshot, Words("en"))["places"]
    assert [places[index]["label"] for index in spot] == ["Spin Boldak", "Helmand", "Torkham", ""]  # type: ignore[index]


def test_times_hold_kilometres_sides_and_flags(take: Take, border: Border) -> None:
    snapshot = take(
        incident("i1", places=(at(TORKHAM), at(LINE, "line"), province("AF-KAN"), at(ISLAMABAD))), incident("i2", None)
    )
    data = encode_times(snapshot)
    kinds = "<f4 <f4 <u4 <u2 <u2 u1 u1 u1 u1"
    km, km_end, which, start, _, _, precision, side, flags = read_file(data, kinds, "444221111")
    assert struct.unpack("<4I", data[:16]) == (0x31544942, 5, 0, 0)
    assert which.tolist() == [0, 0, 0, 0, 1]
    assert km[0] == km_end[0] == pytest.approx(border.locate(34.1223, 71.0937).km, abs=1)
    assert np.isnan(km[1])
    assert (km[2], km_end[2]) == pytest.approx(border.stretch_of("AF-KAN"))
    assert np.isnan(km[3])  # too far from the line to have a kilometre of it
    assert flags.tolist() == [2, 1, 0, 0, 2]
    assert side.tolist() == [2, 0, 1, 2, 1]
    assert start[4] == 0
    assert precision[:4].tolist() == [0, 4, 3, 0]


ISLAMABAD = Place(
    id="geonames:1176615", name="Islamabad", kind="settlement", country="PK", adm1="PK-IS", lat=33.7215, lon=73.0433
)


def test_losses_hold_the_lowest_claims_and_no_figure_is_no_zero(take: Take) -> None:
    """Columns of killed and wounded by incident; a total for one incident at several places is its own figure."""
    wounded = replace(killed(4, 9), metric="wounded")
    night = incident("night", dates=NIGHT, places=(province("AF-KAN"), province("AF-HEL")))
    snapshot = take(
        incident("a", "2025-10-20", killed(0, 0), wounded), incident("b", "2025-10-19"), night,
        scopes=(scope("s1", ("night",), *RIVALS),),
    )  # fmt: skip
    dead, hurt = read_file(encode_losses(snapshot), columns="<i4 <i4", sizes="44")
    by_id = {id_: (int(dead[n]), int(hurt[n])) for n, id_ in enumerate(snapshot.ids)}
    assert by_id == {"a": (0, 4), "b": (-1, -1), "night": (32, -1)}


def test_a_total_of_several_incidents_is_told_with_their_provinces(take: Take) -> None:
    first, second = (incident(id_, places=(province(code),)) for id_, code in (("a", "AF-KAN"), ("b", "AF-ZAB")))
    marks = describe_marks(take(first, second, scopes=(scope("s1", ("a", "b"), *RIVALS),)), Words("en"))
    (told,) = marks["totals"]  # type: ignore[misc]
    assert sorted(told["incidents"]) == [0, 1]
    assert {"AF-KAN", "AF-ZAB"} <= set(told["adm1"])
    assert (told["killed"], told["wounded"]) == (32, -1)
    assert marks["provinces"]["AF-ZAB"] == "Zabul"  # type: ignore[index]


def test_the_mask_has_one_bit_an_incident_lowest_first() -> None:
    matched = np.zeros(10, dtype=bool)
    matched[[0, 3, 9]] = True
    assert encode_mask(matched) == bytes([0b1001, 0b10])


def test_many_points_are_located_as_one_is(border: Border) -> None:
    rng = np.random.default_rng(3)
    lat, lon = rng.uniform(29, 37, 300), rng.uniform(62, 73, 300)
    distance, km = locate_points(border, lat, lon)
    for index in range(300):
        one = border.locate(lat[index], lon[index])
        assert distance[index] == pytest.approx(one.distance_km, rel=0.005, abs=0.05)
        if one.distance_km < 20:
            assert km[index] == pytest.approx(one.km, abs=3)


def test_places_travel_in_columns_and_empty_values_not_at_all() -> None:
    places = [{"label": f"Village {n}", "names": {}, "adm1": "AF-KAN", "lat": 32.0} for n in range(3)]
    told = [{**place, "radius_km": 10.0 if n == 1 else None, "border_km": None} for n, place in enumerate(places)]
    folded = fold_places(told)
    assert (folded["count"], folded["label"]) == (3, ["Village 0", "Village 1", "Village 2"])
    assert (folded["radius_km"], folded["border_km"]) == ({"at": [1], "values": [10.0]}, {"at": [], "values": []})


def test_a_total_is_told_in_the_reader_s_language(take: Take) -> None:
    night = incident(
        "night", dates=NIGHT, places=(province("AF-KAN"), at(LINE, "line", border_km_start=300, border_km_end=900))
    )
    snapshot = take(night, scopes=(scope("s1", ("night",), *RIVALS),))
    (told,) = describe_marks(snapshot, Words("en"))["scopes"]  # type: ignore[misc]
    assert told == {
        "id": "s1", "category": "clash", "metric": "killed", "incidents": [0], "adm1": ["AF-KAN", "AF-HEL"],
        "border_km": (300.0, 900.0),
        "start": as_day(date(2025, 10, 11)), "end": as_day(date(2025, 10, 12)), "figures": ["58", "23"],
        "what": "Pakistani forces killed", "when": "11–12 October", "where": "One total for two provinces",
    }  # fmt: skip
    (urdu,) = describe_marks(snapshot, Words("ur"))["scopes"]  # type: ignore[misc]
    assert urdu["what"] == "پاکستانی فورسز ہلاک"
    json.dumps(urdu)


def test_a_total_for_towns_does_not_hatch_their_provinces(take: Take) -> None:
    towns = scope("s1", ("i1",), killed(5), places=("border:torkham", "geonames:1125896"))
    assert describe_marks(take(incident(), scopes=(towns,)), Words("en"))["scopes"] == []


def test_figures_keep_how_they_were_said(take: Take) -> None:
    denied = killed(None, stance="denies")
    claims = (killed(45, high=50, claimant="b"), killed(200, open_end=True), denied)
    snapshot = take(incident("night", dates=NIGHT), scopes=(scope("s1", ("night",), *claims),))
    (told,) = describe_marks(snapshot, Words("en"))["scopes"]  # type: ignore[misc]
    assert told["figures"] == ["200+", "45–50"]


def test_a_crossing_is_as_the_latest_report_up_to_the_day_says(take: Take) -> None:
    action = {"event_type": "border_action", "places": (at(TORKHAM),)}
    snapshot = take(
        incident("shut", "2025-10-12", sub_event_type="closure", **action),
        incident("open", "2025-11-20", sub_event_type="reopening", **action),
        incident("wrong", "2025-11-25", sub_event_type="closure", status="withdrawn", **action),
    )

    def state(until: date | None) -> object:
        return describe_marks(snapshot, Words("en"), until=until)["crossings"]

    assert state(date(2025, 10, 11)) == {}
    assert state(date(2025, 10, 31)) == {"border:torkham": "shut"}
    assert state(None) == {"border:torkham": "open"}


def test_a_gate_opened_for_some_is_partly_open(take: Take) -> None:
    article = Article(id="a2", text="The gate opened on Saturday for returnees only, not for trade.")
    reopened = incident(
        "some", "2025-11-01", event_type="border_action", sub_event_type="reopening", places=(at(TORKHAM),),
        articles=("a2",), quote=Span(start=0, end=61),
    )  # fmt: skip
    snapshot = take(reopened, articles=(article,))
    assert describe_marks(snapshot, Words("en"))["crossings"] == {"border:torkham": "partly"}


def test_a_town_at_the_line_that_is_shut_means_its_gate(take: Take) -> None:
    town = incident("shut", event_type="border_action", sub_event_type="closure")
    crossings = describe_marks(take(town), Words("en"))["crossings"]
    assert set(crossings) <= {"border:friendship-gate", "border:spin-boldak-crossing"}  # type: ignore[call-overload]
    assert len(crossings) == 1  # type: ignore[arg-type]


def test_names_that_could_disguise_themselves_are_told_plainly(take: Take) -> None:
    place = Place(id="test:x", name="Evil\u202etxt", kind="settlement", country="AF", lat=31.0, lon=66.5)
    places = describe_marks(take(incident(places=(at(place),))), Words("en"))["places"]
    assert places[0]["label"] == "Eviltxt"  # type: ignore[index]


# ---- keeping -------------------------------------------------------------------------------------------------------


def test_a_new_snapshot_is_taken_when_the_store_has_moved_on(
    store: Store, border: Border, gazetteer: Gazetteer
) -> None:
    keeper = SnapshotKeeper(store, border, gazetteer)
    first = keeper.current()
    assert keeper.current() is first
    fill(store, incident())
    second = keeper.current()
    assert (len(first), len(second)) == (0, 1)
    assert keeper.named(first.key) is first
    assert keeper.named(second.key) is second
    assert keeper.named(str(second.revision + 1)) is None


def test_an_earlier_revision_is_taken_when_it_is_asked_for_and_kept_apart(
    store: Store, border: Border, gazetteer: Gazetteer
) -> None:
    fill(store, incident("i1"))
    revision = store.data_revision()
    fill(store, incident("i2"), incident("i1", title="Other"))
    keeper = SnapshotKeeper(store, border, gazetteer)
    then = keeper.past(revision)
    assert ([*then.ids], [*then.titles]) == (["i1"], ["Clash i1"])
    assert keeper.past(revision) is then
    assert keeper.named(then.key) is then
    assert keeper.named(str(revision)) is None  # addresses of the two are never the same: their order may differ
    assert keeper.past(revision + 1_000) is keeper.current()
    fill(store, incident("i1", title="Third"))
    again = keeper.past(revision)
    assert again.key != then.key
    assert again.past is not None
    assert [told.title for told in store.load_incidents(["i1"], then.past)] == ["Clash i1"]


def test_readers_of_a_large_store_need_not_wait_for_the_newest(
    store: Store, border: Border, gazetteer: Gazetteer
) -> None:
    keeper = SnapshotKeeper(store, border, gazetteer, longest_wait_s=0.0)
    first = keeper.current()
    fill(store, incident())
    assert keeper.current() is first
    for thread in threading.enumerate():
        if thread.name == "snapshot":
            thread.join()
    assert len(keeper.current()) == 1


def test_many_readers_at_once_share_one_snapshot(store: Store, border: Border, gazetteer: Gazetteer) -> None:
    fill(store, incident())
    keeper, got = SnapshotKeeper(store, border, gazetteer), []
    readers = [threading.Thread(target=lambda: got.append(keeper.current())) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(set(map(id, got))) == 1


def test_a_link_is_read_against_what_there_is(take: Take) -> None:
    known = list_known(take(incident()), tabs={"map"}, languages={"en"})
    link, problems = read_link("province=AF-KAN,XX-YYY&within_km=border:torkham,5&incident=i1&country=PK", known)
    assert [problem.key for problem in problems] == ["link.bad_province"]
    assert link.incident == "i1"
    assert link.filter == Filter(provinces=("AF-KAN",), within=("border:torkham", 5.0), countries=("PK",))
