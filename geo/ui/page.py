"""The one page: what happened, where, when, who says so."""

from __future__ import annotations

import logging
from functools import cache
from secrets import token_hex
from urllib.parse import quote

import streamlit as st

from geo.errors import BorderIncidentsError
from geo.filters import Known, write_link
from geo.maps import LAYERS
from geo.settings import web_folder
from geo.snapshot import Snapshot, list_known
from geo.ui.head import show_head, write_title
from geo.ui.map_tab import show_map_tab
from geo.ui.methodology import show_methodology
from geo.ui.parts import begin_packet, put_in_packet, send_packet, show_part
from geo.ui.rivals import show_rivals
from geo.ui.scene import Scene
from geo.ui.share import show_share
from geo.ui.shared import Shared, open_shared
from geo.ui.sidebar import show_sidebar
from geo.ui.start import ensure_samples
from geo.ui.state import (
    TABS,
    Tabs,
    article_of,
    change_link,
    language_of,
    map_fits,
    open_link,
    open_province,
    problem_sentences,
    province_of,
    read_address,
    session_token,
    tab_of,
)
from geo.ui.style import page_style
from geo.ui.table import show_table
from geo.ui.words import LANGUAGES, Words

_LOG = logging.getLogger(__name__)


def page() -> None:
    """Draw the page for one reader."""
    _set_page()
    st.html(page_style())
    words = Words(language_of(st.session_state["link"]) if "link" in st.session_state else "en")
    try:
        shared = open_shared()
        ensure_samples(shared, words)
        _show(shared)
    except BorderIncidentsError as error:
        _LOG.exception("the page could not be drawn")
        st.error(words("error.store", reason=str(error)))
    except Exception:  # noqa: BLE001 - a fault of ours: the reader gets a sentence, the log all of it
        mark = token_hex(3)
        _LOG.exception("the page could not be drawn; the reader was told %s", mark)
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
    snapshot = shared.snapshot()
    known = _list_known(shared, snapshot)
    link, problems = open_link(known)
    words = Words(language_of(link))
    begin_packet()
    scene = Scene(shared=shared, snapshot=snapshot, link=link, words=words)
    with st.sidebar:
        show_sidebar(scene)
    show_head(scene, _list_notices(scene, problem_sentences(problems, words)))
    with st.container(key="actions", horizontal=True):
        _show_languages(words)
        with st.popover(words("share.button"), key="share_box"):
            show_share(scene)
    _show_tabs(scene)
    _send(scene)


def _list_known(shared: Shared, snapshot: Snapshot) -> Known:
    """What a link may ask for."""
    provinces = snapshot.labels["province"].values
    tabs = Tabs(
        has_article=lambda id_: bool(shared.articles([id_])),
        has_province=lambda code: code in provinces or shared.gazetteer.adm1(code) is not None,
    )
    return list_known(snapshot, tabs=tabs, layers=LAYERS, languages=LANGUAGES)


def _list_notices(scene: Scene, problems: list[str]) -> list[str]:
    """What was ignored of the link, and how many incidents have changed since it was made."""
    words, made_at = scene.words, scene.link.rev
    ignored = [words("link.ignored", reasons=" ".join(problems))] if problems else []
    changed = scene.shared.count_changed(scene.snapshot, made_at) if made_at is not None else 0
    return [*ignored, *([words.count("link.changed", changed)] if changed else [])]


def _show_tabs(scene: Scene) -> None:
    words = scene.words
    names = {tab: words(f"tab.{tab}") for tab in TABS}
    chosen = tab_of(scene.link)
    st.session_state.tabs = names[chosen]
    tabs = st.tabs(list(names.values()), key="tabs", on_change=_take_tab)
    with tabs[0]:  # the map stays, hidden: to load it again would take a second
        show_map_tab(scene)
    for name, tab, show in zip(TABS[1:], tabs[1:], (show_table, show_rivals, show_methodology), strict=True):
        with tab:
            show(scene, is_open=name == chosen)


def _take_tab() -> None:
    words = Words(language_of(st.session_state["link"]))
    names = {words(f"tab.{tab}"): tab for tab in TABS}
    tab = names.get(st.session_state.tabs, TABS[0])
    change_link(tab=None if tab == TABS[0] else tab)


def _show_languages(words: Words) -> None:
    """Each language by its own name."""
    data = {
        "label": words("language.choose"),
        "lang": words.language,
        "languages": [[code, Words(code)("language.name")] for code in LANGUAGES],
        "filters": words("filter.open"),
    }
    show_part("languages", data, spoken=lambda code: change_link(lang=None if code == "en" else code))


def _send(scene: Scene) -> None:
    """Hand everything to the browser, with what keeps the page together."""
    session = {
        "channel": session_token(),
        "link": write_link(scene.link),
        "rev": scene.snapshot.revision,
        "fit": map_fits(),
        "title": write_title(scene),
        "lang": scene.words.language,
        "rtl": scene.words.rtl,
        "opened": scene.opened is not None or article_of(scene.link) is not None or province_of(scene.link) is not None,
    }
    put_in_packet("session", session)
    shared, snapshot = scene.shared, scene.snapshot
    send_packet(
        selected=lambda incident: _select(snapshot, incident),
        entered=lambda code: _open_province(_list_known(shared, snapshot), code),
        layered=lambda layer: change_link(layer=layer if layer in LAYERS[1:] else None),
        themed=lambda _: None,
        navigated=lambda query: read_address(query, _list_known(shared, snapshot)),
    )


def _open_province(known: Known, code: str) -> None:
    """Open the province that was chosen on the map."""
    if known.provinces is not None and code in known.provinces:
        open_province(code)


def _select(snapshot: Snapshot, incident: str | int) -> None:
    """Open what was chosen on map or timeline, by id, or by index where the store is too large to send ids."""
    index = incident if isinstance(incident, int) else snapshot.index_of(incident)
    if index is not None and 0 <= index < len(snapshot):
        change_link(incident=snapshot.ids[index], tab=None)
