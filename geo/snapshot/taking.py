"""Taking a snapshot: the store's columns, put in order and joined once, so that no question looks at a record."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.borders import Border
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.model import Precision
from geo.snapshot.crossings import read_crossings
from geo.snapshot.labels import Bools, Codes, Labels, as_objects, copy_strings, factorize, group_rows, make_labels
from geo.snapshot.locating import Floats, locate_points
from geo.snapshot.records import NO_DAY, NO_FIGURE, WHOLE_SHARE, Marks, Snapshot, Spots, as_day
from geo.snapshot.texts import Search, Strings, Texts
from geo.snapshot.tolls import count_totals_of_scopes, find_highest
from geo.store import Columns, Store
from geo.taxonomy import CATEGORIES, event_category
from geo.text import match_key

PRECISIONS: tuple[str, ...] = get_args(Precision)
_POINTS = 3
"""The first precisions are points: a named place, near one, a district."""
_ADM1, _LINE, _UNKNOWN = (PRECISIONS.index(name) for name in ("adm1", "line", "unknown"))

_RIBBON_WITHIN_KM = 150.0
"""Points farther from the line have no kilometre along it: Kabul lies 100 km off and belongs, Lahore does not."""

_CLAIM = (
    "incident_id", "scope_id", "metric", "subject", "subject_party", "unit", "low", "best", "high", "qualifier",
    "claimant", "claimant_party", "stance", "status", "subset_of", "scope", "span_start", "span_end", "article_id",
)  # fmt: skip
_WANTED: Mapping[str, Sequence[str]] = {
    "incident": (
        "id", "title", "event_type", "sub_event_type", "date_start", "date_end", "date_precision", "background",
        "status", "killed_low", "killed_high",
    ),
    "incident_place": (
        "incident_id", "place_id", "name", "kind", "country", "lat", "lon", "adm1", "role", "precision", "radius_km",
        "border_km_start", "border_km_end", "distance_to_border_km", "side",
    ),
    "incident_article": ("incident_id", "article_id"),
    "article": ("id", "title", "publisher", "language"),
    "source": ("article_id", "outlet"),
    "actor": ("incident_id", "name", "party"),
    "claim": _CLAIM,
    "scope": ("id",),
    "scope_incident": ("scope_id", "report_id"),
    "scope_place": ("scope_id", "place"),
    "report": ("id", "incident_id"),
}  # fmt: skip


def take_snapshot(store: Store, border: Border, gazetteer: Gazetteer | None = None) -> Snapshot:
    """The whole store as it is now, as seen from a border.

    The gazetteer gives places their names in other languages; by default the project's own for that border.
    """
    with _without_collection():
        columns = store.read_columns(_WANTED)
        return _Taking(columns, store, border, gazetteer or open_gazetteer(border=border.code)).take()


@contextmanager
def _without_collection() -> Iterator[None]:
    """Keep the garbage collector from looking through millions of new values that all stay: it takes half the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class _Taking:
    """The columns on their way into a snapshot; what several parts need is worked out once."""

    def __init__(self, columns: Columns, store: Store, border: Border, gazetteer: Gazetteer) -> None:
        self.revision = columns.revision
        self.tables = columns.tables
        self.store, self.border, self.gazetteer = store, border, gazetteer
        self.count = len(columns.tables["incident"]["id"])
        self._incidents: dict[str, NDArray[Any]] = {}
        self._places: dict[str, NDArray[Any]] = {}

    def take(self) -> Snapshot:
        """The snapshot."""
        low, high, is_open = self.tolls
        totals = count_totals_of_scopes(self.tables, self.joined, self.index_of)
        return Snapshot(
            revision=self.revision,
            border=self.border,
            gazetteer=self.gazetteer,
            ids=Strings(self.incidents("id")),
            titles=Strings(self.incidents("title")),
            start=self.days[0],
            end=self.days[1],
            precise=self.incidents("date_precision") == "day",
            category=self.categories,
            sub_event_type=make_labels(self.count, np.arange(self.count), self.incidents("sub_event_type")),
            background=self.incidents("background").astype(bool),
            killed_low=low,
            killed_high=high,
            killed_open=is_open,
            marks=self.marks,
            spots=self.spots,
            totals=totals,
            labels=self.labels([set(total.incidents) for total in totals if len(total.places) > 1]),
            distance_km=self.nearest,
            crossing_history=read_crossings(self.crossing_rows(), self.border, self.store),
            search=Search(
                count=self.count,
                places=make_labels(self.count, self.place_incident, self.places("place_id")),
                gazetteer=self.gazetteer,
                texts=tuple(self.texts()),
                read_articles=self.article_reader(),
            ),
            joined=self.joined,
        )

    # ---- incidents ----------------------------------------------------------------------------------------------

    @cached_property
    def order(self) -> Codes:
        """Rows of the incident table, newest first, the undated last, then by id."""
        start = self._days_by_row[0]
        return np.argsort(np.where(start == NO_DAY, np.iinfo(np.int64).max, -start), kind="stable")

    @cached_property
    def _days_by_row(self) -> tuple[Codes, Codes]:
        """First and last day, row by row; one alone stands for both."""
        start, end = (_days(self.tables["incident"][name]) for name in ("date_start", "date_end"))
        first, last = np.where(start == NO_DAY, end, start), np.where(end == NO_DAY, start, end)
        return np.minimum(first, last), np.maximum(first, last)

    def incidents(self, column: str) -> NDArray[Any]:
        """A column of the incidents by index."""
        if column not in self._incidents:
            self._incidents[column] = as_objects(self.tables["incident"][column])[self.order]
        return self._incidents[column]

    @cached_property
    def days(self) -> tuple[Codes, Codes]:
        """First and last day of each incident."""
        start, end = self._days_by_row
        return start[self.order], end[self.order]

    @cached_property
    def categories(self) -> Codes:
        """Drawn category of each incident."""
        codes, first = group_rows(self.incidents("event_type"), self.incidents("sub_event_type"))
        kinds = zip(self.incidents("event_type")[first], self.incidents("sub_event_type")[first], strict=True)
        return np.array([CATEGORIES.index(event_category(*kind)) for kind in kinds], dtype=np.int64)[codes]

    @cached_property
    def _positions(self) -> pd.Index[Any]:
        return pd.Index(self.incidents("id"))

    def index_of(self, ids: Sequence[Any]) -> Codes:
        """Indices of incidents by id; -1 for what is no incident."""
        return self._positions.get_indexer(pd.Index(as_objects(ids))).astype(np.int64)

    @cached_property
    def joined(self) -> dict[str, str]:
        """Incident shown by report, where the two ids differ."""
        report = self.tables["report"]
        return {id_: shown for id_, shown in zip(report["id"], report["incident_id"], strict=True) if id_ != shown}

    @cached_property
    def tolls(self) -> tuple[Codes, Codes, Bools]:
        """Lowest and highest number of dead, and whether there may be more."""
        low = _figures(self.incidents("killed_low"))
        high = _figures(self.incidents("killed_high"))
        is_open = (high == NO_FIGURE) & (low != NO_FIGURE)
        high = np.where(is_open, low, high)
        for index, highest in find_highest(self.tables["claim"], self.claim_incident, is_open):
            high[index] = max(int(high[index]), highest)
        return low, high, is_open

    @cached_property
    def claim_incident(self) -> Codes:
        """Incident of each claim; -1 for those of scopes."""
        return self.index_of(self.tables["claim"]["incident_id"])

    # ---- places -------------------------------------------------------------------------------------------------

    @cached_property
    def place_incident(self) -> Codes:
        """Incident of each row of the places."""
        return self.index_of(self.tables["incident_place"]["incident_id"])

    def places(self, column: str) -> NDArray[Any]:
        """A column of the places, row by row."""
        if column not in self._places:
            self._places[column] = as_objects(self.tables["incident_place"][column])
        return self._places[column]

    @cached_property
    def event_rows(self) -> Codes:
        """Rows of the event places by incident; where it came from only when nothing else is known."""
        incident, came_from = self.place_incident, self.places("role") == "origin"
        has_event = np.zeros(self.count, dtype=bool)
        has_event[incident[~came_from]] = True
        rows = (~came_from | ~has_event[incident]).nonzero()[0]
        return rows[np.argsort(incident[rows], kind="stable")]

    @cached_property
    def precision(self) -> Codes:
        """Precision of each row of the places."""
        return _codes_in(self.places("precision"), PRECISIONS)

    @cached_property
    def _grouped(self) -> tuple[Codes, Codes]:
        """Spot of each row of the places, and the row each spot is made from."""
        names = ("place_id", "name", "adm1", "precision", "radius_km", "border_km_start", "border_km_end", "lat", "lon")
        return group_rows(*map(self.places, names))

    @cached_property
    def spots(self) -> Spots:
        """The distinct spots, and at the end one that is nowhere, for incidents without a place."""
        rows = self._grouped[1]
        precision = np.append(self.precision[rows], _UNKNOWN)
        point = precision < _POINTS
        values = {name: _floats(self.places(name)[rows]) for name in ("lat", "lon", "radius_km")}
        lat, lon = (np.where(point, values[name], np.nan) for name in ("lat", "lon"))
        adm1 = self._names("adm1", rows)
        start, end = (_floats(self.places(name)[rows]) for name in ("border_km_start", "border_km_end"))
        whole = (precision == _LINE) & ~(np.abs(end - start) < WHOLE_SHARE * self.border.km[-1])
        distance, km = locate_points(self.border, lat, lon)
        km = np.where(distance <= _RIBBON_WITHIN_KM, km, np.nan)
        stretch = self._stretches(adm1, precision)
        on_line = (precision == _LINE) & ~whole
        return Spots(
            **{name: self._names(name, rows) for name in ("place_id", "name", "kind", "adm1")},
            precision=precision,
            lat=lat,
            lon=lon,
            radius_km=values["radius_km"],
            km=np.where(on_line, np.fmin(start, end), np.where(precision == _ADM1, stretch[0], km)),
            km_end=np.where(on_line, np.fmax(start, end), np.where(precision == _ADM1, stretch[1], km)),
            distance_km=np.where(precision == _LINE, 0.0, distance),
            whole=whole,
        )

    def _names(self, column: str, rows: Codes) -> NDArray[Any]:
        """Names of spots, and None for the one that is nowhere."""
        return as_objects([*copy_strings(self.places(column)[rows]), None])

    def _stretches(self, adm1: Any, precision: Codes) -> tuple[Floats, Floats]:
        """First and last kilometre of the province of each spot that is one; NaN for those away from the line."""
        nowhere = (np.nan, np.nan)
        known = [
            (self.border.stretch_of(code) or nowhere) if code and sure == _ADM1 else nowhere
            for code, sure in zip(adm1, precision, strict=True)
        ]
        start, end = np.array(known, dtype=float).reshape(-1, 2).T
        return start, end

    @cached_property
    def marks(self) -> Marks:
        """One mark for each event place, one at the spot that is nowhere for an incident without any."""
        rows = self.event_rows
        without = np.setdiff1d(np.arange(self.count), self.place_incident[rows])
        incident = np.append(self.place_incident[rows], without)
        nowhere = np.full(len(without), len(self._grouped[1]))
        spot = np.append(self._grouped[0][rows], nowhere)
        side = np.append(_codes_in(self.places("side")[rows], self.border.countries) + 1, np.zeros_like(without))
        said = np.append(_floats(self.places("distance_to_border_km")[rows])[:-1], np.full(len(without), np.nan))
        distance = np.where(self.spots.precision[spot] < _POINTS, said, np.nan)
        order = np.argsort(incident, kind="stable")
        return Marks(
            incident=incident[order],
            spot=spot[order],
            side=side[order],
            first=np.diff(incident[order], prepend=-1) > 0,
            distance_km=np.where(np.isnan(distance), self.spots.distance_km[spot], distance)[order],
        )

    @cached_property
    def nearest(self) -> Floats:
        """Distance of each incident's nearest place to the line."""
        nearest = np.full(self.count, np.inf)
        np.fmin.at(nearest, self.marks.incident, self.marks.distance_km)
        return np.where(np.isinf(nearest), np.nan, nearest)

    # ---- labels -------------------------------------------------------------------------------------------------

    def labels(self, totals: Sequence[set[int]]) -> dict[str, Labels]:
        """What incidents can be asked for by, by key of the link."""
        every = np.arange(self.count)
        incident, spot = self.marks.incident, self.marks.spot
        sides = as_objects([None, *self.border.countries])
        sources, languages = self._article_labels()
        return {
            "country": self._countries(),
            "province": make_labels(self.count, incident, self.spots.adm1[spot]),
            "type": make_labels(self.count, every, np.array(CATEGORIES, dtype=object)[self.categories]),
            "precision": self._precisions(totals),
            "side": make_labels(self.count, incident, sides[self.marks.side]),
            "status": make_labels(self.count, every, self.incidents("status")),
            "actor": self._actors(),
            "claimant": self._claimants(),
            "source": sources,
            "language": languages,
        }

    def _countries(self) -> Labels:
        """Countries of the event places; what happens along the line belongs to both."""
        rows, incident = self.event_rows, self.place_incident[self.event_rows]
        line = incident[self.precision[rows] == _LINE]
        both = [(line, np.full(len(line), country, dtype=object)) for country in self.border.countries]
        adm1 = pd.Series(self.places("adm1")[rows], dtype=object).str.slice(0, 2).to_numpy(dtype=object)
        named = self.places("country")[rows]
        named = np.where(pd.isna(named), adm1, named)
        pairs = [(incident, np.where(pd.isna(named), None, named)), *both]
        return make_labels(self.count, np.concatenate([p[0] for p in pairs]), np.concatenate([p[1] for p in pairs]))

    def _precisions(self, totals: Sequence[set[int]]) -> Labels:
        """Precisions of the event places, and those that two further words name: a total, the whole line."""
        incident, spot = self.marks.incident, self.marks.spot
        names = np.array(PRECISIONS, dtype=object)[self.spots.precision[spot]]
        whole = incident[self.spots.whole[spot]]
        covered = np.array(sorted(set().union(*totals)), dtype=np.int64)
        return make_labels(
            self.count,
            np.concatenate([incident, whole, covered]),
            np.concatenate([names, np.full(len(whole), "border", object), np.full(len(covered), "total", object)]),
        )

    def _actors(self) -> Labels:
        """Actors by name and by party."""
        actor = self.tables["actor"]
        incident = self.index_of(actor["incident_id"])
        both = np.concatenate([as_objects(actor["name"]), as_objects(actor["party"])])
        return make_labels(self.count, np.tile(incident, 2), both, spell=match_key)

    def _claimants(self) -> Labels:
        """Parties that claim something of an incident, alone or together with others."""
        claim, scoped = self.tables["claim"], self.tables["scope_incident"]
        party, scope = as_objects(claim["claimant_party"]), as_objects(claim["scope_id"])
        covered = pd.DataFrame({"scope": as_objects(scoped["scope_id"]), "incident": self.scope_incident})
        own = pd.notna(scope)
        joined = pd.DataFrame({"scope": scope[own], "party": party[own]}).merge(covered, on="scope")
        return make_labels(
            self.count,
            np.concatenate([self.claim_incident, joined["incident"].to_numpy(dtype=np.int64)]),
            np.concatenate([party, joined["party"].to_numpy(dtype=object)]),
        )

    @cached_property
    def scope_incident(self) -> Codes:
        """Incident shown of each row that a scope covers."""
        ids = self.tables["scope_incident"]["report_id"]
        return self.index_of([self.joined.get(id_, id_) for id_ in ids])

    def _article_labels(self) -> tuple[Labels, Labels]:
        """Outlets and languages of the articles that report an incident."""
        article, source = self.tables["article"], self.tables["source"]
        pairs = pd.DataFrame({"incident": self.article_pairs[0], "article": self.article_pairs[1]})
        named = pd.Index(as_objects(article["id"])).get_indexer(pd.Index(as_objects(source["article_id"])))
        outlets = pd.DataFrame({"article": named, "outlet": as_objects(source["outlet"])})
        publishers = pd.DataFrame({"article": range(len(article["id"])), "outlet": as_objects(article["publisher"])})
        alone = publishers[~publishers["article"].isin(named)]
        told = pairs.merge(pd.concat([outlets, alone]), on="article")
        languages = as_objects(article["language"])[pairs["article"].to_numpy()]
        sources = make_labels(
            self.count, told["incident"].to_numpy(), told["outlet"].to_numpy(dtype=object), spell=match_key
        )  # fmt: skip
        return sources, make_labels(self.count, pairs["incident"].to_numpy(), languages)

    @cached_property
    def article_pairs(self) -> tuple[Codes, Codes]:
        """Incident and article (by its row) of each report."""
        pair = self.tables["incident_article"]
        articles = pd.Index(as_objects(self.tables["article"]["id"]))
        return self.index_of(pair["incident_id"]), articles.get_indexer(pd.Index(as_objects(pair["article_id"])))

    # ---- what only some readers ask for -------------------------------------------------------------------------

    def texts(self) -> Iterator[Texts]:
        """Titles, names and the words of claims."""
        incident, article = self.article_pairs
        actor, claim = self.tables["actor"], self.tables["claim"]
        yield Texts(Strings(self.incidents("title")), np.arange(self.count), np.arange(self.count))
        yield _texts(self.place_incident, self.places("name"))
        yield self._place_names()
        yield _texts(self.index_of(actor["incident_id"]), as_objects(actor["name"]))
        for column in ("subject", "claimant"):
            yield _texts(self.claim_incident, as_objects(claim[column]))
        yield Texts(Strings([title or "" for title in self.tables["article"]["title"]]), incident, article)

    def article_reader(self) -> Callable[[], Texts]:
        """How to get the articles themselves, without holding on to anything else."""
        store, ids, (incident, article) = self.store, Strings(self.tables["article"]["id"]), self.article_pairs

        def read_articles() -> Texts:
            stored = store.read_columns({"article": ("id", "text")}).tables["article"]
            texts = dict(zip(stored["id"], stored["text"], strict=True))
            return Texts([texts.get(id_, "") for id_ in ids], incident, article)

        return read_articles

    def _place_names(self) -> Texts:
        """Names in all languages of the places and provinces that incidents name."""
        provinces = pd.Series(self.places("adm1"), dtype=object)
        ids = np.concatenate([self.places("place_id"), ("adm1:" + provinces).to_numpy(dtype=object)])
        code, known = factorize(np.where(pd.isna(ids), None, ids))
        places = [self.gazetteer.place(id_) for id_ in known]
        names = ["\n".join([place.name, *place.names.values()]) if place else "" for place in places]
        return Texts(Strings(names), np.tile(self.place_incident, 2)[code >= 0], code[code >= 0])

    def crossing_rows(self) -> pd.DataFrame:
        """What is said of crossings: one row for each place that a closure or reopening names, oldest first."""
        kinds = self.incidents("sub_event_type")[self.place_incident]
        told = np.isin(self.incidents("status"), ["withdrawn"], invert=True)[self.place_incident]
        dated = self.days[0][self.place_incident] != NO_DAY
        rows = (np.isin(kinds.astype(str), ["closure", "reopening"]) & told & dated).nonzero()[0]
        incident = self.place_incident[rows]
        frame = {name: self.places(name)[rows] for name in ("place_id", "kind", "precision", "lat", "lon")}
        frame["distance_km"] = _floats(self.places("distance_to_border_km")[rows])[:-1]
        told_of = {"day": self.days[0][incident], "id": self.incidents("id")[incident], "what": kinds[rows]}
        return pd.DataFrame({**told_of, **frame}).sort_values("day", kind="stable")


def _days(column: Sequence[Any]) -> Codes:
    """Days since 1970-01-01; NO_DAY where it is not known."""
    code, days = factorize(column)
    return np.array([*(as_day(day) for day in days), NO_DAY], dtype=np.int64)[code]


def _figures(column: Any) -> Codes:
    """Figures as numbers, NO_FIGURE where there is none."""
    return np.where(pd.isna(column), NO_FIGURE, column).astype(np.int64)


def _floats(column: Any) -> Floats:
    """Numbers of a column, and one NaN after them."""
    return np.append(column.astype(float), np.nan)


def _codes_in(column: Any, names: Sequence[str]) -> Codes:
    """Index of each value in ``names``; -1 for what is not among them."""
    code, known = factorize(column)
    places = [names.index(value) if value in names else -1 for value in known]
    return np.array([*places, -1], dtype=np.int64)[code]


def _texts(incident: Codes, values: Any) -> Texts:
    """Texts that stand in a column, each once."""
    code, rows = factorize(values)
    kept = (code >= 0) & (incident >= 0)
    return Texts(Strings(rows), incident[kept], code[kept])
