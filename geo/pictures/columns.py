"""Lines and paragraphs in a column, flush with the side that the language begins at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from geo.pictures import tokens
from geo.pictures.fonts import Font, text_width
from geo.pictures.pen import Line, Pen


@dataclass(frozen=True, slots=True)
class Column:
    """A part of a sheet between two edges."""

    pen: Pen
    x0: float
    x1: float
    rtl: bool

    @property
    def width(self) -> float:
        """Units between its edges."""
        return self.x1 - self.x0

    def inset(self, by: float) -> Column:
        """The column that begins so much further in."""
        return replace(self, x1=self.x1 - by) if self.rtl else replace(self, x0=self.x0 + by)

    def begin(self, width: float = 0.0) -> float:
        """The left edge of what is so wide and stands at the beginning."""
        return self.x1 - width if self.rtl else self.x0

    def write(self, text: str, font: Font, y: float, fill: str = tokens.INK) -> None:
        """A line at the beginning, its middle at a height."""
        line = Line(text, font, fill, rtl=self.rtl)
        self.pen.write(line, self.begin(text_width(text, font, rtl=self.rtl)), y)

    def write_at_end(self, text: str, font: Font, y: float, fill: str = tokens.INK) -> None:
        """A line at the other side."""
        x = self.x0 if self.rtl else self.x1 - text_width(text, font, rtl=self.rtl)
        self.pen.write(Line(text, font, fill, rtl=self.rtl), x, y)

    def write_rich(self, text: str, font: Font, top: float, leading: float, *, most: int = 9) -> float:
        """A paragraph with words set bold between stars, cut after ``most`` lines; the height at which it ends."""
        bold = replace(font, weight=650)
        runs = [(word, bold if n % 2 else font) for n, part in enumerate(text.split("**")) for word in _words_of(part)]
        lines = self._wrap(runs)
        if len(lines) > max(most, 1):
            lines = lines[: max(most, 1)]
            lines[-1][-1] = (f"{lines[-1][-1][0].rstrip()}…", lines[-1][-1][1])
        for n, line in enumerate(lines):
            self._write_runs(line, top + leading * (n + 0.5))
        return top + leading * len(lines)

    def _write_runs(self, runs: Sequence[tuple[str, Font]], y: float) -> None:
        widths = [text_width(word, face, rtl=self.rtl) for word, face in runs]
        for (word, face), start, width in zip(runs, accumulate(widths, initial=0.0), widths, strict=False):
            left = self.x1 - start - width if self.rtl else self.x0 + start
            self.pen.write(Line(word, face, tokens.INK, rtl=self.rtl), left, y)

    def _wrap(self, runs: Sequence[tuple[str, Font]]) -> list[list[tuple[str, Font]]]:
        lines: list[list[tuple[str, Font]]] = [[]]
        used = 0.0
        for word, face in runs:
            if lines[-1] and used + text_width(word.rstrip(), face, rtl=self.rtl) > self.width:
                lines.append([])
                used = 0.0
            lines[-1].append((word, face))
            used += text_width(word, face, rtl=self.rtl)
        return lines


def _words_of(part: str) -> list[str]:
    """Words, each with the space after it."""
    return [word for word in part.replace(" ", " \0").split("\0") if word]
