"""A claim while the article is still being read."""

from __future__ import annotations

from dataclasses import dataclass

from geo.extraction.claims import words as w
from geo.extraction.claims.figures import Figure
from geo.model import Claim, Span, Stance


@dataclass(slots=True, kw_only=True)
class Draft:
    """A figure, or a denial without one, with who says it."""

    figure: Figure | None
    """None for a denial or a refusal to comment."""
    subject: str
    subject_party: str | None
    claimant: str
    claimant_party: str
    stance: Stance = "asserts"
    superseded: bool = False
    unit: str = ""
    span: Span | None = None

    def as_claim(self, article_id: str) -> Claim:
        """The claim, its part-of relation not yet set."""
        number = self.figure.number if self.figure else None
        span = self.figure.span if self.figure else self.span
        return Claim(
            metric=self.figure.metric if self.figure else "killed",
            subject=self.subject,
            subject_party=self.subject_party,
            unit=self.unit or self._unit(),
            low=number.low if number else None,
            best=number.best if number else None,
            high=number.high if number else None,
            qualifier=number.qualifier if number else "some" if self.figure else None,
            claimant=self.claimant,
            claimant_party=self.claimant_party,
            stance=self.stance,
            status="superseded" if self.superseded else "current",
            span=span or Span(start=0, end=0),
            article_id=article_id,
        )

    def _unit(self) -> str:
        if self.figure is None or (self.subject_party not in ("objects", None) and "famil" not in self.subject):
            return "people"
        return w.OBJECTS.get(self.figure.phrase.word, "people")
