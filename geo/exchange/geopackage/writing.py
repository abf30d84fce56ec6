"""Writing the layers through GDAL, and what GDAL does not write: styles, and one time for the whole file."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from geo.errors import ExportError, StoreError
from geo.exchange.formats import Setting
from geo.exchange.geopackage.areas import find_areas, find_stretches
from geo.exchange.geopackage.columns import ACTOR, CLAIM, INCIDENT, PLACE, REPORT, Reader, Rows
from geo.exchange.geopackage.incidents import lay_incidents, lay_places, name_actors
from geo.exchange.geopackage.layers import GEOMETRY, Layer
from geo.exchange.geopackage.reports import lay_about, lay_border, lay_claims, lay_sources, lay_totals, list_outlets
from geo.exchange.geopackage.styles import STYLES
from geo.exchange.table import TOO_FAST, Selection, StoredIncidents, describe_selection
from geo.memory import without_collection
from geo.store.stream import open_stream

_IN_HASTE = {"OGR_SQLITE_SYNCHRONOUS": "OFF", "OGR_SQLITE_JOURNAL": "OFF"}
"""Until the file is renamed nobody relies on it, and a half of it is thrown away."""
_COUNTERS = (24, 92)
"""Where SQLite counts the changes of a file (sqlite.org/fileformat2.html, 1.3.7 and 1.3.15); the clock has a part."""
_STAMP = "%Y-%m-%dT%H:%M:%S.000Z"


def write_geopackage(stream: BinaryIO, selection: Selection, setting: Setting) -> None:
    """Write the selection as a GeoPackage: the same bytes for the same selection.

    Raises StoreError when the store has moved on since the selection was made.
    """
    pyogrio.set_gdal_config_options(_IN_HASTE)
    with TemporaryDirectory(prefix="border-incidents-") as folder:
        path = Path(folder) / "incidents.gpkg"
        try:
            with without_collection():
                for layer in _list_layers(selection, setting):
                    _write_layer(path, layer, selection)
            _finish(path, selection)
        except (DataSourceError, DataLayerError, sqlite3.OperationalError) as error:
            raise ExportError(
                f"the GeoPackage cannot be written; is there room on the disk of {folder}? (GDAL: {error})"
            ) from error
        with path.open("rb") as file:
            shutil.copyfileobj(file, stream, 1 << 20)


def _list_layers(selection: Selection, setting: Setting) -> Iterator[Layer]:
    """The layers one after another, so that no more is held than the next ones need."""
    with open_stream(setting.store) as stream:
        if stream.revision != selection.revision:
            raise StoreError(TOO_FAST.format(setting.store.name))
        reader = Reader(stream, selection.ids, few=not isinstance(selection.incidents, StoredIncidents))
        incidents, reports = reader.read("incident", INCIDENT, key="id"), reader.read("incident_article", REPORT)
        copied = reader.read_copied()
        texts = {
            "actors": name_actors(reader.read("actor", ACTOR), len(incidents)),
            "sources": list_outlets(reports, selection, len(incidents)),
        }
        places = reader.read("incident_place", PLACE)
        yield lay_incidents(incidents, places, texts, selection)
        incidents = incidents.keep("id", "status")
        del texts
        yield from _list_places(incidents, places, selection, setting)
        del places
        yield lay_sources(incidents, reports, copied, selection)
        del reports
        yield lay_claims(incidents, reader.read("claim", CLAIM), copied, selection)
    yield lay_about(selection)


def _list_places(incidents: Rows, places: Rows, selection: Selection, setting: Setting) -> Iterator[Layer]:
    """What else is drawn, and the table of places that says which incident is drawn as what."""
    areas, stretches = find_areas(places, setting.gazetteer), find_stretches(places, setting.border)
    yield areas.layer
    yield stretches.layer
    yield lay_totals(selection, setting.border, setting.gazetteer)
    yield lay_border(setting.border)
    yield lay_places(incidents, places, areas, stretches)


def _write_layer(path: Path, layer: Layer, selection: Selection) -> None:
    spatial = layer.kind is not None
    pyogrio.write_arrow(
        layer.read_batches(),
        path,
        layer=layer.name,
        driver="GPKG",
        append=path.exists(),
        geometry_name=GEOMETRY if spatial else None,
        geometry_type=layer.kind,
        crs="EPSG:4326" if spatial else None,
        dataset_metadata=None if path.exists() else describe_selection(selection),
        layer_options={"IDENTIFIER": layer.name, "DESCRIPTION": layer.about},
    )


def _finish(path: Path, selection: Selection) -> None:
    """Add the styles, and let the file say the time of the export wherever GDAL wrote the clock's."""
    with closing(sqlite3.connect(path)) as file, file:
        stamp = selection.time.astimezone(UTC).strftime(_STAMP)
        file.executescript(STYLES_TABLE)
        for name, style in STYLES.items():
            file.execute(_ADD_STYLE, (name, GEOMETRY, name, style, f"Border Incidents: {name}", stamp))
        file.execute(_REGISTER_STYLES, (stamp,))
        file.execute("UPDATE gpkg_contents SET last_change = ?", (stamp,))
        file.execute("UPDATE gpkg_metadata_reference SET timestamp = ?", (stamp,))
    with path.open("r+b") as raw:
        for offset in _COUNTERS:
            raw.seek(offset)
            raw.write((1).to_bytes(4, "big"))


STYLES_TABLE = """
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
    f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME
);
"""
"""As QGIS makes it."""
_ADD_STYLE = """
INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML,
    styleSLD, useAsDefault, description, owner, ui, update_time) VALUES ('', '', ?, ?, ?, ?, '', 1, ?, '', NULL, ?)
"""
_REGISTER_STYLES = """
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)
    VALUES ('layer_styles', 'attributes', 'layer_styles', 'Styles for QGIS.', ?, 0)
"""
