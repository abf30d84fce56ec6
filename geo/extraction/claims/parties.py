"""Which party a subject or a claimant belongs to, from the words used for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from geo.extraction.claims import words as w
from geo.extraction.entries import find_datelines
from geo.model import Resolution
from geo.text import Document
from geo.tokens import Sieve, gate_of, split_words, word_set

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

# ---- subjects --------------------------------------------------------------------------------------------------------
_OUTRIGHT_MILITANT = re.compile(
    r"militant|terrorist|insurgent|kh[aw]+[ae]*rij|kharij|fitna|\bttp\b|tehre?e?k|pakistani taliban|islamic state"
    r"|\bisk?p?\b"
    r"|\bisil\b|gunm[ae]n|attacker|assailant|bomber|infiltrator|extremist|jihadist|separatist|rebel|\bbla\b|bandit"
    r"|outlaw"
    r"|gul bahadur|boko haram|qaida|qaeda|houthi|intruder|hijacker|guerrilla|shabaab|\bm23\b|\biswap\b|\brsf\b"
    r"|\beln\b|\bypg\b"
)
_TALIBAN = re.compile(r"\btaliban\b|\btalibs?\b")
_FORCES = re.compile(
    r"soldier|troop|security (?:force|personnel|official|men)|polic|\barmy\b|guard|frontier corps|\bfc\b|levies"
    r"|ranger|military"
    r"|border force|servicem|constabular|scouts|\bforce\b|battalion|regiment|brigade|commando|paramilitar|constable"
    r"|sepoy|\bnaik\b|havildar|subedar|rifleman|\bjawans?\b|officer|personnel|\bmarines?\b|\bnavy\b"
    r"|lieutenant|colonel|captain|\bmajor\b|brigadier|general\b|sergeant|inspector|\bcops?\b|cadet|forces?\b"
)
_FAMILY = re.compile(r"famil|relative|wom[ae]n|child|girl|boy|villager|civilian|resident|tribes|elder")
_OWN = re.compile(r"\b(?:its|their|his|our)(?: own)?\b|'s own\b")


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
        found = None
        for found in _ATTACKED.finditer(before):
            pass
        return self.country_of(found["whose"]) if found else None

    def country_at(self, offset: int, reach: int = 400) -> str | None:
        """Country of the place named last before an offset, if not too far."""
        near = [country for start, country in self.countries if offset - reach <= start <= offset]
        return near[-1] if near else None


_ATTACK_REACH = 200
"""Code points before those killed in which an attack on their side is told."""
_ATTACKED = re.compile(
    r"\b(?:attack(?:ed|ing|s)?(?: on)?|raid(?:ed|ing)?(?: on)?|storm(?:ed|ing)|target(?:ed|ing)|overran|overrunning|ambush(?:ed|ing)?(?: on)?"
    r"|struck|shell(?:ed|ing)|hit|fired (?:on|at)|against|captured|seized)\s+(?:(?:a|an|the|several|some|many|two|three)\s+)?"
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
        return parties.home if parties.home and named.count(best) < 2 else best
    if parties.countries:
        return parties.countries[0][1]
    return parties.country_of(lower[:2_000])


_BARE_HARM = frozenset(("wounded", "injured", "dead"))


def subject_party(
    phrase: str, head: str, offset: int, parties: Parties, claimant: str, inherited: str | None
) -> str | None:
    """The party of those counted; a bare count takes that of the figure before it."""
    lower = phrase.lower()
    if head in ("no", "none", "nobody", "one", "no-one"):
        return "people"
    if not head or (inherited and (head in _BARE_HARM or (head in ("others", "other") and "more" in lower))):
        return inherited or "people"
    if head in ("himself", "herself") or _OUTRIGHT_MILITANT.search(lower):
        return "militants"
    if _TALIBAN.search(lower):
        return "forces:AF" if parties.published is None or parties.published >= TAKEOVER else "militants"
    if head in w.CIVILIANS or (head not in w.FORCES and _FAMILY.search(lower)):
        return "civilians"
    if head in w.MILITANTS:
        if head.startswith("mujahid") and _is_state(parties):
            return "forces:AF"
        spoken_for = head in ("fighter", "fighters") and claimant == "state:AF" and _is_state(parties)
        return "forces:AF" if spoken_for else "militants"
    if head in w.FORCES or _FORCES.search(lower):
        return _forces(lower, offset, parties, claimant)
    if _OWN.search(lower) and head in ("men", "members", "losses") and (own := side_of(claimant)):
        return own
    if head in w.OBJECTS:
        return "objects"
    return (inherited or "people") if head in w.COUNTED else "people"


def side_of(claimant: str) -> str | None:
    """The party of those a side has lost: its forces, or its fighters; None for a claimant who is no side."""
    if claimant.startswith("state:"):
        return "forces:" + claimant.removeprefix("state:")
    return "militants" if claimant.startswith("group:") else None


def _is_state(parties: Parties) -> bool:
    return parties.published is None or parties.published >= TAKEOVER


def _forces(lower: str, offset: int, parties: Parties, claimant: str) -> str | None:
    """ "soldiers" without a country are those of the state that speaks, else of the place, else those named last."""
    code = parties.country_of(lower) or parties.country_attacked(offset) or parties.country_of_forces(lower, offset)
    if code is None and _OWN.search(lower):
        code = parties.last_country(parties.lower[max(0, offset - 150) : offset])
    if code is None and claimant.startswith("state:"):
        code = claimant.removeprefix("state:")
    code = code or parties.country_at(offset) or parties.forces or parties.default
    if code:
        parties.forces = code
        return f"forces:{code}"
    return None


# ---- claimants -------------------------------------------------------------------------------------------------------
_UN = re.compile(
    r"\b(?:un|u\.n\.|united nations|unama|unhcr|unicef|ocha|iom|international organi[sz]ation for migration)\b"
)
_NGO = re.compile(
    r"red cross|red crescent|\bmsf\b|doctors without borders|emergency\b(?! services)|charity|amnesty|human rights"
    r"|\bngo\b|institute\b|think[- ]tank|watchdog|observatory|monitoring (?:group|service)|tracker\b"
    r"|aid (?:group|agency|worker)|save the children|edhi|rights group|rawadari"
)
_MEDICAL = re.compile(
    r"hospital|doctor|\bdr\b|medic|health|surgeon|nurse|ambulance|rescue|clinic|paramedic|emergency services"
)
_GROUP = (
    (re.compile(r"\bttp\b|tehre?e?k[- ][ei][- ]taliban|pakistani taliban"), "group:TTP"),
    (re.compile(r"\bisk?p\b|islamic state|\bisil\b|daesh"), "group:ISKP"),
    (re.compile(r"\bbla\b|baloch liberation"), "group:BLA"),
    (re.compile(r"gul bahadur"), "group:Hafiz Gul Bahadur"),
    (re.compile(r"jamaat[- ]ul[- ]ahrar"), "group:Jamaat-ul-Ahrar"),
    (re.compile(r"ittehad[- ]ul[- ]mujahideen"), "group:Ittehad-ul-Mujahideen"),
    (re.compile(r"lashkar[- ]e[- ]islam"), "group:Lashkar-e-Islam"),
    (re.compile(r"baloch(?:istan)? liberation front|\bblf\b"), "group:BLF"),
    (re.compile(r"al-?\s?shabaab"), "group:Al-Shabaab"),
    (re.compile(r"hezbollah|hizbullah"), "group:Hezbollah"),
    (re.compile(r"boko haram"), "group:Boko Haram"),
    (re.compile(r"houthi|ansar allah"), "group:Houthi"),
    (re.compile(r"\brsf\b|rapid support forces"), "group:RSF"),
    (re.compile(r"\bm23\b"), "group:M23"),
    (re.compile(r"\beln\b"), "group:ELN"),
    (re.compile(r"\bfarc\b"), "group:FARC"),
    (re.compile(r"\bpkk\b"), "group:PKK"),
    (re.compile(r"\bypg\b"), "group:YPG"),
    (re.compile(r"\bsdf\b|syrian democratic forces"), "group:SDF"),
    (re.compile(r"\bhamas\b"), "group:Hamas"),
    (re.compile(r"arakan army"), "group:Arakan Army"),
    (
        re.compile(r"\bmilitants?\b|insurgents?|the group\b|armed group|jaish|lashkar|jamaat-ul|boko haram"),
        "group:armed group",
    ),
)
_LOCAL = re.compile(r"resident|witness|villager|local source|\blocals?\b(?! (?:police|official|taliban|author"
                    r"|commander|media))"
                    r"|(?:camp|community|tribal|village|church|religious) (?:head|leader|chief)|elder|tribal source"
                    r"|(?:village|union|tribal|community|town) council|village defen[cs]e"
                    r"|tribesm|famil|relative|survivor|neighbou?r|shopkeeper|business community|traders?\b"
                    r"|teacher|farmer|driver|labou?rer|student|widow|\bmother|\bfather|\bbrother|\bsister|cousin|uncle|shepherd"
                    r"|fisherm|boatm|refugee|migrant|\bowner|vendor|tailor|baker|passenger|\ba (?:man|woman) who\b")  # fmt: skip
_OFFICIAL = re.compile(
    r"army|military|polic|official|ministry|minister|government|spokes|authorit|security (?:source|force|agenc)"
    r"|commissioner"
    r"|governor|intelligence|commander|ispr|frontier corps|(?:air|defen[cs]e|police|border) force|prosecutor"
    r"|indictment|ombudsman|court|magistrate|navy|gendarmerie|president|mayor|media wing|general|colonel|state (?:tv"
    r"|television|media)"
    r"|\blevies\b|rescue 1122|state committee|national security|head of|director|administration|rulers\b|regime|inter-services|public relations|foreign office|troops|forces|councill?or"
    r"|consul|embassy|ambassador|court|parliament|superintendent"
    r"|\bislamabad\b|\bkabul\b|capital|the state|media chief|islamic emirate|mujahid|department"
)
_MEDIA = re.compile(
    r"tolo ?news|tolonews|\bdawn\b|reuters|associated press|\bap\b|\bafp\b|\bgeo\b|media|news|press\b|broadcaster"
    r"|television"
    r"|newspaper|\bradio\b|daily|times\b|tribune|journalist|\bbbc\b|\bvoa\b|azadi|ariana|\bamu\b|khaama|xinhua"
    r"|al jazeera"
    r"|outlet|kabulnow|nukta|hasht-e|etilaat|rukhshana|anadolu|\bdpa\b|\bary\b|\btv\b|channel|reports?\b|agency"
    r"|chronicle|correspondent|\bptv\b"
)
_QUOTING = re.compile(r"\b(?:citing|quoting|attributed to|cited)\b\s*")
_STATE_MEDIA = re.compile(
    r"state(?:-run)? (?:tv|television|media|broadcaster|radio)|radio pakistan|\bptv\b|bakhtar|\brta\b|national radio"
)


def claimant_party(source: str, offset: int, parties: Parties) -> str:
    """The party of those who say something, from the words that name them."""
    lower = source.lower()
    if lower in ("he", "she", "they"):  # someone the report has met and does not name
        return "local"
    quoted = _QUOTING.search(lower)
    if quoted and "cited by" not in lower:
        inner = claimant_party(source[quoted.end() :], offset, parties)
        if inner not in ("other", "media"):
            return inner
    party = _plain_party(lower, offset, parties)
    if party == "other" and lower.removeprefix("the ") in parties.governments:
        party = f"state:{parties.country_of(lower)}"
    if party == "other" and "sources" in lower and (code := parties.country_of(lower)):
        party = f"state:{code}"
    if party == "other" and (code := _government_of(lower, parties)):
        party = f"state:{code}"
    if party == "other" and _MISSION.search(lower):
        party = "un"
    if party in ("other", "group:armed group") and (found := _GROUP_NAME.search(source)):
        party = f"group:{found['name'] or found['before']}"
    if party == "other":
        party = next((parties.names[word] for word in source.split() if word in parties.names), "other")
    _remember(source, lower, party, parties)
    return party


_MISSION = re.compile(r"\b(?:un |u\.n\. |assistance |the |this )?mission\b(?!.*\b(?:in|of) (?:kabul|islamabad)\b)")
_A_SIDE = re.compile(
    r"(?:on \w+day )?(?:the )?(?P<who>[a-z-]+(?:['’]s)?)(?: (?:side|account|version|statement|claim))?"
)
_GROUP_NAME = re.compile(
    r"\b(?:[Oo]utfit|[Gg]roup|[Mm]ilitia|[Ff]action|[Oo]rgani[sz]ation|[Mm]ovement)\b,?\s+"
    r"(?:(?:calling itself|called|known as|named)\s+(?:the\s+)?)?(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3})"
    r"|\b(?P<before>(?!The\b)[A-Z][\w’'-]+(?: (?:[a-z]{2}-)?[A-Z][\w’'-]+){0,3}) (?:group|militia|faction|rebels|insurgents|militants)\b"
)
"""How a group that few know is brought in: "an outfit calling itself Ittehad-ul-Ansar", "the Jaish al-Adl group"."""


def _government_of(lower: str, parties: Parties) -> str | None:
    """The country meant by its own name or its capital's alone: "Niamey conceded", "the Armenian side"."""
    found = _A_SIDE.fullmatch(lower)
    if not found:
        return None
    who = found["who"].removesuffix("'s").removesuffix("’s")
    return parties.nations.get(who) or (parties.country_of(who) if who in ("islamabad", "kabul") else None)


_ANY_GROUP = re.compile("|".join(pattern.pattern for pattern, _ in _GROUP[:-1]))


_SIEVE = Sieve(
    {
        "un": gate_of(_UN.pattern),
        "group": gate_of(_ANY_GROUP.pattern),
        "medical": gate_of(_MEDICAL.pattern),
        "ngo": gate_of(_NGO.pattern),
        "state": gate_of(f"{_STATE_MEDIA.pattern}|{_OFFICIAL.pattern}|{_TALIBAN.pattern}"),
        "local": gate_of(_LOCAL.pattern),
        "militants": gate_of(_GROUP[-1][0].pattern),
        "media": gate_of(_MEDIA.pattern),
    }
)
_UN_BIT, _GROUP_BIT, _MEDICAL_BIT, _NGO_BIT, _STATE_BIT, _LOCAL_BIT, _MILITANTS_BIT, _MEDIA_BIT = map(
    _SIEVE.bit, ("un", "group", "medical", "ngo", "state", "local", "militants", "media")
)


def _plain_party(lower: str, offset: int, parties: Parties) -> str:
    bits = _SIEVE.sift(split_words(lower).words)
    if bits & _UN_BIT and _UN.search(lower):
        return "un"
    if bits & _GROUP_BIT and _ANY_GROUP.search(lower) and not _is_against(lower):
        return next(party for pattern, party in _GROUP if pattern.search(lower))
    if any(name in lower.split() for name in parties.groups) and not _is_against(lower):
        return "group:armed group"
    if bits & _MEDICAL_BIT and _MEDICAL.search(lower) and "ministry" not in lower:
        return "medical"
    if bits & _NGO_BIT and _NGO.search(lower):
        return "ngo"
    is_local = bool(bits & _LOCAL_BIT and _LOCAL.search(lower))
    if bits & _STATE_BIT and _is_state_source(lower, is_local=is_local):
        return _state(lower, offset, parties)
    if is_local:
        return "local"
    if bits & _MILITANTS_BIT and _GROUP[-1][0].search(lower):
        return _last_group(parties.lower[:offset]) or _GROUP[-1][1]
    if bits & _MEDIA_BIT and _MEDIA.search(lower):
        return "media"
    return "other"


def _is_state_source(lower: str, *, is_local: bool) -> bool:
    if _STATE_MEDIA.search(lower) or _TALIBAN.search(lower):
        return True
    return not is_local and _OFFICIAL.search(lower) is not None


def find_body(lower: str) -> str | None:
    """The party of the body of the United Nations or the aid group that some words name; None when they name none."""
    return "un" if _UN.search(lower) else "ngo" if _NGO.search(lower) else None


def find_group(words: str) -> str | None:
    """The armed group that opens some words ("The banned TTP owned up to the attacks, which it said ..."); None else."""
    found = _ANY_GROUP.search(words.lower())
    return found[0] if found and found.start() < _OPENING_REACH and not _OFFICIAL.search(words.lower()) else None


_OPENING_REACH = 30
"""Code points of a sentence in which its subject begins."""


def _last_group(lower: str) -> str | None:
    """The group named last, for "the group said"."""
    last = [(found.start(), party) for pattern, party in _GROUP[:-1] for found in pattern.finditer(lower[-2_000:])]
    return max(last)[1] if last else None


def _is_against(lower: str) -> bool:
    """ "counter-terrorism officials on the TTP": the group is the subject, not the source."""
    group, office = _ANY_GROUP.search(lower), _OFFICIAL.search(lower)
    if group is None or office is None or group.start() <= office.start() < group.end():
        return False
    return "spokes" not in lower and "commander" not in lower


_NEARBY = re.compile(
    r"\b(?:local|district|provincial|police|governor|county|village|municipal|regional|tribal|city|town)\b"
)


_CIVIL = re.compile(
    r"\b(?:ministry|minister|civil defen[cs]e|rescue services?|disaster management|government spokes\w+)\b"
)
"""Offices of the country a report comes from, where it names no other."""


def _state(lower: str, offset: int, parties: Parties) -> str:
    if _TALIBAN.search(lower) and "pakistani taliban" not in lower:
        return "state:AF" if _is_state(parties) else "group:Taliban"
    code = parties.country_of(lower)
    if code is None:
        known = [parties.heads[word] for word in lower.split() if word in parties.heads]
        if known:
            return known[0]
        here = (parties.country_at(offset, reach=80) or parties.country_at(offset)) if _NEARBY.search(lower) else None
        home = parties.home if _CIVIL.search(lower) else None
        code = here or home or parties.default or parties.country_at(offset)
    return f"state:{code}" if code else "other"


_COMMON_NAMES = word_set(
    "The Officials Police Pakistan Pakistani Afghan Afghanistan Taliban Kabul Islamabad Ministry Defence Foreign Army "
    "Military Security General Sources Interior Minister Border Khan Federal United Nations Islamic Two Three One "
    "Another "
    "Other Some Both Local Its His Their Spokesman Both District Province Residents Khyber Emirate"
)
_HEAD_WORDS = word_set("ministry army military spokesman spokesperson police officials official commissioner ispr")


def _remember(source: str, lower: str, party: str, parties: Parties) -> None:
    """Keep who a name and an office stand for, so that the name alone is understood later."""
    if party in ("other", "author", "media"):
        return
    for word in re.findall(r"\b[A-Z][a-z]{2,}\b", source):
        if word not in _COMMON_NAMES:
            parties.names.setdefault(word, party)
    if party.startswith("state:"):
        for word in _HEAD_WORDS.intersection(lower.split()):
            parties.heads[word] = party
