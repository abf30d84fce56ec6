"""What editors say names mean, laid over what resolution chose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.gazetteer import Gazetteer
from geo.model import Alias, Candidate, Resolution
from geo.text import match_key

SHOWN_RIVALS = 4


def apply_aliases(resolutions: Sequence[Resolution], gazetteer: Gazetteer, language: str) -> list[Resolution]:
    """The resolutions of an article, each name that an editor corrected with that place, or with none."""
    if not gazetteer.has_aliases:
        return list(resolutions)
    return [_apply(resolution, gazetteer, language) for resolution in resolutions]


def _apply(resolution: Resolution, gazetteer: Gazetteer, language: str) -> Resolution:
    alias = gazetteer.alias(match_key(resolution.toponym.text), language)
    if alias is None:
        return resolution
    return _take_place(resolution, alias, gazetteer) if alias.place_id else _take_none(resolution, alias)


def _take_place(resolution: Resolution, alias: Alias, gazetteer: Gazetteer) -> Resolution:
    place = gazetteer.place(alias.place_id or "")
    if place is None:
        return resolution
    others = [other for other in gazetteer.find(resolution.toponym.text) if other.id != place.id][:SHOWN_RIVALS]
    rivals = (Candidate(place=other, score=0.0) for other in others)
    return replace(
        resolution,
        place=place,
        score=1.0,
        reason=f"corrected by {alias.who}",
        candidates=(Candidate(place=place, score=1.0), *rivals),
    )


def _take_none(resolution: Resolution, alias: Alias) -> Resolution:
    return replace(resolution, place=None, score=0.0, reason=f"no place is meant, says {alias.who}")
