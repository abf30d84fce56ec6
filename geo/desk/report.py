"""The reports of the incident under review: their texts, with every place, date, figure and claim where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from geo.desk.scene import DeskScene
from geo.model import Article, Incident, Reading, Span
from geo.text import display_text, safe_url
from geo.ui.article import LONGEST_TEXT, describe_article, find_days, find_figures, find_paragraphs
from geo.ui.correcting import describe_editing
from geo.wording.opened import Told
from geo.wording.papers import source_of

MOST_REPORTS = 12
"""Reports that are sent with an incident; the rest are named."""
_MOST_SINCE = 8
"""Of those, how many that came since it was checked."""

Mark = tuple[Span, str]
"""A piece of a text and the key of what it says: c3 the fourth claim, p0 the first place, q what reports it, t7 a place
name of the reading, d a date, f a figure, v a victim's name that is withheld."""
Piece = tuple[str, str, int]
"""Text as it is shown, the keys of what it says, between spaces, and where in the article it begins."""


def describe_reports(
    scene: DeskScene, incident: Incident, told: Told, since: Sequence[Incident] = ()
) -> list[dict[str, Any]]:
    """Each report of an incident, first report first, and last those that came ``since`` it was checked."""
    new = {article.id: article for article in _read_new(scene, since)}
    own = [told.articles[id_] for id_ in incident.articles if id_ in told.articles]
    others = [article for article in told.articles.values() if article not in own and article.id not in new]
    told = replace(told, reports=[*told.reports, *since])
    shown = [*[*own, *others][: MOST_REPORTS - len(new)], *new.values()]
    return [{**_describe(scene, incident, told, article), "since": article.id in new} for article in shown]


def _read_new(scene: DeskScene, since: Sequence[Incident]) -> list[Article]:
    return scene.shared.store.load_articles([report.articles[0] for report in since[:_MOST_SINCE]]) if since else []


def _describe(scene: DeskScene, incident: Incident, told: Told, article: Article) -> dict[str, Any]:
    reading = scene.shared.store.reading(article.id) or Reading(article_id=article.id, language="")
    described = describe_article(scene.snapshot_scene, article, reading)
    withheld = [(span, "v") for span in scene.shared.store.withheld_in(article.id)]
    marks = [*_mark_incident(incident, told, article, reading), *_mark_reading(article, reading), *withheld]
    return {
        **{key: described[key] for key in ("id", "cards", "lang", "labels", "said", "cut", "sought")},
        "title": described["title"] or source_of(article, scene.words),
        "source": source_of(article, scene.words),
        "url": safe_url(article.url),
        "text": cut_marked(article.text[:LONGEST_TEXT], marks),
        "card_of": _number_cards(described["cards"], reading),
        "edit": _describe_editing(scene),
        "copy": article.id in incident.copied,
        "mine": article.id in incident.articles,
    }


def _describe_editing(scene: DeskScene) -> dict[str, Any] | None:
    """Words of a place's correction; who corrects it is who is signed in."""
    edit = describe_editing(scene.snapshot_scene)
    return {**edit, "who": "", "editor": ""} if edit and scene.person.may("editor") else None


def _number_cards(cards: Sequence[dict[str, Any]], reading: Reading) -> list[int]:
    """The card of each name of a reading; names that are meant alike share one."""
    first = {
        _meaning_of(reading, card["k"]): number
        for number, card in enumerate(cards)
        if card["k"] < len(reading.toponyms)
    }
    return [first.get(_meaning_of(reading, k), -1) for k in range(len(reading.toponyms))]


def _meaning_of(reading: Reading, k: int) -> tuple[object, ...]:
    found = reading.toponyms[k]
    return found.toponym.text, found.toponym.role, found.place.id if found.place else None, found.reason, found.score


def _mark_incident(incident: Incident, told: Told, article: Article, reading: Reading) -> Iterator[Mark]:
    """What this incident says, where the article says it."""
    for number, claim in enumerate(incident.claims):
        if claim.article_id == article.id:
            yield claim.span, f"c{number}"
    for report in told.reports:
        if report.articles and report.articles[0] == article.id and report.quote:
            yield report.quote, "q"
    for number, place in enumerate(incident.places):
        for resolution in reading.toponyms:
            if place.place and resolution.place and resolution.place.id == place.place.id:
                yield resolution.toponym.span, f"p{number}"


def _mark_reading(article: Article, reading: Reading) -> Iterator[Mark]:
    yield from ((found.toponym.span, f"t{k}") for k, found in enumerate(reading.toponyms))
    yield from ((span, "d") for span in find_days(article))
    yield from ((span, "f") for span in find_figures(reading))


def cut_marked(text: str, marks: Sequence[Mark]) -> list[list[Piece]]:
    """The paragraphs of a text, cut where something marked begins or ends; each piece with the keys of all it says."""
    within = [(max(0, span.start), min(span.end, len(text)), key) for span, key in marks]
    cuts = sorted({at for start, end, _ in within if start < end for at in (start, end)})
    return [list(_cut(text, paragraph, within, cuts)) for paragraph in find_paragraphs(text)]


def _cut(text: str, paragraph: range, marks: Sequence[tuple[int, int, str]], cuts: Sequence[int]) -> Iterator[Piece]:
    inside = [mark for mark in marks if mark[0] < paragraph.stop and mark[1] > paragraph.start]
    bounds = [paragraph.start, *(at for at in cuts if paragraph.start < at < paragraph.stop), paragraph.stop]
    for start, end in pairwise(bounds):
        keys = list(dict.fromkeys(key for begin, stop, key in inside if begin <= start and end <= stop))
        yield display_text(text[start:end]), " ".join(keys), start
