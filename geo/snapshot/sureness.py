"""How far off each place may be: the radius around its point that the true place lies in."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from geo.borders import Border
from geo.gazetteer import Gazetteer
from geo.snapshot.labels import factorize
from geo.snapshot.locating import Floats
from geo.snapshot.records import Marks, Spots
from geo.snapshot.rows import ADM1, PRECISIONS

NEAR_KM = 10.0
"""Radius of "near" where the report gives none, as on the map."""
DISTRICT_KM = 15.0
"""Radius of a district whose size is not known, as on the map."""
_EXACT, _NEAR, _ADM2 = (PRECISIONS.index(name) for name in ("exact", "near", "adm2"))
_EARTH_KM = 6371.0088

Ring = Sequence[Sequence[float]]


def measure_uncertainty(spots: Spots, border: Border, gazetteer: Gazetteer) -> Floats:
    """Radius in km of each spot; NaN where nobody can tell: along the line, somewhere in a country, unknown.

    A named place is off by what the border's table says of its point, by nothing where it says nothing. A place "near"
    another is within the radius reported. Districts and provinces are as large as a circle of their area.
    """

    def point_km(place: str) -> float:
        known = gazetteer.border_places.get(place)
        return (known.uncertainty_km if known else None) or 0.0

    def district_km(place: str) -> float:
        extra = gazetteer.extras.get(place)
        return (extra.radius_km if extra else None) or DISTRICT_KM

    provinces = _measure_provinces(border)
    near = np.where(np.isnan(spots.radius_km), NEAR_KM, spots.radius_km)
    of_places, of_districts = (_look_up(spots.place_id, find) for find in (point_km, district_km))
    of_provinces = _look_up(spots.adm1, lambda code: provinces.get(code, math.nan), missing=math.nan)
    kinds = [spots.precision == kind for kind in (_EXACT, _NEAR, _ADM2, ADM1)]
    return np.select(kinds, [of_places, near, of_districts, of_provinces], np.nan)


def find_surest(count: int, marks: Marks, uncertainty_km: Floats) -> Floats:
    """Radius of the surest place of each incident, in km; NaN where none has one."""
    surest = np.full(count, np.inf)
    np.fmin.at(surest, marks.incident, uncertainty_km[marks.spot])
    return np.where(np.isinf(surest), np.nan, surest)


def _look_up(names: np.ndarray, find: Callable[[str], float], *, missing: float = 0.0) -> Floats:
    """What is found for each name, each asked for once."""
    code, known = factorize(names)
    return np.array([*map(find, known), missing], dtype=float)[code]


def _measure_provinces(border: Border) -> Mapping[str, float]:
    """Radius of a circle as large as each province of the border's basemap; nothing where it was not built."""
    path = border.folder / "basemap.json" if border.folder else None
    if path is None or not path.is_file():
        return {}
    provinces = json.loads(path.read_text(encoding="utf8"))["provinces"]
    return {p["adm1"]: math.sqrt(sum(map(_measure_area, p["rings"])) / math.pi) for p in provinces}


def _measure_area(ring: Ring) -> float:
    """Square kilometres that a ring of (lon, lat) encloses, on the sphere."""
    lon, lat = np.radians(np.array(ring)).T
    step = np.roll(lon, -1) - lon
    return float(abs((step * (np.sin(lat) + np.sin(np.roll(lat, -1)))).sum()) / 2 * _EARTH_KM**2)
