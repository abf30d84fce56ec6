"""What stands round a map in words: heading, summary, what is shown, and whose data, places and map these are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geo.filters import Filter
from geo.pictures.scene import World
from geo.snapshot import summarise
from geo.wording.summary import Days, find_days, find_period, name_border, say_when, sum_up, write_heading

_CHECKED = ("reviewed", "published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Captions:
    """The words of a picture; stars mark what is set bold."""

    kicker: str
    title: str
    summary: str
    as_of: str
    shown: str
    """The filter."""
    unchecked: str
    """How many incidents a person has checked; empty when that is all of them."""
    papers: tuple[str, ...]
    """Revision and licence, that the line is disputed, whose places and map these are."""
    period: Days
    """First and last day of the timeline."""


def caption(world: World, wanted: Filter, *, shown: str, as_of: date | None) -> Captions:
    """The words of a picture; ``shown``: the filter in words, ``as_of``: day of the newest report."""
    snapshot, words = world.snapshot, world.words
    data = find_days(snapshot)
    period = find_period(wanted, data)
    gazetteer = snapshot.gazetteer
    when = say_when(wanted, period, words)
    return Captions(
        kicker=name_border(snapshot.border, gazetteer, words),
        title=write_heading(wanted, period, words),
        summary=_say_summary(world, wanted, when),
        as_of=words("app.as_of.short", date=words.day(as_of)) if as_of else "",
        shown=words("picture.shown", filter=shown) if shown else words("picture.shown_all"),
        unchecked=_say_checked(world),
        papers=(
            words("picture.revision", rev=words.isolate(str(snapshot.revision))),
            words("picture.licence", name=words("app.title")),
            words("picture.disputed"),
            words("picture.places"),
        ),
        period=period,
    )


def _say_summary(world: World, wanted: Filter, when: str) -> str:
    """The sentence that sums up; where nothing is found, that this proves nothing."""
    snapshot, words = world.snapshot, world.words
    said = sum_up(summarise(snapshot, wanted, world.matched), when, snapshot.gazetteer, words)
    return said if world.matched.any() else f"{said} {words('empty.not_proof')}"


def _say_checked(world: World) -> str:
    words = world.words
    checked = int((world.matched & world.snapshot.labels["status"].find(_CHECKED)).sum())
    everything = int(world.matched.sum())
    if not everything:
        return ""
    if not checked:
        return words("picture.unchecked")
    if checked == everything:
        return ""
    return words("picture.partly_checked", n=words.number(checked), all=words.number(everything))
