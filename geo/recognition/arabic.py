"""Names in Arabic script (Urdu, Pashto, Dari): no capitals, so word boundaries, feature words and particles decide."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from geo.gazetteer import Gazetteer
from geo.model import Role, Span, Toponym
from geo.recognition.evidence import judge_name
from geo.text import match_key
from geo.tokens import word_set

ANY_LETTER = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f]")
_WORD = re.compile(
    r"[\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06df-\u06e8\u06ea-\u06ed\u06fa-\u06ff\u0750-\u077f\u200c\u200d]+"
)

SURE = frozenset(
    {"a country", "a first-level unit", "a place of the border table", "the name of a people", "a city of a million",
     "a well-known region"}
)  # fmt: skip
"""Names that need nothing beside them."""
LIKELY = frozenset({"a city of a hundred thousand", "a town of fifteen thousand", "a town of a thousand"})
"""Names that need a feature word or a particle of place."""

LARGE = "a city of a hundred thousand"

FEATURES = {
    "province": "ولایت ولایته ولایتونه ولایتونو ولایات ولایت‌های صوبہ صوبے صوبوں صوبه استان ایالت",
    "district": "ولسوالی ولسوالۍ ولسواليو ولسوالیو ولسوالی‌های ضلع اضلاع ضلعے تحصیل ایجنسی شهرستان",
    "city": "ښار ښاره ښارونو شهر شهرهای شہر شہروں کلي کلی قریه روستای گاؤں قصبہ بازار",
    "crossing": "کراسنگ گزرگاه گذرگاه تورغنډی دروازه بندر گیٹ گذرگاہ گزرگاہ",
    "valley": "دره درې وادی درہ",
    "river": "سیند دریای دریا دریائے رود",
    "area": "سیمه سیمې سیمو منطقه مناطق منطقۀ علاقہ علاقے علاقوں",
}  # fmt: skip
_FEATURE_OF = {match_key(word): feature for feature, words in FEATURES.items() for word in words.split()}
_BEFORE_PLACE = frozenset(map(match_key, word_set("په در از به تا به‌سوی د له تر نزدیک قرب بین در‌نزدیکی مرکز")))
_AFTER_PLACE = frozenset(map(match_key, word_set("کې کښې ته څخه میں سے کے کی کا پر تک نزد جانب میں، سره")))
_SPEAKS = frozenset(map(match_key, word_set("نے وویل وايي ویل گفت گفته‌است اعلام می‌گوید کہتا")))
_COMMON = frozenset(
    map(
        match_key,
        word_set(
            "مرکز بازار کار سال روز شهر ولایت دولت نو سر بند پل خان شاه ملک بابا دره کلی میدان باغ بار پنج خبر سیمه"
            " سیمې لږه لږ هوا هوایی هوايي تھانہ تھانے دیری ډېری کور کال سورت جان تن کان بین بالا پایان غرب شرق شمال"
            " بارہ تیرہ نو دس سات وہاں یہاں جہاں کہاں جنوب امن راه آب چوک چاه ده قلعه گل باران نور شمار خاک سرک جنگ "
            "شهید ټپي ټپی باری باري زخمی"
        ),
    )
)
"""Ordinary words that are also names of small places."""
_MONTH_WORDS = frozenset(map(match_key, word_set("ماه میاشت میاشتې مہینے مہینہ برج")))
_AMBIGUOUS = frozenset({match_key("دیر")})
"""Names of places that are more often ordinary words ("دیر" is Dir, and a while): a list or a feature word tells."""
_PREFIXES = "وبلک"
"""Letters that Dari and Arabic spelling may join to the front of a name ("and", "to", "for")."""


@dataclass(slots=True)
class _Tokens:
    """The Arabic-script words of a text: where each begins and ends, and its match key."""

    starts: list[int]
    ends: list[int]
    keys: list[str]

    def touch(self, number: int) -> bool:
        """Whether a word follows on the one before it, with one space or none between them."""
        return self.starts[number] - self.ends[number - 1] <= 1


@lru_cache(maxsize=50_000)
def _key(word: str) -> str:
    return match_key(word)


def find_arabic_names(text: str, gazetteer: Gazetteer) -> list[Toponym]:
    """Toponyms of a text's Arabic-script words, in reading order."""
    if not ANY_LETTER.search(text):
        return []
    matches = list(_WORD.finditer(text))
    keys = [_key(match.group()) for match in matches]
    tokens = _Tokens([match.start() for match in matches], [match.end() for match in matches], keys)
    begins = [_begins(gazetteer, key) for key in keys]
    found: list[Toponym] = []
    number = 0
    while number < len(keys):
        if begins[number] is None:
            number += 1
            continue
        listed = bool(found) and _LIST_GAP.fullmatch(text, found[-1].span.end, tokens.starts[number]) is not None
        length, toponym = _match_at(text, tokens, number, begins[number] or 0, gazetteer, listed=listed)
        if toponym:
            found.append(toponym)
        number += length
    return found


@lru_cache(maxsize=50_000)
def _begins(gazetteer: Gazetteer, key: str) -> int | None:
    """How many letters are joined to the front of the name that may begin with a word; None where none begins."""
    if gazetteer.starts(key):
        return 0
    return 1 if len(key) >= 5 and key[0] in _PREFIXES and _is_sure(gazetteer, key[1:]) else None


_LIST_GAP = re.compile(r"\s*(?:[،,]\s*(?:(?:او|اور|و|یا)\s+)?|\s(?:او|اور|و|یا)\s+)")
"""What stands between two names of one list."""


def _match_at(
    text: str, tokens: _Tokens, number: int, cut: int, gazetteer: Gazetteer, *, listed: bool
) -> tuple[int, Toponym | None]:
    """The longest name that begins at a token, and how many tokens it takes; ``listed`` after a place and a comma.

    ``cut`` says how many letters are joined to its front.
    """
    keys = tokens.keys
    last = number + 1
    while last < len(keys) and last < number + 6 and tokens.touch(last):
        last += 1
    for end in range(last, number, -1):
        key = " ".join(keys[number:end])[cut:]
        evidence = judge_name(gazetteer, key) if len(key) > 2 and key not in _COMMON else ()
        if evidence:
            toponym = _judge(text, tokens, number, end, evidence[0], cut, gazetteer, listed=listed)
            if toponym or end == number + 1:
                return end - number, toponym
    return 1, None


def _is_sure(gazetteer: Gazetteer, key: str) -> bool:
    evidence = judge_name(gazetteer, key)
    return bool(evidence) and evidence[0] in SURE


@lru_cache(maxsize=50_000)
def _is_near_border(gazetteer: Gazetteer, key: str) -> bool:
    """Whether a bearer of the name lies in a country of the border in view: small far places are chance likenesses."""
    return any(bearing.place.country in gazetteer.border_countries for bearing in gazetteer.bearings(key)[:8])


def _judge(  # noqa: PLR0913  one name with where it stands
    text: str, tokens: _Tokens, number: int, end: int, kind: str, cut: int, gazetteer: Gazetteer, *, listed: bool
) -> Toponym | None:
    keys = tokens.keys
    before = keys[number - 1] if number and tokens.touch(number) else ""
    after = keys[end] if end < len(keys) and tokens.touch(end) else ""
    if before in _MONTH_WORDS:
        return None  # "in the month of Mizan"
    feature = _FEATURE_OF.get(before) or _FEATURE_OF.get(after)
    key = " ".join(keys[number:end])[cut:]
    near = _is_near_border(gazetteer, key)
    if key in _AMBIGUOUS and not (listed or feature):
        return None
    if kind in SURE:
        rule = kind
    elif kind in LIKELY and near and listed:
        rule = "in a list of places"
    elif kind in LIKELY and feature and (kind == LARGE or near):
        rule = "beside a feature word"
    elif kind in LIKELY and near and (before in _BEFORE_PLACE or after in _AFTER_PLACE):
        rule = "beside a particle of place"
    else:
        return None
    start, stop = tokens.starts[number] + cut, tokens.ends[end - 1]
    role: Role = "mention"
    if kind == "the name of a people":
        role = "demonym"
    elif after in _SPEAKS and not feature:
        role = "metonym"
    return Toponym(span=Span(start=start, end=stop), text=text[start:stop], role=role, rule=rule, feature=feature)
