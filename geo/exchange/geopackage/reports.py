"""The tables of who says what and where it can be read, the layer of totals, and what the file says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely.geometry

from geo.borders import Border
from geo.exchange.geopackage.columns import (
    DAY,
    TEXT,
    TRUTH,
    WHOLE,
    Index,
    Rows,
    clean,
    find_copied,
    join_texts,
    take,
    translate,
)  # fmt: skip
from geo.exchange.geopackage.layers import REVIEW, TOLLS, Layer, Shapes, from_rows
from geo.exchange.rows import CLAIM_COLUMNS, SOURCE_COLUMNS, claim_rows, join_parts, source_rows, sources_of
from geo.exchange.shapes import line_geometry, scope_geometry
from geo.exchange.table import Selection, claim_phrase, describe_selection, toll_cells, toll_of_scope
from geo.gazetteer import Gazetteer
from geo.model import Article, Scope, Source

Copied = Mapping[int, frozenset[str]]
"""By index of the incident: ids of articles that only repeat another."""

_KINDS = {
    **dict.fromkeys(("low", "best", "high", *TOLLS), WHOLE), "published": DAY, "part": TRUTH, "copied": TRUTH,
}  # fmt: skip
_TOTAL = ("id", "review", "places", "covers", *TOLLS, "claims")


def lay_claims(incidents: Rows, claims: Rows, copied: Copied, selection: Selection) -> Layer:
    """Every claim, of incidents and of totals, with the report it stands in."""
    article = claims.column("article_id")
    page, first = _find_pages(article, selection.articles.values())
    own = {
        "incident": incidents.column("id").take(pa.array(claims.at)),
        "total": pa.nulls(len(claims), TEXT),
        **{name: claims.column(name) for name in CLAIM_COLUMNS[2:14]},
        "part": pc.is_valid(claims.column("subset_of")),
        "copied": find_copied(copied, claims.at, article),
        **{name: take(first[name], page) for name in ("outlet", "published", "url")},
        "article": article,
        "review": translate(incidents.column("status").take(pa.array(claims.at)), REVIEW, TEXT),
    }
    of_totals = [row for scope in selection.scopes for row in claim_rows(scope, selection)]
    about = "Who says what each incident or total cost; rival claims are kept apart."
    return Layer(name="claims", about=about, table=_add(own, CLAIM_COLUMNS, of_totals))


def lay_sources(incidents: Rows, reports: Rows, copied: Copied, selection: Selection) -> Layer:
    """Every outlet's page of every report, of incidents and of totals."""
    articles = [*selection.articles.values()]
    pages = [(number, article, source) for number, article in enumerate(articles) for source in sources_of(article)]
    index = pa.array([article.id for article in articles], TEXT)
    article = _find(reports.column("article_id"), index)
    row, page = _expand(article, np.array([number for number, _, _ in pages], dtype=np.int64), len(articles))
    said = _describe_pages([(article, source) for _, article, source in pages])
    at = reports.at[row]
    own = {
        "incident": incidents.column("id").take(pa.array(at)),
        "total": pa.nulls(len(at), TEXT),
        **{name: column.take(pa.array(page)) for name, column in said.items()},
        "copied": find_copied(copied, at, reports.column("article_id").take(pa.array(row))),
    }
    of_totals = [row for scope in selection.scopes for row in source_rows(scope, selection)]
    about = "Reports of incidents and totals, one row an outlet's page."
    return Layer(name="sources", about=about, table=_add(own, SOURCE_COLUMNS, of_totals))


def lay_totals(selection: Selection, border: Border, gazetteer: Gazetteer) -> Layer:
    """Figures for several places, each once."""
    scopes = selection.scopes

    def draw(rows: slice) -> Shapes:
        drawn = [scope_geometry(scope, border, gazetteer) for scope in scopes[rows]]
        shapes = np.full(len(drawn), None, dtype=object)
        shapes[:] = [shapely.geometry.shape(shape) if shape else None for shape in drawn]
        return shapes

    table = from_rows([_describe_total(scope, selection) for scope in scopes], _TOTAL, _KINDS)
    about = "One figure for several places, counted once: never shared out among them, never on their incidents."
    return Layer(name="totals", about=about, table=table, kind="Unknown", draw=draw)


def lay_border(border: Border) -> Layer:
    """The line, with what a map must say beside it."""
    note = border.disputed_note or ""
    said = {"code": border.code, "name": border.name, "note": note, "countries": "; ".join(border.countries)}
    line = np.array([shapely.geometry.shape(line_geometry(border))], dtype=object)
    return Layer(
        name="border", about=f"{border.name} ({note})" if note else border.name, table=from_rows([said], [*said], {}),
        kind="MultiLineString", draw=lambda rows: line[rows],
    )  # fmt: skip


def lay_about(selection: Selection) -> Layer:
    """What the file holds, of when, under which licence and how to cite it."""
    rows = [{"name": name, "value": value} for name, value in describe_selection(selection).items()]
    table = from_rows(rows, ("name", "value"), {})
    return Layer(name="about", about="What this file holds, and how to cite it.", table=table)


def list_outlets(reports: Rows, selection: Selection, count: int) -> pa.Array:
    """The outlets of each of so many incidents in one cell."""
    names = {id_: join_parts(dict.fromkeys(s.outlet for s in sources_of(a))) for id_, a in selection.articles.items()}
    return join_texts(reports.at, translate(reports.column("article_id"), names, TEXT), count)


def _describe_total(scope: Scope, selection: Selection) -> dict[str, Any]:
    return {
        "id": scope.id,
        "review": selection.review_of_scope(scope),
        "places": join_parts(scope.places),
        "covers": join_parts(scope.incidents),
        **toll_cells(toll_of_scope(scope)),
        "claims": join_parts(map(claim_phrase, scope.claims)),
    }


def _find_pages(wanted: pa.Array, articles: Iterable[Article]) -> tuple[Index, dict[str, pa.Array]]:
    """For each id of an article its row among the first pages of all articles, and these."""
    said = _describe_pages([(article, sources_of(article)[0]) for article in articles])
    return _find(wanted, said["article"]), said


def _find(wanted: pa.Array, among: pa.Array) -> Index:
    """Where each value stands among others; -1 for what is not there."""
    found = pc.fill_null(pc.index_in(wanted, value_set=among), -1)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.int64)


def _describe_pages(pages: Sequence[tuple[Article, Source]]) -> dict[str, pa.Array]:
    return {
        "outlet": clean(pa.array([source.outlet for _, source in pages], TEXT)),
        "published": pa.array([source.published or article.published for article, source in pages], DAY),
        "url": clean(pa.array([source.url for _, source in pages], TEXT)),
        "title": clean(pa.array([None if article.own_wording else article.title for article, _ in pages], TEXT)),
        "language": pa.array([article.language for article, _ in pages], TEXT),
        "article": pa.array([article.id for article, _ in pages], TEXT),
    }


def _expand(article: Index, article_of_page: Index, count: int) -> tuple[Index, Index]:
    """For each report every page of its article: rows of reports, and rows of pages."""
    pages = np.bincount(article_of_page, minlength=count)
    begins = np.concatenate([[0], np.cumsum(pages)])
    known = (article >= 0).nonzero()[0]
    each = pages[article[known]]
    row = np.repeat(known, each)
    within = np.arange(len(row)) - np.repeat(np.cumsum(each) - each, each)
    return row, begins[article[row]] + within


def _add(own: dict[str, pa.Array], names: Sequence[str], further: Sequence[Any]) -> pa.Table:
    """The columns in their order, and under them the rows of totals."""
    rows = from_rows(further, names, _KINDS)
    told = {name: rows[name].combine_chunks() for name in names}
    plain = {name: clean(column) if column.type == TEXT else column for name, column in told.items()}
    return pa.concat_tables([pa.table({name: own[name] for name in names}), pa.table(plain)])
