"""Tables for people: columns of wrapped text, safe for a terminal whatever an article holds."""

from __future__ import annotations

import re
import shutil
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from geo.model import Article, Claim, DateRange, Incident, IncidentPlace, Reading, Scope, Span, Toll
from geo.text import display_text

_BLANKS = re.compile(r"\s+")
_GAP = "  "
_READING_HEADER = ("date", "place (how sure)", "type", "toll by claimant", "sentence")
_READING_SHARES = (11, 24, 16, 30, 39)


def draw_table(header: Sequence[str], rows: Iterable[Sequence[str]], *, shares: Sequence[int]) -> str:
    """A table as wide as the terminal; ``shares`` divide its width among the columns, long cells wrap."""
    widths = _divide_width(shares)
    lines = [*_draw_row(header, widths), _GAP.join("─" * width for width in widths)]
    for row in rows:
        lines.extend(_draw_row(row, widths))
    return "\n".join(lines) + "\n"


def plain(text: str) -> str:
    """The text on one line, without what could move a terminal's cursor or turn its writing round."""
    return _BLANKS.sub(" ", display_text(text)).strip()


def draw_reading(reading: Reading, article: Article) -> str:
    """What was read out of an article, for a person to check against its sentences."""
    head = f"{plain(article.id)}  {plain(article.title or '')}".rstrip()
    rows = [_incident_row(incident, article.text) for incident in reading.incidents]
    rows += [_scope_row(scope, article.text) for scope in reading.scopes]
    if not rows:
        return f"{head}\nno incident found\n\n"
    return f"{head}\n{draw_table(_READING_HEADER, rows, shares=_READING_SHARES)}\n"


def write_dates(dates: DateRange) -> str:
    """The days as people write them, with the precision where it is no day."""
    if dates.start is None:
        return "no date"
    start = dates.start.isoformat()
    if dates.end is None or dates.end == dates.start:
        return start if dates.precision == "day" else f"{start} ({dates.precision})"
    return f"{start} to {dates.end.isoformat()}"


def write_place(place: IncidentPlace) -> str:
    """Name, province and precision of a place, as ``Spin Boldak, AF-KAN (exact)``."""
    name = place.place.name if place.place else None
    named = ", ".join(part for part in (name, place.adm1) if part) or "no place"
    radius = f" {place.radius_km:g} km" if place.radius_km else ""
    return f"{plain(named)} ({place.precision}{radius})"


def write_toll(toll: Toll) -> str:
    """A figure with its bounds: ``23``, ``12 to 20``, ``at least 3``; a dash where nothing is known."""
    low, high = toll.low, toll.high
    if low is None:
        return "–" if high is None else f"up to {high:,}"
    if high is None:
        return f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def write_claim(claim: Claim) -> str:
    """Who says what: ``Mujahid: 58 killed (forces:PK)``."""
    who = plain(claim.claimant) or "the report"
    if claim.stance != "asserts":
        return f"{who}: {claim.stance.replace('_', ' ')} {claim.metric}"
    figure = write_toll(Toll(low=claim.low, high=claim.high))
    figure = (claim.qualifier or "some") if figure == "–" else figure
    whom = f" ({claim.subject_party})" if claim.subject_party else ""
    unit = "" if claim.unit == "people" else f" {claim.unit}"
    replaced = ", superseded" if claim.status == "superseded" else ""
    part = ", part of it" if claim.subset_of is not None else ""
    return plain(f"{who}: {figure}{unit} {claim.metric}{whom}{part}{replaced}")


def _incident_row(incident: Incident, text: str) -> tuple[str, ...]:
    recalled = " (recalled)" if incident.background else ""
    return (
        write_dates(incident.dates),
        "\n".join(map(write_place, incident.places)) or "no place",
        f"{incident.sub_event_type}{recalled}",
        "\n".join(map(write_claim, incident.claims)) or "no figure",
        _quote(text, incident.quote),
    )


def _scope_row(scope: Scope, text: str) -> tuple[str, ...]:
    claims = "\n".join(map(write_claim, scope.claims))
    return "together", ", ".join(scope.places), "one total", claims, _quote_claims(text, scope.claims)


def _quote(text: str, span: Span | None) -> str:
    return plain(text[span.start : span.end]) if span else ""


def _quote_claims(text: str, claims: Sequence[Claim]) -> str:
    return " … ".join(dict.fromkeys(_quote(text, claim.span) for claim in claims))


def _divide_width(shares: Sequence[int]) -> list[int]:
    columns = max(shutil.get_terminal_size((128, 24)).columns, 80) - len(_GAP) * (len(shares) - 1)
    return [max(columns * share // sum(shares), 6) for share in shares]


def _draw_row(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    wrapped = [_wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    return [
        _GAP.join(_pad(piece, width) for piece, width in zip(pieces, widths, strict=True)).rstrip()
        for pieces in zip_longest(*wrapped, fillvalue="")
    ]


def _wrap(cell: str, width: int) -> list[str]:
    """The lines of a cell; each line of the text begins a new one, codes are not broken at their hyphens."""
    lines = (textwrap.wrap(plain(line), width, break_on_hyphens=False) for line in cell.split("\n"))
    return [piece for pieces in lines for piece in pieces]


def _pad(text: str, width: int) -> str:
    """The text filled with blanks to a number of columns; marks that stand on letters take none."""
    taken = sum(not unicodedata.combining(letter) and letter not in "\u200c\u200d" for letter in text)
    return text + " " * max(width - taken, 0)
