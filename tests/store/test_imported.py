"""Rows of other databases' files stay as they came, in the store and in its history."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.model import ImportedRow
from geo.store import Store, open_store, schema
from tests.store.worlds import NOON, make_article, make_incident, names

ROW = ImportedRow(
    id="incident-1", scheme="ucdp", key="7", columns=("id", "best"), cells=("7.0", " 3"), position=4
)  # fmt: skip


@pytest.fixture
def store(any_store: Store) -> Store:
    """A new store, as a file and on a server."""
    return any_store


def keep(store: Store, *rows: ImportedRow) -> None:
    with store.change(time=NOON) as change:
        change.keep_imported(rows, reason="imported")


cells = st.lists(st.tuples(names, names), max_size=5)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(pairs=cells, key=names)
def test_any_cells_come_back_as_they_were(store: Store, pairs: list[tuple[str, str]], key: str) -> None:
    """Heads and cells are kept whatever letters, spaces and signs they are made of."""
    row = replace(ROW, key=key, columns=tuple(a for a, _ in pairs), cells=tuple(b for _, b in pairs))
    keep(store, row)
    assert store.imported_rows(["incident-1", "incident-2"]) == {"incident-1": row}
    assert store.check() == []


def test_a_replaced_row_stays_in_the_history(store: Store) -> None:
    """The revision that replaces a row holds the cells it replaced."""
    keep(store, ROW)
    keep(store, replace(ROW, cells=("7.0", "4")))
    first, second = store.revisions("row:incident-1")
    assert first.before is None
    assert json.loads(second.before or "")["cells"] == ["7.0", " 3"]


def test_an_imported_incident_is_not_near_what_is_read(store: Store) -> None:
    """The rules join no article's report to a row of another database; a person may."""
    incident = make_incident("incident-1")
    with store.change(time=NOON) as change:
        change.add_imported([make_article(incident.articles[0])], [incident], reason="imported")
        assert [found.id for found in change.find_near(incident, days=3)] == ["incident-1"]
        change.keep_imported([ROW], reason="imported")
        assert change.find_near(incident, days=3) == []
    assert store.all_reports_of(["incident-1", "none"]) == {"incident-1": [incident]}
    assert store.check() == []


def test_a_store_of_before_imports_keeps_its_data_and_takes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store at the migration before is brought up to date where it lies."""
    path = tmp_path / "old.sqlite"
    monkeypatch.setattr(schema, "HEAD", "0004")
    old = open_store(path)
    with old.change(time=NOON) as change:
        change.show_all([make_incident("incident-1", articles=())], reason="read")
    old.close()
    monkeypatch.undo()
    opened = open_store(path)
    keep(opened, ROW)
    assert opened.count_incidents() == 1
    assert opened.imported_rows() == {"incident-1": ROW}
    opened.close()
