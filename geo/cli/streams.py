"""Where commands read from and write to: files by name, ``-`` for the standard streams."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from geo.errors import BorderIncidentsError, UsageError
from geo.exchange.files import explain_full_disk, write_whole


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


def write_line(text: str) -> None:
    """One line on standard output, in UTF-8 whatever the terminal thinks."""
    sys.stdout.buffer.write(text.encode("utf8", errors="replace") + b"\n")


def write_note(text: str) -> None:
    """One line for the person on standard error."""
    sys.stderr.write(f"{text}\n")


def report_error(error: BorderIncidentsError) -> None:
    """What went wrong, on standard error, while the rest goes on."""
    write_note(f"border-incidents: {error}")
