"""PDF files to their text, page by page, by pypdf."""

from __future__ import annotations

import io
import logging
import re
from datetime import date
from typing import TYPE_CHECKING

from geo.articles.flags import file_date_flag
from geo.articles.found import Found
from geo.errors import ArticleError

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_PAGES = 500
MOST_TEXT = 5_000_000
"""Characters; a thousand pages have three million."""
_HYPHEN = re.compile(r"(?<=[a-z])[-\u2010\u00ad]\n(?=[a-z])")
_NO_TITLE = re.compile(r"untitled.*|microsoft word\b.*|.*\.(?:docx?|pdf|indd|rtf|odt|html?)", re.IGNORECASE)
"""What programs write where nobody gave a title."""


def find_in_pdf(data: bytes) -> Found:
    """The text of a PDF file and its own title; raises ArticleError."""
    from pypdf import PdfReader
    from pypdf.errors import LimitReachedError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ArticleError("it is locked with a password", "unreadable")
        return _find(reader)
    except LimitReachedError as error:
        raise ArticleError("it would unpack to more than any honest PDF does, or holds itself", "too_large") from error
    except PyPdfError as error:
        raise ArticleError("it is no PDF, or a damaged one", "unreadable") from error


def _find(reader: PdfReader) -> Found:
    pages: list[str] = []
    for number, page in enumerate(reader.pages):
        if number == MOST_PAGES or sum(map(len, pages)) > MOST_TEXT:
            raise ArticleError(f"it has more than {MOST_PAGES} pages or {MOST_TEXT:,} letters", "too_large")
        pages.append(page.extract_text())
    text = join_pages(pages)
    if not any(letter.isalpha() for letter in text):
        raise ArticleError("its pages are pictures without text, as scanners make them", "no_article")
    about = reader.metadata
    title = (about.title if about else None) or ""
    made = about.creation_date if about else None
    return Found(
        text=text,
        title=None if _NO_TITLE.fullmatch(title.strip()) else title.strip() or None,
        flags=(file_date_flag(date(made.year, made.month, made.day)),) if made else (),
    )


def join_pages(pages: list[str]) -> str:
    """The pages as one text: words parted at line ends are joined, sentences run on from page to page."""
    lines = "\n".join(pages).replace("\r", "\n").replace("\0", "").split("\n")
    return _HYPHEN.sub("", "\n".join(line.strip() for line in lines))
