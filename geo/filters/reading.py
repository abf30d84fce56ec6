"""The view that a link asks for; whatever cannot be used is left out and named, and the rest still counts."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Container, Mapping, Sequence
from datetime import date
from urllib.parse import parse_qsl

from geo.codes import RENAMED_PROVINCES
from geo.filters.asked import (
    FARTHEST_KM,
    KEYS,
    LARGEST_ZOOM,
    LISTS,
    PRECISIONS,
    STATUSES,
    Filter,
    Known,
    Link,
    Problem,
    clean,
)  # fmt: skip

_PARTIES = frozenset({"un", "ngo", "medical", "local", "media", "author", "other"})
_PARTY = re.compile(r"(?:state:[A-Z]{2}|(?:group|database):\S.*)\Z")

_LONGEST_VALUE = 200
"""Characters of one value: longer than any name, short enough to be shown back to the reader."""
_LONGEST_LINK = 16_000
_MOST_VALUES = 200
_SHOWN = 40
"""Characters of a bad value that are shown back."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,20})?\Z")
_WHOLE = re.compile(r"[0-9]{1,9}\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*\Z")
_IN_LIST = re.compile(r"(?:[^,\\]|\\.|\\\Z)+", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_OF_OTHERS = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_[ce]id|embed|embed_options)\Z")
"""Keys that Streamlit or a network that carries links adds."""


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
        found = list(dict.fromkeys(clean(value) for value in _split_list(values.get(key, ""))))
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
        parts = [clean(part) for part in _split_list(written)]
        place, distance_km = parts if len(parts) == 2 else ("", "")
        if not place or len(place) > _LONGEST_VALUE:
            self.note("link.bad_value", key="within_km", value=written)
            return None
        distance = self._number(values, "within_km", distance_km, 0, FARTHEST_KM)
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
        name = clean(values.get(key, ""))
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
        text = clean(values.get("q", ""))
        if len(text) <= _LONGEST_VALUE:
            return text
        self.note("link.bad_value", key="q", value=text)
        return ""


def _split_query(query: str | Mapping[str, str | Sequence[str]], reader: _Reader) -> dict[str, str]:
    """Decoded values by key; the values of a list's key that stands twice are joined, else the last one counts."""
    if isinstance(query, str):
        if len(query) > _LONGEST_LINK:
            reader.note("link.too_long")
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


def _shorten(text: str) -> str:
    cleaned = clean(text[: 2 * _SHOWN])
    return cleaned if len(cleaned) <= _SHOWN else f"{cleaned[:_SHOWN]}…"


def _split_list(written: str) -> list[str]:
    """The values of a list, their own commas given back."""
    return [_ESCAPED.sub(r"\1", part) for part in _IN_LIST.findall(written)]


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
