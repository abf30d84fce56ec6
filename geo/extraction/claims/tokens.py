"""The words of an English sentence as claims are read from them, each with what it is whatever stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Literal, cast

from geo.extraction.claims import words as w
from geo.model import Metric
from geo.numbers import Number
from geo.tokens import word_set

PieceKind = Literal[
    "phrase", "harm", "be", "aux", "and", "or", "comma", "clause", "parts", "close", "stop", "shot", "not", "other"
]
Quantity = Literal["single", "none", "pronoun", "owner"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What a word is, whatever stands around it: worked out once, as most words come again and again."""

    kind: PieceKind | None
    """Of a mark or a small word: the piece it makes."""
    metric: Metric | None
    """Of a word of harm: what it does."""
    form: str
    """Of a word of harm: participle, active, state, noun, or bearing ("people with burns")."""
    quantity: Quantity | None
    """What it is to the count of a phrase: "a" and "one" are single, "no" is none, "his" an owner."""
    opens: bool
    """Whether a phrase often begins with it."""
    person: bool
    harmed: bool
    """Whether it names persons or things that harm befalls."""
    noun: bool
    """Whether it is the head of a phrase, apart from an 's."""
    owns: bool
    """Whether it may end in an 's or an apostrophe."""
    stops: bool
    """Whether no description of a noun goes on over it: a mark, a verb, a preposition and their like."""
    ends: bool
    """Whether no phrase goes on over it: what stops a description, and days and months."""
    stops_of: bool
    """Whether no "of the ..." goes on over it."""
    idiom: bool
    """Whether it may be the telling word of an idiom."""


@dataclass(slots=True)
class Token:
    """A word, a number of several words, an idiom, or a mark."""

    start: int
    end: int
    text: str
    word: str
    face: Face
    number: Number | None
    metric: Metric | None
    form: str


_TOKEN = re.compile(r"([^\W_]+(?:[-’'.‑/][^\W_]+)*(?:['’](?=\s))?|[,;:()\[\]“”\"—–-]|\.\.\.)")
IDIOMS = re.compile(
    r"""(?P<killed>los(?:t|ing)\ (?:their|his|her)\ li(?:ves|fe)
            |(?:embraced|attained|achieved)\ (?:martyrdom|shahadat)|met\ (?:his|her|their)\ (?:fate|end|death)
            |(?:burnt|burned|beaten|stabbed|trampled|hacked|shot|stoned|crushed)\ to\ death
            |laid\ down\ (?:their|his)\ li(?:ves|fe)
            |(?:sent|dispatched)\ to\ (?:hell|their\ graves?)|breathed\ (?:his|her|their)\ last
            |succumbed\ to\ (?:his|her|their|the)?\s?(?:injuries|wounds))
      |(?P<bearing>with\ (?:[a-z-]+\ (?:and\ )?){0,3}(?:wounds|injuries|burns)\b)
      |(?P<wounded>in\ (?:a\ )?(?:critical|serious)\ condition|(?:sustain|suffer|receiv)(?:ed|ing)\ (?:[a-z]+\ ){0,3}
            (?:injuries|wounds|burns|injury)
            |(?:rushed|taken|shifted|airlifted|admitted|transferred)\ to\ (?:(?:an?|the|[a-z-]+)\ ){0,3}hospitals?
            |los(?:t|ing)\ (?:his|her|their|an?|one|both)\ (?:foot|feet|legs?|arms?|hands?|limbs?|eyes?|sight|fingers?))
      |(?P<captured>(?:taken|took)\ (?:hostage|prisoner|captive)|taken\ into\ captivity)
      |(?P<displaced>(?:(?:(?<=families\ )|(?<=people\ )|(?<=residents\ )|(?<=households\ )|(?<=villagers\ )
                |(?<=persons\ ))(?:have\ |had\ |has\ )?(?:left|moved|relocated|migrated)
                (?!\ (?:dead|wounded|injured|homeless|without|their|his|out|stranded))
            |moved\ out|(?:left|fled|leave|flee|forced\ from|forced\ out\ of|driven\ from|abandoned)
            \ (?:of\ )?(?:their|his)\ (?:homes|houses|villages|home)))
      |(?P<destroyed>blown\ up|burn(?:ed|t)\ down|burn(?:ed|t)\ to\ the\ ground)
      |(?P<bodies>(?:received|recovered|retrieved|collected|counted|found)
            \ (?:(?:the\ )?(?:dead\ )?bodies\ of\b|(?=(?:[\w-]+\ ){1,3}bodies\b)))""",
    re.VERBOSE,
)  # fmt: skip
IDIOM_WORDS = (
    "lost$|losing$|foot$|feet$|legs?$|martyrdom|shahadat|met$|death|laid$|breathed$|succumbed$|condition|injuries"
    "|injury|wounds"
    "|burns|rushed$|shifted$|airlifted$|admitted$|transferred$|sent$|dispatched$|taken$|took$|moved$"
    "|left$|fled$|leave$|flee$|forced$|driven$|abandoned$|blown$|burned$|burnt$|bodies$"
)
"""One word at least of each idiom of harm, however the words beside it run."""
_IDIOM_WORD = re.compile(IDIOM_WORDS)
_IDIOM_FORMS = {"captured": "participle", "destroyed": "participle", "bodies": "active", "bearing": "bearing"}
_IDIOM_METRICS = {"bodies": "killed", "bearing": "wounded"}
CALENDAR = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september "
    "october november december mondays early late overnight today yesterday there here outright nearby"
)
_ARABIC_ARTICLE = re.compile(r"[a-z]{2}-[A-Z]")
IN_OF = (w.OWNERS | w.SINGLE | {"of"}) - w.CLAUSE_WORDS
NOUNS = w.PERSONS | w.OBJECTS.keys() | w.COUNTED.keys() | w.BOTH_METRICS | w.NOT_VICTIMS
_OPENS_PHRASE = w.SINGLE | w.NEGATIVE | w.PRONOUNS | w.OWNERS | NOUNS
_MARKS: dict[str, PieceKind] = {
    ",": "comma", ";": "stop", ":": "stop", "...": "stop", "and": "and",
    "or": "or", "nor": "or", "shot": "shot", "plus": "and", "not": "not", "never": "not",
}  # fmt: skip
_SMALL_WORDS: tuple[tuple[PieceKind, frozenset[str]], ...] = (
    ("parts", w.PARTS),
    ("be", w.BE),
    ("aux", w.AUXILIARY),
    ("clause", w.CLAUSE_WORDS),
)
ENDS = (
    w.AUXILIARY
    | w.PREPOSITIONS
    | w.CLAUSE_WORDS
    | w.PARTS
    | w.NEGATIVE
    | w.SAYING
    | w.SINGLE
    | w.OWNERS
    | {"and", "or", "nor", "shot", "plus", "cost", "costs", "took"}
)


def split_tokens(text: str, lower: str, offset: int, numbers: Sequence[Number]) -> list[Token]:
    """The words of a sentence; offsets count in the document, ``text`` and ``lower`` begin at ``offset``."""
    pieces = _TOKEN.split(text)  # gap, token, gap, ...: three times as fast as one match after the other
    bounds = list(accumulate(map(len, pieces)))
    plain = [(start, end, lower[start:end]) for start, end in zip(bounds[0:-1:2], bounds[1::2], strict=True)]
    faces = [_face(word) for _, _, word in plain]
    held = [(n.span.start - offset, n.span.end - offset, n) for n in numbers]
    idioms = _find_idioms(lower) if any([face.idiom for face in faces]) else []
    tokens: list[Token] = []
    done = 0
    for (start, end, word), face in zip(plain, faces, strict=True):
        if start < done:
            continue
        if held and held[0][0] <= start < held[0][1]:
            _, end, number = held.pop(0)
            tokens.append(Token(start, end, text[start:end], "#", _face("#"), number, None, ""))
        elif idioms and idioms[0][0] <= start < idioms[0][1]:
            _, end, metric, form = idioms.pop(0)
            tokens.append(Token(start, end, text[start:end], "~", _face("~"), None, metric, form))
        else:
            tokens.append(Token(start, end, text[start:end], word, face, None, face.metric, face.form))
        done = end
        while held and held[0][0] < done:
            held.pop(0)
        while idioms and idioms[0][0] < done:
            idioms.pop(0)
    return tokens


def _find_idioms(lower: str) -> list[tuple[int, int, Metric, str]]:
    """Start, end, harm and form of each idiom."""
    found = ((*match.span(), match.lastgroup or "") for match in IDIOMS.finditer(lower))
    return [
        (start, end, cast(Metric, _IDIOM_METRICS.get(kind, kind)), _IDIOM_FORMS.get(kind, "state"))
        for start, end, kind in found
    ]


def _harm(word: str) -> tuple[Metric | None, str]:
    for table, form in ((w.PARTICIPLES, "participle"), (w.ACTIVE, "active"), (w.STATES, "state"), (w.COUNTED, "noun")):
        if word in table:
            return table[word], form
    return None, ""


def has_article(token: Token) -> bool:
    """Whether a name begins with a small article: "al-Shabaab"."""
    return token.text[2:3] == "-" and _ARABIC_ARTICLE.match(token.text) is not None


def owns(token: Token) -> bool:
    """Whether a word owns what follows: "Pakistan's"."""
    return token.face.owns and (token.text[-2:] in ("'s", "’s") or token.text[-1] in "'’")


@lru_cache(maxsize=20_000)
def _face(word: str) -> Face:
    plain, is_word = without_s(word), word[0].isalnum()
    metric, form = _harm(word)
    return Face(
        kind=_MARKS.get(word) or next((kind for kind, words in _SMALL_WORDS if word in words), None),
        metric=metric,
        form=form,
        quantity=_quantity(word),
        opens=word in _OPENS_PHRASE,
        person=word in w.PERSONS,
        harmed=word in w.PERSONS or word in w.OBJECTS,
        noun=plain in NOUNS,
        owns=word.endswith(("'s", "’s", "'", "’")),
        stops=not is_word or word in ENDS,
        ends=not is_word or plain in ENDS or plain in CALENDAR,
        stops_of=not is_word or (word in ENDS and word not in IN_OF),
        idiom=_IDIOM_WORD.search(word) is not None,
    )


def _quantity(word: str) -> Quantity | None:
    if word in w.SINGLE:
        return "single"
    if word in w.NEGATIVE:
        return "none"
    if word in w.OWNERS:
        return "owner"
    return "pronoun" if word in w.PRONOUNS else None


def without_s(word: str) -> str:
    """A word without its 's."""
    return word.removesuffix("'s").removesuffix("’s")
