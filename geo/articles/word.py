"""Word documents (DOCX): paragraphs of the text as it stands, without what was struck out and without pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException, ElementTree

from geo.articles.archives import open_archive, read_part
from geo.articles.flags import file_date_flag
from geo.articles.found import Found
from geo.errors import ArticleError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DC, _DCTERMS = "{http://purl.org/dc/elements/1.1/}", "{http://purl.org/dc/terms/}"
_LEFT_OUT = {f"{space}{name}" for space in (_W, _STRICT) for name in ("del", "moveFrom", "instrText")} | {_FALLBACK}
"""What was struck out or moved away, commands of fields, and second copies of text boxes for old programs."""
_TITLE_STYLES = ("title", "heading1")


def find_in_word(data: bytes) -> Found:
    """The text of a DOCX file, its own title and language; raises ArticleError."""
    archive = open_archive(data)
    if "word/document.xml" not in archive.namelist():
        raise ArticleError("it is an archive but no Word document; save its text as a text file", "binary")
    body = read_xml(read_part(archive, "word/document.xml") or b"")
    paragraphs = [(style, text) for style, text in _paragraphs(body) if text]
    core = read_part(archive, "docProps/core.xml")
    about = read_xml(core) if core else Element("none")
    title = _text(about, f"{_DC}title") or next((text for style, text in paragraphs[:5] if style in _TITLE_STYLES), "")
    made = _day(_text(about, f"{_DCTERMS}created"))
    return Found(
        text="\n\n".join(text for _, text in paragraphs),
        title=title or None,
        flags=(file_date_flag(made),) if made else (),
    )


def read_xml(data: bytes) -> Element:
    """The root of an XML document without DOCTYPE and entities; raises ArticleError (``unreadable``)."""
    try:
        root: Element = ElementTree.fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise ArticleError(
            "its XML defines a document type or entities, as no office program writes", "unreadable"
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise ArticleError("its XML is damaged", "unreadable") from error
    return root


def _paragraphs(root: Element) -> Iterator[tuple[str, str]]:
    """Style in small letters and text of each paragraph; walked without recursion, as deep as a document may go."""
    open_: list[tuple[str, list[str]]] = []
    waiting: list[Element | None] = [root]
    while waiting:
        element = waiting.pop()
        if element is None:
            style, pieces = open_.pop()
            yield style, re.sub(r"[^\S\n]+", " ", "".join(pieces)).strip()
            continue
        name = element.tag.rpartition("}")[2]
        if element.tag in _LEFT_OUT:
            continue
        if name == "p" and element.tag.startswith((_W, _STRICT)):
            open_.append(("", []))
            waiting.append(None)
        elif open_:
            _add_piece(open_, name, element)
        waiting.extend(reversed(element))


def _add_piece(open_: list[tuple[str, list[str]]], name: str, element: Element) -> None:
    style, pieces = open_[-1]
    if name == "t":
        pieces.append(element.text or "")
    elif name in ("tab", "br", "cr"):
        pieces.append(" " if name == "tab" else "\n")
    elif name == "noBreakHyphen":
        pieces.append("-")
    elif name == "pStyle" and not style:
        told = next((value for key, value in element.items() if key.endswith("}val")), "")
        open_[-1] = (told.lower().replace(" ", ""), pieces)


def _text(root: Element, name: str) -> str:
    found = root.find(name)
    return (found.text or "").strip() if found is not None else ""


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return None
