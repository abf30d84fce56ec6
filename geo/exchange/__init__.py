"""Incidents on their way in and out: the machine interface, CSV and GeoJSON."""
