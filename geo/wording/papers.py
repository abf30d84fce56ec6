"""The articles behind the incidents: what is quoted of one and where it stood, and all of them in sum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from geo.model import Article, Incident, Scope, Span
from geo.store import Store
from geo.store.released import NAMES_WITHHELD, TEXT_WITHHELD
from geo.text import display_text, prepare_document, safe_url
from geo.wording.words import Words

_MOST_OUTLETS = 2
_WITHHELD = {NAMES_WITHHELD.code: "names.withheld", TEXT_WITHHELD.code: "names.text"}


@dataclass(frozen=True, kw_only=True)
class Papers:
    """The articles behind a revision, in sum."""

    revision: int
    pages: int = 0
    outlets: int = 0
    latest: date | None = None
    """Newest day of publication; None when none is known."""
    samples: bool = False
    """Whether some are this project's sample reports."""
    sources_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Outlets by article id."""

    def count_sources(self, incident: Incident, scopes: Sequence[Scope]) -> tuple[int, int]:
        """How many outlets an incident is known from: independent ones, and those that only repeat another's text."""
        ids = {*incident.articles, *(claim.article_id for scope in scopes for claim in scope.claims)}
        independent = self._outlets(ids.difference(incident.copied))
        copies = len(self._outlets(incident.copied) - independent)
        # where nobody knows whose text it was, the first to repeat it stands for them
        return (len(independent), copies) if independent else (min(copies, 1), max(copies - 1, 0))

    def _outlets(self, ids: Iterable[str]) -> frozenset[str]:
        return frozenset().union(*(self.sources_of.get(id_, ()) for id_ in ids))


def say_withheld(articles: Iterable[Article], words: Words) -> list[str]:
    """What readers are told of that is not shown of some articles: names of victims, or all of a text."""
    codes = {flag.code for article in articles for flag in article.flags}
    return [words(key) for code, key in _WITHHELD.items() if code in codes]


def gather_papers(articles: Iterable[Article], revision: int) -> Papers:
    """The same of some articles: those that an edition was made from."""
    known = list(articles)
    outlets = {
        article.id: frozenset(filter(None, (article.publisher, *(source.outlet for source in article.sources))))
        or _stand_in(article.id, article.url)
        for article in known
    }
    days = [day for a in known for day in (a.published, *(source.published for source in a.sources)) if day]
    return Papers(
        revision=revision,
        pages=len({source.url for article in known for source in article.sources if source.url}) or len(known),
        outlets=len(frozenset().union(*outlets.values())),
        latest=max(days, default=None),
        samples=any(article.own_wording for article in known),
        sources_of=outlets,
    )


def sentence_of(article: Article, span: Span) -> str:
    """The sentence that a span of an article stands in."""
    return _sentence_at(article.text, article.language, span.start, span.end)


@lru_cache(maxsize=4096)
def source_of(article: Article, words: Words) -> str:
    """Outlet and day of an article; for a sample report, of the pages its facts came from.

    Of one that names no outlet, the site that it stands on.
    """
    outlets = [source.outlet for source in article.sources] or [article.publisher or _name_site(article.url)]
    named = [words.name(display_text(outlet)) for outlet in dict.fromkeys(outlets) if outlet][:_MOST_OUTLETS]
    day = article.published or next((s.published for s in article.sources if s.published), None)
    return words.join([*named, words.day(day)] if day else named)


def read_papers(store: Store, revision: int) -> Papers:
    """What all incidents of a revision were read from."""
    wanted = {
        "source": ("article_id", "outlet", "url", "published"),
        "article": ("id", "publisher", "url", "published", "own_wording"),
    }
    columns = store.read_columns(wanted, at=revision).tables
    source, article = columns["source"], columns["article"]
    named: dict[str, set[str]] = {}
    for id_, outlet in (
        *zip(article["id"], article["publisher"], strict=True),
        *zip(source["article_id"], source["outlet"], strict=True),
    ):
        if outlet:
            named.setdefault(id_, set()).add(outlet)
    outlets = {
        id_: frozenset(named.get(id_, ())) or _stand_in(id_, url)
        for id_, url in zip(article["id"], article["url"], strict=True)
    }
    days = [day for day in (*article["published"], *source["published"]) if day]
    return Papers(
        revision=revision,
        pages=len(set(filter(None, source["url"]))) or len(article["id"]),
        outlets=len(frozenset().union(*outlets.values())),
        latest=max(days, default=None),
        samples=any(article["own_wording"]),
        sources_of=outlets,
    )


def _stand_in(id_: str, url: str | None) -> frozenset[str]:
    """Stands for the outlet of an article that names none: its site, else nobody but itself."""
    return frozenset((_name_site(url) or id_,))


def _name_site(url: str | None) -> str:
    """The host of an address, as people say it; empty where there is none."""
    safe = safe_url(url)
    return (urlsplit(safe).hostname or "").removeprefix("www.") if safe else ""


@lru_cache(maxsize=1024)
def _sentence_at(text: str, language: str | None, start: int, end: int) -> str:
    document = prepare_document(text, language=language)
    at = document.sentence_at(start)
    if at < 0:
        return text[start:end]
    sentence = document.sentences[at]
    return text[sentence.start : max(sentence.end, end)]
