"""Words in feeds: text out of markup, and names of languages."""

from __future__ import annotations

import html
import re
import unicodedata

_MOST_READ = 20_000
"""Letters of a text with its markup; what stands after them is in no summary."""
_TAG = re.compile(r"<[^<>]{0,2000}>")
_BREAK = re.compile(
    r"<\s*/?\s*(?:p|br|div|li|ul|ol|h\d|t[dhr]|table|blockquote|hr|figcaption)\b[^<>]{0,2000}>", re.IGNORECASE
)
"""Tags that part words; others may stand inside of one."""
_HIDDEN = re.compile(r"<(script|style)\b[^<>]{0,2000}>.{0,20000}?</\1\s*>", re.IGNORECASE | re.DOTALL)
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9-]*)?", re.IGNORECASE)


def plain_text(markup: str) -> str:
    """The text of a title or summary in one line, in NFC; tags go, and what they escape is read once more."""
    text = _HIDDEN.sub(" ", html.unescape(markup[:_MOST_READ]))
    text = html.unescape(_TAG.sub("", _BREAK.sub(" ", text)))
    kept = (" " if unicodedata.category(sign) == "Cc" else sign for sign in text)
    return unicodedata.normalize("NFC", " ".join("".join(kept).split()))


def read_language(written: object) -> str | None:
    """The language of a tag such as ``en-GB``, as ISO 639; None when it is none."""
    found = _LANGUAGE.fullmatch(written.strip()) if isinstance(written, str) else None
    return found[1].lower() if found else None
