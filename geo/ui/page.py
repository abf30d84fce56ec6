"""The one page: what happened, where, when, who says so."""

from __future__ import annotations

import logging
from functools import cache
from secrets import token_hex
from typing import Any
from urllib.parse import quote

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.errors import BorderIncidentsError
from geo.filters import Known, write_link
from geo.maps import LAYERS
from geo.settings import web_folder
from geo.snapshot import Snapshot, list_known
from geo.ui.dates import show_presets, show_slider
from geo.ui.foot import foot_slot
from geo.ui.head import head_slot, write_title
from geo.ui.map_tab import show_map_tab
from geo.ui.methodology import methodology_slot
from geo.ui.news import describe_look, note_news
from geo.ui.parts import begin_page, describe_too, send_packet, show_slots, slot
from geo.ui.rivals import rivals_slot
from geo.ui.scene import Scene
from geo.ui.server import data_address
from geo.ui.share import share_slot
from geo.ui.shared import Shared, open_shared
from geo.ui.sidebar import show_sidebar
from geo.ui.start import ensure_samples
from geo.ui.state import (
    TABS,
    Tabs,
    change_link,
    current_link,
    language_of,
    map_fits,
    open_link,
    open_province,
    read_address,
    tab_of,
)
from geo.ui.table import table_slot
from geo.wording.words import LANGUAGES, Words

_LOG = logging.getLogger(__name__)
_SCENE, _FRAME, _FAULT = "scene", "frame", "fault"


def page() -> None:
    """Draw the page for one reader."""
    _set_page()
    words = Words(language_of(st.session_state["link"]) if "link" in st.session_state else "en")
    try:
        shared = open_shared()
        ensure_samples(shared, words)
        _show(shared)
    except Exception as error:  # noqa: BLE001 - the reader gets a sentence, the log all of it
        _tell(error, words)


def _tell(error: Exception, words: Words) -> None:
    """Tell the reader what is wrong with the store; of a fault of ours only its mark in the log."""
    if isinstance(error, BorderIncidentsError):
        _LOG.error("the page could not be drawn", exc_info=error)
        st.error(words("error.store", reason=str(error)))
        return
    mark = token_hex(3)
    _LOG.error("the page could not be drawn; the reader was told %s", mark, exc_info=error)
    st.error(words("error.page", mark=mark))


def _set_page() -> None:
    """Say once how the page is laid out; the browser's tab is named by the session's own part."""
    if "laid_out" not in st.session_state:
        st.set_page_config(
            page_title="Border incidents", page_icon=_icon(), layout="wide", initial_sidebar_state="expanded"
        )  # fmt: skip
        st.session_state.laid_out = True


@cache
def _icon() -> str:
    """Our icon in an address of its own; one that has to be fetched is fetched again at each change of the link."""
    return f"data:image/svg+xml,{quote((web_folder() / 'page' / 'icon.svg').read_text(encoding='utf8').strip())}"


def _show(shared: Shared) -> None:
    """Mount the page, and show on it what the reader asked for."""
    scene = _read_scene(shared)
    st.session_state[_SCENE], st.session_state[_FRAME] = scene, _frame_of(scene)
    begin_page()
    with st.sidebar:
        dates = show_sidebar(scene)
    show_slots(head_slot(), foot_slot())
    with st.container(key="actions", horizontal=True):
        show_slots(slot("languages", _describe_languages, spoken=_speak))
        with st.popover(scene.words("share.button"), key="share_box"):
            show_slots(share_slot())
    _show_tabs(scene)
    st.session_state[_FAULT] = None
    with dates.slider:
        _answer(shared, dates.presets)
    if st.session_state[_FAULT] is not None:
        raise st.session_state[_FAULT]


@st.fragment
def _answer(shared: Shared, presets: DeltaGenerator) -> None:
    """The dates, and all that the page shows: what Streamlit runs again when the reader moves the slider.

    Nothing is mounted anew then but the two widgets and the sender of the packet, which spares the server most of
    its work. What Streamlit itself draws otherwise for another link needs the whole page.
    """
    mounted = st.session_state.pop(_SCENE, None)
    try:
        scene = mounted or _read_scene(shared)
        if _frame_of(scene) != st.session_state[_FRAME]:
            st.rerun()
        with presets:
            show_presets(scene)
        show_slider(scene)
        _send(scene)
    except Exception as error:  # noqa: BLE001 - told by the page, which has room for it
        st.session_state[_FAULT] = error
        if mounted is None:
            st.rerun()


def _read_scene(shared: Shared) -> Scene:
    """What is asked for, of the data as it is or as it was; today's incidents are among those a link may name."""
    link = open_link(lambda: _list_known(shared))
    snapshot = shared.snapshot() if link.asof is None else shared.keeper.past(link.asof)
    if link.asof is not None and snapshot.past is None:  # nothing has come since
        change_link(rev=link.asof, asof=None)
        link = current_link()
    return Scene(shared=shared, snapshot=snapshot, link=link, words=Words(language_of(link)))


def _frame_of(scene: Scene) -> tuple[object, ...]:
    """What of a link is drawn by Streamlit's own layout and widgets."""
    wanted = scene.filter
    return scene.words.language, tab_of(scene.link), scene.beside == "list", wanted.text, wanted.border_km


def _list_known(shared: Shared) -> Known:
    """What a link may ask for."""
    snapshot = shared.snapshot()
    provinces = snapshot.labels["province"].values
    tabs = Tabs(
        has_article=lambda id_: bool(shared.articles([id_])),
        has_province=lambda code: code in provinces or shared.gazetteer.adm1(code) is not None,
    )
    return list_known(snapshot, tabs=tabs, layers=LAYERS, languages=LANGUAGES)


def _show_tabs(scene: Scene) -> None:
    words = scene.words
    names = {tab: words(f"tab.{tab}") for tab in TABS}
    st.session_state.tabs = names[tab_of(scene.link)]
    tabs = st.tabs(list(names.values()), key="tabs", on_change=_take_tab)
    with tabs[0]:  # the map stays, hidden: to load it again would take a second
        show_map_tab(scene)
    for tab, part in zip(tabs[1:], (table_slot(), rivals_slot(), methodology_slot()), strict=True):
        with tab:
            show_slots(part)


def _take_tab() -> None:
    words = Words(language_of(st.session_state["link"]))
    names = {words(f"tab.{tab}"): tab for tab in TABS}
    tab = names.get(st.session_state.tabs, TABS[0])
    change_link(tab=None if tab == TABS[0] else tab)


def _speak(language: str) -> None:
    change_link(lang=None if language == "en" else language)


def _describe_languages(scene: Scene) -> dict[str, Any]:
    """Each language by its own name."""
    return {
        "label": scene.words("language.choose"),
        "lang": scene.words.language,
        "languages": [[code, Words(code)("language.name")] for code in LANGUAGES],
        "filters": scene.words("filter.open"),
    }


def _send(scene: Scene) -> None:
    """Hand everything to the browser, with what keeps the page together."""
    shared, key = scene.shared, scene.snapshot.key  # listeners hold on to no snapshot
    describe_too(
        "session",
        _describe_session,
        selected=lambda incident: _select(shared.keeper.named(key) or shared.snapshot(), incident),
        entered=lambda code: _open_province(_list_known(shared), code),
        layered=lambda layer: change_link(layer=layer if layer in LAYERS[1:] else None),
        themed=lambda _: None,
        renewed=lambda _: None,
        navigated=lambda query: read_address(query, _list_known(shared)),
    )
    note_news(scene)
    send_packet(scene)


def _describe_session(scene: Scene) -> dict[str, Any]:
    return {
        "channel": scene.channel,
        "link": write_link(scene.link),
        "rev": scene.snapshot.revision,
        "fit": map_fits(),
        "title": write_title(scene),
        "lang": scene.words.language,
        "rtl": scene.words.rtl,
        "opened": scene.beside != "list",
        "withheld": scene.words("names.masked"),
        "look": describe_look(scene, data_address(scene.shared.border.code)),
    }


def _open_province(known: Known, code: str) -> None:
    """Open the province that was chosen on the map."""
    if known.provinces is not None and code in known.provinces:
        open_province(code)


def _select(snapshot: Snapshot, incident: str | int) -> None:
    """Open what was chosen on map or timeline, by id, or by index where the store is too large to send ids."""
    index = incident if isinstance(incident, int) else snapshot.index_of(incident)
    if index is not None and 0 <= index < len(snapshot):
        change_link(incident=snapshot.ids[index], tab=None)
