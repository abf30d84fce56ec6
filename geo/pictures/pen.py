"""A sheet that is drawn on: larger than it comes out and then reduced, so that no edge has steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageChops, ImageColor, ImageDraw

from geo.pictures.fonts import BASELINE, Font, Piece, lay_line
from geo.pictures.view import Box, Floats, Point, clip_path, clip_ring

_MARGIN = 24.0
"""Units beyond the sheet's edge up to which shapes are kept, so that no edge of theirs shows."""


@dataclass(frozen=True, slots=True)
class Hatch:
    """Slanting lines: pitch and width in units."""

    up: bool
    pitch: float
    width: float
    opacity: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text."""

    text: str
    font: Font
    fill: str
    rtl: bool = False
    """Whether it runs right to left as a whole."""
    halo: str | None = None
    """Colour of the ground that sets it off."""
    spacing: float = 0.0
    """Units between letters."""


@dataclass
class Pen:
    """Draws in units; the sheet is ``width`` by ``height`` pixels, ``ratio`` of them to a unit."""

    width: int
    height: int
    ratio: float
    ground: str
    finer: int = 2
    """How many times as large strokes are drawn as they come out."""
    _lines: list[tuple[Line, float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.k = self.ratio * self.finer
        self.image = Image.new("RGB", (self.width * self.finer, self.height * self.finer), self.ground)
        self.draw = ImageDraw.Draw(self.image)
        self.box = Box(0, 0, self.width / self.ratio, self.height / self.ratio)

    # ---- areas -----------------------------------------------------------------------------------------------------

    def fill(self, rings: Iterable[Floats], colour: str, alpha: float = 1.0) -> None:
        """Fill rings by the even-odd rule."""
        found = self._mask(rings)
        if found:
            mask, corner = found
            self.image.paste(colour, corner, _fade(mask, alpha))

    def hatch(
        self, rings: Iterable[Floats], hatch: Hatch, colour: str, *, phase: Point = (0, 0), alpha: float = 1.0
    ) -> None:
        """Fill rings with slanting lines; ``phase`` keeps them still on the ground."""
        found = self._mask(rings)
        if not found:
            return
        mask, (left, top) = found
        lines = Image.new("L", mask.size, 0)
        draw = ImageDraw.Draw(lines)
        step, sign = hatch.pitch * 2**0.5 * self.k, 1 if hatch.up else -1
        w, h = mask.size
        offset = left + phase[0] * self.k + sign * (top + phase[1] * self.k)
        low, high = min(0, sign * h) + offset, w + max(0, sign * h) + offset
        for n in range(int(low // step), int(high // step) + 2):
            x = n * step - offset
            draw.line((x, 0, x - sign * h, h), fill=255, width=max(1, round(hatch.width * self.k)))
        self.image.paste(colour, (left, top), _fade(ImageChops.multiply(mask, lines), hatch.opacity * alpha))

    def _mask(self, rings: Iterable[Floats]) -> tuple[Image.Image, tuple[int, int]] | None:
        """What rings cover, cut to the sheet, and the pixel its corner stands on; None when that is nothing."""
        cut = [ring for ring in (clip_ring(ring, self.box.grow(_MARGIN)) for ring in rings) if len(ring) > 2]
        if not cut:
            return None
        points = np.vstack(cut)
        low = np.clip(np.floor(points.min(axis=0) * self.k), 0, self.image.size).astype(int)
        high = np.clip(np.ceil(points.max(axis=0) * self.k) + 1, 0, self.image.size).astype(int)
        if (high <= low).any():
            return None
        size = (int(high[0] - low[0]), int(high[1] - low[1]))
        masks = [self._mask_ring(ring * self.k - low, size) for ring in cut]
        mask = masks[0]
        for other in masks[1:]:
            mask = ImageChops.difference(mask, other)
        return mask, (int(low[0]), int(low[1]))

    @staticmethod
    def _mask_ring(ring: Floats, size: tuple[int, int]) -> Image.Image:
        mask = Image.new("L", size, 0)
        ImageDraw.Draw(mask).polygon(ring.ravel().tolist(), fill=255)
        return mask

    def rectangle(self, box: Box, colour: str) -> None:
        """Fill a box."""
        k = self.k
        corners = [round(box.x0 * k), round(box.y0 * k), round(box.x1 * k) - 1, round(box.y1 * k) - 1]
        if corners[2] >= corners[0] and corners[3] >= corners[1]:
            self.draw.rectangle(corners, fill=colour)

    def plate(
        self, box: Box, fill: str, edge: str, width: float = 1.2, radius: float = 2.0, alpha: float = 1.0
    ) -> None:
        """A box with round corners and an edge."""
        k = self.k
        corners = (box.x0 * k, box.y0 * k, box.x1 * k, box.y1 * k)
        with self._faded(box.grow(width), alpha) as draw:
            draw.rounded_rectangle(corners, radius * k, fill=fill, outline=edge, width=max(1, round(width * k)))

    def outline(self, box: Box, colour: str, width: float, radius: float = 4.0) -> None:
        """The edge of a box with round corners."""
        corners = (box.x0 * self.k, box.y0 * self.k, box.x1 * self.k, box.y1 * self.k)
        self.draw.rounded_rectangle(corners, radius * self.k, outline=colour, width=max(1, round(width * self.k)))

    def disc(self, at: Point, radius: float, colour: str, alpha: float = 1.0) -> None:
        """Fill a circle."""
        with self._faded(Box.around(*at, radius + 1), alpha) as draw:
            draw.ellipse(self._round(at, radius), fill=colour)

    def polygon(self, points: Sequence[Point], colour: str, alpha: float = 1.0) -> None:
        """Fill a small shape."""
        array = np.array(points)
        (x0, y0), (x1, y1) = array.min(axis=0), array.max(axis=0)
        with self._faded(Box(x0, y0, x1, y1).grow(1), alpha) as draw:
            draw.polygon((array * self.k).ravel().tolist(), fill=colour)

    # ---- strokes ---------------------------------------------------------------------------------------------------

    def stroke(
        self, paths: Iterable[Floats], colour: str, width: float, *, alpha: float = 1.0,
        dash: tuple[float, float] | None = None,
    ) -> None:  # fmt: skip
        """Stroke open paths; where they lie over each other they are no darker."""
        lines = list(self._cut_lines(paths, width, dash))
        if alpha >= 1.0:
            self._draw_lines(self.draw, lines, colour, width)
        elif lines:
            box = self._pixels_of(lines, width)
            mask = Image.new("L", (box[2] - box[0], box[3] - box[1]), 0)
            self._draw_lines(ImageDraw.Draw(mask), [line - np.array(box[:2]) for line in lines], 255, width)
            self.image.paste(colour, box[:2], _fade(mask, alpha))

    def stroke_beside(self, paths: Iterable[Floats], colour: str, width: float, *, off: Floats, wide: float) -> None:
        """Stroke paths, but not where another line runs, ``wide`` units to both sides of its middle together."""
        lines = list(self._cut_lines(paths, width, None))
        mask = Image.new("L", self.image.size, 0)
        draw = ImageDraw.Draw(mask)
        self._draw_lines(draw, lines, 255, width)
        self._draw_lines(draw, self._cut_lines([off], wide, None), 0, wide)
        self.image.paste(colour, (0, 0), mask)

    def _cut_lines(self, paths: Iterable[Floats], width: float, dash: tuple[float, float] | None) -> Iterator[Floats]:
        """What of paths is near the sheet, in pixels, as the dashes it is drawn in."""
        for path in paths:
            for part in clip_path(path, self.box.grow(_MARGIN + width)):
                for line in dash_path(part, *dash) if dash else (part,):
                    yield line * self.k

    def _pixels_of(self, lines: Sequence[Floats], width: float) -> tuple[int, int, int, int]:
        """The part of the sheet that strokes can reach; a pixel at least."""
        points, reach = np.vstack(lines), width * self.k
        size = np.array(self.image.size)
        low = np.clip(np.floor(points.min(axis=0) - reach), 0, size - 1).astype(int)
        high = np.clip(np.ceil(points.max(axis=0) + reach), low + 1, size).astype(int)
        return int(low[0]), int(low[1]), int(high[0]), int(high[1])

    def _draw_lines(self, draw: ImageDraw.ImageDraw, lines: Iterable[Floats], colour: str | int, width: float) -> None:
        px = max(1, round(width * self.k))
        for line in lines:
            draw.line(line.ravel().tolist(), fill=colour, width=px, joint="curve" if px > 2 else None)

    def line(self, points: Sequence[Point], colour: str, width: float, alpha: float = 1.0) -> None:
        """Stroke a short line."""
        array = np.array(points)
        (x0, y0), (x1, y1) = array.min(axis=0), array.max(axis=0)
        with self._faded(Box(x0, y0, x1, y1).grow(width + 1), alpha) as draw:
            draw.line(
                (array * self.k).ravel().tolist(), fill=colour, width=max(1, round(width * self.k)), joint="curve"
            )

    def circle(
        self,
        at: Point,
        radius: float,
        colour: str,
        width: float,
        *,
        alpha: float = 1.0,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """Stroke a circle, its width half inside and half outside."""
        outer = radius + width / 2
        with self._faded(Box.around(*at, outer + 1), alpha) as draw:
            corners, px = self._round(at, outer), max(1, round(width * self.k))
            if dash is None:
                draw.ellipse(corners, outline=colour, width=px)
                return
            for first, last in dash_turn(radius, *dash):
                draw.arc(corners, first, last, fill=colour, width=px)

    def arc(
        self, at: Point, radius: float, turn: tuple[float, float], colour: str, width: float, alpha: float = 1.0
    ) -> None:
        """Stroke a part of a circle between two angles in degrees, clockwise from the right."""
        outer = radius + width / 2
        with self._faded(Box.around(*at, outer + 1), alpha) as draw:
            draw.arc(self._round(at, outer), *turn, fill=colour, width=max(1, round(width * self.k)))

    def _round(self, at: Point, radius: float) -> tuple[float, float, float, float]:
        k = self.k
        return ((at[0] - radius) * k, (at[1] - radius) * k, (at[0] + radius) * k, (at[1] + radius) * k)

    def _faded(self, box: Box, alpha: float) -> _Faded:
        return _Faded(self, box, alpha)

    # ---- letters ---------------------------------------------------------------------------------------------------

    def write(self, line: Line, x: float, y: float) -> None:
        """Write a line from its left edge, its middle at ``y``; letters come to stand over all strokes."""
        if line.text:
            self._lines.append((line, x, y))

    def faint(self, colour: str, alpha: float) -> str:
        """A colour as it comes out on the sheet when it lets the ground through."""
        return colour if alpha >= 1 else mix_colours(colour, self.ground, alpha)

    def finish(self) -> Image.Image:
        """The sheet as it comes out; letters are drawn large as well, since small ones are moved to whole pixels."""
        for line, x, y in self._lines:
            self._draw_line(line, x * self.k, (y + BASELINE * line.font.size) * self.k)
        self._lines.clear()
        return self.image.reduce(self.finer) if self.finer > 1 else self.image

    def _draw_line(self, line: Line, x: float, y: float) -> None:
        """First all of the halo, then the letters."""
        parts = list(line.text) if line.spacing else [line.text]
        for colour, halo in [*([(line.halo, 1.5 * self.k)] if line.halo else []), (line.fill, 0.0)]:
            left = x
            for part in parts:
                pieces, width = lay_line(part, line.font, self.k, rtl=line.rtl)
                for piece in pieces:
                    self._draw_piece(piece, (left + piece.x, y), colour, halo)
                left += width + line.spacing * self.k

    def _draw_piece(self, piece: Piece, at: Point, colour: str, halo: float) -> None:
        self.draw.text(
            at, piece.text, fill=colour, font=piece.face, anchor="ls", direction=piece.direction, stroke_width=halo,
            stroke_fill=colour,
        )  # fmt: skip


class _Faded:
    """Lets some strokes be drawn in a box of the sheet as if on glass, which is then laid on it."""

    def __init__(self, pen: Pen, box: Box, alpha: float) -> None:
        self._pen, self._alpha = pen, alpha
        k, (w, h) = pen.k, pen.image.size
        self._corners = (
            max(0, int(box.x0 * k)), max(0, int(box.y0 * k)), min(w, int(box.x1 * k) + 1), min(h, int(box.y1 * k) + 1),
        )  # fmt: skip

    def __enter__(self) -> ImageDraw.ImageDraw:
        x0, y0, x1, y1 = self._corners
        self._before = self._pen.image.crop(self._corners) if self._alpha < 1 and x1 > x0 and y1 > y0 else None
        return self._pen.draw

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            drawn = self._pen.image.crop(self._corners)
            self._pen.image.paste(Image.blend(self._before, drawn, self._alpha), self._corners)


def dash_path(points: Floats, drawn: float, gap: float) -> list[Floats]:
    """The dashes of a path."""
    lengths = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate(((0.0,), np.cumsum(lengths)))
    if not along[-1]:
        return []
    starts = np.arange(0, along[-1], drawn + gap)
    ends = np.minimum(starts + drawn, along[-1])
    firsts, lasts = (
        np.column_stack([np.interp(at, along, points[:, axis]) for axis in (0, 1)]) for at in (starts, ends)
    )
    inner = np.searchsorted(along, starts, side="right"), np.searchsorted(along, ends, side="left")
    return [
        np.vstack((firsts[n], points[low:high], lasts[n])) for n, (low, high) in enumerate(zip(*inner, strict=True))
    ]


def dash_turn(radius: float, drawn: float, gap: float) -> list[Point]:
    """First and last angle of the dashes of a circle in degrees, an even number of them."""
    count = max(4, round(2 * np.pi * radius / (drawn + gap)))
    step = 360 / count
    return [(n * step, n * step + step * drawn / (drawn + gap)) for n in range(count)]


def _fade(mask: Image.Image, alpha: float) -> Image.Image:
    return mask if alpha >= 1 else mask.point([round(value * alpha) for value in range(256)])


def mix_colours(colour: str, ground: str, alpha: float) -> str:
    """A colour as it comes out on a ground that it lets through."""
    pairs = zip(ImageColor.getrgb(colour)[:3], ImageColor.getrgb(ground)[:3], strict=True)
    return "#" + "".join(f"{round(a * alpha + b * (1 - alpha)):02x}" for a, b in pairs)
