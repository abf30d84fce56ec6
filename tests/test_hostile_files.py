"""Hostile text in every field is only text in every file that leaves: no formula, no markup, no template."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from geo.cli import main
from geo.cli.parser import EXPORT_FORMATS
from tests.hostile_world import OVERRIDES, PRODUCT, fill
from tests.leaving_world import open_up

FORMULA = re.compile(r"[=+\-@\t\r](?!\d+(\.\d+)?$)")
"""How a cell begins that a spreadsheet works out, a number apart."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("hostile") / "incidents.sqlite"
    fill(found).close()
    return found


@pytest.fixture(scope="module")
def site(path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    assert main(["publish", str(folder), "--store", str(path)]) == 0
    return folder


def export(path: Path, folder: Path, format_: str) -> Path:
    target = folder / f"file.{format_}"
    assert main(["export", format_, str(target), "--store", str(path)]) in (0, 3)
    return target


def list_cells(file: Path) -> Iterator[str]:
    """Every cell of a file of rows, or of a workbook."""
    if file.suffix == ".xlsx":
        for sheet in load_workbook(file):
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "f", cell.coordinate
                    if cell.data_type == "s":
                        yield str(cell.value)
        return
    with file.open(newline="", encoding="utf-8-sig") as stream:
        for row in csv.reader(stream):
            yield from row


@pytest.mark.parametrize("format_", EXPORT_FORMATS)
def test_no_template_runs_in_a_file_and_nothing_turns_it_round(path: Path, tmp_path: Path, format_: str) -> None:
    for piece in open_up(export(path, tmp_path, format_)):
        text = piece.decode("utf-8", "replace")
        assert PRODUCT not in text
        assert format_ == "png" or not [mark for mark in OVERRIDES if mark in text]


@pytest.mark.parametrize("format_", ["csv", "xlsx", "acled", "ucdp"])
def test_no_cell_is_a_formula(path: Path, tmp_path: Path, format_: str) -> None:
    cells = list(list_cells(export(path, tmp_path, format_)))
    assert cells
    assert [cell for cell in cells if FORMULA.match(cell)] == []


def list_xml(folder: Path) -> Iterator[bytes]:
    """The XML of a folder's files, alone or packed."""
    for file in folder.rglob("*"):
        if file.suffix in (".kml", ".atom", ".xml"):
            yield file.read_bytes()


def test_what_is_xml_has_no_element_of_an_article(path: Path, site: Path, tmp_path: Path) -> None:
    export(path, tmp_path, "kml")
    documents = [*list_xml(tmp_path), *list_xml(site)]
    assert len(documents) >= 2
    for document in documents:
        names = {etree.QName(node).localname for node in etree.fromstring(document).iter("*")}
        assert not names & {"script", "img", "iframe", "svg", "b"}


class _Tags(HTMLParser):
    """The tags of a page, and its links."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links.extend(value or "" for name, value in attrs if name in ("href", "src"))
        assert not [name for name, _ in attrs if name.startswith("on")]


def test_pages_of_incidents_have_no_tag_of_an_article(site: Path) -> None:
    pages = [file for file in site.rglob("*.html") if file.name != "index.html"]
    assert len(pages) >= 6
    for page in pages:
        read, text = _Tags(), page.read_text(encoding="utf-8")
        read.feed(text)
        assert not {"script", "img", "iframe", "textarea"} & set(read.tags), page
        assert not [link for link in read.links if link.startswith("javascript")], page
        assert PRODUCT not in text
        assert not [mark for mark in OVERRIDES if mark in html.unescape(text)], page
