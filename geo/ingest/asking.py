"""Places that a geocoder was not there to name, asked for again: their articles are read anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from geo.corrections import tell_again
from geo.model import Article, Reading
from geo.pipeline import UNANSWERED, Tools, join_reading, read_article
from geo.store import Store

_REASON = "read again: the geocoder was asked for its places"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What became of one article."""

    article: Article
    found: tuple[str, ...]
    """Names that have a place now."""
    open: tuple[str, ...]
    """Names that the geocoder still does not answer for."""


def ask_again(store: Store, tools: Tools, *, time: datetime) -> Iterator[Asked]:
    """Read each article again that has an unanswered place, one by one, and tell what became of it.

    ``tools`` must have a locator. An article for which nothing is answered is left as it is; so is an incident that a
    person has checked.
    """
    for article in store.load_articles(list_unanswered(store)):
        before = store.reading(article.id)
        reading = join_reading(read_article(article, tools), tools.border)
        still_open = _names_open(reading)
        if before is not None and still_open != _names_open(before):
            with store.change(time=time) as change:
                tell_again(change, reading, reason=_REASON)
        known = {resolution.toponym.text for resolution in reading.toponyms if resolution.place}
        asked = _names_open(before) if before else ()
        yield Asked(article=article, found=tuple(name for name in asked if name in known), open=still_open)


def list_unanswered(store: Store) -> list[str]:
    """Ids of the articles with a place that could not be asked for."""
    told = store.read_columns({"reading": ("article_id", "flags")}).tables["reading"]
    return [
        id_
        for id_, flags in zip(told["article_id"], told["flags"], strict=True)
        if any(flag["code"] == UNANSWERED for flag in flags)
    ]


def _names_open(reading: Reading) -> tuple[str, ...]:
    spans = {flag.span for flag in reading.flags if flag.code == UNANSWERED}
    return tuple(dict.fromkeys(one.toponym.text for one in reading.toponyms if one.toponym.span in spans))
