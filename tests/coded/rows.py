"""Made-up rows of ACLED and UCDP GED: no event of them happened, no outlet of them exists."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from geo.exchange.acled.codebook import COLUMNS as ACLED_COLUMNS
from geo.exchange.ucdp.codebook import COLUMNS as UCDP_COLUMNS

ACLED_ROW = {
    "event_id_cnty": "PAK900001", "event_date": "11 October 2025", "year": "2025", "time_precision": "1",
    "disorder_type": "Political violence", "event_type": "Battles", "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Pakistan (2022-)", "inter1": "State forces",
    "actor2": "Military Forces of Afghanistan (2021-)", "inter2": "External/Other forces",
    "interaction": "State forces-External/Other forces", "iso": "586", "region": "South Asia", "country": "Pakistan",
    "admin1": "Khyber Pakhtunkhwa", "admin2": "Kurram", "location": "Kharlachi", "latitude": "33.8280",
    "longitude": "69.9648", "geo_precision": "1", "source": "The Made-up Daily", "source_scale": "National",
    "notes": 'On 11 October 2025, troops "exchanged" fire, it is made up.\nNobody was asked.', "fatalities": "5",
    "timestamp": "1760745600",
}  # fmt: skip
NUMBERED = {**ACLED_ROW, "inter1": "1", "inter2": "8", "interaction": "18"}
"""The same as exports before 2024 wrote it."""

UCDP_ROW = {
    "id": "990001", "relid": "PAK-2021-1-857-1", "year": "2021", "active_year": "1", "code_status": "Clear",
    "type_of_violence": "1", "conflict_new_id": "404", "conflict_name": "Pakistan: Government", "dyad_new_id": "857",
    "dyad_name": "Government of Pakistan - TTP", "side_a_new_id": "142", "side_a": "Government of Pakistan",
    "side_b_new_id": "356", "side_b": "TTP", "number_of_sources": "-1", "source_article": '"The Made-up Daily, 2021"',
    "where_prec": "1", "where_coordinates": "Wana town", "where_description": "near Wana, made up",
    "adm_1": "Khyber Pakhtunkwa province", "adm_2": "South Waziristan agency", "latitude": "32.300000",
    "longitude": "69.570000", "geom_wkt": "POINT (69.57 32.3)", "priogrid_gid": "176180", "country": "Pakistan",
    "country_id": "770", "region": "Asia", "event_clarity": "1", "date_prec": "1", "date_start": "2021-05-28",
    "date_end": "2021-05-28", "deaths_a": "2", "deaths_b": "5", "deaths_civilians": "1", "deaths_unknown": "0",
    "best": "8", "high": "10", "low": "7", "gwnoa": "770",
}  # fmt: skip


def acled_file(*rows: Mapping[str, str], columns: Sequence[str] = ACLED_COLUMNS, bom: bool = True) -> bytes:
    """An export of ACLED with these rows."""
    return (b"\xef\xbb\xbf" if bom else b"") + write_file(columns, rows)


def ucdp_file(*rows: Mapping[str, str], columns: Sequence[str] = UCDP_COLUMNS, header: bool = True) -> bytes:
    """A file of UCDP GED with these rows."""
    return write_file(columns, rows, header=header)


def write_file(columns: Sequence[str], rows: Iterable[Mapping[str, str]], *, header: bool = True) -> bytes:
    """A CSV file."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    if header:
        writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return stream.getvalue().encode()


def read_file(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file by column, every cell as it stands."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))
