"""Claims in Urdu, Pashto and Dari."""
from __future__ import annotations
from collections.abc import Iterator
from geo.extraction.claims.draft import Draft
from geo.extraction.claims.parties import Parties
from geo.text import Document
def find_arabic_claims(document: Document, parties: Parties) -> Iterator[Draft]:
    yield from ()
