"""What a snapshot holds: incidents by index, their marks on the map, spots, and totals for several places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from geo.borders import Border
from geo.gazetteer import Gazetteer
from geo.model import Claim
from geo.snapshot.labels import Bools, Codes, Labels
from geo.snapshot.locating import Floats
from geo.snapshot.texts import Search, Strings
from geo.store import Past

EPOCH = date(1970, 1, 1)
SNAPSHOTS_KEPT = 2
"""As many as readers see at a time; what no filter changes is worked out once for each."""
NO_DAY = int(np.iinfo(np.int64).min)
"""A day that is not known."""
FIRST_SENT, LAST_SENT = 1, 65_535
"""Days that the browser can be sent; one beyond stands as the nearest."""
PAST = "p"
"""In the key of a snapshot of the past, between its revision and the newest when it was taken."""
NO_FIGURE = -1
"""A figure that no claim gives."""

WHOLE_SHARE = 0.99
"""A stretch that covers this share of the line is the whole of it; its ends are rounded where it is read."""


@dataclass(frozen=True, kw_only=True)
class Spots:
    """Each spot that some incident names, once: a place at one precision, a province, or a stretch of the line."""

    place_id: NDArray[np.object_]
    """None for a province or a stretch without a place of its own."""
    name: NDArray[np.object_]
    kind: NDArray[np.object_]
    adm1: NDArray[np.object_]
    precision: Codes
    """Index in ``geo.model.Precision``."""
    lat: Floats
    """NaN unless the spot is a point: a named place, near one, or a district."""
    lon: Floats
    radius_km: Floats
    """NaN where none is said."""
    km: Floats
    """First kilometre along the line; NaN for the whole line and for what lies far from it."""
    km_end: Floats
    distance_km: Floats
    """Kilometres to the line, 0 on it; NaN where nobody can tell."""
    whole: Bools
    """All of the border line, no end named."""

    def __len__(self) -> int:
        return len(self.precision)


@dataclass(frozen=True, kw_only=True)
class Marks:
    """One row for each incident at each of its spots; where it came from is left out, an incident has one at least."""

    incident: Codes
    """Ascending."""
    spot: Codes
    side: Codes
    """0 unknown, 1 and 2 the countries of the border in their order."""
    first: Bools
    """The first mark of its incident."""
    distance_km: Floats
    """Kilometres to the line; NaN unknown."""


@dataclass(frozen=True, kw_only=True)
class Total:
    """What is claimed of several incidents or places together, by all claimants; counted once."""

    id: str
    incidents: tuple[int, ...]
    """Indices of the incidents it covers."""
    places: tuple[str, ...]
    """Province codes or place ids it covers."""
    claims: tuple[Claim, ...]
    low: int
    """Dead if every lowest claim is right; NO_FIGURE when no claim gives a number."""
    high: int
    """Dead if every highest is."""
    open: bool
    """Whether a claim sets no upper bound."""
    wounded_low: int = NO_FIGURE
    """Wounded if every lowest claim is right."""


@dataclass(frozen=True, eq=False)
class Ranges:
    """Lowest and highest figure said of each subject party of each incident, by metric; and who says so.

    One row for each party and metric of an incident, then one for each figure that is said of it.
    """

    incident: Codes
    """Ascending."""
    kind: Codes
    """Index in ``kinds``."""
    low: Codes
    """NO_FIGURE where no figure has a lower bound."""
    high: Codes
    open: Bools
    """Whether the highest is "at least" or "more than"."""
    kinds: tuple[tuple[str, str], ...]
    """Metric and subject party."""
    group: Codes
    """Row that each figure is of; ascending."""
    claimant: Codes
    """Index in ``claimants``."""
    lowest: Bools
    """Whether no figure of the row is lower; of equal ones of one claimant only the first."""
    highest: Bools
    claimants: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Snapshot:
    """The store at one data revision. Incidents are numbered newest first, the undated last."""

    revision: int
    border: Border
    gazetteer: Gazetteer
    ids: Strings
    titles: Strings
    start: Codes
    """First day since 1970-01-01; NO_DAY when unknown."""
    end: Codes
    """Last day; the first where the end is not known."""
    precise: Bools
    """Whether the date is known to the day or the night."""
    category: Codes
    """Index in ``taxonomy.CATEGORIES``."""
    sub_event_type: Labels
    background: Bools
    """Earlier events that a report recalls."""
    killed_low: Codes
    killed_high: Codes
    """Highest figure said of the dead; NO_FIGURE when none is."""
    killed_open: Bools
    """Whether the highest is "at least" or "more than"."""
    wounded_low: Codes
    """Lowest figure said of the wounded; NO_FIGURE when none is."""
    marks: Marks
    spots: Spots
    totals: tuple[Total, ...]
    ranges: Ranges
    claims: Codes
    """How many claims are made of each incident alone."""
    labels: Mapping[str, Labels]
    """By key of the link."""
    distance_km: Floats
    """Kilometres from the line to the nearest of an incident's places; NaN unknown."""
    uncertainty_km: Floats
    """Radius that the surest of an incident's places may be off; NaN where none has a point or a size."""
    crossing_history: Mapping[str, tuple[tuple[int, str], ...]]
    """Day and new state ("open", "shut", "partly") by crossing, oldest first."""
    search: Search
    joined: Mapping[str, str]
    """Id of the incident shown, by the id of a report that was joined into it."""
    past: Past | None = None
    """What has changed since, in a snapshot of an earlier revision than the newest."""
    released: str = ""
    """Names what leaves, of a released store; empty for a whole one."""

    @property
    def state(self) -> str:
        """Names what was read, as ``Store.state`` does."""
        return f"{self.revision}{self.released}"

    @property
    def key(self) -> str:
        """Names the snapshot among others of its store, for caches and addresses; see ``SnapshotKeeper.named``.

        One of the past has a name of its own: it holds the same as the snapshot that was taken when its revision was
        the newest, but not in the same order.
        """
        return f"{self.revision}{PAST}{self.past.newest}{self.released}" if self.past else self.state

    def __len__(self) -> int:
        return len(self.ids)

    def index_of(self, id_: str) -> int | None:
        """Index of an incident by its id, or by that of a report joined into it; None when there is neither."""
        found = self.ids.find(self.joined.get(id_, id_))
        return None if found < 0 else found

    def dates_of(self, index: int) -> tuple[date | None, date | None]:
        """First and last day of an incident."""
        return as_date(int(self.start[index])), as_date(int(self.end[index]))

    def days(self) -> tuple[date, date] | None:
        """First and last day of all dated incidents; None when there are none."""
        dated = self.start != NO_DAY
        if not dated.any():
            return None
        return EPOCH + timedelta(int(self.start[dated].min())), EPOCH + timedelta(int(self.end[dated].max()))


def as_day(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def as_date(day: int) -> date | None:
    """The date of a day; None for one that is not known."""
    return None if day == NO_DAY else EPOCH + timedelta(day)
