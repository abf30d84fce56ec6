"""A barrier between what readers reach and what editors do: a public process cannot import the code that writes.

Whatever a hostile request may talk such a process into, the modules of desk, review and ingest are not in it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

from geo.errors import BorderIncidentsError
from geo.settings import read_option

BEHIND = ("geo.desk", "geo.review", "geo.ingest")
"""Packages that a public process does without."""


class Barrier(MetaPathFinder):
    """Asked first for every module: refuses those behind it."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """None, so that others are asked; raises ImportError for what is behind the barrier."""
        if is_behind(fullname):
            raise ImportError(f"{fullname} belongs to the desk; a dashboard that others reach does without it")
        return None


def is_behind(name: str) -> bool:
    """Whether a module may not be in a public process."""
    return any(name == package or name.startswith(f"{package}.") for package in BEHIND)


def is_public() -> bool:
    """Whether this process serves readers only: it may change nothing, or others than its own people reach it."""
    names = ("READ_ONLY", "SHARED", "PUBLIC_URL")
    return any(read_option(f"BORDER_INCIDENTS_{name}") for name in names)


def raise_barrier() -> None:
    """Raise it, if this process is public; once is enough.

    Raises BorderIncidentsError when something behind it is there already.
    """
    if not is_public() or any(isinstance(finder, Barrier) for finder in sys.meta_path):
        return
    there = sorted(filter(is_behind, sys.modules))
    if there:
        raise BorderIncidentsError(f"this process serves readers and has {', '.join(there)} in it already")
    sys.meta_path.insert(0, Barrier())
