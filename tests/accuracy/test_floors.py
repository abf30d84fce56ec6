"""Reading is as good as it was when the floors were pinned, and the gate that says so works."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import calibration, floors
from .__main__ import check, measure
from .corpora import Corpus, gold_corpora
from .scorers import flatten

FIGURES = {"articles": 18, "toponym_F": 0.963, "median_km": 23.84}


@pytest.mark.parametrize("corpus", gold_corpora(), ids=lambda corpus: corpus.name)
def test_gold_articles_are_read_no_worse_than_pinned(corpus: Corpus) -> None:
    figures, _ = measure(corpus)
    assert check(corpus, floors.load_floors().get(corpus.name), figures)[1] == []


def test_floors_stand_at_the_hundredth_below_and_sizes_have_none() -> None:
    assert floors.pin("abc", FIGURES).values == {"toponym_F": 0.96, "median_km": 23.9}


def test_figure_below_its_floor_has_fallen_and_kilometres_fall_upwards() -> None:
    pinned = floors.pin("abc", FIGURES)
    rows = pinned.compare("gold", {"articles": 18, "toponym_F": 0.959, "median_km": 24.0})
    assert [row.figure for row in rows if row.fallen] == ["toponym_F", "median_km"]


def test_figure_that_is_no_longer_measured_has_fallen() -> None:
    (row,) = floors.Floors(sha256="abc", values={"toponym_F": 0.9}).compare("gold", {})
    assert row.fallen


def test_changed_gold_set_must_be_pinned_anew(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    corpus = Corpus(name="gold", kind="gold", path=tmp_path)
    pinned = floors.pin(corpus.sha256(), {})
    assert check(corpus, pinned, {})[1] == []
    (tmp_path / "a.json").write_text("[]")
    assert "has changed since its floors were pinned" in check(corpus, pinned, {})[1][0]


def test_written_floors_are_read_back(tmp_path: Path) -> None:
    pinned = {"gold": floors.pin("abc", FIGURES)}
    floors.write_floors(pinned, tmp_path / "floors.toml")
    assert floors.load_floors(tmp_path / "floors.toml") == pinned


def test_pinning_names_what_it_lowers() -> None:
    before = floors.Floors(sha256="abc", values={"toponym_F": 0.96, "claim_F": 0.5})
    after = floors.Floors(sha256="abc", values={"toponym_F": 0.95, "claim_F": 0.6})
    assert floors.lowered(before, after) == ["toponym_F from 0.96 to 0.95"]


def test_pinning_lowers_nothing_while_the_corpus_is_the_same() -> None:
    before = floors.Floors(sha256="abc", values={"toponym_F": 0.96, "median_km": 8.0, "claim_F": 0.5})
    after = floors.Floors(sha256="abc", values={"toponym_F": 0.95, "median_km": 9.0, "claim_F": 0.6})
    assert floors.keep_highest(before, after).values == {"toponym_F": 0.96, "median_km": 8.0, "claim_F": 0.6}
    assert floors.keep_highest(floors.Floors(sha256="old", values=before.values), after) == after


def test_every_pinned_gold_set_is_there() -> None:
    there = {corpus.name for corpus in gold_corpora()}
    assert {name for name in floors.load_floors() if name.startswith("gold-")} == there


def test_score_of_one_stands_in_the_last_tenth() -> None:
    (tenth,) = calibration.deciles([(1.0, True), (0.95, False)])
    assert (tenth.low, tenth.answers, tenth.share) == (0.9, 2, 0.5)


def test_lists_of_a_scorer_become_figures_of_their_own() -> None:
    assert flatten({"exact_P_R_F": [0.9, 0.8, 0.85], "median_km": None}) == {
        "exact_P": 0.9,
        "exact_R": 0.8,
        "exact_F": 0.85,
    }
