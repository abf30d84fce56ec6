"""What speaks for and against a capitalised name being a place, and how much.

Every piece of evidence has a weight; a name is taken as a place when they sum to more than nothing. The weights are a
logistic regression over the public corpora LGL and GeoWebNews, rounded; each was fitted on one corpus and checked on
the other. A dateline and a name that is no word or name of English weigh a little more than in those corpora, whose
news is mostly American: border news names foreign towns, and misses them dearly.
"""

from __future__ import annotations

from functools import lru_cache

from geo.gazetteer import ABBREVIATION, ALTERNATE, BARE, DEMONYM, ENGLISH_WORD, GIVEN_NAME, SURNAME, Gazetteer

WEIGHTS: dict[str, float] = {
    "always": -0.9,
    # what the name is
    "a country": 3.2,
    "a first-level unit": 1.0,
    "a county": 2.2,
    "a well-known region": 0.4,
    "a place of the border table": 1.2,
    "a city of a million": 1.5,
    "a city of a hundred thousand": 1.4,
    "a town of fifteen thousand": -0.1,
    "a town of a thousand": -0.9,
    "a small or unmeasured place": -1.5,
    "only an alternate name": -1.4,
    "a county without its word": -0.9,
    "an abbreviation": 2.1,
    "the name of a people": 1.6,
    "a street by its last word": 0.0,
    "a landform by its last word": 0.5,
    "a building by its last word": -1.9,
    "a road by its number": -0.9,
    "letters of a longer name": -3.0,
    "an unknown name called a place": 2.4,
    "an unknown name": -2.2,
    "an unknown name of several words": -3.2,
    "several words": 0.2,
    "also an English word": -2.0,
    "made of English words": 0.2,
    "also a given name": -1.3,
    "also a surname": -0.6,
    "very short": 0.0,
    "no word or name of English": 1.0,
    # what stands before it
    "begins a sentence": 0.2,
    "after in": 1.7,
    "after at or near": 0.6,
    "after from or to": 0.9,
    "after of": 0.5,
    "after for, by or with": 0.3,
    "after and": 0.4,
    "after another small word": 0.2,
    "after a comma": 0.1,
    "after a number": -0.3,
    "after a possessive": 0.4,
    "after a direction word": -0.2,
    "after a feature word and of": 1.7,
    "after a title": -0.7,
    "after a given name": -0.8,
    "after an initial": -0.9,
    "after an unknown capitalised word": -1.4,
    "after a capitalised English word": -1.2,
    "after another name": -0.8,
    "after the": 0.0,
    # what stands after it
    "before its state or country": 1.3,
    "after a part of it": 0.7,
    "before a feature word": 1.3,
    "before a capitalised feature word": -1.3,
    "before an organisation word": -0.2,
    "before the word of a newspaper": 0.4,
    "before an unknown capitalised word": -1.3,
    "before a capitalised English word": -0.8,
    "before a name's suffix": -0.5,
    "before a verb of speech": -2.0,
    "before a resident word": 1.1,
    "before a surname": -1.7,
    "before a title": 0.5,
    "before a comma": 0.2,
    "owns what follows": 0.7,
    "a dateline": 1.5,
    "stands alone": 0.8,
    "in a long run of capitals": 0.3,
    # the rest of the article
    "written small elsewhere": -0.4,
    "a person's name in this article": -3.3,
    "surely a place elsewhere here": 1.1,
    "in a list of places": 0.8,
    "in a list with a sure place": 1.3,
    "near the article's other places": 1.1,
    "in the country of the article's other places": 0.5,
    "contains a known place": 0.6,
    "named more than once": 0.3,
}

_SIZES = (
    (1_000_000, "a city of a million"),
    (100_000, "a city of a hundred thousand"),
    (15_000, "a town of fifteen thousand"),
    (1_000, "a town of a thousand"),
    (0, "a small or unmeasured place"),
)
_USUAL = ENGLISH_WORD | GIVEN_NAME | SURNAME
SURE_KINDS = {"country": "a country", "adm1": "a first-level unit", "adm2": "a county"}


@lru_cache(maxsize=50_000)
def judge_name(gazetteer: Gazetteer, key: str) -> tuple[str, ...]:
    """Evidence that a known name itself gives, whatever its context; empty when nothing bears it."""
    if not gazetteer.knows(key):
        return ()
    kind = _best_kind(gazetteer, key)
    shape = _name_shape(gazetteer, key)
    if kind == "the name of a people" and "also an English word" in shape:
        shape.remove("also an English word")  # an afghan is a blanket, an Afghan is not
    return (kind, *shape)


@lru_cache(maxsize=10_000)
def is_side(gazetteer: Gazetteer, key: str) -> bool:
    """Whether a name is that of a people of the border in view; of those none is overlooked."""
    first = gazetteer.bearings(key)[:1]
    return any(b.flags & DEMONYM and b.place.country in gazetteer.border_countries for b in first)


@lru_cache(maxsize=10_000)
def is_government(gazetteer: Gazetteer, key: str) -> bool:
    """Whether a name is a country's or a capital's, and so may stand for its government."""
    first = gazetteer.bearings(key)[:3]
    return bool(first) and (
        (first[0].place.kind == "country" and not first[0].flags & DEMONYM)
        or any(
            b.place.kind == "settlement" and b.place.country and gazetteer.capital(b.place.country) == b.place
            for b in first
        )
    )


def _best_kind(gazetteer: Gazetteer, key: str) -> str:
    bearings = gazetteer.bearings(key)
    flags = [bearing.flags for bearing in bearings]
    if flags[0] & DEMONYM:
        return "the name of a people"
    if flags[0] & ABBREVIATION:
        return "an abbreviation"
    own = [b.place for b in bearings if not b.flags & (ALTERNATE | BARE | DEMONYM | ABBREVIATION)]
    if not own:
        return "only an alternate name" if any(f & ALTERNATE for f in flags) else "a county without its word"
    kinds = {place.kind for place in own}
    if "country" in kinds:
        return "a country"
    if key in gazetteer.border_names:
        return "a place of the border table"
    for kind in ("adm1", "adm2"):
        if kind in kinds:
            return SURE_KINDS[kind]
    if own[0].kind != "settlement":
        return "a well-known region"
    population = max(place.population or 0 for place in own)
    return next(name for least, name in _SIZES if population >= least)


def _name_shape(gazetteer: Gazetteer, key: str) -> list[str]:
    words = key.split(" ")
    if len(words) > 1:
        english = all(gazetteer.word_flags(word) & ENGLISH_WORD for word in words)
        if english:
            return ["several words", "made of English words"]
        usual = any(gazetteer.word_flags(word) & _USUAL for word in words)
        return ["several words"] if usual else ["several words", "no word or name of English"]
    flags = gazetteer.word_flags(key)
    shape = []
    if flags & ENGLISH_WORD:
        shape.append("also an English word")
    if flags & GIVEN_NAME:
        shape.append("also a given name")
    elif flags & SURNAME:
        shape.append("also a surname")
    if len(key) <= 3:
        shape.append("very short")
    elif not flags & _USUAL:
        shape.append("no word or name of English")
    return shape


@lru_cache(maxsize=50_000)
def find_units(gazetteer: Gazetteer, key: str) -> tuple[frozenset[str], frozenset[str]]:
    """First-level units and countries in which a name's bearers lie; empty for a name of very many."""
    places = [bearing.place for bearing in gazetteer.bearings(key)[:60]]
    return (
        frozenset(place.adm1 for place in places if place.adm1),
        frozenset(place.country for place in places if place.country),
    )
