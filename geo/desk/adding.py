"""Articles that an editor adds by hand: pasted, from an address, or as files; each is read at once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import streamlit as st

from geo.articles import make_article, read_each, read_page
from geo.desk.scene import DeskScene
from geo.desk.shared import open_desk
from geo.desk.state import current_state, keep, kept, open_incident
from geo.desk.who import who
from geo.desk.words import desk_words
from geo.errors import ArticleError, BorderIncidentsError, FetchError, NotAllowed, UsageError
from geo.fetch import fetch_page
from geo.model import Article
from geo.pipeline import Added, add_article, ask_for_places, load_tools
from geo.review.rights import check_right
from geo.settings import byte_limit
from geo.text import display_text, safe_url
from geo.ui.parts import slot
from geo.wording.naming import category_of, write_days, write_place, write_title
from geo.wording.words import Words

_LOG = logging.getLogger(__name__)
_MOST_RESULTS = 30
_LONGEST_FIELD = 2000

Read = Callable[[datetime], list[Article | ArticleError]]


def add_slot() -> str:
    """The slot of the page on which articles are added."""
    return slot("add", _describe, pasted=_take_pasted, fetched=_take_address, opened=open_incident)


def show_upload(scene: DeskScene) -> None:
    """The box for files, which is Streamlit's own; what is put into it is read once."""
    if scene.state.page != "add" or not scene.person.may("editor"):
        return
    with st.container(key="upload"):
        st.file_uploader(
            scene.words("desk.add.files"),
            key=f"files_{kept('uploads', 0)}",
            accept_multiple_files=True,
            label_visibility="collapsed",
            on_change=_take_files,
        )


def _describe(scene: DeskScene) -> dict[str, Any] | None:
    if scene.state.page != "add":
        return None
    words = scene.words
    return {
        "may": scene.person.may("editor"),
        "results": kept("added", []),
        "done": kept("added_count", 0),
        "words": {key.removeprefix("desk.add.w."): words(key) for key in words.list("desk.add.w.")},
    }


def _take_pasted(asked: Any) -> None:
    if not isinstance(asked, dict):
        return
    told = {key: value.strip() for key, value in asked.items() if isinstance(value, str)}
    text = told.get("text", "")

    def read(time: datetime) -> list[Article | ArticleError]:
        if len(text.encode()) > byte_limit():
            raise ArticleError(f"the text is larger than {byte_limit() // 1_000_000} MB", "too_large")
        title, publisher = (told.get(key, "")[:_LONGEST_FIELD] or None for key in ("title", "publisher"))
        url, published = safe_url(told.get("url") or None), _read_day(told.get("published", ""))
        return [
            make_article(text, title=title, publisher=publisher, url=url, published=published, retrieved=time)
        ]  # fmt: skip

    _add(told.get("title") or text[:60], read)


def _take_address(asked: Any) -> None:
    address = asked.get("address") if isinstance(asked, dict) else None
    if not isinstance(address, str) or not address.strip():
        return

    def read(time: datetime) -> list[Article | ArticleError]:
        page = fetch_page(address.strip()[:_LONGEST_FIELD])
        return [
            read_page(page.body, kind=page.kind, address=page.address, retrieved=time, charset=page.charset),
        ]

    _add(address.strip(), read)


def _take_files() -> None:
    """Read what was put into the box, and empty it."""
    number = kept("uploads", 0)
    files = st.session_state.get(f"files_{number}") or []
    keep("uploads", number + 1)
    for file in files:
        data, name = file.getvalue(), display_text(file.name)

        def read(time: datetime, data: bytes = data, name: str = name) -> list[Article | ArticleError]:
            return list(read_each(data, name=name, retrieved=time))

        _add(name, read)


def _add(title: str, read: Read) -> None:
    """Read articles and add them; what cannot be is said in their place, and the rest goes on."""
    words, person, time = desk_words(current_state().lang), who(), datetime.now(UTC)
    results: list[dict[str, Any]] = []
    try:
        if person is None:
            raise NotAllowed(words("desk.signed_out"))
        check_right(person, "edit")
        shared = open_desk()
        tools = ask_for_places(load_tools(shared.border.code, shared.store.aliases(shared.border.code)), shared.store)
        for article in read(time):
            if isinstance(article, ArticleError):
                results.append(_describe_failure(title, article, words))
            else:
                results.append(_describe_added(add_article(shared.store, article, tools, time=time), words))
        keep("added_count", kept("added_count", 0) + 1)
        keep("seen", shared.store.data_revision())  # what one adds oneself is no news
    except (ArticleError, FetchError, NotAllowed, UsageError) as error:
        results.append(_describe_failure(title, error, words))
    except BorderIncidentsError as error:
        _LOG.exception("an article could not be added")
        results.append(_describe_failure(title, error, words))
    keep("added", [*results, *kept("added", [])][:_MOST_RESULTS])


def _describe_failure(title: str, error: Exception, words: Words) -> dict[str, Any]:
    not_ = words("desk.add.not", reason=str(error))
    return {"title": display_text(title)[:200], "not": display_text(not_), "article": None, "incidents": []}


def _describe_added(added: Added, words: Words) -> dict[str, Any]:
    shared, article = open_desk(), added.article
    title = display_text(article.title or article.url or " ".join(article.text[:80].split()))
    return {
        "title": words("desk.add.there", title=title) if added.already_there else title,
        "not": "",
        "article": article.id,
        "incidents": [
            {
                "id": incident.id,
                "c": category_of(incident),
                "t": write_title(incident, words),
                "d": write_days(incident, words, short=True),
                "p": write_place(incident, (), None, shared.gazetteer, words),
            }
            for incident in added.incidents
        ],
    }


def _read_day(written: str) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise UsageError(f"{written[:40]!r} is not a day such as 2025-10-12") from None
