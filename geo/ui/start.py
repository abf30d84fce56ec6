"""The first start: the sample reports are read into an empty store while the reader watches a bar fill."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock, Thread
from time import monotonic

import streamlit as st

from geo.errors import ArticleError
from geo.pipeline import Tools
from geo.samples import lacks_samples, list_samples, read_samples
from geo.store import Store
from geo.ui.shared import Shared
from geo.wording.words import Words

_LOG = logging.getLogger(__name__)
_LOOK_EVERY_S = 0.1


@dataclass
class _FirstReading:
    """The one reading of the samples in this process, whoever comes first; the others watch."""

    lock: Lock = field(default_factory=Lock)
    thread: Thread | None = None
    filled: bool = False
    """Found to be filled before: that does not change."""
    done: int = 0
    error: Exception | None = None


_FIRST = _FirstReading()


def ensure_samples(shared: Shared, words: Words) -> None:
    """Return when the store holds something; an empty one is filled with the sample reports first."""
    store = shared.editing
    if store is None or _is_filled(store):
        return
    with _FIRST.lock:
        if _FIRST.thread is None:
            _FIRST.thread = Thread(target=_read, args=(store, shared.tools), name="first reading", daemon=True)
            _FIRST.thread.start()
    total = len(list_samples())
    bar = st.progress(0.0, text=words("app.loading"))
    while _FIRST.thread.is_alive():
        bar.progress(min(1.0, _FIRST.done / max(1, total)), text=words("app.loading"))
        _FIRST.thread.join(_LOOK_EVERY_S)
    bar.empty()
    if _FIRST.error:
        raise _FIRST.error


def _is_filled(store: Store) -> bool:
    """Whether there is anything to show; a first reading that was cut short is taken up again."""
    if _FIRST.thread is not None:
        return not _FIRST.thread.is_alive() and _FIRST.error is None
    if not _FIRST.filled:
        _FIRST.filled = store.data_revision() > 0 and not lacks_samples(store)
    return _FIRST.filled


def _read(store: Store, tools: Tools) -> None:
    started = monotonic()
    try:
        for read in read_samples(store, tools, time=datetime.now(UTC)):
            _FIRST.done += 1
            if isinstance(read, ArticleError):
                _LOG.warning("a sample report could not be read: %s", read)
    except Exception as error:  # noqa: BLE001  # handed to the page, which says it and logs it
        _FIRST.error = error
    _LOG.info("read the sample reports in %.1f s", monotonic() - started)
