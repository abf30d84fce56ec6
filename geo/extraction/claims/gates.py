"""What each sentence may say, told from its words alone: only patterns that can match it are tried on it."""

from __future__ import annotations

import re

from geo.extraction.claims import words as w
from geo.extraction.claims.speech import SAYING
from geo.extraction.claims.tokens import IDIOM_WORDS, IDIOMS
from geo.numbers import number_gate
from geo.text import Document, Sentence
from geo.tokens import Sieve

_HARM_WORDS = "|".join([*w.PARTICIPLES, *w.ACTIVE, *w.STATES, *w.COUNTED, "lives", "life", "casualties", "casualty"])
_GATES = {
    "trigger": w.TRIGGER,
    "opening": r"(?:left|spoken?|up)$",
    "harm": rf"(?<![^\W_])(?:{_HARM_WORDS})(?![^\W_])",
    "idiom": IDIOM_WORDS,
    "counting": r"toll|number|losses|total|tally|count|dead|killed|victim|fatalit|figure|injured|wounded|list"
    r"|^(?:spoken?|speak|talked|put|up)$",
    "number": number_gate("en"),
    "no": r"^(?:no|neither)$|did$|didn$|without$",
    "harmless": r"casualt|injur|death|fatalit|loss",
    "denying": r"^(?:den(?:ied|ies|y|ying)|reject(?:ed|s|ing)?|refut(?:ed|es|ing)|dismiss(?:ed|es|ing)|disputed"
    r"|rubbish(?:ed|es)|scoff(?:ed|s)|trash(?:ed|es)|calls?|called|calling|described|describes|termed)$",
    "not": r"^(?:no|not)$",
    "deed": r"^(?:operation|strike|air|attack|bomb|drone|carr|conduct|struck|target|launch)",
    "silence": r"^(?:denied$|answer|comment|respond|repl|react|statement|response|reaction|silent|reached|issue)",
    "said": rf"^(?:{SAYING}|carried|published|aired|according|words|per|count|account|admission|reckoning|tally)",
    "earlier": r"^(?:had|earlier|initially|previously|initial|first|preliminary)$",
}
_SIEVE = Sieve(_GATES)
_OPENING, _NO, _HARMLESS, _NOT, _DEED, _DENYING, _IDIOM, _COUNTING = map(
    _SIEVE.bit, ("opening", "no", "harmless", "not", "deed", "denying", "idiom", "counting")
)
_PHRASES = re.compile(w.TRIGGER_PHRASES)

TRIGGER = _SIEVE.bit("trigger")
"""It has a word that figures, denials and their like are told with; the only bit that is never set too much."""
FIGURE = _SIEVE.bit("harm")
NUMBER = _SIEVE.bit("number")
SILENCE = _SIEVE.bit("silence")
SAID = _SIEVE.bit("said")
EARLIER = _SIEVE.bit("earlier")
NOTHING = 1 << len(_GATES)
DENIAL = NOTHING << 1
TOLL = DENIAL << 1


def sift_sentences(document: Document) -> list[int]:
    """For each sentence, the bits of what its words may say."""
    words = document.words.words
    return [
        _combine(_SIEVE.sift(words[first:last]), document.lower, sentence)
        for sentence, (first, last) in zip(document.sentences, document.word_bounds, strict=True)
    ]


def _combine(bits: int, lower: str, sentence: Sentence) -> int:
    """Add what takes two words: "no ... casualties", "no strike"."""
    if bits & _OPENING and not bits & TRIGGER and _PHRASES.search(lower, sentence.start, sentence.end):
        bits |= TRIGGER
    if bits & _IDIOM and not bits & FIGURE and IDIOMS.search(lower, sentence.start, sentence.end):
        bits |= FIGURE
    if bits & _COUNTING and bits & NUMBER:
        bits |= TOLL
    if bits & _NO and bits & _HARMLESS:
        bits |= NOTHING
    if bits & _DENYING or (bits & _NOT and bits & _DEED):
        bits |= DENIAL
    return bits
