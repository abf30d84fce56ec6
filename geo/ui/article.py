"""A report, opened: its text with every place name marked by what it is to the event, and what each was taken for."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

from geo.dates import find_dates
from geo.model import Article, Place, Reading, Resolution, Span
from geo.text import display_text, prepare_document
from geo.ui.correcting import correct, describe_editing, find_sought, last_word, seek
from geo.ui.parts import slot
from geo.ui.scene import Scene
from geo.ui.shared import Shared
from geo.ui.state import article_of, change_link, current_link, language_of
from geo.wording.naming import name_country, name_place, name_province
from geo.wording.papers import say_withheld, source_of
from geo.wording.words import Words

ROLES = ("event", "background", "mention", "metonym", "demonym")
LONGEST_TEXT = 60_000
"""Code points shown of a report: a browser sets that many at once without a pause."""
_DATE, _FIGURE = 1, 2
_MOST_RIVALS = 5
_LETTERS = {0: "", _DATE: "d", _FIGURE: "f", _DATE | _FIGURE: "df"}

Piece = str | tuple[str, int, str]
"""Plain text, or text with the number of its card (-1 for none) and letters: d in a date, f in a figure."""


def article_slot(shared: Shared) -> str:
    """The slot of the report that is open instead of the list."""
    return slot(
        "article", _describe, closed=_close, sought=lambda asked: _seek(shared, asked),
        corrected=lambda choice: _correct(shared, choice),
    )  # fmt: skip


def _describe(scene: Scene) -> dict[str, Any] | None:
    article = scene.article
    return None if article is None else describe_article(scene, article, _reading_of(scene.shared, article))


def _reading_of(shared: Shared, article: Article) -> Reading:
    return shared.store.reading(article.id) or Reading(article_id=article.id, language="")


def _close(_: object) -> None:
    """Back to the incident, or to the list."""
    change_link(tab=None)


def _seek(shared: Shared, asked: Any) -> None:
    for article in _find_open(shared):
        seek(article, asked)


def _correct(shared: Shared, choice: Any) -> None:
    words = Words(language_of(current_link()))
    for article in _find_open(shared):
        correct(shared, words, article, _reading_of(shared, article).toponyms, choice)


def _find_open(shared: Shared) -> list[Article]:
    """The report that is open now; listeners hold on to no scene, which would keep its snapshot in memory."""
    id_ = article_of(current_link())
    return shared.articles([id_]) if id_ else []


def describe_article(scene: Scene, article: Article, reading: Reading) -> dict[str, Any]:
    """The report in pieces, and a card for each meaning of a place name."""
    words, sought = scene.words, find_sought(scene, article)
    cards, card_of = _collect_cards(scene, reading.toponyms)
    names = [(resolution.toponym.span, card) for resolution, card in zip(reading.toponyms, card_of, strict=True)]
    return {
        "id": article.id,
        "back": words("article.back" if scene.opened is not None else "article.back_list"),
        "title": display_text(article.title or ""),
        "source": source_of(article, words),
        "labels": [*([words("status.own_wording")] if article.own_wording else []), *say_withheld([article], words)],
        "samples": words("app.samples") if article.own_wording else "",
        "lang": article.language or reading.language,
        "text": cut_text(article.text[:LONGEST_TEXT], names, find_days(article), find_figures(reading)),
        "cut": words("article.cut") if len(article.text) > LONGEST_TEXT else "",
        "legend": _describe_legend(scene),
        "cards": cards,
        "close": words("action.close"),
        "others": words("article.others"),
        "said": last_word(article),
        "edit": describe_editing(scene),
        "sought": sought and [sought[0], [describe_choice(scene, place) for place in sought[1]]],
    }


def cut_text(
    text: str, names: Sequence[tuple[Span, int]], dates: Sequence[Span], figures: Sequence[Span]
) -> list[list[Piece]]:
    """The paragraphs of a text, cut where a name, a date or a figure begins or ends; a name stays whole."""
    card_at, mark_at = array("i", [-1]) * len(text), bytearray(len(text))
    for mark, spans in ((_DATE, dates), (_FIGURE, figures)):
        for span in spans:
            for at in range(span.start, min(span.end, len(text))):
                mark_at[at] |= mark
    begins = set()
    for span, card in names:
        if span.end <= len(text) and card_at[span.start] < 0:
            begins.add(span.start)
            for at in range(span.start, span.end):
                card_at[at], mark_at[at] = card, mark_at[span.start]
    return [list(_cut(text, paragraph, card_at, mark_at, begins)) for paragraph in find_paragraphs(text)]


def _cut(
    text: str, paragraph: range, card_at: Sequence[int], mark_at: Sequence[int], begins: set[int]
) -> Iterator[Piece]:
    number = 0

    def label(at: int) -> tuple[int, int, int]:
        nonlocal number
        number += at in begins  # two names side by side are two pieces
        return card_at[at], mark_at[at], number if card_at[at] >= 0 else 0

    for (card, mark, _), places in groupby(paragraph, key=label):
        found = list(places)
        shown = display_text(text[found[0] : found[-1] + 1])
        yield shown if card < 0 and not mark else (shown, card, _LETTERS[mark])


def find_paragraphs(text: str) -> Iterator[range]:
    """Lines, or what blank lines part where there are any: single line breaks are then those of a narrow column."""
    pattern = r"[^\n](?:[^\n]|\n(?![^\S\n]*\n))*" if re.search(r"\n[^\S\n]*\n", text) else r"[^\n]+"
    return (range(found.start(), found.end()) for found in re.finditer(pattern, text) if found.group().strip())


@lru_cache(maxsize=64)
def find_days(article: Article) -> tuple[Span, ...]:
    """Where the text names days."""
    document = prepare_document(article.text[:LONGEST_TEXT], language=article.language)
    return tuple(found.span for found in find_dates(document, published=article.published) if found.span)


def find_figures(reading: Reading) -> list[Span]:
    told = (holder.claims for holders in (reading.incidents, reading.scopes) for holder in holders)
    return [claim.span for claims in told for claim in claims if claim.article_id == reading.article_id]


def _describe_legend(scene: Scene) -> dict[str, Any]:
    words = scene.words
    roles = [[role, words(f"role.{role}")] for role in ROLES]
    return {
        "title": words("article.places"),
        "roles": roles,
        "marks": [["d", words("article.date")], ["f", words("article.figure")]],
    }


def _collect_cards(scene: Scene, found: Sequence[Resolution]) -> tuple[list[dict[str, Any]], list[int]]:
    """A card for each different meaning, and the number of each name's card."""
    cards: list[dict[str, Any]] = []
    numbers: dict[tuple[object, ...], int] = {}
    card_of: list[int] = []
    for index, resolution in enumerate(found):
        toponym, place = resolution.toponym, resolution.place
        meaning = (toponym.text, toponym.role, place.id if place else None, resolution.reason, resolution.score)
        if meaning not in numbers:
            numbers[meaning] = len(cards)
            cards.append(_describe_card(scene, resolution, index))
        card_of.append(numbers[meaning])
    return cards, card_of


def _describe_card(scene: Scene, resolution: Resolution, index: int) -> dict[str, Any]:
    words, place, role = scene.words, resolution.place, resolution.toponym.role
    rivals = [rival for rival in resolution.candidates if place is None or rival.place.id != place.id]
    return {
        "k": index,
        "role": role,
        "role_name": words(f"role.{role}"),
        "name": display_text(resolution.toponym.text),
        "taken": words("place.taken", place=name_place(place, words), kind=words(f"kind.{place.kind}"))
        if place
        else words("article.left_open"),
        "open": place is None,
        "where": name_whereabouts(scene, place) if place else "",
        "sure": words("article.sure", n=words.number(round(100 * resolution.score))) if place else "",
        "reason": words("article.why", reason=display_text(resolution.reason)),
        "rivals": [describe_choice(scene, rival.place, rival.score) for rival in rivals[:_MOST_RIVALS]],
    }


def describe_choice(scene: Scene, place: Place, score: float | None = None) -> list[str]:
    """A place one may choose: id, name, kind and whereabouts, chance."""
    words = scene.words
    about = words.join([words(f"kind.{place.kind}"), *filter(None, [name_whereabouts(scene, place)])])
    chance = words.isolate(f"{round(100 * score)}{'٪' if words.rtl else ' %'}") if score else ""
    return [place.id, name_place(place, words), about, chance]


def name_whereabouts(scene: Scene, place: Place) -> str:
    """Province and country of a place."""
    words, gazetteer = scene.words, scene.shared.gazetteer
    province = name_province(place.adm1, gazetteer, words) if place.adm1 and place.kind != "adm1" else ""
    country = name_country(place.country, gazetteer, words) if place.country and place.kind != "country" else ""
    return words.join([part for part in (province, country) if part])
