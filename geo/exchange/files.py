"""Files written whole or not at all: to a temporary name, on the disk, then renamed."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from geo.errors import ExportError, UsageError

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def write_whole(path: Path) -> Iterator[BinaryIO]:
    """A stream whose bytes are the file at ``path`` once the block ends; when it raises, the old file stays.

    A pipe or device is written to directly. Raises UsageError when the file cannot be made, ExportError when the disk
    has no room for it.
    """
    with explain_full_disk(str(path)):
        if path.exists() and not path.is_file():
            with _open_device(path) as stream:
                yield stream
        else:
            with _replace(path.resolve()) as stream:  # a symbolic link stays one: the file it names is replaced
                yield stream


@contextmanager
def explain_full_disk(name: str) -> Iterator[None]:
    """Turn what the system says of a disk without room into an ExportError with one clear sentence."""
    try:
        yield
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        raise ExportError(f"{name} cannot be written: {os.strerror(error.errno)}; nothing was left behind") from error


@contextmanager
def _replace(path: Path) -> Iterator[BinaryIO]:
    stream, temporary = _open_temporary(path)
    try:
        with stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            stream.close()  # which may want to write once more
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(path.parent)


def _open_device(path: Path) -> BinaryIO:
    try:
        return path.open("wb")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error


def _open_temporary(path: Path) -> tuple[BinaryIO, Path]:
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
    return os.fdopen(handle, "wb"), Path(name)


def _umask() -> int:
    """The permissions that new files do not get; the system only tells when it is set."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Let the new name outlive a power cut; systems that cannot open a folder do so by themselves."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
