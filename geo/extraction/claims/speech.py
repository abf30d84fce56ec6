"""Who says what: the sources named in an English sentence and the words each of them covers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.extraction.claims.words import PREPOSITIONS
from geo.tokens import Words, split_words, word_set

SAYING = (
    "said|says|say|saying|told|tells|tell|announced|announces|reported|reports|claimed|claims|claim|confirmed|confirms"
    "|added|adds"
    "|stated|states|declared|acknowledged|admitted|put|puts|gave|gives|given|spoke|spoken|recorded|documented"
    "|maintained|verified|registered"
    "|denied|denies|rejected|rejects|dismissed|accused|accuses|blamed|disputed|insists|vowed|raises|raised|revised"
    "|lists|listed"
    "|insisted|estimated|estimates|wrote|posted|noted|alleged|conceded|revealed|counted|argued|warned|acknowledges"
    "|quoted"
)
_VERB = re.compile(rf"\b(?:{SAYING})\b")
_VERBS = frozenset(SAYING.split("|"))
_ACCORDING = re.compile(
    r"\b(?:(?:remarks|statement|report|comments) (?:carried|published|aired) by|according to|as reported by"
    r"|in the words of|as per)\s+|\bby (?=[^,.;]{3,50}['’]s? (?:own )?(?:count|account|admission|reckoning|tally))"
)
_OPENING_SOURCE = word_set("remarks statement report comments according as in by")
"""Words that open ``_ACCORDING``."""
_SOURCE_AFTER = re.compile(r"(?:[^,.;:—]|(?<=\b[A-Z])\.|(?<=Dr)\.|(?<=Gen)\.|(?<=Lt)\.|(?<=Col)\.)+")
_NOT_SAYING = re.compile(
    r"(?:\b(?:was|were|been|be|are|is|had been|being|to|who|which|responsibility|not|clashes|also)\s+(?:also\s+)?"
    r"|\bno\s+|\breported\s+)\Z"
)
_PASSIVE = re.compile(r"\b(?:was|were|been|be|are|is|being)\s+(?:\w+ly\s+|also\s+|initially\s+)?\Z")
_NOUN = re.compile(
    r"\b(?:other|unconfirmed|several|some|new|recent|local|many|the|a|its|his|their|rival|these|those|such|of|own|no"
    r"|conflicting|any|without|initial|media|earlier)\s+\Z",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"(?:and |but |also |where |which |in which |while |that |as )*(?:he|she|it|they|the (?:statement|spokesman"
    r"|spokesperson"
    r"|official|officials"
    r"|sources?|same sources?)|(?:its|his|her|their|the) (?:own )?(?:statement|account|count))(?: also| further"
    r"| later| then| had| has| both)*\Z"
)
_OPENING = re.compile(
    r"\A(?:\W+|(?:[Bb]etween|[Ff]rom|[Dd]uring) (?:\d{1,2} )?[A-Z]\w+(?: \d{4})? (?:and"
    r"|to) (?:\d{1,2} )?[A-Z]\w+(?: \d{4})?\b"
    r"|(?:[Oo]n (?:the )?(?:[A-Z]\w+ \d+|same day|\d+ [A-Z]\w+),?|But|And|Meanwhile|However|Earlier|Later"
    r"|Also|On \w+day|In [^,]{2,40}(?=,)|while|when|where|as|after|before"
    r"|although|though|with|that|but|and|or|which|what|because|if)\b[\s,]*"
    r"|(?:In|On|Since|At|By|During|Later|Then)\b[^,]{0,40}?\s(?=(?:it|they|he|she|we)\Z)"
    r"|(?:Giving|Citing|Speaking|Talking|Quoting|Addressing|Confirming|Responding|Briefing|Commenting|Asked|Writing)\b[^,]{3,60},\s+)*",
)
_TAIL = re.compile(
    r"(?:\s+(?:has|have|had|also|later|earlier|first|initially|then|both|further|flatly|briefly|on \w+day"
    r"|will))*[\s,]*\Z"
)
_BOUNDARY = re.compile(
    r"[;—]|(?<![ap]\.m)\.\s(?=[A-Z“])|,\s+(?:and|but|while|whereas|with|when|where|which|though|although)\s|\b(?:and"
    r"|but|while) (?=[A-Z]|the |a |an |on |officials|sources)"
)
_PUTTING = word_set(
    "raises raised revised lists listed put puts gave gives given spoke spoken counted recorded documented estimated "
    "estimates quoted"
)


@dataclass(slots=True)
class Frame:
    """A source and the words of the sentence it covers."""

    source: str
    """In the article's words; empty for a pronoun."""
    start: int
    """First code point of the source, in the document."""
    verb: int
    """Where the word of saying stands."""
    end: int
    """End of the word of saying, or of the source when it comes after."""
    trailing: bool
    """True when what is said stands before."""
    pronoun: bool = False


def find_frames(sentence: str, offset: int, harms: Sequence[int]) -> list[Frame]:
    """The sources of a sentence in order; ``harms`` are the offsets of its figures, in the document."""
    words = split_words(sentence)
    accordings = _match_at(_ACCORDING, _OPENING_SOURCE, sentence, words)
    frames = [_according(sentence, offset, found, harms) for found in accordings]
    taken = 0
    for verb in _match_at(_VERB, _VERBS, sentence, words):
        if verb.start() < taken or _is_not_speech(sentence, verb):
            continue
        frame = _frame(sentence, offset, verb, taken, harms)
        if frame:
            frames.append(frame)
            taken = verb.end()
    return sorted(frames, key=lambda frame: frame.verb)


def _match_at(
    pattern: re.Pattern[str], openers: frozenset[str], sentence: str, words: Words
) -> Iterator[re.Match[str]]:
    """Where a pattern matches at one of the words it can begin with; no match of those here reaches into the next."""
    for word, start in zip(words.words, words.starts, strict=False):
        if word in openers and (found := pattern.match(sentence, start)):
            yield found


def _is_not_speech(sentence: str, verb: re.Match[str]) -> bool:
    before = sentence[max(0, verb.start() - 24) : verb.start()]
    after = sentence[verb.end() : verb.end() + 26].lstrip()
    if _PASSIVE.search(before) or _UNSAID.search(before):
        return True
    if verb[0] in ("reports", "claims", "estimates", "counts") and after.startswith("of "):
        return True
    if verb[0] in ("claim", "claims", "reports", "report", "states", "estimates", "say") and _NOUN.search(before):
        return True
    if verb[0] in ("claimed", "claims", "claiming") and re.match(
        r"responsib|the (?:attack|raid|lives)|\w+ lives|credit|it\b", after
    ):
        return True
    if verb[0] in _PUTTING and verb[0] != "counted":
        return not re.match(r"(?:the|a|its|their|his|no|of|at least|about|more|\d|casualt|\w+ as the)\b", after)
    return verb[0] == "reported" and after.startswith(("killed", "dead", "wounded", "missing", "injured"))


_UNSAID = re.compile(r"(?:\b(?:did|does|do|could|would|will) not|n['’]t) (?:immediately )?\Z")
"""What stands before a verb of what nobody said: "the army did not say how many"."""
_APPOSED = re.compile(r", (?:a|an|the|who|head|chief|its|their)\b [^,.;:]{3,80}")


def _according(sentence: str, offset: int, found: re.Match[str], harms: Sequence[int]) -> Frame:
    after = _SOURCE_AFTER.match(sentence, found.end())
    end = after.end() if after else found.end()
    source = re.split(r"\s(?:count|who|which|that|along|as|when|where|and said)\b", sentence[found.end() : end])[0]
    apposed = _APPOSED.match(sentence, end)
    if apposed and not any(end <= harm - offset < apposed.end() for harm in harms):
        source, end = source + apposed[0], apposed.end()
    clause = sentence.rfind(";", 0, found.start()) + 1
    leading = not any(clause <= harm - offset < found.start() for harm in harms)
    source = source.strip(" ,")
    return Frame(source, offset + found.end(), offset + found.start(), offset + end, not leading, _is_pronoun(source))


def _frame(sentence: str, offset: int, verb: re.Match[str], taken: int, harms: Sequence[int]) -> Frame | None:
    """The frame of one word of saying: "X said", "..., X said", "..., said X"."""
    start = verb.start()
    before = sentence[taken:start].rstrip()
    after = sentence[verb.end() :]
    covered = [harm - offset for harm in harms if harm - offset < start]
    if (
        before.endswith((",", "”", '"'))
        and (covered or verb[0] == "said")
        and _names_source(after)
        and not _is_apposed(before, covered, taken)
    ):
        return _frame_after(sentence, offset, verb)
    relative = _RELATIVE.search(before)
    if relative:
        begin = taken + _source_start(before[: relative.start()], [])
        source = _strip(sentence[begin : taken + relative.start()])
        if source and len(source) <= 200:
            lead = begin + sentence[begin:start].find(source)
            return Frame(source, offset + lead, offset + start, offset + verb.end(), False, _is_pronoun(source))
    if taken and re.search(r"\b(?:and|but)\Z", before):
        return Frame("", offset + start, offset + start, offset + verb.end(), False, True)
    begin = taken + _source_start(before, [c - taken for c in covered if c >= taken])
    if not covered and _ends_clause(after, verb[0]) and "," in before.rstrip(" ,")[begin - taken :]:
        begin = taken + before.rstrip(" ,").rfind(",") + 1
    source = _strip(sentence[begin:start])
    if _OF_THOSE.match(source) and (relative := _WHO.search(sentence, 0, begin)):
        begin = _source_start(sentence[: relative.start()], [])  # "the group, which is based abroad, said"
        source = _strip(sentence[begin : relative.start()])
    named = _NAMED_BEFORE.match(sentence, 0, begin) if _APPOSITION.match(source) else None
    if named:  # "Jamaat-ul-Ahrar, a faction that split from it, claimed"
        begin, source = named.start(1), f"{named[1]}, {source}"
        return Frame(source, offset + begin, offset + start, offset + verb.end(), False)
    if not source or len(source) > 200 or source.lower() in PREPOSITIONS:
        return None
    lead = begin + sentence[begin:start].find(source)
    trailing = bool(covered) and _ends_clause(after, verb[0]) and "," in sentence[max(covered) : lead]
    return Frame(source, offset + lead, offset + start, offset + verb.end(), trailing, _is_pronoun(source))


def _frame_after(sentence: str, offset: int, verb: re.Match[str]) -> Frame:
    """The frame of "..., said X"."""
    after = sentence[verb.end() :]
    found = _SOURCE_AFTER.match(after.lstrip())
    source = found[0].strip() if found else ""
    end = verb.end() + len(after) - len(after.lstrip()) + len(source)
    apposed = _APPOSED.match(sentence, end)
    if apposed:
        source, end = source + apposed[0], apposed.end()
    return Frame(source, offset + verb.end() + 1, offset + verb.start(), offset + end, True, _is_pronoun(source))


_APPOSITION = re.compile(
    r"(?:an?|the)\s+(?:\w+\s+){0,2}(?:faction|group|outfit|militia|spokes\w+|official|commander|organi[sz]ation)\b"
)
_NAMED_BEFORE = re.compile(r"\W*([A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,4}),\s*\Z")
_OF_THOSE = re.compile(r"(?:is|are|was|were|has|have|had|lives?|lived|runs|works|leads)\b")
_WHO = re.compile(r",\s+(?:which|who|that)\s*\Z")
_RELATIVE = re.compile(
    r",\s+(?:which|who)\s+(?:has\s+|had\s+|have\s+)?(?:\w+ly\s+|earlier\s+|first\s+|at first\s+|also\s+)?\Z"
)


def shorten(source: str) -> str:
    """A source without the clause that follows its name and the adjuncts before it."""
    source = _PLACES_BEFORE.sub("", _CLAUSE_AFTER.split(source)[0].strip(" ,"))
    while (found := _LEADING_ADJUNCT.match(source)) and found.end() < len(source):
        source = source[found.end() :]
    return source


_PLACES_BEFORE = re.compile(r"\A(?:[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*(?:,? and |, ))+(?=(?:the|a|an) )")
"""The end of a list of places that stands before its source ("... in Sisaket and Surin, the ministry said")."""
_LEADING_ADJUNCT = re.compile(
    r"(?:(?:in|on|at|near|by|from|for|with|after|before|following|night|hours|far)\b[^,]*,\s*"
    r"|(?:a|the|two|three) (?:day|days|next day|same day|week) (?:earlier|later|before|after) )",
    re.IGNORECASE,
)

_CLAUSE_AFTER = re.compile(r",?\s+(?:claimed|who|which|accused|blamed|has|have|had) ")


def _names_source(after: str) -> bool:
    return re.match(
        r"\s+(?:the |a |an |one |[A-Z]|officials|police|residents|witnesses|local|security|\w+ (?:officials|sources))",
        after,
    ) is not None and not re.match(r"\s+(?:on|in|at|that|to)\s", after)


def _is_apposed(before: str, covered: Sequence[int], taken: int) -> bool:
    """ "..., the deputy spokesman, Hamdullah Fitrat, said on Wednesday": the source stands before its verb."""
    last = max(covered, default=taken) - taken
    return before[max(0, last) : -1].count(",") >= 2


def _source_start(before: str, covered: Sequence[int]) -> int:
    """Where the source begins in the words before its verb."""
    region = before.rstrip(" ,")
    if covered:
        segment = _segment_after(region, max(covered))
        if segment is not None:
            return segment
    start = 0
    for found in _BOUNDARY.finditer(region):
        start = found.end()
    if covered and max(covered) >= start:
        return len(before)
    return start


_ADJUNCT = re.compile(
    r"\s*(?:in|on|at|near|by|from|for|with|of|who|which|where|when|was|were|had|has|have|is|are|including|and|after"
    r"|as|most|\w+ing|\w+ed)\b"
)


def _segment_after(region: str, figure: int) -> int | None:
    """The last part between commas after a figure, with the part before it where that names the source's office."""
    commas = [i for i in range(figure, len(region)) if region[i] == ","]
    if not commas:
        return None
    for last in commas[:-3:-1][1:]:
        if _PLACE_NOUN.search(region, last, commas[-1]):
            break
        if _TITLE.match(region, last + 1) and not _ADJUNCT.match(region, last + 1):
            return last + 1
    return commas[-1] + 1


_PLACE_NOUN = re.compile(r"\b(?:district|province|town|village|city|area|capital|region|valley|crossing)\b(?!['’])")
_TITLE = re.compile(
    r"\s*(?:the|a|an|its|his|their|provincial|local|[A-Z])[^,\d]*\Z|\s*(?:the|a|an|its|his|their|provincial"
    r"|[A-Z]\w+)[^,\d]*,"
)


def _strip(source: str) -> str:
    source = _TAIL.sub("", source)
    return source[len(_OPENING.match(source)[0]) :].strip(" ,\"“”'") if _OPENING.match(source) else source  # type: ignore[index]


def _is_pronoun(source: str) -> bool:
    return _PRONOUN.match(source.lower()) is not None


def _ends_clause(after: str, verb: str) -> bool:
    """Whether a word of saying closes what was said, and opens nothing new."""
    if verb in _PUTTING:
        return False
    return re.match(
        r"\s*(?:[.,;:”\"—]|\Z|on (?:\w+day|X|Twitter|Facebook|Telegram|social media|condition)\b|in (?:a|an|its|his"
        r"|her|their|the) |to |at |late |early "
        r"|earlier|yesterday|today|there|calling|by (?:telephone|phone)|via "
        r"|citing|reporters\b|journalists\b|the media\b|local media\b|and |but "
        r"|(?:the|this|our|an?) (?:news )?(?:agency|newspaper|station|correspondent|outlet|paper|broadcaster|channel"
        r"|website)\b"
        r"|(?:the )?[A-Z]\w+(?: [A-Z]\w+){0,3}[.,])",
        after,
    ) is not None and not re.match(r"\s*(?:that|on \w+day that)\b", after)


def frame_of(frames: Sequence[Frame], start: int, end: int) -> Frame | None:
    """The frame that covers a figure: the nearest source that opens before it, else the one that closes after it."""
    opening = [frame for frame in frames if not frame.trailing and frame.end <= start + 1]
    closing = [frame for frame in frames if frame.trailing and frame.verb >= start]
    if opening and closing and any(frame.verb >= start for frame in closing):
        return opening[-1] if not _closer(opening[-1], closing[0], end) else closing[0]
    return opening[-1] if opening else closing[0] if closing else None


def _closer(opening: Frame, closing: Frame, end: int) -> bool:
    """Whether a source after a figure stands nearer than the one before it."""
    return closing.start - end < 40 and end - opening.end > 150
