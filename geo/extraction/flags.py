"""What a careful reader should know about a reading: ignored teasers, impossible dates, one-sided or lone sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geo.model import Actor, Article, Claim, DateRange, Flag, Span
from geo.text import Document

_DIGITS = frozenset("0123456789۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩")


def flag_article(
    article: Article, document: Document, dates: Sequence[DateRange], teasers: Sequence[Span]
) -> Iterator[Flag]:
    """Flags of the whole article."""
    if article.published is None:
        yield Flag(
            code="no_publication_date", detail="The report has no publication date, so words like Sunday have no day."
        )
    for span in teasers:
        if _DIGITS.intersection(document.text[span.start : span.end]):
            yield Flag(
                code="teaser_figure", detail="A figure in a line that points to another story was ignored.", span=span
            )
    for item in dates:
        if item.rule.startswith("impossible"):
            yield Flag(code="impossible_date", detail=f"No calendar has this date: {item.text}.", span=item.span)
        elif item.rule.startswith("contradictory"):
            yield Flag(code="contradictory_date", detail=f"Weekday and date do not fit: {item.text}.", span=item.span)
        elif item.start and article.published and item.start > article.published and item.precision == "day":
            yield Flag(code="future_date", detail=f"The date lies after the publication: {item.text}.", span=item.span)


def flag_incident(claims: Sequence[Claim], actors: Sequence[Actor], dates: DateRange, *, lent: bool) -> Iterator[Flag]:
    """Flags of one incident: who its figures rest on, and what its words do not say."""
    if lent:
        yield Flag(code="place_inferred", detail="Its own words name no place; that of the report around it stands in.")
    figures = [claim for claim in claims if claim.stance == "asserts" and claim.status == "current"]
    claimants = {claim.claimant_party for claim in figures}
    if len(claimants) == 1 and figures:
        yield Flag(code="single_source", detail="Every figure comes from one party.", span=figures[0].span)
        state = next(iter(claimants)).removeprefix("state:")
        fought = {actor.party for actor in actors} | {claim.subject_party for claim in figures}
        if claimants != {state} and f"forces:{state}" in fought:
            yield Flag(
                code="belligerent_source",
                detail="The only source of the figures is a party to the fighting.",
                span=figures[0].span,
            )
    if any(claim.stance == "denies" for claim in claims):
        yield Flag(code="denied", detail="One party denies it.")
    if dates.rule.startswith("the day of publication"):
        yield Flag(code="date_inferred", detail="The report gives no day; the day of publication stands in.")
