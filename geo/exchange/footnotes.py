"""Real footnotes in a Word document (ECMA-376 part 1, 17.11), which python-docx has no interface for."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph
from lxml import etree

_SEPARATORS = f"""<w:footnotes {nsdecls("w", "r")}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
</w:footnotes>"""
"""What every part of footnotes begins with."""
_SMALL = "18"
"""Half points."""


class Footnotes:
    """The footnotes of a document: each is numbered by the reader's program, in the order of the text."""

    def __init__(self, document: Document, *, rtl: bool = False) -> None:
        self._root, self._rtl = parse_xml(_SEPARATORS), rtl
        main = document.part
        self._part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, package=main.package)
        main.relate_to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)

    def add(self, paragraph: Paragraph, pages: Sequence[tuple[str, str | None]]) -> None:
        """Put the number of a new footnote at the end of a paragraph: what it says of pages, each address a link."""
        if len(paragraph._p) and paragraph._p[-1].find(qn("w:footnoteReference")) is not None:
            paragraph._p.append(_run(_raised(), _words(", ")))
        id_ = str(len(self._root) - 1)
        paragraph._p.append(_run(_raised(), _with_id("w:footnoteReference", id_)))
        note, body = _with_id("w:footnote", id_), OxmlElement("w:p")
        if self._rtl:
            settings = OxmlElement("w:pPr")
            settings.append(OxmlElement("w:bidi"))
            body.append(settings)
        body.append(_run(_raised(), OxmlElement("w:footnoteRef")))
        for text, url in pages:
            body.append(self._text(f" {text}{' ' if url else ''}"))
            if url:
                body.append(self._link(url))
        note.append(body)
        self._root.append(note)

    def finish(self) -> None:
        """Write the footnotes into their part; nothing is added after."""
        self._part._blob = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _text(self, text: str) -> BaseOxmlElement:
        return _run(_properties(rtl=self._rtl), _words(text))

    def _link(self, url: str) -> BaseOxmlElement:
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), self._part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        link.append(_run(_properties(colour="8E1F33"), _words(url)))
        return link


def _run(*children: BaseOxmlElement) -> BaseOxmlElement:
    run = OxmlElement("w:r")
    run.extend(children)
    return run


def _raised() -> BaseOxmlElement:
    settings, raised = OxmlElement("w:rPr"), OxmlElement("w:vertAlign")
    raised.set(qn("w:val"), "superscript")
    settings.append(raised)
    return settings


def _properties(*, rtl: bool = False, colour: str = "") -> BaseOxmlElement:
    """Settings of a run, in the order of the schema."""
    settings = OxmlElement("w:rPr")
    for name, value in (("w:color", colour), ("w:sz", _SMALL), ("w:szCs", _SMALL)):
        if value:
            element = OxmlElement(name)
            element.set(qn("w:val"), value)
            settings.append(element)
    if rtl:
        settings.append(OxmlElement("w:rtl"))
    return settings


def _words(text: str) -> BaseOxmlElement:
    words = OxmlElement("w:t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return words


def _with_id(name: str, id_: str) -> BaseOxmlElement:
    element = OxmlElement(name)
    element.set(qn("w:id"), id_)
    return element
