"""Names that may be places: known ones, those that say what they are by their last word, and unknown ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from geo.gazetteer import ABBREVIATION, ENGLISH_WORD, GIVEN_NAME, SURNAME, Gazetteer
from geo.recognition.runs import Run
from geo.recognition.words import (
    CALENDAR_WORDS,
    COMPASS_WORDS,
    CONNECTORS,
    FACILITY_WORDS,
    NUMBERED_ROADS,
    PREPOSITIONS,
    STOP_WORDS,
    TITLES,
)

_ROAD_NUMBER = re.compile(r"[ \-]\d{1,4}[A-Z]?(?![\w,.]\d|\w)")
_ORDINAL = re.compile(r"(?<!\S)\d{1,3}(?:st|nd|rd|th) \Z")
_SMALL_WORDS = re.compile(r"(?:[ \n][a-z]{3,12}\b){1,2}")

LONGEST_FACILITY = 7
"""Words of a street's or building's name at most."""


@dataclass(slots=True)
class Name:
    """A name found in a run, not yet judged."""

    start: int
    end: int
    key: str
    run: Run
    first: int
    """Index of its first word in the run."""
    last: int
    """One past its last word in the run."""
    known: bool = True
    """Whether the gazetteer knows the name."""
    evidence: list[str] = field(default_factory=list)
    before: str = ""
    """Lower-case word before it; empty at punctuation."""
    after: str = ""
    """Lower-case word after it; empty at punctuation."""
    feature: str | None = None
    relation: str | None = None
    linked: bool = False
    """Whether another name before or after it makes a list or a chain with it."""
    score: float = 0.0


def find_names(text: str, run: Run, gazetteer: Gazetteer) -> Iterator[Name]:
    """The longest known names of a run, left to right, then names known by their last word."""
    words = run.words
    count = len(words)
    word = 0
    known = False
    starts = gazetteer.starts
    while word < count:
        name = _longest_name(text, run, word, gazetteer) if starts(words[word]) else None
        if name is None:
            word += 1
            continue
        known = True
        word = name.last
        yield _with_small_words(text, name, gazetteer) if word == count and _goes_on(gazetteer, name.key) else name
    if count > 1:
        yield from _find_facilities(text, run)
    if words[-1] in NUMBERED_ROADS and text[run.end : run.end + 1] in " -":
        yield from _find_numbered_road(text, run)
    if not known and count <= 3 and all(_may_be_unknown_place(gazetteer, each) for each in words):
        evidence = ["an unknown name"] if count == 1 else ["an unknown name of several words"]
        yield Name(run.start, run.ends[-1], run.key, run, 0, count, known=False, evidence=evidence)


@lru_cache(maxsize=50_000)
def may_name(gazetteer: Gazetteer, word: str) -> bool:
    """Whether a capitalised word that stands alone may be a name, or part of one that goes on in small letters."""
    return gazetteer.starts(word) or word in NUMBERED_ROADS or _may_be_unknown_place(gazetteer, word)


@lru_cache(maxsize=50_000)
def _goes_on(gazetteer: Gazetteer, key: str) -> bool:
    """Whether a name of the border table begins with these words and has more."""
    return gazetteer.border_goes_on(key)


def _with_small_words(text: str, name: Name, gazetteer: Gazetteer) -> Name:
    """The name with the lower-case words after it that the border table counts as part of it: "Chaman crossing"."""
    following = _SMALL_WORDS.match(text, name.end)
    words = following.group().split() if following else []
    for count in range(len(words), 0, -1):
        key = " ".join([name.key, *words[:count]])
        if key in gazetteer.border_names:
            return replace(name, key=key, end=text.index(words[count - 1], name.end) + len(words[count - 1]))
    return name


@lru_cache(maxsize=50_000)
def _may_be_unknown_place(gazetteer: Gazetteer, word: str) -> bool:
    """Whether a capitalised word is nothing that the lists know."""
    return (
        len(word) >= 4
        and not gazetteer.word_flags(word) & (ENGLISH_WORD | GIVEN_NAME | SURNAME)
        and word not in STOP_WORDS
        and word not in CALENDAR_WORDS
        and word not in TITLES
        and word.isalpha()
    )


def _longest_name(text: str, run: Run, word: int, gazetteer: Gazetteer) -> Name | None:
    for key, length in _known_beginnings(gazetteer, run.rest(word)):
        last = word + length
        if length == 1 and (key in STOP_WORDS or key in CALENDAR_WORDS or len(key) < 2):
            return None
        if key.startswith("the "):
            word, key = word + 1, key[4:]
            if not gazetteer.knows(key):
                word, key = word - 1, f"the {key}"
        start, end = run.starts[word], run.ends[last - 1]
        if length > 1 and _crosses_sentence(text, run, word, last):
            continue
        if _is_abbreviation(gazetteer, key):
            written = text[start:end]
            stop = text[end : end + 1] == "."
            capitals = written.replace(".", "").replace(" ", "").isupper()
            if not capitals and not stop:
                continue
            end += stop and ("." in written or not capitals)
        return Name(start, end, key, run, word, last)
    return None


@lru_cache(maxsize=50_000)
def _known_beginnings(gazetteer: Gazetteer, rest: str) -> tuple[tuple[str, int], ...]:
    """The names that some words begin with, the longest first, each with its number of words."""
    return tuple(
        (key, key.count(" ") + 1)
        for key in reversed(gazetteer.prefixes(rest))
        if len(key) == len(rest) or rest[len(key)] == " "
    )


@lru_cache(maxsize=50_000)
def _is_abbreviation(gazetteer: Gazetteer, key: str) -> bool:
    return bool(gazetteer.bearings(key)[0].flags & ABBREVIATION)


def _crosses_sentence(text: str, run: Run, word: int, last: int) -> bool:
    """Whether a full stop that is no part of a name stands between the words."""
    return last > word + 1 and any(
        len(run.words[k]) > 3 and ". " in text[run.ends[k] : run.starts[k + 1]] for k in range(word, last - 1)
    )


def _find_facilities(text: str, run: Run) -> Iterator[Name]:
    """Names such as "Main Street", "Naugatuck River", "Kabul University": everything up to the telling word."""
    words, begin = run.words, 0
    for number in range(len(words)):
        word = words[number]
        if word in STOP_WORDS or word in CONNECTORS or word in PREPOSITIONS:
            begin = number + 1
            continue
        if word not in FACILITY_WORDS or number == begin or not text[run.starts[number]].isupper():
            continue
        if number + 1 < len(words) and words[number + 1] in FACILITY_WORDS:
            continue
        first = max(begin, number - LONGEST_FACILITY + 1)
        last = number + 1
        evidence = [FACILITY_WORDS[word]]
        if evidence[0].startswith("a street") and last < len(words) and words[last] in COMPASS_WORDS:
            last += 1
        ordinal = _ORDINAL.search(text[max(0, run.starts[first] - 6) : run.starts[first]])
        start = run.starts[first] - (len(ordinal.group()) if ordinal and first == 0 else 0)
        end = run.ends[last - 1]
        if word in ("st", "ave", "rd", "blvd", "dr", "ln", "hwy", "twp") and text[end : end + 1] == ".":
            end += 1
        yield Name(start, end, " ".join(words[first:last]), run, first, last, known=False, evidence=evidence)


def _find_numbered_road(text: str, run: Run) -> Iterator[Name]:
    match = _ROAD_NUMBER.match(text, run.end)
    if match:
        first = len(run.words) - 1
        while first and run.words[first - 1] in ("county", "state", "u", "s", "us", "interstate"):
            first -= 1
        key = " ".join(run.words[first:]) + match.group().replace("-", " ")
        evidence = ["a road by its number"]
        yield Name(run.starts[first], match.end(), key, run, first, len(run.words), known=False, evidence=evidence)
