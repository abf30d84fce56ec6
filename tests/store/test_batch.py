"""A change of many articles asks the store little and comes to the same as changes one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.model import Article, DateRange, Incident, Reading
from geo.pipeline import keep_reading, load_tools, read_to_keep
from geo.store import Recent, Store, open_store, write_reading
from geo.store.recent import LONG_DAYS, Kept
from tests.benchmarks.wire import make_articles
from tests.store.worlds import NOON, make_article, make_incident

FIRST = date(2025, 10, 1)
BATCH = 7


def happened(number: int, start: int, length: int, *, here: bool) -> Incident:
    """An incident by hand, so many days after the first and so long; at its place or nowhere."""
    first = FIRST + timedelta(start)
    dates = DateRange(start=first, end=first + timedelta(length), precision="days" if length else "day")
    return make_incident(f"i{number}", dates=dates, **({} if here else {"places": ()}))


incidents = st.builds(
    happened,
    st.integers(0, 40),
    st.integers(0, 200),
    st.sampled_from([0, 0, 1, 9, LONG_DAYS, LONG_DAYS + 1, 400]),
    here=st.booleans(),
)


def show(change: object, shown: Sequence[Incident]) -> None:
    for incident in shown:
        change.show(incident, reason="read")  # type: ignore[attr-defined]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(incidents, max_size=12, unique_by=lambda one: one.id), incidents, st.sampled_from([0, 1, 10]))
def test_the_same_incidents_are_near(
    tmp_path_factory: pytest.TempPathFactory, shown: list[Incident], one: Incident, days: int
) -> None:
    """Those that were there before, and those that the same change has just shown."""
    store, recent = open_store(tmp_path_factory.mktemp("near") / "store.sqlite"), Recent()
    with store.change(time=NOON) as change:
        change.add_article(make_article(), Reading(article_id="a1", language="en"))
        show(change, shown[::2])
    with store.batch(recent, time=NOON) as batch:
        batch.find_near(one, days=days)
        show(batch, shown[1::2])
        near = batch.find_near(one, days=days)
    with store.change(time=NOON) as change:
        assert near == change.find_near(one, days=days)
    with store.batch(recent, time=NOON) as batch:
        assert near == batch.find_near(one, days=days)
    store.close()


def test_batches_come_to_the_same_as_changes_one_by_one(new_address: Callable[[], str]) -> None:
    """The same articles, incidents, reports and as many revisions; with an article that comes twice."""
    articles = [replace(one, id=f"a{number}") for number, one in enumerate(make_articles(40, words=120))]
    told = [(article, read_to_keep(article, load_tools())) for article in [*articles, articles[3]]]
    one_by_one, batches, recent = open_store(new_address()), open_store(new_address()), Recent()
    for article, reading in told:
        with one_by_one.change(time=NOON) as change:
            keep_reading(change, article, reading)
    for start in range(0, len(told), BATCH):
        written = [(article, *write_reading(reading)) for article, reading in told[start : start + BATCH]]
        with batches.batch(recent, time=NOON) as batch:
            batch.expect((reading, rows) for _, reading, rows in written)
            for article, reading, _ in written:
                keep_reading(batch, article, reading)
    assert batches.digest() == one_by_one.digest()
    assert batches.data_revision() == one_by_one.data_revision()
    assert batches.check() == []
    for store in (one_by_one, batches):
        store.close()


def test_what_a_failed_change_held_is_forgotten(any_store: Store) -> None:
    """It is not in the store, so it must not be taken for something that is."""
    recent = Recent()
    with pytest.raises(ZeroDivisionError), any_store.batch(recent, time=NOON) as batch:
        add(batch, make_article())
        raise ZeroDivisionError
    with any_store.batch(recent, time=NOON) as batch:
        assert (batch.holds("a1"), batch.shown("i1")) == (False, None)


def test_what_others_changed_meanwhile_is_seen(any_store: Store) -> None:
    """A change by anyone else makes what was known worth nothing."""
    recent = Recent()
    with any_store.batch(recent, time=NOON) as batch:
        add(batch, make_article())
    with any_store.change(time=NOON) as change:
        change.show(make_incident(title="Corrected"), reason="a person said so")
    with any_store.batch(recent, time=NOON) as batch:
        shown = batch.shown("i1")
        assert shown is not None and shown.title == "Corrected"
        assert [one.id for one in batch.reports_of("i1")] == ["i1"]


def test_only_the_entries_used_last_are_kept() -> None:
    """The first goes first, unless it was asked for since."""
    kept: Kept[int, str] = Kept(2)
    for number, word in zip(count(), ("a", "b"), strict=False):
        kept.keep(number, word)
    assert kept.find(0) == "a"
    kept.keep(2, "c")
    assert [*kept] == [0, 2] and kept.find(1) is None


def add(change: object, article: Article) -> None:
    """Keep the article by hand with its one incident."""
    reading = Reading(article_id=article.id, language="en", incidents=(make_incident(),))
    keep_reading(change, article, reading)  # type: ignore[arg-type]
