"""What happened: the incidents of one article, each once, with its date, places, parties, claims and the sentence that
reports it, and the figures that cover several places, counted once.

The stages are read in order: words of events (``events``), places (``places``) and dates (``when``) as they stand in
sentences, parts of sentences (``drafts``) gathered into incidents (``gathering``), drafts finished as records
(``incidents``).
"""

from __future__ import annotations

from geo.extraction.incidents import Extraction, Found, read_incidents

__all__ = ["Extraction", "Found", "read_incidents"]
