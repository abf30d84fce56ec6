"""What a reader can ask for: which incidents, and how they are shown."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import get_args

from geo.model import Precision, Status

PRECISIONS: tuple[str, ...] = (*get_args(Precision), "total", "border")
"""How sure a place is; ``total`` is one figure for several places, ``border`` the line without a stretch named."""

STATUSES: tuple[str, ...] = get_args(Status)

FARTHEST_KM = 20_000.0
"""Half way round the Earth: no distance is longer."""
LARGEST_ZOOM = 24.0

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which incidents the reader asked for; an empty tuple or None sets no limit."""

    start: date | None = None
    end: date | None = None
    """Last day, inclusive."""
    countries: tuple[str, ...] = ()
    """ISO 3166-1 alpha-2."""
    provinces: tuple[str, ...] = ()
    """ISO 3166-2."""
    types: tuple[str, ...] = ()
    """Drawn categories: clash, strike, shelling, bombing, raid, crossings, other."""
    actors: tuple[str, ...] = ()
    """Names, or parties such as ``forces:PK``."""
    claimants: tuple[str, ...] = ()
    """Claimant parties: ``state:AF``, ``group:TTP``, un, media ..."""
    precisions: tuple[str, ...] = ()
    within: tuple[str, float] | None = None
    """Place id and kilometres around it."""
    border_km: float | None = None
    """Kilometres from the border line."""
    stretch: tuple[float, float] | None = None
    """First and last kilometre along the border line, as ``geo.borders`` measures it."""
    sides: tuple[str, ...] = ()
    """ISO country code of the side of the line."""
    statuses: tuple[str, ...] = ()
    """None named: all but withdrawn ones."""
    sources: tuple[str, ...] = ()
    """Names of outlets."""
    languages: tuple[str, ...] = ()
    """ISO 639-1 of the reports, in small letters."""
    killed: int | None = None
    """Fewest dead that the lowest figure must give; an incident without a figure is left out."""
    wounded: int | None = None
    """The same of the wounded."""
    located_km: float | None = None
    """Kilometres that the true place may be off, at most."""
    text: str = ""
    """A place, actor or word, in any script and spelling."""

    def __post_init__(self) -> None:
        """Bring the values into the one order and spelling that a link has for them."""
        for name in LISTS.values():
            object.__setattr__(self, name, _in_order(getattr(self, name)))
        object.__setattr__(self, "text", clean(self.text))
        if self.within:
            object.__setattr__(self, "within", (clean(self.within[0]), round_to(self.within[1], 3)))
        if self.stretch:
            object.__setattr__(self, "stretch", tuple(sorted(round_to(km, 3) for km in self.stretch)))
        for name in ("border_km", "located_km"):
            if getattr(self, name) is not None:
                object.__setattr__(self, name, round_to(getattr(self, name), 3))


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """All that a link restores."""

    filter: Filter = field(default_factory=Filter)
    view: tuple[float, float, float] | None = None
    """Latitude, longitude and zoom of the map; None fits the incidents."""
    incident: str | None = None
    """Id of the incident that is open."""
    layer: str | None = None
    tab: str | None = None
    lang: str | None = None
    rev: int | None = None
    """Data revision the link was made at."""
    asof: int | None = None
    """Data revision that is to be shown, in place of the newest."""

    def __post_init__(self) -> None:
        """Round the view to about a metre, so that it has one spelling."""
        if self.view:
            lat, lon, zoom = self.view
            object.__setattr__(self, "view", (round_to(lat, 5), round_to(lon, 5), round_to(zoom, 3)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A part of a link that was ignored or put right."""

    key: str
    """Key of its sentence in the words of the page, e.g. ``link.bad_date``."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What the sentence's placeholders stand for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What there is to be asked for; None takes any value of the right form."""

    countries: Container[str] | None = None
    provinces: Container[str] | None = None
    types: Mapping[str, Sequence[str]] | None = None
    """Drawn categories by what a link may call them, in small letters: a category, or a label of ACLED."""
    places: Container[str] | None = None
    """Ids of places that a distance may be measured from."""
    incidents: Container[str] | None = None
    layers: Container[str] | None = None
    tabs: Container[str] | None = None
    languages: Container[str] | None = None


LISTS = {
    "country": "countries", "province": "provinces", "type": "types", "actor": "actors", "claimant": "claimants",
    "precision": "precisions", "side": "sides", "status": "statuses", "source": "sources", "language": "languages",
}  # fmt: skip
"""Field of ``Filter`` by key of the link, for the keys that take a list."""
NUMBERS = ("border_km", "killed", "wounded", "located_km")
"""Keys that take one number; their fields have the same name."""

KEYS = (
    "from", "to", "country", "province", "type", "actor", "claimant", "precision", "within_km", "border_km", "km",
    "side", "status", "source", "language", "killed", "wounded", "located_km", "q", "view", "incident", "layer", "tab",
    "lang", "rev", "asof",
)  # fmt: skip
"""Every key of a link, in the order it is written."""


def _in_order(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({cleaned for value in values if (cleaned := clean(value))}))


def clean(text: str) -> str:
    """The text without control characters and half surrogate pairs, its spaces made single."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def round_to(number: float, digits: int) -> float:
    """The number as a link can say it; minus zero is zero."""
    return round(float(number), digits) + 0.0
