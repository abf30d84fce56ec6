"""A view as the query string of its link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from urllib.parse import quote

from geo.filters.asked import KEYS, LISTS, NUMBERS, Filter, Link

_READABLE = ",:/@"
"""Characters that are legal in a query as they are, beside letters, digits and ``-._~``."""


def write_link(link: Link) -> str:
    """The one query string for a view, without a leading "?"."""
    f = link.filter
    values: dict[str, str] = {key: _join(getattr(f, name)) for key, name in LISTS.items()}
    values["from"], values["to"] = (day.isoformat() if day else "" for day in (f.start, f.end))
    values["within_km"] = f"{_escape(f.within[0])},{_write_number(f.within[1])}" if f.within else ""
    values["km"] = "-".join(map(_write_number, f.stretch)) if f.stretch else ""
    for name in NUMBERS:
        values[name] = "" if getattr(f, name) is None else _write_number(getattr(f, name))
    values["q"] = f.text
    values["view"] = ",".join(map(_write_number, link.view)) if link.view else ""
    for name in ("rev", "asof"):
        values[name] = "" if getattr(link, name) is None else str(getattr(link, name))
    for name in ("incident", "layer", "tab", "lang"):
        values[name] = getattr(link, name) or ""
    return "&".join(f"{key}={quote(values[key], safe=_READABLE)}" for key in KEYS if values[key])


def write_filter(wanted: Filter) -> str:
    """The filter alone as a query string: what commands, exports and the mask address take."""
    return write_link(Link(filter=wanted))


def without_dates(wanted: Filter) -> Filter:
    """The filter with no limit in time."""
    return replace(wanted, start=None, end=None)


def loosen_filter(wanted: Filter) -> dict[str, Filter]:
    """For each limit that is set, by its key in the link ("from" for the dates): the filter without it."""
    nothing = Filter()
    looser = {"from": without_dates(wanted)}
    fields = {**LISTS, **{name: name for name in NUMBERS}, "within_km": "within", "km": "stretch", "q": "text"}
    for key, name in fields.items():
        looser[key] = replace(wanted, **{name: getattr(nothing, name)})
    return {key: looser[key] for key in KEYS if key in looser and looser[key] != wanted}


def _escape(value: str) -> str:
    """The value as it stands in a list: only a comma of its own needs a mark, whoever encodes the link again."""
    return value.replace("\\", "\\\\").replace(",", "\\,")


def _join(values: Sequence[str]) -> str:
    return ",".join(map(_escape, values))


def _write_number(number: float) -> str:
    """The shortest digits that give the number back, without an exponent."""
    text = format(Decimal(repr(float(number))), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
