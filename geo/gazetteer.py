"""Names to the places that may bear them: a memory-mapped file for the world and a small table for the border in view.

``places.bin`` holds columns (latitude, longitude, population, source id, containing unit) of records ordered by kind,
``names.marisa`` every match key in use. ``data/build_gazetteer.py`` writes both by the layout defined here.
"""

from __future__ import annotations

import csv
import json
import mmap
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypedDict

import marisa_trie

from geo.errors import DataError
from geo.model import Alias, Place, PlaceKind
from geo.settings import data_folder
from geo.text import match_key

ALTERNATE = 1
"""Flag of a bearing: the key is an alternate name of the place, not its own."""
ABBREVIATION = 2
"""The key is an abbreviation ("Pa.", "UK") and counts only where it is written as one."""
DEMONYM = 4
"""The key names the people or is the adjective of the place."""
BARE = 8
"""The key is a unit's name without its feature word ("Orange" of Orange County)."""
FLAG_BITS = 4

ENGLISH_WORD = 1
"""Flag of a word: it stands in an English dictionary in lower case."""
GIVEN_NAME = 2
"""It is a common given name."""
SURNAME = 4
"""It is a common surname."""

LANGUAGES = ("fa", "ps", "ur")
COORDINATE_STEPS = 100_000
"""Coordinates are whole numbers of 1/100,000 degree, as GeoNames gives them."""
BLOCK = 32
"""Records whose texts stand together; the file keeps one offset for each block."""
MANY = 1 << 31
"""Bit of a key's head: the rest is an offset into ``bearings``, else it is the one bearing itself."""

COLUMNS = {
    "lat": "i", "lon": "i", "population": "I", "source": "I", "unit": "H",
    "heads": "I", "bearings": "I", "blocks": "I", "texts": "B",
}  # fmt: skip
"""Sections of ``places.bin`` and their number formats (little-endian, as all supported machines are)."""

CACHE_LIMIT = 50_000
"""Names and places kept ready; beyond it the cache starts again."""


class Header(TypedDict):
    """The JSON line at the start of ``places.bin``."""

    specials: int
    units: list[list[str | None]]
    kinds: list[PlaceKind]
    capitals: dict[str, int]
    sections: dict[str, list[int]]


class Bearing(NamedTuple):
    """A place that bears a name, and how it bears it."""

    place: Place
    flags: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BorderPlace:
    """What the border table says about a place beyond the record."""

    radius_km: float | None = None
    """Radius of a disc of about the place's size; None for a point."""
    same_as: str | None = None
    """GeoNames id of the same place; None when it has none."""
    across: str | None = None
    """For a crossing, the unit on the other side of the line."""


class WorldFile:
    """The memory-mapped records of ``places.bin``."""

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise DataError(f"{path} cannot be opened ({error}): run data/build_gazetteer.py") from error
        end = self._map.find(b"\n")
        header: Header = json.loads(self._map[:end])
        self.specials = header["specials"]
        self.kinds = header["kinds"]
        self.units = [tuple(unit) for unit in header["units"]]
        self.capitals = header["capitals"]
        view = memoryview(self._map)
        columns: dict[str, memoryview[int]] = {
            name: view[end + 1 + start : end + 1 + stop].cast(COLUMNS[name])  # type: ignore[call-overload]
            for name, (start, stop) in header["sections"].items()
        }
        self.lat, self.lon, self.population = columns["lat"], columns["lon"], columns["population"]
        self.source, self.unit = columns["source"], columns["unit"]
        self.heads, self.bearings = columns["heads"], columns["bearings"]
        self._blocks, self._texts = columns["blocks"], columns["texts"]
        self._towns = _read_towns(path.with_name("towns.csv"))

    def bearings_of(self, key: int) -> Iterable[int]:
        """Bearings of a key: record number shifted left by FLAG_BITS, and flags."""
        head = self.heads[key]
        if not head & MANY:
            return (head,)
        start = head ^ MANY
        return self.bearings[start + 1 : start + 1 + self.bearings[start]]

    def text(self, record: int) -> str:
        """Name of a settlement; tab-separated id, name and names by language of any other place."""
        block = record // BLOCK
        lines = bytes(self._texts[self._blocks[block] : self._blocks[block + 1]])
        return lines.split(b"\n")[record % BLOCK].decode()

    def special_texts(self) -> Iterator[str]:
        """The texts of all places that are no settlements, in the order of their records."""
        for block in range(-(-self.specials // BLOCK)):
            lines = bytes(self._texts[self._blocks[block] : self._blocks[block + 1]]).decode().split("\n")
            yield from lines[: min(BLOCK, self.specials - block * BLOCK)]

    def place(self, record: int) -> Place:
        """The place of a record."""
        country, adm1 = self.units[self.unit[record]]
        names: dict[str, str] = {}
        if record < self.specials:
            identity, kind_index, name, *translations = self.text(record).split("\t")
            kind = self.kinds[int(kind_index)]
            names = {language: text for language, text in zip(LANGUAGES, translations, strict=False) if text}
        else:
            identity, kind, name = f"geonames:{self.source[record]}", "settlement", self.text(record)
            names = self._towns.get(identity, names)
        lat, lon = self.lat[record] / COORDINATE_STEPS, self.lon[record] / COORDINATE_STEPS
        return Place(
            id=identity, name=name, kind=kind, country=country, adm1=adm1,
            lat=None if kind == "line" else lat, lon=None if kind == "line" else lon,
            population=self.population[record] or None, names=names,
        )  # fmt: skip


def _read_towns(path: Path) -> dict[str, dict[str, str]]:
    """Names by language of settlements that the world file has in Latin letters only, by the id of the place."""
    return {f"geonames:{row['geonames']}": {name: row[name] for name in LANGUAGES} for row in _read_rows(path)}


def _number(text: str) -> float | None:
    return float(text) if text else None


@dataclass(slots=True)
class _BorderTable:
    """Names and places of one border, read from its folder."""

    places: list[Place] = field(default_factory=list)
    extras: dict[str, BorderPlace] = field(default_factory=dict)
    names: list[tuple[str, str, int]] = field(default_factory=list)
    """Name as written, id of the place it names, flags."""


def _split(text: str | None) -> list[str]:
    return [name for name in (text or "").split("|") if name]


def _read_rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf8", newline="") as lines:
        yield from csv.DictReader(lines)


def _read_border(folder: Path) -> _BorderTable:
    table = _BorderTable()
    for row in _read_rows(folder / "places.csv"):
        spellings = [row["name"], *_split(row["spellings"])]
        translations = {language: _split(row[language]) for language in LANGUAGES}
        kind: PlaceKind = row["kind"]  # type: ignore[assignment]  # the table's own test checks the kinds
        table.places.append(
            Place(
                id=row["id"], name=row["name"], kind=kind, country=row["country"] or None, adm1=row["adm1"] or None,
                lat=_number(row["lat"]), lon=_number(row["lon"]), uncertainty_km=_number(row["uncertainty_km"]),
                names={language: names[0] for language, names in translations.items() if names},
            )
        )  # fmt: skip
        table.extras[row["id"]] = BorderPlace(
            radius_km=_number(row["radius_km"]), same_as=row["same_as"] or None, across=row.get("across") or None
        )
        for name in [*spellings, *(name for names in translations.values() for name in names)]:
            table.names.append((name, row["id"], 0))
    if (folder / "names.csv").exists():
        for row in _read_rows(folder / "names.csv"):
            for column, text in row.items():
                flags = DEMONYM if column.startswith("demonyms") else 0
                table.names.extend((name, row["id"], flags) for name in _split(text) if column != "id")
    return table


def _by_name(aliases: Iterable[Alias]) -> dict[tuple[str, str], Alias]:
    """Aliases by language and name."""
    return {(alias.language, alias.name_key): alias for alias in aliases}


class Gazetteer:
    """Looks names up in the world and in the border in view."""

    def __init__(self, folder: Path, border: str | None, aliases: Iterable[Alias] = ()) -> None:
        self.border = border
        self._aliases = _by_name(aliases)
        self._in_language: dict[str, Gazetteer] = {}
        self._fixed: dict[str, Place] = {}
        self.border_countries: tuple[str, ...] = tuple(border.split("-")) if border else ()
        self._world = WorldFile(folder / "gazetteer" / "places.bin")
        self._trie = marisa_trie.Trie()
        self._trie.mmap(str(folder / "gazetteer" / "names.marisa"))
        self._border_places: dict[str, Place] = {}
        self.extras: Mapping[str, BorderPlace] = {}
        self._border_names: dict[str, list[tuple[str, int]]] = {}
        if border:
            self._add_border(folder / "borders" / border)
        self._border_trie = marisa_trie.Trie(self._border_names)
        self._words = marisa_trie.BytesTrie()
        self._words.mmap(str(folder / "gazetteer" / "words.marisa"))
        self._word_flags: dict[str, int] = {}
        self._starts: dict[str, bool] = {}
        self._bearings: dict[str, tuple[Bearing, ...]] = {}
        self._places: dict[int, Place] = {}

    def _add_border(self, folder: Path) -> None:
        if not (folder / "places.csv").exists():
            return
        table = _read_border(folder)
        self.extras = table.extras
        self._border_places = {place.id: place for place in table.places}
        for name, identity, flags in table.names:
            key = match_key(name)
            bearers = self._border_names.setdefault(key, [])
            if key and all(identity != other for other, _ in bearers):
                short = ABBREVIATION if name.isascii() and name.isupper() and len(name) <= 4 else 0
                bearers.append((identity, flags | short))

    # -- aliases ----------------------------------------------------------------------------------------------------

    def in_language(self, language: str) -> Gazetteer:
        """The gazetteer as it answers for articles of a language: a name that an editor fixed means that place alone.

        A name that is said to mean no place is looked up as before, so that it is still found where it stands.
        """
        known = self._in_language.get(language)
        if known is None:
            said = [alias for (spoken, _), alias in self._aliases.items() if spoken == language]
            fixed = {alias.name_key: place for alias in said if (place := self.place(alias.place_id or ""))}
            known = self._in_language[language] = self._with_fixed(fixed) if fixed else self
        return known

    @property
    def has_aliases(self) -> bool:
        """Whether editors say anything of any name."""
        return bool(self._aliases)

    def alias(self, key: str, language: str) -> Alias | None:
        """What an editor says a name means in a language; None when none does, or the place is not there any more."""
        found = self._aliases.get((language, key))
        return None if found and found.place_id and self.place(found.place_id) is None else found

    def with_aliases(self, aliases: Iterable[Alias]) -> Gazetteer:
        """A gazetteer of the same files that follows what editors say."""
        other = copy(self)
        other._aliases, other._in_language = _by_name(aliases), {}
        return other

    def _with_fixed(self, fixed: Mapping[str, Place]) -> Gazetteer:
        """A copy in which some names mean one place; only what is remembered of names is its own."""
        other = copy(self)
        other._fixed = dict(fixed)
        other._border_names = {**self._border_names, **{key: [(place.id, 0)] for key, place in fixed.items()}}
        other._border_trie = marisa_trie.Trie(other._border_names)
        other._starts, other._bearings, other._in_language = {}, {}, {}
        other.__dict__.pop("_spellings", None)
        return other

    # -- looking up -------------------------------------------------------------------------------------------------

    def prefixes(self, key: str) -> list[str]:
        """Every known key that ``key`` begins with, shortest first; the caller checks that it ends at a word."""
        found: list[str] = self._trie.prefixes(key)
        local: list[str] = self._border_trie.prefixes(key)
        return sorted({*found, *local}, key=len) if local else found

    def starts(self, word: str) -> bool:
        """Whether any name begins with this whole word."""
        known = self._starts.get(word)
        if known is None:
            if len(self._starts) >= CACHE_LIMIT:
                self._starts.clear()
            known = self.knows(word) or self._continues(f"{word} ")
            self._starts[word] = known
        return known

    def _continues(self, beginning: str) -> bool:
        return any(True for trie in (self._trie, self._border_trie) for _ in trie.iterkeys(beginning))

    def word_flags(self, word: str) -> int:
        """What else a lower-case word may be: ENGLISH_WORD, GIVEN_NAME, SURNAME, or 0."""
        flags = self._word_flags.get(word)
        if flags is None:
            if len(self._word_flags) >= CACHE_LIMIT:
                self._word_flags.clear()
            known = self._words.get(word)
            flags = self._word_flags[word] = known[0][0] if known else 0
        return flags

    def knows(self, key: str) -> bool:
        """Whether any place bears the key."""
        return key in self._trie or key in self._border_names

    def bearings(self, key: str) -> tuple[Bearing, ...]:
        """Places that bear a match key, the border's first, then own names before alternates, large before small."""
        known = self._bearings.get(key)
        if known is None:
            if len(self._bearings) >= CACHE_LIMIT:
                self._bearings.clear()
            known = self._bearings[key] = tuple(self._find_bearings(key))
        return known

    def _find_bearings(self, key: str) -> Iterator[Bearing]:
        if key in self._fixed:
            yield Bearing(self._fixed[key], 0)
            return
        seen: set[str] = set()
        for identity, flags in self._border_names.get(key, ()):
            place = self.place(identity)
            if place is not None:
                seen.add(identity)
                seen.add(self.extras[identity].same_as or "" if identity in self.extras else "")
                yield Bearing(place, flags)
        number = self._trie.get(key)
        if number is None:
            return
        for bearing in self._world.bearings_of(number):
            place = self._place_of(bearing >> FLAG_BITS)
            if place.id not in seen:
                yield Bearing(place, bearing & ((1 << FLAG_BITS) - 1))

    def find(self, name: str) -> tuple[Place, ...]:
        """Places that a name may mean, the border's first, then large before small; demonyms are left out."""
        return tuple(bearing.place for bearing in self.bearings(match_key(name)) if not bearing.flags & DEMONYM)

    def place(self, identity: str) -> Place | None:
        """The place of an id such as ``geonames:1140025``; None when there is none."""
        if identity in self._border_places:
            return self._border_places[identity]
        record = self._record(identity)
        return None if record is None else self._place_of(record)

    def adm1(self, code: str) -> Place | None:
        """The first-level unit of an ISO 3166-2 code."""
        return self.place(f"adm1:{code}")

    def country(self, code: str) -> Place | None:
        """The country of an ISO 3166-1 alpha-2 code."""
        return self.place(f"country:{code}")

    def capital(self, country: str) -> Place | None:
        """The capital of a country by its ISO code; None when unknown."""
        record = self._world.capitals.get(country)
        return None if record is None else self._place_of(record)

    def settlements(self) -> Iterator[tuple[int, float, float]]:
        """Record, latitude and longitude of every settlement of the world."""
        world = self._world
        for record in range(world.specials, len(world.lat)):
            yield record, world.lat[record] / COORDINATE_STEPS, world.lon[record] / COORDINATE_STEPS

    def record(self, number: int) -> Place:
        """The place of a record number from ``settlements``."""
        return self._place_of(number)

    @property
    def border_places(self) -> Mapping[str, Place]:
        """The places of the border table by id."""
        return self._border_places

    @property
    def border_names(self) -> Mapping[str, object]:
        """Match keys of the border table."""
        return self._border_names

    def spellings(self, identity: str) -> tuple[str, ...]:
        """Match keys of all names that the border table has for a place, in any language; empty for other places."""
        return self._spellings.get(identity, ())

    @cached_property
    def _spellings(self) -> dict[str, tuple[str, ...]]:
        spellings: dict[str, list[str]] = {}
        for key, bearers in self._border_names.items():
            for identity, flags in bearers:
                if not flags & DEMONYM:
                    spellings.setdefault(identity, []).append(key)
        return {identity: tuple(keys) for identity, keys in spellings.items()}

    def border_goes_on(self, key: str) -> bool:
        """Whether a longer name of the border table begins with the words of a match key."""
        return next(self._border_trie.iterkeys(f"{key} "), None) is not None

    def names_in_script(self, first: str, last: str) -> Iterator[str]:
        """Every match key whose first letter lies between two letters, for scripts without capitals."""
        for code in range(ord(first), ord(last) + 1):
            yield from self._trie.iterkeys(chr(code))
        yield from (key for key in self._border_names if first <= key[:1] <= last)

    def _record(self, identity: str) -> int | None:
        """Record number of an id; settlements stand in the order of their GeoNames ids."""
        world = self._world
        source, _, number = identity.partition(":")
        if source != "geonames":
            return self._specials.get(identity)
        if not number.isdecimal() or len(number) > 9:
            return None
        record = bisect_left(world.source, int(number), lo=world.specials)
        return record if record < len(world.source) and world.source[record] == int(number) else None

    @cached_property
    def _specials(self) -> dict[str, int]:
        """Record numbers of countries, units and regions by id."""
        return {text.partition("\t")[0]: record for record, text in enumerate(self._world.special_texts())}

    def _place_of(self, record: int) -> Place:
        place = self._places.get(record)
        if place is None:
            if len(self._places) >= CACHE_LIMIT:
                self._places.clear()
            place = self._places[record] = self._world.place(record)
        return place


def open_gazetteer(
    *, border: str | None = "AF-PK", folder: Path | None = None, aliases: Iterable[Alias] = ()
) -> Gazetteer:
    """The gazetteer of the world with the names of one border in view.

    ``border`` is a code such as ``AF-PK`` (None for the world alone; a border without a table adds no names),
    ``folder`` the data folder, by default the project's own, ``aliases`` what editors say names mean.
    Raises DataError when the built files are missing.
    """
    return Gazetteer(folder or data_folder(), border, aliases)


__all__ = [
    "ABBREVIATION",
    "ALTERNATE",
    "BARE",
    "DEMONYM",
    "ENGLISH_WORD",
    "GIVEN_NAME",
    "SURNAME",
    "Bearing",
    "BorderPlace",
    "Gazetteer",
    "open_gazetteer",
]
