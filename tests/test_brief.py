"""A brief has a real footnote behind every sentence, names both ends with who gives them, and quotes nobody."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date

import docx
import pytest
from exchange_world import ARTICLE, AT_TORKHAM, IN_KUNAR, KILLED, PAPERS, incident, select, total
from lxml import etree

from geo.errors import UsageError
from geo.exchange import brief
from geo.exchange.brief import write_brief
from geo.exchange.formats import Setting
from geo.exchange.table import Selection
from geo.model import Article, Claim, Source
from geo.pipeline import load_tools
from geo.store import open_store
from geo.wording.words import LANGUAGES, Words

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OTHER = Article(
    id="article-2",
    text="Nobody may quote this.",
    publisher="Outlet B",
    published=date(2025, 10, 13),
    url="javascript:1",
)
HIGHER = replace(KILLED, low=9, best=9, high=9, claimant_party="state:PK", claimant="the army", article_id="article-2")
DENIAL = replace(KILLED, low=None, best=None, high=None, stance="denies", claimant_party="state:PK")


@pytest.fixture(scope="module")
def setting(tmp_path_factory: pytest.TempPathFactory) -> Setting:
    tools = load_tools("AF-PK")
    with closing(open_store(tmp_path_factory.mktemp("store") / "store.sqlite")) as store:
        return Setting(store=store, border=tools.border, gazetteer=tools.gazetteer)


class Brief:
    """What a reader finds in a document."""

    def __init__(self, data: bytes) -> None:
        self.document = docx.Document(io.BytesIO(data))
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            notes = etree.fromstring(parts.read("word/footnotes.xml"))
            found = "word/_rels/footnotes.xml.rels"
            self.links = etree.fromstring(parts.read(found)) if found in parts.namelist() else []
            self.everything = " ".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
        self.notes = {note.get(f"{W}id"): "".join(note.itertext()).strip() for note in notes}

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.document.paragraphs)

    def body(self) -> Sequence[str]:
        """Running text, each footnote's text in brackets where its number stands."""
        told = []
        for paragraph in self.document.paragraphs:
            parts = []
            for element in paragraph._p.iter(f"{W}t", f"{W}footnoteReference"):
                note = self.notes.get(element.get(f"{W}id"))
                parts.append(f"[{note}]" if note else element.text)
            told.append("".join(parts))
        return told


def write(selection: Selection, setting: Setting, language: str = "en") -> Brief:
    stream = io.BytesIO()
    write_brief(stream, selection, replace(setting, words=Words(language)))
    return Brief(stream.getvalue())


def select_rivals(*claims: Claim) -> Selection:
    told = incident(AT_TORKHAM, claims=claims, articles=("article-1", "article-2"))
    return replace(select(told), articles={ARTICLE.id: ARTICLE, OTHER.id: OTHER})


FIRST, SECOND = "[Outlet A, 12 October 2025. https://a.example/1]", "[Outlet B, 13 October 2025.]"


def test_every_sentence_has_a_footnote_with_outlet_day_and_address(setting: Setting) -> None:
    told = write(select_rivals(KILLED, HIGHER), setting).body()
    assert (
        f"Taliban government says: 3 Pakistani forces killed.{FIRST} "
        f"Pakistan's government and army says: 9 Pakistani forces killed.{SECOND} "
        "Pakistani forces killed: lowest 3 (Taliban government), "
        f"highest 9 (Pakistan's government and army).{FIRST}, {SECOND} "
    ) in told


def test_a_report_of_several_pages_has_one_footnote_that_names_them_all(setting: Setting) -> None:
    both = replace(ARTICLE, sources=(*ARTICLE.sources, Source(outlet="Outlet C", url="https://c.example/")))
    told = write(replace(select(incident(AT_TORKHAM)), articles={ARTICLE.id: both}), setting)
    assert (
        "Outlet A, 12 October 2025. https://a.example/1 Outlet C, Date unknown. https://c.example/" in told.notes["1"]
    )


def test_claims_that_agree_have_no_ends_and_a_denial_is_said(setting: Setting) -> None:
    agreed = write(select_rivals(KILLED, replace(KILLED, claimant_party="un", article_id="article-2")), setting)
    assert "lowest" not in agreed.text
    assert not agreed.document.tables
    denied = write(select_rivals(KILLED, DENIAL), setting)
    assert "Pakistan's government and army denies it." in denied.text
    assert len(denied.document.tables[0].rows) == 3


def test_rival_claims_stand_side_by_side(setting: Setting) -> None:
    (table,) = write(select_rivals(KILLED, HIGHER), setting).document.tables
    assert [[cell.text.strip() for cell in row.cells] for row in table.rows] == [
        ["Incident", "Claimant", "Figure", "Sources"],
        ["Armed clash", "Taliban government", "3 Pakistani forces killed", "Outlet A"],
        ["", "Pakistan's government and army", "9 Pakistani forces killed", "Outlet B"],
    ]


def test_an_incident_says_whether_a_person_has_checked_it(setting: Setting) -> None:
    unchecked, checked = (write(select(incident(AT_TORKHAM, status=s)), setting) for s in ("draft", "reviewed"))
    assert "read by machine, not checked" in unchecked.text.split("Licence")[0]
    assert "checked by a person" in checked.text.split("Licence")[0]


def test_a_figure_for_several_places_has_a_paragraph_of_its_own(setting: Setting) -> None:
    told = write(select(incident(AT_TORKHAM, IN_KUNAR), scopes=[total("AF-KNR", "AF-KHO")]), setting)
    assert "Figures for several places, each counted once" in told.text
    assert f"Taliban government says: 58 Pakistani forces killed.{FIRST} " in told.body()
    assert "Kunar, Khost, read by machine, not checked" in told.text
    assert told.text.count("58 Pakistani") == 1


def test_footnotes_link_to_pages_of_the_web_only_and_quote_nobody(setting: Setting) -> None:
    told = write(select_rivals(KILLED, HIGHER), setting)
    assert {link.get("Target") for link in told.links} == {"https://a.example/1"}
    assert {link.get("TargetMode") for link in told.links} == {"External"}
    assert "javascript" not in told.everything
    assert "quote this" not in told.everything


def test_what_articles_say_is_text(setting: Setting) -> None:
    hostile = "<w:br/>&amp;\u202e\x0b\uffff{{7*7}}"
    told = write(
        select(incident(AT_TORKHAM, title=hostile, claims=(replace(KILLED, claimant_party=f"group:{hostile}"),))),
        setting,
    )
    assert "<w:br/>&amp;{{7*7}}" in told.text
    assert "\u202e" not in told.everything


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_brief_runs_as_its_language_does(setting: Setting, language: str) -> None:
    told = write(select_rivals(KILLED, HIGHER), setting, language)
    turned = [paragraph._p.find(f"{W}pPr/{W}bidi") is not None for paragraph in told.document.paragraphs]
    assert set(turned) == {Words(language).rtl}
    assert Words(language)("brief.rivals") in told.text


def test_the_brief_states_filter_revision_time_licence_and_citation(setting: Setting) -> None:
    told = write(replace(select(incident(AT_TORKHAM), query="province=PK-KP"), asked="Province: KP"), setting)
    assert all(part in told.text for part in (*PAPERS, "Province: KP"))
    assert told.document.core_properties.title == "Border incidents, 11 October 2025"


def test_the_same_selection_gives_the_same_bytes(setting: Setting) -> None:
    streams = [io.BytesIO(), io.BytesIO()]
    for stream in streams:
        write_brief(stream, select_rivals(KILLED, HIGHER), setting)
    assert streams[0].getvalue() == streams[1].getvalue()


def test_too_many_incidents_are_refused(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brief, "MOST_INCIDENTS", 1)
    with pytest.raises(UsageError, match="1 incidents at most, and the filter leaves 2"):
        write(select(incident(AT_TORKHAM), incident(AT_TORKHAM, id_="i2")), setting)
