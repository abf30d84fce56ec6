"""Work that another process does meanwhile: a copy of this one, which has all that the work needs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


@contextmanager
def working_beside(work: Callable[[], bytes], *, beside: bool) -> Iterator[Callable[[], bytes]]:
    """A way to get what ``work`` gives, which a copy of this process does while the block goes on.

    Only for work in plain Python: a copy has none of the threads of this process, and may use no store. Where a system
    makes no copies, or ``beside`` is False, or the copy fails, the work is done here when it is asked for.
    """
    if not beside or not hasattr(os, "fork"):
        yield work
        return
    source, target = os.pipe()
    copy = os.fork()
    if copy == 0:
        _do(work, source, target)
    os.close(target)
    try:
        yield lambda: _take(source, copy) or work()
    finally:
        with suppress(OSError):  # taken already
            os.close(source)
        with suppress(ChildProcessError):
            os.waitpid(copy, 0)


def _do(work: Callable[[], bytes], source: int, target: int) -> None:
    """The life of the copy: it ends here, whatever happens, and closes nothing that the other still uses."""
    try:
        os.close(source)
        with os.fdopen(target, "wb") as stream:
            stream.write(work())
        os._exit(0)
    finally:
        os._exit(1)


def _take(source: int, copy: int) -> bytes:
    """What the copy wrote; nothing when it failed."""
    with os.fdopen(source, "rb") as stream:
        told = stream.read()
    return told if os.waitpid(copy, 0)[1] == 0 else b""
