"""GeoJSON as a list of incidents: the features of one incident are its places, and make one row."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from geo.errors import DataError
from geo.exchange.coded.importing import LeftOut
from geo.exchange.coded.scheme import Scheme
from geo.exchange.plain import KEPT_COLUMNS
from geo.model import ImportedRow

LARGEST_COLLECTION = 200_000_000
"""Bytes of a GeoJSON file, which is held in memory whole."""
COLUMNS = ("record", *KEPT_COLUMNS)

Json = Mapping[str, Any]

_OF_PLACE = {"places": "place", "place_ids": "place_id", "precision": "precision", "provinces": "province"}
"""Columns that hold one part for each place, by the property of a feature."""


def read_features(stream: BinaryIO, scheme: Scheme, *, largest: int) -> Iterator[tuple[int, ImportedRow | LeftOut]]:
    """The rows that features make, each with the number of its first feature; raises DataError for other files."""
    groups = _group(_load(stream, min(largest, LARGEST_COLLECTION)))
    for position, (number, features) in enumerate(groups):
        try:
            cells = _make_cells(features)
            yield number, scheme.make_row(COLUMNS, tuple(cells.get(name, "") for name in COLUMNS), position)
        except DataError as error:
            yield number, LeftOut(line=number, reason=str(error))


def _load(stream: BinaryIO, largest: int) -> Sequence[Any]:
    data = stream.read(largest + 1)
    if len(data) > largest:
        raise DataError(f"this file is larger than {largest / 1_000_000:,.0f} MB; import it in parts")
    try:
        collection = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DataError(f"this file is no JSON: {error}") from error
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or not features:
        raise DataError("this file is no FeatureCollection, or an empty one")
    return features


def _group(features: Sequence[Any]) -> list[tuple[int, list[Json]]]:
    """The features of each incident in their order, with the number of the first; others stand alone."""
    groups: dict[str, tuple[int, list[Json]]] = {}
    for number, feature in enumerate(features, 1):
        is_object = isinstance(feature, dict) and isinstance(feature.get("properties"), dict | None)
        properties = (feature.get("properties") or {}) if is_object else {}
        key = properties.get("incident") if properties.get("record") == "incident" else None
        found = groups.setdefault(str(key) if key else f"feature {number}", (number, []))
        found[1].append(feature if is_object else {})
    return list(groups.values())


def _make_cells(features: Sequence[Json]) -> dict[str, str]:
    properties = [feature.get("properties") or {} for feature in features]
    cells = {str(name).lower(): _write(value) for name, value in properties[0].items()}
    cells["id"] = cells.get("incident") or ("" if cells.get("record") else _write(features[0].get("id")))
    if cells.get("record"):
        for column, name in _OF_PLACE.items():
            cells[column] = "; ".join(_write(own.get(name)) for own in properties)
        cells["countries"] = cells.get("country", "")
    else:
        cells["date_start"] = cells.get("date_start") or cells.get("date", "")
        cells["title"] = cells.get("title") or cells.get("name", "")
    point = _find_point(features)
    if point:
        cells["lon"], cells["lat"] = point
    return cells


def _find_point(features: Sequence[Json]) -> tuple[str, str] | None:
    """Longitude and latitude of the only feature, if it is a point."""
    geometry = features[0].get("geometry") if len(features) == 1 else None
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return None
    coordinates = geometry.get("coordinates")
    if not isinstance(coordinates, list) or len(coordinates) < 2:
        raise DataError("its point has no coordinates")
    return _write(coordinates[0]), _write(coordinates[1])


def _write(value: object) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("\0", "")
