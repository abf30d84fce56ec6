"""The review page: what waits, the incident under review, and its reports beside it."""

from __future__ import annotations

from typing import Any

from geo.desk.acting import act, correct_place, seek_place
from geo.desk.candidates import describe_found, list_candidates, seek_candidate
from geo.desk.form import describe_form
from geo.desk.offers import describe_acts
from geo.desk.report import describe_reports
from geo.desk.scene import DeskScene
from geo.desk.since import describe_since
from geo.desk.state import keep, kept, open_incident
from geo.errors import NotAllowed
from geo.model import Incident, IncidentPlace, Revision
from geo.review.news import find_news
from geo.review.queue import Waiting, Why
from geo.review.sign_off import check_second, find_reviewer, persons_needed
from geo.text import display_text
from geo.ui.correcting import seek
from geo.ui.opened import gather_told
from geo.ui.parts import slot
from geo.ui.server import data_address
from geo.wording.naming import category_of, name_place, name_province, write_days, write_place, write_title
from geo.wording.opened import describe_opened
from geo.wording.words import Words

_MOST_HISTORY = 8
_WHY: tuple[Why, ...] = ("news", "conflicting", "low_score", "near_border", "new", "unpublished")


def review_slot() -> str:
    """The slot of the review page."""
    return slot(
        "review", _describe, opened=open_incident, did=act, sought=seek_place, named=_seek_name,
        corrected=correct_place, chose=_choose_why, same=seek_candidate,
    )  # fmt: skip


def _describe(scene: DeskScene) -> dict[str, Any] | None:
    if scene.state.page != "review":
        return None
    keep("order", [waiting.id for waiting in scene.waiting])
    incident = scene.incident
    return {
        "queue": _describe_queue(scene, incident),
        "item": _describe_item(scene, incident) if incident else None,
        "saved": kept("saved"),
        "basemap": f"{data_address(scene.shared.border.code)}/basemap",
        "words": {key.removeprefix("desk.w."): scene.words(key) for key in scene.words.list("desk.w.")},
    }


def _choose_why(code: Any) -> None:
    keep("why", code if code in _WHY else None)


def _seek_name(asked: Any) -> None:
    """Search the gazetteer for a name of a report."""
    from geo.desk.shared import open_desk

    article = open_desk().store.article(str(asked.get("article", ""))) if isinstance(asked, dict) else None
    if article is not None:
        seek(article, asked)


def _describe_queue(scene: DeskScene, incident: Incident | None) -> dict[str, Any]:
    words, queue = scene.words, scene.queue
    counts = scene.counts
    shown = {one.id: one for one in scene.shared.store.load_incidents([waiting.id for waiting in queue.waiting])}
    chosen = kept("why")
    return {
        "title": words("desk.queue.title"),
        "count": words.count("desk.queue.count", queue.total),
        "items": [_describe_waiting(scene, one, shown[one.id]) for one in queue.waiting if one.id in shown],
        "open": incident.id if incident else None,
        "empty": [words("desk.queue.empty"), words("desk.queue.empty.why")],
        "filters": [
            [code, words(f"desk.why.{code}"), words.number(counts[code]), code == chosen]
            for code in _WHY
            if counts.get(code) or code == chosen
        ],
        "all": words("desk.why.all"),
        "filtered": chosen is not None,
        "more": words("filter.more", n=words.number(queue.total - len(queue.waiting)))
        if queue.total > len(queue.waiting)
        else "",
    }


def _describe_waiting(scene: DeskScene, waiting: Waiting, incident: Incident) -> dict[str, Any]:
    words = scene.words
    return {
        "id": incident.id,
        "c": category_of(incident),
        "t": write_title(incident, words),
        "d": write_days(incident, words, short=True),
        "p": write_place(incident, (), _nearest_km(incident), scene.shared.gazetteer, words),
        "why": [words(f"desk.why.{code}") for code in waiting.why],
        "s": words(f"desk.status.{incident.status}") if incident.status != "draft" else "",
    }


def _nearest_km(incident: Incident) -> float | None:
    known = [place.distance_to_border_km for place in incident.places if place.distance_to_border_km is not None]
    return min(known, default=None)


def _describe_item(scene: DeskScene, incident: Incident) -> dict[str, Any]:
    words, told = scene.words, gather_told(scene.snapshot_scene, incident)
    history = scene.shared.store.revisions(f"incident:{incident.id}")
    waiting = next((one for one in scene.waiting if one.id == incident.id), None)
    opened = describe_opened(told, scene.shared.gazetteer, words, located=True)
    news = find_news(scene.shared.store, incident.id) if incident.status in ("reviewed", "published") else None
    reports = describe_reports(scene, incident, told, news.reports if news else ())
    return {
        "id": incident.id,
        "version": incident.version,
        "category": category_of(incident),
        "kind": words(f"event.{category_of(incident)}"),
        "dates": write_days(incident, words),
        "title": write_title(incident, words),
        "place": write_place(incident, told.scopes, _nearest_km(incident), scene.shared.gazetteer, words),
        "why": [words(f"queue.{reason.code}", **_in_words(reason.numbers, words)) for reason in waiting.reasons]
        if waiting
        else [],
        **{key: opened[key] for key in ("labels", "flags", "lead", "parties", "rows", "no_figures")},
        "spots": [_describe_spot(scene, place) for place in incident.places],
        "reasons": opened["places"],
        "reports": reports,
        "since": describe_since(scene, incident, news, reports) if news else None,
        "acts": describe_acts(scene, incident, history, has_news=news is not None),
        "candidates": list_candidates(scene, incident),
        "found": describe_found(scene, incident),
        "form": describe_form(scene, incident),
        "release": _describe_release(scene, incident),
        "history": [_describe_revision(one, words) for one in reversed(history[-_MOST_HISTORY:])],
        "sign_off": _say_sign_off(scene, incident, history),
    }


def _in_words(numbers: Any, words: Words) -> dict[str, str]:
    return {key: words.isolate(f"{value:g}") for key, value in numbers.items()}


def _describe_spot(scene: DeskScene, place: IncidentPlace) -> dict[str, Any]:
    """A place of the incident in words, and where the small map draws it."""
    words, found, gazetteer = scene.words, place.place, scene.shared.gazetteer
    name = name_place(found, words) if found else words("precision.unknown")
    province = name_province(place.adm1, gazetteer, words) if place.adm1 and (not found or found.kind != "adm1") else ""
    distance = place.distance_to_border_km
    crossing = gazetteer.place(place.nearest_crossing) if place.nearest_crossing else None
    far = words("desk.spot.distance", km=words.number(round(distance))) if distance is not None else ""
    near = words("desk.spot.crossing", name=words.name(name_place(crossing, words))) if crossing else ""
    has_point = found is not None and place.precision in ("exact", "near", "adm2")
    return {
        "name": words.join(list(filter(None, [name, province]))),
        "precision": place.precision,
        "sure": words(f"precision.{place.precision}"),
        "far": far,
        "near": near,
        "role": words(f"desk.place_role.{place.role}") if place.role != "event" else "",
        "lat": found.lat if has_point and found else None,
        "lon": found.lon if has_point and found else None,
        "radius_km": place.radius_km or (10 if place.precision == "near" else 18),
        "adm1": place.adm1,
        "km": [place.border_km_start, place.border_km_end],
    }


def _describe_release(scene: DeskScene, incident: Incident) -> dict[str, Any]:
    """What of the incident may leave the newsroom, and who may say so."""
    words, kept_ = scene.words, scene.shared.store.release_of(incident.id)
    return {
        "precision": (kept_.precision if kept_ else None) or "",
        "not_before": kept_.not_before.date().isoformat() if kept_ and kept_.not_before else "",
        "hidden": list(kept_.hidden) if kept_ else [],
        "reason": display_text(kept_.reason) if kept_ else "",
        "precisions": [
            ["", words("desk.release.as_known")],
            *([one, words(f"precision.{one}")] for one in ("adm2", "adm1", "country")),
        ],
        "fields": [[one, words(f"desk.release.{one}")] for one in ("actors", "claims", "quote", "sources", "text")],
        "may": scene.person.may("publisher"),
        "limited": bool(kept_ and (kept_.precision or kept_.not_before or kept_.hidden)),
    }


def _describe_revision(revision: Revision, words: Words) -> list[str]:
    """When, who, what: the reason as the history has it."""
    who = words("desk.machine") if revision.who == "machine" else revision.who
    when = f"{words.day(revision.time.date(), short=True)} {words.isolate(f'{revision.time:%H:%M}')}"
    return [when, display_text(who), display_text(revision.reason)]


def _say_sign_off(scene: DeskScene, incident: Incident, history: list[Revision]) -> str:
    """Who answers for a reviewed incident, and whether somebody else must publish it."""
    words, needed = scene.words, persons_needed()
    if incident.status != "reviewed":
        return words("desk.sign_off.two") if needed > 1 and incident.status != "published" else ""
    said = words("desk.sign_off.by", name=words.name(find_reviewer(history) or ""))
    if needed < 2:
        return said
    try:
        check_second(scene.person, history, needed)
    except NotAllowed:
        return f"{said} {words('desk.sign_off.other')}"
    return f"{said} {words('desk.sign_off.you')}"
