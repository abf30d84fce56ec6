"""Figures for many places, counted once: which one is drawn, and which marks belong to one (geo/web/map/totals.js)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from geo.pictures.ground import Area, Ground, outline_of
from geo.pictures.marks import PROVINCE, Bools, Codes
from geo.pictures.view import Floats
from geo.snapshot import Snapshot, describe_scopes
from geo.wording.words import Words


@dataclass(frozen=True, eq=False, slots=True)
class Scope:
    """One figure for several areas, in words."""

    category: str
    incidents: tuple[int, ...]
    adm1: tuple[str, ...]
    border_km: tuple[float, float] | None
    end: int
    figures: tuple[str, ...]
    what: str
    when: str
    where: str


@dataclass(frozen=True, eq=False, slots=True)
class Total:
    """The one total that is drawn."""

    scope: Scope
    areas: tuple[Area, ...]
    outline: tuple[Floats, ...]
    band: Floats | None
    faint: bool


def list_scopes(snapshot: Snapshot, words: Words) -> list[Scope]:
    """All totals of a snapshot that can be drawn."""
    return [_read(cast("dict[str, Any]", record)) for record in describe_scopes(snapshot, words)]


def _read(record: dict[str, Any]) -> Scope:
    return Scope(
        category=record["category"], incidents=tuple(record["incidents"]), adm1=tuple(record["adm1"]),
        border_km=record["border_km"], end=record["end"], figures=tuple(record["figures"]), what=record["what"],
        when=record["when"], where=record["where"],
    )  # fmt: skip


def choose_total(scopes: Sequence[Scope], matched: Bools, ground: Ground, opened: int | None) -> Total | None:
    """The one total that is drawn: the opened incident's, else the latest of those that hold a matched one."""
    passing = [scope for scope in scopes if matched[list(scope.incidents)].any()]
    own = next((scope for scope in passing if opened in scope.incidents), None) if opened is not None else None
    scope = own or max(passing, key=lambda scope: scope.end, default=None)
    if scope is None:
        return None
    areas = tuple(ground.provinces[code] for code in scope.adm1 if code in ground.provinces)
    band = ground.stretch(*scope.border_km) if scope.border_km else None
    return Total(scope, areas, tuple(outline_of(areas)), band, faint=opened is not None and own is None)


def leave_totals_out(snapshot: Snapshot, rows: Codes, scopes: Sequence[Scope]) -> Codes:
    """Marks less those that are one of the places a total is for: they are drawn as one area, never one by one."""
    part = np.zeros(len(rows), dtype=bool)
    incident, spot = snapshot.marks.incident[rows], snapshot.marks.spot[rows]
    is_province = snapshot.spots.precision[spot] == PROVINCE
    for scope in scopes:
        own = np.isin(incident, scope.incidents)
        named = np.isin(snapshot.spots.adm1[spot[own]].astype(str), scope.adm1)
        part[own] = np.where(is_province[own], named, scope.border_km is not None)
    left: Codes = rows[~part]
    return left
