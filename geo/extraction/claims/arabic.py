"""Claims in Urdu, Pashto and Dari: a count, those counted, and the word of harm that closes the clause."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from geo.extraction.claims.arabic_words import (
    AGENT,
    ALONE,
    CRITICAL,
    DENIALS,
    GREW,
    HARM_BEFORE,
    HARMS,
    NOTHING,
    OWN,
    PARTS,
    PARTS_AFTER,
    PRONOUNS,
    SILENCES,
    WHOSE,
    claimant_party,
    find_speech,
    head_of,
    person_before,
    subject_party,
)
from geo.extraction.claims.draft import Draft
from geo.extraction.claims.figures import Figure
from geo.extraction.claims.parties import Parties
from geo.extraction.claims.phrases import Piece
from geo.extraction.claims.statements import superseded_words
from geo.extraction.claims.teasers import find_teasers, is_inside
from geo.model import Metric, Span, Stance
from geo.numbers import Number, find_numbers
from geo.text import Document, Sentence

_FARTHEST = 130
_HEAD_REACH = 34
_COUNTING = re.compile(r"تعداد|شمار|شمېر|شمیر|آمار")
"""Words of a toll that needs no other word of harm."""
_DASHES = re.compile(r"[—–]")


def find_arabic_claims(document: Document, parties: Parties) -> Iterator[Draft]:
    """The claims of an Urdu, Pashto or Dari text in reading order."""
    language = document.language
    source: tuple[str, str] = ("", "author")
    paragraph = -1
    subject: str | None = None
    last: dict[Metric, Figure] = {}
    teasers = find_teasers(document)
    for sentence in document.sentences:
        if is_inside(sentence.start, teasers):
            continue
        text = document.text[sentence.start : sentence.end]
        figures = _read_figures(document, sentence, text)
        named = _read_sources(text, sentence.start, parties, source, language)
        _join_parts(text, sentence.start, figures, last, language)
        for figure in figures:
            carried = source if sentence.paragraph == paragraph else ("", "author")
            claimant, party = _source_of(named, figure.span.start) if named else carried
            words = document.text[figure.phrase.start : figure.phrase.end]
            subject = subject_party(words, party, parties, subject)
            yield Draft(
                figure=figure,
                subject=words,
                subject_party=subject,
                claimant=claimant,
                claimant_party=party,
                superseded=figure.superseded or superseded_words(text),
            )
            if figure.number and figure.number.best and figure.whole is None:
                last[figure.metric] = figure
        yield from _read_stances(text, sentence.start, figures, named, parties, language)
        if named:
            source, paragraph = (named[-1][1], named[-1][2]), sentence.paragraph


def _read_stances(
    text: str, offset: int, figures: Sequence[Figure], named: Sequence[tuple[int, str, str]], parties: Parties,
    language: str,
) -> Iterator[Draft]:  # fmt: skip
    """A denial or a silence of a sentence, unless its words are those of a figure."""
    stances: tuple[tuple[Stance, re.Pattern[str]], ...] = (
        ("denies", DENIALS[language]),
        ("no_comment", SILENCES[language]),
    )
    for stance, pattern in stances:
        found = pattern.search(text)
        if found is None or any(
            figure.span.start < offset + found.end() and offset + found.start() < figure.span.end for figure in figures
        ):
            continue
        span = Span(start=offset + found.start(), end=offset + found.end())
        claimant, party = (
            _source_of(named, span.start) if named else (text[:60], claimant_party(text[: found.start()], parties))
        )
        yield Draft(figure=None, subject="", subject_party=None, claimant=claimant, claimant_party=party,
                    stance=stance, span=span)  # fmt: skip
        return


def _join_parts(
    text: str, offset: int, figures: Sequence[Figure], last: Mapping[Metric, Figure], language: str
) -> None:
    """ "Among the dead are two children", "three are in a critical state": parts of the figure told last."""
    for figure in figures:
        if figure.number is None or figure.whole is not None:
            continue
        start, end = figure.number.span.start - offset, figure.number.span.end - offset
        found = PARTS[language].search(text, max(0, start - 40), start)
        after = PARTS_AFTER.match(text, figure.phrase.end - offset) or PARTS_AFTER.match(text, end)
        matched = found or after
        if matched:
            figure.metric = _metric(matched)
            figure.whole = last.get(figure.metric)


# ---- figures ---------------------------------------------------------------------------------------------------------
def _read_figures(document: Document, sentence: Sentence, text: str) -> list[Figure]:
    language = document.language
    harms = list(HARMS[language].finditer(text))
    figures = [_nothing(found, sentence.start) for found in NOTHING[language].finditer(text)]
    if not harms and not _COUNTING.search(text):
        return figures
    numbers = list(find_numbers(document.text, sentence.start, sentence.end, language))
    nexts = [number.span.start - sentence.start for number in numbers[1:]]
    for number, until in zip(numbers, [*nexts, len(text)], strict=False):
        figure = _read_figure(text, sentence.start, number, harms, language, until)
        if figure:
            figures.append(figure)
    figures += _read_single(text, sentence.start, harms, figures, language)
    figures.sort(key=lambda figure: figure.span.start)
    _mark_parts(text, sentence.start, figures)
    return figures


def _read_single(
    text: str, offset: int, harms: Sequence[re.Match[str]], figures: Sequence[Figure], language: str
) -> Iterator[Figure]:
    """One person harmed, told by the verb alone: "his guard too died"."""
    for harm in harms:
        metric = _metric(harm)
        if metric not in ("killed", "wounded") or not ALONE[language].match(text, harm.end()):
            continue
        first = max(0, harm.start() - _HEAD_REACH)
        person = person_before(text[first : harm.start()])
        start = offset + first + (person.start() if person else 0)
        if person is None or any(
            figure.span.start <= offset + harm.start() and figure.span.end >= start for figure in figures
        ):
            continue
        phrase = Piece(kind="phrase", start=start, end=offset + first + person.end(), word=person[0])
        span = Span(start=start, end=offset + harm.end())
        yield Figure(metric=metric, phrase=phrase, number=Number(span=span, low=1, best=1, high=1), span=span)


def _read_figure(
    text: str, offset: int, number: Number, harms: Sequence[re.Match[str]], language: str, until: int
) -> Figure | None:
    """A count with the first word of harm after it, or the one it follows ("the number of wounded 11").

    ``until`` is where the next count begins: those counted are named before it.
    """
    start, end = number.span.start - offset, number.span.end - offset
    following = bisect_left(harms, end, key=_start_of)
    after = [harm for harm in harms[following : following + 1] if harm.start() - end <= _FARTHEST]
    before = HARM_BEFORE[language].search(text, max(0, start - 90), start)
    part = PARTS[language].search(text, max(0, start - 40), start) or PARTS_AFTER.match(text, end)
    if CRITICAL.match(text, end) and not before:
        phrase = Piece(kind="phrase", start=offset + end, end=offset + end, word="")
        phrase.number = number
        return Figure(metric="wounded", phrase=phrase, number=number, span=number.span)
    head = head_of(text[end : min(end + _HEAD_REACH, until)], language)
    metric = _metric(before or part) if before or part else _metric(after[0]) if after else None
    if metric is None or not _suits(
        metric, head, nearest=bool(before or part) or bool(after and after[0].start() - end < 4)
    ):
        return None
    words_end = end + head[1] if head else end
    if language == "ur" and head and AGENT.match(text, words_end):
        return None
    whose = WHOSE.match(text, words_end) if head and language == "fa" else None
    words_end = whose.end() if whose else words_end
    phrase = Piece(kind="phrase", start=offset + end, end=offset + max(words_end, end), word=head[0] if head else "")
    phrase.number = number
    named = person_before(before[0]) if before and not head else None
    if named and before:
        phrase.start, phrase.end = offset + before.start() + named.start(), offset + before.start() + named.end()
    closes = (
        offset + after[0].end() if after and not before and after[0].start() - end < _HEAD_REACH else offset + words_end
    )
    old = before is not None and GREW[language].search(text, max(0, start - 8), start) is not None
    return Figure(
        metric=metric, phrase=phrase, number=number, span=Span(start=number.span.start, end=closes), superseded=old
    )


def _metric(found: re.Match[str] | None) -> Metric:
    """The harm a pattern found, by the name of its group ("killed2" is killed too)."""
    return cast(Metric, (found.lastgroup or "killed").rstrip("2") if found else "killed")


def _suits(metric: Metric, head: tuple[str, int, str] | None, *, nearest: bool) -> bool:
    """Whether those counted can suffer this harm; a bare count must stand right beside the word."""
    if head is None:
        return nearest
    if metric in ("destroyed", "captured"):
        return head[2] in ("object", "person")
    return head[2] == "person"


def _nothing(found: re.Match[str], offset: int) -> Figure:
    span = Span(start=offset + found.start(), end=offset + found.end())
    reported = found.lastgroup == "reported"
    high = None if reported else 0
    number = Number(span=span, low=0, best=high, high=high, qualifier="none_reported" if reported else "none")
    phrase = Piece(kind="phrase", start=span.start, end=span.end, word="people", number=number)
    return Figure(metric="killed", phrase=phrase, number=number, span=span)


def _mark_parts(text: str, offset: int, figures: Sequence[Figure]) -> None:
    """Parts are set off by dashes, or spell out the count before them: five people, four women and a man."""
    for i, whole in enumerate(figures):
        total = whole.number.best if whole.number else None
        counted = 0
        for j in range(i + 1, len(figures)):
            figure = figures[j]
            if figure.metric != whole.metric or figure.whole or not total or not figure.number or counted > total:
                break
            counted += figure.number.best or 0
            if counted == total and _is_aside(text, offset, whole, figures[i + 1]):
                for part in figures[i + 1 : j + 1]:
                    part.whole = whole
                break


def _is_aside(text: str, offset: int, whole: Figure, first: Figure) -> bool:
    gap = text[whole.phrase.end - offset : first.phrase.number.span.start - offset] if first.phrase.number else ""
    return bool(_DASHES.search(gap)) or any(mark in gap for mark in "،,:(")


# ---- sources ---------------------------------------------------------------------------------------------------------
def _read_sources(
    text: str, offset: int, parties: Parties, source: tuple[str, str], language: str
) -> list[tuple[int, str, str]]:
    """Where each source of a sentence stands, its words and its party; a pronoun is the source before."""
    named = []
    of_all: str | None = None
    for found in find_speech(text, language):
        words = (found["source"] or found["after"] or "").strip(" ،,«»")
        if not words or PRONOUNS[language].match(words):
            named.append((offset + found.start(), *source))
            continue
        party = claimant_party(words, parties)
        if party == "other":
            of_all = party = of_all or claimant_party(text, parties)
        named.append((offset + found.start(), words[-80:], party))
        source = named[-1][1], named[-1][2]
    return named


def _source_of(named: Sequence[tuple[int, str, str]], start: int) -> tuple[str, str]:
    """The source named last before a figure, else the first after it."""
    if not named:
        return "", "author"
    chosen = named[max(bisect_right(named, start, key=_offset_of) - 1, 0)]
    return chosen[1], chosen[2]


def _offset_of(named: tuple[int, str, str]) -> int:
    return named[0]


def _start_of(found: re.Match[str]) -> int:
    return found.start()


__all__ = ["OWN", "find_arabic_claims"]
