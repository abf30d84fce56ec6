"""A province, opened: its numbers, its months, its crossings, what is counted of it with others, and its incidents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
import streamlit as st

from geo.filters import without_dates
from geo.snapshot import match, summarise
from geo.snapshot.crossings import state_at
from geo.snapshot.periods import Period, count_periods, list_periods
from geo.snapshot.provinces import Months, count_months, find_in_province, list_shared
from geo.snapshot.records import EPOCH, as_day
from geo.taxonomy import CATEGORIES
from geo.ui.cards import list_cards, open_incident, want_more
from geo.ui.parts import slot
from geo.ui.periods import describe_range
from geo.ui.scene import Scene
from geo.ui.state import CARDS_AT_ONCE, change_link, open_province, province_of
from geo.wording.figures import name_subject_of, rank_subject, write_total
from geo.wording.naming import name_country, name_place, name_province

_TOLLED = ("killed", "wounded")
_MOST_NAMES = 8


def province_slot() -> str:
    """The slot of the province that is open instead of the list."""
    return slot(
        "province", _describe, closed=lambda _: change_link(tab=None),
        opened=open_incident, wanted=want_more, entered=open_province,
    )  # fmt: skip


def _describe(scene: Scene) -> dict[str, Any] | None:
    code = province_of(scene.link)
    return None if code is None or scene.beside != "province" else describe_province(scene, code)


def describe_province(scene: Scene, code: str) -> dict[str, Any]:
    """All that is shown of a province, of the incidents that every other filter leaves."""
    words, gazetteer = scene.words, scene.shared.gazetteer
    name = name_province(code, gazetteer, words)
    periods = count_periods(scene.snapshot, list_periods(scene.snapshot, scene.listed, None))
    totals = list(_list_totals(scene, code))
    included = any(total[-1] == words("province.included") for total in totals)
    return {
        "channel": scene.channel,
        "code": code,
        "back": words("article.back_list"),
        "name": name,
        "country": name_country(code.partition("-")[0], gazetteer, words),
        "period": words.period(*scene.period),
        "figures": [*_list_figures(scene, periods)],
        "note": words("province.shared_note") if included else "",
        "none": "" if periods else words("province.none", province=name),
        "types_title": words("filter.type"),
        "types": [*_count_types(scene)],
        "who_title": words("province.who"),
        "who_columns": [words(f"metric.{metric}") for metric in _TOLLED],
        "who": [*_list_parties(scene, periods)],
        "months": _describe_months(scene, code),
        "crossings_title": words("province.crossings"),
        "crossings": [*_list_crossings(scene, code)],
        "no_crossing": words("province.no_crossing"),
        "totals_title": words("province.totals", province=name),
        "totals": totals,
        **_list_incidents(scene),
    }


def _list_figures(scene: Scene, periods: list[Period]) -> Iterator[list[str]]:
    """The numbers set large: incidents, and the dead as the sentence above the map counts them."""
    words = scene.words
    for period in periods:
        yield [words.number(period.incidents), words("province.incidents").lower()]
        low, high = period.killed_low, period.killed_high
        if low is None or high is None:
            yield ["–", words("summary.no_toll")]
            continue
        highest = words("summary.more_than", n=words.number(high)) if period.more_than else words.number(high)
        agreed = low == high and not period.more_than
        figure = highest if agreed else words("qualifier.range", low=words.number(low), high=highest)
        yield [figure, words("metric.killed") if agreed else words("province.killed")]


def _count_types(scene: Scene) -> Iterator[list[Any]]:
    counts = np.bincount(scene.snapshot.category[scene.listed], minlength=len(CATEGORIES)).tolist()
    for category, count in zip(CATEGORIES, counts, strict=True):
        if count:
            yield [category, scene.words(f"event.{category}"), count]


def _list_parties(scene: Scene, periods: list[Period]) -> Iterator[list[Any]]:
    """Each subject party with its dead and its wounded, lowest and highest, and by whom."""
    said = {(found.party, found.metric): found for period in periods for found in period.ranges}
    parties = {party for party, metric in said if metric in _TOLLED}
    for party in sorted(parties, key=lambda party: (rank_subject(party), party)):
        found = [said.get((party, metric)) for metric in _TOLLED]
        cells = [describe_range(one, scene.words) if one else None for one in found]
        yield [name_subject_of(party, scene.words), cells]


def _describe_months(scene: Scene, code: str) -> dict[str, Any] | None:
    """The sparkline: every month of the data, the window marked."""
    words, snapshot = scene.words, scene.snapshot
    everywhen = match(snapshot, without_dates(scene.filter)) & find_in_province(snapshot, code)
    months = count_months(snapshot, everywhen)
    if months is None:
        return None
    first, last = (_count_months_between(months.first, day) for day in scene.period)
    marked = words("province.marked", period=words.period(*scene.period))
    return {
        "title": words("province.months"),
        "counts": list(months.counts),
        "window": [max(first, 0), min(last, len(months.counts) - 1)],
        "years": _mark_years(months),
        "most": _name_most(months, scene),
        "marked": marked if scene.filter.start or scene.filter.end else "",
    }


def _count_months_between(first: date, day: date) -> int:
    return (day.year - first.year) * 12 + day.month - first.month


def _mark_years(months: Months) -> list[list[Any]]:
    """Where each year begins, by its month."""
    ahead = (13 - months.first.month) % 12
    years = range(months.first.year + (ahead > 0), months.first.year + 200)
    return [[at, str(year)] for at, year in zip(range(ahead, len(months.counts), 12), years, strict=False)]


def _name_most(months: Months, scene: Scene) -> str:
    most = max(months.counts)
    if not most:
        return ""
    at = months.counts.index(most) + months.first.month - 1
    month = months.first.replace(year=months.first.year + at // 12, month=at % 12 + 1)
    return scene.words("province.most", month=scene.words.month_of(month), n=scene.words.number(most))


def _list_crossings(scene: Scene, code: str) -> Iterator[list[str]]:
    """The gates in its stretch of the line, and what the last report by the end of the window says of each."""
    words, snapshot = scene.words, scene.snapshot
    ends = snapshot.border.stretches.get(code)
    day = as_day(scene.filter.end) if scene.filter.end else None
    for crossing in snapshot.border.crossings:
        if ends is None or not min(ends) <= crossing.km <= max(ends):
            continue
        told = snapshot.crossing_history.get(crossing.place_id, ())
        history = [said for said in told if day is None or said[0] <= day]
        state = state_at(history, day) or "unknown"
        named = words(f"crossing.{state}")
        since = words.day(EPOCH + timedelta(history[-1][0]), short=True) if history else ""
        yield [
            state,
            crossing.names.get(words.language) or crossing.name,
            words("crossing.since", state=named, date=since) if since else named,
        ]


def _list_totals(scene: Scene, code: str) -> Iterator[list[str]]:
    """Figures for the province together with others: what each says, with whom, and whether the sum holds it."""
    words, snapshot = scene.words, scene.snapshot
    left_out = {total.id for total in summarise(snapshot, scene.filter, scene.listed).not_added}
    for total in list_shared(snapshot, scene.listed, code):
        others = [_name_place(place, scene) for place in total.places if place != code]
        rest = len(others) - _MOST_NAMES
        names = words.join(others[:_MOST_NAMES])
        named = words("claims.and_more", names=names, n=words.number(rest)) if rest > 0 else names
        days = words.days(*snapshot.dates_of(total.incidents[0]), short=True)
        held = words("province.left" if total.id in left_out else "province.included")
        id_ = snapshot.ids[total.incidents[0]]
        yield [id_, write_total(total, words), words("province.with", names=named), days, held]


def _name_place(place: str, scene: Scene) -> str:
    """A province by its code, another place by its id."""
    if ":" not in place:
        return name_province(place, scene.shared.gazetteer, scene.words)
    known = scene.shared.gazetteer.place(place)
    return name_place(known, scene.words) if known else place


def _list_incidents(scene: Scene) -> dict[str, Any]:
    words = scene.words
    wanted = int(st.session_state.get("cards_wanted", CARDS_AT_ONCE))
    rest = len(scene.order) - wanted
    return {
        "count": words.count("list.count", len(scene.order)),
        "cards": list_cards(scene, scene.order[:wanted].tolist()),
        "more": words("filter.more", n=words.number(rest)) if rest > 0 else None,
    }
