"""Place names in a text: found by rules over the gazetteer, each with its role and the rule that found it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Protocol

from geo.gazetteer import Gazetteer
from geo.model import Span, Toponym
from geo.recognition.arabic import find_arabic_names
from geo.recognition.article import link_names, note_persons, weigh_names
from geo.recognition.evidence import WEIGHTS, is_side
from geo.recognition.names import Name, find_names, may_name
from geo.recognition.roles import judge_role
from geo.recognition.runs import find_runs
from geo.recognition.surroundings import gather_evidence


class Text(Protocol):
    """What recognition needs of a document."""

    @property
    def text(self) -> str: ...


def find_toponyms(document: Text, gazetteer: Gazetteer) -> list[Toponym]:
    """The place names of a document in reading order, with role mention, metonym or demonym."""
    text = document.text
    found = [_toponym(text, name, gazetteer) for name in _choose(judge_names(text, gazetteer), gazetteer)]
    found.extend(find_arabic_names(text, gazetteer))
    return sorted(found, key=lambda toponym: toponym.span.start)


def judge_names(text: str, gazetteer: Gazetteer) -> list[Name]:
    """Every name of the text that may be a place, with its evidence and score, taken or not."""
    names: list[Name] = []
    persons: set[str] = set()
    for run in find_runs(text, partial(may_name, gazetteer)):
        if len(run.words) > 1:
            note_persons(run, gazetteer, persons)
        names.extend(find_names(text, run, gazetteer))
    for name in names:
        gather_evidence(text, name, gazetteer)
    plain = [name for name in names if name.known or name.evidence[0].startswith("an unknown")]
    link_names(text, plain, gazetteer)
    _mark_containing(names)
    weigh_names(text, names, persons, gazetteer)
    return names


def _mark_containing(names: list[Name]) -> None:
    """Mark facilities whose name holds the name of a known place."""
    facilities = [name for name in names if not name.known]
    if not facilities:
        return
    known = _by_run(name for name in names if name.known)
    for name in facilities:
        others = known.get(id(name.run), ())
        if any(name.first <= other.first and other.last <= name.last for other in others):
            name.evidence.append("contains a known place")


def _by_run(names: Iterable[Name]) -> dict[int, list[Name]]:
    """Names by the identity of their run; names of different runs never overlap."""
    found: dict[int, list[Name]] = {}
    for name in names:
        found.setdefault(id(name.run), []).append(name)
    return found


def _choose(names: list[Name], gazetteer: Gazetteer) -> list[Name]:
    """The names taken as places: of two that overlap the longer one, if it is a place at all."""
    taken = [
        name for name in names if name.score > 0 or (name.score > -1.5 and name.known and is_side(gazetteer, name.key))
    ]
    longer = _by_run(name for name in taken if not name.known)
    return [
        name
        for name in taken
        if not any(
            other is not name and other.start <= name.start and name.end <= other.end
            and other.end - other.start > name.end - name.start
            for other in longer.get(id(name.run), ())
        )
    ]  # fmt: skip


def _toponym(text: str, name: Name, gazetteer: Gazetteer) -> Toponym:
    return Toponym(
        span=Span(start=name.start, end=name.end),
        text=text[name.start : name.end],
        role=judge_role(text, name, gazetteer),
        rule=max(name.evidence, key=WEIGHTS.__getitem__),
        feature=name.feature,
        relation=name.relation,
    )


__all__ = ["find_toponyms"]
