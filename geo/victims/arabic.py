"""Names of victims in Urdu, Pashto and Dari: no capitals, so words that names are made of say where one may stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from geo.victims import arabic_words as words
from geo.victims.name_parts import ARABIC_ENDING, ARABIC_LOOSE, ARABIC_SURE
from geo.victims.pieces import cut_long

_TOKEN = re.compile(
    r"[\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06fa-\u06ff\u0750-\u077f\u200c\u200d]+|\d+|[^\s\w]|[A-Za-z]+"
)
_SENTENCE = re.compile(r"[^۔.!؟?\n]+")
_MOST_WORDS = 5
_BACK, _AHEAD = 6, 14
"""Tokens looked through before and after a name: bounded, so that time is linear."""
_COMMAS = frozenset(("،", ",", "؛"))
_MARKS = frozenset("()«»\"'“”:–—-")
_AND = frozenset(("اور", "او", "و"))
_GIVEN_UP = ("داد", "باخت", "سپرد", "بحق", "خود", "کی")
"""After "life": "gave up"."""
_ARTICLE = 4
"""Letters of the shortest word with the Arabic article: "الحق"."""
_PARTICLE = 2
"""Letters of the longest name that is also a syllable: "در", "بی"."""
_NOT_ALONE = 2
_JOINTS = (
    _COMMAS | _AND | words.KIN | words.RANKS
    | frozenset(("(", ")", "د", "هغه", "ان", "اس", "کمسن", "دو", "یک", "ایک", "یو", "دوه", "نیز", "هم", "بھی"))
)  # fmt: skip
_LAST = frozenset(("خان", "اللہ", "الله", "ګل", "گل", "بی‌بی", "الدین", "شاہ"))
_JOINED = ("محمد", "نور", "گل", "ګل", "شیر", "شېر", "میر", "غلام", "جان", "خان", "نیک", "خیر", "علی", "سید", "شاه")
"""Names that are written as one word with another."""
_PEOPLE = (words.OFFICE, words.RANKS, words.KIN, words.ROLES)
_MOST_JOINTS = 6


@dataclass(slots=True)
class _Name:
    first: int
    last: int
    sure: bool
    """Whether its words are those of a name."""
    cued: bool
    """Whether the words beside it say that it is one, and of someone harmed."""


def find_arabic(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each name of a victim."""
    if not words.HARM.search(text):
        return
    pieces = [piece for found in _SENTENCE.finditer(text) for piece in cut_long(*found.span())]
    tells = [bool(words.HARM.search(text, *piece)) for piece in pieces]
    found: set[tuple[int, int]] = set()
    spoken: set[str] = set()
    for number, (start, end) in enumerate(pieces):
        beside = tells[number] or (number and tells[number - 1])
        sentence = _Sentence(text, start, end, tells=tells[number], near=bool(beside))
        victims, speakers = sentence.read()
        found.update(victims)
        spoken.update(speakers)
    for start, end in sorted(found):
        if not any(text[start:end] in name for name in spoken):
            yield start, end


@lru_cache(maxsize=20_000)
def _is_part(word: str) -> bool:
    if "\u200c" in word.strip("\u200c"):
        return all(map(_is_part, filter(None, word.split("\u200c")))) or bool(ARABIC_ENDING.search(word))
    known = word in ARABIC_SURE or word in ARABIC_LOOSE or _is_compound(word)
    return known or bool(ARABIC_ENDING.search(word)) or (word.startswith("ال") and len(word) > _ARTICLE)


@lru_cache(maxsize=20_000)
def _is_sure(word: str) -> bool:
    return word in ARABIC_SURE or (word not in ARABIC_LOOSE and (bool(ARABIC_ENDING.search(word)) or _is_joined(word)))


def _is_joined(word: str) -> bool:
    return ("\u200c" in word and _is_part(word)) or _is_compound(word)


def _is_compound(word: str) -> bool:
    """Whether a word is two names: "محمدرضا"."""
    first = next((name for name in _JOINED if word.startswith(name)), "")
    rest = word[len(first) :]
    return bool(first) and (rest in ARABIC_SURE or (rest in ARABIC_LOOSE and len(rest) > _PARTICLE))


class _Sentence:
    """One sentence in words and marks."""

    def __init__(self, text: str, start: int, end: int, *, tells: bool, near: bool) -> None:
        found = list(_TOKEN.finditer(text, start, end))
        self._words = [match.group() for match in found]
        self._spans = [match.span() for match in found]
        self._text, self._tells, self._near = text, tells, near

    def read(self) -> tuple[list[tuple[int, int]], list[str]]:
        """Where victims are named, and the names of those who speak or hold an office."""
        names = list(self._find_names()) if self._near else []
        voiced = [self._has_voice(name) for name in names]
        harmed = [
            not voice and not self._is_place(name) and (name.cued or (self._tells and name.sure))
            for name, voice in zip(names, voiced, strict=True)
        ]
        spoken = [self._write(name) for name, voice in zip(names, voiced, strict=True) if voice]
        return [self._span(name) for name, told in zip(names, harmed, strict=True) if told], spoken

    @staticmethod
    def _are_joints(between: list[str]) -> bool:
        """Whether nothing stands between two names but what parts the names of a list."""
        own = "ان" in between or "اس" in between
        return all(word in _JOINTS or (own and word in words.GENITIVE) for word in between)

    def _span(self, name: _Name) -> tuple[int, int]:
        return self._spans[name.first][0], self._spans[name.last - 1][1]

    def _write(self, name: _Name) -> str:
        return self._text[slice(*self._span(name))]

    # ---- where a name may stand ------------------------------------------------------------------------------------

    def _find_names(self) -> Iterator[_Name]:
        index, beside = 0, -1
        while index < len(self._words):
            cued = self._is_cued(index)
            between = self._words[beside:index] if 0 <= beside < index <= beside + _MOST_JOINTS else []
            listed = bool(between) and self._are_joints(between) and (self._part_at(index) or self._ends_alone(index))
            end = self._end_of_name(index, cued=cued or listed)
            end = end or self._end_before_naming(index)
            if not end:
                index += 1
                continue
            run = self._words[index:end]
            sure = any(map(_is_sure, run)) or self._is_run(index, end)
            name = _Name(index, end, sure, cued or listed or self._is_named(end))
            if name.sure or name.cued:
                yield name
                if name.cued or self._tells:
                    beside = end
            index = end

    def _end_of_name(self, index: int, *, cued: bool) -> int:
        """The token after the name that begins here; 0 when none does."""
        end = index
        while end < len(self._words) and end - index < _MOST_WORDS and self._goes_on(index, end, cued=cued):
            end += 1
        if end == index:
            return 0
        run = self._words[index:end]
        if cued or any(map(_is_sure, run)):
            return end
        return end if self._is_run(index, end) else 0

    def _is_run(self, index: int, end: int) -> bool:
        """Whether words stand together as they do in names alone: two of them, or any before "Khan" and its like."""
        parts = sum(map(_is_part, self._words[index:end]))
        return parts >= _NOT_ALONE or (end - index >= _NOT_ALONE and self._closes(index + 1))

    def _goes_on(self, index: int, end: int, *, cued: bool) -> bool:
        """Whether a token is a word of the name that began before it."""
        word = self._words[end]
        if word == "جان" and self._words[end + 1 : end + 2] and self._words[end + 1].startswith(_GIVEN_UP):
            return False
        if end > index and self._text[self._spans[end - 1][1] : self._spans[end][0]] != " ":
            return False
        if word in words.STOP and not self._is_both(word, index, end, cued=cued):
            return False
        if not word[0].isalpha() or word.isascii():
            return False
        if _is_part(word):
            return True
        if any(form in known for form in (word, word.removesuffix("ی")) for known in _PEOPLE):
            return False
        if words.HARM.search(word) or word in words.SPEECH or word in words.OF_ONE or word in words.NAME_WORDS:
            return False
        if end == index:
            return cued or (self._tells and self._closes(end + 1))
        if end > index and self._ends_name(end + 1) and _is_sure(self._words[end - 1]):
            return True
        return end - index == 1 and (self._opens(index) or (cued and self._is_surname(index, end)))

    def _is_both(self, word: str, index: int, end: int, *, cued: bool) -> bool:
        """Whether a word that also means something else is a name here."""
        follows = word != "وزیر" and self._part_at(end + 1)
        return word in words.BOTH and (end > index or cued or follows)

    def _part_at(self, index: int) -> bool:
        return index < len(self._words) and _is_part(self._words[index])

    def _is_surname(self, index: int, end: int) -> bool:
        """Whether an unknown word after the first word of a name goes on with it."""
        before, after = self._words[index - 1] if index else "", self._words[end + 1 : end + 2]
        if not _is_part(self._words[index]):
            return False
        if before in words.RANKS or before in words.NAME_WORDS or self._words[end].endswith("ی"):
            return True
        return bool(after) and after[0] in ("کو", "نے", "کی", "کے", "کا", "سے", "پر", "اور")

    def _ends_name(self, index: int) -> bool:
        """Whether a mark or a verb of saying stands here: the unknown word before it is a surname."""
        return index < len(self._words) and (
            self._words[index] in _COMMAS or self._words[index] == "نے" or self._words[index] in words.SPEECH
        )

    def _closes(self, index: int) -> bool:
        """Whether a word stands here that ends names and little else: an unknown word before it is a name's."""
        if not self._part_at(index) or self._text[self._spans[index - 1][1] : self._spans[index][0]] != " ":
            return False
        two = self._words[index : index + 2]
        return two == ["بی", "بی"] or two[0] in _LAST or two[0].endswith(("زی", "زئی", "خېل", "زاده", "زادہ"))

    def _opens(self, index: int) -> bool:
        """Whether a word stands here that begins names and little else."""
        return self._words[index] in ("محمد", "غلام", "عبدال", "حاجی", "حاجي", "سید", "سيد", "ملا", "میر", "گل", "ګل")

    # ---- what the words beside it say ------------------------------------------------------------------------------

    def _is_cued(self, index: int) -> bool:
        """Whether a name of someone harmed comes here: a rank, kin, "named", "body of" stand before."""
        one = self._words[index - 1] if index else ""
        two = self._words[index - 2] if index > 1 else ""
        if one in words.RANKS or one in words.NAME_WORDS or (one == "های" and two in words.NAME_WORDS):
            certain = one not in words.COMMANDS or self._part_at(index) or self._ends_alone(index)
            return certain and not self._counts(index - 2)
        if one in words.KIN or (one in words.ROLES and self._tells):
            alone = one in words.KIN and self._ends_alone(index)
            return not self._counts(index - 2) and (_is_part(self._words[index]) or alone)
        if one in words.OF_ONE and self._tells:
            return _is_part(self._words[index])
        if one == "میں" and two in words.GENITIVE | words.NAME_WORDS:
            return True
        if one in ("میں", "کې", "عبارتند", ":", "،", "از") and self._tells and index > 1:
            group = self._words[max(0, index - 3) : index]
            grouped = any(word.endswith(words.GROUPS) for word in group)
            return grouped and (self._part_at(index) or self._ends_alone(index))
        return one == "د" and self._is_possessed(index)

    def _ends_alone(self, index: int) -> bool:
        """Whether one word stands between marks, as a name does after "her daughter"."""
        after = self._words[index + 1] if index + 1 < len(self._words) else "،"
        return after in _COMMAS or after in _AND or after in ("نے", "کے", "شہید", "زخمی", "جاں", "یې", "چې")

    def _is_possessed(self, index: int) -> bool:
        """Pashto "of X the body"."""
        return self._tells and any(
            word in words.OF_ONE or word in words.NAME_WORDS for word in self._words[index + 1 : index + 4]
        )

    def _counts(self, index: int) -> bool:
        """Whether a number stands here: several whom nobody names."""
        return index >= 0 and (
            self._words[index].isdigit()
            or self._words[index]
            in ("دو", "تین", "چار", "پانچ", "کئی", "سه", "چهار", "پنج", "چند", "دوه", "درې", "څلور", "پنځه")
        )

    def _is_named(self, end: int) -> bool:
        """Whether "by name" follows."""
        after = self._words[end : end + 2]
        return bool(after) and (
            after[0] in words.NAMED
            or (len(after) > 1 and after[0] in ("په", "نام") and after[1] in ("نوم", "نامه", "داشت"))
        )

    def _end_before_naming(self, index: int) -> int:
        """The token after one or two unknown words that "by name" follows."""
        for count in (1, 2):
            end = index + count
            run = self._words[index:end]
            if (
                len(run) == count
                and self._is_named(end)
                and all(
                    word not in words.STOP and word[0].isalpha() and not word.isascii() and not words.HARM.search(word)
                    for word in run
                )
            ):
                return end
        return 0

    def _has_voice(self, name: _Name) -> bool:
        """Whether someone speaks or holds an office."""
        return self._speaks(name) or self._holds_office(name)

    def _speaks(self, name: _Name) -> bool:
        """Whether a verb of saying is this one's: before "that", before what befell, within reach."""
        if name.first and self._words[name.first - 1] in ("گفته", "قول", "نقل"):
            return True
        if (
            name.first
            and self._words[name.first - 1] in words.DARI_KIN
            and "نے" not in self._words[name.last : name.last + 1]
        ):
            return False
        after = self._words[name.last : name.last + _AHEAD]
        if name.first and self._words[name.first - 1] in words.NAME_WORDS and "نے" not in after[:1]:
            return False
        if not after or after[0] in words.GENITIVE:
            return len(after) > 1 and after[1] in ("مطابق", "کہنا", "بقول")
        if after[0] in ("اور", "او", "و"):
            return False
        urdu = "نے" in after[:6]
        for word in after:
            if word in words.SPEECH:
                return True
            if word in ("چې", "که", "کہ") or (words.HARM.search(word) and not urdu):
                return False
        return False

    def _holds_office(self, name: _Name) -> bool:
        """Whether an office stands before a name, or between commas after it, and no rank or harm in between."""
        if name.cued and self._words[name.first - 1] in ("شہید", "شهید", "مقتول", "مرحوم"):
            return False
        at = name.first - 1
        while at > 0 and self._words[at] in words.TITLES:
            at -= 1
        if at > 0 and self._words[at] in _COMMAS and self._words[at - 1] != "وزیر":
            at -= 1
        for word in reversed(self._words[max(0, at - _BACK + 1) : at + 1]):
            if word in words.OFFICE:
                return True
            if (
                word in _COMMAS
                or word in _AND
                or words.HARM.search(word)
                or word in ("که", "کہ", "چې", "در", "نے")
                or word in words.KIN
            ):
                break
        after = self._words[name.last : name.last + 5]
        return len(after) > 1 and after[0] in _COMMAS and after[1] in words.OFFICE

    def _is_place(self, name: _Name) -> bool:
        if self._write(name) in words.PLACES:
            return True
        before = self._words[name.first - 1] if name.first else ""
        after = self._words[name.last] if name.last < len(self._words) else ""
        if before in words.PLACE_BEFORE or (after in words.PLACE_AFTER and not name.cued):
            return True
        return before == "په" and after == "کې"
