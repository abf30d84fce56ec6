"""The markup of a feed before it is parsed: decoded once, without what XML may do beyond telling, and not endless."""

from __future__ import annotations

import codecs
import re

from geo.errors import ArticleError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
"""The longer ones first: that of UTF-32 begins with one of UTF-16."""
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})["']""")
_ENCODINGS = re.compile(
    r"utf-8|utf-16(-[lb]e)?|ascii|iso8859-\d+|cp\d{3,4}|koi8-[rtu]|gb2312|gbk|gb18030|big5|euc[_-]\w+|shift_jis|"
    r"mac-\w+|tis-620|hz"
)
"""Names by which Python knows encodings that feeds are written in; UTF-7 and its like only serve to hide something."""
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?([A-Za-z][\w.-]{0,40})")
_ROOTS = ("rss", "rdf", "feed", "channel")
_ENTRY = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?(?:item|entry)(?=[\s>])")
_ENDS = {"rss": "</channel></rss>", "rdf": "</rdf:RDF>", "feed": "</feed>", "channel": "</channel>"}


def prepare_markup(data: bytes, *, charset: str | None, most: int) -> tuple[str, bool]:
    """The feed as text, with its first ``most`` entries, and whether there were more.

    Raises ArticleError (``no_feed``) for anything else, and (``not_allowed``) where it declares entities of its own,
    with which a few lines can unfold to gigabytes or ask for other files.
    """
    text = _ILLEGAL.sub("", decode_markup(data, charset))
    start, root = _find_root(text)
    if root not in _ROOTS:
        raise ArticleError("it is no feed" + (" but a web page" if root == "html" else ""), "no_feed")
    text = text[start:]
    further = next((found for k, found in enumerate(_ENTRY.finditer(text)) if k == most), None)
    return (text[: further.start()] + _ENDS[root], True) if further else (text, False)


def decode_markup(data: bytes, charset: str | None) -> str:
    """The text, by its mark, its declaration, what the server said, or UTF-8; what cannot be read becomes U+FFFD."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    if b"\0" in data[:4]:
        return data.decode("utf-16-be" if data[:1] == b"\0" else "utf-16-le", errors="replace")
    declared = _DECLARED.match(data[:1_000])
    for named in (declared[1].decode("ascii") if declared else None, charset, "utf-8"):
        if known := _know(named):
            try:
                return data.decode(known)
            except UnicodeDecodeError:
                continue
    return data.decode("utf-8", errors="replace")


def _know(named: str | None) -> str | None:
    """Python's name of an encoding that a feed may be written in; None for others."""
    try:
        found = codecs.lookup(named).name if named else ""
    except (LookupError, ValueError):
        return None
    return found if _ENCODINGS.fullmatch(found) else None


def _find_root(text: str) -> tuple[int, str]:
    """Where the first element stands, and its name in small letters; what comes before it is stepped over."""
    at = 0
    while (at := text.find("<", at)) >= 0:
        if text.startswith("<?", at):
            at = _after(text, "?>", at)
        elif text.startswith("<!--", at):
            at = _after(text, "-->", at)
        elif text.startswith("<!", at):
            at = _after_declaration(text, at)
        else:
            found = _ROOT.match(text, at)
            return at, found[1].lower() if found else ""
    return 0, ""


def _after(text: str, end: str, at: int) -> int:
    found = text.find(end, at)
    return found + len(end) if found >= 0 else len(text)


def _after_declaration(text: str, at: int) -> int:
    """Behind a DOCTYPE, as RSS 0.91 has one; one that declares something itself is refused."""
    end = _after(text, ">", at)
    if "[" in text[at:end] or text[at : at + 8].upper() == "<!ENTITY":
        raise ArticleError("it declares entities of its own, which no feed needs", "not_allowed")
    return end
