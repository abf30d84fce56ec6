"""Articles that an editor adds by hand: pasted, from an address, or as files.

Each goes through the queue of documents, as what ``add`` and ``watch`` bring does, and is read at once, before all
others (``geo.ingest.attending``). The page looks again until it is done or put aside; a desk that dies loses nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import streamlit as st

from geo.articles import make_article
from geo.desk.scene import DeskScene
from geo.desk.shared import open_attendant, open_desk
from geo.desk.state import current_state, keep, kept, open_incident
from geo.desk.who import who
from geo.desk.words import desk_words
from geo.errors import ArticleError, BorderIncidentsError, FetchError, NotAllowed, UsageError
from geo.ingest import hand_address, hand_file, hand_text, is_address, name_document, queue_found
from geo.model import Article, Incident
from geo.review.rights import check_right
from geo.settings import byte_limit
from geo.store import Document, NewDocument
from geo.store.waiting import find_told
from geo.text import display_text, safe_url
from geo.ui.parts import slot
from geo.wording.naming import category_of, write_days, write_place, write_title
from geo.wording.words import Words

_LOG = logging.getLogger(__name__)
_MOST_RESULTS = 30
_MOST_KEPT = 10_000
"""Of the documents that were handed over in one session; those before them are on the page of documents."""
_LONGEST_FIELD = 2000

Find = Callable[[str], Iterator[NewDocument]]
"""Gives the documents of what an editor of this name handed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """What was handed over in this session."""

    title: str
    time: datetime
    number: int = 0
    """Of its document; 0 where it could not be queued."""
    not_: str = ""
    """Why it could not be queued."""


def add_slot() -> str:
    """The slot of the page on which articles are added."""
    return slot("add", _describe, pasted=_take_pasted, fetched=_take_address, opened=open_incident, looked=_look)


def show_upload(scene: DeskScene) -> None:
    """The box for files, which is Streamlit's own; what is put into it is queued once."""
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
    if scene.person.may("editor"):
        open_attendant().prepare()
    words, given = scene.words, _given()
    documents = scene.shared.store.documents.get([one.number for one in given if one.number])
    left = [number for number, document in documents.items() if document.state == "pending"]
    return {
        "may": scene.person.may("editor"),
        "results": _describe_results(given[:_MOST_RESULTS], documents, words),
        "left": words.count("desk.add.left", len(left)) if left else "",
        "done": kept("added_count", 0),
        "words": {key.removeprefix("desk.add.w."): words(key) for key in words.list("desk.add.w.")},
    }


def _take_pasted(asked: Any) -> None:
    if not isinstance(asked, dict):
        return
    told = {key: value.strip() for key, value in asked.items() if isinstance(value, str)}
    text = told.get("text", "")

    def find(editor: str) -> Iterator[NewDocument]:
        if len(text.encode()) > byte_limit():
            raise ArticleError(f"the text is larger than {byte_limit() // 1_000_000} MB", "too_large")
        title, publisher = (told.get(key, "")[:_LONGEST_FIELD] or None for key in ("title", "publisher"))
        url, published = safe_url(told.get("url") or None), _read_day(told.get("published", ""))
        yield hand_text(make_article(text, title=title, publisher=publisher, url=url, published=published), editor)

    _add(told.get("title") or text[:60], find)


def _take_address(asked: Any) -> None:
    address = asked.get("address") if isinstance(asked, dict) else None
    if not isinstance(address, str) or not address.strip():
        return
    named = address.strip()[:_LONGEST_FIELD]

    def find(editor: str) -> Iterator[NewDocument]:
        if not is_address(named):
            raise FetchError("only addresses that begin with https:// or http:// are fetched", "bad_address")
        yield hand_address(named, editor)

    _add(named, find)


def _take_files() -> None:
    """Queue what was put into the box, and empty it."""
    number = kept("uploads", 0)
    files = st.session_state.get(f"files_{number}") or []
    keep("uploads", number + 1)
    for file in files:
        data, name = file.getvalue(), display_text(file.name)

        def find(editor: str, data: bytes = data, name: str = name) -> Iterator[NewDocument]:
            return hand_file(data, name, editor)

        _add(name, find)


def _add(title: str, find: Find) -> None:
    """Queue documents, and let them be read at once; what cannot even be queued is said in their place."""
    words, person, time = desk_words(current_state().lang), who(), datetime.now(UTC)
    given: list[_Given] = []
    try:
        if person is None:
            raise NotAllowed(words("desk.signed_out"))
        check_right(person, "edit")
        for one in queue_found(find(person.name), open_desk().store, time=time):
            if isinstance(one, ArticleError):
                given.append(_Given(title=title, time=time, not_=str(one)))
            else:
                given.append(_Given(title=title, time=time, number=one))
        open_attendant().attend(one.number for one in given)
        keep("added_count", kept("added_count", 0) + 1)
    except (ArticleError, FetchError, NotAllowed, UsageError) as error:
        given.append(_Given(title=title, time=time, not_=str(error)))
    except BorderIncidentsError as error:
        _LOG.exception("an article could not be added")
        given.append(_Given(title=title, time=time, not_=str(error)))
    keep("added", [*given, *_given()][:_MOST_KEPT])


def _given() -> list[_Given]:
    """What was handed over in this session, the newest first."""
    given: list[_Given] = kept("added", [])
    return given


def _look(_: Any) -> None:
    """The page waits for what was handed over; what one adds oneself is no news."""
    keep("seen", open_desk().store.data_revision())


def _describe_results(given: Sequence[_Given], documents: Mapping[int, Document], words: Words) -> list[dict[str, Any]]:
    """What became of each: still being read, put aside with its reason, or an article with its incidents."""
    store = open_desk().store
    ids = [one.article_id for one in documents.values() if one.article_id]
    ids = [id_ for id_ in ids if id_ in {_article_of(one, documents) for one in given}]
    articles = {article.id: article for article in store.load_articles(ids)}
    told = find_told(store, ids)
    shown = dict.fromkeys(id_ for ids in told.values() for id_ in ids)
    incidents = {one.id: one for one in store.load_incidents([*shown])}
    results = []
    for one in given:
        article = articles.get(_article_of(one, documents) or "")
        if article is not None:
            own = [incidents[id_] for id_ in told.get(article.id, ()) if id_ in incidents]
            results.append(_describe_added(one, article, own, words))
        else:
            results.append(_describe_unread(one, documents.get(one.number), words))
    return results


def _article_of(given: _Given, documents: Mapping[int, Document]) -> str | None:
    document = documents.get(given.number)
    return document.article_id if document else None


def _describe_unread(given: _Given, document: Document | None, words: Words) -> dict[str, Any]:
    """What is being read, or cannot be: with the reason, and without the name that stands above it."""
    reason, title = given.not_, given.title
    if document is not None:
        reason = (document.message or "").removeprefix(f"{name_document(document)}: ")
        title = f"{title}, {document.part}" if document.part else title
    waits = document is not None and document.state == "pending"
    not_ = "" if waits else words("desk.add.not", reason=reason)
    return {"title": display_text(title)[:200], "not": display_text(not_), "waits": waits, "incidents": []}


def _describe_added(given: _Given, article: Article, incidents: Sequence[Incident], words: Words) -> dict[str, Any]:
    title = display_text(article.title or article.url or " ".join(article.text[:80].split()))
    already_there = article.retrieved is not None and article.retrieved < given.time
    return {
        "title": words("desk.add.there", title=title) if already_there else title,
        "not": "",
        "waits": False,
        "incidents": [
            {
                "id": incident.id,
                "c": category_of(incident),
                "t": write_title(incident, words),
                "d": write_days(incident, words, short=True),
                "p": write_place(incident, (), None, open_desk().gazetteer, words),
            }
            for incident in incidents
        ],
    }


def _read_day(written: str) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise UsageError(f"{written[:40]!r} is not a day such as 2025-10-12") from None
