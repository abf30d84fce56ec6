"""What has come while a page was open: the page looks for newer data by itself, and a line says how much there is."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geo.errors import UsageError
from geo.settings import read_option
from geo.ui.scene import Scene

EVERY = "BORDER_INCIDENTS_LOOK_EVERY_S"
_SEEN, _COME = "seen", "come"


def describe_look(scene: Scene, data_url: str) -> dict[str, Any] | None:
    """Where the page asks for the key of the newest data and how often; None where it is to stay as it is."""
    every_s = _look_every_s()
    if scene.snapshot.past is not None or not every_s:
        return None
    return {"url": f"{data_url}/revision", "every_s": every_s, "key": scene.snapshot.key}


def note_news(scene: Scene) -> None:
    """Add what has come since the page was drawn last; a reader who looks at an earlier state begins anew."""
    seen, newest = st.session_state.get(_SEEN), scene.snapshot.revision
    if scene.snapshot.past is not None:
        forget_news()
        st.session_state[_SEEN] = None
        return
    if seen is not None and seen < newest:
        changed, new = scene.shared.count_since(seen, newest)
        before = st.session_state.get(_COME, (0, 0))
        st.session_state[_COME] = before[0] + changed, before[1] + new
    st.session_state[_SEEN] = newest


def say_news(scene: Scene) -> str:
    """How many incidents have come, and how many changes to others; empty when there are none."""
    words, (changed, new) = scene.words, st.session_state.get(_COME, (0, 0))
    said = [words.count("news.new", new)] if new else []
    return words.join([*said, *([words.count("news.changed", changed)] if changed else [])])


def forget_news() -> None:
    """The reader knows of what has come until now."""
    st.session_state.pop(_COME, None)


def _look_every_s() -> float:
    written = read_option(EVERY)
    try:
        return max(0.0, float(written))
    except ValueError as error:
        raise UsageError(f"{EVERY} is {written!r}, not a number of seconds") from error
