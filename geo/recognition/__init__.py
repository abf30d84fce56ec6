"""Place names in a text: found by rules over the gazetteer, each with its role and the rule that found it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol

from geo.gazetteer import DEMONYM, ENGLISH_WORD, GIVEN_NAME, Gazetteer
from geo.model import Role, Span, Toponym
from geo.recognition.arabic import find_arabic_names
from geo.recognition.evidence import WEIGHTS
from geo.recognition.names import Name, find_names, gather_evidence
from geo.recognition.runs import Run, find_runs
from geo.recognition.words import GOVERNMENT_VERBS, RELATIONS, TITLES


class Text(Protocol):
    """What recognition needs of a document."""

    @property
    def text(self) -> str: ...


_CHAIN = re.compile(r",? *\(?")


def find_toponyms(document: Text, gazetteer: Gazetteer) -> list[Toponym]:
    """The place names of a document in reading order, with role mention, metonym or demonym."""
    text = document.text
    found = [_toponym(text, name, gazetteer) for name in judge_names(text, gazetteer) if name.score > 0]
    found.extend(find_arabic_names(text, gazetteer))
    return sorted(found, key=lambda toponym: toponym.span.start)


def judge_names(text: str, gazetteer: Gazetteer) -> list[Name]:
    """Every known name of the text with its evidence and score, taken or not."""
    names: list[Name] = []
    persons: set[str] = set()
    for run in find_runs(text):
        _note_persons(run, gazetteer, persons)
        names.extend(find_names(text, run, gazetteer))
    for name in names:
        gather_evidence(text, name, gazetteer)
    _link_chains(text, names, gazetteer)
    _weigh(text, names, persons)
    return names


def _note_persons(run: Run, gazetteer: Gazetteer, persons: set[str]) -> None:
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


def _link_chains(text: str, names: Sequence[Name], gazetteer: Gazetteer) -> None:
    """Mark "City, State" chains and coordinated lists."""
    for left, right in zip(names, names[1:], strict=False):
        gap = text[left.end : right.start]
        if len(gap) > 12 or "\n" in gap:
            continue
        if gap in (", ", " (", ",") and _contains(left, right, gazetteer):
            left.evidence.append("before its state or country")
            right.evidence.append("after another place")
        elif gap in (", ", " and ", ", and ", " or ", "/", " & "):
            left.evidence.append("in a list of places")
            right.evidence.append("in a list of places")
            if right.feature and not left.feature:
                left.feature = right.feature


def _contains(left: Name, right: Name, gazetteer: Gazetteer) -> bool:
    """Whether some bearer of the second name contains some bearer of the first."""
    units = {b.place.id for b in gazetteer.bearings(right.key) if not b.flags & DEMONYM}
    for bearing in gazetteer.bearings(left.key)[:60]:
        place = bearing.place
        if f"adm1:{place.adm1}" in units or (f"country:{place.country}" in units and place.kind != "country"):
            return True
    return False


def _weigh(text: str, names: Sequence[Name], persons: set[str]) -> None:
    """Sum up the evidence; what a name surely is at one place helps it at the others."""
    lower: dict[str, bool] = {}
    best: dict[str, float] = defaultdict(float)
    for name in names:
        if name.key in persons and "before its state or country" not in name.evidence:
            name.evidence.append("a person's name in this article")
        if "also an English word" in name.evidence:
            if name.key not in lower:
                lower[name.key] = bool(re.search(rf"\b{re.escape(name.key)}\b", text))
            if lower[name.key]:
                name.evidence.append("written small elsewhere")
        name.score = WEIGHTS["always"] + sum(WEIGHTS[item] for item in name.evidence)
        best[name.key] = max(best[name.key], name.score)
    for name in names:
        if best[name.key] >= 3 and name.score < best[name.key]:
            name.evidence.append("surely a place elsewhere here")
            name.score += WEIGHTS["surely a place elsewhere here"]


def _toponym(text: str, name: Name, gazetteer: Gazetteer) -> Toponym:
    return Toponym(
        span=Span(start=name.start, end=name.end),
        text=text[name.start : name.end],
        role=_role(name, gazetteer),
        rule=max(name.evidence, key=lambda item: WEIGHTS[item]),
        feature=name.feature,
        relation=name.relation if name.relation in RELATIONS else None,
    )


def _role(name: Name, gazetteer: Gazetteer) -> Role:
    first = gazetteer.bearings(name.key)[0]
    if first.flags & DEMONYM:
        return "demonym"
    if name.after in GOVERNMENT_VERBS and name.relation is None and (first.place.kind == "country" or _is_capital(name, gazetteer)):
        return "metonym"
    return "mention"


def _is_capital(name: Name, gazetteer: Gazetteer) -> bool:
    return any(
        b.place.kind == "settlement" and b.place.country and gazetteer.capital(b.place.country) == b.place
        for b in gazetteer.bearings(name.key)[:3]
    )


__all__ = ["find_toponyms"]
