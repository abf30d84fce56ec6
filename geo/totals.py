"""The toll of one incident from rival claims, by the coding rules of the machine interface.

Within each subject party the lowest low and the highest high; parties are summed. Parts of a whole, superseded figures,
denials and figures for several places never count. Rival figures are set side by side as a range, never averaged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from geo.model import WHOLE_INCIDENT, Claim, Toll

TOLLED_METRICS = ("killed", "wounded")

_FARTHEST = 120
"""Code points between two figures of one statement ("three women and three children"); a sentence's clause."""
_FURTHER = re.compile(
    r"\b(?:more|another|others?|additional|further|also)\b|(?:مزید|دیگر|دیگری|نور)(?!\w)", re.IGNORECASE
)
EVERYONE = "people"
"""Subject party of a claim that names none."""


@dataclass(slots=True)
class Statement:
    """What one claimant says in one breath of one party: figures that add up."""

    article: str
    claimant: str
    low: int | None
    best: int | None
    high: int | None
    start: int
    end: int
    claimant_party: str
    subjects: set[str] = field(default_factory=set)

    def add(self, claim: Claim) -> None:
        """Count a further group of the same party ("and three children")."""
        self.low = _sum((self.low, claim.low))
        self.best = _sum((self.best, claim.best))
        self.high = _sum((self.high, claim.high))
        self.end = max(self.end, claim.span.end)
        self.subjects.add(claim.subject.lower())


def count_totals(claims: Sequence[Claim]) -> dict[str, Toll]:
    """Toll of each metric that has a figure, of an incident that has these claims."""
    totals: dict[str, Toll] = {}
    for metric in TOLLED_METRICS:
        counted = [claim for claim in claims if claim.metric == metric and _counts(claim)]
        if counted:
            totals[metric] = _count(counted)
    return totals


def gather_statements(claims: Sequence[Claim]) -> dict[str, list[Statement]]:
    """What is said of each subject party, in claims of one metric that count: one statement for each claimant's sum."""
    parties: dict[str, list[Statement]] = {}
    for claim in claims:
        _state(parties.setdefault(claim.subject_party or EVERYONE, []), claim)
    return parties


def adds_up(subject: str) -> bool:
    """Whether the words of a subject say that its figure comes on top of another ("three more")."""
    return _FURTHER.search(subject) is not None


def _counts(claim: Claim) -> bool:
    """Whether a claim goes into the toll of its own incident."""
    figure = claim.low is not None or claim.best is not None or claim.high is not None
    current = claim.stance == "asserts" and claim.status == "current"
    return figure and current and claim.subset_of is None and claim.scope == WHOLE_INCIDENT


def _count(claims: Sequence[Claim]) -> Toll:
    parties = gather_statements(claims)
    everyone = _rivals_of_the_whole(parties)
    whole = _add(_range(statements) for statements in parties.values())
    return _range_of([whole, *(_toll_of(statement) for statement in everyone)]) if everyone else whole


def _state(statements: list[Statement], claim: Claim) -> None:
    """Add a claim to the statement it belongs to, or begin another."""
    for statement in reversed(statements):
        if (statement.article, statement.claimant) != (claim.article_id, claim.claimant):
            continue
        near = statement.start < claim.span.start < statement.end + _FARTHEST
        if (near and claim.subject.lower() not in statement.subjects) or adds_up(claim.subject):
            statement.add(claim)
            return
        break
    statements.append(
        Statement(
            article=claim.article_id, claimant=claim.claimant, low=claim.low, best=claim.best, high=claim.high,
            start=claim.span.start, end=claim.span.end, claimant_party=claim.claimant_party,
            subjects={claim.subject.lower()},
        )
    )  # fmt: skip


def _rivals_of_the_whole(parties: dict[str, list[Statement]]) -> list[Statement]:
    """Take out figures for "people" by someone who gives no parties: they rival the sum, and are no party of it."""
    if len(parties) < 2 or EVERYONE not in parties:
        return []
    specific = {
        (statement.article, statement.claimant)
        for party, statements in parties.items()
        if party != EVERYONE
        for statement in statements
    }
    people = parties[EVERYONE]
    rivals = [statement for statement in people if (statement.article, statement.claimant) not in specific]
    kept = [statement for statement in people if (statement.article, statement.claimant) in specific]
    if kept:
        parties[EVERYONE] = kept
    else:
        del parties[EVERYONE]
    return rivals


def _toll_of(statement: Statement) -> Toll:
    return Toll(low=statement.low, best=statement.best, high=statement.high)


def _range(statements: Sequence[Statement]) -> Toll:
    return _range_of([_toll_of(statement) for statement in statements])


def _range_of(tolls: Sequence[Toll]) -> Toll:
    """The lowest low and the highest high; one without an upper bound leaves the range open."""
    lows = [toll.low for toll in tolls if toll.low is not None]
    highs = [toll.high for toll in tolls]
    bests = {toll.best for toll in tolls}
    return Toll(
        low=min(lows) if lows else None,
        best=bests.pop() if len(bests) == 1 else None,
        high=None if None in highs else max(high for high in highs if high is not None),
    )


def _add(tolls: Iterable[Toll]) -> Toll:
    parts = list(tolls)
    return Toll(
        low=_sum_known(toll.low for toll in parts),
        best=_sum(tuple(toll.best for toll in parts)),
        high=_sum(tuple(toll.high for toll in parts)),
    )


def _sum(values: Sequence[int | None]) -> int | None:
    """The sum; None when one of them is unknown."""
    return None if None in values else sum(value for value in values if value is not None)


def _sum_known(values: Iterable[int | None]) -> int | None:
    """The sum of the known ones, a lower bound; None when none is known."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None
