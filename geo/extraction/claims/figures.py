"""Who was harmed, how many and how: the figures an English sentence gives, before anyone is asked who says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from geo.extraction.claims import words as w
from geo.extraction.claims.phrases import Piece
from geo.model import Metric, Span
from geo.numbers import Number
from geo.tokens import word_set


@dataclass(slots=True, kw_only=True)
class Figure:
    """A figure as a sentence gives it."""

    metric: Metric
    phrase: Piece
    """The noun phrase counted."""
    number: Number | None
    """None for several without a count ("civilians were killed")."""
    span: Span
    whole: Figure | None = None
    """The figure this one is a part of."""
    of_known: bool = False
    """True for some of those counted before ("five women were among the dead")."""
    superseded: bool = False
    raised: bool = False
    """True for a toll that replaces the one before ("raising the total to 71")."""


@dataclass(slots=True)
class _Item:
    phrase: Piece
    joiner: str
    """What joins it to the item before: "", ",", "and"."""


_PEOPLE_METRICS: tuple[Metric, ...] = ("killed", "wounded")
_FARTHEST = 40
"""Pieces looked back over for a subject; no sentence that is news needs more."""


def find_figures(pieces: Sequence[Piece]) -> list[Figure]:
    """The figures that words of harm give; parts named before them point to their wholes (see ``add_parts``)."""
    figures: list[Figure] = []
    used: set[tuple[Metric, int]] = set()
    for k, piece in enumerate(pieces):
        if piece.kind == "harm":
            found = list(_around(pieces, k, used))
            figures.extend(found)
            used.update((figure.metric, id(figure.phrase)) for figure in found)
        elif piece.kind == "phrase" and (piece.word in w.COUNTED or piece.word in ("lives", "casualties", "casualty")):
            found = list(_counted(pieces, k))
            figures.extend(found)
            used.update((figure.metric, id(figure.phrase)) for figure in found)
    phrases = {phrase for _, phrase in used}
    return [*figures, *_described(pieces, phrases), *_among_known(pieces, phrases)]


def _described(pieces: Sequence[Piece], used: Set[int]) -> Iterator[Figure]:
    """ "treated eight wounded civilians", "three flattened homes"; ``used`` are the phrases that have a figure."""
    for piece in pieces:
        if piece.kind == "phrase" and piece.metric and piece.number and not piece.definite and id(piece) not in used:
            yield Figure(metric=piece.metric, phrase=piece, number=piece.number, span=_span(piece))


_KNOWN: dict[str, Metric] = {
    "dead": "killed", "victims": "killed", "fatalities": "killed", "slain": "killed", "deceased": "killed",
    "wounded": "wounded", "injured": "wounded", "casualties": "killed", "captives": "captured", "hostages": "captured",
}  # fmt: skip


def _among_known(pieces: Sequence[Piece], used: Set[int]) -> Iterator[Figure]:
    """ "five women were among the dead", "among the dead were five women", "the dead include five women"."""
    for k, piece in enumerate(pieces):
        metric = _KNOWN.get(piece.word) if piece.kind == "phrase" and piece.definite and not piece.number else None
        if metric is None:
            continue
        if piece.preposition == "among":
            near = _before_be(pieces, k) or _listed_after(pieces, k, ("be",))
        else:
            near = _listed_after(pieces, k, ("parts",))
        for phrase in near:
            if id(phrase) not in used and (phrase.number or phrase.single) and _is_person(phrase):
                yield Figure(metric=metric, phrase=phrase, number=number_of(phrase), span=_span(phrase), of_known=True)


def _before_be(pieces: Sequence[Piece], k: int) -> list[Piece]:
    """The phrases that "were among the dead" is said of."""
    i = k - 1
    while i >= 0 and pieces[i].kind in ("aux", "other") and k - i < 3:
        i -= 1
    if i < 1 or pieces[i].kind != "be":
        return []
    return [item.phrase for item in _before(pieces, i)[0]]


def _listed_after(pieces: Sequence[Piece], k: int, joints: Sequence[str]) -> list[Piece]:
    """The phrases listed after the joint that follows a piece."""
    if k + 2 >= len(pieces) or pieces[k + 1].kind not in joints or pieces[k + 2].kind != "phrase":
        return []
    return list(_of_list(pieces, k + 2))


def _around(pieces: Sequence[Piece], k: int, used: Set[tuple[Metric, int]]) -> Iterator[Figure]:
    """The figures that one word of harm gives; ``used`` holds harms and identities of phrases that have them."""
    harm = pieces[k]
    metric = harm.metric or "killed"
    if _is_denied(pieces, k) or _is_doubled(pieces, k) or _is_cause(pieces, k):
        return
    if _is_active(pieces, k):
        items, parts = _after(pieces, k)
        parts += _spelt_out(items)
        if items and items[0].phrase.word in ("no", "none"):
            items = items[:1]
    else:
        items, parts = _before(pieces, k)
        parts += _spelt_out(items)
        if harm.form == "bearing":
            items = items[-1:]
        items = [item for item in items if item.phrase.plural or _suits(harm, item.phrase)]
        if _is_single(pieces, k) and not any(item.phrase.number for item in items):
            items = items[:1]
        if not items:
            items, parts = [_Item(part, "") for part in parts] or _antecedents(pieces, k), []
            items = [item for item in items if _suits(harm, item.phrase)]
    spared = _is_spared(pieces, k)
    wholes = [
        _figure(harm, item.phrase, spared=spared)
        for item in _merge(_reduce(items))
        if (metric, id(item.phrase)) not in used and _suits(harm, item.phrase)
    ]
    yield from wholes
    yield from _gapped(pieces, k, wholes)
    for part in parts:
        if wholes and _suits(harm, part) and (metric, id(part)) not in used:
            yield _figure(harm, part, whole=wholes[0])


_OVER = ("against", "over", "about")


def _is_cause(pieces: Sequence[Piece], k: int) -> bool:
    """ "to protest against the killing of a man": what a protest is about is told where it is told of."""
    if not pieces[k].word.endswith("ing") or k == 0:
        return False
    article = pieces[k - 1]
    return article.kind == "phrase" and not article.word and article.preposition in _OVER


def _is_spared(pieces: Sequence[Piece], k: int) -> bool:
    """ "was not harmed"."""
    return any(piece.kind == "not" for piece in pieces[max(0, k - 2) : k])


def _gapped(pieces: Sequence[Piece], k: int, wholes: Sequence[Figure]) -> Iterator[Figure]:
    """ "fifteen were killed at Spinwam and ten at Ghaki": the second count shares the word of harm."""
    i = k + 1
    while i < len(pieces) and pieces[i].kind == "phrase" and pieces[i].preposition:
        i += 1
    if not wholes or i == k + 1 or i + 2 >= len(pieces) or pieces[i].kind != "and":
        return
    second, place = pieces[i + 1], pieces[i + 2]
    if second.kind == "phrase" and second.number and not (second.word or second.preposition) and place.preposition:
        yield Figure(metric=wholes[0].metric, phrase=second, number=second.number, span=_span(second))


def _figure(harm: Piece, phrase: Piece, *, whole: Figure | None = None, spared: bool = False) -> Figure:
    start, end = phrase.start, phrase.end
    if whole is None and abs(harm.start - end) < 24:
        end = max(end, harm.end)
    if whole is None and 0 <= start - harm.end < 3:
        start = harm.start
    return Figure(
        metric=harm.metric or "killed",
        phrase=phrase,
        number=_nobody(phrase) if spared else number_of(phrase),
        span=Span(start=min(start, end), end=end),
        whole=whole,
    )


def number_of(phrase: Piece) -> Number | None:
    if phrase.number:
        return phrase.number
    if phrase.plural:
        return None
    count = 2 if phrase.word == "couple" else 1
    return Number(span=Span(start=phrase.start, end=phrase.end), low=count, best=count, high=count)


def _nobody(phrase: Piece) -> Number:
    return Number(span=Span(start=phrase.start, end=phrase.end), low=0, best=0, high=0, qualifier="none")


def _suits(harm: Piece, phrase: Piece) -> bool:
    """Whether a thing of this kind can be killed, displaced, destroyed."""
    if (phrase.word in w.PRONOUNS and not phrase.single) or (phrase.plural and phrase.number is None):
        return False
    if phrase.definite and phrase.single and harm.form != "active" and -1 < harm.start - phrase.end < 2:
        return False  # "put the militant dead at nine"
    if phrase.definite and phrase.number and not phrase.word and harm.word == "dead":
        return False  # "besides the 13 dead": said before
    if harm.metric in _PEOPLE_METRICS:
        return _is_person(phrase)
    if harm.metric == "displaced":
        return phrase.number is not None and (_is_person(phrase) or phrase.word in ("families", "households"))
    if harm.metric == "captured" and (phrase.word in w.PERSONS or phrase.name):
        return bool(phrase.number or phrase.single or phrase.name)
    return phrase.word in w.OBJECTS and (phrase.number is not None or phrase.single)


def _is_person(phrase: Piece) -> bool:
    if phrase.word in w.PERSONS:
        return True
    if phrase.word in w.OBJECTS or phrase.word in w.NOT_VICTIMS:
        return False
    return phrase.number is not None or phrase.single or phrase.name


# ---- voice -----------------------------------------------------------------------------------------------------------
def _is_active(pieces: Sequence[Piece], k: int) -> bool:
    harm = pieces[k]
    if harm.form == "active":
        return True
    following = _next(pieces, k)
    if following is None or following.kind != "phrase" or following.preposition:
        return False
    before = pieces[k - 1] if k else None
    if harm.form == "state":
        return harm.word == "dead" and before is not None and before.kind == "shot" and not _has_be(pieces, k - 1)
    return not _has_be(pieces, k)


def _next(pieces: Sequence[Piece], k: int) -> Piece | None:
    """The piece after a word of harm, over "and wounded"."""
    i, end = k + 1, min(len(pieces), k + _FARTHEST)
    while i + 1 < end and pieces[i].kind in ("and", "or") and pieces[i + 1].kind == "harm":
        i += 2
    return pieces[i] if i < len(pieces) else None


def _has_be(pieces: Sequence[Piece], k: int) -> bool:
    """Whether a form of "be" stands before, over auxiliaries, "shot and" and "abducted and"."""
    i = k - 1
    while i >= 0 and pieces[i].kind in ("aux", "shot", "and", "or", "harm", "other") and k - i <= 3:
        i -= 1
    return i >= 0 and pieces[i].kind == "be"


def _is_single(pieces: Sequence[Piece], k: int) -> bool:
    i = k - 1
    while i >= 0 and k - i < _FARTHEST and pieces[i].kind in ("aux", "shot", "and", "harm"):
        i -= 1
    return i >= 0 and pieces[i].word in ("was", "is")


_UNKNOWING = ("if", "whether", "how")


def _is_denied(pieces: Sequence[Piece], k: int) -> bool:
    """ "It is unknown if it resulted in", "whether any were killed", "how many were killed": no figure."""
    return any(
        piece.kind == "clause" and piece.word in ("if", "whether", "how") for piece in pieces[max(0, k - 12) : k]
    )


def _is_doubled(pieces: Sequence[Piece], k: int) -> bool:
    """ "killed or wounded": one figure for two kinds of harm says neither."""
    after = pieces[k + 1 : k + 3]
    before = pieces[max(0, k - 2) : k]
    return (len(after) == 2 and after[0].kind == "or" and after[1].kind == "harm") or (
        len(before) == 2 and before[1].kind == "or" and before[0].kind == "harm"
    )


# ---- subjects and objects --------------------------------------------------------------------------------------------
def _before(pieces: Sequence[Piece], k: int) -> tuple[list[_Item], list[Piece]]:
    """The phrases a passive or a state is said of, in reading order, and the parts named among them."""
    for _ in range(_FARTHEST):
        found = _Subjects(pieces, k)
        shared = found.read()
        if shared is None:
            return found.items[::-1], found.parts[::-1]
        if not _joined(pieces, shared, k):
            break
        k = shared
    return [], []


class _Subjects:
    """What stands before a word of harm, read backwards from it."""

    def __init__(self, pieces: Sequence[Piece], k: int) -> None:
        self.pieces = pieces
        self.k = k
        self.items: list[_Item] = []
        """Found so far, the nearest first, each with what joins it to the one before it."""
        self.parts: list[Piece] = []
        self.joiner = ""
        self.gap = 0
        """Pieces passed over that can be no subject."""
        self.closed = 0
        """Items behind the dash that closes an aside."""

    def read(self) -> int | None:
        """Read until the subject is complete; the number of an earlier word of harm that has the subject instead."""
        for i in range(self.k - 1, max(-1, self.k - _FARTHEST), -1):
            piece = self.pieces[i]
            if piece.kind == "harm":
                return None if self.items or self.parts else i
            ended = self._read_phrase(piece, i) if piece.kind == "phrase" else self._read_joint(piece)
            if ended:
                break
        return None

    def _read_joint(self, piece: Piece) -> bool:
        """Take in a piece between phrases; True where the subject ends."""
        kind = piece.kind
        if kind in ("be", "aux", "shot", "not"):
            return bool(self.items)
        if kind in ("and", "comma"):
            self.joiner = "and" if kind == "and" or self.joiner == "and" else ","
        elif kind == "parts":
            self.parts.extend(item.phrase for item in self.items[self.closed :])
            self.items, self.joiner, self.closed = self.items[: self.closed], self.joiner or ",", 0
        elif kind == "close":
            self.closed, self.joiner = len(self.items), "and"
        elif kind == "clause":
            return bool(self.items) or piece.word not in ("who", "which", "that", "whom")
        elif kind == "stop":
            return True
        else:
            self.gap += 1
            return bool(self.items) or self.gap > 8
        return False

    def _read_phrase(self, piece: Piece, i: int) -> bool:
        """Take in a noun phrase; True where the subject ends."""
        pieces, k, items = self.pieces, self.k, self.items
        listed = piece.preposition == "of" and self.joiner == "and"
        counted = piece.number is not None and (_adjoins(pieces, i, k) or listed)
        if (piece.preposition and not counted) or _in_place(pieces, i):
            return False
        if not (items or self.parts or piece.plural) and pieces[k].kind == "harm" and not _suits(pieces[k], piece):
            self.gap += 1
            return all(other.kind in ("be", "aux", "not", "shot", "other") for other in pieces[i + 1 : k])
        if items and (not self.joiner or (self.joiner == "," and not _lists(piece, items)) or piece.partitive):
            return True
        if piece.partitive and _has_whole(pieces, i):
            self.parts.append(piece)
            return False
        if items:
            items[-1].joiner = self.joiner
        items.append(_Item(piece, ""))
        self.joiner = ""
        return i == k - 1 and piece.number is not None and not piece.word


_PLACED = word_set("in at near from around outside inside between along across to of on")


def _in_place(pieces: Sequence[Piece], i: int) -> bool:
    """Whether a name only goes on with a place: "at home in Jabli Pora, Anantnag, Jammu and Kashmir"."""
    if not pieces[i].name or pieces[i].preposition:
        return False
    while i >= 2 and pieces[i - 1].kind in ("comma", "and") and pieces[i - 2].kind == "phrase":
        i -= 2
        if pieces[i].preposition:
            return pieces[i].preposition in _PLACED
        if not pieces[i].name:
            return False
    return False


def _adjoins(pieces: Sequence[Piece], i: int, k: int) -> bool:
    """Whether a count after a preposition is itself what was harmed: "losses at nine dead"."""
    if not pieces[i].number:
        return False
    between = all(piece.kind in ("be", "aux") for piece in pieces[i + 1 : k])
    return i == k - 1 or (between and pieces[i].preposition == "at" and pieces[i].word in w.PERSONS)


def _antecedents(pieces: Sequence[Piece], k: int) -> list[_Item]:
    """Those named first in the sentence, where "they" are harmed: "two men were freed after they were seized"."""
    they = [i for i in range(max(0, k - 4), k) if pieces[i].word == "they"]
    verbs = [i for i in range(they[0] if they else 0) if pieces[i].kind == "be"]
    return _before(pieces, verbs[0])[0] if verbs else []


def _lists(piece: Piece, items: Sequence[_Item]) -> bool:
    """Whether a comma alone may join this phrase with those after it: a list, or a name and its apposition."""
    nearest = items[-1].phrase
    if piece.number and piece.number.best == _sum(items):
        return True
    if any(item.joiner == "and" for item in items):
        return True
    if piece.name:
        return nearest.single or nearest.name or (nearest.bare and not nearest.plural and nearest.word in w.PERSONS)
    return nearest.name or nearest.partitive or nearest.plural or (_is_one(nearest) and _is_one(piece))


def _sum(items: Sequence[_Item]) -> int:
    numbers = [number_of(item.phrase) for item in items]
    return sum(number.best or 0 for number in numbers if number)


_WIDE = w.PEOPLE | w.COUNTED.keys() | {"civilians", "children", "troops", "personnel", "family"}


def _spelt_out(items: list[_Item]) -> list[Piece]:
    """Take out the parts that spell out the count before them: "four people, a woman and three children"."""
    first = items[0].phrase.number if items else None
    if (
        not items
        or items[0].phrase.word not in _WIDE
        or len(items) < 3
        or items[1].joiner != ","
        or first is None
        or first.best != _sum(_reduce(items[1:]))
    ):
        return []
    rest = [item.phrase for item in _reduce(items[1:])]
    del items[1:]
    return rest


def _is_one(phrase: Piece) -> bool:
    return phrase.single or (phrase.number is not None and phrase.number.best == 1)


def _has_whole(pieces: Sequence[Piece], i: int) -> bool:
    return any(piece.kind == "phrase" and piece.number and not piece.partitive for piece in pieces[max(0, i - 4) : i])


def _joined(pieces: Sequence[Piece], i: int, k: int) -> bool:
    """Whether two words of harm share their subject: "killed and wounded"."""
    return all(piece.kind in ("and", "or", "comma", "be", "aux", "other") for piece in pieces[i + 1 : k]) and k - i <= 4


def _after(pieces: Sequence[Piece], k: int) -> tuple[list[_Item], list[Piece]]:
    """The phrases an active word of harm takes, in reading order, and the parts named among them."""
    found = _Objects(pieces, k)
    found.read()
    return found.items, found.parts


_COUNTING = ("of", "about", "around", "over", "between", "up", "at", "to")
"""Prepositions between a word of harm and the count of those it befell ("killing up to six")."""


class _Objects:
    """What stands after an active word of harm."""

    def __init__(self, pieces: Sequence[Piece], k: int) -> None:
        self.pieces = pieces
        self.k = k
        self.items: list[_Item] = []
        self.parts: list[Piece] = []
        self.joiner = ""
        self.among = False
        """True while parts of what was named are told."""

    def read(self) -> None:
        """Read until something else begins."""
        for i in range(self.k + 1, len(self.pieces)):
            piece = self.pieces[i]
            ended = self._read_phrase(piece, i) if piece.kind == "phrase" else self._read_joint(piece, i)
            if ended:
                return

    def _read_phrase(self, piece: Piece, i: int) -> bool:
        """Take in a noun phrase; True where something else begins."""
        items = self.items
        if piece.preposition:
            if not items and piece.preposition not in _COUNTING:
                return True
            if not items:
                items.append(_Item(piece, ""))
            return False
        if items and _in_place(self.pieces, i):
            return False
        if items and (not self.joiner or _begins_clause(self.pieces, i, self.joiner)):
            return True
        if self.among or (piece.partitive and items):
            self.parts.append(piece)
        else:
            items.append(_Item(piece, self.joiner))
        self.joiner = ""
        return False

    def _read_joint(self, piece: Piece, i: int) -> bool:
        """Take in a piece between phrases; True where something else begins."""
        if piece.kind in ("and", "comma"):
            self.joiner = "and" if piece.kind == "and" or self.joiner == "and" else ","
        elif piece.kind in ("parts", "close"):
            self.among, self.joiner = piece.kind == "parts", ","
        else:
            shared = piece.kind == "harm" and _joined(self.pieces, self.k, i)
            return bool(self.items) or not (shared or (piece.kind == "other" and piece.word == "dozens"))
        return False


def _begins_clause(pieces: Sequence[Piece], i: int, joiner: str) -> bool:
    """Whether the phrase after "and" or a comma is the subject of its own verb."""
    for j in range(i + 1, min(len(pieces), i + 8)):
        piece = pieces[j]
        if piece.kind == "phrase" and piece.preposition:
            continue
        if piece.kind in ("be", "aux", "other"):
            return True
        if piece.kind == "harm":
            return not _is_active(pieces, j) or piece.form == "state"
        if piece.kind == "comma" and j + 1 < len(pieces) and pieces[j + 1].kind in ("be", "aux", "other"):
            return joiner == ","
        return False
    return False


def _reduce(items: list[_Item]) -> list[_Item]:
    """Drop what only names or describes its neighbour: "a constable, Suklu Dugga", "Omar, a tribal leader"."""
    kept: list[_Item] = []
    for item in items:
        left = kept[-1].phrase if kept else None
        if left is not None and item.phrase.bare and not item.phrase.name:
            shared = left.definite and item.joiner == "and" and item.phrase.word in w.CIVILIANS
            if not (item.phrase.plural or shared) or (left.number and item.joiner == ","):
                continue
        aside = item.phrase.single and (left is not None and left.number is not None) and item.joiner == ","
        if left is not None and aside and (_is_one(left) or item.phrase.word not in w.PERSONS):
            continue
        if left is None or item.joiner == "and" or not (item.phrase.name or left.name):
            if left is not None and item.joiner == "and" and item.phrase.name and left.name is False and _names(left):
                continue
            kept.append(item)
        elif left.name and not item.phrase.name and item.phrase.number is not None:
            kept.append(item)
    return kept


def _names(left: Piece) -> bool:
    """Whether names that follow are those of a group already counted: "two priests, A and B"."""
    return left.number is not None and (left.number.best or 0) > 1


def _merge(items: list[_Item]) -> list[_Item]:
    """Join a bare plural to the count before it: "eight women and children"."""
    merged: list[_Item] = []
    for item in items:
        left = merged[-1].phrase if merged else None
        plain = item.phrase.bare and not item.phrase.name and item.joiner == "and"
        if left and left.number and plain and item.phrase.word in w.PERSONS and item.phrase.word != "others":
            left.end = max(left.end, item.phrase.end)
        else:
            merged.append(item)
    return merged


# ---- nouns of harm ---------------------------------------------------------------------------------------------------
def _counted(pieces: Sequence[Piece], k: int) -> Iterator[Figure]:
    """ "14 more deaths", "the death of a soldier", "no casualties", "claimed ten lives"."""
    phrase = pieces[k]
    if _is_denied(pieces, k) or _is_motive(pieces, k):
        return
    if phrase.word in w.BOTH_METRICS:
        if phrase.number and phrase.number.best is None:
            for metric in _PEOPLE_METRICS:
                yield Figure(metric=metric, phrase=phrase, number=phrase.number, span=_span(phrase))
        return
    following = pieces[k + 1] if k + 1 < len(pieces) else None
    if phrase.number and phrase.number.best != 0:
        yield from _count_of(pieces, k)
    elif following and following.kind == "phrase" and following.preposition == "of" and not phrase.number:
        yield from _deaths_of(pieces, k)


def _count_of(pieces: Sequence[Piece], k: int) -> Iterator[Figure]:
    """ "14 deaths", with the parts that spell the count out."""
    phrase = pieces[k]
    metric = w.COUNTED.get(phrase.word, "killed")
    whole = Figure(metric=metric, phrase=phrase, number=phrase.number, span=_span(phrase))
    yield whole
    items = [item for item in _after(pieces, k)[0] if item.phrase.number or item.phrase.single]
    for part in _spelt_out([_Item(phrase, ""), *items]):
        yield Figure(metric=metric, phrase=part, number=number_of(part), span=_span(part), whole=whole)


def _deaths_of(pieces: Sequence[Piece], k: int) -> Iterator[Figure]:
    """ "the death of a soldier and two villagers"."""
    phrase = pieces[k]
    if phrase.word in ("lives", "life") and not (k and pieces[k - 1].word in _COSTING):
        return
    metric = w.COUNTED.get(phrase.word, "killed")
    for item in _of_list(pieces, k + 1):
        if _is_person(item) and (item.number or item.single or item.name):
            span = Span(start=phrase.start, end=item.end)
            yield Figure(metric=metric, phrase=item, number=number_of(item), span=span)


_MOTIVES = word_set("retaliation revenge vengeance response avenge avenging retribution reprisal anniversary over")


_COSTING = word_set("claimed claiming claims took taking cost costing costs")


def _is_motive(pieces: Sequence[Piece], k: int) -> bool:
    """ "in retaliation for the death of": why, not what."""
    near = pieces[max(0, k - 3) : k + 1]
    return not pieces[k].number and any(piece.word in _MOTIVES or piece.preposition == "over" for piece in near)


def _span(phrase: Piece) -> Span:
    return Span(start=phrase.start, end=phrase.end)


def listed(pieces: Sequence[Piece], i: int) -> Iterator[Piece]:
    """A phrase and those joined to it by "and" and commas."""
    yield from _of_list(pieces, i)


def _of_list(pieces: Sequence[Piece], i: int) -> Iterator[Piece]:
    yield pieces[i]
    i += 1
    while i + 1 < len(pieces) and pieces[i].kind in ("and", "comma") and pieces[i + 1].kind == "phrase":
        if pieces[i + 1].preposition or _begins_clause(pieces, i + 1, "and"):
            return
        yield pieces[i + 1]
        i += 2


def add_parts(pieces: Sequence[Piece], figures: list[Figure]) -> None:
    """Parts that follow the word of harm: "22 people hurt, including 10 troops", "killed, four of them bombers"."""
    used = {id(figure.phrase) for figure in figures}
    among = False
    for k, piece in enumerate(pieces):
        if piece.kind == "phrase" and k and pieces[k - 1].word == "along" and id(piece) not in used:
            figures.extend(_alongside(piece, figures))
        elif piece.kind == "parts" or (piece.word == ":" and _is_list(pieces, k + 1)):
            among = True
        elif piece.kind in ("be", "close", "stop", "clause", "harm", "other"):
            among = False
        elif piece.kind == "phrase" and id(piece) not in used and not piece.preposition:
            if not (among or piece.partitive) or not (piece.number or piece.single):
                continue
            if not piece.partitive and k and pieces[k - 1].kind == "comma" and _begins_clause(pieces, k, ","):
                among = False  # "including two children, a doctor said"
                continue
            whole = _nearest_whole(figures, piece, pieces[max(0, k - 20) : k])
            if whole and _suits(Piece(kind="harm", start=0, end=0, metric=whole.metric), piece):
                figures.append(
                    Figure(metric=whole.metric, phrase=piece, number=number_of(piece), span=_span(piece), whole=whole)
                )


def _alongside(phrase: Piece, figures: Sequence[Figure]) -> Iterator[Figure]:
    """ "19 soldiers were killed, along with three civilians"."""
    before = [figure for figure in figures if figure.whole is None and figure.span.end <= phrase.start]
    if before and phrase.number and _is_person(phrase):
        yield Figure(metric=before[-1].metric, phrase=phrase, number=phrase.number, span=_span(phrase))


def _is_list(pieces: Sequence[Piece], k: int) -> bool:
    """Whether only a list of counted phrases follows a colon."""
    rest = pieces[k:]
    return bool(rest) and all(
        piece.kind in ("and", "comma")
        or (piece.kind == "phrase" and (piece.number or piece.single or piece.preposition))
        for piece in rest
    )


def _nearest_whole(figures: Sequence[Figure], part: Piece, before: Sequence[Piece]) -> Figure | None:
    starts = {piece.start for piece in before}
    wholes = [f for f in figures if f.whole is None and f.phrase.end <= part.start and f.phrase.start in starts]
    return max(wholes, key=lambda figure: figure.phrase.start, default=None)
