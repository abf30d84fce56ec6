"""Sieves pass over no pattern that would match: what they save is time alone.

Every pattern is searched for the plain way in the sample reports and in the annotated texts, and wherever it is found
its sieve must have let it through. A rule that learns a word and is not given it in its gate fails here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from geo import dates
from geo.articles import read_articles
from geo.dates import english
from geo.errors import ArticleError
from geo.extraction import actors, events, places, running, statistics
from geo.extraction.claims import arabic_words, claimants, gates, parties, speech, statements
from geo.extraction.claims.tokens import IDIOMS
from geo.samples import list_samples
from geo.text import Document, prepare_document
from geo.tokens import Sieve, gate_of, split_words

GOLD = Path(__file__).parent / "accuracy" / "gold"


@cache
def documents() -> tuple[Document, ...]:
    """The sample reports and the annotated texts."""
    samples = [article for path in list_samples() for article in read_articles(path)]
    texts = [article.text for article in samples if not isinstance(article, ArticleError)]
    texts += [json.loads(path.read_text(encoding="utf8"))["text"] for path in sorted(GOLD.rglob("*.json"))]
    return tuple(map(prepare_document, texts))


def _sentences() -> Iterator[tuple[str, str, int]]:
    """Each sentence, the same in small letters, and the bits of what claims it may tell."""
    for document in documents():
        for sentence, bits in zip(document.sentences, gates.sift_sentences(document), strict=True):
            yield document.text[sentence.start : sentence.end], document.lower[sentence.start : sentence.end], bits


def _words(lower: str) -> list[str]:
    return split_words(lower).words


CLAIMS = {
    "idioms of harm": (gates.FIGURE, IDIOMS),
    "nothing happened": (gates.NOTHING, statements._NOTHING),
    "denials": (gates.DENIAL, statements._DENIAL),
    "silence": (gates.SILENCE, statements._SILENCE),
    "earlier counts": (gates.EARLIER, statements._EARLIER),
    "words of saying": (gates.SAID, speech._VERB),
    "according to": (gates.SAID, speech._ACCORDING),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_no_claim_is_sifted_out(name: str) -> None:
    """Words of saying are written as in the text; all else is looked for in small letters."""
    bit, pattern = CLAIMS[name]
    written = pattern in (speech._VERB, speech._ACCORDING)
    missed = [
        text for text, lower, bits in _sentences() if not bits & bit and pattern.search(text if written else lower)
    ]
    assert not missed


SENTENCES: dict[str, tuple[Sieve, str, re.Pattern[str]]] = {
    "no news": (events._SIEVE, "no news", events._NO_NEWS),
    "drills": (events._SIEVE, "drill", events._DRILL),
    "one of many": (events._SIEVE, "one of", events._ONE_OF),
    "nothing said": (events._SIEVE, "says nothing", events._SAYS_NOTHING),
    "earlier events": (events._SIEVE, "earlier", events._EARLIER),
    "plain after": (events._SIEVE, "after", events._PLAIN_AFTER),
    "civilians": (actors._SIEVE, "civilians", actors._CIVILIANS),
    **{party: (actors._SIEVE, party, pattern) for _, party, pattern in actors._GROUP_PATTERNS},
    **{code: (actors._SIEVE, code, pattern) for code, pattern in actors._OWN_WORDS},
}


@pytest.mark.parametrize("name", SENTENCES)
def test_no_event_or_party_is_sifted_out(name: str) -> None:
    sieve, gate, pattern = SENTENCES[name]
    bit = sieve.bit(gate)
    missed = [lower for _, lower, _ in _sentences() if pattern.search(lower) and not sieve.sift(_words(lower)) & bit]
    assert not missed


BEFORE = {
    "name": places._IN_A_NAME,
    "office": places._SPOKE,
    "venue": places._VENUE,
    "passing": places._PASSING,
    "from": places._FROM,
    "distance": places._DISTANCE,
    "near": places._NEAR,
}


@pytest.mark.parametrize("gate", BEFORE)
def test_no_words_before_a_place_are_sifted_out(gate: str) -> None:
    """Tried before every capital letter, as if each began a place."""
    pattern, bit = BEFORE[gate], places._SIEVE.bit(gate)
    missed = [
        lower[max(0, at - places._LOOK) : at]
        for text, lower, _ in _sentences()
        for at in [capital.start() for capital in re.finditer(r"\b[A-Z]", text)]
        if pattern.search((text if gate == "name" else lower)[max(0, at - places._LOOK) : at])
        and not places._SIEVE.sift(_words(lower[max(0, at - places._LOOK) : at])) & bit
    ]
    assert not missed


def test_date_words_are_those_of_a_plain_search() -> None:
    for document in documents():
        found = [match.span() for match in english._find_anchors(document)]
        assert found == [match.span() for match in english._ANCHOR.finditer(document.text)]


def test_a_season_within_a_word_takes_its_year_with_it() -> None:
    """As a search does: what it matches inside "offspring of 2019" is then no year either."""
    document = prepare_document("The offspring of 2019 came in 2020.")
    found = [match[0] for match in english._find_anchors(document)]
    assert found == [match[0] for match in english._ANCHOR.finditer(document.text)] == ["spring of 2019", "2020"]


def test_armed_offices_are_those_of_a_plain_search() -> None:
    for document in documents():
        found = [match.span() for match in parties._find_armed(document)]
        assert found == [match.span() for match in parties._ARMED.finditer(document.lower)]
        assert [match.span() for match in actors._find_armed(actors._sift(document.text))] == [
            match.span() for match in actors._ARMED.finditer(document.lower)
        ]


def test_parties_are_those_of_a_plain_search() -> None:
    patterns = [(party, pattern) for _, party, pattern in actors._GROUP_PATTERNS] + [*actors._OWN_WORDS]
    for document in documents():
        told = actors._sift(document.text)
        for party, pattern in [*patterns, ("civilians", actors._CIVILIANS)]:
            found, plain = told.search(pattern, party), pattern.search(document.lower)
            assert (found and found.span()) == (plain and plain.span())


@pytest.mark.parametrize("name", ["verbs", "sources"])
def test_words_of_saying_are_those_of_a_plain_search(name: str) -> None:
    pattern, openers = {
        "verbs": (speech._VERB, speech._VERBS),
        "sources": (speech._ACCORDING, speech._OPENING_SOURCE),
    }[name]
    for text, _, _ in _sentences():
        found = [match.span() for match in speech._match_at(pattern, openers, text, split_words(text))]
        assert found == [match.span() for match in pattern.finditer(text)]


def test_no_toll_is_sifted_out() -> None:
    missed = [
        lower
        for _, lower, _ in _sentences()
        if statements._TOLL.search(lower) and not any(words in lower for words in statements._TOLL_WORDS)
    ]
    assert not missed


@pytest.mark.parametrize("language", ["ur", "ps", "fa"])
def test_arabic_sources_are_those_of_a_plain_search(language: str) -> None:
    for document in documents():
        for text in (document.text[sentence.start : sentence.end] for sentence in document.sentences):
            found = [match.span() for match in arabic_words.find_speech(text, language)]
            assert found == [match.span() for match in arabic_words._SPEECH[language].finditer(text)]


def test_long_times_are_those_of_a_plain_search() -> None:
    for document in documents():
        found = [match.span() for match in running._find_times(document)]
        assert found == [match.span() for match in running._RUNNING.finditer(document.text)]


def test_groups_named_by_an_article_are_those_of_a_plain_search() -> None:
    missed = [
        document
        for document in documents()
        if parties._NAMED_GROUP.search(document.text) and not any(word in document.lower for word in parties._FIGHTERS)
    ]
    assert not missed


def test_words_before_a_date_are_those_of_a_plain_search() -> None:
    for document in documents():
        for space in re.finditer(r"\s+(?=[\w(])", document.text):
            before = document.text[max(0, space.end() - dates._LOOK_BACK) : space.end()]
            assert not dates._OPENERS.search(before) or before.rstrip().endswith(dates._LAST_OF_OPENERS)


def test_no_statistic_is_sifted_out() -> None:
    missed = [
        lower
        for _, lower, _ in _sentences()
        if statistics._STATISTIC.search(lower) and not statistics._may_count(statistics._SIEVE.sift(_words(lower)))
    ]
    assert not missed


GATES = {
    "resident|witness": "resident|witness",
    r"\bdr\b|tehre?e?k[- ]e": "^dr$|tehr",
    r"al-?\s?shabaab|boko haram": "al|boko$",
    r"\b(?:un|u\.n\.|united nations)\b|aid (?:group|agency)": "^un|^u|^united$|aid$",
    r"[ab]?c": None,
    r"(?:the )?army": None,
}


@pytest.mark.parametrize("pattern", GATES)
def test_a_gate_holds_the_letters_that_each_alternative_begins_with(pattern: str) -> None:
    if GATES[pattern] is None:
        with pytest.raises(ValueError, match="does not begin with letters"):
            gate_of(pattern)
    else:
        assert gate_of(pattern) == GATES[pattern]


SOURCES = {
    "un": claimants._UN,
    "group": claimants._ANY_GROUP,
    "medical": claimants._MEDICAL,
    "ngo": claimants._NGO,
    "local": claimants._LOCAL,
    "militants": claimants._GROUP[-1][0],
    "media": claimants._MEDIA,
}


@pytest.mark.parametrize("gate", SOURCES)
def test_no_source_is_sifted_out(gate: str) -> None:
    bit = claimants._SIEVE.bit(gate)
    missed = [
        lower
        for _, lower, _ in _sentences()
        if SOURCES[gate].search(lower) and not claimants._SIEVE.sift(_words(lower)) & bit
    ]
    assert not missed
