"""What speaks for and against a capitalised name being a place, and how much.

Every piece of evidence has a weight; a name is taken as a place when they sum to more than nothing. The weights are a
logistic regression over the two public corpora LGL and GeoWebNews, rounded; each was fitted on one corpus and checked
on the other, and evidence that helped only one of them was left out.
"""

from __future__ import annotations

from functools import lru_cache

from geo.gazetteer import ABBREVIATION, ALTERNATE, BARE, DEMONYM, ENGLISH_WORD, GIVEN_NAME, SURNAME, Gazetteer

WEIGHTS: dict[str, float] = {
    # what the name is
    "a country": 3.5,
    "a first-level unit": 2.5,
    "a county": 2.5,
    "a well-known region": 2.0,
    "a place of the border table": 2.5,
    "a city of a million": 3.0,
    "a city of a hundred thousand": 2.0,
    "a town of fifteen thousand": 1.0,
    "a town of a thousand": 0.3,
    "a small or unmeasured place": -0.7,
    "only an alternate name": -1.0,
    "a county without its word": -2.0,
    "an abbreviation": -1.0,
    "the name of a people": 1.5,
    "several words": 1.5,
    "also an English word": -2.5,
    "made of English words": -1.5,
    "also a given name": -1.0,
    "also a surname": -1.2,
    "very short": -1.5,
    # what stands before it
    "after in, at or near": 2.5,
    "after another preposition": 1.0,
    "after a direction word": 2.0,
    "after a feature word and of": 3.0,
    "after a title": -4.0,
    "after a given name": -4.0,
    "after an initial": -3.5,
    "after an unknown capitalised word": -2.0,
    "after a capitalised English word": -1.0,
    "after another place": 1.0,
    "begins a sentence": -0.3,
    "after the": -0.8,
    # what stands after it
    "before its state or country": 3.0,
    "before a feature word": 3.0,
    "before an organisation word": 0.8,
    "before the word of a newspaper": -3.0,
    "before an unknown capitalised word": -1.5,
    "before a capitalised English word": -0.7,
    "before a name's suffix": -4.0,
    "before a verb of speech": -0.8,
    "before a resident word": 1.0,
    "before a surname": -2.0,
    # the rest of the article
    "written small elsewhere": -1.5,
    "a person's name in this article": -3.0,
    "surely a place elsewhere here": 2.0,
    "in a list of places": 1.5,
    "inside a heading": 0.0,
    "always": 0.0,
}

_SIZES = (
    (1_000_000, "a city of a million"),
    (100_000, "a city of a hundred thousand"),
    (15_000, "a town of fifteen thousand"),
    (1_000, "a town of a thousand"),
    (0, "a small or unmeasured place"),
)
_KINDS = {"country": "a country", "adm1": "a first-level unit", "adm2": "a county", "area": "a well-known region",
          "line": "a well-known region", "poi": "a well-known region"}  # fmt: skip


@lru_cache(maxsize=50_000)
def judge_name(gazetteer: Gazetteer, key: str) -> tuple[str, ...]:
    """Evidence that the name itself gives, whatever its context; empty when nothing bears it."""
    bearings = gazetteer.bearings(key)
    if not bearings:
        return ()
    return (_best_kind(gazetteer, key), *_name_shape(gazetteer, key))


def _best_kind(gazetteer: Gazetteer, key: str) -> str:
    bearings = gazetteer.bearings(key)
    flags = [bearing.flags for bearing in bearings]
    if flags[0] & DEMONYM:
        return "the name of a people"
    if all(flag & ABBREVIATION for flag in flags[:1]):
        return "an abbreviation"
    own = [b.place for b in bearings if not b.flags & (ALTERNATE | BARE | DEMONYM | ABBREVIATION)]
    if not own:
        return "only an alternate name" if any(f & ALTERNATE for f in flags) else "a county without its word"
    kinds = {place.kind for place in own}
    if "country" in kinds:
        return "a country"
    if any(place.id.startswith("border:") for place in own):
        return "a place of the border table"
    for kind in ("adm1", "adm2"):
        if kind in kinds:
            return _KINDS[kind]
    if own[0].kind != "settlement":
        return "a well-known region"
    population = max(place.population or 0 for place in own)
    return next(name for least, name in _SIZES if population >= least)


def _name_shape(gazetteer: Gazetteer, key: str) -> list[str]:
    words = key.split(" ")
    if len(words) > 1:
        english = all(gazetteer.word_flags(word) & ENGLISH_WORD for word in words)
        return ["several words", "made of English words"] if english else ["several words"]
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
    return shape
