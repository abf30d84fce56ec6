"""Which place a toponym means: candidates weighed by name, kind, size, neighbours in the article and border in view.

Scores add up in the manner of log-odds; the chance given for a place is its share among the rivals.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, Protocol

from geo.gazetteer import ABBREVIATION, ALTERNATE, BARE, DEMONYM, Bearing, Gazetteer
from geo.model import Candidate, Place, Resolution, Toponym
from geo.text import match_key

MOST_CANDIDATES = 60
"""Bearers of a name weighed at most; they come largest first."""
SHOWN_CANDIDATES = 5
UNKNOWN_NAME = "no place of this name is known"
"""Reason for a toponym without a candidate."""
LEAST_SCORE = 0.12
"""Below this share no rival is sure enough to be named."""

KINDS_OF_FEATURE: dict[str, frozenset[str]] = {
    "province": frozenset({"adm1"}),
    "district": frozenset({"adm2"}),
    "city": frozenset({"settlement"}),
    "crossing": frozenset({"crossing", "poi"}),
    "border": frozenset({"crossing", "line", "country"}),
    "pass": frozenset({"area", "crossing"}),
    "valley": frozenset({"area"}),
    "river": frozenset({"area"}),
    "mountains": frozenset({"area"}),
    "area": frozenset({"area", "adm2"}),
    "region": frozenset({"area", "adm1"}),
    "camp": frozenset({"poi", "settlement"}),
}
"""Kinds of place that a feature word beside the name speaks for."""
STRICT_FEATURES = frozenset({"province", "district", "city", "crossing"})

KIND_WEIGHT = {
    "country": 5.0, "adm1": 3.2, "adm2": 2.2, "area": 2.6, "line": 4.0, "crossing": 3.0, "poi": 1.5, "settlement": 0.0,
}  # fmt: skip


_USUAL_TOWN = 15_000
"""People taken to live in a town of the border table, which does not say."""
_IN_VIEW = 0.7
"""What speaks for a town of the border in view before anything is read."""


class Text(Protocol):
    """What resolution needs of a document."""

    @property
    def text(self) -> str: ...


@dataclass(slots=True)
class _Rival:
    """A candidate with its score and the reasons for it."""

    place: Place
    prior: float
    score: float = 0.0
    reasons: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Sense:
    """One meaning asked for: a name with a feature word or without, as often as the article uses it."""

    key: str
    feature: str | None
    rivals: list[_Rival]
    containers: list[int] = field(default_factory=list)
    """Numbers of the senses that the text says contain this one."""
    listed: list[int] = field(default_factory=list)
    """Numbers of the senses it is listed with."""
    uses: int = 0


class _Answer(NamedTuple):
    """What every toponym of a sense is told."""

    place: Place | None
    score: float
    reason: str
    candidates: tuple[Candidate, ...] = ()


@lru_cache(maxsize=50_000)
def _priors(gazetteer: Gazetteer, key: str, demonym: bool) -> tuple[tuple[Place, float, int], ...]:
    """Candidates of a name with the score they have before anything is read."""
    found = [b for b in gazetteer.bearings(key)[:MOST_CANDIDATES] if bool(b.flags & DEMONYM) == demonym]
    if not found and demonym:
        found = list(gazetteer.bearings(key)[:MOST_CANDIDATES])
    return tuple((b.place, _prior(b, gazetteer), b.flags) for b in found)


def _prior(bearing: Bearing, gazetteer: Gazetteer) -> float:
    place = bearing.place
    score = KIND_WEIGHT[place.kind]
    if place.kind == "settlement":
        known = place.id.startswith("border:")
        people = place.population or (_USUAL_TOWN if known else 300)
        score += 0.9 * math.log10(max(people, 300) / 300) + (_IN_VIEW if known else 0.0)
        if place.country and gazetteer.capital(place.country) == place:
            score += 2.0
    if bearing.flags & ALTERNATE:
        score -= 1.5
    if bearing.flags & BARE:
        score -= 3.0
    if bearing.flags & ABBREVIATION:
        score += 1.0
    return score


def resolve_toponyms(
    document: Text, toponyms: Sequence[Toponym], gazetteer: Gazetteer, *, border: str | None
) -> list[Resolution]:
    """The place each toponym means, in the toponyms' order.

    Places near the article's other places are preferred, and those of the ``border`` in view where the article is
    about it. A toponym that no place fits keeps ``place=None`` and says why in ``reason``.
    """
    senses, sense_of = _collect_senses(document.text, toponyms, gazetteer)
    sides = tuple(border.split("-")) if border else ()
    _weigh_names(senses, sides, gazetteer)
    for _ in range(2):
        _weigh_neighbours(senses, sides)
    strays = _find_strays(senses, sides)
    answers = [_answer(sense, stray=number in strays) for number, sense in enumerate(senses)]
    return [_resolve(toponym, answers[number]) for toponym, number in zip(toponyms, sense_of, strict=True)]


def _collect_senses(text: str, toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> tuple[list[_Sense], list[int]]:
    numbers: dict[tuple[str, str | None], int] = {}
    senses: list[_Sense] = []
    sense_of: list[int] = []
    for toponym in toponyms:
        key = match_key(toponym.text)
        number = numbers.get((key, toponym.feature))
        if number is None:
            number = numbers[key, toponym.feature] = len(senses)
            priors = _priors(gazetteer, key, toponym.role == "demonym")
            senses.append(_Sense(key, toponym.feature, [_Rival(place, prior) for place, prior, _ in priors]))
        senses[number].uses += 1
        sense_of.append(number)
    _link(text, toponyms, senses, sense_of)
    return senses, sense_of


def _link(text: str, toponyms: Sequence[Toponym], senses: list[_Sense], sense_of: list[int]) -> None:
    """Note chains ("Spera district of Khost", "Alexandria, Louisiana") and lists."""
    for k in range(len(toponyms) - 1):
        here, there = toponyms[k], toponyms[k + 1]
        if there.role == "demonym" or there.span.start - here.span.end > 30:
            continue
        gap = text[here.span.end : there.span.start]
        left, right = sense_of[k], sense_of[k + 1]
        if "." in gap.replace("St.", "") or "\n" in gap or left == right:
            continue
        plain = gap.strip(" ,(")
        if (
            not plain
            or plain in ("in", "of")
            or plain.endswith((" of", " in", "in the", "of the", "district,", "city,"))
            or plain.endswith(",")
        ):
            senses[left].containers.append(right)
        if plain in ("", "and", "or", "&") or plain.endswith((", and", " and")):
            senses[left].listed.append(right)
            senses[right].listed.append(left)


def _weigh_names(senses: Sequence[_Sense], sides: tuple[str, ...], gazetteer: Gazetteer) -> None:
    for sense in senses:
        wanted = KINDS_OF_FEATURE.get(sense.feature or "")
        if sense.feature == "district" and not any(rival.place.kind == "adm2" for rival in sense.rivals):
            wanted = frozenset({"adm1"})  # the counties of Kenya and the districts of Bhutan are of the first level
        for rival in sense.rivals:
            score = rival.prior
            kind = rival.place.kind
            if wanted:
                if kind in wanted:
                    score += 4.0
                    rival.reasons.append(f'"{sense.feature}" beside the name')
                elif sense.feature in STRICT_FEATURES and kind != "country":
                    score -= 2.0
            rival.prior = rival.score = score
        if not wanted:
            _prefer_town_or_unit(sense, sides, gazetteer)


def _prefer_town_or_unit(sense: _Sense, sides: tuple[str, ...], gazetteer: Gazetteer) -> None:
    """A bare name shared by a unit and its town: the unit along the border (never a dot for a vague place),
    elsewhere the town when it is big."""
    for rival in sense.rivals:
        place = rival.place
        if place.kind != "settlement" or place.country not in sides or gazetteer.capital(place.country or "") == place:
            continue
        if any(other.place.kind == "adm1" and other.place.adm1 == place.adm1 for other in sense.rivals):
            rival.prior -= 2.0
            rival.score = rival.prior


def _share(rivals: Sequence[_Rival]) -> list[float]:
    """The chance of each rival."""
    if len(rivals) < 2:
        return [1.0] * len(rivals)
    scores = [rival.score for rival in rivals]
    top = max(scores)
    odds = [math.exp(score - top) for score in scores]
    total = sum(odds)
    return [value / total for value in odds]


def _weigh_neighbours(senses: Sequence[_Sense], sides: tuple[str, ...]) -> None:
    """Let the article's places vote for countries and units, each sense with one vote, and weigh the rivals anew."""
    votes = [_vote(sense) for sense in senses]
    countries, units = _sum_votes(vote for vote, _ in votes), _sum_votes(vote for _, vote in votes)
    total = max(1.0, sum(countries.values()))
    about_border = sum(countries[side] for side in sides if side in countries) / total > 0.25
    for sense, (own_countries, own_units) in zip(senses, votes, strict=True):
        if len(sense.rivals) < 2:  # nothing to weigh
            continue
        # what the others say for each country and unit: many rivals of a name share them
        by_country = {code: 1.2 * math.log1p(2 * (countries[code] - own)) for code, own in own_countries.items()}
        by_unit = {code: 1.5 * math.log1p(2 * (units[code] - own)) for code, own in own_units.items()}
        linked = bool(sense.containers or sense.listed)
        for rival in sense.rivals:
            place = rival.place
            score = rival.prior
            if place.country:
                score += by_country[place.country]
            if place.adm1:
                score += by_unit[place.adm1]
            if about_border:
                score += (place.country in sides) + place.id.startswith("border:")
            if linked:
                score += _chain_score(rival, sense, senses) + _list_score(rival, sense, senses)
            rival.score = score


def _vote(sense: _Sense) -> tuple[dict[str, float], dict[str, float]]:
    """One vote, shared out among the countries and the units of a name's bearers by their chances."""
    countries: dict[str, float] = {}
    units: dict[str, float] = {}
    for rival, share in zip(sense.rivals, _share(sense.rivals), strict=True):
        country, unit = rival.place.country, rival.place.adm1
        if country:
            countries[country] = countries.get(country, 0.0) + share
        if unit:
            units[unit] = units.get(unit, 0.0) + share
    return countries, units


def _sum_votes(votes: Iterable[dict[str, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for vote in votes:
        for code, share in vote.items():
            total[code] = total.get(code, 0.0) + share
    return total


def _chain_score(rival: _Rival, sense: _Sense, senses: Sequence[_Sense]) -> float:
    place = rival.place
    for number in sense.containers:
        for other in senses[number].rivals[:8]:
            container = other.place
            if container.kind == "adm1" and place.adm1 and place.adm1 == container.adm1 and place.kind != "adm1":
                rival.reasons.append(f"named as part of {container.name}")
                return 5.0
            if container.kind == "country" and place.country == container.country and place.kind != "country":
                rival.reasons.append(f"named as part of {container.name}")
                return 4.0
    return 0.0


def _list_score(rival: _Rival, sense: _Sense, senses: Sequence[_Sense]) -> float:
    for number in sense.listed:
        others = senses[number].rivals
        if others and max(others, key=lambda other: other.score).place.kind == rival.place.kind:
            return 1.0
    return 0.0


def _resolve(toponym: Toponym, answer: _Answer) -> Resolution:
    place, score, reason, candidates = answer
    return Resolution(toponym=toponym, place=place, score=score, reason=reason, candidates=candidates)


_ABOUT_BORDER = 0.6
"""Share of an article's places along the border in view from which a small town far away is no place of it."""
_WELL_KNOWN = 300_000
"""People of a town that any article may name."""
_FEWEST_PLACES = 3


def _find_strays(senses: Sequence[_Sense], sides: tuple[str, ...]) -> set[int]:
    """Numbers of the senses whose best fit is a small town in a country that nothing else in the article speaks of."""
    votes = [_vote(sense)[0] for sense in senses]
    countries = _sum_votes(votes)
    here = sum(countries.get(side, 0.0) for side in sides)
    if here < _FEWEST_PLACES - 1 or here < _ABOUT_BORDER * sum(countries.values()):
        return set()
    found = set()
    for number, (sense, own) in enumerate(zip(senses, votes, strict=True)):
        best = max(sense.rivals, key=lambda rival: rival.score, default=None)
        if best is None or best.place.kind != "settlement" or best.place.country in (None, *sides):
            continue
        country = best.place.country or ""
        alone = countries[country] - own.get(country, 0.0) < 0.3
        if alone and (best.place.population or 0) < _WELL_KNOWN:
            found.add(number)
    return found


def _answer(sense: _Sense, *, stray: bool = False) -> _Answer:
    if not sense.rivals:
        return _Answer(None, 0.0, UNKNOWN_NAME)
    ranked = sorted(zip(_share(sense.rivals), sense.rivals, strict=True), key=lambda pair: -pair[0])[:SHOWN_CANDIDATES]
    share, best = ranked[0]
    candidates = tuple(Candidate(place=rival.place, score=round(chance, 3)) for chance, rival in ranked)
    if stray:
        return _Answer(None, 0.0, "known only far from all else the article names", candidates)
    if share < LEAST_SCORE:
        reason = f"{len(sense.rivals)} places bear this name and nothing tells them apart"
        return _Answer(None, round(share, 3), reason, candidates)
    return _Answer(best.place, round(share, 3), _reason(best, sense), candidates)


def _reason(rival: _Rival, sense: _Sense) -> str:
    if len(sense.rivals) == 1:
        return "the only place of this name"
    if rival.reasons:
        return "; ".join(dict.fromkeys(rival.reasons))
    return "best fit to the article's other places, its size and kind"
