"""UCDP GED: rows to reports of UCDP, incidents to UCDP's columns, and what in a row contradicts its codebook."""

from __future__ import annotations

import re

from geo.exchange.coded.scheme import Scheme
from geo.exchange.ucdp.codebook import ALIASES, COLUMNS
from geo.exchange.ucdp.linting import lint_row
from geo.exchange.ucdp.reading import read_row
from geo.exchange.ucdp.writing import describe, frame, refuse, restyle

UCDP = Scheme(
    name="ucdp",
    title="UCDP GED",
    columns=COLUMNS,
    aliases=ALIASES,
    required=("id", "type_of_violence", "where_prec", "date_prec", "date_start", "date_end", "best"),
    key="id",
    key_pattern=re.compile(r"\d+(?:\.0)?"),
    read=read_row,
    describe=describe,
    frame=frame,
    refuse=refuse,
    restyle=restyle,
    lint=lint_row,
)
"""The Georeferenced Event Dataset of the Uppsala Conflict Data Program."""
