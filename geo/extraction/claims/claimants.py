"""Which party those who say something belong to, from the words that name them."""

from __future__ import annotations

import re

from geo.extraction.claims.parties import TALIBAN, Parties
from geo.tokens import Sieve, gate_of, split_words, word_set

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
                    r"|fisherm|boatm|refugee|migrant|\bowner|vendor|tailor|baker|passenger|\ba (?:man"
                    r"|woman) who\b")  # fmt: skip
_OFFICIAL = re.compile(
    r"army|military|polic|official|ministry|minister|government|spokes|authorit|security (?:source|force|agenc)"
    r"|commissioner"
    r"|governor|intelligence|commander|ispr|frontier corps|(?:air|defen[cs]e|police|border) force|prosecutor"
    r"|indictment|ombudsman|court|magistrate|navy|gendarmerie|president|mayor|media wing|general|colonel|state (?:tv"
    r"|television|media)"
    r"|\blevies\b|rescue 1122|(?:border|security|customs|migration|intelligence|penitentiary) (?:service|agency"
    r"|guard)|the service\b|civil defen[cs]e"
    r"|coast ?guard|park management|\bofficer|state committee|national security|head of|director|administration"
    r"|rulers\b|regime|inter-services|public relations|foreign office|troops|forces|councill?or"
    r"|consul|embassy|ambassador|court|parliament|superintendent"
    r"|\bislamabad\b|\bkabul\b|capital|the state|media chief|islamic emirate|mujahid|department|municipality"
    r"|(?:information|press|media|deputy|district) office\b"
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
    r"|\b(?P<before>(?!The\b)[A-Z][\w’'-]+(?: (?:[a-z]{2}-)?[A-Z][\w’'-]+){0,3}) (?:group|militia|faction|rebels"
    r"|insurgents|militants)\b"
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
        "state": gate_of(f"{_STATE_MEDIA.pattern}|{_OFFICIAL.pattern}|{TALIBAN.pattern}"),
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
    if _STATE_MEDIA.search(lower) or TALIBAN.search(lower):
        return True
    return not is_local and _OFFICIAL.search(lower) is not None


def find_body(lower: str) -> str | None:
    """The party of the body of the United Nations or the aid group that some words name; None when they name none."""
    return "un" if _UN.search(lower) else "ngo" if _NGO.search(lower) else None


def find_group(words: str) -> str | None:
    """The armed group that opens some words ("The banned TTP owned up to it, and said ..."); None else."""
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
    if TALIBAN.search(lower) and "pakistani taliban" not in lower:
        return "state:AF" if parties.taliban_rule else "group:Taliban"
    code = parties.country_of(lower)
    if code is None:
        known = [parties.heads[word] for word in lower.split() if word in parties.heads]
        if known:
            return known[0]
        here = (parties.country_at(offset, reach=80) or parties.country_at(offset)) if _NEARBY.search(lower) else None
        home = parties.home if _CIVIL.search(lower) or lower.endswith(" here") else None
        if lower in _BARE_OFFICES and parties.home:
            home = parties.home
        code = here or home or parties.default or parties.country_at(offset)
    return f"state:{code}" if code else "other"


_BARE_OFFICES = frozenset(("officials", "an official", "the official", "authorities", "the authorities"))
_COMMON_NAMES = word_set(
    "The Officials Police Pakistan Pakistani Afghan Afghanistan Taliban Kabul Islamabad Ministry Defence Foreign Army "
    "Military Security General Sources Interior Minister Border Khan Federal United Nations Islamic Two Three One "
    "Another "
    "Other Some Both Local Its His Their Spokesman Both District Province Residents Khyber Emirate"
)
_HEAD_WORDS = word_set(
    "ministry army military spokesman spokesperson police officials official commissioner ispr department office"
)


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
