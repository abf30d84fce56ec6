"""Figures that a database asks for and no claim gives: the codebook's numbers for words, marked where they are used."""

from __future__ import annotations

from collections.abc import Mapping

from geo.model import Claim, Incident


def read_killed(incident: Incident, numbers: Mapping[str, int]) -> tuple[str, int | None]:
    """The word by which the killed are counted ("dozens") and the codebook's number for it; None when there is none.

    Of several words the one of the lowest number counts.
    """
    words = {claim.qualifier for claim in incident.claims if claim.qualifier in numbers and _counts(claim)}
    word = min((word for word in words if word), key=lambda word: numbers[word], default=None)
    return ("", None) if word is None else (word, numbers[word])


def _counts(claim: Claim) -> bool:
    whole = claim.subset_of is None and claim.status == "current" and claim.stance == "asserts"
    return whole and claim.metric == "killed" and claim.low is None and claim.high is None
