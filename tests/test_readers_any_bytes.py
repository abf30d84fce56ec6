"""Whatever the bytes and whatever they are said to be, a reader gives an article or an error with a sentence."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from documents import make_pdf, make_word
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.articles import read_articles, read_bytes, read_each, read_page
from geo.articles.fetched import find_in
from geo.articles.found import Found
from geo.articles.kinds import Kind
from geo.articles.making import make_found
from geo.articles.sandbox import answer
from geo.errors import ArticleError
from geo.model import Article

NOW = datetime(2025, 10, 17, 9, tzinfo=UTC)
STORY = (
    "Officials said on Thursday that gunmen fired on a guard post before dawn, and four guards were wounded there. " * 3
)
MAIL = b"""Subject: =?utf-8?b?2K7YqNix?= from\r\n the border\r\nFrom: "The Desk" <a@desk.example>\r\n\
Date: Thu, 16 Oct 2025 23:30:00 +0430\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n\
--x\r\nContent-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\nRm91ciBkaWVkLg==\r\n\
--x\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename*=utf-8''b.html\r\n\r\n<p>x\r\n--x--\r\n"""
PAGE = f"""<!DOCTYPE html><html><head><title>Guards wounded</title>
<meta property="article:published_time" content="2025-10-16">
<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "2025-10-16"}}</script></head>
<body><article><p>{STORY}</p></article></body></html>""".encode()
TABLE = b'text;title;published\n"Four ""died"".";x;2025-10-16\nFive.;y;\n'
LINES = b'{"id": "1", "text": "Four died."}\n{"id": "2", "text": "Five.", "published": "2025-10-16"}\n'
SEEDS: dict[str, bytes] = {
    "x.pdf": make_pdf("Four guards died.", "Five.", title="Title", packed=True),
    "x.docx": make_word("Four guards died.", "Five.", title="Title"),
    "x.eml": MAIL,
    "x.html": PAGE,
    "x.csv": TABLE,
    "x.tsv": TABLE.replace(b";", b"\t"),
    "x.jsonl": LINES,
    "x.md": b"---\ntitle: x\nsources:\n  - outlet: y\n---\n# Head\n\nText.",
    "x.txt": "خبر: four died.".encode(),
    "x": b"Four died.",
}
LIMITED: dict[str, Kind] = {"x.pdf": "pdf", "x.docx": "docx", "x.eml": "mail"}
"""Opened in a process of their own; here most are opened in this one, as that process does, for speed."""


@st.composite
def spoiled(draw: st.DrawFn, seed: bytes) -> bytes:
    """Bytes of an honest file with some replaced, cut out, doubled or put in; now and then quite other ones."""
    data = bytearray(seed)
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        piece = draw(
            st.binary(max_size=8) | st.sampled_from([b"\0", b"\xff", b'"', b"<", b"--x", b"=?", b"\n\n", b"&#0;"])
        )
        match draw(st.sampled_from(["put", "replace", "cut", "double"])):
            case "put":
                data[at:at] = piece
            case "replace":
                data[at : at + len(piece)] = piece
            case "cut":
                del data[at : at + draw(st.integers(1, 40))]
            case "double":
                data[at:at] = data[max(at - 20, 0) : at]
    return draw(st.binary(max_size=300)) if draw(st.integers(0, 9)) == 0 else bytes(data)


def check(found: Article | ArticleError) -> None:
    """An article can be kept by any store; an error says what is wrong in a sentence."""
    if isinstance(found, ArticleError):
        assert found.code
        assert len(str(found)) > 5
        return
    assert found.text.strip()
    for text in (found.text, found.title, found.publisher, found.url, found.language):
        assert "\0" not in (text or "")
        (text or "").encode()


@pytest.mark.parametrize("name", SEEDS)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_bytes_of_any_kind_are_articles_or_errors(name: str, data: st.DataObject) -> None:
    content = data.draw(spoiled(SEEDS[name]))
    if name in LIMITED:
        told = answer(LIMITED[name], content, None)
        check(ArticleError(*told["error"]) if "error" in told else _make(Found.from_record(told["found"]), content))
        return
    for found in read_each(content, name=name, retrieved=NOW):
        check(found)


def _make(found: Found, content: bytes) -> Article | ArticleError:
    try:
        return make_found(found, data=content, retrieved=NOW)
    except ArticleError as error:
        return error


@pytest.mark.parametrize("name", LIMITED)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_the_process_with_limits_answers_any_bytes(name: str, data: st.DataObject) -> None:
    try:
        check(read_bytes(data.draw(spoiled(SEEDS[name])), name=name, retrieved=NOW))
    except ArticleError as error:
        check(error)


@settings(max_examples=100, deadline=None)
@given(
    content=spoiled(PAGE) | st.binary(max_size=100),
    kind=st.sampled_from(["text/html", "text/plain", "text/markdown", "application/xhtml+xml", "", "x/y"]),
    charset=st.sampled_from(
        [None, "utf-8", "windows-1256", "utf-16", "no-such", "idna", "base64", "undefined", "a\0b"]
    ),
)
def test_whatever_comes_from_an_address_is_an_article_or_an_error(
    content: bytes, kind: str, charset: str | None
) -> None:
    try:
        check(read_page(content, kind=kind, address="https://desk.example/1", retrieved=NOW, charset=charset))
    except ArticleError as error:
        check(error)


@settings(max_examples=50, deadline=None)
@given(told=st.text(max_size=50), day=st.dates())
def test_what_was_found_comes_through_the_process_unchanged(told: str, day: object) -> None:
    found = Found(text=told, title=told, published=day, publisher=told)  # type: ignore[arg-type]
    assert Found.from_record(answer("x", b"", None, lambda *_: found)["found"]) == found


def test_a_file_that_vanishes_is_told(tmp_path: Path) -> None:
    (found,) = read_articles(tmp_path / "gone.csv")
    assert isinstance(found, ArticleError)
    assert find_in(b"Four died.", "text").text == "Four died."
