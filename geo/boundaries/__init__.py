"""Provinces and countries as polygons (GeoPandas): which province a point is in, which line two countries share.

All of the world's outlines come from one topology, so neighbours share every vertex of their edge. Coordinates are
WGS 84; distances are measured on the ellipsoid.
"""

from geo.boundaries.basemap import build_basemap, ensure_border, write_json
from geo.boundaries.districts import District, district_of, join_districts, load_districts, open_districts
from geo.boundaries.lines import SharedBorder, build_border, read_code, shared_border
from geo.boundaries.units import (
    TEXT_DECIDES_KM,
    find_provinces,
    join_provinces,
    join_with_country,
    load_countries,
    load_names,
    load_provinces,
    province_of,
)

__all__ = [
    "TEXT_DECIDES_KM",
    "District",
    "SharedBorder",
    "build_basemap",
    "build_border",
    "district_of",
    "ensure_border",
    "find_provinces",
    "join_districts",
    "join_provinces",
    "join_with_country",
    "load_countries",
    "load_districts",
    "load_names",
    "load_provinces",
    "open_districts",
    "province_of",
    "read_code",
    "shared_border",
    "write_json",
]
