"""Files of every kind become articles; what cannot be read is told in a sentence, and the rest goes on."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.articles import canonical_text, list_files, make_article, read_articles, read_bytes
from geo.articles.encoding import decode_text
from geo.articles.front_matter import read_fields, split_front_matter
from geo.errors import ArticleError
from geo.model import Article, Source
from geo.settings import data_folder

STORY = (
    "Officials in the border town said on Thursday that gunmen fired on a guard post before dawn. "
    "Four guards were wounded, and the road to the crossing was shut until the evening, they added."
)
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Guards wounded</title>
<meta property="og:site_name" content="The Desk"><meta property="article:published_time" content="2025-10-16T08:00:00Z">
</head><body><nav><a href="/a">Home</a> <a href="/b">World</a></nav>
<article><h1>Guards wounded</h1><p>{STORY}</p><p>{STORY.replace("Four", "Five")}</p></article>
<script>alert("x")</script></body></html>"""
REPORT = f"""---
title: "Guards wounded: \\"before dawn\\""
published: 2025-10-16
language: en
wording: own
sources:
  - outlet: "The Desk"
    url: https://desk.example/1
    published: 2025-10-15
  - outlet: Another Desk
---

{STORY}
"""
HOSTILE = "Ten killed {{7*7}} ${7*7} <script>alert(1)</script> {% for %} \u202egnp.exe\u202c `x` \\ in Khost"
DARI = "سخنگوی والی کنر گفت که در این درگیری چهار نفر کشته و شش نفر دیگر زخمی شدند و راه بسته شد."

RUSSIAN = "Вчера на границе погибли четыре человека, сообщили власти"
JAPANESE = "昨日、国境で四人が死亡した。当局が発表した。"


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def read_one(path: Path) -> Article | ArticleError:
    (found,) = read_articles(path)
    return found


def test_a_report_brings_what_its_front_matter_says(tmp_path: Path) -> None:
    article = read_one(write(tmp_path, "report.md", REPORT))
    assert isinstance(article, Article)
    assert (article.title, article.published, article.language) == (
        'Guards wounded: "before dawn"', date(2025, 10, 16), "en",
    )  # fmt: skip
    assert article.own_wording
    assert article.text == STORY
    assert article.sources == (
        Source(outlet="The Desk", url="https://desk.example/1", published=date(2025, 10, 15)),
        Source(outlet="Another Desk"),
    )


def test_every_sample_report_is_read_as_our_wording() -> None:
    files = list_files(data_folder() / "articles")
    articles = [read_one(path) for path in files]
    assert len(files) >= 40
    assert all(isinstance(article, Article) and article.own_wording and article.sources for article in articles)
    assert len({article.id for article in articles if isinstance(article, Article)}) == len(files)


def test_a_page_gives_its_main_text_title_date_and_site(tmp_path: Path) -> None:
    article = read_one(write(tmp_path, "page.html", PAGE))
    assert isinstance(article, Article)
    assert (article.title, article.publisher, article.published) == ("Guards wounded", "The Desk", date(2025, 10, 16))
    assert article.text.split("\n\n")[-2:] == [STORY, STORY.replace("Four", "Five")]
    assert "Home" not in article.text
    assert article.sources[0].outlet == "The Desk"


@pytest.mark.parametrize("name", ["page.txt", "page", "page.aspx"])
def test_a_page_is_known_by_its_first_bytes_under_any_name(tmp_path: Path, name: str) -> None:
    assert getattr(read_one(write(tmp_path, name, PAGE)), "title", None) == "Guards wounded"


def test_a_heading_is_the_title_of_markdown_without_front_matter(tmp_path: Path) -> None:
    article = read_one(write(tmp_path, "note.md", f"# Guards wounded #\n\n{STORY}\n"))
    assert isinstance(article, Article)
    assert (article.title, article.text) == ("Guards wounded", STORY)


def test_lines_are_read_one_by_one_and_a_bad_one_is_told_by_its_number(tmp_path: Path) -> None:
    lines = [{"id": "1", "text": STORY, "publisher": "The Desk"}, {"id": "2"}, {"id": "3", "text": HOSTILE}]
    found = list(read_articles(write(tmp_path, "all.jsonl", "\n".join(map(json.dumps, lines)) + "\n")))
    assert [type(item) for item in found] == [Article, ArticleError, Article]
    assert "all.jsonl, line 2: the line has no text" in str(found[1])


@pytest.mark.parametrize(
    ("name", "data", "code", "sentence"),
    [
        ("empty.txt", b"", "empty_file", "the file is empty"),
        ("blank.md", b" \n\t\n", "empty_file", "the file is empty"),
        ("head.md", b"---\ntitle: x\n---\n\n", "empty_file", "there is no text"),
        ("mark.txt", b"\xef\xbb\xbf\n", "empty_file", "there is no text"),
        ("report.pdf", b"%PDF-1.7 ...", "unreadable", "it is no PDF"),
        ("report.docx", b"PK\x03\x04...", "unreadable", "office document"),
        ("report.doc", b"\xd0\xcf\x11\xe0...", "binary", "an old office document"),
        ("report.xlsx", b"PK\x03\x04...", "binary", "save the sheet with the articles as CSV"),
        ("report.eml", b"no header at all", "unreadable", "it is no mail"),
        ("report.csv", b"title,words\na,b\n", "bad_table", "names no column text"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0", "binary", "a picture"),
        ("noise.txt", bytes(range(256)) * 4, "binary", "binary"),
        ("packed.txt", gzip.compress(b"words"), "binary", "compressed"),
        ("controls.txt", b"\x01\x02\x03 words", "binary", "binary"),
        ("broken.txt", DARI.encode()[:50] + b"\xff" + DARI.encode()[50:], "wrong_encoding", "broken at byte 50"),
        ("cut.txt", b"\xff\xfea", "wrong_encoding", "broken"),
        ("russian.txt", RUSSIAN.encode("koi8-r"), "wrong_encoding", "UTF-8"),
        ("japanese.txt", JAPANESE.encode("shift-jis"), "wrong_encoding", "UTF-8"),
        ("menu.html", b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no_article", "no article"),
        ("void.html", b"<html></html>", "no_article", "no article"),
        ("words.html", b"not a page at all", "no_article", "no article"),
        ("head.md", b"---\ntitle\n---\nText", "bad_front_matter", "line 2: 'title' is not 'key: value'"),
        ("date.md", b"---\npublished: soon\n---\nText", "bad_front_matter", "'soon' is not a date"),
        ("quote.md", b'---\ntitle: "x\n---\nText', "bad_front_matter", "quotes do not close"),
        ("list.md", b"---\nsources: x\n---\nText", "bad_front_matter", "sources is not a list"),
        ("outlet.md", b"---\nsources:\n  - url: x\n---\nText", "bad_front_matter", "no outlet"),
        ("stray.md", b"---\n  url: x\n---\nText", "bad_front_matter", "belongs to no list"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_a_sentence(
    tmp_path: Path, name: str, data: bytes, code: str, sentence: str
) -> None:
    error = read_one(write(tmp_path, name, data))
    assert isinstance(error, ArticleError), error
    assert (error.code, name in str(error), sentence in str(error)) == (code, True, True), str(error)


def test_a_file_of_50_mb_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("it was read"))
    error = read_one(path)
    assert isinstance(error, ArticleError)
    assert (error.code, "it has 50 MB; at most 20 MB are read" in str(error)) == ("too_large", True)


def test_a_line_of_50_mb_is_passed_over_and_the_next_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BORDER_INCIDENTS_LARGEST_FILE_MB", "0.001")
    lines = [json.dumps({"id": "1", "text": "x" * 5000}), json.dumps({"id": "2", "text": STORY})]
    found = list(read_articles(write(tmp_path, "all.jsonl", "\n".join(lines))))
    assert [getattr(item, "code", "read") for item in found] == ["too_large", "read"]


def test_a_missing_file_and_a_device_are_told_too(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.txt", Path("/dev/null")):
        error = read_one(path)
        assert isinstance(error, ArticleError)
        assert error.code == "unreadable"


@pytest.mark.parametrize(
    ("text", "encoding", "guessed"),
    [
        (DARI, "utf-8", False),
        (DARI, "utf-8-sig", False),
        (DARI, "utf-16", False),
        (STORY, "utf-16", False),
        (STORY, "utf-16-le", True),
        (DARI, "utf-16-be", True),
        ("Le poste-frontière a été fermé à l’aube, a déclaré un porte-parole – « sans délai ».", "cp1252", True),
        (DARI.replace("ی", "ي").replace("ک", "ك"), "cp1256", True),
    ],
)
def test_the_encoding_is_found_and_a_guess_is_said_to_be_one(text: str, encoding: str, guessed: bool) -> None:
    decoded = decode_text(text.encode(encoding))
    assert (decoded.text, decoded.guessed) == (text, guessed)


def test_a_guessed_encoding_is_a_flag_of_the_article() -> None:
    article = read_bytes("Un garde a été blessé à l’aube.".encode("cp1252"), name="garde.txt")
    assert [flag.code for flag in article.flags] == ["encoding_guessed"]


def test_a_page_in_its_declared_encoding_is_no_guess() -> None:
    page = PAGE.replace("<head>", '<head><meta charset="windows-1252">').replace("gunmen", "gunmén")
    article = read_bytes(page.encode("cp1252"), name="page.html")
    assert "gunmén" in article.text
    assert article.flags == ()


@pytest.mark.parametrize("name", ["hostile.txt", "hostile.md", "hostile.jsonl"])
def test_hostile_text_is_kept_as_it_is(tmp_path: Path, name: str) -> None:
    """Nothing is taken out or run: display and export make it harmless, the record stays what was received."""
    data = json.dumps({"id": "1", "text": HOSTILE}) if name.endswith("jsonl") else HOSTILE
    assert getattr(read_one(write(tmp_path, name, data)), "text", None) == HOSTILE


def test_the_same_text_or_address_is_the_same_article() -> None:
    first, windows = make_article(f"{STORY}\nMore."), make_article(f"\ufeff{STORY}\r\nMore.\r\n")
    assert first.id == windows.id
    assert first.sha256 != windows.sha256
    assert make_article("One.", url="https://a.example").id == make_article("Two.", url="https://a.example").id
    assert make_article("One.").id != make_article("Two.").id


def test_a_folder_gives_its_files_by_name_without_hidden_ones_and_readmes(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("z.txt", "a.md", "b/c.html", ".hidden.txt", "README.md", "b/readme.txt"):
        write(tmp_path, name, STORY)
    assert [path.relative_to(tmp_path).as_posix() for path in list_files(tmp_path)] == ["a.md", "b/c.html", "z.txt"]
    assert list_files(tmp_path / "a.md") == [tmp_path / "a.md"]


@given(st.binary(max_size=400))
def test_any_bytes_are_an_article_or_an_article_error(data: bytes) -> None:
    for name in ("x.txt", "x.md"):
        try:
            assert read_bytes(data, name=name).text
        except ArticleError as error:
            assert error.code
            assert str(error)


@given(st.text())
def test_canonical_text_is_its_own_canonical_text(text: str) -> None:
    assert canonical_text(canonical_text(text)) == canonical_text(text)


@given(st.text(st.characters(codec="ascii"), max_size=200))
def test_any_front_matter_is_read_or_refused(head: str) -> None:
    try:
        values, body = split_front_matter(f"---\n{head}\n---\nText")
        read_fields(values)
        assert body.endswith("Text")
    except ArticleError as error:
        assert error.code == "bad_front_matter"


def test_reading_articles_does_not_import_trafilatura_before_a_page_comes() -> None:
    script = "import sys, geo.articles; sys.exit(any(m in sys.modules for m in ('trafilatura', 'lxml', 'pandas')))"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_language_that_is_no_code_is_left_to_be_guessed() -> None:
    """No store has room for "English (United Kingdom), simplified" where codes stand."""
    assert make_article("A report.", language="English (United Kingdom), simplified").language is None
    assert make_article("A report.", language="fa-AF").language == "fa-AF"
