"""One redraw of the page: the data, what the reader asked for, and what is found of it, each worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

import numpy as np
import streamlit as st

from geo.filters import Filter, Link
from geo.model import Article, Incident
from geo.snapshot import Facets, Snapshot, Summary, count_facets, match, rank, summarise
from geo.snapshot.provinces import find_in_province
from geo.ui.shared import Shared
from geo.ui.state import article_of, kept, province_of, session_token
from geo.wording.summary import find_days, find_period
from geo.wording.words import Words, last_of_month


@dataclass(frozen=True)
class Scene:
    """What is shown, and from what."""

    shared: Shared
    snapshot: Snapshot
    link: Link
    words: Words

    @cached_property
    def channel(self) -> str:
        """Names this reader's page, so that its parts drive no other page's map."""
        return session_token()

    @cached_property
    def theme(self) -> str:
        """The theme that the reader's browser shows."""
        return st.context.theme.type or "light"

    @property
    def filter(self) -> Filter:
        """What the reader asked for."""
        return self.link.filter

    @cached_property
    def matched(self) -> np.ndarray:
        """For each incident whether the filter leaves it."""
        return match(self.snapshot, self.filter)

    @cached_property
    def listed(self) -> np.ndarray:
        """The same, where a province is open only its own."""
        province = province_of(self.link)
        return self.matched & find_in_province(self.snapshot, province) if province else self.matched

    @cached_property
    def facets(self) -> Facets:
        """Counts for every choice."""
        return count_facets(self.snapshot, self.filter)

    @cached_property
    def summary(self) -> Summary:
        """The numbers above the map."""
        return summarise(self.snapshot, self.filter, self.matched)

    @cached_property
    def order(self) -> np.ndarray:
        """Indices of the incidents found, in the order of the list."""
        return rank(self.snapshot, self.listed, by=self.sorted_by)

    @property
    def sorted_by(self) -> Literal["newest", "disputed"]:
        """How the list is ordered."""
        return "newest" if kept("order", "disputed") == "newest" else "disputed"

    @cached_property
    def opened(self) -> int | None:
        """Index of the incident that is open; a link to one that was merged opens the one that was kept."""
        if not self.link.incident:
            return None
        index = self.snapshot.index_of(self.link.incident)
        found = self.shared.incidents(self.snapshot, [index]) if index is not None else []
        if found and found[0].status != "withdrawn":
            return index
        joined = self.shared.store.incident(self.link.incident)
        return self.snapshot.index_of(joined.id) if joined else None

    @cached_property
    def incident(self) -> Incident | None:
        """The record of the incident that is open."""
        found = self.shared.incidents(self.snapshot, [self.opened]) if self.opened is not None else []
        return found[0] if found else None

    @cached_property
    def article(self) -> Article | None:
        """The report that is open."""
        id_ = article_of(self.link)
        if self.snapshot.past is not None and id_ in self.snapshot.past.articles:
            return None
        return next(iter(self.shared.articles([id_])), None) if id_ else None

    @property
    def beside(self) -> Literal["article", "incident", "province", "list"]:
        """What stands beside the map."""
        if self.article is not None:
            return "article"
        if self.incident is not None:
            return "incident"
        return "province" if province_of(self.link) else "list"

    @cached_property
    def data_days(self) -> tuple[date, date]:
        """First and last day of all incidents."""
        return find_days(self.snapshot)

    @cached_property
    def data_months(self) -> tuple[date, date]:
        """The same, to whole months."""
        first, last = self.data_days
        return first.replace(day=1), last_of_month(last)

    @cached_property
    def period(self) -> tuple[date, date]:
        """First and last day of what is asked for."""
        return find_period(self.filter, self.data_days)

    @property
    def names_years(self) -> bool:
        """Whether a day must be named with its year."""
        return self.period[0].year != self.period[1].year

    def distance_of(self, incident: Incident) -> float | None:
        """Kilometres from the line to the nearest place of an incident; None when unknown."""
        index = self.snapshot.index_of(incident.id)
        distance = float(self.snapshot.distance_km[index]) if index is not None else float("nan")
        return None if np.isnan(distance) else distance
