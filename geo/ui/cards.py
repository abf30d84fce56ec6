"""The list beside the map: one card for each incident, in step with every filter."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import streamlit as st

from geo.filters import Filter, loosen_filter
from geo.model import Incident, Scope
from geo.snapshot import count_loosened, match
from geo.text import display_text
from geo.ui.facets import name_limit
from geo.ui.head import write_when
from geo.ui.parts import slot
from geo.ui.scene import Scene
from geo.ui.state import (
    CARDS_AT_ONCE,
    change_link,
    clear_filter,
    current_link,
    fit_map,
    forget_pages,
    keep,
    open_province,
    province_of,
)
from geo.wording.figures import write_rivals
from geo.wording.naming import (
    category_of,
    cut_title,
    find_province,
    name_province,
    write_days,
    write_place,
    write_title,
)

_ORDERS = ("newest", "disputed")
_LOOSER = {
    "from": "any_date", "province": "any_province", "type": "any_event", "border_km": "any_distance",
    "km": "any_stretch",
}  # fmt: skip
_ALL = "all"
_LONGEST_QUOTE = 60


def cards_slot() -> str:
    """The slot of the list, which shows its first cards at once and more as the reader comes to its end."""
    return slot(
        "cards",
        _describe,
        opened=open_incident,
        ordered=_order,
        wanted=want_more,
        loosened=_loosen,
        entered=open_province,
    )


def _describe(scene: Scene) -> dict[str, Any] | None:
    return describe_cards(scene) if scene.beside == "list" else None


def describe_cards(scene: Scene) -> dict[str, Any]:
    """The cards wanted so far, and how they are ordered; or what is said when there are none."""
    words, order = scene.words, scene.order
    wanted = int(st.session_state.get("cards_wanted", CARDS_AT_ONCE))
    return {
        "channel": scene.channel,
        "count": words.count("list.count", len(order)),
        "orders": [[name, words(f"list.{name}"), int(name == scene.sorted_by)] for name in _ORDERS],
        "cards": list_cards(scene, order[:wanted].tolist()),
        "more": words("filter.more", n=words.number(len(order) - wanted)) if len(order) > wanted else None,
        "empty": None if len(order) else _describe_nothing(scene),
    }


def open_incident(id_: str) -> None:
    """Open an incident in place of the list; a province stays open behind it."""
    link = current_link()
    change_link(incident=id_, tab=link.tab if province_of(link) else None)


def _order(name: str) -> None:
    keep("order", name)
    forget_pages()


def want_more(shown: int) -> None:
    """Show further cards."""
    st.session_state.cards_wanted = shown + CARDS_AT_ONCE


def _loosen(key: str) -> None:
    if key == _ALL:
        clear_filter()
        fit_map()
    else:
        change_link(filter=loosen_filter(current_link().filter)[key])
    st.session_state.pop("bounds", None)
    forget_pages()


def list_cards(scene: Scene, indices: Sequence[int]) -> list[dict[str, Any]]:
    """The cards of incidents of the snapshot; those of most readers are the same and are kept."""
    snapshot, cards = scene.snapshot, scene.shared.cards
    manner = (snapshot.key, scene.words.language, scene.names_years)
    kept = {index: cards.get((*manner, index)) for index in indices}
    missing = [index for index, card in kept.items() if card is None]
    for incident in scene.shared.incidents(snapshot, missing) if missing else ():
        card = describe_card(scene, incident)
        kept[card["i"]] = card
        cards.keep((*manner, card["i"]), card)
    return [card for card in kept.values() if card is not None]


def describe_card(scene: Scene, incident: Incident) -> dict[str, Any]:
    """What a card says of an incident."""
    words, shared = scene.words, scene.shared
    scopes = shared.scopes_of(scene.snapshot, incident)
    claims = [*(claim for scope in scopes for claim in scope.claims), *incident.claims]
    figures = write_rivals(claims, words)
    return {
        "id": incident.id,
        "i": scene.snapshot.index_of(incident.id),
        "c": category_of(incident),
        "d": write_days(incident, words, year=scene.names_years),
        "t": cut_title(write_title(incident, words)),
        "p": write_place(incident, scopes, scene.distance_of(incident), shared.gazetteer, words),
        "pv": find_province(incident, shared.gazetteer, words),
        "n": _count_sources(scene, incident, scopes),
        "f": figures,
        "s": words.join([*([] if figures else [words("claim.none")]), words(f"status.{incident.status}")]),
    }


def _count_sources(scene: Scene, incident: Incident, scopes: Sequence[Scope]) -> str:
    """ "2 sources"; where some of them repeat another, "2 independent sources, 1 copy"."""
    words = scene.words
    independent, copies = scene.shared.papers(scene.snapshot).count_sources(incident, scopes)
    if not copies:
        return words.count("list.sources", independent)
    return words.join([words.count("list.independent", independent), words.count("list.copies", copies)])


def _describe_nothing(scene: Scene) -> dict[str, Any]:
    """What is said when nothing matches: what was asked for, and a way out for each limit."""
    words, limits = scene.words, count_loosened(scene.snapshot, scene.filter)
    everything = words.count("list.count", int(match(scene.snapshot, Filter()).sum()))
    return {
        "title": words("empty.title"),
        "text": f"{_say_nothing(scene, limits)} {words('empty.not_proof')}",
        "loosen": words("empty.loosen"),
        "ways": [
            *([key, _write_way(key, scene), _count(n, scene)] for key, n in limits.items()),
            [_ALL, words("empty.clear"), everything],
        ],
    }


def _say_nothing(scene: Scene, limits: Collection[str]) -> str:
    """What it is that nothing was found of: dates, province and type by name, words as they were asked for."""
    words, wanted = scene.words, scene.filter
    where = words.join([name_province(code, scene.shared.gazetteer, words) for code in wanted.provinces])
    named = {
        "what": words.join([words(f"event.{kind}") for kind in wanted.types]).lower() or words("empty.incident"),
        "where": words("place.in", place=where) if where else "",
        "when": write_when(scene),
        "text": _quote(scene),
    }
    key = "mention" if wanted.text else "limited" if set(limits) - set(_LOOSER) else "none"
    return " ".join(words(f"empty.{key}", **named).split())


def _quote(scene: Scene) -> str:
    """The words searched for, the end of very many cut off."""
    text = display_text(scene.filter.text)
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"


def _write_way(key: str, scene: Scene) -> str:
    """One limit, as the button that lifts it names it."""
    words = scene.words
    if key == "q":
        return words("empty.without_words", text=_quote(scene))
    return words(f"empty.{_LOOSER[key]}" if key in _LOOSER else "empty.without", what=name_limit(scene, key))


def _count(n: int, scene: Scene) -> str:
    return scene.words.count("list.count", n) if n else scene.words.number(0)
