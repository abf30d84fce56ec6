"""Which place names of a sentence say where something happened, how exactly, and which only pass by.

A dateline, a place where someone spoke or was treated, a place that fire came from or that a road leads to is no event
place; of "Spin Boldak district of Kandahar" only the finest is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from geo.borders import Border, measure_km
from geo.extraction.entries import find_datelines
from geo.gazetteer import Gazetteer
from geo.model import IncidentPlace, Place, Precision, Resolution
from geo.text import Document
from geo.tokens import Sieve

Use = Literal["event", "origin", "weak", "venue", "aside", "dateline"]
"""``weak``: where someone spoke; the event's place only when no other is named. ``venue``: where talks were held."""
Relation = Literal["same", "holds", "within", "near", "apart"]

NEAR_RADIUS_KM = 10.0
"""Radius of "near" where the report gives none (machine interface, "near with radius")."""
NEIGHBOURS_KM = 15.0
"""Points closer than this belong to one fight: twin towns on both sides of a crossing are 5 to 12 km apart."""
_NEIGHBOURS_DEGREES = NEIGHBOURS_KM / 110.0
"""No less latitude than neighbours can differ by: a degree of it is 110.57 km or more."""
DISTRICT_REACH_KM = 40.0
"""A settlement this close to a district's point, in the same province, is taken to lie in the district."""

_RANK = {"country": 0, "adm1": 1, "line": 1, "adm2": 2, "area": 3, "settlement": 4, "crossing": 4, "poi": 4}
"""How fine a kind of place is."""
UNITS = ("adm1", "adm2", "area")
"""Kinds finer than a country in which other places lie."""


@dataclass(slots=True)
class Spot:
    """A place name where it stands, and what it is to the event."""

    index: int
    """Index of the toponym in the reading."""
    place: Place
    start: int
    end: int
    use: Use = "event"
    near_km: float | None = None
    """Radius when the words say near, outside or so many kilometres from; None when the event is at the place."""
    vague: bool = False
    """True when the words name the district of a town that alone is known by the name."""
    listed: bool = False
    """True when it stands in a list of places with the one before it."""


# ---- what stands around a name ---------------------------------------------------------------------------------------
_OFFICE = (
    r"(?:ministry|minister|police|officials?|spokes\w+|governor|hospitals?|commissioner|authorit\w+|governments?"
    r"|embassy|office|residents?|villagers?|witnesses|locals|traders|elders|sources?|nurses?|administration|chief|rulers"
    r"|department|doctors?|mission|delegation|consulate|reporters?|correspondent|journalists?|editing|reporting|bureau"
    r"|leadership|heads?|directors?|regime|council|agency|rulers|head of information|diplomats?)"
)
_POSTS = (
    r"(?:post|station|camp|check|convoy|base|barracks|training|academy|headquarters"
    r"|vehicle|patrol|van|truck|bus|line|team|officer)"
)
_SPOKE = re.compile(
    rf"\b{_OFFICE}\b(?:\s+(?!{_POSTS}|was|were|killed|wounded|died|protest|march|rall|clash)\w+)?\s+(?:in|of|at|for|from)\s+"
    r"(?:the\s+)?(?:[\w-]+\s+){0,3}\Z",
)
_HARMED = re.compile(r"\b(?:kill|wound|injur|hurt|shot|shoot|hit|abduct|kidnap|seiz|maim)\w*\s+(?:[\w-]+\s+){0,3}\Z")
_SPEAKS = re.compile(rf"(?:'s|’s)?\s+(?:\w+\s+)?{_OFFICE}\b")
_PASSING = re.compile(
    r"""\b(?:fled|flee|moved|moving|flown|airlifted|taken|shifted|rushed|evacuated|transferred|transported|referred|return\w*
          |travel\w*|heading|bound|went|en\ route|on\ (?:the|its|their)\ way|displaced|driving|going|flight)\b
          (?:\s+[\w-]+){0,5}?\s+(?:to|from|for|toward|towards)\s+(?:the\s+|a\s+)?(?:[\w-]+\s+){0,2}\Z
      |\b(?:died|dying|succumbed)\b[^.;]{0,40}\b(?:wounds|injuries)\b[^.;]{0,30}\b(?:in|at)\s+(?:a\s+hospital\s+in\s+)?\Z
      |\b(?:treated|admitted|hospitali[sz]ed|statement\ issued|issued|speaking|told\ reporters)\b
          (?:\s+[\w-]+){0,4}?\s+(?:in|at)\s+(?:the\s+)?\Z
      |\b(?:link\w*|connect\w*|border(?:s|ing)|adjoin\w*|next\ to|leads?\s+(?:in)?to|neighbou?rs|road\ (?:to|from)
          |highway\ (?:to|from)|route\ to|capital\ of|native\ of|hail\w*\ from|resident\ of|relations\ with|ties\ with
          |pressure\ on|gathered|(?:closed|shut|way|road)\ (?:\w+\ )?between|live\ in|lived\ in|refugees\ (?:in|from)
          |training\ in|trained\ in|parts\ of)\b
          (?:\s+(?:[\w-]+\s+){0,3}(?:of|with|in|and|provinces?|districts?))?\s+(?:the\s+)?(?:[\w-]+\s+){0,2}\Z
""",
    re.VERBOSE,
)
_VENUE = re.compile(
    r"""\b(?:talks?|meetings?|met|negotiat\w+|summit|round|agreement|agreed|reached|signed|mediated|dialogue|conference|truce
          |ceasefire|brokered|hosted|delegations?|sat\ down|negotiators|envoys)\b
          (?:\s+[\w-]+){0,5}\s+(?:in|at)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}\Z""",
    re.VERBOSE,
)
_ROAD = re.compile(r"(?:[-–—/][A-Z][\w-]+)?\s+(?:main\s+|link\s+)?(?:road|highway|motorway|expressway|route)\b")
_VENUE_AFTER = re.compile(
    r"\s+(?:talks|round|meeting|agreement|truce|ceasefire|negotiations|process|summit)\b",
)
_VENUE_ARABIC = re.compile(
    r"(?:\s+\S+){0,4}?\s*"
    r"(?:مذاکر|خبرو|خبرې|گفتگو|گفت‌وگو|نشست|دور|بات چیت|جنگ بندی|آتش‌بس|توافق|معاہد)"
)
_FROM = re.compile(
    r"""\b(?:from(?:\s+(?:inside|within|across|neighbou?ring|the\s+direction\s+of))?|based\s+in|sanctuar\w+\s+in|havens?\s+in
          |hideouts?\s+across|planned\s+in|soil\s+of|territory\s+of)\s+(?:the\s+|neighbou?ring\s+|eastern\s+|southern\s+
          |nearby\s+)*\Z""",
    re.VERBOSE,
)
_IN_A_NAME = re.compile(
    r"\b(?:State|Party|Front|Army|Movement|Peoples?|Organi[sz]ation|Council|Union|Government|Emirate"
    r"|Church|University|Bank|Forces|Brigades?|Division|Liberation|Republic|Committee|Province)\s+"
    r"(?:\([^)]{1,40}\)\s+)?(?:of|for|in)\s+(?:the\s+)?"
    r"(?:[A-Z]\w+\s+and\s+(?:the\s+)?)?\Z"
)
_DISTANCE = re.compile(
    r"(?P<number>\d+(?:\.\d+)?)\s*-?(?P<unit>km|kilomet\w+|miles?)\b"
    r"(?:\s+\(?[\w()-]+\)?){0,3}?\s+(?:of|from|outside|to)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}\Z",
)
_NEAR = re.compile(
    r"\b(?:near|outside|close\s+to|around|on\s+the\s+outskirts\s+of|outskirts\s+of|adjacent\s+to"
    r"|in\s+the\s+vicinity\s+of|nearby)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}\Z",
)
_DESCRIBED = re.compile(
    r"\s*,?\s*(?:which\s+)?(?:is|lies|lie|sits|adjoins|borders|stands|links|connects|faces)\b"
    r"(?!\s+(?:under|being|shut|closed|open))",
)
_BEHIND_OFFICE = re.compile(
    r"(?<!\w)(?:سخنگو\w*|وزارت|مقام\S*|والی|پولیس|رئیس|ترجمان|حکام"
    r"|چارواک\w*|ویاند|وزیر|رسنیو|حکومت|پلاوي|باشندگان)\s+(?:\S+\s+){0,2}\Z"
)
_BEHIND_FROM = re.compile(r"(?:از|له|روبه‌روی)\s+(?:خاک\s+|جانب\s+|سوی\s+)?\Z")
_FROM_BEHIND = re.compile(r"\s+(?:سے|څخه|نه)(?!\w)")
_BORDERS = re.compile(r"(?:کی سرحد|سے متصل|سے ملتی|هم‌سرحد|هم سرحد|سره ګډه|موقعیت دارد|قرار دارد)")
_LOOK = 70

_SIEVE = Sieve(
    {
        "name": r"""(?x)^(?:state|party|front|army|movement|people|organi[sz]ation|council|union|government|emirate
            |church|university|bank|forces|brigade|division|liberation|republic|committee|province)""",
        "office": rf"^{_OFFICE}$",
        "venue": r"""(?x)^(?:talk|meeting|met$|negotiat|summit|round$|agreement|agreed|reached|signed|mediated|dialogue
            |conference|truce|ceasefire|brokered|hosted|delegation|sat$|negotiators|envoys)""",
        "passing": r"""(?x)^(?:fled|flee|moved|moving|flown|airlifted|taken|shifted|rushed|evacuated|transferred
            |transported|referred|return|travel|heading|bound|went|en$|way$|flight|displaced|driving|going|died|dying|succumbed|treated|admitted
            |hospitali|issued|speaking|told$|link|connect|border|adjoin|next$|leads?$|neighbou?rs|road$|highway|route$
            |capital|native|hail|resident|relations|ties$|pressure|gathered|closed|shut$|lived?$|refugees|train|parts$)""",
        "from": r"^(?:from$|based|sanctuar|havens?$|hideouts?$|planned|soil|territory)",
        "distance": r"km$|kilomet|miles?$",
        "near": r"^(?:near|outside|close|around|outskirts|adjacent|vicinity|nearby)$",
    }
)
"""The words before a place without which its patterns have nothing to find."""
_NAME_BIT, _OFFICE_BIT, _VENUE_BIT, _PASSING_BIT, _FROM_BIT, _DISTANCE_BIT, _NEAR_BIT = map(
    _SIEVE.bit, ("name", "office", "venue", "passing", "from", "distance", "near")
)


def read_spots(document: Document, resolutions: Sequence[Resolution], gazetteer: Gazetteer) -> list[Spot]:
    """The places named in a text in reading order, demonyms and governments left out.

    "The Afghan capital" and "Pakistan's capital" name the capital, though no name of it stands there.
    """
    spots: list[Spot] = []
    last: Spot | None = None
    last_end = 0
    datelines = find_datelines(document)
    for index, found in enumerate(resolutions):
        toponym, place = found.toponym, found.place
        if place is None:
            continue
        capital = _capital_meant(document, toponym.span.end, place, gazetteer)
        if capital is None and toponym.role in ("demonym", "metonym"):
            continue
        spot = Spot(index, capital or place, toponym.span.start, toponym.span.end)
        spot.vague = toponym.feature == "district" and spot.place.kind == "settlement"
        spot.listed = last is not None and _is_listed(document.text[last_end : spot.start], last, spot)
        _judge(document, spot, datelines)
        if last is not None and spot.listed:
            _follow(last, spot)
        spots.append(spot)
        last_end = spot.end
        if last is None or not holds(spot.place, last.place):  # "Warrap state in South Sudan and in Abyei"
            last = spot
    _unlist_chains(document.text, spots)
    return spots


_CAPITAL = re.compile(
    r"(?:['’]s)?\s+capital\b(?!\s+(?:city\s+)?(?:of|market|police))"
    r"|\s+(?:کے\s+)?دارالحکومت(?!\s+\S*ی)|\s*پایتخت"
)


def _capital_meant(document: Document, end: int, place: Place, gazetteer: Gazetteer) -> Place | None:
    if place.kind != "country" or place.country is None or not _CAPITAL.match(document.text, end):
        return None
    after = document.text[end : end + 40]
    return None if re.search(r"capital,? [A-Z]", after) else gazetteer.capital(place.country)


def _unlist_chains(text: str, spots: Sequence[Spot]) -> None:
    """A list ends with "and" or "or"; names with commas alone are a chain of units ("Concepcion, Aroroy, Masbate")."""
    first = 0
    for number in range(1, len(spots) + 1):
        if number < len(spots) and spots[number].listed:
            continue
        gaps = [text[a.end : b.start] for a, b in zip(spots[first:], spots[first + 1 : number], strict=False)]
        kinds = {spot.place.kind for spot in spots[first:number]}
        if gaps and not any(_JOINS.search(gap) for gap in gaps) and (len(gaps) < 2 or kinds != {"adm1"}):
            for spot in spots[first + 1 : number]:
                spot.listed = False
        first = number


_ARMY_IN = re.compile(r"\b(?:army|military|government|rulers|ministry|command|authorities)\s+in\s+\Z")
"""Who has its seat in a place; what happened to it happened elsewhere."""
_AREA = re.compile(r"(?:\s+\w+)?\s+areas?\b")


def _judge(document: Document, spot: Spot, datelines: Sequence[tuple[int, int]]) -> None:
    """Set what a place is to the event from the words around it."""
    text, start, end = document.text, spot.start, spot.end
    if any(first <= start < last for first, last in datelines):
        spot.use = "dateline"
        return
    sentence = document.sentences[max(document.sentence_at(start), 0)]
    first, last = max(sentence.start, start - _LOOK), min(sentence.end, end + _LOOK)
    before, after = text[first:start], text[end:last]
    if document.language in ("ur", "ps", "fa"):
        _judge_arabic(spot, before, after)
        return
    number, stop = document.words.between(first, start)
    bits = _SIEVE.sift(document.words.words[max(number - 1, 0) : stop])  # the first may have begun a little before
    around = _Around(before, after, document.lower[first:start], document.lower[end:last])
    _judge_latin(spot, around, bits)


class _Around(NamedTuple):
    """What stands before a place and after it, as written and in small letters."""

    before: str
    after: str
    small_before: str
    small_after: str


def _judge_latin(spot: Spot, around: _Around, bits: int) -> None:
    """Set what a place is from English words; ``bits`` are those of the sieve for the words before it."""
    written_before, written_after, before, after = around
    distance = _DISTANCE.search(before) if bits & _DISTANCE_BIT else None
    if bits & _NAME_BIT and _IN_A_NAME.search(written_before):
        spot.use = "aside"
    elif (
        (bits & _OFFICE_BIT and _has_seat(before))
        or _SPEAKS.match(after)
        or _is_seat(written_before)
        or _ROAD.match(written_after)
    ):
        spot.use = "weak"
    elif (bits & _VENUE_BIT and _VENUE.search(before)) or _VENUE_AFTER.match(after):
        spot.use = "venue"
    elif (bits & _PASSING_BIT and _PASSING.search(before)) or (before == "" and _DESCRIBED.match(after)):
        spot.use = "aside"
    elif bits & _FROM_BIT and not distance and _FROM.search(before):
        spot.use = "origin"
    elif distance:
        _set_distance(spot, distance, before)
    elif (bits & _NEAR_BIT and _NEAR.search(before)) or (
        spot.place.kind == "settlement" and _AREA.match(written_after)
    ):
        spot.near_km = NEAR_RADIUS_KM


def _is_seat(before: str) -> bool:
    """Whether what stands before a place has its seat there; the last word tells of most that it has not."""
    return before.rstrip().endswith("in") and _ARMY_IN.search(before) is not None


def _has_seat(before: str) -> bool:
    """Whether those named before a place speak there, or live there; those harmed there were harmed there."""
    spoke = _SPOKE.search(before)
    return spoke is not None and not _HARMED.search(before, 0, spoke.start())


def _set_distance(spot: Spot, distance: re.Match[str], before: str) -> None:
    """ "15 km from Khost": near, within the distance said; a town hundreds of kilometres off is only a bearing."""
    km = float(distance["number"]) * (1.609 if distance["unit"].startswith("mile") else 1.0)
    described = re.search(r"\b(?:is|lies|about|some)\s+(?:about\s+|some\s+)?\Z", before[: distance.start()])
    if km > 60 or described:
        spot.use = "aside"
    else:
        spot.near_km = round(km, 1)


_OFFICE_AFTER = re.compile(
    r"\s+(?:(?:د|کے|کی|کا)\s+)?(?:(?:کې|کښې)\s+)?(?:\S+\s+)?"
    r"(?:روغتون|هسپتال|ہسپتال|اسپتال|شفاخان|ډاکټر|ڈاکٹر|چارواک|ویاند|ترجمان|والي|سرچین|ذرائع|حکام|ریاست|وزارت)"
)
_TAKEN_TO = re.compile(
    r"\s+(?:کے\s+\S+\s+)?(?:منتقل|لے\s+جا|پہنچا|ولېږدول|لېږدول|انتقال)|\s+ته\s+(?:\S+\s+)?(?:وړل|ورسول|لېږدول|ولېږدول|انتقال)"
)


def _judge_arabic(spot: Spot, before: str, after: str) -> None:
    if _BORDERS.search(after) or _TAKEN_TO.match(after):
        spot.use = "aside"
    elif _OFFICE_AFTER.match(after):
        spot.use = "weak"
    elif spot.place.kind in ("settlement", "country") and _VENUE_ARABIC.match(after):
        spot.use = "venue"
    elif _BEHIND_OFFICE.search(before):
        spot.use = "weak"
    elif _BEHIND_FROM.search(before) or _FROM_BEHIND.match(after):
        spot.use = "origin"


_LIST_GAP = re.compile(
    r"(?:\s*(?:,|،|;|/|&|\band\b|\bor\b|\bas well as\b|\bnor\b|او|اور|و)\s*)+"
    r"(?:(?:in|at|near|into|on|from)\s+)?"
    r"(?:the\s+|parts\s+of\s+|both\s+|neighbou?ring\s+|nearby\s+|disputed\s+|\w+ern\s+|towns?\s+of\s+"
    r"|(?:[A-Z]\w+\s+)?(?:provinces?|villages?|districts?|regions?|states?|areas?|parts)\s+of\s+"
    r"|(?:Afghanistan|Pakistan)['’]s\s+|as\s+far\s+as\s+)*\Z"
)
_JOINS = re.compile(r"\b(?:and|or|nor|as well as)\b|[&/;]|(?<!\S)(?:او|اور|و|یا)(?!\S)|، *و")
_FEATURE_GAP = re.compile(
    r"\s*(?:provinces?|districts?|cities|city|towns?|villages?|tehsils?|agenc(?:y|ies)|areas?)\b",
    re.IGNORECASE,
)


def _is_listed(gap: str, left: Spot, right: Spot) -> bool:
    """Whether two neighbours stand in one list: "Khost, Kunar and Paktika"."""
    if len(gap) > 48:
        return False
    feature = _FEATURE_GAP.match(gap)
    return bool(_LIST_GAP.match(gap[feature.end() :] if feature else gap)) and not holds(right.place, left.place)


def _follow(left: Spot, right: Spot) -> None:
    """What the words before a list say counts for every member of it."""
    if right.use == "event" and left.use in ("aside", "weak", "venue"):
        right.use = left.use
    elif left.use == "origin" and right.use == "event":
        # "launched from Helmand, Kandahar and Zabul": a front, not one battery
        left.use = right.use = "event"


# ---- how places lie to each other ------------------------------------------------------------------------------------
def rank_of(place: Place) -> int:
    """How fine a place is: 0 a country, 4 a settlement."""
    return _RANK[place.kind]


def holds(outer: Place, inner: Place) -> bool:
    """Whether one place is a unit that the other lies in."""
    if _RANK[outer.kind] >= _RANK[inner.kind] or outer.id == inner.id:
        return False
    if outer.kind == "country":
        return inner.country == outer.country or inner.kind == "line"
    if outer.kind == "line":
        return False
    if outer.adm1 is None or outer.adm1 != inner.adm1:
        return False
    if outer.kind == "adm1":
        return True
    return _distance_km(outer, inner) <= DISTRICT_REACH_KM


def relate(left: Place, right: Place) -> Relation:
    """How one place lies to another."""
    if left.id == right.id or (left.name == right.name and left.adm1 == right.adm1 and left.country == right.country):
        return "same"
    if holds(left, right):
        return "holds"
    if holds(right, left):
        return "within"
    fine = _RANK[left.kind] >= 2 and _RANK[right.kind] >= 2
    return "near" if fine and _are_neighbours(left, right) else "apart"


def _are_neighbours(left: Place, right: Place) -> bool:
    """Whether two points belong to one fight; most are told apart by their latitudes alone."""
    if left.lat is None or right.lat is None or abs(left.lat - right.lat) > _NEIGHBOURS_DEGREES:
        return False
    return _distance_km(left, right) <= NEIGHBOURS_KM


def _distance_km(left: Place, right: Place) -> float:
    if left.lat is None or left.lon is None or right.lat is None or right.lon is None:
        return float("inf")
    return measure_km(left.lat, left.lon, right.lat, right.lon)


def keep_finest(spots: Sequence[Spot]) -> list[Spot]:
    """The places without those that only contain another of them, each once, in reading order."""
    if len(spots) < 2:
        return list(spots)
    kept: dict[str, Spot] = {}
    inner = _group_by_unit({spot.place.id: spot.place for spot in spots}.values())
    for spot in spots:
        if not any(holds(spot.place, other) for other in _within_reach(spot.place, inner)):
            known = kept.setdefault(spot.place.id, spot)
            if known is not spot and known.near_km is not None and spot.near_km is None:
                known.near_km = None
    return list(kept.values())


_Groups = dict[str | None, list[Place]]


def _group_by_unit(places: Iterable[Place]) -> tuple[_Groups, _Groups]:
    """Places by country and by first-level unit, so that a long list need not be compared with all of itself."""
    countries: _Groups = {}
    units: _Groups = {}
    for place in places:
        countries.setdefault(None if place.kind == "line" else place.country, []).append(place)
        units.setdefault(place.adm1, []).append(place)
    return countries, units


def _within_reach(outer: Place, inner: tuple[_Groups, _Groups]) -> Iterator[Place]:
    """Those of the places that another may hold: a country holds its own and lines, another unit those of its unit."""
    countries, units = inner
    if outer.kind == "country":
        yield from countries.get(None, ())
        yield from countries.get(outer.country, ())
    else:
        yield from units.get(outer.adm1, ())


# ---- as the record says it -------------------------------------------------------------------------------------------
_PRECISION: dict[str, Precision] = {
    "country": "country", "adm1": "adm1", "adm2": "adm2", "line": "line", "area": "near",
}  # fmt: skip

_ON_THE_MAP = ("settlement", "crossing", "poi", "adm2")
"""Kinds whose point says where along the line they lie."""


def as_incident_place(spot: Spot, border: Border | None, stretch: tuple[float, float] | None = None) -> IncidentPlace:
    """The place of an incident, no more exact than its words; ``stretch`` is the part of the line meant, in km."""
    place = spot.place
    precision: Precision = "adm2" if spot.vague else _PRECISION.get(place.kind, "exact")
    if precision == "exact" and spot.near_km is not None:
        precision = "near"
    start, end = stretch or (None, None)
    if precision == "line" and start is None and border is not None:
        start, end = border.km[0], border.km[-1]
    return IncidentPlace(
        place=place,
        adm1=place.adm1,
        role="origin" if spot.use == "origin" else "event",
        precision=precision,
        radius_km=_radius_km(spot) if precision == "near" else None,
        border_km_start=start if precision == "line" else None,
        border_km_end=end if precision == "line" else None,
        toponym=spot.index,
    )


def _radius_km(spot: Spot) -> float:
    return spot.near_km or max(spot.place.uncertainty_km or 0.0, NEAR_RADIUS_KM)


def stretch_of(spots: Sequence[Spot], border: Border | None) -> tuple[float, float] | None:
    """The stretch of the line that the places named with it span, in km; None when they name none."""
    if border is None:
        return None
    marks: list[float] = []
    for spot in spots:
        place = spot.place
        if place.kind == "adm1" and place.adm1:
            marks.extend(border.stretch_of(place.adm1) or ())
        elif place.kind in _ON_THE_MAP and place.lat is not None and place.lon is not None:
            marks.append(border.locate(place.lat, place.lon).km)
    return (min(marks), max(marks)) if len(marks) > 1 else None
