"""What each party says an incident cost: figures with their source, stance and sentence, never averaged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from geo.extraction.claims import words as w
from geo.extraction.claims.arabic import find_arabic_claims
from geo.extraction.claims.claimants import claimant_party, find_body, find_group
from geo.extraction.claims.draft import Draft
from geo.extraction.claims.figures import Figure, add_parts, find_figures
from geo.extraction.claims.gates import (
    DENIAL,
    EARLIER,
    FIGURE,
    NOTHING,
    NUMBER,
    SAID,
    SILENCE,
    TOLL,
    TRIGGER,
    sift_sentences,
)
from geo.extraction.claims.parties import Parties, survey
from geo.extraction.claims.phrases import split_pieces
from geo.extraction.claims.speech import Frame, find_frames, frame_of, shorten
from geo.extraction.claims.statements import (
    find_bare,
    find_earlier,
    find_nothings,
    find_tolls,
    read_stance,
    settle_raised,
    superseded_numbers,
)
from geo.extraction.claims.subjects import side_of, subject_party
from geo.extraction.claims.teasers import find_teasers, is_inside
from geo.extraction.claims.together import add_together
from geo.extraction.claims.tokens import split_tokens
from geo.extraction.entries import find_datelines, read_entries
from geo.model import Claim, Resolution, Span, Stance
from geo.numbers import find_numbers
from geo.text import Document, Sentence

__all__ = ["find_claims", "find_teasers"]


def find_claims(
    document: Document,
    *,
    article_id: str,
    resolutions: Sequence[Resolution] = (),
    published: date | None = None,
) -> list[Claim]:
    """The claims of an article in reading order, with parts, superseded figures, denials and silence marked.

    ``resolutions`` tell whose forces "soldiers" are; ``published`` tells whether the Taliban are rebels or the state.
    Figures in teaser lines are left out (see ``find_teasers``). ``scope`` is left to whoever groups the incidents.
    """
    parties = survey(document, resolutions, published)
    if document.language in ("ur", "ps", "fa"):
        drafts = list(find_arabic_claims(document, parties))
    else:
        drafts = list(_read_sentences(document, parties))
    return _as_claims(document.text, _settle(drafts), article_id)


def _read_sentences(document: Document, parties: Parties) -> Iterator[Draft]:
    """The claims of each sentence in reading order.

    What other sentences say matters only to figures and stances after them, as the sources they name: so they wait
    until one comes that may give a figure or a stance, and those that wait at the end are never read.
    """
    told = sift_sentences(document)
    if not any(bits & (FIGURE | TOLL | NOTHING | DENIAL | SILENCE) for bits in told):
        return
    teasers = find_teasers(document)
    entries = read_entries(document)
    datelines = dict(find_datelines(document))
    memory, entry = Memory(), 0
    waiting: list[tuple[_Told, Memory]] = []
    for number, (sentence, bits) in enumerate(zip(document.sentences, told, strict=True)):
        if entries[number] != entry:
            memory, entry = Memory(), entries[number]
        if is_inside(sentence.start, teasers):
            continue
        waiting.append((_Told(sentence, bits, datelines.get(sentence.start, 0)), memory))
        if bits & TRIGGER and bits & (FIGURE | TOLL | NOTHING | DENIAL | SILENCE):
            for earlier, its_memory in waiting:
                yield from _read_sentence(document, earlier, parties, its_memory)
            waiting.clear()


class _Told(NamedTuple):
    """A sentence, what its words may say, and where its dateline ends (0 without one)."""

    sentence: Sentence
    bits: int
    dateline: int


_OWN_LOSSES = re.compile(r"\b(?:own|its|their) (?:own )?(?:losses|dead|casualties|toll)\b")


_WHOSE_LOSSES = re.compile(
    r"\b([A-Z]\w+)(?:['’]s)?\s+(?:own\s+|military\s+)?(?:losses|casualties|dead)\s+(?:at|as|to)\s+(?:\w+\s+){0,2}\Z"
)
"""What "put Pakistani losses at" says of whom the number after it counts."""
_NOT_THAT = re.compile(r", not \w+(?: [\w ]{2,30})?,|, (?:when|if) (?:asked|contacted|reached|approached)[^,]{0,40},")
_BODY_REACH = 400
"""Code points before "it verified" in which the body that speaks is named."""
_ITS = re.compile(
    r"(?:its|their)\s+(?:spokes\w+|authorities|army|military|officials?|ministry|government|defen[cs]e)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:more|others?|of (?:them|these|those)|in all)\b|\Z")
"""Words for those counted that go on with those counted in the sentence before."""
_LOST = re.compile(
    r"\b(?:lost|losing|loss\s+of|lose)\s+(?:(?:only|about|some|up|to|at|least|just|another|a|total|of)\s+){0,4}\Z"
)
_AGE = re.compile(
    r"(?<=[a-z]), \d{1,2}(?=,)|\((?:age|aged)[^)]{1,40}\)|\baged (?:between )?\d{1,2}(?:(?:, \d{1,2})* (?:and"
    r"|to) \d{1,2})?\b"
)
"""The age of someone, as a press tells it: "a shepherd, 14, lost his life"."""
_QUOTED_WORD = re.compile(r'["“]([\w-]+)["”]')
"""A single word that a report holds at a distance: killed 13 "terrorists"."""
_IN_BRACKETS = re.compile(r"\(([^()]{4,80})\)")
"""A figure told aside: "118 casualties (37 killed, 81 injured)"."""
_LABEL = re.compile(
    r"\*{0,2}(?:[-–—*•●▪■◦‣·►▶>]\s+|\d{1,2}[.)]\s+|\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?(?:\s+[A-Z]{2,4})?\s*[-–—:|]?\*{0,2}\s+)?"
    r"(?:[A-Z][\w'’ /-]{2,34}:\s+(?=[A-Z]))?"
)
"""Bullet, time and name before an entry: no source."""
_OWN = ("of its ", "of their ", "of our ")
"""Of one's own: a part of what the same side gave, and rival to what another said of them."""
_SOME_OF = ("of the ", "of those ", "of these ", *_OWN)


class Memory:
    """What a sentence takes over from those before it."""

    def __init__(self) -> None:
        self.source = ""
        self.party = "author"
        self.paragraph = -1
        """Paragraph in which the source was named."""
        self.sources: set[str] = set()
        """Parties of all sources named so far."""
        self.subject: str | None = None
        self.subject_at = 0
        """Where the figure stands that ``subject`` was counted by."""
        self.unread: list[Sentence] = []
        self.by_figure: dict[int, tuple[str, str]] = {}
        self.figures: list[Figure] = []
        self.subjects: dict[int, str | None] = {}

    def carries(self, paragraph: int) -> bool:
        """Whether a sentence without a source goes on with the last: in its paragraph, or while there is no other."""
        return paragraph == self.paragraph or (len(self.sources) == 1 and 0 <= paragraph - self.paragraph <= 1)

    def whole_of(self, part: Figure, subject: str | None) -> Figure | None:
        """The last figure that "five of the seven" can be a part of: the same harm, more, best to the same party."""
        best = (part.number.best if part.number else None) or 0
        larger = [
            figure
            for figure in self.figures
            if figure.metric == part.metric and figure.number and (figure.number.best or 0) > best
        ]
        same = [figure for figure in larger if self.subjects.get(id(figure)) == subject]
        found = same or larger
        return found[-1] if found else None


def _read_sentence(document: Document, told: _Told, parties: Parties, memory: Memory) -> Iterator[Draft]:
    if not told.bits & TRIGGER:
        memory.unread.append(told.sentence)
        return
    start, text, small = _bare_words(document, told)
    bits, end = told.bits, told.sentence.end
    figures = _read_figures(document, (start, end), text, small, bits, memory)
    frames = find_frames(text, start, [figure.span.start for figure in figures]) if bits & SAID else []
    if not frames or any(frame.pronoun for frame in frames[:1]):
        _catch_up(document.text, parties, memory)
    memory.unread.clear()
    before = memory.source, memory.party
    sources = _name_sources(frames, parties, memory, start)
    if frames:
        memory.paragraph = told.sentence.paragraph
    said = _Said(document.text, frames, sources, not frames and memory.carries(told.sentence.paragraph)
                 and "reported" not in small, before)  # fmt: skip
    earlier = find_earlier(small, start) if figures and bits & EARLIER else []
    of_these = _OF_THESE.match(text) is not None
    for figure in figures:
        if of_these or figure.of_known:
            figure.whole = figure.whole or memory.whole_of(figure, memory.subjects.get(id(figure), memory.subject))
    denied = next((frame for frame in frames if _DENYING.match(text, frame.verb - start) and not frame.trailing), None)
    if denied and any(figure.span.start > denied.verb for figure in figures):
        figures = [figure for figure in figures if figure.span.start < denied.verb]
        yield _denial(document.text, denied, sources, end)
        bits &= ~(DENIAL | SILENCE)
    for figure in figures:
        figure.superseded = figure.superseded or any(s.start <= figure.span.start < s.end for s in earlier)
    drafts = [_draft(figure, said, parties, memory) for figure in figures]
    yield from add_together(drafts, document.text)
    if bits & (DENIAL | SILENCE):
        yield from _read_stance(small, start, figures, said, parties)


def _bare_words(document: Document, told: _Told) -> tuple[int, str, str]:
    """Where a sentence begins behind its label and dateline, and its words from there, as written and in small letters.

    What it says is not so is blotted out: "at least 23 people, not 41 as first announced, were killed".
    """
    label = _LABEL.match(document.text, told.sentence.start, told.sentence.end)
    start, end = max(label.end() if label else told.sentence.start, told.dateline), told.sentence.end
    text, small = document.text[start:end], document.lower[start:end]
    for found in _QUOTED_WORD.finditer(text) if '"' in text or "“" in text else ():
        text, small = (
            f"{words[: found.start()]} {words[found.start(1) : found.end(1)]} {words[found.end() :]}"
            for words in (text, small)
        )
    for found in (*_NOT_THAT.finditer(small), *_AGE.finditer(small)):
        blank = " " * (found.end() - found.start() - 1) + ("," if found[0].endswith(",") else " ")
        text, small = (words[: found.start()] + blank + words[found.end() :] for words in (text, small))
    return start, text, small


def _read_figures(
    document: Document, where: tuple[int, int], text: str, small: str, bits: int, memory: Memory
) -> list[Figure]:
    """The figures of a sentence in reading order."""
    start, end = where
    figures: list[Figure] = []
    if bits & (FIGURE | TOLL):
        found_numbers = find_numbers(document.text, start, end, "en") if bits & NUMBER else []
        numbers = [number for number in found_numbers if small[number.span.start - start].strip()]
        pieces = split_pieces(split_tokens(text, small, start, numbers), start)
        figures = find_figures(pieces)
        if bits & TOLL:
            figures += find_tolls(small, start, pieces, figures, memory.figures[-1].metric if memory.figures else None)
            figures += find_bare(small, start, pieces, figures, memory.figures[-1].metric if memory.figures else None)
        add_parts(pieces, figures)
    for found in _IN_BRACKETS.finditer(text) if bits & FIGURE and "(" in text else ():
        figures += _read_figures(
            document, (start + found.start(1), start + found.end(1)), found[1], small[found.start(1) : found.end(1)],
            bits & ~NOTHING, Memory(),
        )  # fmt: skip
    if bits & NOTHING:
        figures += find_nothings(small, start, figures)
    return sorted(figures, key=lambda figure: (figure.span.start, figure.span.end))


class _Said(NamedTuple):
    """Who says what in a sentence."""

    text: str
    """The whole article's."""
    frames: Sequence[Frame]
    sources: dict[int, tuple[str, str]]
    """Source and party of each frame, by its identity."""
    carried: bool
    """True where a sentence that names no source goes on with the last one."""
    before: tuple[str, str]
    """Source and party named last before this sentence, for whom "he" stands."""


def _read_stance(small: str, start: int, figures: Sequence[Figure], said: _Said, parties: Parties) -> Iterator[Draft]:
    """A denial or a silence behind all the figures of a sentence."""
    stance = read_stance(small, start)
    if stance and all(figure.span.end <= stance[1].start for figure in figures):
        frame = said.frames[0] if said.frames and not figures else None
        begin = max((figure.span.end for figure in figures), default=start)
        yield _stance_draft(said, stance, frame, begin, parties)


_OF_THESE = re.compile(r"\s*(?:of|among) (?:these|them|those|the dead|the victims)\b", re.IGNORECASE)
_DENYING = re.compile(r"(?:den(?:y|ies|ied)|reject(?:s|ed)?|dismiss(?:es|ed)|disput(?:es|ed)|refut(?:es|ed))\b")


def _denial(text: str, frame: Frame, sources: dict[int, tuple[str, str]], end: int) -> Draft:
    """What "rejected claims that a shell had killed a herder" says: a denial, and no figure of the denier's."""
    source, party = sources[id(frame)]
    stop = min(end, frame.verb + 120)
    span = Span(start=frame.verb, end=text.rfind(" ", frame.verb + 8, stop) if stop < end else end)
    return Draft(figure=None, subject="", subject_party=None, claimant=shorten(source), claimant_party=party,
                 stance="denies", span=span)  # fmt: skip


def _catch_up(text: str, parties: Parties, memory: Memory) -> None:
    """Find the sources of the sentences just passed over, so that "he said" has someone to stand for."""
    for sentence in memory.unread[-3:]:
        frames = find_frames(text[sentence.start : sentence.end], sentence.start, ())
        _name_sources(frames, parties, memory)
        if frames:
            memory.paragraph = sentence.paragraph


def _name_sources(
    frames: Iterable[Frame], parties: Parties, memory: Memory, start: int | None = None
) -> dict[int, tuple[str, str]]:
    """Source and party of each frame; a pronoun is the armed group named in its sentence, else the source named last.

    ``start`` is where the sentence begins; None where that does not matter.
    """
    named: dict[int, tuple[str, str]] = {}
    for frame in frames:
        if frame.pronoun:
            before = parties.document.text[start : frame.start] if start is not None else ""
            group = find_group(before) if frame.trailing is False else None
            body = group or _body_before(frame, parties, memory)
            if body or memory.source:
                party = claimant_party(body, frame.start, parties) if body else memory.party
                named[id(frame)] = body or memory.source, party
                continue
        party = claimant_party(frame.source, frame.start, parties)
        if frame.pronoun and party == "other":
            party = find_body(parties.lower[max(0, frame.start - _BODY_REACH) : frame.start]) or "author"
        if memory.party.startswith("state:") and _ITS.match(frame.source):
            party = memory.party  # "Its spokesman"
        if party == "other" and "same" in frame.source.lower() and memory.source:
            party = memory.party
        named[id(frame)] = frame.source, party
        memory.source, memory.party = frame.source, party
        memory.sources.add(party)
    return named


_BODY = re.compile(
    r"\W*((?:the|[a-z]+(?:'s|’s)?)\s+(?:[a-z]+\s+)?(?:army|military|police|navy|air\s+force|government|ministry|mission))\b",
    re.IGNORECASE,
)


def _body_before(frame: Frame, parties: Parties, memory: Memory) -> str | None:
    """The body that the sentence before begins with, for "it said"; None where that sentence names a source."""
    document = parties.document
    number = document.sentence_at(frame.start)
    if number < 1 or frame.source.lower().split()[-1:] != ["it"]:
        return None
    sentence = document.sentences[number - 1]
    if sentence.paragraph != document.sentences[number].paragraph or memory.paragraph == sentence.paragraph:
        return None
    found = _BODY.match(document.text, sentence.start, sentence.end)
    return found[1] if found else None


def _draft(figure: Figure, said: _Said, parties: Parties, memory: Memory) -> Draft:
    text = said.text
    frame = frame_of(said.frames, figure.span.start, figure.span.end)
    unsaid = (memory.source, memory.party) if said.carried else ("", "author")
    source, party = said.sources[id(frame)] if frame else unsaid
    source, party = memory.by_figure.get(id(figure.whole), (source, party)) if figure.whole else (source, party)
    memory.by_figure[id(figure)] = source, party
    words = _subject(text[figure.phrase.start : figure.phrase.end], figure)
    subject = _party_of(figure, words, said.text, party, parties, memory)
    if words.startswith(_SOME_OF) and figure.whole is None:
        figure.whole = _whole_of_some(figure, words, subject, party, memory)
    memory.subjects[id(figure)] = subject
    memory.figures.append(figure)
    return Draft(figure=figure, subject=words, subject_party=subject, claimant=shorten(source), claimant_party=party,
                 superseded=figure.superseded)  # fmt: skip


def _party_of(figure: Figure, words: str, text: str, claimant: str, parties: Parties, memory: Memory) -> str | None:
    """The party of those counted, remembered for the counts beside it that name none."""
    phrase, start = figure.phrase, figure.span.start
    beside = parties.document.sentence_at(memory.subject_at) == parties.document.sentence_at(start)
    inherited = memory.subject if beside or _GOES_ON.match(words) else None
    if _OWN_LOSSES.search(text, max(0, start - 40), start) and claimant.startswith("state:"):
        inherited = side_of(claimant)
    subject = subject_party(words, phrase.word, start, parties, claimant, inherited)
    at = figure.number.span.start if figure.number and not phrase.word else 0
    whose = _WHOSE_LOSSES.search(text, max(0, at - 80), at)
    if whose and (code := parties.country_of(whose[1].lower())):
        subject = f"forces:{code}"
    if subject in ("people", None) and _is_own_loss(figure, text):
        subject = side_of(claimant) or subject
    if figure.metric == "displaced" or (figure.number and figure.number.best == 0 and not phrase.word):
        return "people"
    if figure.metric in ("destroyed", "captured") and phrase.word in w.OBJECTS:
        return "objects"
    if subject and figure.whole is None:
        memory.subject, memory.subject_at = subject, start
    return subject


def _is_own_loss(figure: Figure, text: str) -> bool:
    """Whether words count what the claimant's own side lost: "had lost 23 men", "suffered no losses"."""
    start, end = figure.phrase.start, figure.phrase.end
    nothing = figure.number is not None and figure.number.low == 0 and "loss" in text[start:end]
    return nothing or _LOST.search(text, max(0, start - 40), start) is not None


def _whole_of_some(figure: Figure, words: str, subject: str | None, claimant: str, memory: Memory) -> Figure | None:
    """What "five of the seven" or "eight of its own" are a part of; None for the other side's, or a rival's."""
    whole = memory.whole_of(figure, subject)
    if whole is None or _are_sides(subject, memory.subjects.get(id(whole))):
        return None
    rival = memory.by_figure[id(whole)][1] != claimant
    return None if rival and words.startswith(_OWN) else whole


def _are_sides(left: str | None, right: str | None) -> bool:
    """Whether two parties are different sides of a fight, so that none of the one is part of the other."""
    return left != right and all(party and party.startswith(("forces", "militants")) for party in (left, right))


def _subject(phrase: str, figure: Figure) -> str:
    """The words for those counted, without the count."""
    if figure.phrase.number:
        cut = figure.phrase.number.span.end - figure.phrase.start
        if 0 < cut <= len(phrase):
            return phrase[cut:].strip()
    for article in ("A ", "An ", "a ", "an ", "the ", "The ", "another "):
        phrase = phrase.removeprefix(article)
    return phrase


_PRONOUNS = ("he", "she", "it", "they")
_FROM_WHOM = re.compile(r"\s+(?:\w+\s+)?(?:from|by)\s+(?P<who>[^.,;]{3,60})")


def _stance_draft(said: _Said, stance: tuple[Stance, Span], frame: Frame | None, begin: int, parties: Parties) -> Draft:
    text, sources = said.text, said.sources
    kind, span = stance
    behind = _FROM_WHOM.match(text, span.end)
    source = (
        behind["who"]
        if behind
        else re.split(r"[,;:] (?:and|but|while) ", text[begin : span.start])[-1].strip(" ,")[-80:]
    )
    party = claimant_party(source, begin, parties) if source else "other"
    if source.lower() in _PRONOUNS and said.before[0]:
        source, party = said.before
    if not behind and frame and (party == "other" or frame.verb < span.start):
        source, party = sources[id(frame)]
    return Draft(
        figure=None,
        subject="",
        subject_party=None,
        claimant=shorten(source),
        claimant_party=party,
        stance=kind,
        span=span,
    )


# ---- the whole article -----------------------------------------------------------------------------------------------
def _settle(drafts: Sequence[Draft]) -> list[Draft]:
    """Drop denials of nothing and of what the same party already denied, and mark what later figures replace."""
    claimed = any(draft.figure for draft in drafts)
    denied: set[tuple[str, str]] = set()
    settled: list[Draft] = []
    for draft in drafts:
        if draft.figure is None:
            key = draft.stance, draft.claimant
            stands = claimed or draft.claimant_party.startswith(("state:", "group:"))
            if not stands or key in denied or draft.claimant_party in ("other", "author"):
                continue
            denied.add(key)
        settled.append(draft)
    settle_raised(settled)
    return superseded_numbers(settled)


def _as_claims(text: str, drafts: Sequence[Draft], article_id: str) -> list[Claim]:
    places = {id(draft.figure): n for n, draft in enumerate(drafts) if draft.figure}
    claims = []
    for draft in drafts:
        whole = draft.figure.whole if draft.figure else None
        claim = draft.as_claim(article_id)
        claims.append(replace(claim, subset_of=places.get(id(whole))) if whole else claim)
    return claims
