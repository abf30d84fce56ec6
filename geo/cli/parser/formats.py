"""The formats that commands can be asked for."""

from __future__ import annotations

CODED = ("acled", "ucdp")
"""Databases whose files are read and written."""
EXPORT_FORMATS = ("csv", "xlsx", "gpkg", "geojson", "kml", "docx", "png", *CODED)
IMPORT_FORMATS = (*CODED, "csv", "geojson")
