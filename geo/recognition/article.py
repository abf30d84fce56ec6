"""What the rest of an article says about each of its names: persons, lists, chains, repeats and the region meant."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from geo.gazetteer import DEMONYM, ENGLISH_WORD, GIVEN_NAME, Gazetteer
from geo.recognition.evidence import WEIGHTS, find_units
from geo.recognition.names import Name
from geo.recognition.runs import Run
from geo.recognition.words import TITLES

LIST_GAPS = frozenset({", ", " and ", ", and ", " or ", "/", " & ", ", or ", " / "})
CHAIN_GAPS = frozenset({", ", " (", ",", " "})
SURE_SCORE = 2.0
"""Score from which a name counts as surely a place for its repeats and neighbours."""


def note_persons(run: Run, gazetteer: Gazetteer, persons: set[str]) -> None:
    """Remember the last word of every person's name: a title or a given name, then capitalised words."""
    words = run.words
    for k in range(len(words) - 1):
        if words[k] in TITLES or gazetteer.word_flags(words[k]) & GIVEN_NAME:
            following = words[k + 1]
            if len(following) == 1 and k + 2 < len(words):
                following = words[k + 2]
            flags = gazetteer.word_flags(following)
            if not flags & ENGLISH_WORD or flags & GIVEN_NAME:
                persons.add(following)


def link_names(text: str, names: Sequence[Name], gazetteer: Gazetteer) -> None:
    """Mark "City, State" chains and coordinated lists; a list's feature word counts for every member."""
    for left, right in pairwise(names):
        if right.start - left.end > 7 or right.start < left.end:
            continue
        gap = text[left.end : right.start]
        if gap in CHAIN_GAPS and _contains(left, right, gazetteer):
            left.evidence.append("before its state or country")
            right.evidence.append("after a part of it")
        elif gap in LIST_GAPS and (right.known or left.known):
            if right.known and left.known:
                left.evidence.append("in a list of places")
                right.evidence.append("in a list of places")
            right.linked = True
    for number in range(len(names) - 1, 0, -1):
        if names[number].linked and names[number].feature and not names[number - 1].feature:
            names[number - 1].feature = names[number].feature
    for left, right in pairwise(names):
        if right.linked and left.feature and not right.feature:
            right.feature = left.feature


def _support_lists(names: Sequence[Name]) -> None:
    """One name of a list that is surely a place, or has a feature word, speaks for the others."""
    first = 0
    for number in range(1, len(names) + 1):
        if number < len(names) and names[number].linked:
            continue
        members = names[first:number]
        if len(members) > 1 and any(name.score >= SURE_SCORE or name.feature for name in members):
            for name in members:
                if name.score < SURE_SCORE:
                    name.evidence.append("in a list with a sure place")
                    name.score += WEIGHTS["in a list with a sure place"]
        first = number


def _contains(left: Name, right: Name, gazetteer: Gazetteer) -> bool:
    """Whether some bearer of the second name contains some bearer of the first, or may contain an unknown one."""
    if not right.known:
        return False
    units = {b.place.id for b in gazetteer.bearings(right.key)[:20] if not b.flags & DEMONYM}
    if not left.known:
        return any(unit.startswith(("adm1:", "country:")) for unit in units)
    inside, countries = find_units(gazetteer, left.key)
    if any(f"adm1:{code}" in units for code in inside):
        return True
    return any(f"country:{code}" in units for code in countries) and f"country:{left.key}" not in units


def weigh_names(text: str, names: Sequence[Name], persons: set[str], gazetteer: Gazetteer) -> None:
    """Sum up the evidence; what the article's surest names are helps the others."""
    _add_article_evidence(text, names, persons)
    for name in names:
        name.score = WEIGHTS["always"] + _sum(name.evidence)
    _support_lists([name for name in names if name.known or name.evidence[0].startswith("an unknown")])
    counts = Counter([name.key for name in names])
    best: dict[str, float] = defaultdict(float)
    for name in names:
        if name.score > best[name.key]:
            best[name.key] = name.score
    units, countries = _regions(names, best, gazetteer)
    for name in names:
        more = _nearby(name, units, countries, gazetteer) if name.known else []
        if counts[name.key] > 1:
            more.insert(0, "named more than once")
        if best[name.key] >= SURE_SCORE > name.score:
            more.insert(0, "surely a place elsewhere here")
        if more:
            name.evidence.extend(more)
            name.score += _sum(more)


def _nearby(name: Name, units: Mapping[str, str], countries: Mapping[str, str], gazetteer: Gazetteer) -> list[str]:
    """Evidence of a name that shares its unit or its country with another of the article's sure places."""
    here, lands = find_units(gazetteer, name.key)
    for code in here:
        if units.get(code, name.key) != name.key:
            return ["near the article's other places"]
    for code in lands:
        if countries.get(code, name.key) != name.key:
            return ["in the country of the article's other places"]
    return []


def _sum(evidence: Iterable[str]) -> float:
    return sum([WEIGHTS[item] for item in evidence])


def _add_article_evidence(text: str, names: Sequence[Name], persons: set[str]) -> None:
    written_small: dict[str, bool] = {}
    for name in names:
        key, evidence = name.key, name.evidence
        if key in persons and "before its state or country" not in evidence:
            evidence.append("a person's name in this article")
        if "also an English word" in evidence:
            if key not in written_small:
                written_small[key] = f" {key}" in text
            if written_small[key]:
                evidence.append("written small elsewhere")


def _regions(
    names: Sequence[Name], best: dict[str, float], gazetteer: Gazetteer
) -> tuple[dict[str, str], dict[str, str]]:
    """Units and countries of the surest names, each with one name that speaks for it, empty where several do."""
    units: dict[str, str] = {}
    countries: dict[str, str] = {}
    for key in {name.key: None for name in names if name.known and best[name.key] >= SURE_SCORE}:
        here, lands = find_units(gazetteer, key)
        if len(here) <= 3:
            for code in here:
                units[code] = key if units.get(code, key) == key else ""
        if len(lands) <= 3:
            for code in lands:
                countries[code] = key if countries.get(code, key) == key else ""
    return units, countries
