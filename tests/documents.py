"""Documents made for tests: small honest ones, and bombs that are small until they are opened."""

from __future__ import annotations

import io
import zipfile
import zlib

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CORE = """<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">
<dc:title>{title}</dc:title><dcterms:created>2025-10-16T09:00:00Z</dcterms:created></cp:coreProperties>"""


def make_word(*paragraphs: str, title: str = "", head: str = "", body: str = "") -> bytes:
    """A DOCX file of paragraphs; ``head`` stands before its root, ``body`` is XML after the paragraphs."""
    written = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    document = f'{head}<w:document xmlns:w="{WORD}"><w:body>{written}{body}</w:body></w:document>'
    return make_zip({"word/document.xml": document.encode(), "docProps/core.xml": CORE.format(title=title).encode()})


def make_zip(members: dict[str, bytes]) -> bytes:
    """A ZIP archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def make_lying_zip(size: int) -> bytes:
    """A Word document whose text unpacks to ``size`` bytes and whose list of members says that it is small."""
    honest = make_zip({"word/document.xml": b" " * size})
    told, lie = size.to_bytes(4, "little"), (1000).to_bytes(4, "little")
    assert honest.count(told) == 2
    return honest.replace(told, lie)


def make_pdf(*pages: str, title: str = "", packed: bool = False) -> bytes:
    """A PDF file with one line of text for each line of a page."""
    contents = [_write_page(page) for page in pages]
    return make_pdf_of([zlib.compress(content) for content in contents] if packed else contents, title, packed=packed)


def make_pdf_of(contents: list[bytes], title: str = "", *, packed: bool = True, filters: str = "/FlateDecode") -> bytes:
    """A PDF file of pages whose streams are given as they stand in the file."""
    count = len(contents)
    kids = " ".join(f"{10 + 2 * number} 0 R" for number in range(count))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: f"<< /Title ({title}) /CreationDate (D:20251016090000Z) >>".encode(),
    }
    for number, content in enumerate(contents):
        coded = f" /Filter {filters}" if packed else ""
        objects[10 + 2 * number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {11 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        ).encode()
        objects[11 + 2 * number] = f"<< /Length {len(content)}{coded} >>\nstream\n".encode() + content + b"\nendstream"
    return write_pdf(objects)


def write_pdf(objects: dict[int, bytes]) -> bytes:
    """A PDF file of numbered objects, of which 1 is the catalogue and 4 the information."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = {}
    for number, content in sorted(objects.items()):
        offsets[number] = len(out)
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start, size = len(out), max(objects) + 1
    out += f"xref\n0 {size}\n".encode()
    for number in range(size):
        out += b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 65535 f \n"
    out += f"trailer\n<< /Size {size} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _write_page(page: str) -> bytes:
    lines = [line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in page.split("\n")]
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    return f"BT /F1 11 Tf 14 TL 72 770 Td {shown} ET".encode("cp1252")
