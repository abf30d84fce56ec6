"""Figures and stances that stand in set phrases: tolls, no casualties, denials, no comment, earlier counts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from geo.extraction.claims import words as w
from geo.extraction.claims.figures import Figure, listed, number_of
from geo.extraction.claims.phrases import Piece
from geo.model import Metric, Span, Stance
from geo.numbers import Number

if TYPE_CHECKING:
    from geo.extraction.claims.draft import Draft

_TOLL = re.compile(
    r"(?P<toll>(?:death |overall |total )?toll|number of (?:(?:the |those |people |civilian |confirmed )*)(?:dead"
    r"|killed|deaths|fatalities)"
    r"|number killed|losses|number of (?:[a-z]+ ){0,2}killed|(?:number|count) of civilian dead"
    r"|(?:count|tally) of (?:[a-z]+ ){0,3}(?:killed|dead)|(?:earlier|previous|initial|first|preliminary) (?:count"
    r"|tally|figure)(?= of))"
    r"|the (?:overall |combined |new )?(?:total|tally|count)(?: (?:killed|dead))?(?= (?:to|at|of)\b)"
    r"|(?:the (?:\w+ )?|(?:its|their) (?:own )?)dead(?: of (?:the |that )?[a-z ]{3,20}?)?(?= at\b| as\b)"
    r"|the (?:number|figure)(?= at\b)"
    r"|(?P<hurt>the (?:\w+ )?(?:injured|wounded)(?= at\b| as\b))"
    r"|(?P<wounded>(?:number|count|tally|list|toll) of (?:the )?(?:wounded|injured|injuries)(?: (?:villagers|people"
    r"|civilians|soldiers))?|number of people (?:hurt|wounded|injured))"
    r"|(?P<displaced>number of (?:people|families) (?:who had |that had |who have )?(?:left|fled|displaced"
    r"|moved)(?: out)?(?: their \w+)?)"
)
_TOLL_WORDS = (
    "toll", "number", "losses", "count ", "tally", "total", "figure", "list of",
    *(f"{hurt} {put}" for hurt in ("dead", "injured", "wounded") for put in ("at", "as", "of")),
)  # fmt: skip
"""Words of which every toll has some."""
_REACH = re.compile(
    r"\b(?:to|at|as|of|is|was|reached|hit|stood at|stands at|exceeded|passed|topped|:)\s*(?:between\s*)?\Z"
)
_AS_TOLL = re.compile(r"\s+(?:as )?the (?:\w+ )?(?:toll|number of (?:dead|deaths|killed))")
_GREW = re.compile(
    r"\b(?:ros\w+|ris\w+|rais\w+|increas\w+|climb\w+|jump\w+|grew|gone up|revis\w+|doubl\w+|went up|up)\b"
)
_RAISED = re.compile(
    r"\b(?:ris(?:es|en|ing)|rose|rais(?:es|ed|ing)|bring(?:s|ing)|brought|tak(?:es|ing)|took|push(?:es|ed|ing)"
    r"|climb\w+|increas\w+|later (?:put|gave|revised))\b"
)
_UP_FROM = re.compile(r"\b(?:up|down) from\s*\Z|\bfrom (?:an earlier |a previous |an initial )?(?:toll of )?\Z")
_FAR = 120
_NEAR = 60
"""Code points before a number that may hold the words it hangs on."""


_BARE = re.compile(
    r"\b(?:spoke|spoken|speak|talked) of\s*\Z|\bput (?:it|the (?:figure|number|count)) at\s*\Z|\bup from\s*\Z"
)
_SPOKEN = re.compile(r"\bspok\w* of\b")
_BARE_OF = re.compile(r"\bof\s*\Z|\bup from\s*\Z")
_STOPS = re.compile(r"\s*(?:[.,;)]|\Z|in the \w+|on \w+day|earlier)")


_OF_THE_DEAD = re.compile(
    r"\s+of (?:the|those) (?:(?P<killed>dead|killed|victims|fatalities)|(?P<wounded>wounded|injured|casualties))\b"
    r"(?:,? (?:were|are|was|is|had been)(?: \w+ing)?(?: (?P<who>[a-z]+))?)?"
)


def _part_figure(number: Number, part: re.Match[str], offset: int) -> Figure:
    """ "Seven of the dead were soldiers": a part of the figure before."""
    who = part["who"] if part["who"] in w.PERSONS else ""
    metric: Metric = "killed" if part["killed"] else "wounded"
    end = offset + (part.end() if who else part.end("killed" if part["killed"] else "wounded"))
    phrase = Piece(kind="phrase", start=number.span.start, end=end, number=number, word=who)
    return Figure(metric=metric, phrase=phrase, number=number, span=Span(start=number.span.start, end=end))


def find_bare(
    lower: str, offset: int, pieces: Sequence[Piece], known: Sequence[Figure], metric: Metric | None
) -> list[Figure]:
    """Numbers alone that stand for the harm spoken of last: "officials spoke of four", "up from three"."""
    used = {figure.number.span.start for figure in known if figure.number}
    spoken = _SPOKEN.search(lower)
    figures = []
    for number in (piece.number for piece in pieces if piece.number):
        start, end = number.span.start - offset, number.span.end - offset
        part = _OF_THE_DEAD.match(lower, end) if number.span.start not in used else None
        if part:
            figures.append(_part_figure(number, part, offset))
            continue
        pattern = _BARE_OF if spoken and spoken.end() <= start else _BARE
        before = pattern.search(lower[max(0, start - _NEAR) : start]) if number.span.start not in used else None
        if before and _STOPS.match(lower, end):
            near = [figure.metric for figure in known if figure.span.start < number.span.start]
            harm = near[-1] if near else metric
            if harm:
                figures.append(
                    _toll_figure(number, harm, number.span.start, superseded=before[0].startswith("up from"))
                )
    return figures


_OF_WHAT = re.compile(r"toll|dead|kill|death|fatalit|losses|victim")


def find_tolls(
    lower: str, offset: int, pieces: Sequence[Piece], known: Sequence[Figure], last: Metric | None = None
) -> list[Figure]:
    """ "raised the toll to 15", "the number of wounded at 24", "rose from 9 to 15" (two, the first superseded).

    ``last`` is the harm counted last: what "put the number at two" is of.
    """
    if not any([words in lower for words in _TOLL_WORDS]):
        return []
    found = list(_TOLL.finditer(lower))
    numbers = [piece.number for piece in pieces if piece.number and piece.number.best != 0]
    used = {figure.number.span.start for figure in known if figure.number}
    used |= {start for figure in known for start in range(figure.phrase.start, figure.phrase.end)}
    figures = _as_whole_toll(lower, offset, numbers, used)
    for number in numbers:
        start = number.span.start - offset
        at = bisect_right(found, start, key=_end_of) - 1
        if at < 0 or start - found[at].end() > _FAR or number.span.start in used:
            continue
        toll = found[at]
        metric: Metric = (
            "wounded"
            if toll["wounded"] or toll["hurt"]
            else "displaced"
            if toll["displaced"]
            else "killed"
            if last is None or _OF_WHAT.search(toll[0])
            else last
        )
        before = lower[toll.end() : start]
        if number.qualifier == "range" and _GREW.search(lower) and lower[start:].startswith("from"):
            figures.extend(_grown(number, metric))
        elif _UP_FROM.search(before):
            figures.append(_toll_figure(number, metric, number.span.start, superseded=True))
        elif _REACH.search(before):
            reached = list(_reached(pieces, number, metric, (offset + toll.start(), toll[0])))
            reached[0].raised = _RAISED.search(lower) is not None
            figures.extend(reached)
    return figures


def _end_of(found: re.Match[str]) -> int:
    return found.end()


_COUNTED_KINDS = (
    ("civilian", "civilians"),
    ("militant", "militants"),
    ("terrorist", "militants"),
    ("people", "people"),
)


def _reached(pieces: Sequence[Piece], number: Number, metric: Metric, toll: tuple[int, str]) -> Iterator[Figure]:
    """The figure a toll reached, with those listed beside it: "the dead as six policemen and a cleric"."""
    i = next(n for n, piece in enumerate(pieces) if piece.number is number)
    start, words = toll
    for n, piece in enumerate(listed(pieces, i)):
        if n and not (piece.word in w.PERSONS and (piece.number or piece.single)):
            continue
        if not piece.word:
            piece.word = next((head for word, head in _COUNTED_KINDS if word in words), "")
        yield Figure(
            metric=metric,
            phrase=piece,
            number=number_of(piece),
            span=Span(start=piece.start if n else start, end=piece.end),
        )


def _as_whole_toll(lower: str, offset: int, numbers: Sequence[Number], used: set[int]) -> list[Figure]:
    return [
        _toll_figure(number, "killed", number.span.start, superseded=False)
        for number in numbers
        if number.span.start not in used and _AS_TOLL.match(lower, number.span.end - offset)
    ]


def _toll_figure(number: Number, metric: Metric, start: int, *, superseded: bool) -> Figure:
    phrase = Piece(kind="phrase", start=number.span.start, end=number.span.end, number=number)
    return Figure(
        metric=metric, phrase=phrase, number=number, span=Span(start=start, end=number.span.end), superseded=superseded
    )


def _grown(number: Number, metric: Metric) -> list[Figure]:
    """The old and the new figure of "from 9 to 15", which is no range."""
    pairs = ((number.low, True), (number.high, False))
    return [
        _toll_figure(Number(span=number.span, low=n, best=n, high=n), metric, number.span.start, superseded=old)
        for n, old in pairs
    ]


# ---- nothing happened ------------------------------------------------------------------------------------------------
_NOTHING = re.compile(
    r"\bno (?P<said>(?:immediate |confirmed |official |initial )*(?:reports? of (?:any )?|reported |word (?:of"
    r"|on) (?:any )?))?"
    r"(?:other |further |major |significant )?(?P<civilian>civilian |human )?(?P<what>casualt(?:y|ies)|injur(?:y"
    r"|ies)|deaths?|fatalit(?:y|ies)"
    r"|loss(?:es)? of life|loss of lives|loss(?:es)?\b)(?! figures)(?P<after>[^.;]{0,30}?\breported)?"
    r"|\bneither (?:[a-z]+ ){1,3}(?:has |had |have )?(?:immediately |officially )?(?:report|announc|confirm"
    r"|acknowledg|releas|gav)\w*"
    r" (?:any )?(?:details of )?(?P<neither>casualties|injuries|deaths|fatalities|losses)"
    r"|(?:did not|didn['’]t|without) (?:caus(?:e|ing)|result(?:ing)? in|any reported|report(?:ing)?"
    r"|any) ?(?:any )?(?P<none>casualties|injuries|deaths|fatalities)"
)
_WHAT: dict[str, Metric] = {"inj": "wounded"}


def find_nothings(lower: str, offset: int, known: Sequence[Figure]) -> list[Figure]:
    """ "no casualties" (0, 0, 0) and "no casualties were reported" (0, None, None)."""
    figures = []
    for found in _NOTHING.finditer(lower):
        what = found["what"] or found["none"] or found["neither"]
        reported = bool(found["neither"] or found["said"] or found["after"] or "report" in found[0])
        span = Span(start=offset + found.start(), end=offset + found.end())
        number = Number(
            span=span,
            low=0,
            best=None if reported else 0,
            high=None if reported else 0,
            qualifier="none_reported" if reported else "none",
        )
        head = "civilians" if found["civilian"] == "civilian " else "people"
        phrase = Piece(kind="phrase", start=span.start, end=span.end, word=head, number=number)
        if not any(figure.span.start <= span.start < figure.span.end for figure in known):
            figures.append(Figure(metric=_WHAT.get(what[:3], "killed"), phrase=phrase, number=number, span=span))
    return figures


# ---- denials ---------------------------------------------------------------------------------------------------------
_DENIAL = re.compile(
    r"\b(?:den(?:ied|ies|y|ying)|reject(?:ed|s|ing)?|refut(?:ed|es|ing)|dismiss(?:ed|es|ing)"
    r"|disputed)\b[^.;]{0,60}?(?:report|claim|alleg"
    r"|accus|involve|strike|attack|bomb|carr|kill|casualt|loss|target|hit|shell|operation|conduct|toll|fir(?:ed|ing)"
    r"|open\w* fire|cross|plant|violat|lost|figure|responsib|it\b|charge)[a-z]*"
    r"|\b(?:rubbish(?:ed|es)|scoff(?:ed|s) at|trash(?:ed|es))\b[^.;]{0,40}?(?:claim|report|figure|toll|statement"
    r"|number)[a-z]*"
    r"|\b(?:call|calls|called|calling|described|describes|dismissed|termed)\b[^.;]{0,40}?(?:claim|report|figure|toll|statement|number|allegation)s?"
    r"\b[^.;]{0,20}?\b(?:baseless|false|untrue|a lie|lies|propaganda|fabricat\w+|nonsense|unfounded|fantasy"
    r"|a fairy tale)"
    r"|\bno (?:operation|strike|air ?strike|air strike|attack|bombing|drone)s?\b[^.;]{0,20}?(?:taken place"
    r"|took place|been (?:carried|conducted)"
    r"|was (?:carried|conducted)|were (?:carried|conducted))"
    r"|\b(?:had|has|have|did) not (?:carr\w+ out|conduct\w*|attack\w*|bomb\w*|struck|strike|target\w*"
    r"|launch\w*)[^.;]{0,30}"
)
_SILENCE = re.compile(
    r"\b(?:did not|didn['’]t|has not|have not|had not|yet to|refused to|declined to|declining to)\s(?:immediately "
    r"|yet |officially |publicly )*"
    r"(?:comment(?:ed)?|answer(?:ed)?|respond(?:ed)?|repl(?:y|ied)|react(?:ed)?|issued? a statement)|\bno (?:immediate "
    r"|official )*(?:comment|response|reaction)"
    r"\b|\bneither confirmed nor denied|\bmade no (?:comment|statement)|\bissued no (?:comment|statement)|\b(?:has|have"
    r"|had) not (?:yet )?(?:commented|responded|replied|reacted)|\bremained silent|\bcould not be reached"
)


def read_stance(lower: str, offset: int) -> tuple[Stance, Span] | None:
    """A denial or a refusal to comment in a sentence without figures, and the words that say it."""
    denial = _DENIAL.search(lower)
    silence = None if denial else _SILENCE.search(lower)
    found = denial or silence
    if found is None:
        return None
    return "denies" if denial else "no_comment", Span(start=offset + found.start(), end=offset + found.end())


# ---- what later figures replace --------------------------------------------------------------------------------------
_EARLIER = re.compile(
    r"\bhad (?:reported|said|spoken|put|told|counted|given|announced|confirmed|earlier|first|initially|previously)\b"
    r"|\b(?:earlier|initially|previously)"
    r" (?:\w+ )?(?:said|reported|put|spoke|told|counted|announced|had)\b|\b(?:initial|earlier|first"
    r"|preliminary) (?:reports?|toll|count|figures?)"
    r"|\b(?:at )?first (?:said|reported|put|spoke|told|counted|announced)\b"
)
_PARTS = re.compile(
    r"(?:(?!: |; | — |, (?:but|while) |, it said|, they said|,? and later |,? and then |, more than ).)+(?:: |; | — "
    r"|, (?:but|while) |,? and later |,? and then |, more than )?",
    re.DOTALL,
)
_LATER_TOTAL = re.compile(r"\b(?:ris\w+|rais\w+|bring\w*|brought|tak\w+|took|climb\w*|ros\w+) .{0,30}(?:toll|number)")


def find_earlier(lower: str, offset: int) -> list[Span]:
    """The parts of a sentence that say what was said before the news ("which had put the toll at 17, corrected it").

    A part begins where its words look back, or at a figure right before them ("the 49 he had announced").
    """
    spans = []
    for part in _PARTS.finditer(lower):
        looks_back = _EARLIER.search(part[0])
        if looks_back:
            start = max(part.start(), part.start() + looks_back.start() - _RIGHT_BEFORE)
            spans.append(Span(start=offset + start, end=offset + part.end()))
    return spans


_RIGHT_BEFORE = 60
"""Code points before the words that look back in which a figure is theirs ("15 deaths were reported earlier")."""


_MORE = re.compile(r"\b(?:more|another|others?|further|additional)\b|\A\Z")


def settle_raised(drafts: Sequence[Draft]) -> None:
    """A raised toll takes in what was added to it and replaces what its claimant said before.

    "On Sunday 17 more were killed, raising the total to 71": the 17 are a part of the 71, an earlier 54 is superseded.
    """
    for number, toll in enumerate(drafts):
        if toll.figure is None or not toll.figure.raised or not toll.figure.number:
            continue
        for draft in drafts[:number]:
            figure = draft.figure
            if figure is None or figure.metric != toll.figure.metric or figure.whole or not figure.number:
                continue
            if (figure.number.best or 0) >= (toll.figure.number.best or 0):
                continue
            together = draft is drafts[number - 1] and draft.claimant == toll.claimant
            if _MORE.search(draft.subject.lower()) or figure.phrase.bare or together:
                figure.whole = toll.figure
            elif draft.claimant_party == toll.claimant_party or draft.claimant_party == "author":
                draft.superseded = True


def superseded_numbers(drafts: Sequence[Draft]) -> list[Draft]:
    """Keep an earlier count as superseded only where another figure for the same harm stands in the article."""
    current = {draft.figure.metric for draft in drafts if draft.figure and not draft.superseded}
    for draft in drafts:
        if draft.superseded and draft.figure and draft.figure.metric not in current:
            draft.superseded = False
    return list(drafts)


_EARLIER_ARABIC = re.compile(
    r"پیشتر|قبلاً|قبلا |اس سے پہلے|ابتدائی|پہلے بتائی|مخکې (?:ویلي|وویل)|له دې مخکې|په لومړیو|وړاندې ویلي"
)


def superseded_words(text: str) -> bool:
    """Whether an Urdu, Pashto or Dari sentence says what was said before the news."""
    return _EARLIER_ARABIC.search(text) is not None
