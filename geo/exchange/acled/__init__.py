"""ACLED: its rows to reports, incidents to its columns, and what in a row contradicts its codebook."""

from __future__ import annotations

import re

from geo.exchange.acled.codebook import COLUMNS
from geo.exchange.acled.linting import lint_row
from geo.exchange.acled.reading import read_row
from geo.exchange.acled.writing import describe, frame, refuse, restyle
from geo.exchange.coded.scheme import Scheme

ACLED = Scheme(
    name="acled",
    title="ACLED",
    columns=COLUMNS,
    aliases={"admin_1": "admin1", "admin_2": "admin2", "admin_3": "admin3", "event_id": "event_id_cnty"},
    required=("event_id_cnty", "event_date", "event_type", "sub_event_type", "latitude", "longitude", "geo_precision"),
    key="event_id_cnty",
    key_pattern=re.compile(r"[A-Z]{2,4}\d+"),
    read=read_row,
    describe=describe,
    frame=frame,
    refuse=refuse,
    restyle=restyle,
    lint=lint_row,
)
"""The database of the Armed Conflict Location & Event Data Project."""
