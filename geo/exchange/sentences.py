"""What is claimed, in one line of the reader's language: "Taliban government says: 58 Pakistani forces killed"."""

from __future__ import annotations

from geo.copies import drop_repeated
from geo.model import Claim, Incident
from geo.text import display_text
from geo.wording.figures import Group, name_party, name_subject, write_plain_figure
from geo.wording.words import Words


def list_claims(incident: Incident) -> list[Claim]:
    """The claims of an incident, those left out that a copied report only repeats."""
    return drop_repeated(incident.claims, incident.copied)


def say_claim(claim: Claim, words: Words) -> str:
    """Who says what of whom; a denial and a silence are said as such."""
    party = words.name(display_text(name_party(claim.claimant_party, words)))
    if claim.stance != "asserts":
        return words(f"claim.{claim.stance}", party=party)
    who = party if claim.claimant_party == "author" else words("claim.says", party=party)
    return f"{who}: {say_figure(claim, words)}"


def say_figure(claim: Claim, words: Words) -> str:
    """The figure with the words that bend it, and what it counts."""
    figure, before, after = write_plain_figure(claim, words)
    what = name_subject(Group(claim.metric, claim.subject_party or "people", (claim,)), words)
    if not (claim.subject_party or "").startswith("forces:"):
        what = what[:1].lower() + what[1:]  # a label begins with a capital, running text has one in names only
    said = " ".join(part for part in (before, figure, after, what) if part)
    marks = [words("claim.superseded")] if claim.status == "superseded" else []
    marks += [words("claim.subset")] if claim.subset_of is not None else []
    return f"{said} ({words.join(marks)})" if marks else said
