"""The desk's one page: what is open, for whoever is signed in, and acts that are asked of the store by name."""

from __future__ import annotations

import logging
from functools import cache
from secrets import token_hex
from typing import Any
from urllib.parse import quote

import streamlit as st

from geo.desk.adding import add_slot, show_upload
from geo.desk.corrected import corrections_slot
from geo.desk.documents import documents_slot
from geo.desk.head import head_slot
from geo.desk.news import note_news
from geo.desk.options import options_slot
from geo.desk.review import review_slot
from geo.desk.scene import DeskScene
from geo.desk.server import REVISION
from geo.desk.shared import open_desk
from geo.desk.state import current_state, read_state, write_state
from geo.desk.who import who
from geo.desk.words import desk_words
from geo.errors import BorderIncidentsError
from geo.people import Person
from geo.settings import web_folder
from geo.ui.parts import DESK_SCRIPT, begin_page, describe_too, send_packet, show_slots
from geo.wording.words import Words

_LOG = logging.getLogger(__name__)
_EVERY_S = 10
"""Seconds between two looks of an open page for what others did."""


def page() -> None:
    """Draw the desk for whoever is signed in; the gate lets nobody else come so far."""
    st.set_page_config(page_title="Border incidents", page_icon=_icon(), layout="wide")
    words = desk_words(current_state().lang)
    try:
        person = who()
        if person is None:
            st.error(words("desk.signed_out"))
            return
        _show(person)
    except Exception as error:  # noqa: BLE001 - the editor gets a sentence, the log all of it
        _tell(error, words)


def _show(person: Person) -> None:
    scene = DeskScene(shared=open_desk(), person=person, state=current_state())
    begin_page()
    show_slots(head_slot(), review_slot(), add_slot(), documents_slot(), corrections_slot(), options_slot())
    show_upload(scene)
    note_news(scene)
    describe_too("session", _describe_session, navigated=_navigate, renewed=lambda _: None)
    send_packet(scene, DESK_SCRIPT)


def _describe_session(scene: DeskScene) -> dict[str, Any]:
    words = scene.words
    return {
        "link": write_state(scene.state),
        "title": f"{words(f'desk.{scene.state.page}')} – {words('desk.title')}",
        "lang": words.language,
        "rtl": words.rtl,
        "upload": words("desk.add.w.choose"),
        "ended": words("desk.ended"),
        "again": words("desk.ended.again"),
        "look": {"url": REVISION, "every_s": _EVERY_S, "key": str(scene.revision)},
    }


def _navigate(query: Any) -> None:
    if isinstance(query, str):
        st.session_state["desk"] = read_state(query[:2000])


def _tell(error: Exception, words: Words) -> None:
    """Tell the editor what is wrong with the store; of a fault of ours only its mark in the log."""
    if isinstance(error, BorderIncidentsError):
        _LOG.error("the desk could not be drawn", exc_info=error)
        st.error(words("error.store", reason=str(error)))
        return
    mark = token_hex(3)
    _LOG.error("the desk could not be drawn; the editor was told %s", mark, exc_info=error)
    st.error(words("error.page", mark=mark))


@cache
def _icon() -> str:
    return f"data:image/svg+xml,{quote((web_folder() / 'page' / 'icon.svg').read_text(encoding='utf8').strip())}"
