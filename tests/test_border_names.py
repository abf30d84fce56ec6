"""Names of border news, each in a sentence of its own, found and resolved to the right country, province and kind.

``border_names.csv`` holds one a row: as it is spelt, what it means, and the sentence. A row that says why it fails is
expected to; when it passes, empty that column.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from geo.gazetteer import Gazetteer, open_gazetteer
from geo.model import Place
from geo.recognition import find_toponyms
from geo.resolution import resolve_toponyms
from geo.text import prepare_document

BORDER = "AF-PK"

with Path(__file__).with_name("border_names.csv").open(encoding="utf8", newline="") as lines:
    ROWS = list(csv.DictReader(lines))
SURE = [row for row in ROWS if not row["fails_because"]]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer(border=BORDER)


def places_of(name: str, sentence: str, gazetteer: Gazetteer) -> list[Place]:
    """What the toponyms that overlap the name in the sentence were resolved to."""
    start = sentence.index(name)
    document = prepare_document(sentence)
    resolutions = resolve_toponyms(document, find_toponyms(document, gazetteer), gazetteer, border=BORDER)
    return [
        resolution.place
        for resolution in resolutions
        if resolution.place
        and resolution.toponym.span.start < start + len(name)
        and start < resolution.toponym.span.end
    ]


def name_case(row: dict[str, str]) -> object:
    marks = [pytest.mark.xfail(reason=row["fails_because"], strict=True)] if row["fails_because"] else []
    return pytest.param(row, marks=marks, id=f"{row['language']}-{row['name']}")


@pytest.mark.parametrize("row", [name_case(row) for row in ROWS])
def test_the_name_means_the_place(row: dict[str, str], gazetteer: Gazetteer) -> None:
    found = places_of(row["name"], row["sentence"], gazetteer)
    wanted = (row["country"], row["adm1"], row["kind"])
    assert wanted in [(place.country or "", place.adm1 or "", place.kind) for place in found]


def test_at_least_150_names_pass_and_15_of_each_language() -> None:
    names = {(row["language"], row["name"]) for row in SURE}
    assert len(names) >= 150
    languages = Counter(language for language, _ in names)
    assert set(languages) == {"en", "ur", "ps", "fa"}
    assert min(languages.values()) >= 15


def test_every_name_has_a_sentence_of_its_own() -> None:
    assert len({row["sentence"] for row in ROWS}) == len(ROWS)
    assert [row["name"] for row in ROWS if row["name"] not in row["sentence"]] == []


def test_the_names_are_of_every_kind_of_place() -> None:
    kinds = Counter(row["kind"] for row in SURE)
    assert set(kinds) == {"crossing", "adm1", "adm2", "area", "line", "poi", "settlement"}
