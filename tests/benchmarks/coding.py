"""20,000 made-up rows of UCDP GED into a store and out of it: time, memory, and cells that differ."""

from __future__ import annotations

import csv
import io
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from geo.exchange.coded.atlas import Atlas
from geo.exchange.coded.exporting import write_coded
from geo.exchange.coded.scheme import Terms
from geo.exchange.schemes import SCHEMES
from geo.exchange.table import select_incidents
from geo.exchange.ucdp.codebook import COLUMNS, grid_cell
from geo.imports import import_file
from geo.pipeline import load_tools
from geo.store import open_store

ROWS = 20_000
_UCDP = SCHEMES["ucdp"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What it took."""

    rows: int
    read_ms: float
    """Milliseconds of the import."""
    again_ms: float
    """Milliseconds of importing the same file a second time, which changes nothing."""
    written_ms: float
    """Milliseconds of the export."""
    peak_mb: float
    """Memory of the process at its highest, in megabytes."""
    store_mb: float
    """Size of the store."""
    differing: int
    """Cells that did not come back as they were."""


def make_rows(count: int, seed: int = 1) -> Iterator[list[str]]:
    """Rows of made-up events, spelt as the files of UCDP are: floats as pandas writes them, quotation marks, blanks."""
    draw = random.Random(seed)
    for number in range(count):
        cells = _cells(draw, number)
        yield [cells.get(column, "") for column in COLUMNS]


def measure(count: int = ROWS) -> Measured:
    """Import, import again, export and compare."""
    data = _write(make_rows(count))
    tools = load_tools("AF-PK")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "incidents.sqlite"
        store = open_store(path)
        moment = datetime(2025, 11, 1, tzinfo=UTC)
        times = [time.perf_counter()]
        for _ in range(2):
            import_file(store, io.BytesIO(data), _UCDP, tools, time=moment)
            times.append(time.perf_counter())
        stream = io.BytesIO()
        terms = Terms(atlas=Atlas(tools.gazetteer), border=tools.border)
        write_coded(stream, select_incidents(store, time=moment), _UCDP, terms, store=store)
        times.append(time.perf_counter())
        store.close()
        size = path.stat().st_size / 1_000_000
    read_ms, again_ms, written_ms = (1000 * (b - a) for a, b in pairwise(times))
    return Measured(
        rows=count,
        read_ms=read_ms,
        again_ms=again_ms,
        written_ms=written_ms,
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        store_mb=size,
        differing=_compare(data, stream.getvalue()),
    )


def _cells(draw: random.Random, number: int) -> dict[str, str]:
    lat, lon = round(draw.uniform(29.5, 36.5), 6), round(draw.uniform(62, 72.5), 6)
    start = date(1990, 1, 1) + timedelta(days=draw.randrange(12_000))
    precision = draw.choice((1, 1, 1, 2, 3))
    end = start + timedelta(days={1: 0, 2: 1, 3: 6}[precision])
    deaths = [draw.randrange(9) for _ in range(4)]
    best = sum(deaths) or 1
    float_ = ".0" if draw.random() < 0.5 else ""
    country, code = draw.choice((("Afghanistan", "700"), ("Pakistan", "770")))
    return {
        "id": f"{900_000 + number}{float_}", "relid": f"XX-{start.year}-1-{number}", "year": f"{start.year}{float_}",
        "active_year": "1", "code_status": "Clear", "type_of_violence": f"1{float_}", "conflict_name": "Made up",
        "dyad_name": f"Government of {country} - Group {number % 40}", "side_a": f"Government of {country}",
        "side_b": f"Group {number % 40}", "number_of_sources": "-1",
        "source_article": f'"The Made-up Daily, {start}, ""{"word " * draw.randrange(5, 60)}"" "',
        "source_original": " officials ", "where_prec": f"{draw.choice((1, 2, 3, 4, 6))}{float_}",
        "where_coordinates": f"Town {number % 900}", "where_description": f"Town {number % 900}\nmade up",
        "adm_1": draw.choice(("Nangarhar province", "Balochistan province", "Kandahar province", "")),
        "latitude": str(lat), "longitude": str(lon), "geom_wkt": f"POINT ({lon} {lat})",
        "priogrid_gid": str(grid_cell(lat, lon)), "country": country, "country_id": f"{code}{float_}",
        "region": "Asia", "event_clarity": "1", "date_prec": f"{precision}{float_}",
        "date_start": f"{start}", "date_end": f"{end} 00:00:00.000",
        **dict(zip(("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"), map(str, deaths), strict=True)),
        "best": str(best), "high": str(best + draw.randrange(4)), "low": str(max(best - 1, 0)), "gwnoa": code,
    }  # fmt: skip


def _write(rows: Iterator[list[str]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([COLUMNS, *rows])
    return stream.getvalue().encode()


def _compare(before: bytes, after: bytes) -> int:
    """Cells that differ, the head included; all cells of a row that is missing or too much."""
    pairs = [list(csv.reader(io.StringIO(data.decode(), newline=""))) for data in (before, after)]
    first, second = pairs
    missing = abs(len(first) - len(second)) * len(COLUMNS)
    return missing + sum(a != b for one, two in zip(first, second, strict=False) for a, b in zip(one, two, strict=True))
