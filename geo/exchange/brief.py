"""A brief for the desk as a Word document: who claims what of which incident, every sentence with its footnote.

Figures are claims and stay apart; the lowest and the highest are named with who gives them, and nothing is averaged.
No sentence of a report is quoted. A figure for several places has a paragraph of its own.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import BinaryIO

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from geo.errors import UsageError
from geo.exchange.footnotes import Footnotes
from geo.exchange.formats import Setting
from geo.exchange.rows import sources_of
from geo.exchange.sentences import list_claims, say_claim, say_figure
from geo.exchange.table import Selection, describe_selection, distance_of, safe_line
from geo.model import Article, Claim, Incident, Scope, Source
from geo.text import display_text, safe_url
from geo.wording.figures import Group, group_claims, name_party, name_subject, stands, write_plain_figure
from geo.wording.naming import name_place, name_province, write_days, write_place, write_title
from geo.wording.words import Words

MOST_INCIDENTS = 500
"""More is no brief; they are for a table."""

_SECOND = RGBColor(0x55, 0x52, 0x4B)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_brief(stream: BinaryIO, selection: Selection, setting: Setting) -> None:
    """Write the selection as a brief in the reader's language: the same bytes for the same selection.

    Raises UsageError when it has more incidents than a brief can tell.
    """
    if len(selection.incidents) > MOST_INCIDENTS:
        raise UsageError(
            f"a brief tells of {MOST_INCIDENTS} incidents at most, and the filter leaves {len(selection.incidents):,}; "
            "narrow it, or export xlsx"
        )
    brief = _Brief(selection, setting)
    brief.write()
    made = io.BytesIO()
    brief.document.save(made)
    _copy_undated(made, stream)


class _Brief:
    """The document while it is written."""

    def __init__(self, selection: Selection, setting: Setting) -> None:
        self._selection, self._setting, self._words = selection, setting, setting.words
        self.document: Document = docx.Document()
        self._notes = Footnotes(self.document, rtl=self._words.rtl)
        self._shape()

    def write(self) -> None:
        """All of it, from the title to how to cite it."""
        self._add(self._title(), "Title")
        self._add(self._selection.asked or self._setting.border.name, small=True)
        for incident in self._selection.incidents:
            self._tell(incident)
        self._tell_totals()
        self._compare()
        self._add(self._words("methodology.licence"), "Heading 1")
        for name, value in describe_selection(self._selection).items():
            self._add(f"{name}: {value}", small=True)
        self._notes.finish()

    def _shape(self) -> None:
        """The look, and what the file says of itself."""
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = "Georgia", Pt(11)
        papers, about = describe_selection(self._selection), self.document.core_properties
        about.title, about.author, about.language = self._title(), "Border Incidents", self._words.language
        about.comments = papers["citation"]
        about.created = about.modified = self._selection.time.replace(tzinfo=None)

    def _title(self) -> str:
        days = [day for i in self._selection.incidents for day in (i.dates.start, i.dates.end) if day]
        if not days:
            return self._words("app.title")
        return self._words("app.title.period", period=self._words.period(min(days), max(days)))

    def _add(self, text: str, style: str | None = None, *, small: bool = False) -> Paragraph:
        paragraph = self.document.add_paragraph(style=style)
        self._say(paragraph, text, small=small)
        return paragraph

    def _say(self, paragraph: Paragraph, text: str, *, small: bool = False) -> None:
        """Text at the end of a paragraph, which runs as its language does."""
        run = paragraph.add_run(_NOT_XML.sub("", text))
        if small:
            run.font.size, run.font.color.rgb = Pt(9), _SECOND
        if self._words.rtl:
            run.font.rtl = True
            settings = paragraph._p.get_or_add_pPr()
            if settings.find(f"{{{settings.nsmap['w']}}}bidi") is None:
                settings.insert_element_before(OxmlElement("w:bidi"), "w:jc", "w:rPr")
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT  # the side where a line begins

    def _cite(self, paragraph: Paragraph, article_ids: Iterable[str]) -> None:
        """A footnote for each report: outlet, day of publication and address of every page its facts come from."""
        for id_ in dict.fromkeys(article_ids):
            if article := self._selection.articles.get(id_):
                self._notes.add(paragraph, [self._describe_page(page, article) for page in sources_of(article)])

    def _describe_page(self, page: Source, article: Article) -> tuple[str, str | None]:
        day = page.published or article.published
        when = self._words.day(day) if day else self._words("time.undated")
        return _NOT_XML.sub("", f"{self._name(page)}, {when}."), safe_url(page.url)

    def _name(self, source: Source) -> str:
        return self._words.name(safe_line(source.outlet)) if source.outlet else self._words("party.author")

    # ---- incidents and totals ----------------------------------------------------------------------------------------
    def _tell(self, incident: Incident) -> None:
        words, scopes = self._words, self._selection.scopes_of(incident)
        self._add(write_title(incident, words), "Heading 1")
        where = write_place(incident, scopes, distance_of(incident), self._setting.gazetteer, words)
        line = words.join([write_days(incident, words), where, words(f"status.{incident.status}")])
        self._cite(self._add(line, small=True), incident.articles)
        self._tell_claims(list_claims(incident))

    def _tell_claims(self, claims: Sequence[Claim]) -> None:
        """A sentence a claim, and one for the two ends where they differ."""
        if not claims:
            return
        paragraph = self.document.add_paragraph()
        said: dict[str, list[str]] = {}
        for claim in claims:
            said.setdefault(say_claim(claim, self._words), []).append(claim.article_id)
        for sentence, articles in said.items():
            self._say(paragraph, f"{sentence}.")
            self._cite(paragraph, articles)
            self._say(paragraph, " ")
        for group in group_claims(claims):
            self._tell_range(paragraph, group)

    def _tell_range(self, paragraph: Paragraph, group: Group) -> None:
        ends = find_ends(group)
        if ends is None:
            return
        low, high = ends
        words = self._words
        named = {"low": _write(low, words), "high": _write(high, words)}
        parties = {"low_party": _party(low, words), "high_party": _party(high, words)}
        self._say(paragraph, words("brief.range", what=name_subject(group, words), **named, **parties) + ".")
        self._cite(paragraph, (low.article_id, high.article_id))
        self._say(paragraph, " ")

    def _tell_totals(self) -> None:
        if not self._selection.scopes:
            return
        self._add(self._words("brief.totals"), "Heading 1")
        for scope in self._selection.scopes:
            line = self._words.join([*self._name_places(scope), self._status_of(scope)])
            self._cite(self._add(line, small=True), (claim.article_id for claim in scope.claims))
            self._tell_claims(scope.claims)

    def _status_of(self, scope: Scope) -> str:
        checked = self._selection.is_checked(scope)
        return self._words("status.reviewed" if checked else "status.draft")

    def _name_places(self, scope: Scope) -> list[str]:
        gazetteer, words = self._setting.gazetteer, self._words
        places = ((code, gazetteer.place(code)) for code in scope.places)
        return [name_place(place, words) if place else name_province(code, gazetteer, words) for code, place in places]

    # ---- the table ---------------------------------------------------------------------------------------------------
    def _compare(self) -> None:
        """The claims of incidents that have rivals, side by side."""
        rivals = [(i, claims) for i in self._selection.incidents if has_rivals(claims := list_claims(i))]
        if not rivals:
            return
        words = self._words
        self._add(words("brief.rivals"), "Heading 1")
        table = self.document.add_table(rows=1, cols=4, style="Light Grid Accent 1")
        heads = ("table.incident", "table.claimant", "table.figure", "table.sources")
        self._fill(table, 0, [words(key) for key in heads])
        for incident, claims in rivals:
            for number, claim in enumerate(claims):
                table.add_row()
                title = write_title(incident, words) if number == 0 else ""
                figure = say_figure(claim, words) if claim.stance == "asserts" else say_claim(claim, words)
                self._fill(table, len(table.rows) - 1, [title, _party(claim, words), figure, ""])
                self._cite(table.rows[-1].cells[3].paragraphs[0], [claim.article_id])
                self._say(table.rows[-1].cells[3].paragraphs[0], f" {self._outlet_of(claim)}", small=True)

    def _outlet_of(self, claim: Claim) -> str:
        article = self._selection.articles.get(claim.article_id)
        return self._name(sources_of(article)[0]) if article else ""

    def _fill(self, table: Table, row: int, texts: Sequence[str]) -> None:
        for cell, text in zip(table.rows[row].cells, texts, strict=True):
            self._say(cell.paragraphs[0], text, small=True)


def find_ends(group: Group) -> tuple[Claim, Claim] | None:
    """The claims with the lowest and the highest figure of one thing; None where they agree or there is one."""
    numbered = [(claim, *bounds) for claim in group.claims if stands(claim) and (bounds := _bounds(claim))]
    if not numbered:
        return None
    low, high = min(numbered, key=lambda claim: claim[1]), max(numbered, key=lambda claim: claim[2])
    return (low[0], high[0]) if (low[1], low[2]) != (high[1], high[2]) else None


def has_rivals(claims: Sequence[Claim]) -> bool:
    """Whether two of the claims contradict each other: in their figures, or one denies."""
    return any(claim.stance == "denies" for claim in claims) or any(map(find_ends, group_claims(claims)))


def _bounds(claim: Claim) -> tuple[float, float] | None:
    """Lowest and highest number of a claim; without an upper bound it is a little more than its lowest."""
    low = claim.low if claim.low is not None else claim.high
    if low is None:
        return None
    return low, claim.high if claim.high is not None else low + 0.5


def _write(claim: Claim, words: Words) -> str:
    figure, before, after = write_plain_figure(claim, words)
    return " ".join(part for part in (before, figure, after) if part)


def _party(claim: Claim, words: Words) -> str:
    return words.name(display_text(name_party(claim.claimant_party, words)))


def _copy_undated(made: BinaryIO, stream: BinaryIO) -> None:
    """Write a ZIP file again without the times at which its members were made."""
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
