"""What an incident's place is known as when it is no point: areas and stretches of the border, each once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely.geometry
from numpy.typing import NDArray

from geo.borders import Border
from geo.exchange.geopackage.columns import REAL, TEXT, WHOLE, Index, Rows
from geo.exchange.geopackage.layers import Layer, Shapes, as_ids
from geo.exchange.shapes import NEAR_KM, district_radius_km, draw_discs, line_geometry, province_shape
from geo.gazetteer import Gazetteer
from geo.wording.naming import name_province
from geo.wording.words import Words

_KINDS = np.array(["near", "district", "province"], dtype=object)
_NEAR, _DISTRICT, _PROVINCE = range(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Areas:
    """Areas, or stretches, and which place is known as which."""

    layer: Layer
    of_place: Index
    """For each row of the places the row of its area; -1 for none."""


def find_areas(places: Rows, gazetteer: Gazetteer) -> Areas:
    """The discs, districts and provinces that places are known as."""
    known = _describe(places, gazetteer)
    group, first = _group(known)
    of_place = np.full(len(places), -1, dtype=np.int64)
    of_place[known.index] = group
    known = known.iloc[first]
    table = {
        "id": as_ids(np.arange(len(known))),
        "kind": pa.array(_KINDS[known["kind"]], TEXT),
        **_name(places, known, gazetteer),
        "radius_km": pa.array(known["radius_km"], REAL, from_pandas=True),
        "incidents": pa.array(_count_incidents(places.at, of_place, len(known)), WHOLE),
    }
    kind, (lon, lat, radius_km) = (
        known["kind"].to_numpy(),
        (known[name].to_numpy() for name in ("lon", "lat", "radius_km")),
    )
    codes = table["province"].to_pylist()

    def draw(rows: slice) -> Shapes:
        shapes = np.full(rows.stop - rows.start, None, dtype=object)
        disc = (kind[rows] != _PROVINCE) & ~np.isnan(lon[rows])
        shapes[disc] = draw_discs(lon[rows][disc], lat[rows][disc], radius_km[rows][disc])
        for at in (kind[rows] == _PROVINCE).nonzero()[0]:
            shapes[at] = province_shape(codes[rows.start + at])
        return shapes

    about = "Discs, districts and provinces that incidents are known no better than, each once and without a figure."
    layer = Layer(name="areas", about=about, table=pa.table(table), kind="MultiPolygon", draw=draw)
    return Areas(layer=layer, of_place=of_place)


def find_stretches(places: Rows, border: Border) -> Areas:
    """The stretches of the border that places are known as; the whole of it where none is named."""
    rows = places.equals("precision", "line").nonzero()[0]
    ends = pd.DataFrame({name: places.numbers(name)[rows] for name in ("border_km_start", "border_km_end")}, index=rows)
    group, first = _group(ends)
    of_place = np.full(len(places), -1, dtype=np.int64)
    of_place[rows] = group
    ends = ends.iloc[first]
    table = {
        "id": as_ids(np.arange(len(ends))),
        **{name: pa.array(ends[name], REAL, from_pandas=True) for name in ends},
        "incidents": pa.array(_count_incidents(places.at, of_place, len(ends)), WHOLE),
    }
    km = ends.to_numpy()

    def draw(rows: slice) -> Shapes:
        shapes = np.full(rows.stop - rows.start, None, dtype=object)
        shapes[:] = [_draw_stretch(border, start, end) for start, end in km[rows]]
        return shapes

    about = "Stretches of the border that incidents are known no better than, each once and without a figure."
    layer = Layer(name="stretches", about=about, table=pa.table(table), kind="MultiLineString", draw=draw)
    return Areas(layer=layer, of_place=of_place)


def _describe(places: Rows, gazetteer: Gazetteer) -> pd.DataFrame:
    """What makes each vague place the area it is, by row of the places; names stand as codes."""
    near, district, province = (places.equals("precision", name) for name in ("near", "adm2", "adm1"))
    rows = (near | district | province).nonzero()[0]
    ids, codes = (pc.dictionary_encode(places.column(name)) for name in ("place_id", "adm1"))
    known = pd.DataFrame({name: places.numbers(name)[rows] for name in ("lat", "lon", "radius_km")}, index=rows)
    known["kind"] = np.select([near[rows], district[rows]], [_NEAR, _DISTRICT], _PROVINCE)
    known["place"], known["adm1"] = _codes(ids)[rows], _codes(codes)[rows]
    nowhere = ~((known["lat"].abs() <= 90) & (known["lon"].abs() <= 180))
    known.loc[nowhere, ["lat", "lon"]] = np.nan
    known.loc[nowhere & (known["kind"] == _DISTRICT), "kind"] = _PROVINCE
    known.loc[(known["kind"] == _NEAR) & known["radius_km"].isna(), "radius_km"] = NEAR_KM
    in_district = known["kind"] == _DISTRICT
    known.loc[in_district, "radius_km"] = _measure_districts(ids, gazetteer)[known.loc[in_district, "place"]]
    # of a province only the code counts, so that it is one however it was named
    known.loc[known["kind"] == _PROVINCE, ["lat", "lon", "radius_km"]] = np.nan
    known.loc[known["kind"] == _PROVINCE, "place"] = -1
    return known


def _measure_districts(ids: pa.DictionaryArray, gazetteer: Gazetteer) -> NDArray[np.float64]:
    """Radius of a district by the code of its place, and at the end that of one without an id."""
    known = [gazetteer.place(id_) if id_ in gazetteer.extras else None for id_ in ids.dictionary.to_pylist()]
    return np.array([district_radius_km(place, gazetteer) for place in [*known, None]])


def _name(places: Rows, known: pd.DataFrame, gazetteer: Gazetteer) -> dict[str, pa.Array]:
    """Name, place, province and country of each area: a province's own, not those of a place in it."""
    taken = places.table.select(["name", "place_id", "adm1", "country"]).take(pa.array(known.index.to_numpy()))
    is_province, words = pa.array(known["kind"].to_numpy() == _PROVINCE), Words("en")
    codes = taken.column("adm1").to_pylist()
    names = pa.array([name_province(code, gazetteer, words) if code else None for code in codes], TEXT)
    countries = pa.array([code.partition("-")[0] if code else None for code in codes], TEXT)
    return {
        "name": pc.if_else(is_province, names, taken.column("name").combine_chunks()),
        "place_id": pc.if_else(is_province, None, taken.column("place_id").combine_chunks()),
        "province": taken.column("adm1").combine_chunks(),
        "country": pc.if_else(is_province, countries, taken.column("country").combine_chunks()),
    }


def _draw_stretch(border: Border, start: float, end: float) -> shapely.Geometry:
    first = None if np.isnan(start) else float(start)
    return shapely.geometry.shape(line_geometry(border, first, first if np.isnan(end) else float(end)))


def _group(rows: pd.DataFrame) -> tuple[Index, Index]:
    """Group of each row by all its columns, numbered as they come, and the first row of each group."""
    group = rows.groupby(list(rows), dropna=False, sort=False).ngroup().to_numpy().astype(np.int64)
    return group, np.unique(group, return_index=True)[1].astype(np.int64)


def _count_incidents(at: Index, of_place: Index, count: int) -> Index:
    """Of how many incidents each area has places."""
    known = of_place >= 0
    pairs = np.unique(np.stack([of_place[known], at[known]]), axis=1)
    return np.bincount(pairs[0], minlength=count).astype(np.int64)


def _codes(column: pa.DictionaryArray) -> Index:
    """Code of each value; -1 for None."""
    return np.asarray(pc.fill_null(column.indices, -1).to_numpy(zero_copy_only=False), dtype=np.int64)
