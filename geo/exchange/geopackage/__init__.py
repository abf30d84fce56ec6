"""Incidents as a GeoPackage (OGC 12-128) for QGIS: layers that carry a style, tables to join, and their papers.

``incidents`` has a point only where the report names a place, ``areas`` and ``stretches`` what is known no better, each
once and without a figure; ``totals`` has the figures for several places, each once. A toll stands on the first row of
its incident only. Everything is read and written column by column, a third of a million incidents in some seconds.
"""

from geo.exchange.geopackage.writing import write_geopackage

__all__ = ["write_geopackage"]
