"""Claims by period: one row a day, week, month or year, what each party is said to have lost, and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from geo.snapshot.periods import STEPS, Period, Range, Rival, Step, choose_step, count_periods, list_periods
from geo.snapshot.ranges import METRICS
from geo.snapshot.records import Total
from geo.ui.scene import Scene
from geo.ui.state import kept
from geo.wording.figures import name_kind, name_party, rank_subject, write_total
from geo.wording.naming import write_area
from geo.wording.words import Words

ROWS = 31
_MOST_NAMES = 2
_MOST_TOTALS = 2
"""More of them are folded."""
_ALL_TOLD = "killed"
"""The metric whose sum over all parties the sentence above gives."""


def describe_periods(scene: Scene, step: Step) -> dict[str, Any]:
    """One page of periods, newest first, and their sum."""
    words, metric = scene.words, kept("claims_metric", METRICS[0])
    periods = list_periods(scene.snapshot, scene.matched, step, scene.filter.start)
    count = len(periods.spans)
    page = min(st.session_state.get("claims_page", 0), max(0, (count - 1) // ROWS))
    shown = range(page * ROWS, min(count, (page + 1) * ROWS))
    rows = count_periods(scene.snapshot, periods, shown)
    whole = count_periods(scene.snapshot, list_periods(scene.snapshot, scene.matched, None))
    parties = _list_parties(whole, metric)
    longest = max((row.killed_high or 0 for row in rows), default=0)
    first, last = page * ROWS + 1, page * ROWS + len(rows)
    return {
        "intro": words("claims.periods_intro"),
        "steps": [[name, words(f"step.{name}"), int(name == step)] for name in STEPS],
        "step_label": words("claims.step"),
        "metrics": [[name, words(f"metric.{name}"), int(name == metric)] for name in METRICS],
        "metric_label": words("claims.counted"),
        "columns": _name_columns(parties, metric, words),
        "rows": [_describe_row(scene, row, step, metric, parties, longest) for row in rows],
        "whole": [_describe_row(scene, row, None, metric, parties, row.killed_high or 0) for row in whole],
        "place": words("table.page", first=words.number(first), last=words.number(last), n=words.number(count)),
        "previous": words("table.previous"),
        "next": words("table.next"),
        "has_previous": page > 0,
        "has_next": last < count,
        "empty": words("empty.title"),
    }


def default_step(scene: Scene) -> Step:
    """The step that fits the days in view."""
    return choose_step(*(scene.period if scene.filter.start or scene.filter.end else scene.data_days))


def _list_parties(whole: Sequence[Period], metric: str) -> list[str]:
    """Subject parties of which anything is claimed, in the order of the page."""
    found = {said.party for period in whole for said in period.ranges if said.metric == metric}
    return sorted(found, key=lambda party: (rank_subject(party), party))


def _name_columns(parties: Sequence[str], metric: str, words: Words) -> list[str]:
    told = [words("claims.all", metric=words(f"metric.{metric}"))] if metric == _ALL_TOLD else []
    return [words("claims.period"), words("province.incidents"), *told, *(name_kind(metric, p, words) for p in parties)]


def _describe_row(
    scene: Scene, period: Period, step: Step | None, metric: str, parties: Sequence[str], longest: int
) -> dict[str, Any]:
    words = scene.words
    said = {found.party: found for found in period.ranges if found.metric == metric}
    totals = _describe_totals(scene, period) if metric == _ALL_TOLD else []
    days = [period.start, period.end] if period.start and period.end and step else None
    return {
        "name": _name_period(period, step, words),
        "days": [day.isoformat() for day in days if day] if days else None,
        "n": words.number(period.incidents),
        "all": [_describe_all(period, longest, words)] if metric == _ALL_TOLD else [],
        "cells": [describe_range(said[party], words) if party in said else None for party in parties],
        "totals": totals,
        "totals_label": words("claims.totals", n=words.number(len(totals))) if len(totals) > _MOST_TOTALS else "",
    }


def _name_period(period: Period, step: Step | None, words: Words) -> str:
    if step is None:
        return words("claims.whole")
    if period.start is None or period.end is None:
        return words("claims.loose")
    return (
        words.period(period.start, period.end) if step != "week" else words.days(period.start, period.end, short=True)
    )


def _describe_all(period: Period, longest: int, words: Words) -> dict[str, Any] | None:
    """The range of the sentence above, for one row."""
    low, high = period.killed_low, period.killed_high
    if low is None or high is None:
        return None
    bar = [round(low / longest, 4), round(high / longest, 4), int(period.more_than)] if longest else None
    return {"low": _write_end(low, None, words), "high": _write_high(high, None, period.more_than, words), "bar": bar}


def describe_range(said: Range, words: Words) -> dict[str, Any]:
    """What is claimed of one party: lowest, highest, and by whom."""
    return {
        "low": _write_end(said.lowest.figure, said.lowest, words),
        "high": _write_high(said.highest.figure, said.highest, said.more_than, words),
        "bar": None,
    }


def _write_high(figure: int, rival: Rival | None, more_than: bool, words: Words) -> dict[str, str]:
    """The highest; "more than" stands before it where nothing bounds it."""
    before, _, after = words("summary.more_than").partition("{n}") if more_than else ("", "", "")
    return {**_write_end(figure, rival, words), "before": before.strip(), "after": after.strip()}


def _write_end(figure: int, rival: Rival | None, words: Words) -> dict[str, str]:
    return {"figure": words.number(figure), "before": "", "after": "", "who": _name_claimants(rival, words)}


def _name_claimants(rival: Rival | None, words: Words) -> str:
    """Who says so, those who say it of the most incidents first."""
    names = list(dict.fromkeys(name_party(party, words, short=True) for party, _ in rival.claimants)) if rival else []
    shown, rest = words.join([words.name(name) for name in names[:_MOST_NAMES]]), len(names) - _MOST_NAMES
    return words("claims.and_more", names=shown, n=words.number(rest)) if rest > 0 else shown


def _describe_totals(scene: Scene, period: Period) -> list[list[str]]:
    """Totals for several incidents, each with what it opens: none of them is split, and none added to its incidents."""
    words = scene.words
    pairs = [("claims.total_counted", total) for total in period.counted]
    pairs += [("claims.total_left", total) for total in period.not_added]
    return [
        [scene.snapshot.ids[total.incidents[0]], words(key, n=write_total(total, words), area=_area(total, words))]
        for key, total in pairs
    ]


def _area(total: Total, words: Words) -> str:
    """ "3 incidents, 7 provinces"."""
    return words.join([words.count("list.count", len(total.incidents)), *write_area(total.places, words)])
