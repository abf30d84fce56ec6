"""What a sentence reports: the words of events in it, cut where an earlier event begins, and what they amount to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from geo.extraction.lexicon import AT_A_BORDER, PRECISE, RULES_OF, SUB_EVENT_TYPE_OF, VIOLENT, Kind, Rule
from geo.taxonomy import EVENT_TYPE_OF
from geo.text import Document, Sentence
from geo.tokens import Sieve

_LOOK_BACK = 48


class Cue(NamedTuple):
    """A phrase that speaks of an event."""

    kind: Kind
    weight: float
    start: int
    end: int


@dataclass(slots=True)
class Segment:
    """A sentence, or the part of it that speaks of one event."""

    sentence: int
    """Index of the sentence."""
    start: int
    end: int
    cues: list[Cue] = field(default_factory=list)
    recalled: bool = False
    """True when the words put it before another event ("a day after militants attacked the college")."""
    days_before: int | None = None
    """How many days before that other event; None when unsaid."""
    leaning: int | None = None
    """Start of the segment it is put before; None when it stands alone."""
    denied: bool = False
    """True when the sentence says that it did not happen, or only might."""
    dateless: bool = False
    """True when the dates in it are those of the event it is put before ("on Wednesday, against the attack, ...")."""
    introduced: bool = False
    """True when its first words bring up something not told yet ("in a clash at")."""
    known: bool = False
    """True when it only takes up what was told ("the fighting broke out at dawn")."""

    @property
    def kinds(self) -> dict[Kind, float]:
        """Weight of each kind of event spoken of; the first word of a kind counts in full, others a little."""
        weights: dict[Kind, float] = {}
        for cue in self.cues:
            known = weights.get(cue.kind)
            weights[cue.kind] = cue.weight if known is None else max(known, cue.weight) + 0.2
        return weights


# ---- what is no event ------------------------------------------------------------------------------------------------
_NOT_SO = re.compile(
    r"""\b(?:no|not|never|without|den(?:y|ies|ied|ying)|any|if|unless|whether
          |could|would|will|may(?!,|\ \d)|might|should|must|cannot
          |threat(?:en\w*|s)?(?:\ (?:of|to))?|vow\w*|warn\w*|plan(?:s|ned|ning)?\ (?:to|for)|prevent\w*|fear\w*(?:\ of)?
          |risk\ of|possib\w+|potential|future|intend\w*\ to|want\w*\ to|ready\ (?:to|for)|prepar\w*\ (?:to|for)
          |expect\w*|avoid\w*|stop(?:ping)?|end(?:ing)?\ (?:to|of)?|halt(?:ing)?|anti|counter|dismiss\w*|reject\w*
          |wasn't|didn't|aimed\ at|used\ (?:for|in|to)|involved\ in|accus\w+\ of\ (?:planning|plotting)|allow\w*
          |(?:want|ask|urg|demand|hop|expect|due|set|schedul)\w*\ (?:\w+\ ){0,2}?to
          |in\ case\ of|rather\ than|wanted\ (?:for|in)
          |history\ of|wave\ of|surge\ in|rise\ in|increase\ in|spike\ in|series\ of\ past|number\ of|immun\w+)
        \W+(?:(?!attack|strike)\w+\W+){0,2}\Z""",
    re.VERBOSE,
)
_NAMED = re.compile(
    r"\b(?:heart|panic|asthma|terms\ of|labou?r|hunger|general|lightning|photo|court|criminal|cricket"
    r"|scare|price|supply|legal|verbal|war of words|media|press|cyber|personal)\W+\Z"
)
_NO_NEWS = re.compile(
    r"""\b(?:cricket|wicket\w*|innings|goalkeeper|midfielder|tournament|championship|quarter-?final|semi-?final
          |box\ office)\b
      |\b(?:road|traffic|car|bus|train|mining|helicopter|plane|vehicle)\ (?:accident|crash|collision)
      |\bin\ an\ accident\b
      |\b(?:collided|overturned|skidded|derailed|earthquake|avalanche|landslide|floods?|flooding|monsoon|stampede)\b
      |\bgas\ (?:cylinder|leak|explosion|tank)|\bshort\ circuit|\bboiler\b|\broof\ (?:collapse|caved)|\bcoal\ mine\b
      |\b(?:attacks|violence|incidents|killings|casualties|militancy|bombings|clashes)\ (?:has|have)\ (?:\w+\ )?
       (?:risen|increased|surged|soared|spiked|fallen|decreased|declined|dropped
          |intensified|escalated|spiralled|grown|become)
      |\b(?:rise|increase|surge|spike|uptick|decline|drop|fall|upsurge|resurgence)\ in\ (?:\w+\ )?
       (?:attacks|violence|incidents|killings|casualties|militancy|terror\w*|militant\ attacks|clashes|bombings)
      |\bso\ far\ this\ year|\bsince\ the\ (?:start|beginning)\ of\ (?:the|this)\ year|\bin\ the\ first\ \w+\ months\ of
      |\bhas\ (?:seen|witnessed|experienced|faced)\ (?:an?\ )?(?:\w+\ )?
       (?:surge|rise|increase|wave|spate|string|series|spike|number)
      |\b(?:film|movie|novel|drama|museum|video\ game)\b""",
    re.VERBOSE,
)
_ONE_OF = re.compile(
    r"\bone\ of\ (?:at\ least\ |about\ |some\ )?[\w-]+\ (?:[\w-]+\ ){0,2}"
    r"(?:attacks|incidents|bombings|assaults|blasts|explosions|raids|strikes"
    r"|clashes|killings|abductions|operations)\b"
)
"""A sentence that only counts the event among others."""
_INDEFINITE = re.compile(r"\b(?:an?|another|two|three|several)\s+(?:[\w-]+\s+)?\Z")
_DEFINITE = re.compile(r"\b(?:the|this|that|his|her|their|its|those|these)\s+(?:[\w-]+\s+)?\Z")
_AMONG_DEAD = re.compile(r"\b(?:of them|of whom|among them|including)\s+(?:\w+\s+)?\Z")
_OTHER_SHUT = re.compile(
    r"\b(?:trains?|rail\w*|flights?|schools?|shops?|markets?|internet|mobile|colleges?|universit\w+|clinics?|hospitals?|offices?|airports?)"
    r"(?:\s+(?:service|services|signals|network|stations?))?\s+(?:[\w-]+\s+){0,4}\Z"
)
"""What else is shut and opened than a border."""
_SINCE_IT = re.compile(r"\b(?:since|until|before|under|despite)\s+(?:a|an|the|last|that)\s+(?:[\w-]+\s+){0,3}\Z")
"""A truce that only dates something else: "they have traded accusations since a cease-fire"."""
_STILL = re.compile(r"\b(?:remain(?:s|ed|ing)?|stay(?:s|ed)?|still|kept|keeps?)\s+(?:\w+\s+){0,2}\Z")
"""What stands before a closure that is nothing new."""
_VIOLATION = re.compile(
    r"\b(?:violat(?:ions?|ed|ing|es)|breach(?:es|ed|ing)?|br(?:eaking|oke|oken))\s+(?:of\s+)?(?:an?|the)\s+(?:\w+\s+){0,2}\Z"
)
"""What stands before a truce that is broken, not made."""
_DIRECTOR = re.compile(r"\bdirectors?[\s-]+generals?\s+of\s+\Z")
_SAYS_NOTHING = re.compile(r"نه دي ویلي|نه دی ویلي|نگفته|نگفت|نہیں کہا|نہیں بتایا|نه ده ویلي|اشاره نکرد|سخن نگفت")
_FALSE_CLAIM = re.compile(
    r"\W*(?:the\s+)?(?:claims?|reports?|allegations?|rumou?rs?|assertions?)\s+(?:that|of)\b[^.;]{3,160}?"
    r"\b(?:are|is|was|were)\s+(?:\w+\s+)?(?:false|baseless|untrue|unfounded|incorrect|fabricated|wrong|lies)\b"
)
_QUESTION = re.compile(r"[?؟]\W*\Z")
_DRILL = re.compile(r"\b(?:exercise|drill|drills|test-fired|mock|training exercise)\b")
_CROSSING = re.compile(
    r"\b(?:border|crossings?|gates?|frontier|torkham|chaman|ghulam khan|kharlachi|angoor adda"
    r"|trade|cargo|pedestrians?|bridge|traffic)\b"
    r"|(?:سرحد|گزرگاہ|بارڈر|طورخم|تورخم|چمن|گیٹ|کراسنگ|گذرگاه|بندر|مرز|دروازه|لار|لارې|دروازې"
    r"|سرحدي|پوله|سپین بولدک|غلام خان|تجارت|آمدورفت|تګ راتګ|رفت و آمد|باب دوستی|بابِ دوستی)"
)
_PEOPLE_GONE = re.compile(
    r"\b(?:refugees?|migrants?|afghans|families|people|nationals|returnees|foreigners)\b|مهاجر|پناه|کډوال"
)


def read_segments(document: Document) -> list[Segment]:
    """The parts of a text that speak of events, in reading order; a sentence without such words has none."""
    rules = RULES_OF.get(document.language, RULES_OF["en"])
    lower = document.lower
    cues = list(_find_cues(document, rules))
    segments: list[Segment] = []
    at = 0
    for number, sentence in enumerate(document.sentences):
        while at < len(cues) and cues[at].start < sentence.start:
            at += 1
        first = at
        while at < len(cues) and cues[at].start < sentence.end:
            at += 1
        if at > first:
            bits = _sift(document, number)
            segments.extend(_read_sentence(lower, number, sentence, cues[first:at], bits))
    return segments


def is_no_news(document: Document, number: int) -> bool:
    """Whether a sentence is about an accident, a match, a statistic or a drill, whatever it counts."""
    sentence = document.sentences[number]
    return _is_no_news(document.lower, sentence, _sift(document, number))


def _is_no_news(lower: str, sentence: Sentence, bits: int) -> bool:
    return bool(
        (bits & _NO_NEWS_BIT and _NO_NEWS.search(lower, sentence.start, sentence.end))
        or (bits & _DRILL_BIT and _DRILL.search(lower, sentence.start, sentence.end))
    )


_SIEVE = Sieve(
    {
        "no news": r"""(?x)cricket|wicket|innings|goalkeeper|midfielder|tournament|championship|quarter|semi|^box$
            |accident|crash|collision|collided|overturned|skidded|derailed|earthquake|avalanche|landslide|flood|monsoon|stampede
            |^gas$|short$|boiler|roof$|coal$|risen|increased|surged|soared|spiked|fallen|decreased|declined|dropped
            |intensified|escalated|spiralled|grown|become|rise$|increase$|surge|spike|uptick|decline|drop$|fall$|upsurge
            |resurgence|^so$|^since$|months|wave|spate|string|series|number|film|movie|novel|drama|museum|video""",
        "drill": r"exercise|drill|^test$|mock",
        "one of": r"^one$",
        "says nothing": r"ویلي|نگفت|نہیں|اشاره|سخن",
        "earlier": r"""(?x)^(?:hours?|days?|weeks?|months?|years?|came|comes|coming|follow(?:ed|s|ing)
            |response|retaliation|reprisal|revenge|responding|retaliating|answer|avenge)$""",
        "after": r"^(?:after|since|because|over|amid)$",
    }
)
"""The words without which the patterns of whole sentences have nothing to find."""
_NO_NEWS_BIT, _DRILL_BIT, _ONE_OF_BIT, _SAYS_NOTHING_BIT, _EARLIER_BIT, _AFTER_BIT = map(
    _SIEVE.bit, ("no news", "drill", "one of", "says nothing", "earlier", "after")
)


def _sift(document: Document, number: int) -> int:
    first, last = document.word_bounds[number]
    return _SIEVE.sift(document.words.words[first:last])


def _find_cues(document: Document, rules: Mapping[str, tuple[Rule, ...]]) -> Iterator[Cue]:
    lower, words = document.lower, document.words
    found_rules = zip(words.words, words.starts, map(rules.get, words.words), strict=False)
    done = 0
    for word, start, known in [(word, start, known) for word, start, known in found_rules if known]:
        if start < done:
            continue
        end = start + len(word)
        for rest, kind, weight in known:
            found = None if rest is None else rest.match(lower, end)
            if found or rest is None:
                done = found.end() if found else end
                yield Cue(kind, weight, start, done)
                break


def _read_sentence(lower: str, number: int, sentence: Sentence, cues: list[Cue], bits: int) -> Iterator[Segment]:
    start, end = sentence.start, sentence.end
    if _is_no_news(lower, sentence, bits) or (bits & _ONE_OF_BIT and _ONE_OF.search(lower, start, end)):
        return
    if _QUESTION.search(lower, max(start, end - 3), end) or _FALSE_CLAIM.match(lower, start, end):
        yield Segment(number, start, end, denied=True)
        return
    if bits & _SAYS_NOTHING_BIT and _SAYS_NOTHING.search(lower, start, end):
        yield Segment(number, start, end, denied=True)
        return
    reference = _BEFORE_IT.match(lower, start, end)
    if reference and any(cue.start > reference.end() for cue in cues):
        cues = [cue for cue in cues if cue.start > reference.end()]
    else:
        reference = None
    cues = [cue for cue in cues if not _is_aside(lower, start, cue)]
    held = [cue for cue in cues if _holds(lower, start, end, cue)]
    if not cues:
        return
    if not held:
        yield Segment(number, start, end, denied=True)
        return
    if all(cue.kind == "agreement" for cue in held) and _SINCE_IT.search(lower, start, held[0].start):
        return
    segment = Segment(number, start, end, cues=held, known=_are_known(lower, start, held))
    if reference:
        segment.days_before = _days_of(reference)
    segment.introduced = _INDEFINITE.search(lower, max(start, held[0].start - 24), held[0].start) is not None
    yield from _cut(lower, segment, bits)


def _is_aside(lower: str, start: int, cue: Cue) -> bool:
    """Whether a phrase speaks of no event at all: "four of them suicide bombers", "close to the border"."""
    if cue.kind == "suicide":
        return _AMONG_DEAD.search(lower, max(start, cue.start - _LOOK_BACK), cue.start) is not None
    if cue.kind in ("closure", "reopening") and _OTHER_SHUT.search(
        lower, max(start, cue.start - _LOOK_BACK), cue.start
    ):
        return True
    if cue.kind == "closure" and _STILL.search(lower, max(start, cue.start - _LOOK_BACK), cue.start):
        return True
    if cue.kind == "agreement" and _VIOLATION.search(lower, max(start, cue.start - _LOOK_BACK), cue.start):
        return True
    if lower.startswith("military operations", cue.start) and _DIRECTOR.search(lower, start, cue.start):
        return True
    return lower[cue.start : cue.end + 3] == "close to"


def _is_note(lower: str, start: int, end: int, cue: Cue) -> bool:
    """Whether a protest is one between governments: "lodged a protest", "handed over a protest note"."""
    if cue.kind != "protest" or _CROWD.search(lower, start, end):
        return False
    if lower[max(start, cue.start - 3) : cue.start] == "in ":
        return True  # "shut their shops in protest"
    lodged = _LODGED.search(lower, max(start, cue.start - _LOOK_BACK), cue.start)
    return lodged is not None or _NOTE.match(lower, cue.start) is not None


_CROWD = re.compile(
    r"\b(?:protesters|protestors|demonstrators|crowds?|hundreds|thousands|dozens|rall(?:y|ied|ies)|streets?|sit-in)\b"
)
_LODGED = re.compile(
    r"\b(?:lodg\w+|hand(?:ed|ing)|deliver\w+|fil(?:ed|ing)|convey\w+|summon\w*|register\w*|regist\w+|issu\w+)\b[^.;]{0,40}\Z"
)
_NOTE = re.compile(r"protest\s+(?:note|letter)|اعتراض.?نامه")


def _holds(lower: str, start: int, end: int, cue: Cue) -> bool:
    """Whether a phrase means what it says where it stands: not denied, threatened, or about something else."""
    if cue.kind in AT_A_BORDER and not _CROSSING.search(lower, max(start, cue.start - 120), min(end, cue.end + 80)):
        return False
    if _is_note(lower, start, end, cue):
        return False
    if cue.kind == "returns" and not _PEOPLE_GONE.search(lower, start, end):
        return False
    before = lower[max(start, cue.start - _LOOK_BACK) : cue.start]
    return not (_NOT_SO.search(before) or _NAMED.search(before))


# ---- earlier events in the same sentence -----------------------------------------------------------------------------
_COUNTS = {
    "a": 1, "an": 1, "the": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10,
}  # fmt: skip
_DAYS_OF = {"hour": 0, "day": 1, "week": 7, "month": 30, "year": 365}
_EARLIER = re.compile(
    r"""(?:,\s*)?\b(?:(?:which|that|and|it)\s+)?(?:(?:came|comes|coming|took\ place|happened|occurred)\s+)?
        (?:just|only|barely)?\s*
        (?:(?P<count>an?|the|one|two|three|four|five|six|seven|eight|nine|ten|several|\d{1,2}|few)\s+)?
        (?P<unit>hour|day|week|month|year)s?\s+(?:after|since)\b
      |(?:,\s*)?\b(?:(?:which|that|it)\s+)?(?:came|comes|coming)\s+(?:shortly\s+|soon\s+)?after\b
      |\bfollow(?:ed|s|ing)\b(?!\s+(?:by|up|suit))
      |\bin\s+(?:apparent\s+|direct\s+)?(?:response|retaliation|reprisal|revenge)\s+(?:to|for)\b
      |\b(?:responding|retaliating|in\ answer)\s+(?:to|for)\b|\bto\s+avenge\b|\bdays\ after\b""",
    re.VERBOSE,
)
_AGAINST = re.compile(
    r"\b(?:against|over|at)\s+(?=(?:the|a|an|his|her|their|what)\b)|(?:کے\s+خلاف|پر\s+ضد|په\s+ضد|پر\s+وړاندې|علیه)(?!\w)"
)
"""What stands between a protest and what it is about."""
_BEFORE_IT = re.compile(
    r"(?P<count>an?|one|two|three|four|five|six|seven|eight|nine|ten|several|\d{1,2}|few)\s+(?P<unit>day|week|month|year)s?"
    r"\s+(?:before|prior\s+to)\s+(?:the|that|this)\s+(?:\w+\s+){0,3}?\w+,"
)
"""What dates an incident by another one told of: "Three days before the shelling, ..."."""
_REMEMBERS = re.compile(
    r"\b(?:to\s+(?:remember|commemorate|mourn)|(?:remember|commemorat|mourn)ing|anniversary\s+of)\b"
    r"|\b(?:trial|tried|charged|convicted|sentenced|indicted|jailed)\b[^.;]{0,60}?\b(?:over|for|in\s+connection\s+with)\b"
)
_PLAIN_AFTER = re.compile(r"\b(?:after|since|because\ of|over|amid)\b")


def _cut(lower: str, segment: Segment, bits: int) -> Iterator[Segment]:
    """The segment, cut in two where the sentence turns to an event before the one it reports."""
    remembered = _REMEMBERS.search(lower, segment.start, segment.cues[0].start)
    if remembered:  # "they gathered on Thursday to remember those who died when ..."
        segment.start, segment.recalled = remembered.start(), True
    _recall_what_it_comes_after(lower, segment, bits)
    if len(segment.cues) < 2:
        yield segment
        return
    for found in _EARLIER.finditer(lower, segment.start, segment.end) if bits & _EARLIER_BIT else ():
        parts = _part(lower, segment, found)
        if parts:
            yield from parts
            return
    if any(cue.kind == "protest" for cue in segment.cues):
        for found in _AGAINST.finditer(lower, segment.start, segment.end):
            parts = _part(lower, segment, found, held=False)
            if parts:
                parts[0].dateless = parts[0].recalled and not found[0].isascii()
                yield from parts
                return
    for found in _PLAIN_AFTER.finditer(lower, segment.start, segment.end) if bits & _AFTER_BIT else ():
        parts = _part(lower, segment, found)
        if parts and not (_family(parts[0]) & _family(parts[1])):
            yield from parts
            return
    yield segment


_COMES = re.compile(r"\b(?:comes?|came|coming)\b[^,.;]{0,24}\Z")
"""What stands before the time after which news comes: "the upsurge comes less than a week after a drone strike"."""


def _recall_what_it_comes_after(lower: str, segment: Segment, bits: int) -> None:
    """Mark what the news only comes after as recalled, where the sentence names no other event."""
    for found in _EARLIER.finditer(lower, segment.start, segment.end) if bits & _EARLIER_BIT else ():
        if found.groupdict().get("unit") and segment.cues[0].start >= found.start():
            if found[0].lstrip(" ,").startswith(("c", "which c", "that c", "it c")) or _COMES.search(
                lower, segment.start, found.start()
            ):
                segment.recalled, segment.days_before = True, _days_of(found)
            return


def _part(lower: str, segment: Segment, found: re.Match[str], *, held: bool = True) -> tuple[Segment, Segment] | None:
    """What is reported and what it came after, in reading order; None when one of them names no event.

    ``held``: also None when the second only takes up what was told ("after the attack").
    """
    opens = found.start() - segment.start < 4
    border = found.start()
    if opens:
        border = lower.find(",", found.end(), segment.end)
        if border < 0:
            return None
    left = [cue for cue in segment.cues if cue.start < border]
    right = [cue for cue in segment.cues if cue.start >= border and cue.start >= found.start()]
    if not left or not right or (held and not opens and _are_known(lower, segment.start, right)):
        return None
    first = Segment(segment.sentence, segment.start, border, cues=left)
    second = Segment(segment.sentence, border, segment.end, cues=right)
    earlier, later = (first, second) if opens else (second, first)
    if set(later.kinds) != {"release"}:
        earlier.recalled = True
    earlier.leaning = later.start
    if found.groupdict().get("unit"):
        earlier.days_before = _days_of(found)
    return first, second


def _days_of(found: re.Match[str]) -> int | None:
    """How many days "three days" or "a week" are; None when the words do not count them."""
    count = found["count"] or "one"
    number = int(count) if count.isdigit() else _COUNTS.get(count)
    return number * _DAYS_OF[found["unit"]] if number else None


def _are_known(lower: str, start: int, cues: Sequence[Cue]) -> bool:
    """Whether phrases only take up what was told ("shortly after his abduction")."""
    return all(_DEFINITE.search(lower, max(start, cue.start - 24), cue.start) for cue in cues)


def _family(segment: Segment) -> set[str]:
    return {family_of(kind) for kind in segment.kinds}


def family_of(kind: Kind) -> str:
    """Events of one family may be one incident; a closure and a bombing never are."""
    if kind in VIOLENT or kind in ("release", "transfer"):
        return "violence"
    if kind in ("protest", "riot"):
        return "protest"
    if kind in ("agreement", "talks"):
        return "agreement"
    return kind


# ---- the name --------------------------------------------------------------------------------------------------------
_AT_FORCES = re.compile(
    r"\b(?:post|posts|outpost|outposts|checkpoint|checkpoints|check post|check posts|convoy|patrol|"
    r"troops|soldiers?|army|military|police|security forces?|frontier corps|paramilitar\w+|"
    r"base|camp|garrison|cantonment|headquarters|border guards?|"
    r"officers?|constabulary|levies|guards?|commandos?|detachment|position|positions|militiamen|peshmerga)\b"
    r"|(?:چوکی|چیک پوسٹ|فوجی|فوج|پولیس|سکیورٹی|پوسته|پوستې|پوستې|ځواکون|پاسگاه|پوسته|نظامی|سرباز)"
)
_AT_PEOPLE = re.compile(
    r"\b(?:opened fire|fired|shot|shooting|firing|attack\w*) "
    r"(?:on|at|into|against) (?:an?\s+|the\s+|unarmed\s+|some\s+)*(?:\w+\s+)?"
    r"(?:crowd|group of \w+|civilians?|villagers?|migrants?|protesters|people|farmers?|worshippers|passengers"
    r"|residents|refugees|herders|fishermen|students|villages?|market|bus|mosque|church|school|house|homes?)\b"
)
_FORCE_USED = re.compile(r"\b(?:tear ?gas|dispersed?|baton|batons|water cannon|rubber bullets|police fired)\b")
_LIVE_FIRE = re.compile(r"\b(?:opened fire|live (?:fire|rounds|ammunition)|shot dead|fired on|shot at|killed)\b")
_IN_THE_AIR = re.compile(
    r"\b(?:air|aerial|air\w+|strike|strikes|struck|drones?|quadcopters?|jets?|planes?|war\w*planes?|aircraft|helicopters?|gunships?"
    r"|bombard\w*|glide|raids?|army|military|forces|sorties|pakistan\w*|hit)\b|[\u0600-\u06ff]"
)
_BY_GUNMEN = re.compile(
    r"\bby\s+(?:(?:some|several|a\s+group\s+of|suspected)\s+)?(?:unidentified|unknown|armed|masked|gunmen|militants|rebels|insurgents)\b"
)
_AIRSPACE = re.compile(r"\b(?:airspace|warplanes?|war planes?|jets?|aircraft|air force|bombardment)\b")
_ON_THE_GROUND = re.compile(
    r"\b(?:device|devices|ieds?|roadside|mines?|landmines?|suicide|planted|detonat\w+|vehicle|car|explosi\w+|blasts?|motorcycle|remote)\b"
)
_BOTH_SIDES = re.compile(
    r"\bboth sides\b|\bexchang\w+|\btrad(?:ed|ing)\b|\bbetween\b.{3,60}\b"
    r"(?:forces|troops|guards|army|soldiers|fighters)\b|\breturned\b"
    r"|\banswered\b|\bretaliat\w+|\bshot back\b|\bfired back\b"
)


def name_event(
    kinds: Mapping[Kind, float], text: str, parties: Iterable[str], *, taken: bool = False
) -> tuple[str, str]:
    """Event type and sub-event type that weighed kinds amount to, in ACLED's labels.

    ``text`` is what reports it, ``parties`` are those killed or wounded; ``taken`` when all that happened to anyone
    was being led away. An attack on forces is a battle, on civilians violence against them (ACLED Codebook, "Battles"
    and "Violence against civilians"); fire from one side only is
    shelling, from both a clash.
    """
    weights = dict(kinds)
    lower = text.lower()
    weights.pop("release", None)
    kind = max(weights, key=weights.__getitem__) if weights else "attack"
    hurt = set(parties)
    kind = _settle_kind(kind, weights, lower, hurt, taken=taken)
    if kind in ("protest", "riot"):
        return _name_protest(kind, lower)
    if kind == "attack":
        kind = _name_attack(lower, hurt)
    sub = SUB_EVENT_TYPE_OF[kind]
    return EVENT_TYPE_OF[sub], sub


def _settle_kind(kind: Kind, weights: Mapping[Kind, float], lower: str, hurt: set[str], *, taken: bool) -> Kind:
    """The kind that the heaviest word gives, set right by what else is told."""
    if kind == "shelling" and weights.get("clash", 0) >= 2 and _BOTH_SIDES.search(lower):
        return "clash"
    if kind == "closure" and "protest" in weights and "blocked" in lower:
        return "protest"  # a road, not a border
    if kind == "attack" and taken and hurt <= {"civilians", "people"}:
        return "abduction"
    if kind in ("suicide", "ied", "disrupted") and taken and "arrest" in weights:
        return "arrest"
    if kind == "disrupted" and any(party in ("militants", "civilians") or party.startswith("forces") for party in hurt):
        return "clash"
    if kind == "strike" and not _IN_THE_AIR.search(lower):
        return "ied"  # "a mosque was bombed"
    if kind == "ied" and _AIRSPACE.search(lower) and not _ON_THE_GROUND.search(lower):
        return "strike"  # "violations of the airspace and the bombing of a market"
    return "abduction" if kind == "arrest" and _BY_GUNMEN.search(lower) else kind


def _name_attack(lower: str, parties: set[str]) -> Kind:
    forces = any(party.startswith("forces") or party == "militants" for party in parties)
    civilians = "civilians" in parties
    if forces and not civilians:
        return "clash"
    if civilians and not forces:
        return "attack"
    if _AT_PEOPLE.search(lower):
        return "attack"
    return "clash" if _AT_FORCES.search(lower) else "attack"


def _name_protest(kind: Kind, lower: str) -> tuple[str, str]:
    if kind == "riot":
        return "Riots", "Violent demonstration"
    if _LIVE_FIRE.search(lower):
        return "Protests", "Excessive force against protesters"
    return ("Protests", "Protest with intervention") if _FORCE_USED.search(lower) else ("Protests", "Peaceful protest")


def precise_kinds(kinds: Iterable[Kind]) -> set[Kind]:
    """Those of the kinds that tell one event from another."""
    return {kind for kind in kinds if kind in PRECISE}


def add_kinds(total: dict[Kind, float], kinds: Mapping[Kind, float], *, first: bool) -> None:
    """Add the kinds of a further segment to those of the ones before; the first to report weighs most, as leads name
    the event best."""
    share = 1.0 if first else 0.35
    for kind, weight in kinds.items():
        total[kind] = total.get(kind, 0.0) + weight * share
