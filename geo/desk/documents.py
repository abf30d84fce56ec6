"""The queue of documents: how many came in, and what became of them; what could not be read, with its reason."""

from __future__ import annotations

from typing import Any

from geo.desk.scene import DeskScene
from geo.desk.shared import open_attendant, open_desk
from geo.desk.state import current_state, say
from geo.desk.who import who
from geo.desk.words import desk_words
from geo.errors import BorderIncidentsError
from geo.ingest import can_read_here
from geo.review.rights import check_right
from geo.store import Document
from geo.text import display_text
from geo.ui.parts import slot

_MOST_ROWS = 200


def documents_slot() -> str:
    """The slot of the page of documents."""
    return slot("documents", _describe, retried=_retry, looked=lambda _: None)


def _describe(scene: DeskScene) -> dict[str, Any] | None:
    if scene.state.page != "documents":
        return None
    words, documents = scene.words, scene.shared.store.documents
    counts = documents.count()
    states = ("pending", "done", "quarantined")
    return {
        "title": words("desk.documents"),
        "lead": words("desk.documents.lead"),
        "counts": [
            [words.number(counts.queued), words("desk.documents.queued")],
            *([words.number(getattr(counts, state)), words(f"desk.documents.{state}")] for state in states),
        ],
        "pending": counts.pending,
        "none": words("desk.documents.none"),
        "columns": [words(f"desk.documents.column.{name}") for name in ("source", "reason", "attempts")],
        "rows": [_describe_row(document) for document in documents.list_quarantined()[:_MOST_ROWS]],
        "retry": words("desk.documents.retry"),
        "retry_all": words("desk.documents.retry_all"),
        "may": scene.person.may("editor"),
    }


def _describe_row(document: Document) -> list[object]:
    part = f", {document.part}" if document.part else ""
    reason = (document.message or document.code or "").removeprefix(f"{document.source}: ")
    return [document.number, display_text(document.source) + part, display_text(reason), str(document.attempts)]


def _retry(asked: Any) -> None:
    """Read documents again at once: one by its number, or all; files of another machine are left to ``add`` there."""
    words, person = desk_words(current_state().lang), who()
    if person is None or not (asked == "all" or isinstance(asked, int)):
        return
    try:
        check_right(person, "edit")
        documents = open_desk().store.documents
        aside = [one for one in documents.list_quarantined() if asked in ("all", one.number)]
        count = documents.retry([one.number for one in aside])
        open_attendant().attend(one.number for one in aside if can_read_here(one))
        say("done", words.count("desk.documents.retried", count))
    except BorderIncidentsError as error:
        say("refused", words("desk.refused", reason=f"{error}."))
