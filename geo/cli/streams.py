"""Where commands read from and write to: files by name, ``-`` for the standard streams."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from geo.errors import BorderIncidentsError, UsageError
from geo.exchange.files import explain_full_disk, write_whole
from geo.text import display_text


@contextmanager
def open_source(name: str) -> Iterator[BinaryIO]:
    """The bytes of a file, or of standard input for ``-``; raises UsageError when there is no such file."""
    if name == "-":
        yield sys.stdin.buffer
        return
    with _open_file(Path(name)) as stream:
        yield stream


def _open_file(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error


@contextmanager
def open_target(name: str) -> Iterator[BinaryIO]:
    """A stream whose bytes become the file, whole or not at all; standard output for ``-``."""
    if name == "-":
        with explain_full_disk("standard output"):
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        return
    with write_whole(Path(name)) as stream:
        yield stream


def spell_out(text: str, *, lines: bool = False) -> str:
    """The text with what a terminal obeys spelt as JSON does: names of files and words of articles may hold anything.

    Line feeds and tabs stay where ``lines`` says that the text is made of them.
    """
    return text if text.isprintable() and text.isascii() else "".join(_spell(one, lines=lines) for one in text)


def _spell(one: str, *, lines: bool) -> str:
    if one in "\n\t":
        return one if lines else " "
    return f"\\u{ord(one):04x}" if display_text(one) != one or one in "\u2028\u2029" else one


def write_line(text: str) -> None:
    """One line on standard output, or a table of them, in UTF-8 whatever the terminal thinks."""
    sys.stdout.buffer.write(spell_out(text, lines=True).encode("utf8") + b"\n")


def write_note(text: str) -> None:
    """One line for the person on standard error."""
    sys.stderr.write(f"{spell_out(text)}\n")


def report_error(error: BorderIncidentsError) -> None:
    """What went wrong, on standard error, while the rest goes on."""
    write_note(f"border-incidents: {error}")
