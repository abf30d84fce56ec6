"""What one editor has open: the page, the incident and the language, from the address line and back to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import parse_qs, urlencode

import streamlit as st

from geo.wording.words import LANGUAGES

Page = Literal["review", "add", "documents", "corrections", "settings"]
PAGES: tuple[Page, ...] = ("review", "add", "documents", "corrections", "settings")
Tone = Literal["done", "refused", "conflict"]

_STATE = "desk"
_LONGEST_ID = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What is open."""

    page: Page = "review"
    incident: str | None = None
    """Id of the incident under review; None for the first of the queue."""
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class Said:
    """What came of the last act, as one sentence."""

    tone: Tone
    text: str


def current_state() -> State:
    """What is open now; at first what the address line asks for."""
    if _STATE not in st.session_state:
        st.session_state[_STATE] = read_state(st.query_params.to_dict())
    state: State = st.session_state[_STATE]
    return state


def read_state(query: dict[str, str] | str) -> State:
    """What an address asks for; what it cannot ask for is left out."""
    asked = {key: values[0] for key, values in parse_qs(query.lstrip("?")).items()} if isinstance(query, str) else query
    page = next((page for page in PAGES if page == asked.get("page")), PAGES[0])
    incident = asked.get("incident", "")
    lang = asked.get("lang", "en")
    return State(
        page=page,
        incident=incident if 0 < len(incident) <= _LONGEST_ID and incident.isprintable() else None,
        lang=lang if lang in LANGUAGES else "en",
    )


def write_state(state: State) -> str:
    """The query of what is open."""
    asked = {"page": state.page if state.page != PAGES[0] else "", "incident": state.incident or ""}
    return urlencode({key: value for key, value in {**asked, "lang": state.lang}.items() if value not in ("", "en")})


def change_state(**changes: Any) -> None:
    """Open something else."""
    st.session_state[_STATE] = replace(current_state(), **changes)


def open_page(page: Any) -> None:
    """Open a page of the desk; anything else is left alone."""
    if page in PAGES:
        change_state(page=page)


def open_incident(id_: Any) -> None:
    """Open an incident for review."""
    if isinstance(id_, str) and 0 < len(id_) <= _LONGEST_ID:
        change_state(page="review", incident=id_)


def say(tone: Tone, text: str) -> None:
    """Say what came of an act, until something else is done."""
    st.session_state["said"] = Said(tone, text)


def last_said() -> Said | None:
    """What was said last."""
    said: Said | None = st.session_state.get("said")
    return said


def forget_said() -> None:
    """What was said has been read."""
    st.session_state.pop("said", None)


def keep(name: str, value: object) -> None:
    """Remember something of this session."""
    st.session_state[f"desk_{name}"] = value


def kept(name: str, default: Any = None) -> Any:
    """Something of this session."""
    return st.session_state.get(f"desk_{name}", default)
