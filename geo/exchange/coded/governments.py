"""Who was the state when: a group that took a capital is an armed group until that day, and state forces from then on.

Which groups these are is knowledge of a border, in ``data/borders/<code>/governments.csv``.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from geo.model import Actor, Incident
from geo.settings import data_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Government:
    """A group that became one."""

    country: str
    """ISO 3166-1 alpha-2."""
    since: date
    """First day."""
    names: frozenset[str]
    """What it is called, in lower case."""


@cache
def load_governments(border: str) -> Sequence[Government]:
    """The groups that became governments of a border's countries; none where nothing is known of them."""
    path = data_folder() / "borders" / border / "governments.csv"
    if not path.is_file():
        return ()
    with path.open(encoding="utf8", newline="") as lines:
        return tuple(
            Government(
                country=row["country"],
                since=date.fromisoformat(row["since"]),
                names=frozenset(row["names"].split("|")),
            )
            for row in csv.DictReader(lines)
        )


def settle_actors(incident: Incident, border: str) -> Incident:
    """The incident, each of its actors of the kind it was on that day; undated, the kinds stay as they were read."""
    day, governments = incident.dates.start, load_governments(border)
    if day is None or not governments:
        return incident
    return replace(incident, actors=tuple(_settle(actor, day, governments) for actor in incident.actors))


def _settle(actor: Actor, day: date, governments: Sequence[Government]) -> Actor:
    names = {actor.name.lower(), *(alias.lower() for alias in actor.aliases)}
    for government in governments:
        if not names & government.names:
            continue
        if day >= government.since:
            return replace(actor, kind="state forces", party=f"forces:{government.country}")
        return replace(actor, kind="armed group", party=f"group:{actor.name}")
    return actor
