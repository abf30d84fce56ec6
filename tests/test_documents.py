"""PDF, Word, mails and tables become articles with what they say of themselves."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import UTC, date, datetime
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

import pytest
from documents import make_pdf, make_word
from docx import Document

from geo.articles import ArticleFacts, read_articles, read_bytes, read_each, read_limited, read_page
from geo.errors import ArticleError
from geo.model import Article

STORY = (
    "Officials in the border town said on Thursday that gunmen fired on a guard post before dawn. "
    "Four guards were wounded, and the road to the crossing was shut until the evening, they added."
)
PAGE = f"<html><head><title>Guards wounded</title></head><body><article><p>{STORY}</p></article></body></html>"
DARI = "سخنگوی والی کنر گفت که در این درگیری چهار نفر کشته و شش نفر دیگر زخمی شدند و راه بسته شد."
NOW = datetime(2025, 10, 17, 9, tzinfo=UTC)


def codes(article: Article) -> list[str]:
    """Codes of an article's flags."""
    return [flag.code for flag in article.flags]


@pytest.mark.parametrize("packed", [False, True])
def test_a_pdf_gives_its_text_and_title_and_never_takes_its_own_day_for_that_of_publication(packed: bool) -> None:
    data = make_pdf(
        "Four guards were wounded (two of them badly), the bor-\nder police said.", title="Guards", packed=packed
    )
    article = read_bytes(data, name="report.pdf", retrieved=NOW)
    assert article.text == "Four guards were wounded (two of them badly), the border police said."
    assert (article.title, article.published, codes(article)) == ("Guards", None, ["file_date"])
    assert "2025-10-16" in article.flags[0].detail
    assert article.sha256 == sha256(data).hexdigest()


def test_pages_of_a_pdf_are_one_text(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(make_pdf("The army said four", "were wounded.", title="Microsoft Word - report.docx"))
    (article,) = read_articles(path)
    assert isinstance(article, Article)
    assert (article.text, article.title) == ("The army said four\nwere wounded.", None)


def test_a_pdf_of_pictures_and_a_locked_one_are_told(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="AES-256")
    locked = io.BytesIO()
    writer.write(locked)
    for data, code, sentence in (
        (make_pdf(" "), "no_article", "pictures without text"),
        (locked.getvalue(), "unreadable", "locked with a password"),
    ):
        with pytest.raises(ArticleError, match=sentence) as told:
            read_limited(data, name="report.pdf")
        assert told.value.code == code


def test_a_word_document_of_word_itself_is_read_in_order_with_its_tables() -> None:
    document = Document()
    document.core_properties.title = "Guards wounded"
    document.add_heading("A heading", 1)
    document.add_paragraph(STORY)
    document.add_table(1, 2).rows[0].cells[1].text = "cell"
    document.add_paragraph(DARI)
    written = io.BytesIO()
    document.save(written)
    (article,) = read_limited(written.getvalue(), name="report.docx", retrieved=NOW)
    assert article.text == f"A heading\n\n{STORY}\n\ncell\n\n{DARI}"
    assert (article.title, article.published, codes(article)) == ("Guards wounded", None, ["file_date"])


def test_what_was_struck_out_of_a_word_document_is_not_in_it() -> None:
    struck = "<w:del><w:r><w:delText>teen</w:delText></w:r></w:del>"
    body = f"<w:p><w:r><w:t>Four</w:t></w:r>{struck}<w:r><w:tab/><w:t>died.</w:t></w:r></w:p>"
    assert read_bytes(make_word(body=body), name="x.docx").text == "Four died."


def make_mail(**fields: str) -> EmailMessage:
    """A mail of a news agency."""
    mail = EmailMessage()
    told = {
        "Subject": "Four hurt in کنر",
        "From": "The Desk <night@desk.example>",
        "Date": "Thu, 16 Oct 2025 23:30:00 +0430",
    }
    for name, value in {**told, **fields}.items():
        mail[name] = value
    return mail


def test_a_mail_gives_subject_sender_day_and_text_and_names_what_it_did_not_read() -> None:
    mail = make_mail()
    mail.set_content(STORY)
    mail.add_alternative("<p>not this", subtype="html")
    mail.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="full report.pdf")
    article = read_bytes(mail.as_bytes(), name="wire.eml")
    assert (article.title, article.publisher, article.published) == ("Four hurt in کنر", "The Desk", date(2025, 10, 16))
    assert (article.text, codes(article)) == (STORY, ["attachments_unread"])
    assert "full report.pdf" in article.flags[0].detail
    assert "night@" not in repr(article)


def test_a_mail_without_plain_text_gives_the_article_of_its_page() -> None:
    mail = make_mail(From="night@desk.example")
    mail.set_content(PAGE, subtype="html", charset="utf-8")
    article = read_bytes(mail.as_bytes(), name="wire.eml")
    assert (article.text, article.publisher) == (STORY, "desk.example")


@pytest.mark.parametrize(
    ("charset", "coding"), [("utf-8", "base64"), ("utf-8", "quoted-printable"), ("iso-8859-6", "8bit")]
)
def test_a_mail_is_read_in_its_own_letters(charset: str, coding: str) -> None:
    text = "خبر: گفت که چهار نفر" if charset == "utf-8" else "قال المسؤول إن أربعة جرحوا"
    mail = make_mail()
    mail.set_content(text, charset=charset, cte=coding)
    assert read_bytes(mail.as_bytes(), name="wire.eml").text == text


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_a_table_gives_an_article_a_row(tmp_path: Path, delimiter: str, encoding: str) -> None:
    dari = DARI.replace("ی", "ي").replace("ک", "ك")
    rows = [
        ["Text", "note", "TITLE", "published", "url", "publisher", "language"],
        [f'{dari}\n"{dari}"', "mine", "Kunar", "2025-10-16", "https://desk.example/1", "The Desk", "fa"],
        [dari, "", "", "", "", "", ""],
    ]
    quoted = (['"' + cell.replace('"', '""') + '"' for cell in row] for row in rows)
    path = tmp_path / "all.csv"
    path.write_bytes("\r\n".join(delimiter.join(row) for row in quoted).encode(encoding))
    first, second = read_articles(path, retrieved=NOW)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.text == f'{dari}\n"{dari}"'
    assert (first.title, first.published, first.url) == ("Kunar", date(2025, 10, 16), "https://desk.example/1")
    assert (first.publisher, first.language, first.retrieved) == ("The Desk", "fa", NOW)
    assert (second.text, second.title, second.published) == (dari, None, None)


def test_a_bad_row_is_told_by_its_line_and_the_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    path.write_text(
        'text,published\nOne.,2025-10-16\n"Two\nlines.",soon\n,2025-10-16\nFour.,,,x\n\nFive.,\n', encoding="utf8"
    )
    found = list(read_articles(path))
    assert [getattr(item, "text", None) or str(item).rpartition("all.csv")[2] for item in found] == [
        "One.",
        ", line 3: published is not an ISO date: 'soon'",
        ", line 5: the row has no text",
        ", line 6: the row has 4 cells, the first line 2",
        "Five.",
    ]


def test_a_quote_that_is_never_closed_ends_the_table_with_a_sentence() -> None:
    (one, error) = read_each(b'text,title\nOne.,x\n"Two,' + b"x" * 1000, name="all.csv")
    assert getattr(one, "text", "") == "One."
    assert str(error).startswith("line 3: the row is not CSV")


def test_a_row_that_is_too_long_is_refused_without_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BORDER_INCIDENTS_LARGEST_FILE_MB", "0.001")
    (one, error) = read_each(b"text,title\nOne.,x\n" + b"x" * 5000, name="all.csv")
    assert (getattr(one, "text", ""), getattr(error, "code", "")) == ("One.", "too_large")


def test_a_row_has_the_hash_of_its_own_bytes() -> None:
    (first, second) = read_each(b"text\nOne.\r\nTwo.\r\n", name="all.csv")
    assert [getattr(item, "sha256", "") for item in (first, second)] == [
        sha256(b"One.\r\n").hexdigest(),
        sha256(b"Two.\r\n").hexdigest(),
    ]


def test_many_articles_in_bytes_are_read_like_those_of_a_file() -> None:
    lines = "\n".join(json.dumps({"id": str(n), "text": f"Text {n}."}) for n in range(3))
    assert [getattr(a, "text", a) for a in read_each(lines.encode(), name="x.jsonl")] == [
        "Text 0.",
        "Text 1.",
        "Text 2.",
    ]
    assert [getattr(a, "text", a) for a in read_each(b"One.", name="x.txt")] == ["One."]
    assert [getattr(a, "code", a) for a in read_each(b"", name="x.txt")] == ["empty_file"]


def test_a_fetched_page_has_its_address_and_what_the_feed_said_where_it_says_nothing_itself() -> None:
    facts = ArticleFacts(title="From the feed", published=date(2025, 10, 15), publisher="Feed", language="ps")
    article = read_page(PAGE.encode(), kind="text/html", address="https://desk.example/1", retrieved=NOW, facts=facts)
    assert (article.url, article.retrieved, article.text) == ("https://desk.example/1", NOW, STORY)
    assert (article.title, article.published) == ("Guards wounded", date(2025, 10, 15))
    assert (article.publisher, article.language) == ("Feed", "ps")
    assert article.sources[0].outlet == "Feed"


def test_a_day_after_the_fetch_is_no_day_of_publication() -> None:
    page = PAGE.replace("<head>", '<head><meta property="article:published_time" content="2025-12-24">').encode()
    facts = ArticleFacts(published=date(2025, 10, 15))
    for retrieved, day in ((NOW, date(2025, 10, 15)), (datetime(2025, 12, 25, tzinfo=UTC), date(2025, 12, 24))):
        article = read_page(page, kind="text/html", address="https://desk.example/1", retrieved=retrieved, facts=facts)
        assert article.published == day


@pytest.mark.parametrize(
    ("kind", "data", "text"),
    [
        ("text/plain", STORY.encode(), STORY),
        ("text/markdown", f"# Head\n\n{STORY}".encode(), STORY),
        ("application/pdf", make_pdf("Four died."), "Four died."),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            make_word("Four died."),
            "Four died.",
        ),
        ("", PAGE.encode(), STORY),
    ],
)
def test_what_was_fetched_is_read_by_its_media_type(kind: str, data: bytes, text: str) -> None:
    article = read_page(data, kind=kind, address="https://desk.example/1", retrieved=NOW)
    assert article.text == text


def test_a_strangers_front_matter_is_only_text() -> None:
    data = f"---\nwording: own\nsources:\n  - outlet: Another\n---\n{STORY}".encode()
    article = read_page(data, kind="text/markdown", address="https://desk.example/1", retrieved=NOW)
    assert not article.own_wording
    assert [source.outlet for source in article.sources] == ["desk.example"]


def test_the_server_says_how_letters_are_encoded() -> None:
    page = PAGE.replace("gunmen", "gunmén").encode("cp1252")
    article = read_page(page, kind="text/html", address="https://d.example", retrieved=NOW, charset="windows-1252")
    assert "gunmén" in article.text


def test_a_document_is_opened_in_a_process_without_our_environment_and_packages() -> None:
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); import geo.articles.sandbox, geo.articles.documents; "
        "sys.exit(any(m in sys.modules for m in ('pandas', 'streamlit', 'numpy', 'pypdf', 'sqlalchemy', 'httpx')))"
    )
    root = str(Path(__file__).parent.parent)
    assert subprocess.run([sys.executable, "-I", "-c", script, root], check=False).returncode == 0
