"""What an editor does on the page, asked of ``geo.review``: their right is looked at there, whatever the page showed.

Every act names the incident and the version that was seen. What came of it is said in one sentence, and nothing is
lost: a refusal changes nothing, and leaves what was typed where it stands.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from geo.corrections import correct_name
from geo.desk.shared import open_desk
from geo.desk.state import change_state, current_state, keep, kept, say
from geo.desk.who import who
from geo.desk.words import desk_words
from geo.errors import BorderIncidentsError, ConflictError, NotAllowed, UsageError
from geo.model import Article, Incident, Release, Span
from geo.people import Person
from geo.review import acts
from geo.review.rights import acting, check_right
from geo.store import Store
from geo.text import display_text
from geo.wording.words import Words

_LOG = logging.getLogger(__name__)
_MOST_UNDONE = 50
_LONGEST_REASON = 2000

Asked = Mapping[str, Any]
Act = Callable[[Store, Asked, dict[str, Any]], Any]


def act(asked: Any) -> None:
    """Do what was asked for, and say what came of it; ``asked`` is what the browser sent."""
    words = desk_words(current_state().lang)
    person = who()
    if person is None:
        say("refused", words("desk.signed_out"))
        return
    if not isinstance(asked, dict) or asked.get("act") not in _ACTS or not _names_version(asked):
        return
    try:
        _do(asked, person, words)
    except ConflictError as error:
        open_desk_at(asked["id"])
        say("conflict", _say_conflict(error, words))
    except (NotAllowed, UsageError) as error:
        say("refused", words("desk.refused", reason=_as_sentence(error)))
    except BorderIncidentsError as error:
        _LOG.exception("an act of the desk could not be done")
        say("refused", words("desk.refused", reason=_as_sentence(error)))


def open_desk_at(id_: str) -> None:
    """Show an incident as it is now."""
    change_state(page="review", incident=id_)


def _do(asked: Asked, person: Person, words: Words) -> None:
    store, name = open_desk().store, str(asked["act"])
    reason = asked.get("reason", "")
    told = {
        "person": person,
        "version": asked["version"],
        "time": datetime.now(UTC),
        "reason": reason[:_LONGEST_REASON] if isinstance(reason, str) else "",
    }
    done = _ACTS[name](store, asked, told)
    incident = done[0] if isinstance(done, tuple) else done
    if isinstance(incident, Incident) and name != "undo":
        keep("undo", [*kept("undo", []), (incident.id, incident.version)][-_MOST_UNDONE:])
    if name == "edit" and isinstance(incident, Incident):
        keep("saved", (incident.id, incident.version))
    about = incident.id if name == "undo" and incident is not None else asked["id"]
    say("done", words(f"desk.done.{name}", title=words.name(_title_of(store, about))))
    _move_on(name, asked, incident)


def _move_on(name: str, asked: Asked, incident: Incident | None) -> None:
    """Open the next that waits, where the one that was open is done with; else show what it has become."""
    order: list[str] = kept("order", [])
    if name in ("accept", "background", "reject", "publish") and asked["id"] in order:
        after = [id_ for id_ in order[order.index(asked["id"]) + 1 :] if id_ != asked["id"]]
        change_state(incident=after[0] if after else None)
    elif incident is not None:
        change_state(incident=incident.id)


def _accept(store: Store, asked: Asked, told: dict[str, Any]) -> Incident:
    return acts.accept(store, asked["id"], **told)


def _publish(store: Store, asked: Asked, told: dict[str, Any]) -> Incident:
    return acts.publish(store, asked["id"], **told)


def _reject(store: Store, asked: Asked, told: dict[str, Any]) -> Incident:
    return acts.reject(store, asked["id"], **told)


def _restore(store: Store, asked: Asked, told: dict[str, Any]) -> Incident:
    return acts.restore(store, asked["id"], **told)


def _mark_background(store: Store, asked: Asked, told: dict[str, Any]) -> Incident:
    return acts.mark_background(store, asked["id"], background=asked.get("background") is not False, **told)


def _edit(store: Store, asked: Asked, told: dict[str, Any]) -> Incident:
    """A published incident is corrected, any other edited."""
    changes = asked.get("changes")
    if not isinstance(changes, dict):
        raise UsageError("nothing was changed")
    shown = store.incident(asked["id"])
    change = acts.correct if shown is not None and shown.status == "published" else acts.edit
    return change(store, asked["id"], changes, tools=open_desk().tools, **told)


def _merge(store: Store, asked: Asked, told: dict[str, Any]) -> Incident:
    other, seen = asked.get("other"), asked.get("other_version")
    if not isinstance(other, str) or not isinstance(seen, int):
        raise UsageError("choose the incident that is the same")
    return acts.merge(store, asked["id"], other, other_version=seen, **told)


def _split(store: Store, asked: Asked, told: dict[str, Any]) -> tuple[Incident, Incident]:
    article = asked.get("article")
    if not isinstance(article, str):
        raise UsageError("choose the report that tells of another incident")
    return acts.split(store, asked["id"], article, **told)


def _take_news(store: Store, asked: Asked, told: dict[str, Any]) -> Incident:
    """Take over what was reported since an incident was checked: the fields that are named, or all for null.

    The articles that were seen are named too, so that nothing is taken over unseen.
    """
    fields, seen = asked.get("fields"), asked.get("articles")
    if not (fields is None or _is_names(fields)) or not _is_names(seen):
        raise UsageError("choose what is taken over")
    return acts.take_news(store, asked["id"], fields, articles=seen, **told)


def _is_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _release(store: Store, asked: Asked, told: dict[str, Any]) -> None:
    """How precise a place, from when on, and what never."""
    hidden = asked.get("hidden")
    release = Release(
        incident_id=asked["id"],
        precision=asked.get("precision") or None,
        not_before=_read_moment(asked.get("not_before")),
        hidden=tuple(hidden) if isinstance(hidden, list) else (),
        who=told["person"].name,
        time=told["time"],
        reason=told.pop("reason"),
    )
    acts.release(store, release, **told)


def _read_moment(day: Any) -> datetime | None:
    """The beginning of a day; None for no day."""
    if not day:
        return None
    try:
        return datetime.combine(date.fromisoformat(str(day)), time(), UTC)
    except ValueError:
        raise UsageError(
            f"{str(day)[:40]!r} is not a day such as {datetime.now(UTC).date() + timedelta(days=7)}"
        ) from None


def _withhold(store: Store, asked: Asked, told: dict[str, Any]) -> None:
    """Withhold a name of a victim from readers."""
    article, span = _find_words(store, asked)
    known = store.withheld_in(article.id)
    with acting(store, told["person"], "edit", told["time"]) as change:
        change.keep_withheld(article.id, [*known, span], told["person"].name, reason="a name was withheld")


def _reveal(store: Store, asked: Asked, told: dict[str, Any]) -> None:
    """Let a name be shown again that was taken for a victim's; a publisher answers for that."""
    article, span = _find_words(store, asked)
    left = [one for one in store.withheld_in(article.id) if one.end <= span.start or span.end <= one.start]
    with acting(store, told["person"], "release", told["time"]) as change:
        change.keep_withheld(article.id, left, told["person"].name, reason="a name is shown again")


def _find_words(store: Store, asked: Asked) -> tuple[Article, Span]:
    """The piece of an article that was chosen on the page; it must hold the words that were seen there."""
    start, end, words = asked.get("start"), asked.get("end"), asked.get("words")
    article = store.article(str(asked.get("article", ""))[:64])
    if article is None or not isinstance(start, int) or not isinstance(end, int) or not isinstance(words, str):
        raise UsageError("choose the words of a report")
    piece = display_text(article.text[start:end]) if 0 <= start < end else ""
    if not piece.strip() or " ".join(piece.split()) != " ".join(words.split()):
        raise UsageError("these words could not be found where they were chosen; choose them again")
    return article, Span(start=start, end=end)


def _undo(store: Store, asked: Asked, told: dict[str, Any]) -> Incident:
    """The last act of this session, else the last on the incident that is open."""
    done: list[tuple[str, int]] = kept("undo", [])
    id_, version = done[-1] if done else (asked["id"], asked["version"])
    keep("undo", done[:-1])
    return acts.undo(store, id_, **{**told, "version": version})


_ACTS: Mapping[str, Act] = {
    "accept": _accept,
    "publish": _publish,
    "reject": _reject,
    "restore": _restore,
    "background": _mark_background,
    "edit": _edit,
    "merge": _merge,
    "split": _split,
    "news": _take_news,
    "release": _release,
    "withhold": _withhold,
    "reveal": _reveal,
    "undo": _undo,
}


def seek_place(asked: Any) -> None:
    """Remember for which place of the form a name is searched."""
    if isinstance(asked, dict) and isinstance(asked.get("n"), int) and isinstance(asked.get("query"), str):
        keep("sought_place", (str(asked.get("id", ""))[:64], asked["n"], asked["query"][:80]))


def correct_place(asked: Any) -> None:
    """Keep what a place name of a report means, under the name of who is signed in."""
    words, person = desk_words(current_state().lang), who()
    if person is None or not isinstance(asked, dict) or not isinstance(asked.get("k"), int):
        return
    shared = open_desk()
    article = shared.store.article(str(asked.get("article", "")))
    reading = shared.store.reading(article.id) if article else None
    place = asked.get("place")
    if article is None or reading is None or not 0 <= asked["k"] < len(reading.toponyms):
        return
    name = reading.toponyms[asked["k"]].toponym.text
    try:
        check_right(person, "edit")
        chosen = place if isinstance(place, str) else None
        time_ = datetime.now(UTC)
        correct_name(shared.store, article, name, chosen, border=shared.border.code, who=person.name, time=time_)
        say("done", words("article.kept", name=words.name(display_text(name))))
    except BorderIncidentsError as error:
        say("refused", words("article.not_kept", reason=str(error)))


def _names_version(asked: dict[str, Any]) -> bool:
    id_, version = asked.get("id"), asked.get("version")
    return isinstance(id_, str) and 0 < len(id_) <= 64 and id_.isprintable() and type(version) is int


def _say_conflict(error: ConflictError, words: Words) -> str:
    when = f"{error.time:%H:%M} UTC" if error.time else ""
    day = words.day(error.time.date(), short=True, year=False) if error.time else ""
    name = words("desk.machine") if error.who == "machine" else words.name(error.who)
    return words("desk.conflict", who=name, when=f"{day} {words.isolate(when)}".strip())


def _as_sentence(error: Exception) -> str:
    said = str(error)
    return f"{said[:1].upper()}{said[1:]}" + ("" if said.endswith((".", "!", "?")) else ".")


def _title_of(store: Store, id_: str) -> str:
    incident = store.incident(id_)
    return display_text(incident.title) if incident else ""
