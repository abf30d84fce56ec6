"""Documents into the store: queued, read by one process or several, and written in their order by one."""

from geo.ingest.attending import Attendant, can_read_here
from geo.ingest.handing import hand_address, hand_file, hand_text
from geo.ingest.reading import name_document
from geo.ingest.sources import INPUT, is_address, queue_found, queue_sources
from geo.ingest.working import work
from geo.ingest.writing import Ended

__all__ = [
    "INPUT", "Attendant", "Ended", "can_read_here", "hand_address", "hand_file", "hand_text", "is_address",
    "name_document", "queue_found", "queue_sources", "work",
]  # fmt: skip
