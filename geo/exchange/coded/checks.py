"""Checks that hold for rows of both databases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geo.errors import DataError
from geo.exchange.coded.scheme import Cells, Fault, Terms

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
FAR_KM = 5.0
"""Coordinates this close to a country may lie in it: the outlines are generalised (measured: real points up to 3.7 km
on the wrong side of one line)."""


def check_number(cells: Cells, name: str, known: Sequence[int], meaning: str) -> Iterator[Fault]:
    """A code that is a whole number of a list; ``meaning`` says what the list is."""
    try:
        code = cells.integer(name)
    except DataError as error:
        yield Fault(name, f"{error}. {meaning}")
        return
    if name in cells and code not in known:
        yield Fault(name, f"{name} is {cells[name] or 'empty'}. {meaning}")


def check_count(cells: Cells, name: str) -> Iterator[Fault]:
    """A number of dead: whole, and not below zero."""
    try:
        number = cells.integer(name)
    except DataError as error:
        yield Fault(name, f"{error}.")
        return
    if name in cells and (number is None or number < 0):
        yield Fault(name, f"{name} is {cells[name] or 'empty'}; it counts deaths, and is 0 or more.")


def check_year(cells: Cells, years: Sequence[int]) -> Iterator[Fault]:
    """The year stands beside the day and must agree with it."""
    if "year" not in cells:
        return
    written = cells["year"].removesuffix(".0")
    if written not in {str(year) for year in years}:
        yield Fault("year", f"year is {written or 'empty'}, and the event is of {' to '.join(map(str, years))}.")


def check_position(cells: Cells, country: str | None, terms: Terms) -> Iterator[Fault]:
    """The point is one, and lies in the country that the row names, or no farther than its outline is exact."""
    try:
        lat, lon = cells.degrees("latitude", 90), cells.degrees("longitude", 180)
    except DataError as error:
        yield Fault("latitude" if "latitude" in str(error) else "longitude", f"{error}.")
        return
    if lat is None or lon is None:
        yield Fault("latitude", "The row has no coordinates.")
    elif country is not None and not _lies_in(lat, lon, country):
        name = terms.atlas.name_country(country)
        yield Fault("latitude", f"The point {lat:g}, {lon:g} lies outside {name}; are the two exchanged?")


def check_formulas(cells: Cells) -> Iterator[Fault]:
    """Cells that a spreadsheet would run; they are kept as they are, and no spreadsheet of ours holds them so."""
    for head, cell in zip(cells.row.columns, cells.row.cells, strict=True):
        if cell.startswith(FORMULA_STARTS) and not is_number(cell):
            yield Fault(
                head.strip(), f"{head.strip()} begins with {cell[0]!r}: a spreadsheet would take it for a formula."
            )


def _lies_in(lat: float, lon: float, country: str) -> bool:
    from geo.boundaries.units import load_countries, rows_near  # GeoPandas takes 0.5 s to import

    countries = load_countries()
    codes = countries["country"].to_numpy()
    return country not in codes or country in {codes[row] for row in rows_near(countries, lat, lon, FAR_KM)}


def is_number(cell: str) -> bool:
    """Whether a cell is a number, which may begin with a sign."""
    try:
        float(cell)
    except ValueError:
        return False
    return True
