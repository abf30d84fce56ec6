"""What is quoted of an article: a sentence, and where it stood."""

from __future__ import annotations

from functools import lru_cache

from geo.model import Article, Span
from geo.text import display_text, prepare_document
from geo.ui.words import Words

_MOST_OUTLETS = 2


def sentence_of(article: Article, span: Span) -> str:
    """The sentence that a span of an article stands in."""
    return _sentence_at(article.text, article.language, span.start, span.end)


def source_of(article: Article, words: Words) -> str:
    """Outlet and day of an article; for a sample report, of the pages its facts came from."""
    outlets = [source.outlet for source in article.sources] or [article.publisher or ""]
    named = [words.name(display_text(outlet)) for outlet in dict.fromkeys(outlets) if outlet][:_MOST_OUTLETS]
    day = article.published or next((s.published for s in article.sources if s.published), None)
    return words.join([*named, words.day(day)] if day else named)


@lru_cache(maxsize=1024)
def _sentence_at(text: str, language: str | None, start: int, end: int) -> str:
    document = prepare_document(text, language=language)
    at = document.sentence_at(start)
    if at < 0:
        return text[start:end]
    sentence = document.sentences[at]
    return text[sentence.start : max(sentence.end, end)]
