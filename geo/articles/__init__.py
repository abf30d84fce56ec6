"""Bytes to articles: text, Markdown with front matter, HTML pages, JSON Lines, and folders of them.

What cannot be read is an ArticleError with one sentence and a code: ``empty_file``, ``too_large``, ``binary``,
``wrong_encoding``, ``no_article``, ``bad_front_matter``, ``bad_json``, ``unreadable``.
"""

from geo.articles.files import list_files, read_articles, read_bytes
from geo.articles.making import canonical_text, identify_article, make_article
from geo.articles.pages import read_page
from geo.articles.records import article_from_record, read_record, record_id, split_lines

__all__ = [
    "article_from_record",
    "canonical_text",
    "identify_article",
    "list_files",
    "make_article",
    "read_articles",
    "read_bytes",
    "read_page",
    "read_record",
    "record_id",
    "split_lines",
]
