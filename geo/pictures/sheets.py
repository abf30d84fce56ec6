"""The two sheets a view is drawn on: a page to print, and the small picture that goes with a link."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from PIL import Image

from geo.pictures import tokens
from geo.pictures.captions import Captions
from geo.pictures.columns import Column
from geo.pictures.fitting import Asked, choose_view, cut_to_known
from geo.pictures.fonts import Font, balance_text, cut_text, wrap_text
from geo.pictures.legend import count_types, draw_shades, draw_sureness, draw_types, write_title
from geo.pictures.paint import paint_map, paint_shades
from geo.pictures.pen import Line, Pen
from geo.pictures.scene import World, lay_ground, lay_scene
from geo.pictures.shading import Shading, shade_provinces
from geo.pictures.shapes import draw_shape
from geo.pictures.timeline import draw_timeline
from geo.pictures.view import Box, Point, View
from geo.snapshot.records import NO_DAY
from geo.text import display_text
from geo.wording.summary import Days

_FINER = 2
"""Strokes and letters are drawn so many times as large as they come out."""

KICKER = Font("sans", 550, 12.5)
SUMMARY = Font("serif", 400, 17)
SMALL = Font("sans", 400, 11)
NOTE = Font("sans", 400, 10.5)

# ---- the page ------------------------------------------------------------------------------------------------------

_PAGE, _PAGE_RATIO = (1600, 1040), 4 / 3
_EDGE, _SIDE, _GAP, _TIME = 32.0, 228.0, 24.0, 132.0
"""Units of the margin, of the column beside the map, between the two, and of the timeline's height."""
_LEGEND = 190.0
"""Units of the least width of a legend."""
_NOTE_LEADING = 14.0
_MOST_SHOWN = 2
"""Lines of the filter in words."""
_HEADING = (Font("serif", 500, 33), 40.0)
_HEADINGS = {"ur": (Font("nastaliq", 500, 30), 60.0)}
"""Font and height of the heading; Nastaliq in Urdu only, as readers of Pashto and Dari expect Naskh."""


def draw_page(world: World, captions: Captions, asked: Asked | None = None) -> bytes:
    """A page of 1600 by 1040 pixels as PNG: head, map with its legends, timeline, papers."""
    pen = Pen(*_PAGE, _PAGE_RATIO, tokens.PAPER, _FINER)
    rtl = world.words.rtl
    column = Column(pen, _EDGE, pen.box.x1 - _EDGE, rtl)
    top = _write_head(column, captions, world.words.language)
    notes = _lay_notes(column, captions)
    foot = pen.box.y1 - 22 - len(notes) * _NOTE_LEADING
    split = foot - 14 - _TIME
    view = choose_view(world, asked, width=column.width - _SIDE - _GAP, height=split - 16 - top)
    if asked is None:
        view = cut_to_known(view, world.ground.known)
    left = column.begin(view.width)
    side = Column(pen, *((column.x0, left - _GAP) if rtl else (left + view.width + _GAP, column.x1)), rtl)
    _draw_legends(side, world, top)
    _draw_time(column, world, Box(column.x0, split, column.x1, foot - 14), captions.period)
    _write_notes(column, notes, foot)
    return _encode(_finish(pen, world, view, (left, top), edge=True))


def _write_head(column: Column, captions: Captions, language: str) -> float:
    """Rule, kicker, title and summary; where what follows begins."""
    column.pen.rectangle(Box(column.x0, 24, column.x1, 27), tokens.INK)
    column.write(captions.kicker, KICKER, 41, tokens.ACCENT)
    column.write_at_end(captions.as_of, SMALL, 41, tokens.THIRD)
    title, height = _HEADINGS.get(language, _HEADING)
    column.write(cut_text(captions.title, title, column.width, rtl=column.rtl), title, 49 + height / 2)
    return column.write_rich(captions.summary, SUMMARY, 57 + height, 25) + 10


def _draw_legends(column: Column, world: World, top: float) -> None:
    """The two legends, under each other, or side by side where there is room."""
    beside = column.width >= 2 * _LEGEND + _GAP
    if shading := _shade(world):
        end = draw_shades(column, world.words, shading, top)
    else:
        end = draw_sureness(column, world.words, top)
    if not world.matched.any():
        return
    if beside:
        draw_types(column.inset(column.width - _LEGEND), world, top)
        return
    column.pen.rectangle(Box(column.x0, end + 10, column.x1, end + 10.75), tokens.RULE)
    draw_types(column, world, end + 20)


def _draw_time(column: Column, world: World, box: Box, days: Days) -> None:
    words = world.words
    column.pen.rectangle(Box(box.x0, box.y0 - 6, box.x1, box.y0 - 5), tokens.INK)
    top = write_title(column, words("picture.when"), box.y0)
    blocks = draw_timeline(column.pen, world, Box(box.x0, top, box.x1, box.y1), days)
    undated = int((world.matched & (world.snapshot.start == NO_DAY)).sum())
    said = [words("picture.blocks" if blocks else "picture.bars")] if world.matched.any() else []
    said += [f"{words('time.undated')}: {words.number(undated)}"] if undated else []
    column.write_at_end(" · ".join(said), SMALL, box.y0 + 9, tokens.THIRD)


def _lay_notes(column: Column, captions: Captions) -> list[str]:
    """The papers in lines, the filter first."""
    shown = wrap_text(display_text(captions.shown), NOTE, column.width, rtl=column.rtl)
    if len(shown) > _MOST_SHOWN:
        rest = cut_text(" ".join(shown[_MOST_SHOWN - 1 :]), NOTE, column.width, rtl=column.rtl)
        shown = [*shown[: _MOST_SHOWN - 1], rest]
    papers = " ".join(filter(None, (captions.unchecked, *captions.papers)))
    return [*shown, *wrap_text(papers, NOTE, column.width, rtl=column.rtl)]


def _write_notes(column: Column, notes: Sequence[str], top: float) -> None:
    column.pen.rectangle(Box(column.x0, top - 4, column.x1, top - 3.25), tokens.STRONG_RULE)
    for n, note in enumerate(notes):
        line = cut_text(note, NOTE, column.width, rtl=column.rtl)
        column.write(line, NOTE, top + 8 + n * _NOTE_LEADING, tokens.SECOND)


# ---- the picture of a link -----------------------------------------------------------------------------------------

_PREVIEW, _PREVIEW_RATIO = (1200, 630), 1.6
_TEXT, _INNER = 262.0, 18.0
"""Units of the column of words, and of the margin in it."""
_TITLE = (Font("serif", 500, 30), 34.0)
_TITLES = {
    "ur": (Font("nastaliq", 500, 24), 50.0),
    "ps": (Font("serif", 600, 26), 36.0),
    "fa": (Font("serif", 600, 26), 36.0),
}
"""Font and height of a line of the title."""
_MOST_TITLE = 3
_WORDS = Font("serif", 400, 15.5)
_COUNT = Font("sans", 550, 13)
_COLOURS = (128, 48, 24)
"""Colours that a preview is saved in: half the bytes, and nobody sees it."""
_LARGEST = 150_000
"""Bytes of a preview, if fewer colours can make it so small."""


def draw_preview(world: World, captions: Captions, asked: Asked | None = None) -> bytes:
    """A picture of 1200 by 630 pixels as PNG for the preview of a link: a large title, few words, the map."""
    pen = Pen(*_PREVIEW, _PREVIEW_RATIO, tokens.PAPER, _FINER)
    width, height, rtl = pen.box.x1, pen.box.y1, world.words.rtl
    x0 = width - _TEXT + _INNER if rtl else _INNER
    column = Column(pen, x0, x0 + _TEXT - 2 * _INNER, rtl)
    pen.rectangle(Box(column.x0, 18, column.x1, 21), tokens.INK)
    column.write(captions.kicker, KICKER, 36, tokens.ACCENT)
    top = _write_preview_title(column, captions.title, world.words.language) + 8
    foot = _write_preview_foot(column, world, captions)
    column.write_rich(captions.summary, _WORDS, top, 22, most=int((foot - top - 6) // 22))
    view = choose_view(world, asked, width=width - _TEXT, height=height)
    image = _finish(pen, world, view, (0.0 if rtl else _TEXT, 0.0))
    x = round((view.width if rtl else _TEXT) * pen.ratio)
    image.paste(tokens.STRONG_RULE, (x - 1, 0, x + 1, image.height))
    return _encode_small(image)


def _write_preview_title(column: Column, title: str, language: str) -> float:
    font, height = _TITLES.get(language, _TITLE)
    lines = balance_text(title, font, column.width, rtl=column.rtl)[:_MOST_TITLE]
    for n, line in enumerate(lines):
        cut = cut_text(line, font, column.width, rtl=column.rtl)
        column.write(cut, font, 48 + height * (n + 0.5))
    return 48 + height * len(lines)


def _write_preview_foot(column: Column, world: World, captions: Captions) -> float:
    """Types with their counts, and whose places and map these are; the height at which that begins."""
    said = filter(None, (captions.unchecked, captions.papers[-1]))
    papers = [line for text in said for line in wrap_text(text, NOTE, column.width, rtl=column.rtl)]
    top = column.pen.box.y1 - 14 - len(papers) * 13
    for n, line in enumerate(papers):
        column.write(line, NOTE, top + 6 + n * 13, tokens.SECOND)
    types = count_types(world)
    begins = top - 8 - (len(types) + 2) // 3 * 20
    for n, (category, count) in enumerate(types):
        at = (column.x0 + n % 3 * column.width / 3 + 8, begins + n // 3 * 20 + 10)
        draw_shape(column.pen, category, at, size=12)
        column.pen.write(Line(f"{count:,}", _COUNT, tokens.INK), at[0] + 12, at[1])
    return begins


# ---- both ----------------------------------------------------------------------------------------------------------


def _finish(pen: Pen, world: World, view: View, at: Point, *, edge: bool = False) -> Image.Image:
    """The sheet with its map at a corner, with a hairline round it or none."""
    x0, y0 = (round(side * pen.ratio) for side in at)
    width, height = round(view.width * pen.ratio), round(view.height * pen.ratio)
    if shading := _shade(world):
        painted = paint_shades(
            lay_ground(world, view), shading, width=width, height=height, ratio=pen.ratio, finer=pen.finer
        )
    else:
        painted = paint_map(lay_scene(world, view), width=width, height=height, ratio=pen.ratio, finer=pen.finer)
    image = pen.finish()
    if edge:
        image.paste(tokens.STRONG_RULE, (x0 - 1, y0 - 1, x0 + width + 1, y0 + height + 1))
    image.paste(painted, (x0, y0))
    return image


def _shade(world: World) -> Shading | None:
    """The shades of a layer of provinces; None for the incidents themselves."""
    return shade_provinces(world) if world.layer == "provinces" else None


def _encode(image: Image.Image) -> bytes:
    """PNG, the same bytes for the same picture."""
    stream = BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def _encode_small(image: Image.Image) -> bytes:
    """PNG in few colours, and in fewer where it would be too large to be sent about."""
    data = b""
    for colours in _COLOURS:
        data = _encode(image.quantize(colours, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE))
        if len(data) <= _LARGEST:
            break
    return data
