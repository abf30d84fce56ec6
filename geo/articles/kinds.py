"""What a file is: told by its media type, else by the end of its name, else by its first bytes."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Literal

from geo.errors import ArticleError

Kind = Literal["page", "text", "markdown", "lines", "table", "pdf", "docx", "mail"]

_MEDIA_TYPES: dict[str, Kind] = {
    "text/html": "page",
    "application/xhtml+xml": "page",
    "text/plain": "text",
    "text/markdown": "markdown",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "message/rfc822": "mail",
}
_ENDINGS: dict[str, Kind] = {
    ".html": "page", ".htm": "page", ".xhtml": "page", ".md": "markdown", ".markdown": "markdown", ".jsonl": "lines",
    ".ndjson": "lines", ".csv": "table", ".tsv": "table", ".pdf": "pdf", ".docx": "docx", ".eml": "mail",
}  # fmt: skip
_WORKBOOKS = (".xlsx", ".xlsm", ".ods", ".xls")
_PAGE_START = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)


def tell_kind(data: bytes, *, name: str = "", media_type: str | None = None) -> Kind:
    """The kind of a file's bytes; text when nothing tells. Raises ArticleError for a workbook."""
    suffix = PurePath(name).suffix.lower()
    if suffix in _WORKBOOKS:
        raise ArticleError("it is a workbook; save the sheet with the articles as CSV", "binary")
    told = _MEDIA_TYPES.get(media_type or "") or _ENDINGS.get(suffix)
    if told and told != "text":
        return told
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    return "page" if _PAGE_START.match(data) else "text"
