"""Taking a snapshot: the store's columns, put in order and joined once, so that no question looks at a record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.borders import Border
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.memory import without_collection
from geo.snapshot.crossings import Closure, read_crossings
from geo.snapshot.labelling import label_incidents
from geo.snapshot.labels import Bools, Codes, factorize, group_rows, make_labels
from geo.snapshot.matching import HIDDEN
from geo.snapshot.placing import find_nearest, place_incidents
from geo.snapshot.ranges import read_ranges
from geo.snapshot.records import NO_DAY, NO_FIGURE, Snapshot
from geo.snapshot.rows import WANTED, Rows, as_codes
from geo.snapshot.sureness import find_surest, measure_uncertainty
from geo.snapshot.texts import Search, Strings, Texts
from geo.snapshot.tolls import as_figures, count_totals_of_scopes, find_highest
from geo.store import Store
from geo.taxonomy import CATEGORIES, event_category


def take_snapshot(
    store: Store, border: Border, gazetteer: Gazetteer | None = None, *, at: int | None = None
) -> Snapshot:
    """The whole store as it is now, or as it was at an earlier data revision, as seen from a border.

    The gazetteer gives places their names in other languages; by default the project's own for that border.
    """
    with without_collection():
        rows = Rows(store.read_columns(WANTED, ordered=False, at=at))
        return _take(rows, store, border, gazetteer or open_gazetteer(border=border.code))


def _take(rows: Rows, store: Store, border: Border, gazetteer: Gazetteer) -> Snapshot:
    category = _find_categories(rows)
    spots, marks = place_incidents(rows, border)
    totals = count_totals_of_scopes(rows.tables, rows.scope_incident)
    low, high, is_open = _read_tolls(rows)
    return Snapshot(
        revision=rows.revision,
        border=border,
        gazetteer=gazetteer,
        ids=Strings(rows.incidents("id")),
        titles=Strings(rows.incidents("title")),
        start=rows.days[0],
        end=rows.days[1],
        precise=rows.incidents("date_precision") == "day",
        category=category,
        sub_event_type=make_labels(rows.count, np.arange(rows.count), rows.incidents("sub_event_type")),
        background=rows.incidents("background").astype(bool),
        killed_low=low,
        killed_high=high,
        killed_open=is_open,
        wounded_low=as_figures(rows.incidents("wounded_low")),
        marks=marks,
        spots=spots,
        totals=totals,
        ranges=read_ranges(rows, totals),
        claims=as_codes(np.bincount(rows.claim_incident[rows.claim_incident >= 0], minlength=rows.count)),
        labels=label_incidents(rows, border, spots, marks, category=category, totals=totals),
        distance_km=find_nearest(rows.count, marks),
        uncertainty_km=find_surest(rows.count, marks, measure_uncertainty(spots, border, gazetteer)),
        crossing_history=read_crossings(_list_closures(rows), border, store, rows.past),
        search=_prepare_search(rows, store, gazetteer),
        joined=rows.joined,
        past=rows.past,
        released=rows.released,
    )


def _find_categories(rows: Rows) -> Codes:
    """Drawn category of each incident."""
    event, sub = rows.incidents("event_type"), rows.incidents("sub_event_type")
    code, first = group_rows(event, sub)
    kinds = zip(event[first], sub[first], strict=True)
    return as_codes(np.array([CATEGORIES.index(event_category(*kind)) for kind in kinds], dtype=np.int64)[code])


def _read_tolls(rows: Rows) -> tuple[Codes, Codes, Bools]:
    """Lowest and highest number of dead, and whether there may be more."""
    low, high = (as_figures(rows.incidents(name)) for name in ("killed_low", "killed_high"))
    is_open = (high == NO_FIGURE) & (low != NO_FIGURE)
    high = np.where(is_open, low, high)
    for index, highest in find_highest(rows.tables["claim"], rows.claim_incident, is_open):
        high[index] = max(int(high[index]), highest)
    return low, high, is_open


def _list_closures(rows: Rows) -> list[Closure]:
    """What is said of crossings: one for each place that a closure or reopening names, oldest first.

    Of one day the reopening counts last: reports of it recall the closure more often than the other way about.
    """
    what = rows.incidents("sub_event_type")
    told = ((what == "closure") | (what == "reopening")) & (rows.incidents("status") != HIDDEN)
    wanted = (told & (rows.days[0] != NO_DAY))[rows.place_incident].nonzero()[0]
    incident = rows.place_incident[wanted]
    wanted = wanted[np.lexsort((what[incident] == "reopening", rows.days[0][incident]))]
    incident = rows.place_incident[wanted]
    said = (rows.days[0][incident].tolist(), rows.incidents("id")[incident], what[incident])
    columns = [rows.places(name)[wanted] for name in ("place_id", "kind", "precision", "lat", "lon")]
    return [Closure(*values) for values in zip(*said, *columns, strict=True)]


# ---- search --------------------------------------------------------------------------------------------------------


def _prepare_search(rows: Rows, store: Store, gazetteer: Gazetteer) -> Search:
    return Search(
        count=rows.count,
        places=make_labels(rows.count, rows.place_incident, rows.places("place_id")),
        gazetteer=gazetteer,
        texts=tuple(_list_texts(rows, gazetteer)),
        read_articles=_article_reader(rows, store),
    )


def _list_texts(rows: Rows, gazetteer: Gazetteer) -> Iterator[Texts]:
    """Titles, names and the words of claims."""
    every = np.arange(rows.count)
    yield Texts(Strings(rows.incidents("title")), every, every)
    yield _texts(rows.place_incident, rows.places("name"))
    yield _names_of_places(rows, gazetteer)
    yield _texts(rows.actor_incident, rows.column("actor", "name"))
    for column in ("subject", "claimant"):
        yield _texts(rows.claim_incident, rows.column("claim", column))
    incident, article = rows.article_pairs
    yield Texts(Strings(title or "" for title in rows.column("article", "title")), incident, article)


def _texts(incident: Codes, values: NDArray[Any]) -> Texts:
    """Texts that stand in a column, each once."""
    code, found = factorize(values)
    kept = (code >= 0) & (incident >= 0)
    return Texts(Strings(found), incident[kept], code[kept])


def _names_of_places(rows: Rows, gazetteer: Gazetteer) -> Texts:
    """Names in all languages of the places and provinces that incidents name."""
    provinces = "adm1:" + pd.Series(rows.places("adm1"), dtype=object)
    code, ids = factorize(np.concatenate([rows.places("place_id"), provinces.to_numpy(dtype=object)]))
    places = [gazetteer.place(id_) for id_ in ids]
    names = Strings("\n".join([place.name, *place.names.values()]) if place else "" for place in places)
    return Texts(names, np.tile(rows.place_incident, 2)[code >= 0], code[code >= 0])


def _article_reader(rows: Rows, store: Store) -> Callable[[], Texts]:
    """How to get the articles themselves; holds on to nothing else that was read."""
    ids, (incident, article) = Strings(rows.column("article", "id")), rows.article_pairs

    def read_articles() -> Texts:
        stored = store.read_columns({"article": ("id", "text")}).tables["article"]
        texts = dict(zip(stored["id"], stored["text"], strict=True))
        return Texts([texts.get(id_, "") for id_ in ids], incident, article)

    return read_articles
