"""Counts in words and digits, in English, Urdu, Pashto and Dari, with the words that bend them.

Only numbers that count things are returned: not dates, times, ages, money, distances, calibres, ordinals or shares.
Low, best and high follow the coding rules of the machine interface: "at least 58" is 58, 58, None; "10 to 15" is
10, None, 15; "dozens" is None, None, None with the qualifier.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from geo.model import Span
from geo.tokens import lower_case, split_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A count as the words give it."""

    span: Span
    """The figure with the words that bend it: "at least 12", "200 or more"."""
    low: int | None
    """Smallest number the words allow; None when they give none."""
    best: int | None
    """The number said; None for a range or a vague word."""
    high: int | None
    """Largest number the words allow; None when they set no upper bound."""
    qualifier: str | None = None
    """``at least``, ``more than``, ``about``, ``up to``, ``range``, or the vague word itself: ``dozens``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """How one language writes numbers."""

    small: dict[str, int]
    """Words that are a value by themselves."""
    multipliers: dict[str, int]
    """Words that multiply what stands before them: hundred, dozen."""
    vague: dict[str, str]
    """Words for an unknown number, and the qualifier they become."""
    before: dict[str, str]
    """Words before a number, and the qualifier they give it."""
    after: dict[str, str]
    """Words after a number, and the qualifier they give it."""
    joiner: str
    """Pattern between the words of one number."""
    to: str
    """Pattern between the ends of a range."""
    between: str = r"(?!)"
    """Pattern that opens "between 10 and 15"."""
    amid: str = r"(?!)"
    """Pattern in the middle of it."""
    unit_first: bool = False
    """True where units stand before tens (Pashto "five thirty" is 35)."""


def number_words(words: str, first: int = 1, step: int = 1) -> dict[str, int]:
    """Values of words that are given in counting order; ``|`` joins variants, ``_`` stands for a space."""
    return {
        variant.replace("_", " "): first + step * n
        for n, variants in enumerate(words.split())
        for variant in variants.split("|")
    }


def _mean(meaning: str, *words: str) -> dict[str, str]:
    return dict.fromkeys(words, meaning)


ENGLISH = Lexicon(
    small=number_words(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty"
    )
    | number_words("thirty forty fifty sixty seventy eighty ninety", 30, 10)
    | {"half a dozen": 6, "half-dozen": 6, "a half-dozen": 6, "both": 2, "a couple of": 2, "a pair of": 2},
    multipliers={"hundred": 100, "thousand": 1_000, "million": 1_000_000, "dozen": 12, "lakh": 100_000},
    vague={
        word: word
        for word in (
            "dozens", "scores", "hundreds", "thousands", "tens", "several", "some", "many", "numerous", "multiple",
            "a number of", "a few", "a handful of", "an unknown number of", "an unspecified number of",
            "an undisclosed number of", "an undetermined number of", "a large number of", "countless", "various",
        )
    }
    | _mean("dozens", "several dozen", "a few dozen", "dozens and dozens of")
    | _mean("hundreds", "several hundred", "a few hundred")
    | _mean("thousands", "several thousand", "a few thousand", "tens of thousands", "hundreds of thousands"),
    before=_mean("at least", "at least", "a minimum of", "no fewer than", "no less than", "not less than")
    | _mean("more than", "more than", "over", "upwards of", "in excess of", "well over", "just over", "upward of")
    | _mean("up to", "up to", "as many as", "at most", "no more than", "not more than", "fewer than", "less than")
    | _mean("about", "about", "around", "approximately", "nearly", "almost", "roughly", "an estimated", "close to")
    | _mean("about", "some", "estimated", "just under", "circa", "an approximate"),
    after=_mean("at least", "or more", "plus", "+") | _mean("about", "or so"),
    joiner=r"(?:[-‐–\s]|\s+and\s+)",
    to=r"(?:[-–—]|\s+(?:to|or)\s+)",
    between=r"between\s+|from\s+",
    amid=r"\s+and\s+|\s+to\s+",
)  # fmt: skip

URDU = Lexicon(
    small=number_words(
        "ایک دو تین چار پانچ چھ|چھے|چھہ سات آٹھ|اٹھ نو دس گیارہ بارہ تیرہ چودہ پندرہ سولہ سترہ اٹھارہ انیس بیس اکیس "
        "بائیس تئیس|تیئس|تیئیس چوبیس پچیس چھبیس ستائیس اٹھائیس انتیس تیس اکتیس بتیس تینتیس چونتیس پینتیس چھتیس سینتیس "
        "اڑتیس انتالیس چالیس اکتالیس بیالیس تینتالیس چوالیس پینتالیس چھیالیس سینتالیس اڑتالیس انچاس پچاس اکیاون|اکاون "
        "باون ترپن چون پچپن چھپن ستاون اٹھاون انسٹھ ساٹھ اکسٹھ باسٹھ تریسٹھ چونسٹھ پینسٹھ چھیاسٹھ سڑسٹھ اڑسٹھ انہتر "
        "ستر اکہتر بہتر تہتر چوہتر پچھتر چھہتر ستتر اٹھہتر اناسی اسی اکیاسی بیاسی تراسی چوراسی پچاسی چھیاسی ستاسی "
        "اٹھاسی نواسی نوے اکیانوے بانوے ترانوے چورانوے پچانوے چھیانوے ستانوے اٹھانوے ننانوے"
    )
    | {"دونوں": 2, "تینوں": 3, "چاروں": 4},
    multipliers={"سو": 100, "ہزار": 1_000, "لاکھ": 100_000, "درجن": 12},
    vague={"درجنوں": "dozens", "سینکڑوں": "hundreds", "سیکڑوں": "hundreds", "ہزاروں": "thousands"}
    | _mean("several", "کئی", "متعدد", "چند", "کچھ", "بعض"),
    before=_mean("at least", "کم از کم", "کم سے کم") | _mean("about", "تقریباً", "تقریبا", "لگ بھگ", "قریباً", "کوئی"),
    after=_mean("more than", "سے زائد", "سے زیادہ", "سے زاید") | _mean("about", "کے قریب", "کے لگ بھگ"),
    joiner=r"\s+",
    to=r"\s*(?:-|–|سے|تا|یا)\s*",
)

PASHTO = Lexicon(
    small=number_words(
        "یو|یوه|يو|يوه|یوې دوه|دوو درې|دريو|درې|درېو|درے څلور|څلورو پنځه|پنځو شپږ|شپږو اووه|اوه|اوو اته|اتو نهه|نهو "
        "لس|لسو یوولس|يوولس|یولس دولس|دوولس دیارلس|ديارلس څوارلس|څورلس پنځلس|پنځه_لس شپاړس|شپاړلس اوولس|اووه_لس اتلس "
        "نولس|نونس شل|شلو یوویشت|یو_ویشت|يوويشت دوه_ویشت|دوه_ويشت|دوویشت درویشت|درې_ویشت|دروېشت څلیرویشت|څلور_ویشت|"
        "څلورویشت پنځه_ویشت|پنځه_ويشت|پنځویشت شپږویشت|شپږ_ویشت اووه_ویشت|اوویشت اته_ویشت|اتویشت نهه_ویشت|نهویشت "
        "دېرش|دیرش|ديرش"
    )
    | number_words("څلوېښت|څلویښت پنځوس شپېته|شپیته اویا اتیا نوي|نوی", 40, 10)
    | {"دواړه": 2, "دریو": 3, "درېیو": 3}
    | number_words("یوولسو دولسو دیارلسو څوارلسو پنځلسو شپاړسو|شپاړلسو اوولسو اتلسو نولسو|نونسو", 11)
    | number_words("دېرشو|دیرشو څلوېښتو|څلویښتو پنځوسو شپېتو|شپیتو اویاوو اتیاوو نويو", 30, 10),
    multipliers={"سل": 100, "سوه": 100, "زر": 1_000, "زره": 1_000, "میلیون": 1_000_000, "درجن": 12},
    vague={"لسګونه": "dozens", "لسګونو": "dozens", "سلګونه": "hundreds", "سلګونو": "hundreds", "زرګونه": "thousands"}
    | _mean("several", "څو", "ګڼ شمېر", "یو شمېر", "یوشمېر", "یو شمیر", "څوتنه", "زیات شمېر", "ځینې"),
    before=_mean("at least", "لږ تر لږه", "لږترلږه", "کم تر کمه", "کم‌ترکمه", "لږ‌تر‌لږه")
    | _mean("more than", "له", "تر")
    | _mean("about", "شاوخوا", "نژدې", "نږدې", "تقریباً", "تقریبا"),
    after=_mean("more than", "څخه زیات", "څخه ډېر", "زیات", "ډېر", "ډیر", "زيات", "نه زیات", "نه ډېر", "څخه ډیر"),
    joiner=r"\s+(?:او\s+)?",
    to=r"\s*(?:-|–|څخه تر|نه تر|تر|یا)\s*",
    unit_first=True,
)

DARI = Lexicon(
    small=number_words(
        "یک|يک|یکی_از دو سه چهار|چار پنج شش|شیش هفت هشت نُه|نُه ده یازده دوازده سیزده چهارده پانزده شانزده هفده "
        "هجده|هژده|هیجده نوزده بیست"
    )
    | number_words("سی چهل پنجاه شصت هفتاد هشتاد نود صد|یکصد|یک‌صد", 30, 10)
    | number_words("دویست|دوصد|دو‌صد سیصد|سه‌صد چهارصد|چهار‌صد پانصد|پنج‌صد|پنجصد ششصد|شش‌صد هفتصد هشتصد نهصد", 200, 100)
    | {"نه تن": 9, "نه نفر": 9, "هردو": 2, "هر دو": 2},
    multipliers={"هزار": 1_000, "میلیون": 1_000_000, "دوجین": 12},
    vague={"ده‌ها": "dozens", "ده ها": "dozens", "دهها": "dozens", "صدها": "hundreds", "صد‌ها": "hundreds"}
    | _mean("thousands", "هزاران", "هزارها")
    | _mean("several", "چند", "چندین", "شماری", "تعدادی", "برخی", "شماری از", "تعدادی از", "یک شمار", "شمار زیادی"),
    before=_mean("at least", "دست‌کم", "دست کم", "دستکم", "حداقل", "کم‌ازکم", "کم از کم", "لااقل")
    | _mean("more than", "بیش از", "بیشتر از", "افزون بر", "اضافه از", "بالغ بر", "بیش‌تر از")
    | _mean("up to", "حداکثر", "تا")
    | _mean("about", "حدود", "نزدیک به", "تقریباً", "تقریبا", "در حدود", "قریب"),
    after={},
    joiner=r"\s+(?:و\s+)?",
    to=r"\s*(?:-|–|الی|تا|یا)\s*",
    between=r"(?:بین|میان)\s+",
    amid=r"\s+(?:تا|و)\s+",
)

_OPENERS = ("a", "an", "between", "from", "بین", "میان")
_LEXICONS = {"en": ENGLISH, "ur": URDU, "ps": PASHTO, "fa": DARI}
_DIGITS = r"(?:\d{1,3}(?:[,٬،]\d{3})+|\d{1,9})(?:[.٫]\d+)?"

_NAMED_BY = (
    "Rs", "PKR", "USD", "No", "Nos", "age", "aged", "age of", "Route", "Highway", "Section", "Article", "Phase",
    "Rescue", "Ward", "Gate", "Sector", "Type", "Chapter", "Resolution", "Corps", "Figure", "Room", "Page", "Class",
    "Grade", "scale", "ریسکیو", "نمبر", "عمر", "سال", "شماره",
)  # fmt: skip
"""Words that make a name, a sum or an age of the figure after them."""
_NOT_BEFORE = re.compile(rf"(?:[$€£₹#/:.,٫٬]|\w[-‐–]|[^\W\d_]|(?<=\d)[-–]|\b(?:{'|'.join(_NAMED_BY)})\.?\s*)\Z")
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_MONTH_BEFORE = re.compile(rf"\b(?:{_MONTHS})\.?\s+(?:\d{{1,2}}\s*(?:-|–|and|to|or|,|&)\s*)?\Z")
_NOT_AFTER = re.compile(
    rf"""(?:st|nd|rd|th)\b|[-‐–]?\s?(?:%|per\s?cent\b|percentage)|:\d|/\d
        |[-‐–\s]+(?:km|kms|kilomet\w+|miles?|met(?:er|re)s?|cm|mm|centimet\w+|feet|foot|ft|yards?|inch\w*|kgs?|kilos?
           |kilograms?|tons?|tonnes?|pounds?|lbs?|litres?|liters?|acres?|hectares?|degrees?|dollars?|rupees?|afghanis?
           |euros?|yuan|rials?|hours?|hrs?|days?|nights?|weeks?|months?|years?|minutes?|seconds?|decades?|centur\w+
           |o['’]clock|a\.?m\b\.?|p\.?m\b\.?|calib\w+|times?|rounds?\ of|billion|trillion|gmt|local\ time
           |points?|-?fold|pm\b|am\b|side[sd]?|seats?|votes?)\b
        |[-‐–](?:year|day|hour|month|week|minute|member|point|man|storey|story|mile|km|acre|kilometer|kilometre|wheel|time
           |round|seat|bed)\w*
        |\s+(?:{_MONTHS})\b(?!\s+have)
        |\s+(?:فیصد|کلومیٹر|سال|روز|گھنٹ\w+|ماہ|منٹ|روپے|ڈالر|کلو|بج\w+|دن|ہفت\w+|درصد|کیلومتر\w*|ساعت\w*|ماه|دقیقه
           |افغانی|دالر|سلنه|کیلومټره|کاله|کلنه?|کلن|میاشت\w*|ورځ\w*|ساعته|بجو|بجې|متر\w*|سالہ|ساله|بار|هفته|ډالره?)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|of|by|until|till|from|year|early|late|mid|before|after|during)|,|/)[\s-]*\Z"
)
_YEAR_AFTER = re.compile(r"\s*(?:[.,;:)\]]|\Z)")


_WORD = re.compile(r"\w+")


def find_numbers(text: str, start: int = 0, end: int | None = None, language: str = "en") -> list[Number]:
    """The counts between two offsets in reading order, each with the words that bend it."""
    end = len(text) if end is None else end
    language = language if language in _LEXICONS else "en"
    lexicon = _LEXICONS[language]
    pattern, first_words = _compile(language)
    lower = lower_case(text[start:end])
    words = split_words(lower)
    begins = [
        at for word, at in zip(words.words, words.starts, strict=False) if word in first_words or word[0].isdecimal()
    ]
    numbers, done = [], 0
    for at in begins:
        found = pattern.match(lower, at) if at >= done else None
        if found:
            number = _read(text, start, found, lexicon)
            done = number.span.end - start if number else _first_end(found)
            if number:
                numbers.append(number)
    return numbers


def _first_end(found: re.Match[str]) -> int:
    """Where the first figure of a match ends: "24 to three" is no range, but three may still count."""
    return next(found.end(name) for name in ("a", "low", "vague", "one") if found[name])


@lru_cache(maxsize=8)
def _compile(language: str) -> tuple[re.Pattern[str], frozenset[str]]:
    """One pattern for every number of a language, longest words first, and the words it can begin with."""
    lexicon = _LEXICONS[language]
    small, times = _either(lexicon.small), _either(lexicon.multipliers)
    figure = rf"(?:{_DIGITS}|{small}|(?:an?\s+)?{times}\b)(?:{lexicon.joiner}(?:{small}|{times})\b){{0,8}}+"
    after = rf"(?P<after>{_either(lexicon.after)})" if lexicon.after else "(?P<after>(?!))"
    pattern = re.compile(
        rf"(?:(?P<before>{_either(lexicon.before)})\s+)?"
        rf"(?:(?P<between>{lexicon.between})(?P<a>{figure})(?:{lexicon.amid})(?P<b>{figure})(?!\w)"
        rf"|(?P<low>{figure})(?:{lexicon.to})(?P<high>{figure})(?!\w)"
        rf"|(?P<vague>{_either(lexicon.vague)})(?!\w)(?!\s+(?:\d|{small}\b))(?:\s+of\b)?"
        rf"|(?P<one>{figure})(?!\w)(?:[-\s]*{after}(?!\w))?)"
    )
    words = [*lexicon.small, *lexicon.multipliers, *lexicon.vague, *lexicon.before, *_OPENERS]
    return pattern, frozenset(_WORD.findall(word)[0] for word in words)


def number_gate(language: str) -> str:
    """Pattern of the words, in small letters, one of which stands in every number of a language."""
    words = "|".join(map(re.escape, sorted(_compile(language)[1])))
    return rf"^(?:{words})$|^\d"


def _either(words: dict[str, int] | dict[str, str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first) + ")"


def _read(text: str, offset: int, found: re.Match[str], lexicon: Lexicon) -> Number | None:
    """The number a match in the piece of text from an offset holds; None when it counts nothing."""
    vague, before = found["vague"], found["before"]
    qualifier = lexicon.before.get(_plain(before)) if before else None
    if vague:
        span = Span(start=offset + found.start("vague"), end=offset + found.end())
        return Number(span=span, low=None, best=None, high=None, qualifier=lexicon.vague[_plain(vague)])
    parts = [name for name in ("a", "b", "low", "high", "one") if found[name]]
    start, stop = found.start(parts[0]), found.end()
    if not _counts(text, offset + start, offset + stop):
        return None
    values = [_value(found[name], lexicon) for name in parts]
    if len(values) == 2 and (values[0][0] or 0) >= (values[1][0] or 0) > 0 and values[0][0] is not None:
        first = Span(start=offset + start, end=offset + found.end(parts[0]))
        return _bend(first, values[0][0], qualifier)  # "from 101 to 84" is no range: each stands for itself
    if len(values) == 2:
        return _range(Span(start=offset + found.start(), end=offset + stop), values[0][0], values[1][0])
    value, length = values[0]
    if value is None:
        return None
    if length < len(found["one"]):
        stop = start + length
    elif found["after"]:
        qualifier = lexicon.after.get(_plain(found["after"]), qualifier)
    return _bend(Span(start=offset + (found.start() if before else start), end=offset + stop), value, qualifier)


def _range(span: Span, low: int | None, high: int | None) -> Number | None:
    if low is None or high is None or low >= high:
        return None
    return Number(span=span, low=low, best=None, high=high, qualifier="range")


def _bend(span: Span, value: int, qualifier: str | None) -> Number:
    """Low, best and high of a figure under its qualifier, by the coding rules."""
    low = None if qualifier == "up to" else value
    high = None if qualifier in ("at least", "more than") else value
    return Number(span=span, low=low, best=value, high=high, qualifier=qualifier)


def _counts(text: str, start: int, stop: int) -> bool:
    """Whether a figure counts things: what stands around it makes it no date, age, distance, sum of money or name."""
    before = text[max(0, start - 16) : start]
    if _names(before) or _MONTH_BEFORE.search(before) or _NOT_AFTER.match(text, stop):
        return False
    figure = text[start:stop]
    if len(figure) == 4 and figure.isdigit() and 1900 <= int(figure) <= 2099:
        return not (_YEAR_BEFORE.search(before) or _YEAR_AFTER.match(text, stop))
    return True


def _names(before: str) -> bool:
    """Whether the words before a figure make a name, a sum or an age of it."""
    word = before.rstrip()
    if len(word) < len(before) and not word.rstrip(".").endswith(_NAMED_BY):
        return False
    return _NOT_BEFORE.search(before) is not None


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


_TOKEN = re.compile(rf"{_DIGITS}|[^\s\-–‐]+")


def _value(figure: str, lexicon: Lexicon) -> tuple[int | None, int]:
    """The value of a run of number words, and how many code points of it were used."""
    if figure.isdecimal():
        return int(figure), len(figure)
    whole = lexicon.small.get(_plain(figure))
    if whole is not None:
        return whole, len(figure)
    total, used = 0.0, 0
    part: float | None = None
    for token in _TOKEN.finditer(figure):
        word = token[0].lower()
        if word in lexicon.multipliers:
            part = (1 if part is None else part) * lexicon.multipliers[word]
            if part >= 1_000:
                total, part = total + part, 0
        elif word[0].isdecimal():
            part = float(re.sub("[,٬،]", "", word).replace("٫", "."))
        elif word in lexicon.small:
            joined = _join(part, lexicon.small[word], lexicon)
            if joined is None:
                break
            part = joined
        else:
            continue
        used = token.end()
    value = total + (part or 0)
    return (int(value), used) if value == int(value) and used else (None, 0)


def _join(part: float | None, value: int, lexicon: Lexicon) -> float | None:
    """A further word of one number: "forty" and "five" are 45, "two" and "five" are two numbers."""
    if not part:
        return float(value)
    if part % 100 == 0 and value < 100:
        return part + value
    if lexicon.unit_first and part < 10 and value >= 20 and value % 10 == 0:
        return part + value
    return part + value if part % 10 == 0 and part >= 20 and value < 10 else None
