"""Claims by period: the same numbers as the summary sentence and the tolls of the incidents, whatever the step."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.borders import Border, open_border
from geo.filters import Filter
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.model import Article, Claim, DateRange, Incident, IncidentPlace, Reading, Scope, Span
from geo.snapshot import Snapshot, match, summarise, take_snapshot
from geo.snapshot.periods import STEPS, Period, Step, choose_step, count_periods, list_periods
from geo.store import open_store
from geo.totals import count_totals

NOON = datetime(2025, 11, 26, 12, tzinfo=UTC)
FIRST = date(2025, 9, 29)
KHOST = IncidentPlace(place=None, adm1="AF-KHO", precision="adm1", side="AF")
EVERYTHING = Filter()


@cache
def _known() -> tuple[Border, Gazetteer]:
    return open_border("AF-PK"), open_gazetteer(border="AF-PK")


def claim(low: int, high: int | None, party: str = "forces:PK", who: str = "state:AF", **fields: object) -> Claim:
    """A claim of dead; without a highest it is "at least"."""
    values: dict[str, object] = {
        "metric": "killed", "subject": "soldiers", "subject_party": party, "low": low, "high": high, "claimant": who,
        "best": low if high in (low, None) else None, "claimant_party": who, "span": Span(start=0, end=9),
        "article_id": "a1",
    }  # fmt: skip
    return Claim(**{**values, **fields})  # type: ignore[arg-type]


def incident(number: int, day: date | None, *claims: Claim, nights: int = 0, precision: str = "day") -> Incident:
    """A clash in Khost."""
    end = day + timedelta(nights) if day else None
    return Incident(
        id=f"i{number}", title=f"Clash {number}", event_type="Battles", sub_event_type="Armed clash",
        dates=DateRange(start=day, end=end, precision=precision if day else "unknown"),  # type: ignore[arg-type]
        places=(KHOST,), articles=("a1",), claims=claims, totals=count_totals(claims),
    )  # fmt: skip


def take(*incidents: Incident, scopes: tuple[Scope, ...] = ()) -> Snapshot:
    """The snapshot of a store with these."""
    with TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "incidents.sqlite")
        with store.change(time=NOON) as change:
            article = Article(id="a1", text="The post at the gate burned.", language="en")
            change.add_article(article, Reading(article_id="a1", language="en"))
            for position, found in enumerate(incidents):
                change.show(found, reason="test")
                change.add_report(found, incident_id=found.id, position=position)
            for position, scope in enumerate(scopes):
                change.add_scope(scope, article_id="a1", position=position)
        snapshot = take_snapshot(store, *_known())
        store.close()
    return snapshot


def count(snapshot: Snapshot, step: Step | None, wanted: Filter = EVERYTHING) -> list[Period]:
    """The periods that a filter leaves."""
    return count_periods(snapshot, list_periods(snapshot, match(snapshot, wanted), step, wanted.start))


_figures = st.tuples(st.integers(0, 9), st.sampled_from([0, 0, 3, None])).map(
    lambda pair: (pair[0], None if pair[1] is None else pair[0] + pair[1])
)
_claims = st.lists(
    st.builds(
        lambda figures, party, who: claim(*figures, party, who),
        _figures,
        st.sampled_from(["forces:PK", "militants"]),
        st.sampled_from(["state:AF", "state:PK", "un"]),
    ),
    max_size=4,
)
_incidents = st.lists(
    st.tuples(st.integers(-1, 70), st.integers(0, 1), _claims), min_size=1, max_size=6,
).map(
    lambda rows: [
        incident(number, None if day < 0 else FIRST + timedelta(day), *claims, nights=nights)
        for number, (day, nights, claims) in enumerate(rows)
    ]
)  # fmt: skip
_totals = st.lists(st.tuples(st.sets(st.integers(0, 5), min_size=1, max_size=3), _figures), max_size=2)


def _scopes(incidents: list[Incident], totals: list[tuple[set[int], tuple[int, int | None]]]) -> tuple[Scope, ...]:
    return tuple(
        Scope(
            id=f"s{number}", incidents=tuple(f"i{n}" for n in sorted(covered) if n < len(incidents)),
            places=("AF-KHO", "AF-PKA"), claims=(claim(*figures, scope=f"s{number}"),),
        )
        for number, (covered, figures) in enumerate(totals)
        if any(n < len(incidents) for n in covered)
    )  # fmt: skip


@settings(max_examples=40)
@given(incidents=_incidents, totals=_totals, step=st.sampled_from([*STEPS, None]))
def test_each_row_says_what_the_sentence_would_say_of_its_incidents(
    incidents: list[Incident], totals: list[tuple[set[int], tuple[int, int | None]]], step: Step | None
) -> None:
    snapshot = take(*incidents, scopes=_scopes(incidents, totals))
    matched = match(snapshot, EVERYTHING)
    periods = list_periods(snapshot, matched, step)
    for index, period in enumerate(count_periods(snapshot, periods)):
        summary = summarise(snapshot, EVERYTHING, matched & (periods.part == index))
        said = (period.incidents, period.killed_low, period.killed_high, period.more_than)
        assert said == (summary.incidents, summary.killed_low, summary.killed_high, summary.more_than)
        assert {total.id for total in period.not_added} == {total.id for total in summary.not_added}
    assert np.array_equal(periods.part >= 0, matched)


@settings(max_examples=40)
@given(incidents=_incidents, step=st.sampled_from([*STEPS, None]))
def test_the_parties_of_all_rows_add_up_to_the_tolls_of_the_incidents(
    incidents: list[Incident], step: Step | None
) -> None:
    periods = count(take(*incidents), step)
    ranges = [found for period in periods for found in period.ranges if found.metric == "killed"]
    tolls = [found.totals["killed"] for found in incidents if "killed" in found.totals]
    assert sum(found.lowest.figure for found in ranges) == sum(toll.low or 0 for toll in tolls)
    assert sum(period.killed_low or 0 for period in periods) == sum(toll.low or 0 for toll in tolls)
    assert sum(found.highest.figure for found in ranges) == sum(period.killed_high or 0 for period in periods)
    assert any(found.more_than for found in ranges) == any(toll.high is None for toll in tolls)


def test_the_lowest_and_the_highest_claim_are_named_with_who_makes_them() -> None:
    rivals = (claim(58, 58), claim(23, 23, who="state:PK"), claim(30, 30, who="un"))
    (period,) = count(take(incident(1, FIRST, *rivals)), "week")
    (found,) = period.ranges
    assert (found.lowest.figure, found.lowest.claimants) == (23, (("state:PK", 1),))
    assert (found.highest.figure, found.highest.claimants) == (58, (("state:AF", 1),))
    assert not found.more_than


def test_three_women_and_two_children_of_one_speaker_are_one_figure() -> None:
    women, children = claim(3, 3, "civilians", subject="women"), claim(
        2, None, "civilians", subject="children", span=Span(start=20, end=29)
    )  # fmt: skip
    (period,) = count(take(incident(1, FIRST, women, children, claim(4, 4, "civilians", "un"))), "day")
    (found,) = period.ranges
    assert (found.lowest.figure, found.highest.figure, found.more_than) == (4, 5, True)


def test_a_total_over_two_months_is_added_to_neither_and_named_in_both() -> None:
    early, late = incident(1, date(2025, 9, 30), claim(1, 1)), incident(2, date(2025, 10, 1), claim(2, 2))
    scope = Scope(id="s1", incidents=("i1", "i2"), places=("AF-KHO", "AF-PKA"), claims=(claim(47, 47, scope="s1"),))
    snapshot = take(early, late, scopes=(scope,))
    october, september = count(snapshot, "month")
    assert (october.killed_high, september.killed_high) == (2, 1)
    assert [total.high for period in (october, september) for total in period.not_added] == [47, 47]
    (everything,) = count(snapshot, None)
    assert (everything.killed_low, [total.high for total in everything.counted]) == (47, [47])


def test_an_incident_known_only_to_the_month_is_in_no_week_but_in_its_month() -> None:
    snapshot = take(incident(1, date(2025, 10, 1), nights=30, precision="month"), incident(2, date(2025, 10, 6)))
    assert [(p.start, p.end, p.incidents) for p in count(snapshot, "week")] == [
        (date(2025, 10, 6), date(2025, 10, 12), 1), (None, None, 1),
    ]  # fmt: skip
    assert [(p.start, p.end, p.incidents) for p in count(snapshot, "month")] == [
        (date(2025, 10, 1), date(2025, 10, 31), 2)
    ]  # fmt: skip


def test_what_began_before_the_first_day_asked_for_is_counted_from_there() -> None:
    snapshot = take(incident(1, date(2025, 9, 30), nights=1))
    (period,) = count(snapshot, "month", Filter(start=date(2025, 10, 1)))
    assert period.start == date(2025, 10, 1)


def test_a_filter_that_leaves_nothing_has_no_rows() -> None:
    assert count(take(incident(1, FIRST, claim(1, 1))), "month", Filter(types=("bombing",))) == []


@pytest.mark.parametrize(
    ("days", "step"), [(1, "day"), (31, "day"), (92, "week"), (365, "month"), (1200, "month"), (1800, "year")]
)
def test_the_step_fits_the_range(days: int, step: Step) -> None:
    assert choose_step(FIRST, FIRST + timedelta(days - 1)) == step
