"""What an article says of who is who: whose forces, whose offices, which groups."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from geo.extraction.entries import find_datelines
from geo.model import Resolution
from geo.text import Document
from geo.tokens import Sieve

TAKEOVER = date(2021, 8, 15)
"""From this day the Afghan Taliban are the state's forces; before it they are insurgents."""

_COUNTRY_WORDS = {
    "PK": r"pakistan(?:i|is|['’]s)?|islamabad|rawalpindi|ispr|inter[- ]services|frontier corps|\bfc\b"
    r"|khyber pakhtunkhwa|balochistan|waziristan|peshawar|quetta|chaudhry|khawaja asif|shehbaz|tarar|naqvi|ishaq dar"
    r"|radio pakistan|\bptv\b",
    "AF": r"afghan(?:istan|s)?(?:['’]s)?|kabul|taliban|islamic emirate|mujahid|fitrat|khowarazmi|khwarazmi|muttaqi"
    r"|\brta\b|bakhtar|mansoori corps",
    "IR": r"iran(?:ian)?|tehran",
    "IN": r"india(?:n)?(?:['’]s)?|new delhi",
    "US": r"united states|american|\bu\.s\.|pentagon|washington",
    "QA": r"qatar(?:i)?|doha",
    "TR": r"turk(?:ey|ish|iye)|türkiye|ankara",
    "CN": r"chin(?:a|ese)|beijing",
    "RU": r"russian?|moscow|kremlin",
    "SA": r"saudi",
    "TJ": r"tajik(?:istan)?",
    "UZ": r"uzbek(?:istan)?",
    "IQ": r"iraqi?|baghdad",
    "SY": r"syrian?|damascus",
    "YE": r"yemeni?",
    "NG": r"nigerian?|abuja",
    "PH": r"philippines?|filipino|manila",
    "MM": r"myanmar|burmese",
    "IL": r"israeli?",
    "UA": r"ukrain(?:e|ian)",
}
_COUNTRIES = re.compile("|".join(f"(?P<{code}>{words})" for code, words in _COUNTRY_WORDS.items()))

TALIBAN = re.compile(r"\btaliban\b|\btalibs?\b")


@dataclass
class Parties:
    """What an article has said so far about who is who."""

    published: date | None
    countries: list[tuple[int, str]]
    """Offset and country of the places of the text, in order."""
    document: Document
    names: dict[str, str] = field(default_factory=dict)
    """Party of each person named as a source, by the words of the name."""
    heads: dict[str, str] = field(default_factory=dict)
    """Party of each office named as a source: "ministry", "army"."""
    forces: str | None = None
    """Country of the forces spoken of last."""
    home: str | None = None
    """Country of the dateline: whose civil offices a report means when it names none."""
    governments: frozenset[str] = frozenset()
    """Names that stand for a government in this article ("Yerevan"), in small letters."""
    nations: dict[str, str] = field(default_factory=dict)
    """Country of each place and people that the article names, by the name in small letters."""
    _known: dict[str, str | None] = field(default_factory=dict)
    """What ``country_of`` answered."""

    @property
    def taliban_rule(self) -> bool:
        """Whether the Afghan Taliban are the state when the article comes out."""
        return self.published is None or self.published >= TAKEOVER

    @property
    def lower(self) -> str:
        """The text in small letters."""
        return self.document.lower

    @cached_property
    def default(self) -> str | None:
        """Country whose army, police and officials the article means when it names none."""
        return _default_country(self)

    @cached_property
    def groups(self) -> frozenset[str]:
        """Short names that this article gives armed groups ("the KNLA rebels"), in small letters."""
        if not any([word in self.lower for word in _FIGHTERS]):
            return frozenset()
        found = _NAMED_GROUP.finditer(self.document.text)
        return frozenset(word.lower() for match in found for word in match.groups() if word)

    def country_of(self, lower: str) -> str | None:
        """The country that words point to first, by what all articles know and by the names of this one."""
        if lower not in self._known:
            self._known[lower] = self._first_country(lower)
        return self._known[lower]

    def _first_country(self, lower: str) -> str | None:
        found = _COUNTRIES.search(lower)
        best, code = (found.start(), found.lastgroup) if found else (len(lower), None)
        for name, country in self.nations.items():
            at = lower.find(name, 0, best + len(name))
            if 0 <= at < best and _is_word(lower, at, at + len(name)):
                best, code = at, country
        return code

    def last_country(self, lower: str) -> str | None:
        """The country that words point to last."""
        found = [(match.start(), match.lastgroup) for match in _COUNTRIES.finditer(lower)]
        found += [
            (at, country)
            for name, country in self.nations.items()
            if (at := lower.rfind(name)) >= 0 and _is_word(lower, at, at + len(name))
        ]
        return max(found, key=lambda pair: pair[0])[1] if found else None

    def country_of_forces(self, phrase: str, offset: int) -> str | None:
        """The country that the same word was last given: "Iranian guards fought ..., and two guards were killed"."""
        head = phrase.split()[-1] if phrase else ""
        if len(head) < 5:
            return None
        at = self.lower.rfind(f" {head}", max(0, offset - 400), max(0, offset))
        while at > 0:
            word = self.lower[max(0, at - 16) : at].rsplit(None, 1)[-1:]
            code = self.nations.get(word[0].removesuffix("'s").removesuffix("’s")) if word else None
            if code:
                return code
            at = self.lower.rfind(f" {head}", max(0, offset - 400), at)
        return None

    def country_attacked(self, offset: int) -> str | None:
        """The country whose posts or troops were attacked right before: "attacked Pakistani posts, killing 58"."""
        before = self.lower[max(0, offset - _ATTACK_REACH) : offset]
        found = list(_ATTACKED.finditer(before))
        return self.country_of(found[-1]["whose"]) if found else None

    def country_at(self, offset: int, reach: int = 400) -> str | None:
        """Country of the place named last before an offset, if not too far."""
        near = [country for start, country in self.countries if offset - reach <= start <= offset]
        return near[-1] if near else None


_MANY_PLACES = 5
"""Places from which on a country named by one of them alone is no hint whose forces are meant."""
_ATTACK_REACH = 200
"""Code points before those killed in which an attack on their side is told."""
_ATTACKED = re.compile(
    r"\b(?:attack(?:ed|ing|s)?(?: on)?|raid(?:ed|ing)?(?: on)?|storm(?:ed|ing)|target(?:ed|ing)|overran|overrunning"
    r"|ambush(?:ed|ing)?(?: on)?"
    r"|struck|shell(?:ed|ing)|hit|fired (?:on|at)|against|captured|seized)\s+(?:(?:a|an|the|several|some|many|two"
    r"|three)\s+)?"
    r"(?P<whose>[a-z]+(?:['’]s?)?)\s+(?:(?:army|military|border|security|government)\s+)*"
    r"(?:posts?|outposts?|positions?|checkpoints?|bases?|camps?|forces|troops|soldiers|army|military|convoys?|patrols?|guards?)\b"
    r"[^.;]*\Z"
)


def survey(document: Document, resolutions: Sequence[Resolution], published: date | None) -> Parties:
    """Gather the countries of an article."""
    places = [
        (found.toponym.span.start, found.place.country)
        for found in resolutions
        if found.place and found.place.country and found.toponym.role not in ("demonym", "metonym")
    ]
    usual = Counter(country for _, country in places)
    places = [(start, country) for start, country in places if usual[country] > 1 or usual.total() < _MANY_PLACES]
    nations = {
        found.toponym.text.lower(): found.place.country
        for found in resolutions
        if found.place and found.place.country and len(found.toponym.text) > 2
    }
    governments = frozenset(found.toponym.text.lower() for found in resolutions if found.toponym.role == "metonym")
    datelines = find_datelines(document)
    home = next((country for start, country in places if any(a <= start < b for a, b in datelines)), None)
    return Parties(published, places, document, home=home, governments=governments, nations=nations)


_FIGHTERS = ("rebel", "fighter", "militant", "insurgent", "guerrilla", "gunmen", "militia")
_NAMED_GROUP = re.compile(
    r"\b([A-Z][A-Z0-9]{1,5})\s+(?:rebels?|fighters?|militants?|insurgents?|guerrillas?|gunmen|militia)\b"
    r"|\b(?:rebels|fighters|militants|insurgents|guerrillas|gunmen) (?:of|from) the ([A-Z][A-Z0-9]{1,5})\b"
)


def _is_word(lower: str, start: int, end: int) -> bool:
    return not (lower[start - 1 : start].isalnum() if start else False) and not lower[end : end + 1].isalnum()


_OFFICE = r"(?:army|military|police|troops|soldiers|security|forces|officials?|authorities)"
_ARMED = re.compile(rf"\b(?P<who>[a-z]+(?:['’]s)?) (?:border |foreign )?{_OFFICE}\b")


_OFFICES = Sieve({"office": rf"^{_OFFICE}$"})


def _find_armed(document: Document) -> Iterator[re.Match[str]]:
    """Every match of ``_ARMED`` in reading order; each ends with the word of an office, and begins few words before."""
    words, starts = document.words.words, document.words.starts
    done = tried = 0
    for number, bits in enumerate(map(_OFFICES.__getitem__, words)):
        if not bits:
            continue
        for at in range(max(tried, number - 3), number):
            found = _ARMED.match(document.lower, starts[at]) if starts[at] >= done else None
            if found:
                done = found.end()
                yield found
        tried = number


def _default_country(parties: Parties) -> str | None:
    """The country whose forces are named most often with their country, else that of the first place."""
    lower = parties.lower
    codes = [
        parties.country_of(found["who"])
        for found in _find_armed(parties.document)
        if lower[found.start() - 4 : found.start()] != "and "
    ]
    named = [code for code in codes if code]
    if named:
        best = max(dict.fromkeys(named), key=named.count)
        is_home = named.count(best) < 2 or parties.home != "AF"  # a Kabul paper's "the military" is the neighbour's
        return parties.home if parties.home and is_home else best
    if parties.countries:
        return parties.countries[0][1]
    return parties.country_of(lower[:2_000])
