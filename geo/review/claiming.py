"""The figures of an incident as an editor leaves them: each in the words of an article, and never in its text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from geo.errors import UsageError
from geo.model import WHOLE_INCIDENT, Claim, ClaimStatus, Incident, Metric, Span, Stance
from geo.review.values import Json, read_choice, read_figure, read_list, read_object, read_optional_text, read_text
from geo.store import Change
from geo.store.records import dump_record

MOST_CLAIMS = 200
LONGEST_WORDS = 300
_FIELDS = tuple(Claim.__dataclass_fields__)


def read_claims(value: object, before: Incident, change: Change) -> tuple[Claim, ...]:
    """Claims as they were typed: records, or objects with the same fields; ``span`` as [start, end].

    One that is there already passes as it is. Any other must point into an article of the incident, its figures must be
    in order, and a denial gives none. Raises UsageError in a sentence.
    """
    found = read_list(value, "claims", most=MOST_CLAIMS)
    known = set(before.claims)
    claims = tuple(
        one if isinstance(one, Claim) and one in known else _read_claim(one, n, before, change)
        for n, one in enumerate(found, 1)
    )
    _check_parts(claims)
    return claims


def _read_claim(value: object, n: int, before: Incident, change: Change) -> Claim:
    what = f"claim {n}"
    told = read_object(dump_record(value) if isinstance(value, Claim) else value, what, _FIELDS)
    low, best, high = (read_figure(told.get(name), f"the {name} figure of {what}") for name in ("low", "best", "high"))
    article_id = read_text(told.get("article_id"), f"the article of {what}", most=LONGEST_WORDS)
    claim = Claim(
        metric=read_choice(told.get("metric"), f"the metric of {what}", get_args(Metric)),
        subject=read_text(told.get("subject", ""), f"the subject of {what}", most=LONGEST_WORDS, least=0),
        subject_party=read_optional_text(told.get("subject_party"), f"the party of {what}", most=LONGEST_WORDS),
        unit=read_text(told.get("unit", "people"), f"the unit of {what}", most=LONGEST_WORDS),
        low=low,
        best=best,
        high=high,
        qualifier=read_optional_text(told.get("qualifier"), f"the qualifier of {what}", most=LONGEST_WORDS),
        claimant=read_text(told.get("claimant", ""), f"the claimant of {what}", most=LONGEST_WORDS, least=0),
        claimant_party=read_text(told.get("claimant_party", "author"), f"the claimant of {what}", most=LONGEST_WORDS),
        stance=read_choice(told.get("stance", "asserts"), f"the stance of {what}", get_args(Stance)),
        status=read_choice(told.get("status", "current"), f"the status of {what}", get_args(ClaimStatus)),
        subset_of=read_figure(told.get("subset_of"), f"the whole that {what} is a part of"),
        scope=read_choice(told.get("scope", WHOLE_INCIDENT), f"the scope of {what}", (WHOLE_INCIDENT,)),
        span=_read_span(told, what),
        article_id=article_id,
    )
    _check_figures(claim, what)
    if (claim.article_id, claim.span) not in {(c.article_id, c.span) for c in before.claims}:
        _check_span(claim, what, before, change)
    return claim


def _read_span(told: Json, what: str) -> Span:
    span: Any = told.get("span")
    if isinstance(span, Span):
        return span
    ends = [span.get("start"), span.get("end")] if isinstance(span, dict) else span
    if not (isinstance(ends, list | tuple) and len(ends) == 2):
        raise UsageError(f"{what} needs the piece of an article that says it")
    start, end = (read_figure(one, f"the place in the article of {what}") for one in ends)
    if start is None or end is None:
        raise UsageError(f"{what} needs the piece of an article that says it")
    return Span(start=start, end=end)


def _check_figures(claim: Claim, what: str) -> None:
    figures = [figure for figure in (claim.low, claim.best, claim.high) if figure is not None]
    if figures != sorted(figures):
        raise UsageError(f"the figures of {what} are not in order: lowest, best, highest")
    if claim.stance != "asserts" and figures:
        raise UsageError(f"{what} is a denial or no comment, which gives no figure")


def _check_span(claim: Claim, what: str, before: Incident, change: Change) -> None:
    """A figure that is new must stand in an article that tells of the incident."""
    if claim.article_id not in {*before.articles, *(r.articles[0] for r in change.reports_of(before.id))}:
        raise UsageError(f"{what} names article {claim.article_id!r}, which does not report this incident")
    (article,) = change.load_articles([claim.article_id])
    piece = article.text[claim.span.start : claim.span.end]
    if claim.span.end > len(article.text) or not piece.strip():
        raise UsageError(f"{what} points to no words of its article")


def _check_parts(claims: Sequence[Claim]) -> None:
    for n, claim in enumerate(claims):
        if claim.subset_of is None:
            continue
        if claim.subset_of >= len(claims) or claim.subset_of == n:
            raise UsageError(f"claim {n + 1} is a part of a claim that is not there")
        if claims[claim.subset_of].subset_of is not None:
            raise UsageError(f"claim {n + 1} is a part of what is a part itself")
