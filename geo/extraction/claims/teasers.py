"""Lines that only point to other stories; a figure in one of them is no claim of this article."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from geo.model import Span
from geo.text import Document

_TEASER = re.compile(
    r"\W{0,4}(?:also read|read (?:also|more|next|full|this)|related(?: (?:news|stories|articles?|story"
    r"|topics))?(?=\s*[:|–—-]|\s*\Z)|see also"
    r"|more (?:from|on this|stories|news)|recommended|you may also like|don['’]t miss|watch\s*:|trending|must read"
    r"|in case you missed"
    r"|click here|subscribe|follow us|advertisement|latest news|editor['’]s picks?|top stories|most (?:read|viewed"
    r"|popular)|also in (?:this|today)|in other news|what (?:else )?to read|you might|elsewhere on|یہ بھی دیکھ"
    r"|مزید پڑھ|یہ بھی پڑھ|بیشتر بخوانید"
    r"|مطالب مرتبط|نور ولولئ|نور یې ولولئ|اړوند)",
    re.IGNORECASE,
)
_HEADING_ONLY = 40


def find_teasers(document: Document) -> list[Span]:
    """The teaser lines of a document: those that open with "Also read", "Related" and the like, and the items below.

    A heading that stands alone takes the following lines with it while they have no full stop, as link lists have none.
    """
    spans: list[Span] = []
    listing = False
    ends = {sentence.paragraph: sentence.end for sentence in document.sentences}
    for sentence in document.sentences:
        if _TEASER.match(document.text, sentence.start, sentence.end):
            line_end = ends[sentence.paragraph]
            spans.append(Span(start=sentence.start, end=line_end))
            listing = sentence.end - sentence.start <= _HEADING_ONLY and line_end == sentence.end
        elif listing and document.text[sentence.end - 1] not in '.!?۔؟”"':
            spans.append(Span(start=sentence.start, end=sentence.end))
        elif not spans or sentence.start >= spans[-1].end:
            listing = False
    return spans


def is_inside(offset: int, teasers: Sequence[Span]) -> bool:
    """Whether an offset lies in one of the spans of ``find_teasers``, whose ends are in order as their starts are."""
    before = bisect_right(teasers, offset, key=_start_of)
    return before > 0 and offset < teasers[before - 1].end


def _start_of(span: Span) -> int:
    return span.start
