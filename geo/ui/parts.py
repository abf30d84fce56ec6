"""The parts of the page that are our own: Streamlit components whose modules lie in geo/web/page and geo/web/time."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import streamlit as st

from geo.settings import web_folder

ASSETS = "/border-incidents/assets"
"""Where the app's own process serves geo/web."""
VERSIONED = "@"
"""Begins the folder below it that names a version: what a module of such an address imports has it as well."""

# Its line break keeps Streamlit from taking it for a file name.
_LOADER = """
let part;
export default async (component) => (await (part ??= import(location.origin + "{address}"))).render(component);
"""
_PACKET = "packet"
_SENDER = "session"
_TURN = "turn"


@cache
def page_version() -> str:
    """A short hash of all modules and styles of the page; an address that carries it may be cached for ever."""
    files = sorted(path for folder in ("page", "time", "map") for path in (web_folder() / folder).glob("*.*"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


@cache
def _component(name: str) -> Callable[..., Any]:
    address = f"{ASSETS}/{VERSIONED}{page_version()}/page/{name}.js"
    return st.components.v2.component(
        f"border_incidents_{name}", js=_LOADER.replace("{address}", address), isolate_styles=False
    )


def begin_packet() -> None:
    """Start a redraw: what the parts are to show is gathered until ``send_packet``."""
    st.session_state[_PACKET] = {}


def show_part(
    name: str, data: Mapping[str, Any] | None, *, key: str | None = None, **heard: Callable[[Any], None]
) -> None:
    """Show a part with its data; ``heard`` names what the reader may do in it and who is told.

    The part itself is mounted with nothing but its key, which never changes; its data goes into the packet. A part
    without data is mounted all the same and stays empty: what Streamlit holds for the browser must be asked for in
    every redraw, or the two may come to disagree on what is still held. A listener gets the value that the part
    sent, before the page is drawn again. ``key`` tells several of one kind apart.
    """
    key = key or name
    if data is not None:
        put_in_packet(key, data)
    _component(name)(key=key, data={"part": key}, **_listen(key, heard))


def put_in_packet(key: str, data: Mapping[str, Any]) -> None:
    """Add what the browser is to know of one part."""
    st.session_state[_PACKET][key] = data


def packet() -> dict[str, Any]:
    """What was gathered in this redraw, by part."""
    gathered: dict[str, Any] = st.session_state[_PACKET]
    return gathered


def send_packet(**heard: Callable[[Any], None]) -> None:
    """Send what was gathered, in one packed message, so that all parts change in the same moment."""
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1  # no two packets are alike, so none is held
    text = json.dumps({_TURN: st.session_state[_TURN], **packet()}, ensure_ascii=False, separators=(",", ":"))
    _component(_SENDER)(key=_SENDER, data=zlib.compress(text.encode(), 6), **_listen(_SENDER, heard))


def _listen(key: str, heard: Mapping[str, Callable[[Any], None]]) -> dict[str, Callable[[], None]]:
    return {f"on_{event}_change": _listener(key, event, listener) for event, listener in heard.items()}


def _listener(key: str, event: str, listener: Callable[[Any], None]) -> Callable[[], None]:
    def hear() -> None:
        value = getattr(st.session_state[key], event, None)
        if value is not None:
            listener(value)

    return hear
