"""The page's fonts cut down to the letters that an edition uses, as style rules that carry them."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Collection, Iterator
from functools import lru_cache
from io import BytesIO

from fontTools import subset

from geo.settings import web_folder

_RULE = re.compile(r"@font-face \{[^}]*\}")
_FILE = re.compile(r"url\(\./([\w-]+\.woff2)\)")
_RANGE = re.compile(r"unicode-range:\s*([^;]+);")
_ALWAYS = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("–—‘’“”…·‹›←→↑↓↕▾▴×\u00a0\u2066\u2068\u2069")
"""What the page itself may write in any language: figures, links, signs."""
_WHOLE = ("noto-nastaliq-urdu",)
"""Fonts that take longer to cut than they are worth: eight seconds for a fifth of the bytes."""


def edition_fonts(characters: Collection[str], *, urdu: bool) -> str:
    """The ``@font-face`` rules of the fonts that have at least one of the characters, each with its file in itself."""
    wanted = frozenset(characters) | _ALWAYS
    sheet = (web_folder() / "fonts" / "fonts.css").read_text(encoding="utf8")
    return "\n".join(_list_rules(sheet, wanted, urdu=urdu))


def _list_rules(sheet: str, wanted: frozenset[str], *, urdu: bool) -> Iterator[str]:
    for rule in _RULE.findall(sheet):
        file, covered = _FILE.search(rule), _RANGE.search(rule)
        if file is None or covered is None:
            continue
        name = file[1]
        letters = frozenset(c for c in wanted if _covers(covered[1], ord(c)))
        if not letters or ("nastaliq" in name and not urdu):
            continue
        data = b64encode(_cut(name, letters)).decode()
        yield rule.replace(file[0], f"url(data:font/woff2;base64,{data})")


@lru_cache(maxsize=64)
def _cut(name: str, letters: frozenset[str]) -> bytes:
    """A font file with these letters and all they may be joined to; the same bytes whenever it is made."""
    path = web_folder() / "fonts" / name
    if name.startswith(_WHOLE):
        return path.read_bytes()
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = ["*"]
    options.hinting = False
    options.recalc_timestamp = False
    font = subset.load_font(str(path), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=sorted(map(ord, letters)))
    cutter.subset(font)
    stream = BytesIO()
    font.flavor = "woff2"
    font.save(stream, reorderTables=False)
    return stream.getvalue()


def _covers(ranges: str, code: int) -> bool:
    for part in ranges.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        if int(first, 16) <= code <= int(last or first, 16):
            return True
    return False
