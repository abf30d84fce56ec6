"""Small files that grow without end, or never end, when a careless program opens them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

from documents import WORD, make_lying_zip, make_pdf_of, make_word, make_zip, write_pdf

MB = 1_000_000
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_WORDS = b"<w:p><w:r><w:t>x</w:t></w:r></w:p>"


def _word_of(body: bytes, times: int) -> bytes:
    """A Word document of one piece of XML again and again; never held in memory unpacked."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        part.write(f'<w:document xmlns:w="{WORD}"><w:body>'.encode())
        for _ in range(times):
            part.write(body)
        part.write(b"</w:body></w:document>")
    return packed.getvalue()


def _pack(piece: bytes, times: int, *, again: int = 0, start: bytes = b"", end: bytes = b"") -> bytes:
    """A piece again and again, packed as PDF packs it; never held in memory unpacked."""
    packer = zlib.compressobj(9)
    data = packer.compress(start) + b"".join(packer.compress(piece) for _ in range(times))
    data += packer.compress(end) + packer.flush()
    for _ in range(again):
        data = zlib.compress(data, 9)
    return data


def _page_tree(kids: Callable[[int], str], depth: int) -> bytes:
    """A PDF whose tree of pages has nodes 2 to ``depth``, with the children that are told for each."""
    nodes = {number: f"<< /Type /Pages /Kids [{kids(number)}] /Count 9 >>".encode() for number in range(2, depth + 1)}
    return write_pdf({1: b"<< /Type /Catalog /Pages 2 0 R >>", **nodes})


def _forms(depth: int) -> bytes:
    """A PDF page that draws a form ten times, which draws another ten times, and so on."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /F 10 0 R >> >> >>",
        4: b"<< /Length 50 >>\nstream\n" + b"/F Do " * 8 + b"\nendstream",
    }
    for number in range(10, 10 + depth):
        inner = number + 1 if number < 9 + depth else 10
        objects[number] = (
            (
                f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 60 "
                f"/Resources << /XObject << /F {inner} 0 R >> >> >>\n"
                "stream\n"
            ).encode()
            + b"/F Do " * 10
            + b"\nendstream"
        )
    return write_pdf(objects)


def _mail_of(parts: int, depth: int) -> bytes:
    opened = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(depth))
    flat = b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\na\r\n" * parts
    return b"Subject: x\r\n" + opened + flat


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a Word document of 300 MB of blanks": ("x.docx", lambda: _word_of(b" " * MB, 300)),
    "a Word document whose list of parts lies": ("x.docx", lambda: make_lying_zip(150 * MB)),
    "a Word document of 100,000 parts": ("x.docx", lambda: make_zip({f"{n}": b"" for n in range(100_000)})),
    "an archive in an archive": ("x.docx", lambda: make_zip({"a.zip": make_zip({"b": b"0" * 100 * MB})})),
    "a Word document of 1.4 million paragraphs": ("x.docx", lambda: _word_of(_WORDS * 1_400, 1000)),
    "a Word document that is three million elements deep": ("x.docx", lambda: _word_of(b"<a>" * MB, 3)),
    "a Word document of a billion laughs": (
        "x.docx", lambda: make_word("&l9;", head=f'<!DOCTYPE d [<!ENTITY l0 "ha">{_LAUGHS}]>'),
    ),
    "a Word document that names a file of this machine": (
        "x.docx", lambda: make_word("&f;", head='<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/passwd">]>'),
    ),
    "a Word document whose title is a billion laughs": (
        "x.docx",
        lambda: make_zip({
            "word/document.xml": make_word("Text."), "docProps/core.xml": f"<!DOCTYPE d [{_LAUGHS}]><d/>".encode(),
        }),
    ),
    "a PDF of 300 MB of blanks": ("x.pdf", lambda: make_pdf_of([_pack(b" " * MB, 300)])),
    "a PDF packed three times": (
        "x.pdf",
        lambda: make_pdf_of(
            [_pack(b" " * MB, 300, again=2)], filters="[/FlateDecode /FlateDecode /FlateDecode]"
        ),
    ),
    "a PDF of 200 pages of 70 MB": ("x.pdf", lambda: make_pdf_of([_pack(b" " * MB, 70)] * 200)),
    "a PDF of five million words": ("x.pdf", lambda: make_pdf_of([_pack(b"(a) Tj " * MB, 5, start=b"BT ", end=b"ET")])),
    "a PDF of opened lists": ("x.pdf", lambda: make_pdf_of([_pack(b"[" * MB, 20)])),
    "a PDF whose pages hold each other": ("x.pdf", lambda: _page_tree(lambda number: "2 0 R 2 0 R", 2)),
    "a PDF whose pages are 100,000 deep": ("x.pdf", lambda: _page_tree(lambda number: f"{number + 1} 0 R", 100_000)),
    "a PDF whose pages double forty times": (
        "x.pdf", lambda: _page_tree(lambda number: f"{number + 1} 0 R {number + 1} 0 R", 41),
    ),
    "a PDF of forms in forms": ("x.pdf", lambda: _forms(9)),
    "a PDF of a form in itself": ("x.pdf", lambda: _forms(1)),
    "a PDF whose catalogue is itself": ("x.pdf", lambda: write_pdf({1: b"1 0 R"})),
    "a PDF of 19 MB of brackets": ("x.pdf", lambda: b"%PDF-1.7\n1 0 obj\n" + b"[" * 19 * MB),
    "a PDF of 19 MB of nothing": ("x.pdf", lambda: b"%PDF-1.7\n" + b"1 0 obj\nendobj\n" * 1_200_000),
    "a mail of a million parts": ("x.eml", lambda: _mail_of(1_000_000, 1)),
    "a mail that is 50,000 parts deep": ("x.eml", lambda: _mail_of(1, 50_000)),
    "a mail of 19 MB of opened brackets": ("x.eml", lambda: b"From: " + b"(" * 19 * MB + b"\r\n\r\ntext"),
    "a mail whose subject is 19 MB": ("x.eml", lambda: b"Subject: " + b"=?utf-8?q?a?= " * (19 * MB // 14)),
    "a page of 19 MB of opened paragraphs": ("x.html", lambda: b"<html><body>" + b"<p><b>" * (19 * MB // 6)),
    "a page of 19 MB of links": ("x.html", lambda: b"<html><body>" + b"<a href=x>ab</a> " * (19 * MB // 17)),
    "a page of 250 kB of opened paragraphs": ("x.html", lambda: b"<html><body>" + b"<p><b>" * 41_000),
    "a line of 50 MB": ("x.txt", lambda: b"x" * 50 * MB),
    "a row of 50 MB": ("x.csv", lambda: b"text\n" + b"x" * 50 * MB),
    "a line of JSON of 50 MB": ("x.jsonl", lambda: b'{"id":"1","text":"' + b"x" * 50 * MB + b'"}'),
}  # fmt: skip
"""Each by what it is: a file name that tells its kind, and what makes its bytes."""
