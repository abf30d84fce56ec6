"""On a server with PostGIS incidents are geometry as well, as precise as they are known and no more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from geo.model import Reading
from geo.store import Store, open_store, schema
from geo.store.backup import back_up, restore
from tests.postgres import Postgres
from tests.store.worlds import NOON, make_article, make_incident


@pytest.fixture(scope="module")
def with_postgis(postgres: Postgres) -> str:
    """Name of a database that has PostGIS and no table of ours; copied, for making one takes a second."""
    name = postgres.make_database()
    postgres.run("CREATE EXTENSION postgis", database=name)
    return name


@pytest.fixture
def database(postgres: Postgres, with_postgis: str) -> Iterator[str]:
    name = postgres.make_database(with_postgis)
    yield name
    postgres.drop_database(postgres.address(name))


def fill(store: Store) -> None:
    """The same clash: in the town, near it, in its province, and in the town but withdrawn."""
    (place,) = make_incident().places
    with store.change(time=NOON) as change:
        change.add_article(make_article(), Reading(article_id="a1", language="en"))
        change.show(make_incident("exact"), reason="read")
        change.show(make_incident("gone", status="withdrawn"), reason="read")
        for precision, radius_km in (("near", 10.0), ("adm1", 150.0), ("line", None)):
            there = replace(place, precision=precision, radius_km=radius_km)
            change.show(make_incident(precision, places=(there,)), reason="read")


def test_towns_are_points_and_what_is_near_them_discs_of_that_size(postgres: Postgres, database: str) -> None:
    with closing(open_store(postgres.address(database))) as store:
        fill(store)
    points = postgres.run("SELECT incident_id, ST_X(geom), ST_Y(geom), ST_SRID(geom), killed_low FROM incident_point",
                          database=database)  # fmt: skip
    assert points == [("exact", 66.4002, 31.0056, 4326, 15)]
    ((name, km2),) = postgres.run(
        "SELECT incident_id, ST_Area(geom::geography) / 1e6 FROM incident_disc", database=database
    )
    assert (name, float(str(km2))) == ("near", pytest.approx(314, rel=0.05))


def test_a_store_made_before_postgis_was_there_gets_the_views_when_it_is_opened(postgres: Postgres) -> None:
    name = postgres.make_database()
    open_store(postgres.address(name)).close()
    assert postgres.run("SELECT to_regclass('incident_point')", database=name) == [(None,)]
    postgres.run("CREATE EXTENSION postgis", database=name)
    open_store(postgres.address(name), read_only=True).close()  # who only reads makes nothing
    assert postgres.run("SELECT to_regclass('incident_point')", database=name) == [(None,)]
    for _ in range(2):
        with closing(open_store(postgres.address(name))) as store:
            assert store.check() == []
    assert postgres.run("SELECT count(*) FROM incident_point", database=name) == [(0,)]
    postgres.drop_database(postgres.address(name))


def test_the_views_stand_in_no_migration_s_way(
    postgres: Postgres, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = postgres.address(database)
    with monkeypatch.context() as before:
        before.setattr(schema, "HEAD", "0005")
        open_store(address).close()
        assert postgres.run("SELECT count(*) FROM incident_point", database=database) == [(0,)]
    open_store(address).close()
    assert postgres.run("SELECT count(*) FROM incident_point", database=database) == [(0,)]


def test_a_store_with_views_is_backed_up_and_restored_without_them(
    postgres: Postgres, database: str, tmp_path: Path
) -> None:
    with closing(open_store(postgres.address(database))) as store, (tmp_path / "b.zip").open("wb") as stream:
        fill(store)
        back_up(store, stream, time=NOON)
    restore(tmp_path / "b.zip", tmp_path / "restored.sqlite")
