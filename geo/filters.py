"""What the reader asked for, and the link that says it: the query string of the page, both ways.

A link is canonical: the same view always gives the same string, and reading what was written gives the view back.
Reading never raises; whatever cannot be used is left out and named, and the rest of the link still counts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import get_args
from urllib.parse import parse_qsl, quote

from geo.codes import RENAMED_PROVINCES
from geo.model import Precision, Status

PRECISIONS: tuple[str, ...] = (*get_args(Precision), "total", "border")
"""How sure a place is; ``total`` is one figure for several places, ``border`` the line without a stretch named."""

STATUSES: tuple[str, ...] = get_args(Status)

FARTHEST_KM = 20_000.0
"""Half way round the Earth: no distance is longer."""
LARGEST_ZOOM = 24.0

_PARTIES = frozenset({"un", "ngo", "medical", "local", "media", "author", "other"})
_PARTY = re.compile(r"(?:state:[A-Z]{2}|(?:group|database):\S.*)\Z")

_LONGEST_VALUE = 200
"""Characters of one value: longer than any name, short enough to be shown back to the reader."""
_LONGEST_LINK = 16_000
_MOST_VALUES = 200
_SHOWN = 40
"""Characters of a bad value that are shown back."""

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,20})?\Z")
_WHOLE = re.compile(r"[0-9]{1,9}\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*\Z")
_IN_LIST = re.compile(r"(?:[^,\\]|\\.|\\\Z)+", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_READABLE = ",:/@"
"""Characters that are legal in a query as they are, beside letters, digits and ``-._~``."""

_OF_OTHERS = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_[ce]id|embed|embed_options)\Z")
"""Keys that Streamlit or a network that carries links adds."""


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
        object.__setattr__(self, "text", _clean(self.text))
        if self.within:
            object.__setattr__(self, "within", (_clean(self.within[0]), _round(self.within[1], 3)))
        if self.stretch:
            object.__setattr__(self, "stretch", tuple(sorted(_round(km, 3) for km in self.stretch)))
        for name in ("border_km", "located_km"):
            if getattr(self, name) is not None:
                object.__setattr__(self, name, _round(getattr(self, name), 3))


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
            object.__setattr__(self, "view", (_round(lat, 5), _round(lon, 5), _round(zoom, 3)))


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
_NUMBERS = ("border_km", "killed", "wounded", "located_km")
"""Keys that take one number; their fields have the same name."""

KEYS = (
    "from", "to", "country", "province", "type", "actor", "claimant", "precision", "within_km", "border_km", "km",
    "side", "status", "source", "language", "killed", "wounded", "located_km", "q", "view", "incident", "layer", "tab",
    "lang", "rev", "asof",
)  # fmt: skip
"""Every key of a link, in the order it is written."""


def read_link(
    query: str | Mapping[str, str | Sequence[str]], known: Known | None = None
) -> tuple[Link, tuple[Problem, ...]]:
    """The view that a query string or its decoded keys ask for, and what of it could not be used."""
    reader = _Reader(known or Known())
    given = _split_query(query, reader)
    for key in given:
        if key not in KEYS and not _OF_OTHERS.match(key):
            reader.note("link.unknown_key", key=key)
    values = {key: given[key] for key in KEYS if key in given}
    return reader.read(values), tuple(reader.problems)


def write_link(link: Link) -> str:
    """The one query string for a view, without a leading "?"."""
    f = link.filter
    values: dict[str, str] = {key: _join(getattr(f, name)) for key, name in LISTS.items()}
    values["from"], values["to"] = (day.isoformat() if day else "" for day in (f.start, f.end))
    values["within_km"] = f"{_escape(f.within[0])},{_write_number(f.within[1])}" if f.within else ""
    values["km"] = "-".join(map(_write_number, f.stretch)) if f.stretch else ""
    for name in _NUMBERS:
        values[name] = "" if getattr(f, name) is None else _write_number(getattr(f, name))
    values["q"] = f.text
    values["view"] = ",".join(map(_write_number, link.view)) if link.view else ""
    for name in ("rev", "asof"):
        values[name] = "" if getattr(link, name) is None else str(getattr(link, name))
    for name in ("incident", "layer", "tab", "lang"):
        values[name] = getattr(link, name) or ""
    return "&".join(f"{key}={quote(values[key], safe=_READABLE)}" for key in KEYS if values[key])


def write_filter(wanted: Filter) -> str:
    """The filter alone as a query string: what commands, exports and the mask address take."""
    return write_link(Link(filter=wanted))


def without_dates(wanted: Filter) -> Filter:
    """The filter with no limit in time."""
    return replace(wanted, start=None, end=None)


def loosen_filter(wanted: Filter) -> dict[str, Filter]:
    """For each limit that is set, by its key in the link ("from" for the dates): the filter without it."""
    nothing = Filter()
    looser = {"from": without_dates(wanted)}
    fields = {**LISTS, **{name: name for name in _NUMBERS}, "within_km": "within", "km": "stretch", "q": "text"}
    for key, name in fields.items():
        looser[key] = replace(wanted, **{name: getattr(nothing, name)})
    return {key: looser[key] for key in KEYS if key in looser and looser[key] != wanted}


class _Reader:
    """Reads values key by key and notes what is wrong with them."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.problems: list[Problem] = []

    def note(self, problem: str, **values: str) -> None:
        """Remember a problem once."""
        shown = {name: _shorten(value) for name, value in values.items()}
        found = Problem(key=problem, values=shown)
        if found not in self.problems:
            self.problems.append(found)

    def read(self, values: Mapping[str, str]) -> Link:
        """The link of decoded values, one to a key."""
        start, end = self._days(values)
        wanted = Filter(
            start=start,
            end=end,
            countries=self._codes(values, "country", self.known.countries),
            provinces=self._codes(values, "province", self.known.provinces, problem="link.bad_province"),
            types=self._types(values),
            actors=self._list(values, "actor"),
            claimants=self._choices(values, "claimant", _is_party),
            precisions=self._choices(values, "precision", PRECISIONS.__contains__),
            within=self._within(values),
            border_km=self._number(values, "border_km", values.get("border_km", ""), 0, FARTHEST_KM),
            stretch=self._stretch(values),
            sides=self._codes(values, "side", self.known.countries),
            statuses=self._choices(values, "status", STATUSES.__contains__),
            sources=self._list(values, "source"),
            languages=self._languages(values),
            killed=self._count(values, "killed"),
            wounded=self._count(values, "wounded"),
            located_km=self._number(values, "located_km", values.get("located_km", ""), 0, FARTHEST_KM),
            text=self._text(values),
        )
        return Link(
            filter=wanted,
            view=self._view(values),
            incident=self._name(values, "incident", self.known.incidents, problem="link.bad_incident"),
            layer=self._name(values, "layer", self.known.layers),
            tab=self._name(values, "tab", self.known.tabs),
            lang=self._name(values, "lang", self.known.languages),
            rev=self._revision(values, "rev"),
            asof=self._revision(values, "asof"),
        )

    def _days(self, values: Mapping[str, str]) -> tuple[date | None, date | None]:
        start, end = (self._day(values.get(key, "")) for key in ("from", "to"))
        if start and end and start > end:
            self.note("link.reversed")
            return end, start
        return start, end

    def _day(self, written: str) -> date | None:
        if not written:
            return None
        try:
            return date.fromisoformat(written if _DAY.match(written) else "")
        except ValueError:
            self.note("link.bad_date", value=written)
            return None

    def _list(self, values: Mapping[str, str], key: str) -> tuple[str, ...]:
        """The values of a list; those that are too long, or too many, are left out."""
        found = [_clean(value) for value in _split_list(values.get(key, ""))]
        good = [value for value in found if value and len(value) <= _LONGEST_VALUE]
        for value in found:
            if len(value) > _LONGEST_VALUE:
                self.note("link.bad_value", key=key, value=value)
        if len(good) > _MOST_VALUES:
            self.note("link.bad_value", key=key, value=good[_MOST_VALUES])
        return tuple(good[:_MOST_VALUES])

    def _choices(self, values: Mapping[str, str], key: str, fits: Callable[[str], bool]) -> tuple[str, ...]:
        found = self._list(values, key)
        for value in found:
            if not fits(value):
                self.note("link.bad_value", key=key, value=value)
        return tuple(value for value in found if fits(value))

    def _codes(
        self, values: Mapping[str, str], key: str, known: Container[str] | None, *, problem: str = "link.bad_value"
    ) -> tuple[str, ...]:
        """ISO codes, in capitals whatever the link has."""
        found = []
        for value in self._list(values, key):
            code = RENAMED_PROVINCES.get(value.upper(), value.upper())
            if known is None or code in known:
                found.append(code)
            else:
                self.note(problem, key=key, value=value)
        return tuple(found)

    def _types(self, values: Mapping[str, str]) -> tuple[str, ...]:
        found: list[str] = []
        for value in self._list(values, "type"):
            name = value.lower()
            meant = (name,) if self.known.types is None else self.known.types.get(name, ())
            found.extend(meant)
            if not meant:
                self.note("link.bad_type", value=value)
        return tuple(found)

    def _languages(self, values: Mapping[str, str]) -> tuple[str, ...]:
        written = {"language": values.get("language", "").lower()}
        return self._choices(written, "language", lambda value: bool(_LANGUAGE.match(value)))

    def _count(self, values: Mapping[str, str], key: str) -> int | None:
        """A whole number of people, one at least."""
        written = values.get(key, "")
        if not written:
            return None
        if not _WHOLE.match(written) or not int(written):
            self.note("link.bad_number", key=key, value=written)
            return None
        return int(written)

    def _within(self, values: Mapping[str, str]) -> tuple[str, float] | None:
        written = values.get("within_km", "")
        if not written:
            return None
        place, *rest = [_clean(part) for part in _split_list(written)]
        if len(rest) != 1 or not place or len(place) > _LONGEST_VALUE:
            self.note("link.bad_value", key="within_km", value=written)
            return None
        distance = self._number(values, "within_km", rest[0], 0, FARTHEST_KM)
        if self.known.places is not None and place not in self.known.places:
            self.note("link.bad_value", key="within_km", value=place)
            return None
        return None if distance is None else (place, distance)

    def _stretch(self, values: Mapping[str, str]) -> tuple[float, float] | None:
        written = values.get("km", "")
        first, last = (_read_number(end) for end in (written.partition("-")[0], written.partition("-")[2]))
        if first is not None and last is not None and min(first, last) >= 0 and max(first, last) <= FARTHEST_KM:
            return first, last
        if written:
            self.note("link.bad_value", key="km", value=written)
        return None

    def _number(self, values: Mapping[str, str], key: str, written: str, least: float, most: float) -> float | None:
        if not values.get(key):
            return None
        number = _read_number(written)
        if number is None or not least <= number <= most:
            self.note("link.bad_number", key=key, value=written)
            return None
        return number

    def _view(self, values: Mapping[str, str]) -> tuple[float, float, float] | None:
        written = values.get("view", "")
        if not written:
            return None
        numbers = [_read_number(part) for part in written[:_LONGEST_VALUE].split(",")]
        if len(numbers) == 3:
            lat, lon, zoom = numbers
            if lat is not None and lon is not None and zoom is not None and _is_view(lat, lon, zoom):
                return lat, lon, zoom
        self.note("link.bad_view", value=written)
        return None

    def _name(
        self, values: Mapping[str, str], key: str, known: Container[str] | None, *, problem: str = "link.bad_value"
    ) -> str | None:
        name = _clean(values.get(key, ""))
        if not name:
            return None
        if len(name) > _LONGEST_VALUE or (known is not None and name not in known):
            self.note(problem, key=key, value=name)
            return None
        return name

    def _revision(self, values: Mapping[str, str], key: str) -> int | None:
        written = values.get(key, "")
        if not written:
            return None
        if not re.fullmatch(r"[0-9]{1,15}", written):
            self.note("link.bad_number", key=key, value=written)
            return None
        return int(written)

    def _text(self, values: Mapping[str, str]) -> str:
        text = _clean(values.get("q", ""))
        if len(text) <= _LONGEST_VALUE:
            return text
        self.note("link.bad_value", key="q", value=text)
        return ""


def _split_query(query: str | Mapping[str, str | Sequence[str]], reader: _Reader) -> dict[str, str]:
    """Decoded values by key; the values of a list's key that stands twice are joined, else the last one counts."""
    if isinstance(query, str):
        if len(query) > _LONGEST_LINK:
            reader.note("link.bad_value", key="…", value=query)
            query = query[:_LONGEST_LINK].rpartition("&")[0]
        pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
    else:
        pairs = [
            (key, value) for key, values in query.items() for value in ([values] if isinstance(values, str) else values)
        ]
    given: dict[str, str] = {}
    for key, value in pairs:
        joined = key in LISTS and given.get(key)
        given[key] = f"{given[key]},{value}" if joined else value
    return given


def _in_order(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({cleaned for value in values if (cleaned := _clean(value))}))


def _clean(text: str) -> str:
    """The text without control characters and half surrogate pairs, its spaces made single."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def _shorten(text: str) -> str:
    cleaned = _clean(text[: 2 * _SHOWN])
    return cleaned if len(cleaned) <= _SHOWN else f"{cleaned[:_SHOWN]}…"


def _escape(value: str) -> str:
    """The value as it stands in a list: only a comma of its own needs a mark, whoever encodes the link again."""
    return value.replace("\\", "\\\\").replace(",", "\\,")


def _join(values: Sequence[str]) -> str:
    return ",".join(map(_escape, values))


def _split_list(written: str) -> list[str]:
    """The values of a list, their own commas given back."""
    return [_ESCAPED.sub(r"\1", part) for part in _IN_LIST.findall(written)]


def _round(number: float, digits: int) -> float:
    """The number as a link can say it; minus zero is zero."""
    return round(float(number), digits) + 0.0


def _write_number(number: float) -> str:
    """The shortest digits that give the number back, without an exponent."""
    text = format(Decimal(repr(float(number))), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _read_number(written: str) -> float | None:
    """A plain decimal number; None for anything else, infinities among them."""
    if not _NUMBER.match(written):
        return None
    number = float(written)
    return number + 0.0 if math.isfinite(number) else None


def _is_view(lat: float, lon: float, zoom: float) -> bool:
    return -90 <= lat <= 90 and -180 <= lon <= 180 and 0 <= zoom <= LARGEST_ZOOM


def _is_party(value: str) -> bool:
    return value in _PARTIES or bool(_PARTY.match(value))
