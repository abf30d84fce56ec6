"""Names that may be places, with the evidence their surroundings give."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from geo.gazetteer import ABBREVIATION, DEMONYM, ENGLISH_WORD, GIVEN_NAME, SURNAME, Gazetteer
from geo.recognition.evidence import judge_name
from geo.recognition.runs import Run
from geo.recognition.words import (
    CALENDAR_WORDS,
    CONNECTORS,
    FEATURES_AFTER,
    FEATURES_BEFORE,
    LOCATIVE_WORDS,
    MEDIA_WORDS,
    MOVEMENT_PREPOSITIONS,
    NAME_SUFFIXES,
    ORGANISATION_WORDS,
    PLACE_PREPOSITIONS,
    RESIDENT_WORDS,
    SPEECH_VERBS,
    STOP_WORDS,
    TITLES,
)

CONTEXT = 40
"""Characters looked at on each side."""
_LAST_WORDS = re.compile(r"([^\W_]+)?[^\w.!?;:\n)\"”]*?([^\W_]+)[ \u00a0\n'’\-]+\Z")
_NEXT_WORD = re.compile(r"(?:['’]s)?[ \u00a0\n\-]+([^\W_]+)")
_ENDS_SENTENCE = re.compile(r"(?:\A|[.!?:;•|—–)\"”“‘]|\n|--|\.\.\.)\s*[\"“”‘'’(\[]*\Z")


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
    evidence: list[str] = field(default_factory=list)
    before: str = ""
    """Lower-case word before it."""
    after: str = ""
    """Lower-case word after it; empty at punctuation."""
    feature: str | None = None
    relation: str | None = None
    score: float = 0.0


def find_names(text: str, run: Run, gazetteer: Gazetteer) -> list[Name]:
    """The longest known names of a run, left to right."""
    names = []
    word, count = 0, len(run.words)
    while word < count:
        name = _longest_name(text, run, word, gazetteer)
        if name is None:
            word += 1
            continue
        names.append(name)
        word = name.last
    return names


def _longest_name(text: str, run: Run, word: int, gazetteer: Gazetteer) -> Name | None:
    first = run.words[word]
    if not gazetteer.starts(first):
        return None
    rest = run.rest(word)
    for key in reversed(gazetteer.prefixes(rest)):
        if len(key) < len(rest) and rest[len(key)] != " ":
            continue
        last = word + key.count(" ") + 1
        if last == word + 1 and (first in STOP_WORDS or first in CALENDAR_WORDS or len(first) < 2):
            return None
        start, end = run.starts[word], run.ends[last - 1]
        written = text[start:end]
        if not _crosses_sentence(text, run, word, last) and _is_written_right(text, written, end, key, gazetteer):
            return Name(_start_with_initials(text, start), _end_with_stop(text, end, written, key, gazetteer), key, run, word, last)
    return None


def _start_with_initials(text: str, start: int) -> int:
    return start


def _crosses_sentence(text: str, run: Run, word: int, last: int) -> bool:
    """Whether a full stop that is no part of a name stands between the words."""
    return any(
        "." in (gap := text[run.ends[k] : run.starts[k + 1]]) and " " in gap and len(run.words[k]) > 3
        for k in range(word, last - 1)
    )


def _is_written_right(text: str, written: str, end: int, key: str, gazetteer: Gazetteer) -> bool:
    """Abbreviations count only in capitals ("UK", "N.Y.") or with their full stop ("Ala.")."""
    bearings = gazetteer.bearings(key)
    if not bearings[0].flags & ABBREVIATION:
        return True
    letters = written.replace(".", "").replace(" ", "")
    return letters.isupper() or text[end : end + 1] == "."


def _end_with_stop(text: str, end: int, written: str, key: str, gazetteer: Gazetteer) -> int:
    """Take in the full stop of an abbreviation."""
    if text[end : end + 1] == "." and gazetteer.bearings(key)[0].flags & ABBREVIATION:
        dotted = "." in written or not written.isupper()
        return end + 1 if dotted else end
    return end


def gather_evidence(text: str, name: Name, gazetteer: Gazetteer) -> None:
    """Fill in what the name and its neighbours say."""
    name.evidence.extend(judge_name(gazetteer, name.key))
    _look_before(text, name, gazetteer)
    _look_after(text, name, gazetteer)


def _look_before(text: str, name: Name, gazetteer: Gazetteer) -> None:
    run, evidence = name.run, name.evidence
    if name.first:
        before = run.words[name.first - 1]
        gap = text[run.ends[name.first - 1] : run.starts[name.first]]
        if before == "s" and name.first > 1:
            name.before = "'s"
            return
        name.before = before
        if before in CONNECTORS and before not in ("of", "the", "and", "on", "upon"):
            evidence.append("after an unknown capitalised word")
        elif before in ("of", "the", "and", "on"):
            _judge_word_before(name, before, run.words[name.first - 2] if name.first > 1 else "")
        elif before in LOCATIVE_WORDS:
            evidence.append("after a direction word")
        elif before in TITLES:
            evidence.append("after a title")
        elif len(before) == 1 and gap.startswith("."):
            evidence.append("after an initial")
        else:
            _judge_capitalised_before(name, before, gazetteer)
        return
    context = text[max(0, name.start - CONTEXT) : name.start]
    match = _LAST_WORDS.search(context)
    if match:
        earlier, before = (match.group(1) or "").lower(), match.group(2)
        name.before = before.lower()
        _judge_word_before(name, name.before, earlier)
    if _ENDS_SENTENCE.search(context):
        evidence.append("begins a sentence")


def _judge_capitalised_before(name: Name, before: str, gazetteer: Gazetteer) -> None:
    flags = gazetteer.word_flags(before)
    if before in STOP_WORDS or before in PLACE_PREPOSITIONS or before in MOVEMENT_PREPOSITIONS:
        _judge_word_before(name, before, "")
    elif flags & GIVEN_NAME:
        name.evidence.append("after a given name")
    elif flags & ENGLISH_WORD:
        name.evidence.append("after a capitalised English word")
    elif gazetteer.knows(before):
        name.evidence.append("after another place")
    else:
        name.evidence.append("after an unknown capitalised word")


def _judge_word_before(name: Name, before: str, earlier: str) -> None:
    evidence = name.evidence
    if before == "the":
        evidence.append("after the")
        before = earlier
    if before == "of" and earlier in FEATURES_BEFORE:
        evidence.append("after a feature word and of")
        name.feature = FEATURES_BEFORE[earlier]
    elif before in PLACE_PREPOSITIONS:
        evidence.append("after in, at or near")
        name.relation = before
    elif before in MOVEMENT_PREPOSITIONS or before == "of":
        evidence.append("after another preposition")
        name.relation = before
    elif before in LOCATIVE_WORDS:
        evidence.append("after a direction word")
    elif before in TITLES:
        evidence.append("after a title")


def _look_after(text: str, name: Name, gazetteer: Gazetteer) -> None:
    run, evidence = name.run, name.evidence
    word = name.last
    if word < len(run.words) and run.words[word] == "s":
        word += 1
    if word < len(run.words):
        after = run.words[word]
        capital = text[run.starts[word]].isupper()
    else:
        match = _NEXT_WORD.match(text, max(name.end, run.end))
        after = match.group(1).lower() if match else ""
        capital = bool(match) and match.group(1)[0].isupper()
    name.after = after
    if not after:
        return
    if after in FEATURES_AFTER:
        evidence.append("before a feature word")
        name.feature = name.feature or FEATURES_AFTER[after]
    elif capital and after in NAME_SUFFIXES:
        evidence.append("before a name's suffix")
    elif capital and after in MEDIA_WORDS:
        evidence.append("before the word of a newspaper")
    elif after in ORGANISATION_WORDS and capital:
        evidence.append("before an organisation word")
    elif after in RESIDENT_WORDS:
        evidence.append("before a resident word")
    elif after in SPEECH_VERBS:
        evidence.append("before a verb of speech")
    elif capital and after not in CONNECTORS and after not in STOP_WORDS:
        flags = gazetteer.word_flags(after)
        if flags & ENGLISH_WORD:
            evidence.append("before a capitalised English word")
        elif flags & SURNAME:
            evidence.append("before a surname")
        else:
            evidence.append("before an unknown capitalised word")


def is_demonym(name: Name, gazetteer: Gazetteer) -> bool:
    """Whether the name is a people's or an adjective first of all."""
    return bool(gazetteer.bearings(name.key)[0].flags & DEMONYM)
