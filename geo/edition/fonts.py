"""The page's fonts cut down to the letters that an edition uses, as style rules that carry them."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from fontTools import subset

from geo.settings import web_folder

_RULE = re.compile(r"@font-face \{[^}]*\}")
_FILE = re.compile(r"url\(\./([\w-]+\.woff2)\)")
_RANGE = re.compile(r"unicode-range:\s*([^;]+);")
_ALWAYS = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("–—‘’“”…·‹›←→↑↓↕▾▴×\u00a0\u2066\u2068\u2069")
"""What the page itself may write in any language: figures, links, signs."""
_FEATURES = (
    "calt", "ccmp", "curs", "fina", "init", "isol", "kern", "liga", "locl", "mark", "medi", "mkmk", "rclt", "rlig",
    "tnum",
)  # fmt: skip
"""What letters need to stand together in any script, and figures of one width for tables."""
_WHOLE = ("noto-nastaliq-urdu",)
"""Fonts that take longer to cut than they are worth: eight seconds for a fifth of the bytes."""


@dataclass(frozen=True, kw_only=True)
class Letters:
    """The characters that an edition may show, by what they are set in."""

    upright: str
    italic: str
    """What the map writes beside the line, and nothing else."""
    urdu: bool
    """Whether headings are set in Nastaliq."""
    cut: bool = True
    """Whether fonts are cut; else those that are needed come whole, which saves a large edition most of a second."""


def edition_fonts(letters: Letters) -> str:
    """The ``@font-face`` rules of the fonts that have at least one of the characters, each with its file in itself."""
    sheet = (web_folder() / "fonts" / "fonts.css").read_text(encoding="utf8")
    return "\n".join(_list_rules(sheet, letters))


def _list_rules(sheet: str, letters: Letters) -> Iterator[str]:
    upright, italic = frozenset(letters.upright) | _ALWAYS, frozenset(letters.italic)
    for rule in _RULE.findall(sheet):
        file, covered = _FILE.search(rule), _RANGE.search(rule)
        if file is None or covered is None:
            continue
        name = file[1]
        wanted = italic if "italic" in name else upright
        shown = frozenset(c for c in wanted if _covers(covered[1], ord(c)))
        if not shown or ("nastaliq" in name and not letters.urdu):
            continue
        whole = name.startswith(_WHOLE) or not (letters.cut or "italic" in name)
        data = b64encode(_read(name) if whole else _cut(name, shown)).decode()
        yield rule.replace(file[0], f"url(data:font/woff2;base64,{data})")


@lru_cache(maxsize=64)
def _cut(name: str, letters: frozenset[str]) -> bytes:
    """A font file with these letters and all they may be joined to; the same bytes whenever it is made."""
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = [*_FEATURES]
    options.hinting = False
    options.recalc_timestamp = False
    font = subset.load_font(str(web_folder() / "fonts" / name), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=sorted(map(ord, letters)))
    cutter.subset(font)
    stream = BytesIO()
    font.flavor = "woff2"
    font.save(stream, reorderTables=False)
    return stream.getvalue()


def _read(name: str) -> bytes:
    return (web_folder() / "fonts" / name).read_bytes()


def _covers(ranges: str, code: int) -> bool:
    for part in ranges.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        if int(first, 16) <= code <= int(last or first, 16):
            return True
    return False
