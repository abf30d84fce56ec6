"""The parts of the page that are our own: modules of geo/web/page, which fill the slots that Streamlit keeps for them.

Streamlit itself only has an empty element for each and one component, the sender, which brings what all of them show
and takes back what readers do in them. So a change costs the server one element, however many parts there are.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import streamlit as st

from geo.scripts import join_modules, module_name
from geo.settings import web_folder

ASSETS = "/border-incidents/assets"
"""Where the app's own process serves geo/web."""
SCRIPT, DESK_SCRIPT = "page.js", "desk.js"
"""The files there that hold all our modules of the dashboard's page, and of the desk's."""
VERSIONED = "@"
"""Begins the folder below it that names a version: what a module of such an address imports has it as well."""

# Its line break keeps Streamlit from taking it for a file name.
_LOADER = """
let part;
export default async (component) => (await (part ??= import(location.origin + "{address}"))).render(component);
"""
_SENDER = "session"
_SESSIONS = {SCRIPT: "page/session.js", DESK_SCRIPT: "desk/session.js"}
"""The module that is the sender's, of each page."""
_DESCRIBED, _HEARD, _MADE = "described", "heard", "made"
_LAST_ACT = "last_act"
_TURN = "turn"

Describe = Callable[[Any], Mapping[str, Any] | None]
"""What a part is to show of a scene, the dashboard's or the desk's; None for nothing."""
Listener = Callable[[Any], None]
"""Told the value that a part sent, before the page is drawn again."""


@cache
def page_script(script: str = SCRIPT) -> str:
    """All modules of a page as one, which gives what Streamlit asks of the sender."""
    session = _SESSIONS[script]
    return f"{join_modules(session)}\nexport const {{ render }} = {module_name(session)};\n"


@cache
def page_version() -> str:
    """A short hash of the page's script and every other script, style and font; see ``versioned_assets``."""
    files = sorted(path for path in web_folder().rglob("*") if path.suffix in (".js", ".css", ".woff2"))
    return hashlib.sha256(b"".join([page_script().encode(), *(path.read_bytes() for path in files)])).hexdigest()[:12]


def versioned_assets() -> str:
    """Where these files are served as they are now: what is got from there may be kept for ever."""
    return f"{ASSETS}/{VERSIONED}{page_version()}"


def begin_page() -> None:
    """Start a page: the parts whose slots are made from now on are those that ``send_packet`` describes.

    Until then what the page before showed can still be done: should this one not be finished, its acts are heard.
    """
    st.session_state[_MADE] = {}, {}


def slot(kind: str, describe: Describe, *, key: str | None = None, **heard: Listener) -> str:
    """The slot of a part, for ``show_slots``; ``heard`` names what the reader may do in it and who is told.

    ``describe`` is asked what the part shows whenever the reader asks for something else; the slot itself never
    changes. ``key`` tells several of one kind apart.
    """
    key = key or kind
    describe_too(key, describe, **heard)
    return f'<div data-part="{key}" data-kind="{kind}"></div>'


def show_slots(*slots: str) -> None:
    """Show slots, one below the other."""
    st.html("".join(slots))


def describe_too(key: str, describe: Describe, **heard: Listener) -> None:
    """Add to the packet what needs no slot."""
    made = st.session_state.get(_MADE) or (st.session_state[_DESCRIBED], st.session_state[_HEARD])
    made[0][key], made[1][key] = describe, heard


def describe_page(scene: Any) -> dict[str, Any]:
    """What every part is to show, by its key; parts that show nothing are left out."""
    asked: Mapping[str, Describe] = st.session_state[_DESCRIBED]
    described = {key: describe(scene) for key, describe in asked.items()}
    return {key: data for key, data in described.items() if data is not None}


def send_packet(scene: Any, script: str = SCRIPT) -> None:
    """Send what the page shows, in one packed message, so that all parts change in the same moment."""
    if made := st.session_state.pop(_MADE, None):
        st.session_state[_DESCRIBED], st.session_state[_HEARD] = made
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1  # no two packets are alike, so none is held
    packet = {_TURN: st.session_state[_TURN], _HEARD: st.session_state.get(_LAST_ACT, 0), **describe_page(scene)}
    text = json.dumps(packet, ensure_ascii=False, separators=(",", ":"))
    _sender(script)(key=_SENDER, data=zlib.compress(text.encode(errors="replace"), 6), on_acted_change=_hear)


@cache
def _sender(script: str) -> Callable[..., Any]:
    address = f"{versioned_assets()}/{script}"
    return st.components.v2.component(
        f"border_incidents_{_SENDER}", js=_LOADER.replace("{address}", address), isolate_styles=False
    )


def _hear() -> None:
    hear_acts(getattr(st.session_state[_SENDER], "acted", None) or [])


def hear_acts(acts: Any) -> None:
    """Tell the listeners what the reader did; an act that comes again, since the browser was not sure, only once.

    Each act is its number, counted up by the browser, the key of the part, what was done in it, and a value; what is
    no such act was not sent by our page, and nobody is told of it.
    """
    for number, key, name, value in filter(_is_act, acts if isinstance(acts, list) else []):
        if number <= st.session_state.get(_LAST_ACT, 0):
            continue
        st.session_state[_LAST_ACT] = number
        listener = st.session_state.get(_HEARD, {}).get(key, {}).get(name)
        if listener is not None and value is not None:
            listener(value)


def _is_act(sent: Any) -> bool:
    if not isinstance(sent, list) or len(sent) != 4:
        return False
    number, key, name, _ = sent
    return isinstance(number, int | float) and isinstance(key, str) and isinstance(name, str)
