"""Incidents as geometry for QGIS and other programs that read PostGIS, where a server has it; nothing needs it.

The views hold what is kept, not what may be published: they are for the newsroom that the database belongs to.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

_COLUMNS = """
    i.id || '/' || p.position AS id, i.id AS incident_id, i.title, i.event_type, i.sub_event_type,
    i.date_start, i.date_end, i.date_precision, i.status, i.background, i.killed_low, i.killed_best, i.killed_high,
    i.wounded_low, i.wounded_best, i.wounded_high, p.name AS place, p.role, p.precision, p.radius_km, p.country,
    p.adm1, p.side, p.distance_to_border_km, p.nearest_crossing
"""
_POINT = "ST_SetSRID(ST_MakePoint(p.lon, p.lat), 4326)"
_SHOWN = """
    FROM incident i JOIN incident_place p ON p.incident_id = i.id
    WHERE i.status <> 'withdrawn' AND p.lat IS NOT NULL AND p.lon IS NOT NULL
"""
VIEWS = {
    # a point only for a named town or site: a province or a stretch of the line is no place to put a dot at
    "incident_point": f"""SELECT {_COLUMNS}, {_POINT}::geometry(Point, 4326) AS geom
        {_SHOWN} AND p.precision = 'exact'""",
    "incident_disc": f"""SELECT {_COLUMNS},
        ST_Buffer({_POINT}::geography, p.radius_km * 1000)::geometry(Polygon, 4326) AS geom
        {_SHOWN} AND p.precision IN ('near', 'adm2') AND p.radius_km > 0""",
}
"""Named towns and sites as points, what is near one or in a district as discs; in degrees, EPSG:4326."""
_WANTED = f"""
SELECT to_regtype('geography') IS NOT NULL AND {" AND ".join(f"to_regclass('{name}') IS NULL" for name in VIEWS)}
    AND current_setting('transaction_read_only') = 'off' AND has_schema_privilege(current_schema(), 'CREATE')
"""


def lacks_views(connection: Connection) -> bool:
    """Whether this is a server with PostGIS on which the views could be made and are not there."""
    return connection.dialect.name == "postgresql" and bool(connection.execute(text(_WANTED)).scalar_one())


def make_views(connection: Connection) -> None:
    """Make the views."""
    for name, query in VIEWS.items():
        connection.execute(text(f"CREATE VIEW {name} AS {query}"))


def drop_views(connection: Connection) -> None:
    """Remove the views, so that the tables they show can be changed."""
    if connection.dialect.name == "postgresql":
        for name in VIEWS:
            connection.execute(text(f"DROP VIEW IF EXISTS {name}"))
