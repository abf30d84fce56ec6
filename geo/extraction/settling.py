"""Incidents that name no place of their own: leads summed up by what follows, and parts of what was told before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geo.extraction.drafts import MOST_COMPARED, Draft, Many, same_dates
from geo.extraction.events import precise_kinds
from geo.extraction.places import Spot, rank_of
from geo.gazetteer import Gazetteer
from geo.text import Document

_SAME_PLACE = re.compile(
    r"\b(?:there|here|the\s+same\s+(?:area|place|district|town|province|village|spot|post|crossing)|the\s+(?:crossing|gate|area|town"
    r"|district|village|city|border\s+(?:gate|crossing|post)))\b"
    r"|اسی|وہاں|یہیں|همین|همان|آنجا|هماغه|همدې|دغه|هلته",
    re.IGNORECASE,
)
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
    if other is lead or other.recalled or other.units[0].entry != lead.units[0].entry or not _has_place(other) or not lead.families & other.families:
        return False
    here, there = precise_kinds(lead.kinds), precise_kinds(other.kinds)
    return same_dates(lead, other) and (not here or not there or bool(here & there))


def _merge(lead: Draft, other: Draft) -> None:
    other.tell_before(lead.units)
    other.spots = [*(spot for spot in lead.spots if spot.use == "origin"), *other.spots]
    other.claims = sorted({*lead.claims, *other.claims})


def lend_places(
    document: Document, drafts: Sequence[Draft], spots: Sequence[Spot], gazetteer: Gazetteer
) -> None:
    """Give an incident that names no place the one that its words take up: the crossing, or the place told before.

    Where nothing was told before, the province of those who speak of it, or of the dateline, stands in, never a dot.
    """
    before: Draft | None = None
    for number, draft in enumerate(drafts):
        if not _has_place(draft) and not draft.families & {"agreement"}:
            entry = draft.units[0].entry
            lent = _crossing_meant(draft, spots) if draft.families & _AT_CROSSING and not entry else []
            lent = lent or _provinces_of([spot for unit in draft.units for spot in unit.spots if spot.use == "weak"], gazetteer)
            if not lent and _may_inherit(document, draft):
                source = _told_beside(before, drafts[number + 1 : number + MOST_COMPARED], entry)
                lent = [spot for spot in source.spots if spot.use == "event"] if source else []
                lent = lent or _provinces_of([spot for spot in spots if spot.use == "dateline"], gazetteer, capitals=False)
            draft.spots = [*lent, *draft.spots]
            draft.lent = bool(lent)
        if _has_place(draft) and not draft.recalled:
            before = draft


def _told_beside(before: Draft | None, after: Sequence[Draft], entry: int) -> Draft | None:
    """The placed incident of the same entry that was told before, else the first one told after."""
    if before is not None and before.units[0].entry == entry:
        return before
    return next((other for other in after if other.units[0].entry == entry and _has_place(other)), None)


def _may_inherit(document: Document, draft: Draft) -> bool:
    """News goes on where it was; what is recalled does so only when the words say that it was the same place."""
    if not draft.recalled and draft.dates == []:
        return True
    first = draft.units[0]
    return not draft.recalled or _SAME_PLACE.search(document.text, first.start, first.end) is not None


def _crossing_meant(draft: Draft, spots: Sequence[Spot]) -> list[Spot]:
    """The crossing named last before the end of the words, else the first one after them."""
    end = draft.units[0].end
    crossings = [spot for spot in spots if spot.place.kind == "crossing"]
    before = [spot for spot in crossings if spot.start < end]
    chosen = before[-1:] or crossings[:1]
    return [replace(spot, use="event", near_km=None) for spot in chosen]
