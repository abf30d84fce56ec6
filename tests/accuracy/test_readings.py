"""What holds of every reading, however well it is read, over all annotated articles."""

from __future__ import annotations

import json

import pytest

from .corpora import Corpus, Record, gold_corpora
from .reading import answer_all


@pytest.fixture(scope="module", params=gold_corpora(), ids=lambda corpus: corpus.name)
def readings(request: pytest.FixtureRequest) -> list[tuple[Record, Record]]:
    """Question and answer of each article of a corpus."""
    corpus: Corpus = request.param
    lines = corpus.questions()
    return list(zip(map(json.loads, lines), answer_all(lines), strict=True))


def test_incidents_and_scopes_of_an_article_have_ids_of_their_own(readings: list[tuple[Record, Record]]) -> None:
    for question, answer in readings:
        ids = [held["id"] for held in (*answer["incidents"], *answer["scopes"])]
        assert len(ids) == len(set(ids)), question["id"]


def test_scopes_name_incidents_that_are_there(readings: list[tuple[Record, Record]]) -> None:
    for question, answer in readings:
        there = {incident["id"] for incident in answer["incidents"]}
        assert all(set(scope["incidents"]) <= there for scope in answer["scopes"]), question["id"]


def test_toponyms_are_the_words_at_their_offsets(readings: list[tuple[Record, Record]]) -> None:
    for question, answer in readings:
        for toponym in answer["toponyms"]:
            assert question["text"][toponym["start"] : toponym["end"]] == toponym["text"]


def test_parts_of_figures_point_at_claims_beside_them(readings: list[tuple[Record, Record]]) -> None:
    for question, answer in readings:
        for held in (*answer["incidents"], *answer["scopes"]):
            wholes = [claim["subset_of"] for claim in held["claims"] if claim["subset_of"] is not None]
            assert all(0 <= whole < len(held["claims"]) for whole in wholes), question["id"]


def test_totals_never_exceed_the_claims_behind_them(readings: list[tuple[Record, Record]]) -> None:
    for question, answer in readings:
        for incident in answer["incidents"]:
            for metric, toll in incident["totals"].items():
                said = [c["best"] or c["low"] or 0 for c in incident["claims"] if c["metric"] == metric]
                assert (toll["best"] or 0) <= sum(said), question["id"]
