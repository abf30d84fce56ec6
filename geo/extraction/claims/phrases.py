"""An English sentence as a row of pieces: noun phrases with their count, words of harm, and what joins them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geo.extraction.claims import words as w
from geo.extraction.claims.tokens import (
    CALENDAR,
    ENDS,
    IN_OF,
    NOUNS,
    PieceKind,
    Token,
    has_article,
    owns,
    without_s,
)
from geo.model import Metric, Span
from geo.numbers import Number
from geo.tokens import word_set


@dataclass(slots=True, kw_only=True)
class Piece:
    """A piece of a sentence; what the later fields hold depends on its kind."""

    kind: PieceKind
    start: int
    end: int
    word: str = ""
    """The word itself; of a noun phrase, its head in small letters, empty when it has none ("30 wounded")."""
    metric: Metric | None = None
    """Of a word of harm: what it does; of a noun phrase: what befell those it counts ("three wounded men")."""
    form: str = ""
    """Of a word of harm: participle, active, state or noun."""
    number: Number | None = None
    """Of a noun phrase: its count as said; None for one without a count."""
    single: bool = False
    """Of a noun phrase: one thing by its article ("a soldier", "his son")."""
    plural: bool = False
    """Of a noun phrase: several by its form, without a count."""
    name: bool = False
    """Of a noun phrase: a proper name."""
    partitive: bool = False
    """Of a noun phrase: some of those named before ("six of them")."""
    preposition: str = ""
    """Of a noun phrase: the preposition it hangs on."""
    definite: bool = False
    """Of a noun phrase: by its article or owner something known already ("the children")."""
    bare: bool = False
    """Of a noun phrase: without article or count, so that it may belong to the phrase before it."""


_MOST_WORDS = 9
_GROUPS = word_set("group total team batch band gang pair")
_DASHES = frozenset("—–-")
_BRACKETS = frozenset("([")
_AGENT = re.compile(r"(?:or|er|man|ist|ian|ee|men|ors|ers|ists|ians|ees)\Z")
_BEFORE_COUNT = word_set("additional further other total estimated combined extra mere reported")


def split_pieces(tokens: Sequence[Token], offset: int) -> list[Piece]:
    """The pieces of a sentence in order; text in brackets is left out."""
    tokens = _without_brackets(tokens)
    pieces: list[Piece] = []
    preposition = ""
    i = 0
    while i < len(tokens):
        word = tokens[i].word
        following = tokens[i + 1].word if i + 1 < len(tokens) else ""
        if word == "among" and following in ("them", "whom"):
            if _is_aside(pieces):
                _close_aside(pieces)
            else:
                pieces.append(Piece(kind="parts", start=tokens[i].start + offset, end=tokens[i + 1].end + offset))
            i += 2
            continue
        if word in w.PREPOSITIONS and not (word == "along" and following == "with") and word not in CALENDAR:
            preposition, i = word, i + 1
            continue
        piece: Piece | None
        if word == "along" and following == "with":
            piece, i = Piece(kind="and", start=tokens[i].start, end=tokens[i + 1].end, word="along"), i + 2
        elif word in CALENDAR:
            piece, preposition, i = None, "", i + 1
        else:
            piece, i = _read_piece(tokens, i, preposition)
        if piece:
            piece.start, piece.end = piece.start + offset, piece.end + offset
            pieces.append(piece)
            preposition = ""
    return pieces


def _close_aside(pieces: list[Piece]) -> None:
    """Mark the one or two phrases before "among them" as parts."""
    pieces[-1].partitive = True
    if len(pieces) > 3 and pieces[-2].kind == "and" and pieces[-4].kind == "comma":
        pieces[-3].partitive = True


def _is_aside(pieces: Sequence[Piece]) -> bool:
    """Whether a counted phrase was just read, so that "among them" closes it: "two commanders among them"."""
    return bool(pieces) and pieces[-1].kind == "phrase" and bool(pieces[-1].number or pieces[-1].single)


def _without_brackets(tokens: Sequence[Token]) -> list[Token]:
    """The tokens outside brackets; a bracket that is not closed within a few words is no bracket."""
    if not any([token.word in _BRACKETS for token in tokens]):
        return list(tokens)
    kept: list[Token] = []
    i = 0
    while i < len(tokens):
        if tokens[i].word in _BRACKETS:
            closing = next((j for j in range(i + 1, min(len(tokens), i + 40)) if tokens[j].word in ")]"), i)
            i = closing + 1
            continue
        kept.append(tokens[i])
        i += 1
    return kept


def _read_piece(tokens: Sequence[Token], i: int, preposition: str) -> tuple[Piece | None, int]:
    token = tokens[i]
    kind = _kind_of(tokens, i)
    if kind:
        return Piece(kind=kind, start=token.start, end=token.end, word=token.word), i + 1
    if token.metric and preposition == "of" and token.form in ("participle", "state"):
        return None, i + 1
    if token.metric and not (token.form == "noun" or (_describes(tokens, i) and preposition)):
        harm = Piece(kind="harm", start=token.start, end=token.end, word=token.word)
        harm.metric, harm.form, harm.preposition = token.metric, token.form, preposition
        return harm, i + 1
    if token.word in w.ADVERBS and not token.number:
        return None, i + 1
    phrase = _read_phrase(tokens, i, preposition) if _may_begin_phrase(tokens, i) else None
    if phrase:
        return phrase
    if not token.word[0].isalnum():
        return None, i + 1
    return Piece(kind="other", start=token.start, end=token.end, word=token.word), i + 1


def _kind_of(tokens: Sequence[Token], i: int) -> PieceKind | None:
    """What a mark or a small word is; None for any other."""
    if tokens[i].word in _DASHES:
        return "close" if _is_closing(tokens, i) else "parts" if _is_opening(tokens, i) else "comma"
    return tokens[i].face.kind


def _is_opening(tokens: Sequence[Token], i: int) -> bool:
    """Whether this dash opens an aside that lists parts: "nine children — five boys and four girls — died"."""
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    return bool(following and (following.number or following.word in w.SINGLE or following.word in w.PARTS)) and any(
        token.word in _DASHES for token in tokens[i + 2 : i + 24]
    )


def _is_closing(tokens: Sequence[Token], i: int) -> bool:
    opened = False
    for j in range(max(0, i - 24), i):
        if tokens[j].word in _DASHES:
            opened = not opened and _is_opening(tokens, j)
    return opened


def _describes(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word of harm describes the noun after it: "wounded soldiers"."""
    return i + 1 < len(tokens) and tokens[i + 1].face.harmed and tokens[i].form != "active"


def _may_begin_phrase(tokens: Sequence[Token], i: int) -> bool:
    """Whether a noun phrase can begin here: most words are told from their face to be none, and need no closer look."""
    token = tokens[i]
    if token.number or token.face.opens or token.text[0].isupper() or owns(token):
        return True
    return has_article(token) or _leads_to_person(tokens, i)


def _read_phrase(tokens: Sequence[Token], i: int, preposition: str) -> tuple[Piece, int] | None:
    """The noun phrase that begins here, and the place after it; None when none does."""
    phrase = Piece(kind="phrase", start=tokens[i].start, end=tokens[i].end, preposition=preposition)
    j = _read_quantity(tokens, i, phrase)
    counted = j > i
    head, last, j = _read_nouns(tokens, j, phrase, counted=counted)
    if head < 0 and not counted:
        return None
    if head >= 0:
        phrase.word = without_s(tokens[head].word)
        phrase.end = tokens[last].end
        j = last + 1
    phrase.bare = not counted
    titled = head >= 0 and last > head and phrase.bare
    phrase.name = phrase.name and (titled or phrase.word not in NOUNS) and not phrase.number
    if phrase.definite and phrase.word in w.PLURAL_PEOPLE:
        phrase.single = False
    phrase.plural = phrase.number is None and not phrase.single and phrase.word in w.PLURAL_PEOPLE
    following = _absorb_of(tokens, j, phrase)
    if (
        following + 1 < len(tokens)
        and tokens[following].word == "in"
        and tokens[following + 1].word in ("all", "total")
    ):
        phrase.kind = "other"
    if i == 0 and phrase.name and following > j and last == head == 0:
        phrase.name = False
    return phrase, following


def _read_quantity(tokens: Sequence[Token], i: int, phrase: Piece) -> int:
    """Read articles, owners and counts; the place of the first word after them."""
    j = i
    while j < len(tokens):
        token = tokens[j]
        quantity = token.face.quantity
        if token.number:
            phrase.partitive = phrase.number is not None
            phrase.number, phrase.single = phrase.number or token.number, False
        elif quantity == "single":
            phrase.single = phrase.number is None
        elif quantity == "none":
            phrase.number = _none_of(token)
        elif quantity == "pronoun":
            phrase.single, phrase.word = token.word.endswith(("self", "him")) or token.word in ("he", "she"), token.word
            phrase.end = token.end
            return j + 1
        elif quantity != "owner" and not owns(token):
            break
        else:
            phrase.single = phrase.number is None and token.word not in ("these", "those", "both", "all")
            phrase.definite = True
        phrase.end = token.end
        j += 1
        if token.number and _is_of(tokens, j):
            j = _read_partitive(tokens, j, phrase)
    return j


def _none_of(token: Token) -> Number:
    return Number(span=Span(start=token.start, end=token.end), low=0, best=0, high=0, qualifier="none")


def _is_of(tokens: Sequence[Token], j: int) -> bool:
    return j < len(tokens) and tokens[j].word == "of"


def _read_partitive(tokens: Sequence[Token], j: int, phrase: Piece) -> int:
    """ "six of them", "eight of the attackers"."""
    if j + 1 < len(tokens) and tokens[j + 1].word in ("them", "whom", "these", "those", "which"):
        phrase.partitive = True
        phrase.end = tokens[j + 1].end
        return j + 2
    return j + 1


def _read_nouns(tokens: Sequence[Token], j: int, phrase: Piece, *, counted: bool) -> tuple[int, int, int]:
    """The head of the phrase, its last word and the place reached; the head is -1 when there is none."""
    head = last = -1
    for place in range(j, min(len(tokens), j + _MOST_WORDS)):
        token = tokens[place]
        j = place
        if token.number:
            if head >= 0 or phrase.number or not phrase.single or tokens[place - 1].word not in _BEFORE_COUNT:
                break
            phrase.number, phrase.single = token.number, False
        else:
            role = _role_in_phrase(tokens, place, head, counted=counted)
            if role == "end":
                break
            if token.form == "participle" and counted and _describes(tokens, place):
                phrase.metric = token.metric
            if role == "head":
                head = last = place
            elif role == "name":
                last, phrase.name = place, True
            elif role == "noun":
                head, last = (-1 if head >= 0 else head), place
        j = place + 1
    if head < 0 and last >= 0:
        head = last
    return head, max(head, last), j


def _role_in_phrase(tokens: Sequence[Token], j: int, head: int, *, counted: bool) -> str:
    """What a word is to the phrase it may go on with: its head, a name, a noun, an adjective, or the end before it."""
    token = tokens[j]
    face = token.face
    if face.ends:
        return "end"
    if token.metric and not (counted and (_describes(tokens, j) or _is_noun(tokens, j, head))):
        return "end"
    word = without_s(token.word)
    known = face.noun or (head >= 0 and head == j - 1 and _AGENT.search(word) is not None)
    if known and not owns(token):
        return "head"
    if token.text[0].isupper() or has_article(token):
        return "name"
    if (head >= 0 and not _titles_on(tokens, j)) or not (counted or _leads_to_person(tokens, j)):
        return "end"
    if word in w.ADVERBS and word not in ("confirmed", "suspected"):
        return "adjective"
    return "noun" if counted else "adjective"


def _titles_on(tokens: Sequence[Token], j: int) -> bool:
    """Whether unknown words after a noun make an office of it: "the bomb disposal expert was"."""
    if tokens[j - 1].word not in w.NOT_VICTIMS:
        return False
    for k in range(j, min(len(tokens), j + 3)):
        word = tokens[k].word
        if word in w.BE or word == ",":
            return k > j
        if word.endswith(("ed", "ing")) or tokens[k].metric or word in ENDS or not word[0].isalnum():
            return False
    return False


def _is_noun(tokens: Sequence[Token], j: int, head: int) -> bool:
    """ "two deaths", "the dead", "the wounded": a word of harm that is itself what is counted."""
    token = tokens[j]
    if token.form == "noun":
        return True
    if head >= 0:
        return False
    before = tokens[j - 1].word if j else ""
    return before in ("the", "its", "their") and token.word in ("dead", "wounded", "injured")


def _leads_to_person(tokens: Sequence[Token], j: int) -> bool:
    """Whether an unknown word describes people named within the next words: "allied fighters"."""
    for token in tokens[j : j + 4]:
        if token.face.person:
            return True
        if token.metric or token.face.stops or token.number:
            return False
    return False


def _absorb_of(tokens: Sequence[Token], j: int, phrase: Piece) -> int:
    """Take "of the security forces" into the phrase it describes; the place after it."""
    if not _is_of(tokens, j) or phrase.word in w.COUNTED or phrase.word in ("lives", "life") or not phrase.word:
        return j
    k = j + 1
    while k < len(tokens) and k - j < _MOST_WORDS:
        token = tokens[k]
        if token.word == "and" and _in_name(tokens, k):
            k += 2
            continue
        if token.number:
            if tokens[k - 1].word not in IN_OF:
                break
            if phrase.single and phrase.word in _GROUPS:
                phrase.number, phrase.single = token.number, False
            k += 1
            continue
        if token.face.stops_of or (token.metric and not _is_noun(tokens, k, -1)):
            break
        k += 1
    if k == j + 1:
        return j
    phrase.end = tokens[k - 1].end
    if phrase.word in _GROUPS and phrase.number:
        phrase.word = _head_counted(tokens[j + 1 : k]) or phrase.word
    return k


def _head_counted(tokens: Sequence[Token]) -> str | None:
    """Those whom "a total of 117 militants" counts."""
    return next((token.word for token in tokens if token.word in w.PERSONS or token.word in w.OBJECTS), None)


def _in_name(tokens: Sequence[Token], k: int) -> bool:
    """Whether "and" stands inside a name: "the Public Order and Safety Office"."""
    return k + 1 < len(tokens) and tokens[k - 1].text[0].isupper() and tokens[k + 1].text[0].isupper()
