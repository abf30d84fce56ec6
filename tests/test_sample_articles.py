"""The sample reports: enough of them, complete, of the right length, none twice."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from geo.settings import data_folder

FOLDER = data_folder() / "articles"
GOLD = Path(__file__).parent / "accuracy" / "gold" / "dev"
FILES = sorted(FOLDER.glob("[0-9]*.md"))
LANGUAGES = {"en": 40, "ur": 3, "ps": 3, "fa": 3}
WORDS = range(60, 251)

HEAD = re.compile(
    r'---\ntitle: "(?P<title>[^"\n]+)"\npublished: (?P<published>\d{4}-\d\d-\d\d)\nlanguage: (?P<language>[a-z]{2})\n'
    r"wording: own\nsources:\n(?P<sources>(?:  .+\n)+)---\n\n(?P<body>.+)\Z",
    re.DOTALL,
)
SOURCE = re.compile(
    r'  - outlet: "(?P<outlet>[^"\n]+)"\n    url: (?P<url>\S+)\n(?:    published: (?P<published>\S+)\n)?'
)


@dataclass(frozen=True, kw_only=True)
class Cited:
    """One source as the front matter names it."""

    outlet: str
    url: str
    published: date | None


@dataclass(frozen=True, kw_only=True)
class Report:
    """One sample report, read strictly."""

    title: str
    published: date
    language: str
    sources: tuple[Cited, ...]
    body: str


def day_or_none(text: str | None) -> date | None:
    """The day; None where the page carries no date."""
    return date.fromisoformat(text) if text else None


def read_report(path: Path) -> Report:
    """The report in ``path``; fails when the front matter differs from the agreed form by a single key."""
    head = HEAD.match(path.read_text(encoding="utf-8"))
    assert head, f"{path.name}: the front matter is not in the agreed form"
    assert SOURCE.sub("", head["sources"]) == "", f"{path.name}: a source has other keys than outlet, url, published"
    sources = tuple(
        Cited(outlet=cited["outlet"], url=cited["url"], published=day_or_none(cited["published"]))
        for cited in SOURCE.finditer(head["sources"])
    )
    return Report(
        title=head["title"],
        published=date.fromisoformat(head["published"]),
        language=head["language"],
        sources=sources,
        body=head["body"],
    )


def every_report() -> list[Report]:
    return [read_report(path) for path in FILES]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_report_has_complete_front_matter_and_a_body_of_60_to_250_words(path: Path) -> None:
    report = read_report(path)
    assert report.title.strip()
    assert path.name.startswith(report.published.isoformat())
    assert len(report.body.split()) in WORDS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_report_names_outlets_with_web_addresses_each_once_and_none_from_after_it(path: Path) -> None:
    report = read_report(path)
    addresses = [source.url for source in report.sources]
    assert len(addresses) == len(set(addresses))
    for source in report.sources:
        where = urlsplit(source.url)
        assert source.outlet.strip()
        assert where.scheme in {"http", "https"}
        assert "." in where.netloc
        assert source.published is None or source.published <= report.published


def test_there_are_at_least_40_english_reports_and_three_in_each_other_language() -> None:
    counts = Counter(report.language for report in every_report())
    assert set(counts) == set(LANGUAGES)
    assert all(counts[language] >= least for language, least in LANGUAGES.items())


def test_no_two_reports_share_a_title_or_a_paragraph() -> None:
    reports = every_report()
    titles = Counter(report.title for report in reports)
    paragraphs = Counter(paragraph for report in reports for paragraph in report.body.split("\n\n"))
    assert [title for title, times in titles.items() if times > 1] == []
    assert [paragraph for paragraph, times in paragraphs.items() if times > 1] == []


@pytest.mark.parametrize(("language", "letters"), [("ur", "ٹڑےں"), ("ps", "ښړېځ"), ("fa", "پگ")])
def test_a_report_is_written_in_the_letters_of_its_language(language: str, letters: str) -> None:
    """Each of these letters is usual in the language; together they tell it from its neighbours."""
    for report in every_report():
        if report.language == language:
            assert any(letter in report.body for letter in letters)


def test_the_readme_says_what_the_reports_are_and_under_which_licence() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert "sample reports" in text
    assert "only as far as the claimant named" in text
    assert "CC BY 4.0" in text


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.json")), ids=lambda path: path.stem)
def test_a_gold_annotation_fits_its_report_letter_by_letter(path: Path) -> None:
    """Offsets count code points of the body, end exclusive; a report that changes needs its annotation made again."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    report = read_report(FOLDER / f"{gold['id']}.md")
    assert gold["text"] == report.body.strip()
    assert gold["title"] == report.title
    assert gold["language"] == report.language
    marked = [*gold["toponyms"], *gold.get("ignore_toponyms", []), *gold.get("ignore_claims", [])]
    assert [mark["text"] for mark in marked] == [gold["text"][mark["start"] : mark["end"]] for mark in marked]
    starts = [toponym["start"] for toponym in gold["toponyms"]]
    assert starts == sorted(set(starts))
    for holder in [*gold["incidents"], *gold["scopes"]]:
        for claim in holder["claims"]:
            assert 0 <= claim["start"] < claim["end"] <= len(gold["text"])
