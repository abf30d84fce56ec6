"""Bytes to text: the encoding that is declared or sure, else a guess that is said to be one, else an error."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import NamedTuple

from geo.errors import ArticleError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BINARY = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f"))
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""")
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SAMPLE = 65_536
"""Bytes looked at when guessing."""
_COMMON_LETTERS = frozenset("لمنهويى")
_COMMON_SHARE = 0.15
"""Least share of the common letters: 0.25-0.44 in the Dari, Pashto and Urdu sample reports, 0 in Russian read by
the wrong table."""


class Decoded(NamedTuple):
    """A text and how it was read."""

    text: str
    encoding: str
    guessed: bool
    """True when nothing but the letters told the encoding."""


def decode_text(data: bytes, *, declared: str | None = None) -> Decoded:
    """The text of a file; raises ArticleError for an empty, a binary and an undecodable one."""
    if not data.strip():
        raise ArticleError("the file is empty", "empty_file")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_strictly(data, encoding)
    kind = next((kind for magic, kind in _BINARY if data.startswith(magic)), None)
    if kind:
        raise ArticleError(f"it is {kind}; save its text as a text, Markdown or HTML file", "binary")
    if b"\0" in data:
        return _decode_wide(data)
    if len(data.translate(None, _CONTROL)) < 0.99 * len(data):
        raise ArticleError("it is not text but some binary format", "binary")
    try:
        return Decoded(data.decode("utf-8"), "utf-8", False)
    except UnicodeDecodeError as error:
        return _decode_declared(data, declared) or _guess(data, error)


def find_declared(page: bytes) -> str | None:
    """The encoding an HTML page names in its first kilobytes; None when it names none."""
    found = _DECLARED.search(page, 0, 4096)
    return found[1].decode("ascii") if found else None


def _decode_strictly(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding, False)
    except UnicodeDecodeError as error:
        raise ArticleError(f"it begins as {encoding} and is broken at byte {error.start}", "wrong_encoding") from error


def _decode_declared(data: bytes, declared: str | None) -> Decoded | None:
    try:
        return Decoded(data.decode(declared), declared, False) if declared else None
    except (LookupError, ValueError):  # UnicodeError is a ValueError; some names of codecs are refused as such
        return None


def _decode_wide(data: bytes) -> Decoded:
    """UTF-16 without a mark: its NULs stand all on one side of the pairs and the text has no other odd characters."""
    encoding = "utf-16-le" if data[:_SAMPLE:2].count(0) < data[1:_SAMPLE:2].count(0) else "utf-16-be"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ArticleError("it is not text but some binary format", "binary") from error
    odd = sum(
        unicodedata.category(letter) in ("Cc", "Cn", "Co") and letter not in "\t\n\r" for letter in text[:_SAMPLE]
    )
    if odd:
        raise ArticleError("it is not text but some binary format", "binary")
    return Decoded(text, encoding, True)


def _guess(data: bytes, error: UnicodeDecodeError) -> Decoded:
    sample = data[:_SAMPLE]
    high = sum(byte > 127 for byte in sample)
    in_sequences = sum(map(len, _SEQUENCE.findall(sample)))
    if 2 * in_sequences > high and high > 8:
        raise ArticleError(
            f"it is UTF-8 that is broken at byte {error.start}; save it as UTF-8 again", "wrong_encoding"
        )
    for encoding, looks_right in (("cp1256", _looks_arabic), ("cp1252", _looks_western)):
        if looks_right(sample.decode(encoding, errors="replace")):
            try:
                return Decoded(data.decode(encoding), encoding, True)
            except UnicodeDecodeError:
                continue
    raise ArticleError("its encoding cannot be told; save it as UTF-8", "wrong_encoding")


def _looks_arabic(text: str) -> bool:
    foreign = [letter for letter in text if letter > "\x7f"]
    arabic = sum("\u0600" <= letter <= "\u06ff" for letter in foreign)
    return (
        arabic >= 0.8 * len(foreign) and sum(letter in _COMMON_LETTERS for letter in foreign) >= _COMMON_SHARE * arabic
    )


def _looks_western(text: str) -> bool:
    """Few accented letters among plain ones, and no signs that news is not written with."""
    foreign = [letter for letter in text if letter > "\x7f"]
    usual = sum(letter.isalpha() or letter in "–—‘’“”«»…€£°·\xa0•" for letter in foreign)
    return len(foreign) <= 0.2 * len(text) and usual >= 0.95 * len(foreign)
