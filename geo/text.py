"""Text as the stages read it: match keys, sentences with offsets into the unaltered text, languages, safe display.

Offsets are Unicode code points, end exclusive. Every scan is linear in the length of the text, whatever is in it.
"""

from __future__ import annotations

import re
import string
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from urllib.parse import urlsplit

from geo.tokens import Words, lower_case, split_words, word_set

_ARABIC_VARIANTS = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ې": "ی", "ۍ": "ی", "ئ": "ی", "ے": "ی",
        "ك": "ک", "ګ": "گ", "ڪ": "ک",
        "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه",
        "أ": "ا", "إ": "ا", "ٱ": "ا", "آ": "ا", "ؤ": "و",
        "ډ": "د", "ڈ": "د", "ړ": "ر", "ڑ": "ر", "ټ": "ت", "ٹ": "ت", "ڼ": "ن", "ں": "ن", "څ": "ح", "ځ": "ح",
        "ښ": "ش", "ږ": "ژ",
        "ـ": None, "\u200c": None, "\u200d": None, "\u200e": None, "\u200f": None,
    }
)  # fmt: skip
_SEPARATORS = re.compile(r"[\s\-‐-―'’ʻʼ`.·_/]+")


def arabic_variants() -> dict[str, str]:
    """Letters of the Arabic script, and marks within it, by what they are compared as; for the browser's search."""
    return {chr(code): letter or "" for code, letter in _ARABIC_VARIANTS.items()}


def match_key(name: str) -> str:
    """The name as it is compared: one key for all its spellings in case, accents, hyphens and letter variants.

    Latin letters lose case and diacritics, Arabic-script letters that Urdu, Pashto, Dari and Arabic
    keyboards write differently become one; runs of spaces, hyphens and apostrophes become one space.
    """
    if name.isascii():
        plain = name.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", name.translate(_ARABIC_VARIANTS)).casefold()
        plain = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_ARABIC_VARIANTS)
    return _SEPARATORS.sub(" ", plain).strip()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, headline or list item, where it stands in the text."""

    start: int
    """First code point that is not a space."""
    end: int
    """One past the last code point that is not a space."""
    paragraph: int
    """Number of the paragraph it stands in, from 0."""


@dataclass(frozen=True)
class Document:
    """A text, its language and its sentences in reading order.

    What several stages need of it (its words, small letters) is made once, when it is first asked for.
    """

    text: str
    """Exactly as given; all offsets count in it."""
    language: str
    """ISO 639-1; ``und`` when nothing tells."""
    sentences: tuple[Sentence, ...]

    @cached_property
    def lower(self) -> str:
        """The text in small letters; offsets stay."""
        return lower_case(self.text)

    @cached_property
    def words(self) -> Words:
        """Its words in small letters."""
        return split_words(self.lower)

    @cached_property
    def word_bounds(self) -> list[tuple[int, int]]:
        """For each sentence, the numbers of its first word and of the first after it."""
        return [self.words.between(sentence.start, sentence.end) for sentence in self.sentences]

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def sentence_at(self, offset: int) -> int:
        """Index of the sentence at or before an offset; -1 before the first."""
        return bisect_right(self._starts, offset) - 1


def prepare_document(text: str, *, language: str | None = None) -> Document:
    """Split a text into sentences and paragraphs; the language is guessed when not given."""
    return Document(text, language or guess_language(text), tuple(split_sentences(text)))


# ---- sentences -------------------------------------------------------------------------------------------------------
# The first class alone decides where a search looks closer; looking behind it comes second, as the search is then ten
# times as fast. A run of enders must not begin inside a longer run: a text of dots would cost quadratic time.
_BREAK = re.compile(
    r"""[.!?…۔؟؛।\n\r\u2028\u2029]
        (?: (?<=[.!?…])(?<![.!?…]{2})[.!?…]*+["'”’»)\]]{0,3}(?=\s)  # Latin enders, with quotes that close after them
          | (?<=[a-z]{2}[.!?])["”’]?(?=[A-Z“"][a-z])                # a space lost in copying: "were killed.The army"
          | (?<=[۔؟؛।])["”’»)\]]{0,3}(?=\s)                        # Arabic-script and Devanagari full stops
          | (?<=\w\w\w۔)(?=\w{4})
          | (?<=[\n\r\u2028\u2029])\s* )""",
    re.VERBOSE,
)
_LINE_BREAKS = "\n\r\u2028\u2029"
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n|\r(?!\n)[^\S\r\n]*\r(?!\n)|\u2029")


_NEVER_LAST = word_set(
    "Mr Mrs Ms Dr Gen Lt Col Maj Capt Cpt Cmdr Sgt Cpl Brig Adm Sen Rep Gov Pres Prof Rev Hon Fr Sr St Ft Mt Messrs "
    "Mme No Nos Art Sec Fig vs Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec approx est ca Supt Insp Det Amb Spc "
    "Pvt Lieut Vol pp Md Mohd Muhd"
)
_SOMETIMES_LAST = word_set("a.m p.m A.M P.M U.S U.K U.N E.U U.A.E etc Jr Inc Ltd Co Corp Bros D.C i.e e.g")
_STARTERS = word_set(
    "The A An It He She They We I In On At But And However This That These Those There Their His Her Its After Before "
    "No Two Three Four Five Six Seven Eight Nine Ten Local Officials Police Earlier Meanwhile According Another Both "
    "Some Several Dozens When While As For From By Since Although If Residents Authorities Witnesses Last"
)
_LAST_WORD = re.compile(r"[^\s(\[“\"'‘]*\Z")
_NEXT_WORD = re.compile(r"\s*[“\"'‘(\[«]*(\w*)")
_BULLET = re.compile(r"(?:[-–—*•●▪■◦‣·►▶>]|\d{1,2}[.)])\s")
_BLANKS = re.compile(r"\s*")
_LONGEST_ABBREVIATION = 12


def split_sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text in reading order; a headline or list item on its own line is a sentence of its own."""
    start = _skip_blanks(text, 0)
    paragraph = 0
    wrapped = _is_wrapped(text)
    for found in _BREAK.finditer(text, start):
        if found.end() <= start:
            continue
        if text[found.start()] in _LINE_BREAKS:
            if not _BLANK_LINE.search(found[0]) and _goes_on(text, found.end(), wrapped=wrapped):
                continue
            end = _trim(text, start, found.start())
            if end > start:
                yield Sentence(start, end, paragraph)
            start, paragraph = found.end(), paragraph + 1
        elif _ends_sentence(text, start, found):
            yield Sentence(start, found.end(), paragraph)
            start = _skip_spaces(text, found.end())
    end = _trim(text, start, len(text))
    if end > start:
        yield Sentence(start, end, paragraph)


def _ends_sentence(text: str, start: int, found: re.Match[str]) -> bool:
    """Whether this full stop ends a sentence, and is not that of an abbreviation, an initial or a list number."""
    following = _NEXT_WORD.match(text, found.end())
    word = following[1] if following else ""
    if text[found.start()] not in ".…":
        return not word[:1].islower()
    if word[:1].islower():
        return False
    last = _LAST_WORD.search(text, max(start, found.start() - _LONGEST_ABBREVIATION), found.start())
    before = last[0] if last else ""
    if before in _NEVER_LAST:
        return False
    if before in _SOMETIMES_LAST or (len(before) == 1 and before.isalpha()):
        return word in _STARTERS or not word
    return not (before.isdigit() and found.start() - len(before) == start)


def _goes_on(text: str, offset: int, *, wrapped: bool) -> bool:
    """Whether the line that begins here continues the sentence of the line before."""
    if _BULLET.match(text, offset):
        return False
    return text[offset : offset + 1].islower() or (wrapped and text[offset - 2 : offset - 1] not in ".!?۔؟")


def _is_wrapped(text: str) -> bool:
    """Whether the lines were broken at a fixed width, as in mail and old wire copy, and not at paragraphs."""
    if text.count("\n") < 4:
        return False
    lines = text.splitlines()
    full = [len(a) for a, b in pairwise(lines) if a.strip() and b.strip()]
    if len(full) < 3 or max(full) > 100 or sum(full) < 0.4 * len(text):
        return False
    return sum(n > max(full) - 20 for n in full) >= 0.6 * len(full) and max(full) > 40


def _skip_blanks(text: str, offset: int) -> int:
    found = _BLANKS.match(text, offset)
    return found.end() if found else offset


def _skip_spaces(text: str, offset: int) -> int:
    """The next code point that is not a space; a line break is left for the next break to see."""
    while offset < len(text) and text[offset].isspace() and text[offset] not in _LINE_BREAKS:
        offset += 1
    return offset


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


# ---- languages -------------------------------------------------------------------------------------------------------
_SAMPLE = 2_000
_SCRIPTS = {
    "arabic": re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefe]+"),
    "latin": re.compile(r"[A-Za-zÀ-ɏ]+"),
    "ru": re.compile(r"[\u0400-\u04ff]+"),
    "hi": re.compile(r"[\u0900-\u097f]+"),
    "bn": re.compile(r"[\u0980-\u09ff]+"),
    "pa": re.compile(r"[\u0a00-\u0a7f]+"),
    "el": re.compile(r"[\u0370-\u03ff]+"),
    "he": re.compile(r"[\u0590-\u05ff]+"),
    "ja": re.compile(r"[\u3040-\u30ff]+"),
    "ko": re.compile(r"[\uac00-\ud7af]+"),
    "zh": re.compile(r"[\u4e00-\u9fff]+"),
}
_LETTERS = {
    "ur": re.compile(r"[ٹڈڑںےہھ]"),
    "ps": re.compile(r"[ټډړښږځڅېۍګڼ]"),
    "ar": re.compile(r"[ةأإؤك]"),
    "fa": re.compile(r"[پچژگ]"),
}
_WORDS = {
    "en": "the of and to in a is was were that on for by with said from at have had it",
    "fr": "le la les des et du un une dans est pour que qui sur par au ont été",
    "de": "der die das und den von mit ist im ein eine zu auf nicht des dem wurden wurde",
    "es": "el la los las de y en un una que del por con para se fue han su",
    "it": "il di che la e un una per del della sono è nel con le gli non stato",
    "pt": "o a os as de e em um uma que do da para com não foi no na dos",
    "nl": "de het een van en in is op te dat met voor zijn door bij niet",
    "tr": "ve bir bu da de için ile olarak olan çok daha gibi kadar sonra",
    "id": "yang dan di dari untuk dengan pada ini itu dalam tidak oleh",
    "ur": "کے کی کا میں نے سے اور ہے ہیں کو پر تھا تھے گئے کہ",
    "ps": "د په چې کې او ته له دي شوي یې ده وژل شو",
    "fa": "در از به که این را با است شد شده برای آن های می و",
    "ar": "في من على إلى أن التي الذي عن مع هذا وقال",
}
_FUNCTION_WORDS = {code: word_set(words) for code, words in _WORDS.items()}
_CODES_OF = {
    word: tuple(code for code, words in _FUNCTION_WORDS.items() if word in words)
    for word in frozenset().union(*_FUNCTION_WORDS.values())
}
"""Languages of each function word."""
_ARABIC_SCRIPT = ("ur", "ps", "fa", "ar")
_LATIN_SCRIPT = tuple(code for code in _WORDS if code not in _ARABIC_SCRIPT)
_WORD = re.compile(r"\w+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_ASCII_LETTERS = string.ascii_letters.encode()


def guess_language(text: str) -> str:
    """The language of a text by its script and function words, ISO 639-1; ``und`` when nothing tells."""
    sample = text[:_SAMPLE]
    script = "latin" if sample.isascii() else _main_script(sample)
    if script == "arabic":
        words = _WORD.findall(sample)
        letters = {code: len(pattern.findall(sample)) for code, pattern in _LETTERS.items()}
        return _best(_ARABIC_SCRIPT, words, letters) or "fa"
    if script == "latin":
        return _best(_LATIN_SCRIPT, _WORD.findall(sample.lower()), {}) or "und"
    if script == "zh" and _SCRIPTS["ja"].search(sample):
        return "ja"
    return script


def _main_script(sample: str) -> str:
    plain = sample.encode("ascii", "ignore")
    ascii_letters = len(plain) - len(plain.translate(None, _ASCII_LETTERS))
    if ascii_letters > len(sample) - len(plain):  # the ordinary case, a few quotes and accents: no other has more
        return "latin"
    foreign = "".join(_NOT_ASCII.findall(sample))
    amounts: dict[str, int] = {}
    for name, pattern in _SCRIPTS.items():
        amounts[name] = sum(map(len, pattern.findall(foreign)))
        if 2 * amounts[name] > len(foreign) + ascii_letters:  # no other can have more
            return name
    amounts["latin"] += ascii_letters
    best = max(amounts, key=amounts.__getitem__)
    return best if amounts[best] else "und"


def _best(codes: tuple[str, ...], words: list[str], letters: dict[str, int]) -> str | None:
    scores = {code: letters.get(code, 0) for code in codes}
    for spoken, uses in Counter(filter(None, map(_CODES_OF.get, words))).items():
        for code in spoken:
            if code in scores:
                scores[code] += 2 * uses
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] else None


# ---- display ---------------------------------------------------------------------------------------------------------
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff\ufff9-\ufffb]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


LONGEST_NAME = 80
"""Letters of an editor's name that are kept."""


def editor_name(who: str) -> str:
    """The name of an editor as the history keeps it: on one line, of bounded length, never empty."""
    return " ".join(who.split())[:LONGEST_NAME] or "editor"


def safe_url(url: str | None) -> str | None:
    """An address of the web that may be offered to be clicked on; None for any other, and for one that is broken."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    usable = parts.scheme in ("http", "https") and parts.hostname and url and url.isprintable() and " " not in url
    return url if usable else None


def display_text(text: str) -> str:
    """The text without what could disguise it: bidi marks, overrides and isolates, and control characters.

    Tabs and line feeds stay, as do the joiners that Dari, Pashto and Urdu need (U+200C, U+200D); half a surrogate
    pair, which no encoder takes, becomes U+FFFD.
    """
    if text.isascii() and text.isprintable():
        return text  # most names and titles
    return _SURROGATES.sub("\ufffd", _UNSAFE.sub("", text))
