"""Sentences gathered into incidents: what continues an incident, what begins another, and which figures cover several.

A report tells one thing in many sentences. A part that names another place or another day, or says "in a separate
clash", begins a new incident; one that names neither goes on with the last of its kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from geo.extraction.drafts import Draft, Many, Unit
from geo.extraction.events import precise_kinds
from geo.extraction.lexicon import Kind
from geo.extraction.places import Spot, keep_finest, rank_of, relate
from geo.extraction.running import count_on, count_widely, find_running, part_running
from geo.extraction.statistics import find_statistics
from geo.extraction.when import overlap
from geo.model import Claim, Place
from geo.text import Document

_NEW = re.compile(
    r"\b(?:separate|another|different|elsewhere|second|third|fourth|first|earlier|previous|other|unrelated|similar)\s+"
    r"(?:(?!was|were|been)\w+\s+)?\Z|\b(?:separately|elsewhere)\b[^.]*\Z",
)
_NEW_ITSELF = re.compile(r"(?:separate|different|another|first|second|third|fourth)\b")
_OPENS_NEW = re.compile(
    r"\W*(?:separately|elsewhere|in\s+(?:yet\s+)?(?:another|a\s+separate|a\s+second|a\s+third|a\s+similar"
    r"|the\s+(?:second|third|fourth|other)|(?:second|third|fourth))\s+"
    r"(?:\w+[\s-]+){0,2}?(?:incident|attack|operation|encounter|engagement|clash|raid|strike|blast|explosion|bombing|ambush"
    r"|shooting|development|event)"
    r"|(?:دوسر[ےی]|ایک\s+اور|علیحدہ|الگ)\s+(?:واقع\w*|حمل\w*|کارروائی|دھماک\w*)"
    r"|در\s+(?:رویداد|حادثه|حمله)\S*\s+(?:جداگانه|دیگر)|په\s+(?:یوه\s+)?(?:بله|بېله)\s+پېښ\w*"
    r"|(?:hours|minutes|shortly|later)\b[^.,]{0,24},?\s+(?:armed|unidentified|unknown|gunmen|masked|motorcyclists))\b",
)
"""Words at the head of a sentence that turn to another incident."""
_SIMILAR = re.compile(
    r"\b(?:a\s+)?(?:similar|such|like)\s+(?:attacks?|raids?|strikes?|incidents?|assaults?|blasts?|bombardments?|shelling)\b",
)
_NEW_ACTORS = re.compile(
    r"\b(?:gunmen|armed\s+men|assailants|attackers|motorcyclists|unidentified|unknown|elsewhere|separately)\b"
    r"|\bin\s+(?:another|a\s+separate)\b",
)
"""What a part without a word of its own for the event may still say of how it came about."""
_ACROSS = re.compile(
    r"\bacross\s+(?:both|all|the|these|those|\w+)\s+(?:\w+\s+)?"
    r"(?:attacks|blasts|incidents|bombings|explosions|strikes|clashes|raids"
    r"|assaults|provinces|districts|operations|locations|places|sectors|fronts|regions|counties|states|villages|towns)\b"
    r"|\bin\s+(?:both|all\s+the|all\s+\w+|two|three|four|five|six|several)\s+(?:separate\s+)?"
    r"(?:attacks|blasts|incidents|clashes|operations|places\s+since)\b"
    r"|\b(?:both|the\s+two|the\s+three|the\s+four)\s+"
    r"(?:attacks|blasts|incidents|bombings|explosions|strikes|clashes|raids)\s+(?:have\s+|had\s+)?"
    r"(?:left|killed|wounded|claimed|cost|injured)\b"
    r"|\bin\s+(?:the|these|those)\s+(?:two|three|four|five|six|seven)\s+(?:separate\s+|different\s+)?"
    r"(?:attacks|blasts|incidents|bombings|explosions|strikes|clashes|raids|operations|engagements|encounters|ambushes)\b"
    r"|\b(?:combined|overall|total)\s+(?:death\s+)?toll\s+(?:of|from|in)\s+(?:the|both|all)\b"
    r"|\b(?:between\s+them|together)\s+(?:left|killed|claimed|cost|wounded|injured)\b"
    r"|\bin\s+both\s+(?:provinces|districts|places|towns|villages|countries)\b"
    r"|(?:دونوں|تینوں|چاروں)\s+(?:حمل\w+|واقع\w+|واقعات|صوبوں|اضلاع|علاقوں|دھماک\w+|کارروائیوں)"
    r"|(?:هر\s+دو|هر\s+سه)\s+(?:حمله|رویداد|ولایت|ولسوالی|منطقه)"
    r"|په\s+(?:دواړو|درېواړو)\s+(?:بریدونو|پېښو|ولایتونو|ولسواليو|سیمو)"
    r"|\bin\s+(?:the|these|those|all)\s+(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\s+"
    r"(?:provinces|districts|places|regions|counties|states|towns|villages|areas|municipalities)\b",
)
MOST_COMPARED = 200
"""Incidents, told last, that a part of the text may go on with; no article told of here has a tenth of them, and a text
made of thousands shall not be compared with all of itself."""
SAME_BREATH = 1.2
LAST_COUNTS = 0.7
SAME_VICTIMS = 0.8
"""What speaks for the incident told last, in the paragraph or before it, and for one whose figures count the same
party; the third weighs more than the second: a lead tells of an answer first and counts the dead of what it answers."""
NEWS_DAYS = 45
"""A figure of a day this long before the report belongs to no incident that it tells as news."""
_THAT = re.compile(
    r"\b(?:in|by|from|during)\s+that\s+(?:incident|attack|raid|clash|blast|strike|ambush|shooting|fighting|one)\b",
)
_CLASHING = ({"strike"}, {"suicide"}, {"abduction"})
"""Kinds that are another event than the precise kinds of an incident without a shared place."""


def gather(
    document: Document, units: Sequence[Unit], claims: Sequence[Claim], published: date | None = None
) -> tuple[list[Draft], list[Many]]:
    """The incidents of an article in the order first reported, and the figures that cover several."""
    gathering = _Gathering(document, claims, published - timedelta(days=NEWS_DAYS) if published else None)
    statistics = find_statistics(document)
    running = find_running(document, claims, published)
    for unit in units:
        running.update(unit.claims if unit.sentence in statistics else count_widely(document, unit, claims))
    told, counted_on = part_running(document, units, claims, running)
    told = [unit for unit in told if unit.sentence not in statistics]
    for unit in told:
        gathering.take(unit)
    if gathering.drafts:
        gathering.scopes.extend(count_on(document, counted_on))
    else:  # the sum is all the news there is
        for unit in counted_on:
            gathering.take(unit)
    gathering.scopes.extend(gathering.place_left())
    by_start = {unit.start: unit for unit in units}
    for draft in gathering.drafts:
        _note_leaning(draft, gathering.by_start, by_start)
    gathering.scopes.extend(_lift_umbrellas(gathering.drafts))
    return gathering.drafts, gathering.scopes


@dataclass(slots=True)
class _Gathering:
    """What has been gathered of an article so far."""

    document: Document
    claims: Sequence[Claim]
    horizon: date | None
    """The day before which nothing is news."""
    drafts: list[Draft] = field(default_factory=list)
    scopes: list[Many] = field(default_factory=list)
    by_start: dict[int, Draft] = field(default_factory=dict)
    """Incidents by the start of each unit that tells of them."""
    last: Draft | None = None
    """The incident told last that is not only recalled."""
    previous: Draft | None = None
    """The incident that the unit before was about."""
    left: list[Unit] = field(default_factory=list)
    """Units with figures that tell of no incident: people leave their homes long after one."""

    def place_left(self) -> Iterator[Many]:
        """Give what is left to the incident it follows from; else it is a figure for its places, and of no incident."""
        for unit in self.left:
            near = [draft for draft in self.drafts if not draft.recalled and _may_follow(unit, draft)]
            before = [draft for draft in near if draft.units[0].start < unit.start]
            if near:
                (before or near)[-1 if before else 0].claims.extend(unit.claims)
            else:
                yield from count_on(self.document, [unit])

    def take(self, unit: Unit) -> None:
        """Let a unit go on with an incident, begin one, or tell of none."""
        unit = self._as_similar(unit)
        parties = {party for i in unit.claims if (party := self.claims[i].subject_party)}
        draft = self._find(unit, parties)
        if draft is None and _begins(unit, self.claims, self.drafts):
            goes_on = self.last is not None and not unit.kinds and self.last.units[-1].entry == unit.entry
            goes_on = goes_on and not _NEW_ACTORS.search(self.document.lower, unit.start, unit.end)
            inherited = dict(self.last.kinds) if self.last and goes_on else {}
            draft = Draft(inherited=inherited, news_until=None if unit.recalled else self.horizon)
            self.drafts.append(draft)
        if draft is None:
            if unit.claims and not unit.denied:
                self.left.append(unit)
            return
        _extend(self.document, draft, unit, self.drafts, self.scopes)
        draft.parties |= parties
        self.by_start[unit.start] = self.previous = draft
        if not unit.recalled:
            if self.last is not None and self.last is not draft:
                self.last.recedes = True
            draft.recedes = False
            self.last = draft

    def _as_similar(self, unit: Unit) -> Unit:
        """The unit, of the kind told last where its words say so: "similar raids on Barmal killed dozens"."""
        if self.last is None or unit.segment is None or set(unit.kinds) != {"attack"}:
            return unit
        if not _SIMILAR.search(self.document.lower, unit.start, unit.end):
            return unit
        cue = unit.segment.cues[0]
        cues = [cue._replace(kind=kind, weight=weight) for kind, weight in self.last.kinds.items()]
        return replace(unit, segment=replace(unit.segment, cues=cues)) if cues else unit

    def _find(self, unit: Unit, parties: set[str]) -> Draft | None:
        """The incident a unit goes on with; None when it begins another or is about none."""
        if self._points_back(unit):
            return self.previous
        if self._takes_up(unit):
            return self.last
        leaning = self.by_start.get(unit.segment.leaning) if unit.segment and unit.segment.leaning is not None else None
        new = _says_new(self.document, unit)
        best, best_score = None, 0.0
        for draft in self.drafts[-MOST_COMPARED:]:
            if unit.recalled and draft is leaning:
                continue
            score = _fit(unit, draft, new=new)
            if score > 0:
                score = self._favour(score, unit, draft, parties)
            if score > best_score or (score == best_score and score > 0):
                best, best_score = draft, score
        return best

    def _points_back(self, unit: Unit) -> bool:
        """Whether a unit says "in that attack" of the incident that its paragraph was about."""
        if self.previous is None or self.previous.units[-1].paragraph != unit.paragraph:
            return False
        return _THAT.search(self.document.lower, unit.start, unit.end) is not None

    def _takes_up(self, unit: Unit) -> bool:
        """Whether a unit only takes up the incident told last ("the fighting broke out at dawn")."""
        if unit.segment is None or not unit.segment.known or unit.claims or unit.recalled or self.last is None:
            return False
        return self.last.units[-1].entry == unit.entry and bool(unit.families & self.last.families)

    def _favour(self, score: float, unit: Unit, draft: Draft, parties: set[str]) -> float:
        """The score of an incident that a unit fits, with what speaks for it beside what both tell."""
        if draft is self.last and draft.units[-1].entry == unit.entry:
            score += SAME_BREATH if draft.units[-1].paragraph == unit.paragraph else LAST_COUNTS
        return score + SAME_VICTIMS if not unit.kinds and parties & draft.parties else score


_BEGINNING = ("killed", "wounded", "captured", "destroyed")
"""Harms that tell of an incident without another word; people are displaced and arrested long after it."""


def _begins(unit: Unit, claims: Sequence[Claim], drafts: Sequence[Draft]) -> bool:
    """Whether a unit that continues nothing tells of an incident of its own; talks are one only as the news itself."""
    if unit.denied or (set(unit.kinds) == {"talks"} and drafts):
        return False
    if unit.recalled and set(unit.kinds) <= {"agreement", "talks"}:
        return False  # "the worst since the truce was agreed"
    if unit.kinds:
        return set(unit.kinds) != {"release"}
    return any(claims[i].metric in _BEGINNING and claims[i].stance == "asserts" for i in unit.claims)


def _says_new(document: Document, unit: Unit) -> bool:
    """Whether the words before the event say that it is another one."""
    if unit.segment is None or not unit.segment.cues:
        return False
    if _OPENS_NEW.match(document.lower, unit.start, unit.end):
        return True
    first = unit.segment.cues[0]
    before = _NEW.search(document.lower, max(unit.start, first.start - 40), first.start)
    return before is not None or _NEW_ITSELF.match(document.lower, first.start, first.end) is not None


def _fit(unit: Unit, draft: Draft, *, new: bool) -> float:
    """How well a unit goes on with an incident; 0 when it cannot."""
    kinds = unit.kinds
    if kinds and not unit.families & draft.families:
        return 0.0
    if not kinds and "violence" not in draft.families:
        return 0.0
    if kinds.keys() == {"release"}:
        return 1.0
    near = _nearness(unit.points, draft.points)
    if near < 0 or (unit.entry != draft.units[0].entry and (near < 2 or _opens_own_entry(unit, draft))):
        return 0.0
    if not kinds and unit.fine_spots and not draft.fine_spots and draft.recedes:
        return 0.0
    if near == 2 and unit.claims and _is_front(draft) and not _names_listed(unit, draft):
        return 0.0
    same_day = _same_day(unit, draft, strict=bool(kinds) and (near == 0 or new))
    if same_day is None or (new and (near <= 0 or unit.event_dates)):
        return 0.0
    precise, known = precise_kinds(kinds), precise_kinds(draft.kinds)
    shared = bool(precise & known)
    if draft.recalled and not unit.recalled and near == 0 and kinds and unit.fine_spots and not shared:
        return 0.0
    if not shared and near <= 0 and (unit.recalled or _are_other_kinds(unit, draft, precise, known)):
        return 0.0
    return 1.0 + near + same_day + (1.5 if shared else 0.0)


_FRONT = 3
"""First-level units from which a list of them is a front, and a battle told of in one of them is one of its own."""


def _is_front(draft: Draft) -> bool:
    """Whether an incident is a battle along a list of first-level units."""
    if draft.many is None or not draft.kinds.keys() & {"clash", "attack"}:
        return False
    return len({spot.place.adm1 for spot in draft.fine_spots if spot.place.kind == "adm1"}) >= _FRONT


def _names_listed(unit: Unit, draft: Draft) -> bool:
    """Whether a unit names one of the very places that an incident lists."""
    listed = set(draft.many.places) if draft.many else set()
    return any(spot.place.id in listed for spot in unit.event_spots)


def _opens_own_entry(unit: Unit, draft: Draft) -> bool:
    """Whether an entry tells of one of several places that the words above it sum up."""
    return bool(unit.kinds) and draft.many is not None and len(draft.many.places) > 1


def _are_other_kinds(unit: Unit, draft: Draft, precise: set[Kind], known: set[Kind]) -> bool:
    """Whether precise kinds without one in common tell a unit from an incident that shares no place with it."""
    if not precise or not known:
        return False
    if unit.segment is not None and unit.segment.introduced and unit.paragraph != draft.units[-1].paragraph:
        return True
    alone = bool(unit.event_spots or unit.event_dates)
    return alone and any(odd & (precise ^ known) for odd in _CLASHING)


def _nearness(fine: Sequence[Place], here: Sequence[Place]) -> float:
    """3 at the same place, 2 within or near, 0 when nothing tells, -1 apart."""
    if not fine or not here:
        return 0.0
    nearest = -1.0
    for relation in (relate(place, other) for place in fine for other in here[-MOST_COMPARED:]):
        if relation == "same":
            return 3.0
        if relation != "apart":
            nearest = 2.0
    return nearest


def _same_day(unit: Unit, draft: Draft, *, strict: bool) -> float | None:
    """1 when the dates agree, 0 when nothing tells, None when they contradict."""
    here, there = unit.event_dates, draft.dates
    if here and not there and draft.news_until is not None:
        end = here[0].range.end or here[0].range.start
        return None if end is not None and end < draft.news_until else 0.0
    if not here or not there:
        return 0.0
    slack = 0 if unit.kinds and strict else 1 if not unit.kinds else 0
    agree = any(overlap(a.range, b.range, slack_days=slack) for a in here for b in reversed(there[-MOST_COMPARED:]))
    return 1.0 if agree else None


def _may_follow(unit: Unit, draft: Draft) -> bool:
    """Whether the figures of a unit may be what came of an incident: not where one of several places is meant."""
    if "violence" not in draft.families or (draft.many is not None and unit.points):
        return False
    return _nearness(unit.points, draft.points) >= 0


def _extend(document: Document, draft: Draft, unit: Unit, drafts: Sequence[Draft], scopes: list[Many]) -> None:
    """Add a unit's words, places and figures to an incident, or its figures to a scope."""
    draft.tell(unit)
    spots = unit.event_spots
    several = _several(spots)
    if several or (unit.claims and _ACROSS.search(document.lower, unit.start, unit.end)):
        draft.many = _open_scope(draft, unit, spots if several else [], drafts, scopes)
    elif spots and any(rank_of(spot.place) > 0 for spot in spots):
        draft.many = None
    if not unit.denied:
        placed = bool(draft.fine_spots)
        covered = draft.many is not None and several and len(draft.many.drafts) > 1
        if not covered:
            draft.spots = keep_finest([*draft.spots, *spots, *(s for s in unit.spots if s.use == "origin")])
        if not placed and not draft.fine_spots:
            draft.umbrella.extend(unit.claims)
        elif not placed and unit.claims and _sums_up_unit(document, unit, draft):
            draft.umbrella.extend(unit.claims)
            draft.umbrella_adm1 = draft.fine_spots[0].place.adm1
    if draft.many is not None:
        draft.many.claims.extend(unit.claims)
    else:
        draft.claims.extend(unit.claims)


_INCIDENTS = re.compile(
    r"\b(?:operations|attacks|strikes|airstrikes|raids|blasts|explosions|bombings|ambushes|clashes|incidents"
    r"|encounters|engagements|gun\s?battles|shootings|ibos)\b",
)


def _sums_up_unit(document: Document, unit: Unit, draft: Draft) -> bool:
    """Whether figures are given for several incidents in one first-level unit, before any is told of."""
    if any(spot.place.kind != "adm1" for spot in draft.fine_spots) or len(draft.fine_spots) != 1:
        return False
    return _INCIDENTS.search(document.lower, unit.start, unit.end) is not None


def _several(spots: Sequence[Spot]) -> bool:
    """Whether places are a list of different ones, and not one neighbourhood."""
    fine = [spot for spot in spots if rank_of(spot.place) > 0 and spot.place.kind != "line"]
    if len(fine) < 2 or not any(spot.listed for spot in fine):
        return False
    return any(relate(a.place, b.place) == "apart" for a, b in pairwise(fine))


def _open_scope(draft: Draft, unit: Unit, spots: Sequence[Spot], drafts: Sequence[Draft], scopes: list[Many]) -> Many:
    """The scope of these places: an open one of the same places, else a new one with the incidents it covers."""
    places = tuple(dict.fromkeys(spot.place.id for spot in spots if rank_of(spot.place) > 0))
    if not places:  # "in the three provinces": those named before
        taken_up = next((known for known in reversed(scopes) if draft in known.drafts), None)
        if taken_up:
            return taken_up
        told = [other for other in drafts if not other.recalled and other.families & draft.families]
        if len(told) > 1:  # "the two attacks left five dead"
            scopes.append(Many((), drafts=told))
            return scopes[-1]
    for known in scopes:
        if set(known.places) == set(places) and draft in known.drafts:
            return known
    covered = [
        other
        for other in drafts
        if other is draft or (not other.recalled and _covers(spots, other) and _fit(unit, other, new=False) > 0)
    ]
    scope = Many(places, drafts=covered)
    scopes.append(scope)
    return scope


def _covers(spots: Sequence[Spot], draft: Draft) -> bool:
    return any(relate(spot.place, other.place) in ("same", "holds") for spot in spots for other in draft.fine_spots)


def _note_leaning(draft: Draft, told: dict[int, Draft], units: dict[int, Unit]) -> None:
    """Note what the words put an incident before: another incident, or else its date."""
    first = draft.units[0].segment
    if first and first.leaning is not None:
        after = told.get(first.leaning)
        draft.after = after if after is not draft else None
        unit = units.get(first.leaning)
        if draft.after is None and unit is not None and unit.dates:
            draft.base = unit.dates[0]


def _lift_umbrellas(drafts: Sequence[Draft]) -> Iterator[Many]:
    """Figures given before any place ("air raids that killed eight") when several incidents of the kind follow."""
    for draft in drafts:
        if not draft.umbrella or not draft.fine_spots:
            continue
        within = {
            spot.place.country for unit in draft.units for spot in unit.spots if _is_stated_country(unit, spot, draft)
        }
        alike = [other for other in drafts if other is draft or _may_be_covered(draft, other, within)]
        told_finer = draft.umbrella_adm1 is None or any(spot.place.kind != "adm1" for spot in draft.fine_spots)
        if len(alike) > 1 and told_finer:
            claims = [index for index in draft.umbrella if index in draft.claims]
            if claims:
                draft.claims = [index for index in draft.claims if index not in claims]
                places = tuple(spot.place.id for other in alike for spot in other.fine_spots)
                yield Many(places, claims=claims, drafts=alike)


def _may_be_covered(draft: Draft, other: Draft, within: set[str | None]) -> bool:
    """Whether figures given before any place may cover another incident too; ``within``: countries of the figures."""
    if other.recalled or not other.fine_spots or other.units[0].entry != draft.units[0].entry:
        return False
    if not precise_kinds(other.kinds) & precise_kinds(draft.kinds) or not same_dates(draft, other):
        return False
    if draft.umbrella_adm1 and draft.umbrella_adm1 not in {spot.place.adm1 for spot in other.fine_spots}:
        return False
    return not within or bool(within & {spot.place.country for spot in other.fine_spots})


def _is_stated_country(unit: Unit, spot: Spot, draft: Draft) -> bool:
    """Whether a figure that may cover several incidents is said to be one country's ("14 people in Thailand")."""
    return spot.place.kind == "country" and spot.use == "event" and bool(set(unit.claims) & set(draft.umbrella))


def same_dates(left: Draft, right: Draft) -> bool:
    """Whether the dates of two incidents can be one; those of one without a date always can."""
    if not left.dates or not right.dates:
        return True
    return any(overlap(a.range, b.range, slack_days=1) for a in left.dates for b in right.dates)
