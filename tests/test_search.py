"""Full text: found in any script and spelling, every word, and a place by any of its names."""

from __future__ import annotations

import pytest
from filter_world import PLACES, found, take

from geo.filters import Filter
from geo.model import Actor, Claim, DateRange, Incident, Span
from geo.snapshot import match
from geo.snapshot.texts import search_key


def incident(id_: str, title: str, *places: str, **fields: object) -> Incident:
    """An incident by its title and places."""
    values: dict[str, object] = {
        "event_type": "Battles", "sub_event_type": "Armed clash", "articles": ("a3",),
        "dates": DateRange(start=None, end=None, precision="unknown"),
        "places": tuple(PLACES[name] for name in places),
    }  # fmt: skip
    return Incident(id=id_, title=title, **{**values, **fields})  # type: ignore[arg-type]


def search(text: str, *incidents: Incident) -> set[str]:
    """Ids of the incidents that a text finds."""
    snapshot = take(*incidents)
    return found(snapshot, match(snapshot, Filter(text=text)).tolist())


@pytest.mark.parametrize(
    "text", ["Spera", "SPĒRAH", "Spērah", "sperah", "Speyra", "سپېره", "سپيره", "سپیرہ", "س‌پېره", "سپېـره", "سپيرهٔ"]
)
def test_a_place_is_found_by_any_of_its_names(text: str) -> None:
    assert search(text, incident("i1", "A clash", "district"), incident("other", "A clash", "town")) == {"i1"}


@pytest.mark.parametrize("text", ["Spera", "Spērah", "سپېره"])
@pytest.mark.parametrize("told", ["Clash in Speyra", "د سپېرې جګړه", "سپیرہ میں جھڑپ"])
def test_a_name_finds_reports_that_have_it_in_another_script_and_no_place_for_it(text: str, told: str) -> None:
    assert search(text, incident("i1", told), incident("other", "Clash in Khost")) == {"i1"}


def test_every_word_must_be_found_and_may_stand_anywhere() -> None:
    army = Actor(name="Military Forces of Pakistan", kind="state forces")
    one, other = incident("one", "A clash at the gate", "gate", actors=(army,)), incident("other", "A clash", "gate")
    assert search("forces Torkham", one, other) == {"one"}
    assert search("gate military pakistan clash", one, other) == {"one"}
    assert search("Torkham", one, other) == {"one", "other"}
    assert search("Torkham parade", one, other) == set()


def test_a_name_of_two_words_is_one_name_but_its_words_may_be_apart() -> None:
    town, words = incident("town", "A clash", "town"), incident("words", "Boldak road, Spin market")
    assert search("Spin Boldak", town, words, incident("half", "Spin Ghar")) == {"town", "words"}
    assert search("spin-boldak clash", town, words) == {"town"}


@pytest.mark.parametrize("text", ["15 fighters", "۱۵ fighters", "١٥ FIGHTERS"])
def test_digits_of_every_script_are_the_same(text: str) -> None:
    assert search(text, incident("i1", "۱۵ fighters"), incident("other", "51 fighters")) == {"i1"}
    assert search(text, incident("i1", "15 fighters")) == {"i1"}


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("كابل", "کابل"), ("طالبانو", "طالبانو"), ("می‌گوید", "میگوید"), ("ڪابل", "کابل"), ("ټول", "تول"),
        ("قندهارى", "قندهاری"), ("ﻛﺎﺑﻞ", "کابل"), ("é", "e"), ("ａｒｍｙ", "army"),
    ],
)  # fmt: skip
def test_letters_of_different_keyboards_are_the_same(typed: str, stands: str) -> None:
    assert search_key(typed) == search_key(stands)


def test_what_a_search_looks_for_is_never_a_pattern() -> None:
    odd = incident("odd", "a.*b (c) [d] $1 ^x|y")
    for text in ("a.*b", "(c)", "[d]", "$1", "^x|y"):
        assert search(text, odd, incident("plain", "abc d 1 xy")) == {"odd"}
    assert search("Spera .*", incident("i1", "Clash in Spera")) == set()


def test_claims_are_searched_too() -> None:
    claim = Claim(
        metric="killed", subject="five guards", low=5, best=5, high=5, claimant="A spokesman",
        span=Span(start=0, end=3), article_id="a3",
    )  # fmt: skip
    assert search("guards spokesman", incident("i1", "x", claims=(claim,)), incident("other", "y")) == {"i1"}
