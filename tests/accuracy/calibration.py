"""Whether a score means what it says: of the answers scored .9, nine in ten should be right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .judging import Judged

SURE = 0.9


@dataclass(frozen=True, kw_only=True)
class Decile:
    """The answers whose scores lie in one tenth."""

    low: float
    answers: int
    right: int
    mean_score: float

    @property
    def share(self) -> float:
        """Share of right answers."""
        return self.right / self.answers if self.answers else 0.0


def scored(judged: Iterable[Judged]) -> list[tuple[float, bool]]:
    """Score and rightness of every answer that can be judged."""
    return [(j.found["score"], j.right) for j in judged if j.found and j.right is not None]


def deciles(answers: Sequence[tuple[float, bool]]) -> list[Decile]:
    """The answers by tenth of their score, lowest first; tenths without answers are left out."""
    tenths = [[(s, r) for s, r in answers if min(int(s * 10), 9) == tenth] for tenth in range(10)]
    return [
        Decile(
            low=tenth / 10,
            answers=len(members),
            right=sum(right for _, right in members),
            mean_score=sum(score for score, _ in members) / len(members),
        )
        for tenth, members in enumerate(tenths)
        if members
    ]


def sure_and_right(answers: Sequence[tuple[float, bool]]) -> float | None:
    """Of the answers scored above .9, the share that is right; None when there are none."""
    sure = [right for score, right in answers if score > SURE]
    return sum(sure) / len(sure) if sure else None


def error_of(answers: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error: mean distance of score and share of right answers, weighted by answers."""
    gaps = [abs(d.mean_score - d.share) * d.answers for d in deciles(answers)]
    return sum(gaps) / max(1, len(answers))
