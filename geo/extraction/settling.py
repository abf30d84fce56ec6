"""Incidents that name no place of their own: leads summed up by what follows, and parts of what was told before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from geo.extraction.drafts import Draft, Many
from geo.extraction.events import precise_kinds
from geo.extraction.gathering import MOST_COMPARED, same_dates
from geo.extraction.places import Spot, keep_finest, rank_of, relate
from geo.gazetteer import Gazetteer
from geo.model import Claim
from geo.text import Document

_SAME_PLACE = re.compile(
    r"\b(?:there|here|the\s+same\s+(?:area|place|district|town|province|village|spot|post|crossing)"
    r"|the\s+(?:crossing|gate|area|town|district|village|city|border\s+(?:gate|crossing|post)))\b"
    r"|اسی|وہاں|یہیں|همین|همان|آنجا|هماغه|همدې|دغه|هلته",
)
_SUM_REACH = 200
"""Code points after a total in which the parts of it stand: one sentence."""
_AT_CROSSING = frozenset(("closure", "reopening", "refused", "returns"))


def settle_leads(drafts: Sequence[Draft], scopes: list[Many]) -> list[Draft]:
    """The incidents without leads that only sum up others: their figures become scopes, or go to the one meant.

    "Five soldiers and 25 militants were killed at two points" names no place; when two incidents of the kind and day
    follow, the figures cover both; when one follows, they are its own.
    """
    kept: list[Draft] = []
    for number, draft in enumerate(drafts):
        leads = not _has_place(draft) and not draft.recalled
        near = drafts[max(0, number - MOST_COMPARED) : number + MOST_COMPARED] if leads else ()
        alike = [other for other in near if _is_summed_up(draft, other)]
        if not alike:
            kept.append(draft)
        elif len(alike) == 1:
            _merge(draft, alike[0])
        elif draft.claims:
            places = tuple(dict.fromkeys(spot.place.id for other in alike for spot in other.fine_spots))
            scopes.append(Many(places, claims=list(draft.claims), drafts=alike))
    return kept


def _has_place(draft: Draft) -> bool:
    return any(spot.use in ("event", "venue") and rank_of(spot.place) > 0 for spot in draft.spots)


def _provinces_of(spots: Sequence[Spot], gazetteer: Gazetteer, *, capitals: bool = True) -> list[Spot]:
    """The province of the first of these places that has one; a capital as dateline says nothing."""
    for spot in spots:
        place = spot.place
        unit = gazetteer.adm1(place.adm1) if place.adm1 else None
        is_capital = place.country is not None and gazetteer.capital(place.country) == place
        if unit is not None and (capitals or not is_capital):
            return [replace(spot, use="event", place=unit, near_km=None, vague=False)]
    return []


def _is_summed_up(lead: Draft, other: Draft) -> bool:
    """Whether an incident is one that a lead without a place may sum up."""
    if other is lead or other.recalled or other.units[0].entry != lead.units[0].entry:
        return False
    if not _has_place(other) or not lead.families & other.families:
        return False
    if (not lead.dates and _is_stale(other, lead)) or (not other.dates and _is_stale(lead, other)):
        return False
    here, there = precise_kinds(lead.kinds), precise_kinds(other.kinds)
    return same_dates(lead, other) and (not here or not there or bool(here & there))


def _ends_before(draft: Draft, day: date) -> bool:
    last = draft.dates[0].range.end or draft.dates[0].range.start
    return last is not None and last < day


def _is_stale(draft: Draft, news: Draft) -> bool:
    """Whether an incident is old where another is news."""
    return bool(news.news_until and draft.dates and _ends_before(draft, news.news_until))


def settle_sums(drafts: Sequence[Draft], scopes: Sequence[Many]) -> list[Draft]:
    """The incidents without those whose every place is told of again as an incident of its own.

    "Four were killed in Kunar, Khost and Paktika", and an entry for each: three incidents under one scope, not four.
    """
    kept = list(drafts)
    for scope in scopes:
        lead = next((draft for draft in scope.drafts if draft in kept), None)
        if lead is not None and not scope.places and scope.drafts == [lead]:
            _settle_across(lead, scope, kept)
            continue
        if lead is None or len(scope.drafts) > 1 or len(scope.places) < 2 or set(lead.claims) - set(scope.claims):
            continue
        listed = [spot for spot in lead.fine_spots if spot.place.id in scope.places]
        parts = [other for other in kept[-MOST_COMPARED:] if other is not lead and _is_part(other, lead, listed)]
        scope.drafts.extend(parts)
        if len(parts) > 1 and len(listed) > 1 and all(any(_lies_in(part, spot) for part in parts) for spot in listed):
            scope.drafts.remove(lead)
            kept.remove(lead)
    return kept


def _settle_across(lead: Draft, scope: Many, kept: list[Draft]) -> None:
    """Let "31 were killed in two operations in Khyber Pakhtunkhwa" cover the operations told of after it."""
    whole = lead.fine_spots if all(spot.place.kind == "adm1" for spot in lead.fine_spots) else []
    later = [other for other in kept[-MOST_COMPARED:] if other is not lead and _is_summed_up(lead, other)]
    parts = [other for other in later if not whole or any(_lies_in(other, spot) for spot in whole)]
    named = bool(lead.fine_spots) and not whole
    if len(parts) + named < 2:
        return
    scope.drafts = [lead, *parts] if named else parts
    scope.places = tuple(dict.fromkeys(spot.place.id for part in scope.drafts for spot in part.fine_spots))
    if not named and not set(lead.claims) - set(scope.claims):
        kept.remove(lead)


_COUNTED_APART = re.compile(
    r"\b(?:(?P<count>two|three|four|five|six|seven|eight)\s+)?(?P<apart>separate|different|distinct)?\s*"
    r"(?:(?:intelligence-based|militant|terrorist|gun|bomb|suicide|drone|air|security|overnight|armed|deadly|ied)\s+)*"
    r"(?:operations|attacks|strikes|airstrikes|raids|blasts|explosions|bombings|ambushes|clashes|incidents|encounters"
    r"|engagements|gun\s?battles|shootings|ibos)\b",
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}


def part_counted(document: Document, drafts: Sequence[Draft], scopes: Sequence[Many]) -> list[Draft]:
    """The incidents, one for each place where the words count them: "in two separate operations in Lakki and Bannu"."""
    kept: list[Draft] = []
    for draft in drafts:
        scope = next((scope for scope in scopes if draft in scope.drafts and len(scope.places) > 1), None)
        groups = _group_listed(draft, scope) if scope else []
        if (
            scope is None
            or len(groups) < 2
            or not (_counts_apart(document, draft, len(groups)) or _falls_apart(draft, groups))
        ):
            kept.append(draft)
            continue
        parts = [_part_of(draft, spots) for spots in groups]
        _share_claims(draft, parts)
        for other in scopes:
            if draft in other.drafts:
                at = other.drafts.index(draft)
                other.drafts[at : at + 1] = parts
        scope.claims.extend(draft.claims)
        kept.extend(parts)
    return kept


def _group_listed(draft: Draft, scope: Many) -> list[list[Spot]]:
    """The places of a list, each with the finer ones of the incident that lie in it."""
    listed = {spot.place.id: spot for unit in draft.units for spot in unit.spots if spot.place.id in scope.places}
    groups = [[spot] for spot in listed.values()]
    for spot in draft.fine_spots:
        home = next((group for group in groups if relate(group[0].place, spot.place) in ("same", "holds")), None)
        if home is not None and spot.place.id != home[0].place.id:
            home.append(spot)
    return groups


_FALLING = frozenset(("strike", "shelling", "ied", "suicide", "grenade"))
"""What comes down on each place by itself; a battle along a front is one."""


def _falls_apart(draft: Draft, groups: Sequence[Sequence[Spot]]) -> bool:
    """Whether it was violence from afar in several first-level units: an incident in each (ACLED codes one a place)."""
    kinds = draft.kinds
    kind = max(kinds, key=kinds.__getitem__) if kinds else "attack"
    units = [spots[0].place.adm1 for spots in groups]
    raids = kind == "attack" and draft.parties <= {"civilians", "people"}
    apart = (kind in _FALLING or raids) and not kinds.get("clash")
    return apart and None not in units and len(set(units)) == len(units)


def _share_claims(draft: Draft, parts: Sequence[Draft]) -> None:
    """Give each part the figures told with its places; those of no place stay with the incident that is parted."""
    current: Draft | None = None
    for unit in draft.units:
        if unit.fine_spots:
            current = next((part for part in parts if all(_lies_in_any(spot, part) for spot in unit.fine_spots)), None)
        if current is not None:
            own = [index for index in unit.claims if index in draft.claims]
            current.claims.extend(own)
            draft.claims = [index for index in draft.claims if index not in own]


def _lies_in_any(spot: Spot, part: Draft) -> bool:
    return any(relate(own.place, spot.place) in ("same", "holds", "within") for own in part.spots)


def _counts_apart(document: Document, draft: Draft, places: int) -> bool:
    """Whether the words that list the places say that what happened there was as many incidents."""
    for unit in draft.units:
        for found in _COUNTED_APART.finditer(document.lower, unit.start, unit.end):
            count = _COUNTS.get(found["count"] or "")
            if count == places or (count is None and found["apart"]):
                return True
    return False


def _part_of(draft: Draft, spots: Sequence[Spot]) -> Draft:
    """The incident at one of the places of another."""
    part = Draft(inherited=draft.inherited, after=draft.after, news_until=draft.news_until, many=draft.many)
    part.spots = keep_finest(spots)
    for unit in draft.units:
        part.tell(replace(unit, spots=[spot for spot in unit.spots if spot in spots] or unit.spots))
    return part


def _is_part(other: Draft, lead: Draft, listed: Sequence[Spot]) -> bool:
    """Whether an incident is one of those whose figures a lead gives together."""
    if other.recalled or not other.families & lead.families or not same_dates(lead, other):
        return False
    return any(_lies_in(other, spot) for spot in listed)


def _lies_in(draft: Draft, spot: Spot) -> bool:
    return any(relate(spot.place, own.place) in ("same", "holds") for own in draft.fine_spots)


def lift_sums(drafts: Sequence[Draft], claims: Sequence[Claim], scopes: list[Many]) -> None:
    """Make a total that its parts add up to in several incidents a scope: "12: eight in A, three in B, one in C"."""
    holder = {index: draft for draft in drafts for index in draft.claims}
    told = {index: number for number, index in enumerate(holder)}
    ordered = sorted(holder)
    for number, index in enumerate(ordered):
        draft, total = holder[index], claims[index]
        near = ordered[number + 1 : number + MOST_COMPARED]  # in reading order: none within reach is left out
        parts = [
            other
            for other in sorted(near, key=told.__getitem__)
            if claims[other].metric == total.metric
            and claims[other].claimant == total.claimant
            and 0 < claims[other].span.end - total.span.end < _SUM_REACH
        ]
        places = list({id(holder[other]): holder[other] for other in parts}.values())
        if total.best and len(places) > 1 and sum(claims[other].best or 0 for other in parts) == total.best:
            draft.claims.remove(index)
            named = tuple(dict.fromkeys(spot.place.id for other in places for spot in other.fine_spots))
            scopes.append(Many(named, claims=[index], drafts=places))


def _merge(lead: Draft, other: Draft) -> None:
    other.tell_before(lead.units)
    other.spots = [*(spot for spot in lead.spots if spot.use == "origin"), *other.spots]
    other.claims = sorted({*lead.claims, *other.claims})


def lend_places(document: Document, drafts: Sequence[Draft], spots: Sequence[Spot], gazetteer: Gazetteer) -> None:
    """Give an incident that names no place the one that its words take up: the crossing, or the place told before.

    Where nothing was told before, the province of those who speak of it, or of the dateline, stands in, never a dot.
    """
    before: Draft | None = None
    free = _find_free(document, drafts, spots)
    headings = _find_headings(document, spots)
    for number, draft in enumerate(drafts):
        if not _has_place(draft) and not draft.families & {"agreement"}:
            entry = draft.units[0].entry
            lent = _crossing_meant(draft, spots) if draft.families & _AT_CROSSING and not entry else []
            spoken = [spot for unit in draft.units for spot in unit.spots if spot.use == "weak"]
            lent = lent or _provinces_of(spoken, gazetteer)
            unknown = not lent and _names_unknown_place(document, draft)
            if not lent and _may_inherit(document, draft):
                source = _told_beside(before, drafts[number + 1 : number + MOST_COMPARED], entry)
                lent = _under_heading(draft, headings)
                lent = lent or ([] if unknown else _named_next(document, draft, free))
                told_before = source is before
                beside = [spot for spot in source.spots if spot.use == "event"] if source else []
                lent = lent or (beside if told_before else []) or _named_before(draft, free) or beside
                lent = _provinces_of(lent, gazetteer) if unknown and lent else lent
                datelines = [spot for spot in spots if spot.use == "dateline"]
                lent = lent or _provinces_of(datelines, gazetteer, capitals=False)
                lent = lent or _provinces_of(_only_province(spots), gazetteer)
            draft.spots = [*lent, *draft.spots]
            draft.lent = bool(lent)
        if _has_place(draft) and not draft.recalled:
            before = draft


def _only_province(spots: Sequence[Spot]) -> list[Spot]:
    """A place of the one first-level unit that an article is about; none when it names places of several."""
    fine = [spot for spot in spots if spot.place.adm1 and spot.use in ("event", "weak")]
    return fine[:1] if len({spot.place.adm1 for spot in fine}) == 1 else []


_FREE_REACH = 4
"""Sentences before an incident in which a place that no other incident has may still be its own."""
_Free = dict[int, list[Spot]]


def _find_free(document: Document, drafts: Sequence[Draft], spots: Sequence[Spot]) -> _Free:
    """Places that no incident has taken, by the number of their sentence."""
    taken = {spot.start for draft in drafts for unit in draft.units if not unit.denied for spot in unit.spots}
    free: _Free = {}
    for spot in spots:
        if spot.use == "event" and rank_of(spot.place) > 0 and spot.place.kind != "line" and spot.start not in taken:
            free.setdefault(document.sentence_at(spot.start), []).append(spot)
    return free


def _find_headings(document: Document, spots: Sequence[Spot]) -> list[tuple[int, Spot]]:
    """The places that are headings, a paragraph each by themselves, with the number of their sentence."""
    found = []
    for spot in spots:
        number = document.sentence_at(spot.start)
        sentence = document.sentences[max(number, 0)]
        alone = sentence.start == spot.start and sentence.end - spot.end < _HEADING_TAIL
        if alone and rank_of(spot.place) > 0 and document.text[sentence.end - 1] not in ".!?":
            found.append((number, spot))
    return found


_HEADING_TAIL = 12
"""Code points that a heading may have behind its place ("Nangarhar province")."""


def _under_heading(draft: Draft, headings: Sequence[tuple[int, Spot]]) -> list[Spot]:
    """The place of the last heading above an incident."""
    above = [spot for number, spot in headings if number < draft.units[0].sentence]
    return [replace(above[-1], use="event")] if above else []


def _named_next(document: Document, draft: Draft, free: _Free) -> list[Spot]:
    """The places of the sentence right after an incident ("... opened fire. The shots came from near Berd")."""
    first = draft.units[0]
    following = first.sentence + 1
    if first.entry and following in free and document.sentences[following].paragraph != first.paragraph:
        return []
    return free.get(following, [])


def _named_before(draft: Draft, free: _Free) -> list[Spot]:
    """The places of the nearest sentence before an incident that names some."""
    first = draft.units[0].sentence
    return next((free[at] for at in range(first, first - _FREE_REACH, -1) if at in free), [])


def _told_beside(before: Draft | None, after: Sequence[Draft], entry: int) -> Draft | None:
    """The placed incident of the same entry that was told before, else the first one told after."""
    if before is not None and before.units[0].entry == entry:
        return before
    return next((other for other in after if other.units[0].entry == entry and _has_place(other)), None)


_SOMEWHERE = re.compile(
    r"\b(?:in|at|near|outside)\s+(?:the\s+)?"
    r"(?:(?:village|town|area|camp|market|post|district)\s+of\s+)?(?P<name>[A-Z][\w'’-]+)"
)
_NO_PLACE = frozenset({
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December", "Ramadan", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    "I", "A", "An", "The", "His", "Her", "Their", "Its",
})  # fmt: skip


def _names_unknown_place(document: Document, draft: Draft) -> bool:
    """Whether its words name a place that nothing knows: then the town told before is not where it was."""
    for unit in draft.units:
        for found in _SOMEWHERE.finditer(document.text, unit.start, unit.end):
            at = found.start("name")
            known = any(spot.start <= at < spot.end for spot in unit.spots)
            if found["name"] not in _NO_PLACE and not known:
                return True
    return False


def _may_inherit(document: Document, draft: Draft) -> bool:
    """News goes on where it was; what is recalled does so only when the words say that it was the same place."""
    if not draft.recalled and draft.dates == []:
        return True
    first = draft.units[0]
    return not draft.recalled or _SAME_PLACE.search(document.lower, first.start, first.end) is not None


def _crossing_meant(draft: Draft, spots: Sequence[Spot]) -> list[Spot]:
    """The crossing named last before the end of the words, else the first one after them."""
    end = draft.units[0].end
    crossings = [spot for spot in spots if spot.place.kind == "crossing"]
    before = [spot for spot in crossings if spot.start < end]
    chosen = before[-1:] or crossings[:1]
    return [replace(spot, use="event", near_km=None) for spot in chosen]
