"""The parts of the page that are our own: Streamlit components whose modules lie in geo/web/page and geo/web/time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import streamlit as st

from geo.settings import web_folder

ASSETS = "/border-incidents/assets"
"""Where the app's own process serves geo/web."""

# The loader travels with every redraw and so is small; the module it loads is fetched once. Its line break keeps
# Streamlit from taking it for a file name.
_LOADER = """
let part;
export default async (component) => (await (part ??= import(location.origin + "{address}"))).render(component);
"""


@cache
def page_version() -> str:
    """A short hash of all modules and styles of the page; an address that carries it may be cached for ever."""
    files = sorted(path for folder in ("page", "time") for path in (web_folder() / folder).glob("*.*"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


@cache
def _component(name: str) -> Callable[..., Any]:
    address = f"{ASSETS}/page/{name}.js?v={page_version()}"
    return st.components.v2.component(
        f"border_incidents_{name}", js=_LOADER.replace("{address}", address), isolate_styles=False
    )


def show_part(name: str, data: Mapping[str, Any], *, key: str | None = None, **heard: Callable[[Any], None]) -> None:
    """Show a part with its data; ``heard`` names what the reader may do in it and who is told.

    A listener gets the value that the part sent, before the page is drawn again. ``key`` tells several of one
    kind apart.
    """
    key = key or name
    callbacks = {f"on_{event}_change": _listener(key, event, listener) for event, listener in heard.items()}
    _component(name)(key=key, data=data, **callbacks)


def _listener(key: str, event: str, listener: Callable[[Any], None]) -> Callable[[], None]:
    def hear() -> None:
        value = getattr(st.session_state[key], event, None)
        if value is not None:
            listener(value)

    return hear
