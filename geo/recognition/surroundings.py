"""What the words beside a name say about it."""

from __future__ import annotations

import re

from geo.gazetteer import ABBREVIATION, ENGLISH_WORD, GIVEN_NAME, SURNAME, Gazetteer
from geo.recognition.evidence import is_government, judge_name
from geo.recognition.names import Name
from geo.recognition.words import (
    CONNECTORS,
    FEATURES_AFTER,
    FEATURES_BEFORE,
    LOCATIVE_WORDS,
    MEDIA_WORDS,
    NAME_SUFFIXES,
    ORGANISATION_WORDS,
    PREPOSITIONS,
    RELATIONS,
    RESIDENT_WORDS,
    SPEECH_VERBS,
    STOP_WORDS,
    TITLES,
)

CONTEXT = 32
"""Characters looked at before a name."""
LONG_RUN = 6
"""Capitalised words in a row that make a heading."""
_NEXT_WORD = re.compile(r"(?:['’]s)?[ \u00a0\n\-]([^\W_]+)")
_SENTENCE_END = frozenset('.!?:;•|—–)"”“‘*\n')
_QUOTES = "\"'“‘’(["


def gather_evidence(text: str, name: Name, gazetteer: Gazetteer) -> None:
    """Fill in what the name itself and its neighbours say."""
    if name.known:
        name.evidence.extend(judge_name(gazetteer, name.key))
    _look_before(text, name, gazetteer)
    _look_after(text, name, gazetteer)
    run = name.run
    if "no word or name of English" in name.evidence and not _HALVED.isdisjoint(name.evidence):
        name.evidence.remove("no word or name of English")
    if _is_acronym(text, name, gazetteer):
        name.evidence.append("letters of a longer name")
    if name.known and not name.first and _is_dateline(text, name):
        name.evidence.append("a dateline")
    if not name.known and name.feature in _SURE_FEATURES and "before a feature word" in name.evidence:
        name.evidence.append("an unknown name called a place")
    if len(run.words) >= LONG_RUN:
        name.evidence.append("in a long run of capitals")
    elif name.first == 0 and name.last == len(run.words):
        name.evidence.append("stands alone")


_SURE_FEATURES = frozenset(("crossing", "district", "province", "city"))
_HALVED = frozenset(("after an unknown capitalised word", "before an unknown capitalised word"))
"""What stands beside half of a longer name: "Shadi Khan" is no Shadi."""
_BULLETS = " \t\u00a0•*·-–—▪"
_MAY_SET_OFF = frozenset(" \n(/:—–-")
_INDENT = 8
"""Characters a bullet and its spaces may take."""
_SET_OFF = re.compile(r"\s?(?:\([A-Z][^)\n]{1,30}\)\s?)?(?:[—–:]|--?\s)|\s?/[A-Z]")
_AFTER_DATELINE = frozenset(",—–-:/(")


def _is_acronym(text: str, name: Name, gazetteer: Gazetteer) -> bool:
    """Whether a name is a few capitals ("UN", "BLA") that the gazetteer does not know as letters of a place."""
    if name.end - name.start > 4 or not name.known or not text[name.start : name.end].isupper():
        return False
    if gazetteer.bearings(name.key)[0].flags & ABBREVIATION:
        return False
    follows = text[name.end : name.end + 2].strip()[:1]
    return not (_opens_line(text, name) and follows in _AFTER_DATELINE and follows)


def _opens_line(text: str, name: Name) -> bool:
    """Whether nothing but a bullet stands before a name on its line, or a slash, as in "KABUL/PESHAWAR"."""
    before = text[max(0, name.start - _INDENT) : name.start]
    if before.endswith("/"):
        return True
    _, line_ends, indent = ("\n" + before if name.start < _INDENT else before).rpartition("\n")
    return bool(line_ends) and not indent.strip(_BULLETS)


def _is_dateline(text: str, name: Name) -> bool:
    """Whether a name opens its line and a dash, a colon or an agency in brackets sets it off from the report."""
    return (
        text[name.end : name.end + 1] in _MAY_SET_OFF
        and _opens_line(text, name)
        and bool(_SET_OFF.match(text, name.end))
    )


def _look_before(text: str, name: Name, gazetteer: Gazetteer) -> None:
    if name.first:
        _look_before_in_run(text, name, gazetteer)
        return
    context = text[max(0, name.start - CONTEXT) : name.start]
    bare = context.rstrip()
    if not bare or bare[-1] in _SENTENCE_END or "\n\n" in context[len(bare) :]:
        name.evidence.append("begins a sentence")
        return
    words = bare.rstrip(_QUOTES).rsplit(None, 2)[-2:]
    before = words[-1].lower() if words else ""
    if not before or not before[-1].isalpha():
        if before[-1:] == ",":
            name.evidence.append("after a comma")
        elif before[-1:].isdigit():
            name.evidence.append("after a number")
        return
    name.before = before
    earlier = words[-2].lower() if len(words) > 1 else ""
    _judge_word_before(name, before.rpartition("-")[2], earlier)


def _look_before_in_run(text: str, name: Name, gazetteer: Gazetteer) -> None:
    run, evidence = name.run, name.evidence
    before = name.before = run.words[name.first - 1]
    if before == "s" and name.first > 1:
        evidence.append("after a possessive")
    elif before in STOP_WORDS or before in PREPOSITIONS or before in LOCATIVE_WORDS:
        earlier = run.words[name.first - 2] if name.first > 1 else _word_before(text, run.start)
        _judge_word_before(name, before, earlier)
    elif before in TITLES:
        evidence.append("after a title")
    elif len(before) == 1 and text[run.ends[name.first - 1]] == ".":
        evidence.append("after an initial")
    elif before in CONNECTORS:
        evidence.append("after an unknown capitalised word")
    else:
        flags = gazetteer.word_flags(before)
        if flags & GIVEN_NAME:
            evidence.append("after a given name")
        elif flags & ENGLISH_WORD:
            evidence.append("after a capitalised English word")
        elif gazetteer.knows(before):
            evidence.append("after another name")
        else:
            evidence.append("after an unknown capitalised word")


def _word_before(text: str, position: int) -> str:
    words = text[max(0, position - 20) : position].rsplit(None, 1)
    return words[-1].lower() if words else ""


def _judge_word_before(name: Name, before: str, earlier: str) -> None:
    evidence = name.evidence
    if before == "the":
        evidence.append("after the")
        before, earlier = earlier, ""
    if before in LOCATIVE_WORDS:
        evidence.append("after a direction word")
        before = earlier
    if before == "of" and earlier in FEATURES_BEFORE:
        evidence.append("after a feature word and of")
        name.feature = FEATURES_BEFORE[earlier]
    elif before in PREPOSITIONS:
        evidence.append(PREPOSITIONS[before])
        if before in RELATIONS:
            name.relation = before
    elif before in TITLES:
        evidence.append("after a title")
    else:
        evidence.append("after another small word")


def _look_after(text: str, name: Name, gazetteer: Gazetteer) -> None:
    run, word = name.run, name.last
    owns = word < len(run.words) and run.words[word] == "s" and text[run.starts[word] - 1] in "'’"
    word += owns
    if word < len(run.words):
        after, capital = run.words[word], text[run.starts[word]].isupper()
        if after == "and" and (feature := _shared_feature(text, name)):
            name.feature = feature
            name.evidence.append("before a feature word")
    else:
        match = _NEXT_WORD.match(text, max(name.end, run.end if owns else 0))
        after = match.group(1).lower() if match else ""
        capital = match is not None and match.group(1)[0].isupper()
    name.after = after
    if owns:
        name.evidence.append("owns what follows")
    if after:
        judged = _judge_word_after(name, after, capital, gazetteer)
        if judged:
            name.evidence.append(judged)
    elif text[name.end : name.end + 1] == ",":
        name.evidence.append("before a comma")


def _shared_feature(text: str, name: Name) -> str | None:
    """The feature of "Poonch and Rajouri districts", where it stands after the last of them."""
    match = _NEXT_WORD.match(text, name.run.end)
    after = match.group(1).lower() if match else ""
    return FEATURES_AFTER.get(after) if after.endswith("s") else None


_CAPITALS_AFTER = (
    (NAME_SUFFIXES, "before a name's suffix"),
    (MEDIA_WORDS, "before the word of a newspaper"),
    (ORGANISATION_WORDS, "before an organisation word"),
    (TITLES, "before a title"),
)


_SEATS = frozenset(("after in", "after at or near", "after of"))


def _speaks_elsewhere(name: Name, gazetteer: Gazetteer) -> bool:
    """Whether a name before a verb of speech is none of the speaker's: a government's, or "an official in Zhob"."""
    if not _SEATS.isdisjoint(name.evidence):
        return True
    return name.known and is_government(gazetteer, name.key)


def _judge_word_after(name: Name, after: str, capital: bool, gazetteer: Gazetteer) -> str | None:
    if after in FEATURES_AFTER:
        name.feature = name.feature or FEATURES_AFTER[after]
        written_small = not capital or (name.known and name.key in gazetteer.border_names)  # "Tank District"
        return "before a feature word" if written_small else "before a capitalised feature word"
    if not capital:
        if after in RESIDENT_WORDS:
            return "before a resident word"
        if after in SPEECH_VERBS and not _speaks_elsewhere(name, gazetteer):
            return "before a verb of speech"
        return None
    for words, evidence in _CAPITALS_AFTER:
        if after in words:
            return evidence
    if after in CONNECTORS or after in STOP_WORDS:
        return None
    flags = gazetteer.word_flags(after)
    if flags & ENGLISH_WORD:
        return "before a capitalised English word"
    return "before a surname" if flags & SURNAME else "before an unknown capitalised word"
