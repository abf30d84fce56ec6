"""What incidents are gathered from and into: parts of sentences with all that was found in them, drafts, and scopes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from geo.extraction.entries import is_live, looks_back, read_entries
from geo.extraction.events import Cue, Segment, add_kinds, family_of, is_no_news
from geo.extraction.lexicon import VIOLENT, Kind
from geo.extraction.places import Spot, keep_finest, rank_of, relate
from geo.extraction.statistics import says_coverage
from geo.extraction.when import Dating, is_open
from geo.model import Claim, Place, Span
from geo.text import Document


@dataclass
class Unit:
    """A part of a sentence with all that was found in it; once read, it does not change."""

    sentence: int
    paragraph: int
    start: int
    end: int
    segment: Segment | None
    """None where only figures or places tell of an event."""
    spots: list[Spot] = field(default_factory=list)
    dates: list[Dating] = field(default_factory=list)
    claims: list[int] = field(default_factory=list)
    """Indices of the article's claims."""
    entry: int = 0
    """Number of the entry of a round-up; 0 in a text told in one piece."""
    history: bool = False
    """True in an entry that calls itself background."""

    @cached_property
    def kinds(self) -> dict[Kind, float]:
        return self.segment.kinds if self.segment else {}

    @cached_property
    def families(self) -> frozenset[str]:
        return frozenset(map(family_of, self.kinds))

    @cached_property
    def event_spots(self) -> list[Spot]:
        """The finest of the places where it happened; of talks, where they were held."""
        use = "venue" if self.families == {"agreement"} else "event"
        return keep_finest([spot for spot in self.spots if spot.use == use])

    @cached_property
    def fine_spots(self) -> list[Spot]:
        return [spot for spot in self.event_spots if rank_of(spot.place) > 0]

    @cached_property
    def points(self) -> list[Place]:
        """The places where it happened that are finer than a country, lines left out."""
        return [spot.place for spot in self.fine_spots if spot.place.kind != "line"]

    @cached_property
    def event_dates(self) -> list[Dating]:
        return [dating for dating in self.dates if not dating.reported]

    @property
    def recalled(self) -> bool:
        return self.history or bool(self.segment and self.segment.recalled)

    @property
    def denied(self) -> bool:
        return bool(self.segment and self.segment.denied)


@dataclass(slots=True)
class Many:
    """Figures given for several places or several incidents together."""

    places: tuple[str, ...]
    """Ids of the places named with them, in reading order; empty where only "across both attacks" says so."""
    claims: list[int] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    running: bool = False
    """True for figures of a longer time than any one incident took: "70 since October"."""


@dataclass(eq=False)
class Draft:
    """An incident being gathered; what follows from its units is kept beside them."""

    units: list[Unit] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    claims: list[int] = field(default_factory=list)
    inherited: dict[Kind, float] = field(default_factory=dict)
    """Kinds of the incident before, where only figures and a place begin this one."""
    after: Draft | None = None
    """The incident that the words put this one before."""
    base: Dating | None = None
    """The date of what the words put it before, where that is no incident ("freed on Sunday, a week after")."""
    umbrella: list[int] = field(default_factory=list)
    """Claims made before any place was named that is fine enough for them: they may cover later incidents too."""
    umbrella_adm1: str | None = None
    """The first-level unit that claims of several incidents were given for ("in two operations in Balochistan")."""
    news_until: date | None = None
    """A day before which nothing is news any more; None for an incident that is recalled."""
    lent: bool = False
    """True when its place is one that its own words do not name."""
    recedes: bool = False
    """True once another incident has been told after it."""
    parties: set[str] = field(default_factory=set)
    """Parties of those its figures count."""
    many: Many | None = None
    """The scope that figures without places of their own still belong to."""

    dated: list[Dating] = field(default_factory=list)
    """Dates of the event in reading order; a later release or death does not date it."""
    closed: list[Dating] = field(default_factory=list)
    """Those of them that have an end."""
    told: dict[Kind, float] = field(default_factory=dict)
    """Weights of the kinds its units speak of."""
    families: frozenset[str] = frozenset()
    _points: tuple[list[Spot], list[Place]] | None = None

    def __post_init__(self) -> None:
        self.families = self._families()

    def tell(self, unit: Unit) -> None:
        """Take a further part of the text in.

        What follows from the units is kept up to date here, so that a long text about one incident takes linear time.
        """
        self.units.append(unit)
        if unit.kinds:
            add_kinds(self.told, unit.kinds, first=not self.told)
            self.families = self._families()
        if unit.kinds.keys() != {"release"}:
            self.dated.extend(unit.event_dates)
            self.closed.extend(dating for dating in unit.event_dates if not is_open(dating.range))

    def tell_before(self, units: Sequence[Unit]) -> None:
        """Take in parts of the text that another incident was gathered from, each where it stands."""
        ordered = sorted([*units, *self.units], key=lambda unit: unit.start)
        self.units, self.dated, self.closed, self.told = [], [], [], {}
        for unit in ordered:
            self.tell(unit)

    def _families(self) -> frozenset[str]:
        return frozenset(map(family_of, self.kinds)) or frozenset(("violence",))

    @property
    def kinds(self) -> dict[Kind, float]:
        return self.told or self.inherited

    @property
    def dates(self) -> list[Dating]:
        """The dates that date it; "since February 21" dates a closure, not a clash."""
        return self.dated if self.families & {"closure", "returns"} else self.closed

    @property
    def points(self) -> list[Place]:
        """Its places that are finer than a country, lines left out; made anew only when its places have changed."""
        if self._points is None or self._points[0] is not self.spots:
            self._points = self.spots, [spot.place for spot in self.fine_spots if spot.place.kind != "line"]
        return self._points[1]

    @property
    def fine_spots(self) -> list[Spot]:
        return [spot for spot in self.spots if rank_of(spot.place) > 0]

    @property
    def recalled(self) -> bool:
        """Whether all that tells of it looks back from another event."""
        return all(unit.recalled for unit in self.units)


def read_units(
    document: Document,
    segments: Sequence[Segment],
    spots: Sequence[Spot],
    dates: Sequence[Dating],
    claims: Sequence[Claim],
) -> list[Unit]:
    """The parts of the text that tell of events or give figures, in reading order."""
    bounds = list(_bound(document, segments, claims))
    units = [
        Unit(number, document.sentences[number].paragraph, start, end, segment)
        for number, start, end, segment in bounds
    ]
    starts = [unit.start for unit in units]
    for spot in spots:
        unit = _unit_at(units, starts, spot.start)
        if unit:
            unit.spots.append(spot)
    for dating in dates:
        unit = _unit_at(units, starts, dating.start)
        if unit and unit.segment and unit.segment.dateless:
            unit = _unit_at(units, starts, unit.segment.leaning or 0) or unit
        if unit:
            unit.dates.append(dating)
    for index, claim in enumerate(claims):
        unit = _unit_at(units, starts, claim.span.start)
        if unit:
            unit.claims.append(index)
    entries = None if is_live(document) else read_entries(document)
    for unit in units:
        unit.entry = entries[unit.sentence] if entries else 0
        unit.history = looks_back(document, document.sentences[unit.sentence].start)
        _settle_kinds(unit, claims)
    return [part for unit in units for part in _part(unit, claims)]


def _settle_kinds(unit: Unit, claims: Sequence[Claim]) -> None:
    """A sentence that counts dead denies nothing, and is not about the truce it also names."""
    harmed = any(
        claims[i].metric in ("killed", "wounded") and claims[i].stance == "asserts" and claims[i].low != 0
        for i in unit.claims
    )
    if harmed and unit.segment and not any(family_of(kind) == "violence" for kind in unit.segment.kinds):
        unit.segment = None


def _bound(
    document: Document, segments: Sequence[Segment], claims: Sequence[Claim]
) -> Iterator[tuple[int, int, int, Segment | None]]:
    """Sentence, start, end and words of each unit."""
    told = {segment.sentence for segment in segments}
    counted = {document.sentence_at(claim.span.start) for claim in claims}
    after = {number + 1 for number in counted if number + 1 < len(document.sentences)}
    counted = (counted | {number for number in after if says_coverage(document, number)}) - told
    found: list[tuple[int, int, int, Segment | None]] = [(s.sentence, s.start, s.end, s) for s in segments]
    for number in counted:
        if number >= 0:
            sentence = document.sentences[number]
            if is_no_news(document, number):
                continue
            found.append((number, sentence.start, sentence.end, None))
    yield from sorted(found, key=lambda bound: bound[1])


def _unit_at(units: Sequence[Unit], starts: Sequence[int], offset: int) -> Unit | None:
    at = bisect_right(starts, offset) - 1
    return units[at] if at >= 0 and offset < units[at].end else None


def _part(unit: Unit, claims: Sequence[Claim]) -> list[Unit]:
    """The unit, cut where each of its figures has its own place: "15 died in Khost; in Kunar five"."""
    groups = _group_places(unit)
    if len(groups) < 2:
        return [unit]
    if len(unit.claims) < 2:
        return _part_events(unit, groups)
    placed = sorted((spot.start, spot.end, number) for number, group in enumerate(groups) for spot in group)
    owner = [_nearest_group(claims[index].span, placed) for index in unit.claims]
    if len(set(owner)) < 2:
        return _part_events(unit, groups)
    parts = []
    for number, group in enumerate(groups):
        own = [index for index, at in zip(unit.claims, owner, strict=True) if at == number]
        later = [dating for dating in unit.dates if number and dating.start > groups[number - 1][-1].start]
        parts.append(replace(unit, spots=list(group), dates=later or unit.dates, claims=own))
    return parts


def _part_events(unit: Unit, groups: Sequence[Sequence[Spot]]) -> list[Unit]:
    """The unit, cut where each place has its own event: "a strike on Kabul and the bombing of a market in Paktika"."""
    if unit.segment is None or len(unit.claims) > 0 or len(unit.segment.cues) < len(groups):
        return [unit]
    owned: list[list[Cue]] = [[] for _ in groups]
    for cue in unit.segment.cues:
        follows = [number for number, group in enumerate(groups) if group[0].start >= cue.end]
        owned[follows[0] if follows else -1].append(cue)
    if not all(any(cue.kind in VIOLENT for cue in cues) for cues in owned):
        return [unit]
    return [
        replace(unit, segment=replace(unit.segment, cues=cues), spots=list(group))
        for cues, group in zip(owned, groups, strict=True)
    ]


def _group_places(unit: Unit) -> list[list[Spot]]:
    """The places of a unit: those of one list or one neighbourhood together, with the units they lie in."""
    groups: list[list[Spot]] = []
    for spot in unit.spots:
        if spot.use != "event" or rank_of(spot.place) == 0:
            continue
        home = next((group for group in groups if any(_belongs(spot, other) for other in group)), None)
        if home is None:
            groups.append([spot])
        else:
            home.append(spot)
    return groups


def _belongs(spot: Spot, other: Spot) -> bool:
    return (spot.listed and 0 < spot.start - other.end < 60) or relate(spot.place, other.place) != "apart"


def _nearest_group(claim: Span, placed: Sequence[tuple[int, int, int]]) -> int:
    """The group of places a figure stands nearest to; the one that follows it wins a tie.

    ``placed`` are start, end and group of the places in reading order; only those beside the figure can be nearest.
    """
    following = bisect_left(placed, (claim.end,))
    beside = placed[max(following - 1, 0) : following + 1]
    return min((_gap_between(claim, start, end), group) for start, end, group in beside)[1]


def _gap_between(claim: Span, start: int, end: int) -> int:
    """How far a figure stands from a place; one before it counts as further off."""
    if start >= claim.end:
        return start - claim.end
    return int(1.3 * (claim.start - end)) + 4
