"""What in a row of UCDP GED contradicts its codebook, each in a sentence that explains the code.

Source of the rules: UCDP GED Codebook, versions 17.1 to 23.1, in the sections named beside them.
"""

from __future__ import annotations

from collections.abc import Iterator

from geo.errors import DataError
from geo.exchange.coded.checks import check_count, check_formulas, check_number, check_position, check_year
from geo.exchange.coded.days import read_day
from geo.exchange.coded.scheme import Cells, Fault, Terms
from geo.exchange.ucdp.codebook import NON_STATE, ONE_SIDED, STATE_BASED, grid_cell

_FIRST_YEAR = 1989
_VIOLENCE = "type_of_violence is 1 for state-based conflict, 2 for non-state conflict, 3 for one-sided violence."
_WHERE = (
    "where_prec is 1 for the exact place, 2 within about 25 km of it, 3 the district, 4 the province, 5 a line or an "
    "area without bounds, 6 the country, 7 waters or airspace of no country."
)
_DATE = "date_prec is 1 for a known day, 2 for two to six days, 3 for a week, 4 for a month, 5 for up to a year."
_CLARITY = "event_clarity is 1 where the sources tell the event apart, 2 where they sum several up."
_LONGEST = {1: 1, 2: 6, 3: 7, 4: 31, 5: 366}
"""Days that each date_prec covers at most, counting first and last."""
_SIDES = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")


def lint_row(cells: Cells, terms: Terms) -> Iterator[Fault]:
    """All that contradicts the codebook, column by column."""
    yield from check_number(cells, "type_of_violence", (1, 2, 3), _VIOLENCE)
    yield from _check_sides(cells)
    yield from check_number(cells, "where_prec", range(1, 8), _WHERE)
    yield from check_number(cells, "event_clarity", (1, 2), _CLARITY)
    yield from _check_dates(cells)
    yield from _check_deaths(cells)
    yield from _check_country(cells, terms)
    yield from _check_grid(cells)
    yield from check_formulas(cells)


def _check_sides(cells: Cells) -> Iterator[Fault]:
    """Section "Type of violence": a state fights in 1, none in 2, and civilians are side B in 3."""
    violence = cells["type_of_violence"].removesuffix(".0")
    states = [name for name in ("side_a", "side_b") if cells[name].lower().startswith("government of")]
    if violence == str(STATE_BASED) and not states and cells["side_a"]:
        yield Fault(
            "type_of_violence", "type_of_violence is 1, a state-based conflict, but neither side is a government."
        )
    if violence == str(NON_STATE) and states:
        yield Fault(
            "type_of_violence", f"type_of_violence is 2, a non-state conflict, but {states[0]} is a government."
        )
    civilians = cells["side_b"].lower() == "civilians"
    if violence == str(ONE_SIDED) and cells["side_b"] and not civilians:
        yield Fault(
            "side_b", f"type_of_violence is 3, one-sided violence against civilians, but side_b is {cells['side_b']!r}."
        )
    if violence in (str(STATE_BASED), str(NON_STATE)) and civilians:
        yield Fault("type_of_violence", f"side_b is Civilians, which is one-sided violence (3), not {violence}.")


def _check_dates(cells: Cells) -> Iterator[Fault]:
    """Section "Temporal precision"."""
    yield from check_number(cells, "date_prec", range(1, 6), _DATE)
    start, end = read_day(cells["date_start"]), read_day(cells["date_end"])
    for name, day in (("date_start", start), ("date_end", end)):
        if day is None:
            yield Fault(name, f"{name} is {cells[name]!r}, not a day of the calendar.")
    if start is None or end is None:
        return
    if end < start:
        yield Fault("date_end", f"date_end {end} comes before date_start {start}.")
        return
    if start.year < _FIRST_YEAR:
        yield Fault("date_start", f"The event is of {start.year}; UCDP GED begins in {_FIRST_YEAR}.")
    yield from check_year(cells, range(start.year, end.year + 1))
    code, days = cells["date_prec"].removesuffix(".0"), (end - start).days + 1
    longest = _LONGEST.get(int(code)) if code in "12345" and code else None
    if longest is not None and days > longest:
        yield Fault("date_prec", f"date_prec is {code}, at most {longest} days, but the event covers {days}. {_DATE}")


def _check_deaths(cells: Cells) -> Iterator[Fault]:
    """Section "Estimates of deaths": low, best and high in this order, and the sides' deaths are best divided."""
    names = (*_SIDES, "low", "best", "high")
    faults = [fault for name in names for fault in check_count(cells, name)]
    yield from faults
    if faults:
        return
    low, best, high = (_deaths(cells, name) for name in ("low", "best", "high"))
    if low > best:
        yield Fault("low", f"low is {low} and best is {best}; the low estimate is never above the best.")
    if best > high:
        yield Fault("high", f"high is {high} and best is {best}; the high estimate is never below the best.")
    if all(name in cells for name in _SIDES):
        total = sum(_deaths(cells, name) for name in _SIDES)
        if total != best:
            yield Fault(
                "best", f"best is {best}, but the deaths of the sides, civilians and unknown add up to {total}."
            )
    if max(low, best, high) == 0:
        yield Fault("best", "No estimate counts a death; an event of UCDP GED has at least one.")


def _check_country(cells: Cells, terms: Terms) -> Iterator[Fault]:
    named = terms.atlas.country_named(cells["country"])
    numbered = terms.atlas.country_numbered(gleditsch_ward=cells["country_id"])
    if named and numbered and named != numbered:
        name = terms.atlas.name_country(numbered)
        yield Fault(
            "country_id",
            f"country_id {cells['country_id']} is the number of {name}, and country is {cells['country']}.",
        )
    yield from check_position(cells, numbered or named, terms)


def _check_grid(cells: Cells) -> Iterator[Fault]:
    """Section "priogrid_gid": the half-degree cell of the point."""
    try:
        lat, lon, written = (
            cells.degrees("latitude", 90),
            cells.degrees("longitude", 180),
            cells.integer("priogrid_gid"),
        )
    except DataError:
        return
    if lat is None or lon is None or written is None:
        return
    expected = grid_cell(lat, lon)
    if written != expected:
        yield Fault("priogrid_gid", f"priogrid_gid is {written}, but the point lies in cell {expected}.")


def _deaths(cells: Cells, name: str) -> int:
    return cells.integer(name) or 0
