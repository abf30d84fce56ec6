"""What was right and wrong in the answers, name by name: for calibration and for the lists of mistakes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import scorers
from .corpora import Corpus, Record, read_lines

NEAR_KM = 25
"""Distance allowed in the gold set where the annotation gives no other."""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A gold toponym, a found one, or both where they are the same name."""

    article: Record
    """The gold record: id, text."""
    gold: Record | None
    found: Record | None
    right: bool | None
    """Whether the place found is right; None when there is none or nothing to compare it with."""
    km: float | None = None
    """From the right place to the one found; None when either has no point."""


def judge_toponyms(corpus: Corpus, answers: Sequence[Record]) -> Iterator[Judged]:
    """Every toponym of a corpus that has them annotated."""
    by_id = {answer["id"]: answer for answer in answers}
    for article in load_gold(corpus):
        ignored = article.get("ignore_toponyms") or []
        names = [t for t in by_id[article["id"]]["toponyms"] if not scorers.GOLD.overlaps(t, ignored)]
        matched = scorers.pair(article["toponyms"], names)
        for j, gold in enumerate(article["toponyms"]):
            found = names[matched[j][0]] if j in matched else None
            yield _judge(article, gold, found, corpus.kind)
        used = {k for k, _ in matched.values()}
        for k, found in enumerate(names):
            if k not in used:
                yield Judged(article=article, gold=None, found=found, right=None)


def load_gold(corpus: Corpus) -> Iterator[Record]:
    """The gold records of a corpus with annotated toponyms."""
    if corpus.kind == "gold":
        yield from (json.loads(p.read_text(encoding="utf8")) for p in sorted(corpus.path.glob("*.json")))
    elif corpus.kind == "geoparsing":
        yield from map(json.loads, read_lines(corpus.path))


def _judge(article: Record, gold: Record, found: Record | None, kind: str) -> Judged:
    place = found["place"] if found else None
    km = _distance(gold, place)
    if place is None:
        right = None
    elif kind == "gold":
        right = _fits_annotation(gold, place, km)
    else:
        right = None if km is None else km <= scorers.ACCURACY_KM
    return Judged(article=article, gold=gold, found=found, right=right, km=km)


def _distance(gold: Record, place: Record | None) -> float | None:
    where = gold if gold.get("lat") is not None else gold.get("place") or {}
    if place is None or where.get("lat") is None or place["lat"] is None:
        return None
    return scorers.distance_km(where["lat"], where["lon"], place["lat"], place["lon"])


def _fits_annotation(gold: Record, place: Record, km: float | None) -> bool:
    """Country, province and distance as far as the annotation gives them."""
    noted = gold.get("place") or {}
    countries = gold.get("countries") or scorers.GOLD.as_list(gold.get("country") or noted.get("country"))
    provinces = scorers.GOLD.as_list(gold.get("adm1_any") or gold.get("adm1") or noted.get("adm1"))
    return (
        (not countries or place["country"] in countries)
        and (not provinces or place["adm1"] in provinces)
        and (km is None or km <= max(NEAR_KM, gold.get("tolerance_km") or 0))
    )
