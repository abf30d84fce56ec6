"""The codes of UCDP GED, from the "UCDP GED Codebook", versions 17.1 to 23.1 (Högbladh; Sundberg and Melander).

Sections: variables and their order, type of violence, geographic precision, temporal precision, event clarity, and
estimates of deaths. An event of UCDP GED has at least one death.
"""

from __future__ import annotations

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best",
    "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
"""The 49 columns, in the order of version 23.1."""

ALIASES = {
    "best_est": "best", "high_est": "high", "low_est": "low", "conflict_id": "conflict_new_id",
    "dyad_id": "dyad_new_id", "side_a_id": "side_a_new_id", "side_b_id": "side_b_new_id",
    "adm1": "adm_1", "adm2": "adm_2", "datestart": "date_start", "dateend": "date_end",
    "geom": "geom_wkt", "gid": "priogrid_gid",
}  # fmt: skip
"""Names of other versions and of copies."""

STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
"""Type of violence."""

EVENT_OF_VIOLENCE = {
    STATE_BASED: ("Battles", "Armed clash"),
    NON_STATE: ("Battles", "Armed clash"),
    ONE_SIDED: ("Violence against civilians", "Attack"),
}
"""The event type of ours that is nearest; UCDP does not say how people were killed."""

VIOLENT = ("Battles", "Explosions/Remote violence", "Violence against civilians")
"""Event types that may be UCDP events: the use of armed force by an organised actor."""

PRECISION_OF_WHERE = {1: "exact", 2: "near", 3: "adm2", 4: "adm1", 5: "line", 6: "country", 7: "unknown"}
WHERE_OF_PRECISION = {"exact": "1", "near": "2", "adm2": "3", "adm1": "4", "line": "5", "country": "6"}
"""Geographic precision: 1 the exact place, 2 within about 25 km of it, 3 the second-level unit, 4 the first-level unit,
5 a line or an area without bounds, 6 the country, 7 international waters or airspace."""

NEAR_KM = 25.0
"""Radius of where_prec 2."""

PRECISION_OF_DATE = {1: "day", 2: "days", 3: "week", 4: "month", 5: "year"}
DATE_OF_PRECISION = {"day": "1", "days": "2", "week": "3", "month": "4", "year": "5"}
"""Temporal precision: 1 the day, 2 two to six days, 3 a week, 4 a month, 5 longer than a month and at most a year."""

CASUALTY_WORDS = {"dozens": 12, "hundreds": 100, "tens": 10}
"""Numbers for words without one; UCDP's codebook gives none, these are ACLED's and marked so."""

GRID_CELLS_WIDE = 720
"""Cells of PRIO-GRID along a parallel, each half a degree."""


def grid_cell(lat: float, lon: float) -> int:
    """Number of the PRIO-GRID cell of a point, counted from the south-west corner (Tollefsen and others, 2012)."""
    row = min(int((lat + 90) * 2), 359)
    column = min(int((lon + 180) * 2), GRID_CELLS_WIDE - 1)
    return row * GRID_CELLS_WIDE + column + 1
