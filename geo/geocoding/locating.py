"""Place names that the gazetteer left open, asked of a geocoding service while an article is read.

Reading must not depend on the service. Each article has a budget of time, and a service that fails several times in a
row is left alone for a while; what was not answered stays open and is told, so that it can be asked again. What was
answered, with nothing or with nonsense too, is kept and not asked again.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any, Protocol

from geopy.exc import GeopyError
from geopy.location import Location

from geo.borders import Border, measure_km
from geo.geocoding.nominatim import AnswerCache, Fetch, NominatimGeocoder
from geo.geocoding.service import read_service
from geo.model import Candidate, Place, Resolution
from geo.text import match_key

BUDGET_S = 6.0
"""After so long no further name of an article is asked for; the last may take TIMEOUT_S and PATIENCE_S more."""
TIMEOUT_S = 4.0
PATIENCE_S = 3.0
"""How long the turn is waited for that all processes share."""
FAILURES = 3
"""In a row; then the service is left alone for PAUSE_S, and what it did not answer is left open at once."""
PAUSE_S = 300.0
MOST_NAMES = 5
"""Names of one article that are asked for."""

SCORE, SCORE_IN_PROVINCE = 0.5, 0.65
"""Chance given to a place that only the service knows; more where the article names its province."""
FARTHEST_KM = 200.0
"""From the nearest place that the article names on this border; farther off it is another place of that name."""
APART_KM = 15.0
"""Two places of a name closer than this are taken for one."""
_KINDS = frozenset({"settlement", "adm2", "area", "crossing"})
"""Kinds of place that a report's words mean; shops and streets may bear any name."""

_LOG = logging.getLogger(__name__)


class Geocoder(Protocol):
    """What is asked; ``NominatimGeocoder`` is one. Raises geopy's exceptions."""

    may_ask: Callable[[], bool]

    def geocode(self, query: str, **options: Any) -> Any:
        """Places of a name."""


@dataclass(frozen=True, slots=True)
class Located:
    """What became of the names asked for."""

    resolutions: tuple[Resolution, ...]
    """Those of the article, with the places that were found."""
    unanswered: tuple[int, ...] = ()
    """Which of them the service did not answer for."""


class Locator:
    """Asks for names within the budget; to be kept for as long as the process reads, for it remembers failures."""

    def __init__(self, geocoder: Geocoder, *, countries: Sequence[str], now: Callable[[], float] = monotonic) -> None:
        self._geocoder = geocoder
        self._countries = tuple(countries)
        self._now = now
        self._failures = 0
        self._failed: dict[str, float] = {}
        self._alone_until = self._budget_until = -math.inf
        geocoder.may_ask = self._may_ask
        self._asked = ""

    def locate(self, resolutions: Sequence[Resolution], wanted: Collection[int]) -> Located:
        """The resolutions of an article, those wanted that have no place with the one that the service names."""
        self._budget_until = self._now() + BUDGET_S
        found, unanswered = list(resolutions), []
        answers: dict[str, list[Location] | None] = {}
        for index in wanted:
            name = resolutions[index].toponym.text
            key = match_key(name)
            if key not in answers:
                answers[key] = self._ask(name, key) if len(answers) < MOST_NAMES else None
            answer = answers[key]
            if answer is None:
                unanswered.append(index)
            else:
                found[index] = _resolve(resolutions[index], answer, resolutions)
        return Located(tuple(found), tuple(unanswered))

    def _may_ask(self) -> bool:
        now = self._now()
        lately = now - self._failed.get(self._asked, -math.inf) < PAUSE_S
        return now >= self._alone_until and now < self._budget_until and not lately

    def _ask(self, name: str, key: str) -> list[Location] | None:
        """Places of a name; None when the service does not answer, or is not to be asked now."""
        self._asked = key
        allowed = self._may_ask()
        try:
            found = self._geocoder.geocode(name, exactly_one=False, country_codes=self._countries)
        except GeopyError as error:
            if allowed:
                self._note_failure(key, error)
            return None
        self._failures = 0
        return found or []

    def _note_failure(self, key: str, error: GeopyError) -> None:
        self._failed[key] = self._now()
        self._failures += 1
        _LOG.warning("a geocoder did not answer (%s)", type(error).__name__)
        if self._failures >= FAILURES:
            self._failures = 0
            self._alone_until = self._now() + PAUSE_S
            _LOG.warning("the geocoder is left alone for %d minutes", PAUSE_S // 60)


def open_locator(border: Border, *, cache: AnswerCache, fetch: Fetch) -> Locator | None:
    """Asks the server that BORDER_INCIDENTS_NOMINATIM names, for places on both sides of a border; None without one.

    Raises UsageError when that server must not be asked, see ``service.make_service``.
    """
    service = read_service()
    if service is None:
        return None
    geocoder = NominatimGeocoder(
        service, cache=cache, fetch=fetch, timeout=TIMEOUT_S, attempts=1, patience_s=PATIENCE_S, keep_refused=True
    )
    return Locator(geocoder, countries=border.countries)


def _resolve(resolution: Resolution, answer: Sequence[Location], others: Sequence[Resolution]) -> Resolution:
    """The resolution with the one place that fits the article, or still none, with the reason."""
    found = [_make_place(location) for location in answer if location.raw["kind"] in _KINDS]
    if not found:
        return replace(resolution, reason=f"{resolution.reason}; Nominatim knows no settlement, district or area of it")
    near = _keep_near(found, others)
    if not near:
        reason = f"found by Nominatim only more than {FARTHEST_KM:g} km from all else the article names"
        return replace(resolution, reason=reason, candidates=_list_candidates(found, 0.0))
    units = {other.place.adm1 for other in others if other.place and other.place.adm1}
    inside = [place for place in near if place.adm1 in units]
    fitting = inside or near
    if not _are_one(fitting):
        reason = f"Nominatim knows {len(fitting)} places of this name and nothing tells them apart"
        return replace(resolution, reason=reason, candidates=_list_candidates(fitting, 1 / len(fitting)))
    score, where = (SCORE_IN_PROVINCE, ", in a province the article names") if inside else (SCORE, "")
    return replace(
        resolution,
        place=fitting[0],
        score=score,
        reason=f"found by Nominatim, not in the gazetteer{where} (© OpenStreetMap contributors, ODbL 1.0)",
        candidates=_list_candidates([fitting[0], *(place for place in near if place not in fitting)], score),
    )


def _make_place(location: Location) -> Place:
    raw = location.raw
    return Place(
        id=raw["id"], name=raw["name"], kind=raw["kind"], country=raw["country"], adm1=raw["adm1"],
        lat=location.latitude, lon=location.longitude,
    )  # fmt: skip


def _keep_near(found: Sequence[Place], others: Sequence[Resolution]) -> list[Place]:
    """The places near another that the article names, nearest first; all of them when it names none with a point."""
    points = [
        (other.place.lat, other.place.lon)
        for other in others
        if other.place and other.place.lat is not None and other.place.lon is not None and other.place.kind != "country"
    ]
    if not points:
        return list(found)

    def reach_km(place: Place) -> float:
        return min(measure_km(lat, lon, place.lat or 0.0, place.lon or 0.0) for lat, lon in points)

    return sorted((place for place in found if reach_km(place) <= FARTHEST_KM), key=reach_km)


def _are_one(places: Sequence[Place]) -> bool:
    first = places[0]
    return all(
        measure_km(first.lat or 0.0, first.lon or 0.0, place.lat or 0.0, place.lon or 0.0) <= APART_KM
        for place in places[1:]
    )


def _list_candidates(places: Sequence[Place], score: float) -> tuple[Candidate, ...]:
    return tuple(Candidate(place=place, score=round(score, 3) if n == 0 or score < SCORE else 0.0)
                 for n, place in enumerate(places[:5]))  # fmt: skip
