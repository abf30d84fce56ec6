"""People named one by one in a list, "a woman and her two sons": one count of three, not counts of one and of two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from geo.extraction.claims.draft import Draft
from geo.extraction.claims.figures import Figure, number_of
from geo.model import Span
from geo.numbers import Number

_JOINED = re.compile(
    r"(?:\s+(?:of|from|in)\s+(?:a|an|the|his|her|its|their)\s+[\w'’-]+(?:\s+[\w'’-]+)?)?(?:\s*,\s*(?:and\s+)?|\s+and\s+)\Z",
    re.IGNORECASE,
)
"""What may stand between two of a list: "the driver of a tanker and his helper"."""
_OWNED = re.compile(r"(?:his|her|their)\s", re.IGNORECASE)
_PEOPLE = ("people", "civilians", None)


def add_together(drafts: Iterable[Draft], text: str) -> Iterator[Draft]:
    """The claims of a sentence, those that name people one by one added up to one claim each list."""
    last: Draft | None = None
    for draft in drafts:
        if last is not None and _goes_on(last, draft, text):
            last = _add(last, draft)
            continue
        if last is not None:
            yield last
        last = draft
    if last is not None:
        yield last


def _goes_on(first: Draft, second: Draft, text: str) -> bool:
    one, two = first.figure, second.figure
    if one is None or two is None or one.metric != two.metric or not (_is_plain(one) and _is_plain(two)):
        return False
    if first.claimant != second.claimant or not (_are_single(one, two) or _OWNED.match(text, two.phrase.start)):
        return False
    parties = {first.subject_party, second.subject_party}
    if len(parties) > 1 and not parties <= set(_PEOPLE):
        return False
    return one.phrase.end <= two.phrase.start and _JOINED.fullmatch(text, one.phrase.end, two.phrase.start) is not None


def _are_single(one: Figure, two: Figure) -> bool:
    """Whether neither is a count: "a woman and two children" are counted apart, as the words do it."""
    return one.phrase.number is None and two.phrase.number is None


def _is_plain(figure: Figure) -> bool:
    """Whether a figure is a bare count of people that stands in no relation to another."""
    number = figure.number
    if number is None or number.qualifier or not number.best or figure.metric not in ("killed", "wounded"):
        return False
    return figure.whole is None and not (figure.of_known or figure.superseded or figure.raised)


def _add(first: Draft, second: Draft) -> Draft:
    one, two = first.figure, second.figure
    if one is None or two is None:
        return first
    here, there = one.number or number_of(one.phrase), two.number or number_of(two.phrase)
    best = (here.best or 0 if here else 0) + (there.best or 0 if there else 0)
    start, end = min(one.span.start, two.span.start), max(one.span.end, two.span.end)
    one.number = Number(span=Span(start=one.phrase.start, end=two.phrase.end), low=best, best=best, high=best)
    one.span = Span(start=start, end=end)
    one.phrase = replace(one.phrase, end=two.phrase.end, single=True)
    party = first.subject_party if first.subject_party == second.subject_party else "civilians"
    subject = f"{first.subject}, {second.subject}"
    return replace(first, subject=subject, subject_party=party)
