"""The Claims tab: incident by incident, who says what, on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from geo.model import Incident
from geo.snapshot import rank
from geo.snapshot.periods import STEPS
from geo.snapshot.ranges import METRICS
from geo.ui.cards import open_incident
from geo.ui.dates import choose_dates
from geo.ui.parts import slot
from geo.ui.periods import default_step, describe_periods
from geo.ui.scene import Scene
from geo.ui.state import claims_step_of, keep, open_claims, tab_of
from geo.wording.naming import category_of, cut_title, write_days, write_place, write_title
from geo.wording.rivals import describe_groups

INCIDENTS = 12


def rivals_slot() -> str:
    """The slot of rival claims, page by page, the most disputed incidents first."""
    return slot(
        "claims", _describe_view, opened=open_incident, paged=_turn, stepped=_take_step,
        counted=_take_metric, dated=_take_period,
    )  # fmt: skip


def _describe_view(scene: Scene) -> dict[str, Any] | None:
    """Incident by incident, or by period; and the way from one to the other."""
    if tab_of(scene.link) != "claims":
        return None
    words, step = scene.words, claims_step_of(scene.link)
    views = [
        ["", words("claims.by_incident"), int(not step)],
        [step or default_step(scene), words("claims.by_period"), int(bool(step))],
    ]
    shown = {"periods": describe_periods(scene, step)} if step else {"rivals": describe_rivals(scene)}
    return {"views": views, **shown}


def describe_rivals(scene: Scene) -> dict[str, Any]:
    """The incidents in view with all that is claimed of them."""
    words = scene.words
    order = rank(scene.snapshot, scene.matched, by="disputed")
    page = min(st.session_state.get("claims_page", 0), max(0, (len(order) - 1) // INCIDENTS))
    shown = order[page * INCIDENTS : (page + 1) * INCIDENTS].tolist()
    first, last = page * INCIDENTS + 1, page * INCIDENTS + len(shown)
    incidents = scene.shared.incidents(scene.snapshot, shown)
    described = [_describe(scene, incident) for incident in incidents]
    return {
        "intro": words("claims.intro"),
        "incidents": [found for found in described if found["groups"]],
        "columns": [words(f"table.{key}") for key in ("claimant", "figure", "range", "quote")],
        "place": words("table.page", first=words.number(first), last=words.number(last), n=words.number(len(order))),
        "previous": words("table.previous"),
        "next": words("table.next"),
        "has_previous": page > 0,
        "has_next": last < len(order),
        "empty": words("empty.title"),
    }


def _describe(scene: Scene, incident: Incident) -> dict[str, Any]:
    words, shared = scene.words, scene.shared
    scopes = shared.scopes_of(scene.snapshot, incident)
    claims = [*(claim for scope in scopes for claim in scope.claims), *incident.claims]
    articles = {article.id: article for article in shared.articles([claim.article_id for claim in claims])}
    return {
        "id": incident.id,
        "c": category_of(incident),
        "d": write_days(incident, words, year=scene.names_years),
        "t": cut_title(write_title(incident, words)),
        "p": write_place(incident, scopes, scene.distance_of(incident), shared.gazetteer, words),
        "groups": describe_groups(claims, articles, words),
    }


def _take_step(step: str) -> None:
    open_claims(next((known for known in STEPS if known == step), None))


def _take_metric(metric: str) -> None:
    if metric in METRICS:
        keep("claims_metric", metric)


def _take_period(days: Sequence[str]) -> None:
    """The incidents of one period, with all that is claimed of each."""
    choose_dates(*map(date.fromisoformat, days))
    open_claims(None)


def _turn(pages: int) -> None:
    st.session_state.claims_page = max(0, st.session_state.get("claims_page", 0) + pages)
