"""The store as it was at an earlier revision: the same, row for row, as what was read when it was the newest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.articles import make_article
from geo.model import Claim, DateRange, Incident, Reading, Scope, Span
from geo.snapshot.rows import WANTED
from geo.store import Columns, Store, open_store

NOW = datetime(2025, 11, 20, tzinfo=UTC)
ARTICLES = [make_article(f"Report {n}.", language="en", published=date(2025, 11, n + 1)) for n in range(4)]

STEPS = st.lists(
    st.tuples(st.sampled_from(("article", "show", "withdraw", "scope")), st.integers(0, 3), st.integers(0, 9)),
    min_size=1,
    max_size=12,
)


def claim(number: int, article_id: str, **fields: object) -> Claim:
    values: dict[str, object] = {"metric": "killed", "subject": "people", "low": number, "best": number, "high": number}
    return Claim(**values, span=Span(start=0, end=6), article_id=article_id, **fields)  # type: ignore[arg-type]


def do(store: Store, what: str, which: int, number: int) -> None:
    """One change; what cannot be done in this store does nothing."""
    article, id_ = ARTICLES[which], f"incident-{which}"
    with store.change(time=NOW) as change:
        if not change.holds(article.id):
            change.add_article(article, Reading(article_id=article.id, language="en"))
        if what == "article":
            return
        shown = change.shown(id_)
        told = shown or Incident(
            id=id_, title="Clash", event_type="Battles", sub_event_type="Armed clash", articles=(article.id,),
            dates=DateRange(start=date(2025, 10, 1 + number), end=None, precision="day"),
        )  # fmt: skip
        if what == "show":
            told = replace(told, title=f"Clash {number}", claims=(claim(number, article.id),), status="draft")
        if what == "withdraw" and shown:
            told = replace(told, status="withdrawn")
        change.show(told, reason="test")
        if what == "scope":
            scope = Scope(id=f"scope-{which}-{number}", incidents=(id_,), places=("AF-KHO", "AF-PKA"),
                          claims=(claim(number, article.id, scope=f"scope-{which}-{number}"),))  # fmt: skip
            kept = {row for row in store.read_columns({"scope": ("id",)}).tables["scope"]["id"]}
            if scope.id not in kept:
                change.add_scope(scope, article_id=article.id, position=number)


def rows_of(columns: Columns) -> Mapping[str, list[str]]:
    """The rows of each table in one order."""
    return {
        name: sorted(map(repr, zip(*table.values(), strict=True))) if table else []
        for name, table in columns.tables.items()
    }


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_every_revision_is_read_again_as_it_was(
    new_address: Callable[[], str], steps: list[tuple[str, int, int]]
) -> None:
    with closing(open_store(new_address())) as store:
        seen = {0: rows_of(store.read_columns(WANTED))}
        for step in steps:
            do(store, *step)
            seen[store.data_revision()] = rows_of(store.read_columns(WANTED))
        for revision, rows in seen.items():
            assert rows_of(store.read_columns(WANTED, at=revision)) == rows, revision


def test_what_has_come_since_is_counted_apart_from_what_has_changed(any_store: Store) -> None:
    with closing(any_store) as store:
        do(store, "show", 0, 1)
        revision = store.data_revision()
        assert store.count_since(revision) == (0, 0)
        do(store, "show", 0, 2)
        do(store, "withdraw", 0, 3)
        do(store, "show", 1, 1)
        do(store, "show", 1, 2)
        assert store.count_since(revision) == (1, 1)
        assert store.count_since(0) == (0, 2)


def test_incidents_and_scopes_come_as_they_were(any_store: Store) -> None:
    with closing(any_store) as store:
        do(store, "show", 0, 1)
        do(store, "scope", 0, 1)
        revision, was, scopes = store.data_revision(), store.load_incidents(), store.scopes()
        do(store, "show", 0, 2)
        do(store, "show", 1, 2)
        do(store, "scope", 1, 2)
        past = store.read_columns({"incident": ("id",)}, at=revision).past
        assert past is not None
        assert past.time == NOW
        assert store.load_incidents(["incident-0", "incident-1"], past) == was
        assert store.scopes(past) == scopes
