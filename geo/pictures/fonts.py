"""The project's fonts as Pillow draws them: one line of text in as many fonts as its scripts need."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from itertools import groupby
from pathlib import Path
from unicodedata import category, combining

from fontTools.ttLib import TTFont
from PIL import ImageFont

from geo.pictures.bidi import order_runs
from geo.settings import web_folder

_LATIN = ("latin-wght", "latin-ext-wght")
_SANS = tuple(f"public-sans-{part}-normal" for part in _LATIN)
_SERIF = tuple(f"newsreader-{part}-normal" for part in _LATIN)
_ITALIC = tuple(f"newsreader-{part}-italic" for part in _LATIN)
_NASKH = "noto-naskh-arabic-arabic-wght-normal"
_NASTALIQ = "noto-nastaliq-urdu-arabic-wght-normal"
_FAMILIES = {
    "sans": (*_SANS, _NASKH),
    "serif": (*_SERIF, _NASKH),
    "italic": (*_ITALIC, _NASKH),
    "nastaliq": (*_SERIF, _NASTALIQ),
}
"""Files of each family, the first that has a character draws it."""

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Line breaks among them, which no layout of a single line takes."""
BASELINE = 0.35
"""From the middle of a line down to its baseline, in font sizes: half the height of a capital."""


@dataclass(frozen=True, slots=True)
class Font:
    """A family of the project at a weight and size."""

    family: str
    """sans, serif, italic or nastaliq."""
    weight: int
    size: float
    """Units; the height of a line is a matter of who sets it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line in one font and direction."""

    text: str
    face: ImageFont.FreeTypeFont
    direction: str
    """ltr or rtl, as Pillow says it."""
    x: float
    """Pixels from the left edge of the line."""


@lru_cache(maxsize=4096)
def lay_line(text: str, font: Font, ratio: float, *, rtl: bool = False) -> tuple[tuple[Piece, ...], float]:
    """The pieces of a line from left to right, and its width; both in pixels, ``ratio`` of them to a unit."""
    pieces: list[Piece] = []
    x = 0.0
    for run, backwards in order_runs(_UNPRINTABLE.sub(" ", text), rtl=rtl):
        parts = _split_by_font(run, font.family)
        for part, name in parts[::-1] if backwards else parts:
            face = _open_face(name, font.weight, font.size * ratio)
            direction = "rtl" if backwards else "ltr"
            pieces.append(Piece(part, face, direction, x))
            x += face.getlength(part, direction=direction)
    return tuple(pieces), x


def text_width(text: str, font: Font, *, rtl: bool = False) -> float:
    """Width of a line in units."""
    return lay_line(text, font, 2.0, rtl=rtl)[1] / 2.0


def wrap_text(text: str, font: Font, most: float, *, rtl: bool = False) -> list[str]:
    """The text in lines no wider than ``most`` units, parted at spaces; a word too long stands alone."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or text_width(longer, font, rtl=rtl) <= most:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def balance_text(text: str, font: Font, most: float, *, rtl: bool = False) -> list[str]:
    """The text in as few lines as it needs, none much shorter than the others."""
    lines = wrap_text(text, font, most, rtl=rtl)
    for share in (0.5, 0.6, 0.7, 0.8, 0.9):
        narrower = wrap_text(text, font, most * share, rtl=rtl)
        if len(narrower) == len(lines):
            return narrower
    return lines


def cut_text(text: str, font: Font, most: float, *, rtl: bool = False) -> str:
    """The text, cut where it is wider than ``most`` units."""
    if text_width(text, font, rtl=rtl) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = text_width(f"{text[:middle].rstrip()}…", font, rtl=rtl) <= most
        low, high = (middle, high) if fits else (low, middle - 1)
    return f"{text[:low].rstrip()}…"


def _split_by_font(text: str, family: str) -> list[tuple[str, str]]:
    """Parts of a text and the file that draws each; spaces and signs go with what stands before them."""
    names = _FAMILIES[family]
    chosen: list[str] = []
    for character in text:
        before = chosen[-1] if chosen else names[0]
        if combining(character) or category(character) == "Cf" or (not character.isalnum() and _has(before, character)):
            chosen.append(before)
        else:
            chosen.append(next((name for name in names if _has(name, character)), before))
    at = 0
    parts = []
    for name, run in groupby(chosen):
        length = len(list(run))
        parts.append((text[at : at + length], name))
        at += length
    return parts


def _has(name: str, character: str) -> bool:
    return ord(character) in _list_characters(name)


@cache
def _list_characters(name: str) -> frozenset[int]:
    with TTFont(_path_of(name), lazy=True) as font:
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=256)
def _open_face(name: str, weight: int, size: float) -> ImageFont.FreeTypeFont:
    path = _path_of(name)
    try:
        face = ImageFont.truetype(str(path), size)
    except OSError:  # a FreeType that was built without WOFF2
        face = ImageFont.truetype(BytesIO(unpack_font(path)), size)
    axis = face.get_variation_axes()[0]
    face.set_variation_by_axes([min(max(weight, axis["minimum"] or 0), axis["maximum"] or weight)])
    return face


@cache
def unpack_font(path: Path) -> bytes:
    """A font as TrueType, whatever it is packed in."""
    stream = BytesIO()
    with TTFont(path) as font:
        font.flavor = None
        font.save(stream)
    return stream.getvalue()


def _path_of(name: str) -> Path:
    return web_folder() / "fonts" / f"{name}.woff2"
