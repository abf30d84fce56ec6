"""The filter of an export in words: "What happened: Shelling; Province: Khost, Kunar; From: 1 October 2025"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from geo.filters import LISTS, Filter
from geo.gazetteer import Gazetteer
from geo.text import display_text
from geo.wording.figures import name_party
from geo.wording.naming import name_country, name_place, name_province
from geo.wording.words import Words


def describe_filter(wanted: Filter, gazetteer: Gazetteer, words: Words) -> str:
    """Every limit that is set, in the order of the link; empty for none."""
    return "; ".join(f"{title}: {value}" for title, value in _list_limits(wanted, gazetteer, words))


def _list_limits(wanted: Filter, gazetteer: Gazetteer, words: Words) -> Iterator[tuple[str, str]]:
    if wanted.start:
        yield words("time.from"), words.day(wanted.start)
    if wanted.end:
        yield words("time.to"), words.day(wanted.end)
    names = _namers(gazetteer, words)
    for key, field in LISTS.items():
        if values := getattr(wanted, field):
            yield words(f"filter.{key}"), words.join([names.get(key, display_text)(value) for value in values])
    if wanted.within:
        place, distance_km = gazetteer.place(wanted.within[0]), words.isolate(f"{wanted.within[1]:g}")
        name = name_place(place, words) if place else display_text(wanted.within[0])
        yield words("filter.within"), words("filter.near_place", place=words.name(name), n=distance_km)
    yield from _list_numbers(wanted, words)
    if wanted.text:
        yield words("filter.search"), words.name(display_text(wanted.text))


def _list_numbers(wanted: Filter, words: Words) -> Iterator[tuple[str, str]]:
    if wanted.border_km is not None:
        yield words("filter.distance"), words("filter.within_km", n=words.isolate(f"{wanted.border_km:g}"))
    if wanted.stretch:
        first, last = (words.isolate(f"km {km:g}") for km in wanted.stretch)
        yield words("time.stretch"), words("date.to", start=first, end=last)
    for key, fewest in (("killed", wanted.killed), ("wounded", wanted.wounded)):
        if fewest is not None:
            yield words(f"filter.{key}"), words("filter.at_least", n=words.number(fewest))
    if wanted.located_km is not None:
        yield words("filter.located_km"), words("filter.within_km", n=words.isolate(f"{wanted.located_km:g}"))


def _namers(gazetteer: Gazetteer, words: Words) -> Mapping[str, Callable[[str], str]]:
    """How the values of each list are called; of others as they are."""

    def has(key: str, value: str) -> str:
        return words(f"{key}.{value}") if words.has(f"{key}.{value}") else display_text(value)

    return {
        "country": lambda code: name_country(code, gazetteer, words),
        "side": lambda code: name_country(code, gazetteer, words),
        "province": lambda code: name_province(code, gazetteer, words),
        "type": lambda value: has("event", value),
        "actor": lambda value: has("subject", value.replace(":", "_")),
        "claimant": lambda party: name_party(party, words),
        "precision": lambda value: has("precision", value),
        "status": lambda value: has("status", value),
        "language": lambda code: has("language.of", code),
    }
