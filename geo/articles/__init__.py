"""Bytes to articles: text, Markdown, HTML pages, PDF, Word documents, mails, tables, JSON Lines, and folders of them.

What cannot be read is an ArticleError with one sentence and a code: ``empty_file``, ``too_large``, ``binary``,
``wrong_encoding``, ``no_article``, ``bad_front_matter``, ``bad_json``, ``bad_table``, ``unreadable``.
"""

from geo.articles.documents import read_limited, too_large
from geo.articles.fetched import read_page
from geo.articles.files import list_files, read_articles, read_bytes, read_each
from geo.articles.found import ArticleFacts
from geo.articles.making import canonical_text, identify_article, make_article, make_listed
from geo.articles.records import article_from_record, read_record, record_id, split_lines
from geo.articles.tables import read_rows

__all__ = [
    "ArticleFacts",
    "article_from_record",
    "canonical_text",
    "identify_article",
    "list_files",
    "make_article",
    "make_listed",
    "read_articles",
    "read_bytes",
    "read_each",
    "read_limited",
    "read_page",
    "read_record",
    "read_rows",
    "record_id",
    "split_lines",
    "too_large",
]
