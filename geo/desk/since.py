"""What was reported since an incident was checked: each report with its figures, and what it would change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geo.desk.scene import DeskScene
from geo.model import Claim, Incident, IncidentPlace
from geo.review.news import News
from geo.text import display_text
from geo.wording.figures import METRICS, has_figure, name_kind, name_party, write_plain_figure
from geo.wording.naming import category_of, name_place, name_province, write_days
from geo.wording.papers import source_of
from geo.wording.words import Words

_TOGETHER = {"event_type": "sub_event_type"}
"""Fields that are shown, and taken over, as part of another."""
_MOST_LINES = 12


def describe_since(
    scene: DeskScene, incident: Incident, news: News, reports: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """Each report that came, with its number among the ``reports`` to read, and each field that it would change."""
    fields = dict.fromkeys(_TOGETHER.get(name, name) for name in news.differs)
    numbers = {report["id"]: number for number, report in enumerate(reports)}
    return {
        "articles": [report.articles[0] for report in news.reports],
        "reports": _describe_reports(scene, news, numbers),
        "differs": [_describe_field(scene, name, incident, news.taken) for name in fields],
        "published": incident.status == "published",
    }


def _describe_reports(scene: DeskScene, news: News, numbers: dict[str, int]) -> list[dict[str, Any]]:
    words = scene.words
    articles = {one.id: one for one in scene.shared.store.load_articles([one.articles[0] for one in news.reports])}
    return [
        {
            "n": numbers.get(article.id),
            "source": source_of(article, words),
            "title": display_text(article.title or ""),
            "figures": _write_claims(report.claims, words) or [words("claim.none")],
        }
        for report in news.reports
        if (article := articles.get(report.articles[0])) is not None
    ]


def _describe_field(scene: DeskScene, name: str, before: Incident, after: Incident) -> dict[str, Any]:
    """A field in words: what is shown, what the reports tell, and whether a person changed it."""
    shown, told = _write_field(scene, name, before), _write_field(scene, name, after)
    return {
        "field": name,
        "label": scene.words(f"desk.w.n_{name}"),
        "shown": _mark(shown, told),
        "told": _mark(told, shown),
        "alike": shown == told,
        "edited": name in before.edited and name != "claims",
    }


def _mark(lines: Sequence[str], other: Sequence[str]) -> list[list[Any]]:
    """Each line, and whether the other side says it too."""
    return [[line, line in other] for line in (lines or ["–"])]


def _write_field(scene: DeskScene, name: str, incident: Incident) -> list[str]:
    words = scene.words
    match name:
        case "title":
            return [display_text(incident.title)]
        case "sub_event_type":
            return [words(f"event.{category_of(incident)}"), words.isolate(display_text(incident.sub_event_type))]
        case "dates":
            return [write_days(incident, words), words(f"desk.date_precision.{incident.dates.precision}")]
        case "places":
            return _once([_write_place(scene, place) for place in incident.places])
        case "claims":
            return _write_claims(incident.claims, words)
        case "actors":
            return _once([words.name(display_text(actor.name)) for actor in incident.actors])
        case "tags":
            return _once([display_text(tag) for tag in incident.tags])
    return [words("status.background")] if incident.background else []


def _write_place(scene: DeskScene, place: IncidentPlace) -> str:
    words = scene.words
    name = name_place(place.place, words) if place.place else words("precision.unknown")
    province = name_province(place.adm1, scene.shared.gazetteer, words) if place.adm1 else ""
    return words.join(list(dict.fromkeys(filter(None, [name, province, words(f"precision.{place.precision}")]))))


def _write_claims(claims: Sequence[Claim], words: Words) -> list[str]:
    """What is counted, the figure and who says so: "People killed: 9 (doctors)", the dead first."""
    told = sorted(filter(has_figure, claims), key=lambda claim: METRICS.index(claim.metric))
    return _once([_write_claim(claim, words) for claim in told])


def _write_claim(claim: Claim, words: Words) -> str:
    figure, before, after = write_plain_figure(claim, words)
    said = " ".join(filter(None, [before, figure, after]))
    who = words.name(display_text(claim.claimant)) if claim.claimant else name_party(claim.claimant_party, words)
    stance = f", {words(f'desk.stance.{claim.stance}')}" if claim.stance != "asserts" else ""
    return f"{name_kind(claim.metric, claim.subject_party or 'people', words)}: {said} ({who}{stance})"


def _once(lines: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(lines))[:_MOST_LINES]
