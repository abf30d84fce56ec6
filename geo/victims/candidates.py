"""Runs of capitalised words of an English text that may name a person, with what their words tell of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache

import marisa_trie

from geo.gazetteer import ENGLISH_WORD, GIVEN_NAME, SURNAME
from geo.settings import data_folder
from geo.victims import words
from geo.victims.name_parts import LOOSE, SUFFIX, SURE

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+|\n[ \t\r]*\n\s*|[^\w\s]|_")
ABBREVIATIONS = frozenset(
    ("lt", "col", "capt", "maj", "gen", "dr", "mr", "mrs", "ms", "st", "no", "prof", "engr", "sgt")
)
_POSSESSIVE = ("'s", "’s", "s'", "s’")
_MOST_WORDS = 6
"""Words of a name."""
_LINKING = words.PARTICLES | words.ALIAS
_TITLES = words.RANKS | words.HONORIFICS | words.OFFICE | words.ROLES | words.KIN
_NO_PERSON = re.compile(r"[a-z][A-Z]|-(?:based|born|led|owned|backed|made|run|style|era|held)$")
"""Spellings of makes and of "Lahore-based"; "McGraw" is let through."""
_HEADLINE_SHARE, _HEADLINE_WORDS = 0.65, 4
"""From so many of its long words with a capital on, a sentence is set as a headline."""


class Likeness(IntEnum):
    """How much the words of a run look like the name of a person."""

    NONE = 0
    """English words, or an organisation."""
    WORD = 1
    """One word that says nothing."""
    RUN = 2
    """Several words, of which one at least is no English word."""
    NAMED = 3
    """With a word that is a name."""


@dataclass(slots=True)
class Tokens:
    """Words and marks of a text."""

    words: list[str]
    lower: list[str]
    """In small letters, without the mark of possession."""
    starts: list[int]
    ends: list[int]

    def owns(self, index: int) -> bool:
        """Whether a word is said to have something: "Khan's"."""
        return self.words[index].endswith(_POSSESSIVE) and len(self.words[index]) > 2


@dataclass(slots=True)
class Name:
    """A run of words that may name a person, by the numbers of its tokens."""

    first: int
    last: int
    likeness: Likeness
    opens: bool
    """Whether it begins its sentence."""
    text: str = ""
    start: int = 0
    end: int = 0


def split_tokens(text: str) -> Tokens:
    """The words and marks of a text."""
    found = list(_TOKEN.finditer(text))
    spelled = [match.group() for match in found]
    lower = [_plain(word) for word in spelled]
    return Tokens(spelled, lower, [match.start() for match in found], [match.end() for match in found])


def _plain(word: str) -> str:
    low = word.lower()
    return low[:-2] if low.endswith(("'s", "’s")) else low


def split_sentences(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """First token of each sentence and the one after its last; a rank's full stop ends none."""
    begin, lower = 0, tokens.lower
    for index, mark in enumerate(lower):
        if mark in (".", "!", "?", "۔", "؟") or "\n" in mark:
            before = lower[index - 1] if index else ""
            if mark == "." and (before in ABBREVIATIONS or (len(before) == 1 and before.isalnum())):
                continue
            follows = tokens.starts[index + 1] - tokens.ends[index] if index + 1 < len(lower) else 1
            if mark == "." and not follows and lower[index + 1] not in ("”", '"', "’", "'", ")"):
                continue
            yield begin, index + 1
            begin = index + 1
    if begin < len(lower):
        yield begin, len(lower)


def find_names(text: str, tokens: Tokens, first: int, last: int) -> list[Name]:
    """The names of a sentence, in reading order."""
    found: list[Name] = []
    headline = _is_headline(tokens, first, last)
    index = first
    while index < last:
        if not tokens.words[index][0].isupper():
            index += 1
            continue
        end = _end_of_run(text, tokens, index, last)
        found.extend(_cut_run(text, tokens, index, end, first, headline=headline))
        index = end
    return found


def _is_headline(tokens: Tokens, first: int, last: int) -> bool:
    long = [word for word in tokens.words[first:last] if len(word) > 3 and word[0].isalpha()]
    capital = sum(word[0].isupper() for word in long)
    return len(long) >= _HEADLINE_WORDS and capital >= _HEADLINE_SHARE * len(long)


def _end_of_run(text: str, tokens: Tokens, index: int, last: int) -> int:
    """The token after a run of capitalised words, with the small words that link names."""
    end = index + 1
    while end < last and not tokens.owns(end - 1):
        step = end
        if tokens.lower[step] == "." and (tokens.lower[step - 1] in ABBREVIATIONS or len(tokens.words[step - 1]) == 1):
            step += 1
        if step < last and tokens.lower[step] in _LINKING and tokens.words[step][0].islower():
            step += 1
        if step >= last or not tokens.words[step][0].isupper():
            break
        if text[tokens.ends[step - 1] : tokens.starts[step]] not in (" ", "\u00a0", ""):
            break
        end = step + 1
    return end


def _cut_run(text: str, tokens: Tokens, index: int, end: int, opening: int, *, headline: bool) -> Iterator[Name]:
    """The parts of a run that titles, organisations and words of a headline leave."""
    begin = index
    for place in range(index, end + 1):
        if place < end and not _parts_names(tokens, place, headline=headline, opens=place == opening):
            continue
        if place > begin:
            yield from _make_name(text, tokens, begin, place, opening, before_stop=place < end)
        begin = place + 1


def _parts_names(tokens: Tokens, place: int, *, headline: bool, opens: bool) -> bool:
    """Whether a token is no part of a name."""
    word, low = tokens.words[place], tokens.lower[place]
    if low == ".":
        return tokens.lower[place - 1] in ABBREVIATIONS or _is_abbreviated(tokens, place - 1)
    if low in words.OPENERS or low in words.NO_NAME or low in _TITLES or low in ABBREVIATIONS:
        return low not in words.PARTICLES or word[0].isupper()
    if (len(word) > 1 and word.isupper() and not headline) or _is_abbreviated(tokens, place):
        return True
    if _NO_PERSON.search(word) and not low.startswith(("mc", "mac", "de", "o'", "o’")):
        return True
    return (headline or opens) and word_kind(low) == 0


def _is_abbreviated(tokens: Tokens, place: int) -> bool:
    """Whether a letter is one of several with full stops between them and nothing else: "U.S."."""
    marks, starts, ends = tokens.words, tokens.starts, tokens.ends
    if len(marks[place]) != 1:
        return False
    if place > 1 and marks[place - 1] == "." and starts[place] == ends[place - 1] and len(marks[place - 2]) == 1:
        return True
    more = place + 2 < len(marks) and marks[place + 1] == "." and starts[place + 2] == ends[place + 1]
    return more and len(marks[place + 2]) == 1 and marks[place + 2].isalpha()


def _make_name(text: str, tokens: Tokens, begin: int, end: int, opening: int, *, before_stop: bool) -> Iterator[Name]:
    """The name, unless a word of an organisation or place goes on: "Mir Ali Bazaar"."""
    while begin < end and not tokens.words[begin][0].isupper():
        begin += 1
    end = min(end, begin + _MOST_WORDS)
    if begin >= end or (before_stop and tokens.lower[end] in words.NO_NAME and tokens.lower[end] not in words.OFFICE):
        return
    said = [low for low in tokens.lower[begin:end] if len(low) > 1 and low not in words.PARTICLES]
    likeness = _weigh([word_kind(low) for low in said])
    if before_stop and likeness <= Likeness.WORD and _leads_on(tokens, end):
        return
    start, stop = tokens.starts[begin], tokens.ends[end - 1]
    if tokens.owns(end - 1):
        stop -= 2 if tokens.words[end - 1].endswith(("'s", "’s")) else 1
    if " ".join(tokens.lower[begin:end]) in words.BORDER_PLACES:
        likeness = Likeness.NONE
    yield Name(begin, end, likeness, begin == opening, text[start:stop], start, stop)


def _leads_on(tokens: Tokens, end: int) -> bool:
    """Whether a title or letters that stand for a name come next: "Commanding Officer", "Slidell PD"."""
    return tokens.lower[end] in _TITLES or (len(tokens.words[end]) > 1 and tokens.words[end].isupper())


def _weigh(kinds: list[int]) -> Likeness:
    if len(kinds) > 1:
        if any(kind >= 2 for kind in kinds):
            return Likeness.NAMED
        return Likeness.RUN if 1 in kinds else Likeness.NONE
    kind = kinds[0] if kinds else 0
    return Likeness.NAMED if kind == 4 else Likeness.WORD if kind else Likeness.NONE


@lru_cache(maxsize=20_000)
def word_kind(low: str) -> int:
    """0 an English word, 1 unknown, 2 a surname, 3 a name that is also a word or a tribe, 4 a name and little else."""
    if low in SURE:
        return 4
    if "-" in low:
        kinds = [word_kind(part) for part in low.split("-") if part]
        return max(kinds, default=0)
    flags = _word_flags(low)
    if low in LOOSE or (SUFFIX.search(low) and not flags & ENGLISH_WORD):
        return 4 if low not in LOOSE else 3
    if flags & GIVEN_NAME:
        return 3 if flags & ENGLISH_WORD else 4
    if flags & ENGLISH_WORD:
        return 2 if flags & SURNAME else 0
    return 2 if flags & SURNAME else 1


@cache
def _open_words() -> marisa_trie.BytesTrie:
    trie = marisa_trie.BytesTrie()
    trie.mmap(str(data_folder() / "gazetteer" / "words.marisa"))
    return trie


def _word_flags(low: str) -> int:
    found = _open_words().get(low)
    return int(found[0][0]) if found else 0
