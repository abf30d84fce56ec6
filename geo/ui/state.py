"""What one reader asked for: an immutable link in the session, from the address line and back to it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from geo.filters import Filter, Known, Link, Problem, read_link
from geo.maps import LAYERS
from geo.snapshot.periods import STEPS, Step
from geo.wording.words import LANGUAGES, Words

TABS = ("map", "table", "claims", "methodology")
_ARTICLE = "article:"
"""Begins the tab of a link that opens a report; its id follows. The map stands beside it."""
_PROVINCE = "province:"
"""Begins the tab of a link that opens a province; its ISO 3166-2 code follows. The map stands beside it."""
_CLAIMS = "claims:"
"""Begins the tab of a link that opens the claims by period; the step follows."""
CARDS_AT_ONCE = 8

_LINK = "link"
_KEPT = "kept"


def session_token() -> str:
    """A name for this reader's page, so that its parts drive no other page's map."""
    if "token" not in st.session_state:
        st.session_state.token = secrets.token_hex(8)
    return str(st.session_state.token)


def open_link(known: Callable[[], Known]) -> Link:
    """The link of this session; at its first run read from the address line, for which ``known`` is asked."""
    if _LINK not in st.session_state:
        read_address(st.query_params.to_dict(), known())
    return current_link()


def read_address(query: str | dict[str, str], known: Known) -> None:
    """Take over what an address asks for."""
    link, problems = read_link(query, known)
    st.session_state[_LINK] = replace(link, layer=None) if link.layer == LAYERS[0] else link
    st.session_state.problems = problems
    forget_pages()


def link_problems() -> tuple[Problem, ...]:
    """What was wrong with the link, as long as the reader has not dismissed it."""
    problems: tuple[Problem, ...] = st.session_state.problems
    return problems


def current_link() -> Link:
    """The link as it stands; for callbacks, which run before the page is drawn."""
    link: Link = st.session_state[_LINK]
    return link


def change_link(**changes: Any) -> None:
    """Change parts of the link: incident, tab, lang, filter."""
    st.session_state[_LINK] = replace(current_link(), **changes)


def change_filter(**changes: Any) -> None:
    """Change parts of the filter; lists and pages start from their beginning again."""
    change_link(filter=replace(current_link().filter, **changes))
    forget_pages()


def clear_filter() -> None:
    """Ask for everything."""
    change_link(filter=Filter())
    forget_pages()


def fit_map() -> None:
    """Let the map show all that is found, wherever it stands now."""
    change_link(view=None)
    st.session_state.fits = map_fits() + 1


def map_fits() -> int:
    """How often the map was to show all that is found; it does so whenever the number has changed."""
    return int(st.session_state.get("fits", 0))


def toggle(field: str, value: str) -> None:
    """Choose a value of a list in the filter, or no longer."""
    chosen: tuple[str, ...] = getattr(current_link().filter, field)
    changed = tuple(v for v in chosen if v != value) if value in chosen else (*chosen, value)
    change_filter(**{field: changed})


def forget_pages() -> None:
    """Start lists and tables from their beginning."""
    st.session_state.cards_wanted = CARDS_AT_ONCE
    st.session_state.table_page = 0
    st.session_state.claims_page = 0


def dismiss_problems() -> None:
    """The reader has seen what was wrong with the link, and what has changed since."""
    st.session_state.problems = ()
    change_link(rev=None)


class Tabs:
    """The tabs a link may name: those of the page, and one for each report, province and step of the claims."""

    def __init__(self, has_article: Callable[[str], bool], has_province: Callable[[str], bool]) -> None:
        self._has = {_ARTICLE: has_article, _PROVINCE: has_province, _CLAIMS: STEPS.__contains__}

    def __contains__(self, tab: object) -> bool:
        """Whether there is such a tab."""
        if not isinstance(tab, str):
            return False
        begun = next((begin for begin in self._has if tab.startswith(begin)), None)
        return self._has[begun](tab.removeprefix(begun)) if begun else tab in TABS


def tab_of(link: Link) -> str:
    """The tab of the page that is open; a report and a province are read beside the map."""
    tab = (link.tab or "").partition(":")[0]
    return tab if tab in TABS else TABS[0]


def article_of(link: Link) -> str | None:
    """The id of the report that is open."""
    return _after(_ARTICLE, link)


def province_of(link: Link) -> str | None:
    """The ISO 3166-2 code of the province that is open."""
    return _after(_PROVINCE, link)


def claims_step_of(link: Link) -> Step | None:
    """The step of the claims by period; None when they are shown incident by incident."""
    found = _after(_CLAIMS, link)
    return next((step for step in STEPS if step == found), None)


def _after(begin: str, link: Link) -> str | None:
    return link.tab.removeprefix(begin) if link.tab and link.tab.startswith(begin) else None


def open_claims(step: Step | None) -> None:
    """Show the claims by period, or incident by incident."""
    change_link(tab=f"{_CLAIMS}{step}" if step else TABS[2])
    st.session_state.claims_page = 0


def open_province(code: str) -> None:
    """Open a province in place of the list."""
    change_link(tab=f"{_PROVINCE}{code}", incident=None)
    st.session_state.cards_wanted = CARDS_AT_ONCE


def open_article(id_: str) -> None:
    """Open a report in place of the incident, which stays open behind it."""
    change_link(tab=f"{_ARTICLE}{id_}")


def language_of(link: Link) -> str:
    """The language to speak: the link's, else English."""
    return link.lang if link.lang in LANGUAGES else "en"


def keep(name: str, value: object) -> None:
    """Remember a small choice that no link carries, such as the order of the list."""
    st.session_state.setdefault(_KEPT, {})[name] = value


def kept(name: str, default: Any) -> Any:
    """A small choice of this session."""
    return st.session_state.get(_KEPT, {}).get(name, default)


def say_problem(problem: Problem, words: Words) -> str:
    """What was wrong with a link, in a sentence."""
    return words(problem.key, **problem.values)
