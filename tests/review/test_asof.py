"""Any day's state can be opened again from the command line, whatever was edited, merged or withdrawn since."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from geo.cli import main
from geo.store import Store
from tests.review.desk import EDITOR, PESHAWAR, PUBLISHER, QUETTA, QUETTA_AGAIN, act, add, published

DAY_MINUTES = 24 * 60


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store of these tests is."""
    return tmp_path / "incidents.sqlite"


def _listed(path: Path, capsys: pytest.CaptureFixture[str], *options: str) -> list[dict[str, object]]:
    capsys.readouterr()
    assert main(["list", *options, "--json", "--store", str(path)]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def _exported(path: Path, target: Path, *options: str) -> list[list[str]]:
    """The rows of an export, without its papers, which say when it was made."""
    assert main(["export", "csv", str(target), *options, "--store", str(path)]) == 0
    with target.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    return [row for row in rows if row[0] != "about"]


def test_a_day_is_listed_and_exported_as_it_was(
    store: Store, path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen, other = published(store, QUETTA, "a"), add(store, PESHAWAR, "b")
    listed, exported = _listed(path, capsys), _exported(path, tmp_path / "then.csv")
    changes = {"title": "Bombing", "places": [{"place": "border:torkham", "precision": "exact"}]}
    act(store, "correct", seen, changes, person=PUBLISHER, reason="a slip", minute=DAY_MINUTES)
    act(store, "reject", other, person=EDITOR, reason="a hoax", minute=DAY_MINUTES)
    add(store, QUETTA_AGAIN, "c", minute=DAY_MINUTES)
    assert _listed(path, capsys) != listed
    assert _listed(path, capsys, "--asof", "2025-11-20") == listed
    assert _exported(path, tmp_path / "now.csv", "--asof", "2025-11-20") == exported


def test_a_revision_is_named_by_its_number_and_filtered_as_it_was(
    store: Store, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = add(store, QUETTA, "a")
    then = store.data_revision()
    act(store, "accept", seen, person=EDITOR)
    assert [one["id"] for one in _listed(path, capsys, "status=draft", "--asof", str(then))] == [seen.id]
    assert _listed(path, capsys, "status=draft") == []
    assert _listed(path, capsys, "--asof", str(store.data_revision())) == _listed(path, capsys)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("yesterday", "neither a data revision nor a day such as 2025-10-12"),
        ("99999", "there is no data revision 99999; the newest is 3"),
        ("0", "there is no data revision 0"),
        ("2025-11-19", "the store was empty until after 2025-11-19"),
        ("9999-12-31", "neither a data revision nor a day"),
    ],
)
def test_a_day_that_cannot_be_opened_is_named(
    store: Store, path: Path, capsys: pytest.CaptureFixture[str], asked: str, said: str
) -> None:
    add(store, QUETTA, "a")
    assert main(["list", "--asof", asked, "--store", str(path)]) == 2
    assert said in capsys.readouterr().err


def test_formats_that_are_made_of_the_tables_of_today_refuse_an_earlier_state(
    store: Store, path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(store, QUETTA, "a")
    for name in ("png", "gpkg", "acled", "ucdp"):
        assert main(["export", name, str(tmp_path / "f"), "--asof", "1", "--store", str(path)]) == 2
        assert "holds the data as it is now" in capsys.readouterr().err
