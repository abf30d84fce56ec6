"""The parts of the page that are our own: Streamlit components whose modules lie in geo/web/page and geo/web/time."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.settings import web_folder

if TYPE_CHECKING:
    from geo.ui.scene import Scene

ASSETS = "/border-incidents/assets"
"""Where the app's own process serves geo/web."""
VERSIONED = "@"
"""Begins the folder below it that names a version: what a module of such an address imports has it as well."""

# Its line break keeps Streamlit from taking it for a file name.
_LOADER = """
let part;
export default async (component) => (await (part ??= import(location.origin + "{address}"))).render(component);
"""
_DESCRIBED = "described"
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


Describe = Callable[["Scene"], Mapping[str, Any] | None]
"""What a part is to show of a scene; None for nothing."""


def begin_page() -> None:
    """Start a page: the parts that are shown from now on are those that ``send_packet`` describes."""
    st.session_state[_DESCRIBED] = {}


def show_part(name: str, describe: Describe, *, key: str | None = None, **heard: Callable[[Any], None]) -> None:
    """Show a part; ``heard`` names what the reader may do in it and who is told.

    The part is mounted with nothing but its key, which never changes; what it shows goes into the packet, for which
    ``describe`` is asked again whenever the reader asks for something else, without the part being mounted anew. A
    part that shows nothing is mounted all the same: what Streamlit holds for the browser must be asked for in every
    run of the page, or the two may come to disagree on what is still held. A listener gets the value that the part
    sent, before the page is drawn again. ``key`` tells several of one kind apart.
    """
    key = key or name
    describe_too(key, describe)
    _component(name)(key=key, data={"part": key}, **_listen(key, heard))


def describe_too(key: str, describe: Describe) -> None:
    """Add to the packet what is no part of its own."""
    st.session_state[_DESCRIBED][key] = describe


def describe_page(scene: Scene) -> dict[str, Any]:
    """What every part is to show, by its key; parts that show nothing are left out."""
    asked: Mapping[str, Describe] = st.session_state[_DESCRIBED]
    described = {key: describe(scene) for key, describe in asked.items()}
    return {key: data for key, data in described.items() if data is not None}


def send_packet(scene: Scene, **heard: Callable[[Any], None]) -> None:
    """Send what the page shows, in one packed message, so that all parts change in the same moment."""
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1  # no two packets are alike, so none is held
    packet = {_TURN: st.session_state[_TURN], **describe_page(scene)}
    text = json.dumps(packet, ensure_ascii=False, separators=(",", ":"))
    _component(_SENDER)(key=_SENDER, data=zlib.compress(text.encode(), 6), **_listen(_SENDER, heard))


def _listen(key: str, heard: Mapping[str, Callable[[Any], None]]) -> dict[str, Callable[[], None]]:
    return {f"on_{event}_change": _listener(key, event, listener) for event, listener in heard.items()}


def _listener(key: str, event: str, listener: Callable[[Any], None]) -> Callable[[], None]:
    def hear() -> None:
        value = getattr(st.session_state[key], event, None)
        if value is not None:
            listener(value)

    return hear
