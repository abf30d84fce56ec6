"""The filters that are seldom needed, each a section that shows no more than its title until it is opened."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from geo.filters import LISTS
from geo.snapshot.matching import CASUALTIES, LOCATED_KM
from geo.text import display_text, match_key
from geo.ui.scene import Scene
from geo.ui.state import change_filter, keep, kept, toggle
from geo.wording.figures import name_party
from geo.wording.naming import name_country, name_place

Row = list[Any]
"""Value, name, count, whether it is chosen (1) or not (0)."""
Section = Mapping[str, Any]

LONG_LIST = 12
"""Choices beyond which a section has a field to look for one."""
_MOST_ROWS = 40
"""Choices of one section that are sent at once, so that a change of dates stays small on the wire."""
_NUMBERS = {"killed": CASUALTIES, "wounded": CASUALTIES, "located_km": LOCATED_KM}
_WITHIN = "within"
_PARTY = re.compile(r"(?:forces|group|state):.+|people|objects|militants")
"""Actors that are parties of claims: links may name them, lists show the names only."""


def describe_claimants(scene: Scene) -> list[Section]:
    """Who says so."""
    return _describe_list(scene, "claimant", lambda party: name_party(party, scene.words))


def describe_more(scene: Scene) -> Section:
    """The disclosure of all that is seldom needed: open while something in it is chosen."""
    words, gazetteer = scene.words, scene.shared.gazetteer
    sections = [
        *_describe_list(scene, "country", lambda code: name_country(code, gazetteer, words)),
        *_describe_list(scene, "side", lambda code: name_country(code, gazetteer, words)),
        *_describe_list(scene, "actor", lambda name: _name_actor(name, scene), hide=_PARTY.fullmatch),
        *(_describe_number(scene, key) for key in _NUMBERS),
        *_describe_within(scene),
        *_describe_list(scene, "language", lambda code: _name_language(code, scene)),
        *_describe_list(scene, "source", display_text),
        *_describe_list(scene, "status", lambda status: words(f"status.{status}")),
    ]
    chosen = sum(not section["folded"] for section in sections)
    note = words("filter.chosen", n=words.number(chosen)) if chosen else ""
    return {"title": words("filter.further"), "note": note, "sections": sections}


def choose(field: str, value: str) -> None:
    """Choose a value of a list or no longer, or the number of a limit; the empty value lifts it."""
    if field == _WITHIN:
        change_filter(within=None)
    elif field in _NUMBERS:
        number = float(value) if value else None
        change_filter(**{field: number if number is None or field == "located_km" else int(number)})
    else:
        toggle(field, value)


def look_for(field: str, text: str) -> None:
    """Remember what the reader looks for in a long list."""
    keep(f"sought.{field}", text)


def name_limit(scene: Scene, key: str) -> str:
    """A limit that is set, by its key in the link, as a reader knows it: its title, and its number if it has one."""
    words, wanted = scene.words, scene.filter
    if key == "within_km" and wanted.within:
        return _write_within(scene, *wanted.within)
    if key in _NUMBERS:
        return words.join([words(f"filter.{key}"), _write_limit(scene, key, getattr(wanted, key))])
    return words(f"filter.{key}") if words.has(f"filter.{key}") else key


def make_row(scene: Scene, key: str, value: str, name: str, *, chosen: bool) -> Row:
    """A choice with its count."""
    return [value, name, scene.facets.of(key, scene.snapshot.labels[key].name_of(value)), int(chosen)]


def sort_rows(rows: Iterable[Row]) -> list[Row]:
    """Choices by count, then name."""
    return sorted(rows, key=lambda row: (-row[2], row[1]))


def _describe_list(
    scene: Scene, key: str, name: Callable[[str], str], *, hide: Callable[[str], object] = lambda _: None
) -> list[Section]:
    """A folded section; none while there is nothing to choose."""
    field, words, labels = LISTS[key], scene.words, scene.snapshot.labels[key]
    chosen: tuple[str, ...] = getattr(scene.filter, field)
    counts = scene.facets.counts.get(key, {})
    shown = {value for value, n in counts.items() if n and not hide(value)} - {labels.name_of(v) for v in chosen}
    rows = [make_row(scene, key, value, name(value), chosen=value in chosen) for value in (*shown, *chosen)]
    if not rows:
        return []
    note = words.number(len(chosen)) if chosen else words("filter.any_of", n=words.number(len(rows)))
    section = {"key": field, "title": words(f"filter.{key}"), "mark": "box", "folded": not chosen, "any": note}
    found = {"find": words("filter.find"), "none": words("filter.none")} if len(rows) > LONG_LIST else {}
    return [{**section, **found, "groups": [{"rows": _find_rows(sort_rows(rows), kept(f"sought.{field}", ""))}]}]


def _find_rows(rows: Sequence[Row], sought: str) -> list[Row]:
    """The choices that are chosen, and the first of those whose name or value has what is looked for in it."""
    key = match_key(sought)
    found = [row for row in rows if row[3] or key in match_key(row[1]) or key in match_key(row[0])]
    return [row for place, row in enumerate(found) if row[3] or place < _MOST_ROWS]


def _describe_number(scene: Scene, key: str) -> Section:
    """A folded section of limits of which one holds, that of the link among them whatever it is."""
    words, chosen = scene.words, getattr(scene.filter, key)
    choices = sorted({*_NUMBERS[key], *([] if chosen is None else [chosen])})
    rows = [["", words("filter.any"), scene.facets.of(key, ""), int(chosen is None)]]
    for number in choices:
        count = scene.facets.matched if number == chosen else scene.facets.of(key, str(number))
        rows.append([f"{number:g}", _write_limit(scene, key, number), count, int(number == chosen)])
    return {
        "key": key, "title": words(f"filter.{key}"), "mark": "dot", "hint": words(f"filter.{key}.hint"),
        "folded": chosen is None, "any": words("filter.any") if chosen is None else _write_limit(scene, key, chosen),
        "groups": [{"rows": rows}],
    }  # fmt: skip


def _write_limit(scene: Scene, key: str, number: float) -> str:
    words = scene.words
    figure = words.number(int(number)) if number == int(number) else words.isolate(f"{number:g}")
    return words("filter.within_km" if key == "located_km" else "filter.at_least", n=figure)


def _describe_within(scene: Scene) -> list[Section]:
    """The place that a link measures distances from; there is nothing to choose without one."""
    words, within = scene.words, scene.filter.within
    if within is None:
        return []
    row = [within[0], _write_within(scene, *within), scene.facets.matched, 1]
    return [
        {
            "key": _WITHIN, "title": words("filter.within"), "mark": "box", "folded": False, "any": words.number(1),
            "groups": [{"rows": [row]}],
        }
    ]  # fmt: skip


def _write_within(scene: Scene, place_id: str, distance_km: float) -> str:
    words, place = scene.words, scene.shared.gazetteer.place(place_id)
    name = name_place(place, words) if place else display_text(place_id)
    return words("filter.near_place", place=words.name(name), n=words.isolate(f"{distance_km:g}"))


def _name_actor(name: str, scene: Scene) -> str:
    """An actor as it is called; a party that a link names as claims call it."""
    key = f"subject.{name.replace(':', '_')}"
    if scene.words.has(key):
        return scene.words(key)
    return name_party(name, scene.words) if name.startswith(("group:", "state:")) else display_text(name)


def _name_language(code: str, scene: Scene) -> str:
    key = f"language.of.{code}"
    return scene.words(key) if scene.words.has(key) else display_text(code)
