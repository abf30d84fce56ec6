"""The made-up incidents are what the benchmarks say they are."""

from __future__ import annotations

import csv
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from geo.store import open_store

from .reading import vary_articles
from .world import FIRST_DAY, LAST_DAY, World, make_store, read_days, write_csv


def test_the_same_incidents_come_each_time() -> None:
    assert list(World().incidents(50)) == list(World().incidents(50))


def test_half_of_the_incidents_share_places_of_the_border_table() -> None:
    places = [incident.places[0].place for incident in World().incidents(2000)]
    uses = Counter(place.id for place in places if place)
    shared = sum(place.id.startswith(("border:", "geonames:")) for place in places if place)
    assert shared / sum(uses.values()) == pytest.approx(0.5, abs=0.05)
    assert max(uses.values()) > 1


def test_store_and_table_hold_the_same_incidents(tmp_path: Path) -> None:
    make_store(tmp_path / "60.sqlite", 60)
    write_csv(tmp_path / "60.csv", 60)
    with closing(open_store(tmp_path / "60.sqlite")) as store:
        incidents = store.load_incidents()
        assert store.check() == []
    days = read_days(tmp_path / "60.sqlite")
    assert len(incidents) == len(days) == 60
    assert all(FIRST_DAY <= start <= LAST_DAY for start, _ in days)
    with (tmp_path / "60.csv").open(encoding="utf8", newline="") as file:
        placed = [incident.title for incident in incidents if incident.places[0].place]
        assert sorted(row["title"] for row in csv.DictReader(file)) == sorted(placed)


def test_varied_articles_differ_and_have_the_length_of_news() -> None:
    articles = list(vary_articles(140))
    assert len({article.text for article in articles}) == 140
    assert all(400 <= len(article.text.split()) < 600 for article in articles)
