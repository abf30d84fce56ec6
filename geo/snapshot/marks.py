"""What the map is told in words: spots, totals for several places, crossings, headlines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Protocol, cast

import numpy as np

from geo.model import Claim, Place
from geo.snapshot.crossings import state_at
from geo.snapshot.losses import describe_totals
from geo.snapshot.matching import HIDDEN
from geo.snapshot.records import NO_DAY, Snapshot, Spots, Total, as_date, as_day
from geo.snapshot.rows import PRECISIONS
from geo.taxonomy import CATEGORIES
from geo.text import display_text

Json = dict[str, object]

MOST_TITLES = 20_000
"""Beyond so many incidents, ids and headlines would outweigh everything else; the page asks by index instead."""
_MOST_FIGURES = 3
_SHOWN = ("label", "names", "adm1", "lat", "radius_km", "border_km")
"""What the map shows of a place; its point comes with the marks."""


class Say(Protocol):
    """The words of the page in the reader's language, as ``geo.wording.words`` has them."""

    @property
    def language(self) -> str:
        """ISO 639-1."""

    def __call__(self, key: str, /, **values: object) -> str:
        """The words of a key."""

    def has(self, key: str) -> bool:
        """Whether there are words for a key."""

    def running(self, n: int) -> str:
        """A number in running text."""

    def days(self, start: date | None, end: date | None, *, short: bool = False, year: bool = True) -> str:
        """A stretch of days."""


def describe_marks(snapshot: Snapshot, say: Say, *, until: date | None = None) -> Json:
    """The JSON that ``geo/web/map/source.js`` calls Marks; crossings as they are at the end of ``until``, or now."""
    few = len(snapshot) <= MOST_TITLES
    return {
        "rev": snapshot.revision,
        "categories": CATEGORIES,
        "places": [describe_spot(snapshot, index) for index in range(len(snapshot.spots))],
        "scopes": describe_scopes(snapshot, say),
        "totals": describe_totals(snapshot),
        "provinces": _name_provinces(snapshot, say.language),
        "crossings": describe_crossings(snapshot, until),
        "crossing_history": {id_: list(history) for id_, history in snapshot.crossing_history.items()},
        **({"incident_ids": list(snapshot.ids), "titles": list(map(display_text, snapshot.titles))} if few else {}),
    }


def describe_crossings(snapshot: Snapshot, until: date | None = None) -> dict[str, str]:
    """State of each crossing that something is said of, at the end of a day, or now."""
    day = None if until is None else as_day(until)
    states = {id_: state_at(history, day) for id_, history in snapshot.crossing_history.items()}
    return {id_: state for id_, state in states.items() if state}


def encode_marks(snapshot: Snapshot, say: Say, *, until: date | None = None) -> bytes:
    """The same for the browser, its places in columns: with many of them a fifth of the bytes."""
    marks = describe_marks(snapshot, say, until=until)
    folded = {**marks, "places": fold_places(cast("Sequence[Json]", marks["places"]))}
    return json.dumps(folded, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def fold_places(places: Sequence[Json]) -> Json:
    """What the map shows of places, each field as a list of its own."""
    return {"count": len(places), **{name: _fold([place[name] for place in places]) for name in _SHOWN}}


def _fold(values: Sequence[object]) -> Sequence[object] | Json:
    """All values of a column; where most are empty, those that are not and their indices."""
    told = [index for index, value in enumerate(values) if value]
    return values if 2 * len(told) > len(values) else {"at": told, "values": [values[index] for index in told]}


# ---- spots ---------------------------------------------------------------------------------------------------------


def describe_spot(snapshot: Snapshot, index: int) -> Json:
    """What the map is told of a spot: the JSON that ``geo/web/map/source.js`` calls MarkPlace."""
    spots, place = snapshot.spots, _place_of(snapshot, index)
    return {
        "id": spots.place_id[index] or (f"adm1:{spots.adm1[index]}" if spots.adm1[index] else ""),
        "label": display_text(spots.name[index] or (place.name if place else "")),
        "names": {language: name for language, name in (place.names if place else {}).items() if name},
        "kind": spots.kind[index] or (place.kind if place else ""),
        "adm1": spots.adm1[index],
        "lat": _number(spots.lat[index]),
        "lon": _number(spots.lon[index]),
        "radius_km": _radius(snapshot, index),
        "border_km": _stretch(spots, index),
        "uncertainty_km": place.uncertainty_km if place else None,
    }


def _name_provinces(snapshot: Snapshot, language: str) -> dict[str, str]:
    """Names of the provinces that incidents name, by code."""
    known = ((code, snapshot.gazetteer.adm1(code)) for code in sorted({code for code in snapshot.spots.adm1 if code}))
    return {code: place.names.get(language) or place.name for code, place in known if place}


def _place_of(snapshot: Snapshot, index: int) -> Place | None:
    """The gazetteer's record of a spot; that of its province where the spot has no place of its own."""
    place_id, adm1 = snapshot.spots.place_id[index], snapshot.spots.adm1[index]
    if place_id:
        return snapshot.gazetteer.place(place_id)
    return snapshot.gazetteer.adm1(adm1) if adm1 else None


def _radius(snapshot: Snapshot, index: int) -> float | None:
    """Radius of the disc: the one reported, else about the size of the place."""
    said = _number(snapshot.spots.radius_km[index])
    extra = snapshot.gazetteer.extras.get(snapshot.spots.place_id[index] or "")
    if said is not None or extra is None or PRECISIONS[snapshot.spots.precision[index]] != "adm2":
        return said
    return extra.radius_km


def _stretch(spots: Spots, index: int) -> tuple[float, float] | None:
    """First and last kilometre of a stretch of the line; None for anything else, and for all of the line."""
    if PRECISIONS[spots.precision[index]] != "line" or spots.whole[index]:
        return None
    return round(float(spots.km[index]), 1), round(float(spots.km_end[index]), 1)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 5)


# ---- totals --------------------------------------------------------------------------------------------------------


def describe_scopes(snapshot: Snapshot, say: Say) -> list[Json]:
    """Totals drawn as one area with one figure: the JSON that ``geo/web/map/source.js`` calls ScopeRecord."""
    return [_describe_total(snapshot, total, say) for total in _drawn_totals(snapshot)]


def _drawn_totals(snapshot: Snapshot) -> list[Total]:
    """Totals that give a figure for several provinces or a stretch of the line; what was withdrawn is not drawn.

    A total for towns or districts is not: their provinces would say more than was said, and they are drawn themselves.
    """
    hidden = snapshot.labels["status"].find([HIDDEN])
    return [
        total
        for total in snapshot.totals
        if (len(_provinces_of(snapshot, total)) > 1 or _band(snapshot, list(total.incidents)))
        and len(total.places) > 1
        and _figures(total)[1]
        and not hidden[list(total.incidents)].all()
    ]


def _describe_total(snapshot: Snapshot, total: Total, say: Say) -> Json:
    covered = list(total.incidents)
    adm1 = _provinces_of(snapshot, total)
    start, end = _days_of(snapshot, covered)
    claim, figures = _figures(total)
    newest = as_date(int(snapshot.start[0])) if len(snapshot) and snapshot.start[0] != NO_DAY else None
    this_year = start is not None and newest is not None and start.year == newest.year
    return {
        "id": total.id,
        "category": CATEGORIES[snapshot.category[covered[0]]],
        "metric": claim.metric if claim else None,
        "incidents": covered,
        "adm1": adm1,
        "border_km": _band(snapshot, covered),
        "start": as_day(start) if start else 0,
        "end": as_day(end) if end else 0,
        "figures": figures,
        "what": _say_what(claim, say) if claim else "",
        "when": say.days(start, end, year=not this_year) if start else "",
        "where": _say_where(len(adm1), say),
    }


def _provinces_of(snapshot: Snapshot, total: Total) -> list[str]:
    """Codes of the provinces that a total is said to cover, each once."""
    codes = (place.removeprefix("adm1:") for place in total.places)
    return list(dict.fromkeys(code for code in codes if snapshot.gazetteer.adm1(code)))


def _days_of(snapshot: Snapshot, covered: list[int]) -> tuple[date | None, date | None]:
    dated = [index for index in covered if snapshot.start[index] != NO_DAY]
    if not dated:
        return None, None
    return as_date(int(snapshot.start[dated].min())), as_date(int(snapshot.end[dated].max()))


def _band(snapshot: Snapshot, covered: list[int]) -> tuple[float, float] | None:
    """The stretch of the line that the incidents of a total name; None when they name none or all of it."""
    marks, spots = snapshot.marks, snapshot.spots
    named = np.unique(marks.spot[np.isin(marks.incident, covered)])
    stretches = [stretch for index in named if (stretch := _stretch(spots, int(index)))]
    if not stretches:
        return None
    return min(start for start, _ in stretches), max(end for _, end in stretches)


def _figures(total: Total) -> tuple[Claim | None, list[str]]:
    """The rival figures of whom the first figure is about, the highest first, and that first claim."""
    told = [
        claim
        for metric in ("killed", "wounded")
        for claim in total.claims
        if claim.metric == metric and claim.subset_of is None and claim.status == "current" and _figure(claim)
    ]
    if not told:
        return None, []
    first = told[0]
    rivals = [claim for claim in told if (claim.metric, claim.subject_party) == (first.metric, first.subject_party)]
    rivals.sort(key=lambda claim: -(claim.low or claim.best or 0))
    return first, list(dict.fromkeys(map(_figure, rivals)))[:_MOST_FIGURES]


def _figure(claim: Claim) -> str:
    """A figure as cards show it: "58", "200+", "45–50"; empty when the claim gives none."""
    if claim.stance != "asserts":
        return ""
    if claim.low is None:
        return "" if claim.best is None else str(claim.best)
    if claim.high is None:
        return f"{claim.low}+"
    return str(claim.low) if claim.low == claim.high else f"{claim.low}–{claim.high}"


def _say_what(claim: Claim, say: Say) -> str:
    party = (claim.subject_party or "people").replace(":", "_")
    subject = say(f"subject.{party}") if say.has(f"subject.{party}") else say("subject.people")
    return say("map.total.what", subject=subject, metric=say(f"metric.{claim.metric}"))


def _say_where(provinces: int, say: Say) -> str:
    if not provinces:
        return say("precision.total")
    return say("map.total.one" if provinces == 1 else "map.total.other", n=say.running(provinces))
